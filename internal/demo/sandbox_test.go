package demo_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/demo"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// history reads the texts to a number as staff of an institution do.
func (b *bench) history(slug, number string) []notification.Notification {
	b.t.Helper()
	inst := b.institution(slug)
	ctx := auth.WithActor(b.t.Context(), auth.Actor{
		UserID: "usr_reader", InstitutionID: inst.ID, Kind: auth.Staff, Permissions: []auth.Permission{auth.ViewNotificationHistory},
	})
	h, err := b.Notifications.NumberHistory(ctx, number, notification.Request{})
	if err != nil || h.Stale {
		b.t.Fatalf("%+v, %v", h, err)
	}
	return h.Messages
}

func TestPrepare(t *testing.T) {
	b := newBench(t, storetest.SQLite(t))
	b.fill()
	t.Run("the mobile customer has codes and alerts, most of them delivered", func(t *testing.T) {
		texts := b.history("harbor", "+12025550101")
		kinds, delivered := map[notification.Kind]int{}, 0
		for _, m := range texts {
			kinds[m.Kind]++
			if m.Status(noon) == notification.Delivered {
				delivered++
			}
			if sixDigits.MatchString(m.Body) {
				t.Errorf("a code shows: %s", m.Body)
			}
		}
		if len(texts) < 8 || delivered*2 <= len(texts) || kinds[notification.VerificationCode] < 3 || kinds[notification.Alert] < 3 {
			t.Errorf("%d texts, %d delivered, %v", len(texts), delivered, kinds)
		}
	})
	t.Run("all texts to the landline end in 30006, and calls to it arrive", func(t *testing.T) {
		texts := b.history("harbor", "+12025550102")
		if len(texts) == 0 {
			t.Error("no texts")
		}
		for _, m := range texts {
			if m.Status(noon) != notification.Undelivered || m.ErrorCode != 30006 {
				t.Errorf("%+v", m)
			}
		}
		b.wantPhone("+12025550102", `"lineType":"mobile"`, `"outcome":"undelivered:30006"`, `"callOutcome":"completed"`)
	})
	t.Run("the internet phone is taken for one", func(t *testing.T) {
		b.wantPhone("+12025550103", `"lineType":"nonFixedVoip"`, `"outcome":"delivered"`, `"callOutcome":"completed"`)
	})
	t.Run("the histories are each bank's own", func(t *testing.T) {
		if texts := b.history("summit", "+12025550101"); len(texts) != 0 {
			t.Errorf("summit reads harbor's texts: %+v", texts)
		}
		if texts := b.history("summit", "+12025550111"); len(texts) == 0 {
			t.Error("summit has none")
		}
		if texts := b.history("harbor", "+12025550111"); len(texts) != 0 {
			t.Errorf("harbor reads summit's texts: %+v", texts)
		}
	})
	t.Run("names the same texts at every start", func(t *testing.T) {
		var starts [2]string
		for i := range starts {
			sandbox := twiliosandbox.New(twiliosandbox.Config{Accounts: demo.Accounts()})
			defer sandbox.Close()
			demo.Prepare(sandbox, noon.Add(time.Duration(i)*36*time.Hour))
			starts[i] = listed(t, sandbox)
		}
		if starts[0] != starts[1] || strings.Count(starts[0], "SM") < 11 {
			t.Errorf("%s\n%s", starts[0], starts[1])
		}
	})
	t.Run("tells of no number that could be somebody's", func(t *testing.T) {
		for slug, people := range everyone() {
			for _, line := range people {
				at := strings.Index(line, "+")
				if number := strings.Fields(line[at:])[0]; number[5:8] != "555" && !strings.HasPrefix(number, "+447700900") {
					t.Errorf("%s: %s", slug, line)
				}
			}
		}
	})
}

// wantPhone looks for words in what the sandbox says of a phone.
func (b *bench) wantPhone(number string, want ...string) {
	b.t.Helper()
	got := httptest.NewRecorder()
	b.sandbox.ServeHTTP(got, httptest.NewRequest("GET", "/sandbox/phones/"+number, nil))
	for _, words := range want {
		if !strings.Contains(strings.ReplaceAll(got.Body.String(), " ", ""), words) {
			b.t.Errorf("%s is missing in %s", words, got.Body)
		}
	}
}

// listed returns the SIDs that Twilio lists for harbor's account.
func listed(t *testing.T, sandbox http.Handler) string {
	t.Helper()
	account := demo.Accounts()[0]
	req := httptest.NewRequest("GET", "/2010-04-01/Accounts/"+account.SID+"/Messages.json?PageSize=100", nil)
	req.SetBasicAuth(account.SID, account.Token)
	got := httptest.NewRecorder()
	sandbox.ServeHTTP(got, req)
	var list struct{ Messages []struct{ SID string } }
	if err := json.Unmarshal(got.Body.Bytes(), &list); err != nil {
		t.Fatalf("%v in %s", err, got.Body)
	}
	return fmt.Sprint(list.Messages)
}
