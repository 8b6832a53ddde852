package notification

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/platform/text"
)

var digitRun = regexp.MustCompile(`[0-9]{6,}`)

func TestCodeText(t *testing.T) {
	for _, l := range message.Languages() {
		for _, name := range []string{"Harbor Credit Union", "Bank 12345", "Bänk & Söhne Ł", "Farmers’ & Miners’ Bank", "Crédit «Œuvre» – €", strings.Repeat("x", 40), "李银行"} {
			testCodeText(t, l, name)
		}
	}
}

func testCodeText(t *testing.T, l message.Language, name string) {
	body, masked := CodeText(l, name, "012345")
	t.Run(string(l)+" "+name+": begins with the institution", func(t *testing.T) {
		if !strings.HasPrefix(masked, text.GSM(name)+": ") {
			t.Errorf("logged %q", masked)
		}
	})
	t.Run(string(l)+" "+name+": has the six digits unbroken and no other run of six", func(t *testing.T) {
		if got := digitRun.FindAllString(body, -1); len(got) != 1 || got[0] != "012345" {
			t.Errorf("%q has %q", body, got)
		}
	})
	t.Run(string(l)+" "+name+": fits into one text of GSM letters", func(t *testing.T) {
		if n := utf8.RuneCountInString(body); n > 160 {
			t.Errorf("%q has %d letters", body, n)
		}
		if strings.ContainsAny(body, "ŁÁÍÓÚáíóú李`^{}[]~|\\") {
			t.Errorf("%q has letters that GSM lacks", body)
		}
	})
	t.Run(string(l)+" "+name+": is logged without the code", func(t *testing.T) {
		if strings.ContainsAny(masked, "0") || digitRun.MatchString(masked) {
			t.Errorf("logged %q", masked)
		}
	})
	t.Run(string(l)+" "+name+": is masked the same when it is found at Twilio", func(t *testing.T) {
		got, kind := MaskFound(name, body)
		if got != masked || kind != VerificationCode {
			t.Errorf("found as %q, %s; logged %q", got, kind, masked)
		}
	})
}

func TestCodeSpeech(t *testing.T) {
	for l, locale := range map[message.Language]string{message.English: "en-US", message.Spanish: "es-US"} {
		said, masked := CodeSpeech(l, "Harbor", "012345")

		if said.Locale != locale || said.Institution != "Harbor" || !strings.Contains(strings.Join(said.Sentences, " "), "0, 1, 2, 3, 4, 5.") {
			t.Errorf("says %v", said)
		}
		if strings.ContainsAny(masked, "012345") {
			t.Errorf("logged %q", masked)
		}
	}
}

func TestCodeMail(t *testing.T) {
	for _, l := range message.Languages() {
		for _, via := range []Channel{SMS, Voice, Email} {
			subject, body, masked := CodeMail(l, "Harbor", "012345", via)

			marked := via != Email // a mail that stands in for a text or a call
			if strings.Contains(subject, "[UAT]") != marked || strings.Contains(body, "[UAT]") != marked || !strings.Contains(body, "012345") {
				t.Errorf("%s by %s: %q, %q", l, via, subject, body)
			}
			if strings.ContainsAny(masked+subject, "012345") {
				t.Errorf("%s by %s: logged %q with subject %q", l, via, masked, subject)
			}
		}
	}
}

func TestNotice_message(t *testing.T) {
	for _, l := range message.Languages() {
		for _, notice := range All() {
			for _, supportPhone := range []string{"", "+12025550199"} {
				t.Run(fmt.Sprintf("%s in %s with number %q", notice, l, supportPhone), func(t *testing.T) {
					testMessage(t, notice, l, supportPhone)
				})
			}
		}
	}
}

func testMessage(t *testing.T, notice Notice, l message.Language, supportPhone string) {
	inst := institution.Institution{Name: "Harbor", Settings: institution.Settings{SupportPhone: supportPhone}}
	const link = "https://desk.example/not-you/en-0pen5esame"
	m := notice.content(Recipient{Institution: inst, Language: l, NotYou: link}, inst.Name)
	if n := strings.Count(m.mail.Text, link); n != 1 || strings.Contains(fmt.Sprint(m.text, m.speech, m.mail.Subject, m.logged), "not-you") {
		t.Errorf("the link is in the mail %d times: %q, or elsewhere: %v", n, m.mail.Text, m)
	}
	if without := notice.content(Recipient{Institution: inst, Language: l}, inst.Name); strings.Contains(without.mail.Text, "7") {
		t.Errorf("speaks of a link without one: %q", without.mail.Text)
	}
	all := fmt.Sprint(m.text, m.speech, m.mail, m.logged)

	if digits := digitRun.FindAllString(strings.ReplaceAll(all, phone.Format("+12025550199"), ""), -1); len(digits) > 0 {
		t.Errorf("it has digits: %q", digits)
	}
	advice := message.In(l).Advice
	if notice == AccountFrozen {
		advice = message.In(l).Call
	}
	for _, said := range []string{text.GSM(message.In(l).Notices[string(notice)]), text.GSM(strings.TrimSuffix(advice, ".")), phone.Format(supportPhone)} {
		if !strings.Contains(m.text, said) {
			t.Errorf("says %q, not %q", m.text, said)
		}
	}
	if message.In(l).Notices[string(notice)] == "" {
		t.Error("it has no words")
	}
	if m.kind != SecurityNotice || m.logged[SMS] != m.text || m.logged[Voice] == "" || m.logged[Email] == "" || m.speech.Locale != message.In(l).Locale {
		t.Errorf("logged as %v, said as %v", m.logged, m.speech)
	}
	if masked, kind := MaskFound("Harbor", m.text); kind != SecurityNotice || masked != m.text {
		t.Errorf("found at Twilio as %s: %q", kind, masked)
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
