package notification

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/institution"
)

var digitRun = regexp.MustCompile(`[0-9]{6,}`)

func TestCodeText(t *testing.T) {
	for _, name := range []string{"Harbor Credit Union", "Bank 12345", "Bänk & Söhne Ł", strings.Repeat("x", 40), "李银行"} {
		body, masked := CodeText(name, "012345")

		t.Run(name+": has the six digits unbroken and no other run of six", func(t *testing.T) {
			if got := digitRun.FindAllString(body, -1); len(got) != 1 || got[0] != "012345" {
				t.Errorf("%q has %q", body, got)
			}
		})
		t.Run(name+": fits into one text of GSM letters", func(t *testing.T) {
			if n := utf8.RuneCountInString(body); n > 160 {
				t.Errorf("%q has %d letters", body, n)
			}
			if strings.ContainsAny(body, "Ł李`^{}[]~|\\") {
				t.Errorf("%q has letters that GSM lacks", body)
			}
		})
		t.Run(name+": is logged without the code", func(t *testing.T) {
			if strings.ContainsAny(masked, "0") || digitRun.MatchString(masked) {
				t.Errorf("logged %q", masked)
			}
		})
		t.Run(name+": is masked the same when it is found at Twilio", func(t *testing.T) {
			got, kind := MaskFound(name, body)
			if got != masked || kind != VerificationCode {
				t.Errorf("found as %q, %s; logged %q", got, kind, masked)
			}
		})
	}
}

func TestCodeSpeech(t *testing.T) {
	said, masked := CodeSpeech("Harbor", "012345")

	if said.Institution != "Harbor" || !strings.Contains(strings.Join(said.Sentences, " "), "0, 1, 2, 3, 4, 5.") {
		t.Errorf("says %v", said)
	}
	if strings.ContainsAny(masked, "012345") {
		t.Errorf("logged %q", masked)
	}
}

func TestCodeMail(t *testing.T) {
	for _, via := range []Channel{SMS, Voice} {
		subject, body, masked := CodeMail("Harbor", "012345", via)

		if !strings.Contains(subject, "[UAT]") || !strings.Contains(body, "[UAT]") || !strings.Contains(body, "012345") {
			t.Errorf("%s: %q, %q", via, subject, body)
		}
		if strings.ContainsAny(masked+subject, "012345") {
			t.Errorf("%s: logged %q with subject %q", via, masked, subject)
		}
	}
}

func TestNotice_message(t *testing.T) {
	for notice := range sentences {
		for _, supportPhone := range []string{"", "+12025550199"} {
			inst := institution.Institution{Name: "Harbor", Settings: institution.Settings{SupportPhone: supportPhone}}
			m := notice.message(Recipient{Institution: inst})
			all := fmt.Sprint(m.text, m.speech, m.mail, m.logged)

			t.Run(fmt.Sprintf("%s with number %q", notice, supportPhone), func(t *testing.T) {
				if digits := digitRun.FindAllString(strings.ReplaceAll(all, "+12025550199", ""), -1); len(digits) > 0 {
					t.Errorf("it has digits: %q", digits)
				}
				if !strings.Contains(m.text, "Not you?") || !strings.Contains(m.text, supportPhone) {
					t.Errorf("says %q", m.text)
				}
				if m.kind != SecurityNotice || m.logged[SMS] != m.text || m.logged[Voice] == "" || m.logged[Email] == "" {
					t.Errorf("logged as %v", m.logged)
				}
				if masked, kind := MaskFound("Harbor", m.text); kind != SecurityNotice || masked != m.text {
					t.Errorf("found at Twilio as %s: %q", kind, masked)
				}
			})
		}
	}
}

func TestMaskFound(t *testing.T) {
	t.Run("keeps alerts as they are", func(t *testing.T) {
		const alert = "Your balance is below $50.00 on 4 March."

		if got, kind := MaskFound("Harbor", alert); got != alert || kind != Alert {
			t.Errorf("got %q, %s", got, kind)
		}
	})

	t.Run("hides the codes of others", func(t *testing.T) {
		got, kind := MaskFound("Harbor", "G-482913 is your verification code.")

		if strings.Contains(got, "482913") || kind != VerificationCode {
			t.Errorf("got %q, %s", got, kind)
		}
	})
}
