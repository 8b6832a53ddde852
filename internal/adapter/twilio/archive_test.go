package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

var noon = time.Date(2026, 1, 10, 12, 0, 0, 0, time.UTC)

// history is a sandbox with n texts to the customer, each apart from the next,
// the newest at noon, and one to somebody else.
func history(t *testing.T, n int, apart time.Duration) *twiliosandbox.Sandbox {
	s := sandbox(t)
	for i := range n {
		at := noon.Add(-time.Duration(i) * apart)
		s.Seed(twiliosandbox.Seeded{
			AccountSID: harborSID, SID: sid(i), From: harborFrom, To: customer,
			Body: fmt.Sprintf("alert %d", i), Status: "delivered", Created: at, Sent: at.Add(2 * time.Second),
		})
	}
	s.Seed(twiliosandbox.Seeded{AccountSID: harborSID, SID: sid(999), From: harborFrom, To: "+12025550102", Status: "sent", Created: noon, Sent: noon})
	return s
}

func sid(i int) string { return fmt.Sprintf("SM%032x", i) }

// sids returns the SIDs from one to another.
func sids(from, to int) []string {
	var out []string
	for i := from; i <= to; i++ {
		out = append(out, sid(i))
	}
	return out
}

func sidsOf(texts []notification.Found) []string {
	var out []string
	for _, f := range texts {
		out = append(out, f.SID)
	}
	return out
}

func TestClient_ListTexts(t *testing.T) {
	t.Run("the newest", func(t *testing.T) {
		b := newBench(t, history(t, 60, time.Hour))
		got, err := b.list(t.Context(), "ins_harbor", customer, time.Time{}, 21)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sids(0, 20+extraTexts), sidsOf(got)); diff != "" {
			t.Error(diff)
		}
		sent := noon.Add(2 * time.Second)
		want := notification.Found{
			AccountSID: harborSID, SID: sid(0), To: customer, From: harborFrom, Body: "alert 0", Status: "delivered", Segments: 1,
			CreatedAt: noon, SentAt: &sent, UpdatedAt: sent,
		}
		if diff := cmp.Diff(want, got[0]); diff != "" || got[0].CreatedAt.Location() != time.UTC {
			t.Error(diff)
		}
		if n := len(b.arrived(messagesPath)); n != 1 {
			t.Errorf("%d pages fetched, want 1", n)
		}
	})
	t.Run("a window, with what lies in the margin", func(t *testing.T) {
		b := newBench(t, history(t, 60, time.Hour))
		// The row before the page is text 20, which our log dates a little earlier.
		before := noon.Add(-20*time.Hour - 700*time.Millisecond)
		got, err := b.list(t.Context(), "ins_harbor", customer, before, 21)
		if err != nil {
			t.Fatal(err)
		}
		have := sidsOf(got)
		if len(have) < 22 {
			t.Fatalf("%d texts, want the one in the margin and 21 older ones", len(have))
		}
		if diff := cmp.Diff(sids(20, 41), have[:22]); diff != "" {
			t.Error(diff)
		}
		if n := len(b.arrived(messagesPath)); n != 1 {
			t.Errorf("%d pages fetched, want 1", n)
		}
	})
	t.Run("a window of texts seconds apart", func(t *testing.T) {
		b := newBench(t, history(t, 90, 2*time.Second))
		got, err := b.list(t.Context(), "ins_harbor", customer, noon.Add(-40*time.Second), 10)
		if err != nil {
			t.Fatal(err)
		}
		older := 0
		for _, f := range got {
			if f.CreatedAt.Before(noon.Add(-40 * time.Second)) {
				older++
			}
		}
		if older < 10 {
			t.Errorf("%d texts before the margin of %d, want at least 10", older, len(got))
		}
		if n := len(b.arrived(messagesPath)); n > mostPages {
			t.Errorf("%d pages fetched", n)
		}
	})
	t.Run("no part of a second", func(t *testing.T) {
		b := newBench(t, history(t, 100, 20*time.Millisecond)) // 50 a second
		for _, before := range []time.Time{{}, noon} {
			got, err := b.list(t.Context(), "ins_harbor", customer, before, 5)
			if err != nil {
				t.Fatal(err)
			}
			bySecond := map[time.Time]int{}
			for _, f := range got {
				bySecond[f.CreatedAt]++
			}
			if newest := noon.Add(-time.Second); bySecond[noon] != 1 || bySecond[newest] != 50 {
				t.Errorf("before %v: %v", before, bySecond)
			}
		}
	})
	t.Run("goes on where Twilio said, once it was there", func(t *testing.T) {
		b := newBench(t, history(t, 120, time.Hour))
		_, _ = b.list(t.Context(), "ins_harbor", customer, time.Time{}, 21)
		_, _ = b.list(t.Context(), "ins_harbor", customer, noon.Add(-19*time.Hour), 21)
		got, err := b.list(t.Context(), "ins_harbor", customer, noon.Add(-39*time.Hour), 21)
		if err != nil || sidsOf(got)[0] != sid(31) {
			t.Errorf("%v, %v", sidsOf(got), err)
		}
		for i, r := range b.arrived(messagesPath) {
			q, err := url.ParseQuery(r.RawQuery)
			if err != nil || q.Has("DateSent<") || q.Has("PageToken") != (i == 2) {
				t.Errorf("request %d: %v, %v", i, q, err)
			}
		}
	})
	t.Run("begins by time where Twilio knows the place no more", func(t *testing.T) {
		var list http.Handler = history(t, 60, time.Hour)
		b := newBench(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Has("PageToken") {
				answers(400, `{"code":20001,"status":400}`)(w, r)
				return
			}
			list.ServeHTTP(w, r)
		}))
		_, _ = b.list(t.Context(), "ins_harbor", customer, time.Time{}, 21)
		got, err := b.list(t.Context(), "ins_harbor", customer, noon.Add(-30*time.Hour), 5)
		if err != nil || sidsOf(got)[0] != sid(30) {
			t.Errorf("%v, %v", sidsOf(got), err)
		}
	})
	t.Run("what could not be kept is no place to go on from", func(t *testing.T) {
		b := newBench(t, history(t, 60, time.Hour))
		full := errors.New("full")
		err := b.ListTexts(t.Context(), "ins_harbor", customer, time.Time{}, 21, func([]notification.Found) error { return full })
		if !errors.Is(err, full) {
			t.Error(err)
		}
		_, _ = b.list(t.Context(), "ins_harbor", customer, noon.Add(-19*time.Hour), 21)
		if asked := b.arrived(messagesPath); !strings.Contains(asked[1].RawQuery, "DateSent") {
			t.Errorf("%v", asked)
		}
	})
	t.Run("the end of a history", func(t *testing.T) {
		b := newBench(t, history(t, 5, time.Hour))
		got, err := b.list(t.Context(), "ins_harbor", customer, time.Time{}, 21)
		if err != nil || len(got) != 5 {
			t.Errorf("%d texts, %v", len(got), err)
		}
		got, err = b.list(t.Context(), "ins_harbor", "+12025550109", time.Time{}, 21)
		if err != nil || len(got) != 0 {
			t.Errorf("%d texts, %v", len(got), err)
		}
	})
	t.Run("loses nothing of what it asks for", func(t *testing.T) {
		b := newBench(t, history(t, 1, time.Hour))
		kathmandu := time.FixedZone("", 5*3600+45*60)
		before := time.Date(2026, 1, 2, 20, 49, 5, 678_900_000, kathmandu)
		if _, err := b.list(t.Context(), "ins_harbor", customer, before, 20); err != nil {
			t.Fatal(err)
		}
		raw := b.arrived("/")[0].RawQuery
		got, err := url.ParseQuery(raw)
		if err != nil || strings.Contains(raw, "+") {
			t.Errorf("%s: %v", raw, err)
		}
		if diff := cmp.Diff(url.Values{"To": {customer}, "DateSent<": {"2026-01-02T15:05:05Z"}, "PageSize": {"30"}}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("another institution has another account", func(t *testing.T) {
		b := newBench(t, history(t, 1, time.Hour))
		_, err := b.list(t.Context(), "ins_other", customer, time.Time{}, 20)
		b.wantCode(err, fault.ProviderUnavailable)
	})
	t.Run("a number that is not E.164 goes nowhere", func(t *testing.T) {
		b := newBench(t, history(t, 1, time.Hour))
		_, err := b.list(t.Context(), "ins_harbor", "2025550101", time.Time{}, 20)
		b.wantCode(err, fault.InvalidInput)
	})
}

// row is a text as Twilio lists it.
func row(sid, direction, created string) map[string]any {
	return map[string]any{
		"sid": sid, "direction": direction, "date_created": created, "date_sent": nil, "date_updated": nil,
		"to": customer, "from": nil, "status": "failed", "error_code": 30003, "body": body,
	}
}

const created = "Fri, 02 Jan 2026 16:04:05 +0100"

// pages is a Twilio whose lists are these pages.
func pages(pages ...[]map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		at := 0
		_, _ = fmt.Sscan(r.URL.Query().Get("Page"), &at)
		answer := map[string]any{"messages": pages[at], "next_page_uri": nil}
		if at+1 < len(pages) {
			answer["next_page_uri"] = fmt.Sprintf("//elsewhere.example/steal?Page=%d&PageToken=PA.123%%2B4", at+1)
		}
		_ = json.NewEncoder(w).Encode(answer)
	}
}

func TestClient_ListTexts_Rows(t *testing.T) {
	list := func(b *bench, limit int) ([]notification.Found, error) {
		return b.list(b.t.Context(), "ins_harbor", customer, time.Time{}, limit)
	}
	t.Run("inbound texts are left out, and made up for", func(t *testing.T) {
		b := newBench(t, pages(
			[]map[string]any{row("SM1", "inbound", created), row("SM2", "outbound-api", created)},
			[]map[string]any{row("SM3", "outbound-reply", created), row("SM4", "inbound", created)},
			[]map[string]any{row("SM5", "outbound-call", created)},
		))
		got, err := list(b, 2)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"SM2", "SM3", "SM5"}, sidsOf(got)); diff != "" {
			t.Error(diff)
		}
		for _, r := range b.arrived("/") {
			if r.Host != "api.twilio.com" || r.Path != messagesPath {
				t.Errorf("went to %s%s: an answer chose the address", r.Host, r.Path)
			}
		}
	})
	t.Run("a list without end is left off, and said to be", func(t *testing.T) {
		b := newBench(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_ = json.NewEncoder(w).Encode(map[string]any{"messages": []any{row("SM1", "inbound", created)}, "next_page_uri": "/?Page=1&PageToken=PA1"})
		}))
		got, err := list(b, 20)
		b.wantCode(err, fault.ProviderUnavailable)
		if len(got) != 0 || len(b.arrived("/")) != mostPages {
			t.Errorf("%d texts from %d pages", len(got), len(b.arrived("/")))
		}
	})
	t.Run("a failed text", func(t *testing.T) {
		b := newBench(t, pages([]map[string]any{row("SM1", "outbound-api", created)}))
		got, err := list(b, 20)
		at := time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC)
		want := []notification.Found{{
			AccountSID: harborSID, SID: "SM1", To: customer, Body: body, Status: "failed", ErrorCode: 30003, CreatedAt: at, UpdatedAt: at,
		}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
	t.Run("a row that can't be kept is reported", func(t *testing.T) {
		b := newBench(t, pages([]map[string]any{row("SM1", "outbound-api", "yesterday"), row("", "outbound-api", created), row("SM3", "outbound-api", created)}))
		got, err := list(b, 20)
		if diff := cmp.Diff([]string{"SM3"}, sidsOf(got)); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if n := strings.Count(b.logged.String(), "without a SID or a date"); n != 2 {
			t.Errorf("reported %d times", n)
		}
	})
	t.Run("what is no list is not an empty one", func(t *testing.T) {
		for _, answer := range []string{`{}`, `null`, `[]`, `{"messages":null}`, `garbage`, ``} {
			b := newBench(t, answers(200, answer))
			_, err := list(b, 20)
			b.wantCode(err, fault.ProviderUnavailable)
			if n := len(b.arrived("/")); n != 1 {
				t.Errorf("%q: asked %d times", answer, n)
			}
		}
	})
}

// What either account sent is listed, also while the other one does not answer, which is
// told all the same.
func TestClient_Lists_OfAllAccounts(t *testing.T) {
	lists := func(sid string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			row := `{"sid":"` + sid + `","to":"` + customer + `","direction":"outbound-api","status":"sent","date_created":"Mon, 02 Mar 2026 12:00:00 +0000"}`
			answers(200, `{"messages":[`+row+`],"calls":[`+row+`]}`)(w, r)
		}
	}
	for name, tt := range map[string]struct {
		first, second http.HandlerFunc
		want          []string
		code          fault.Code
	}{
		"both answer":              {lists("SM1"), lists("SM2"), []string{harborSID + " SM1", spare.AccountSID + " SM2"}, ""},
		"the first is turned away": {turnsAway, lists("SM2"), []string{spare.AccountSID + " SM2"}, fault.ProviderError},
		"the second is broken":     {lists("SM1"), answers(503, ""), []string{harborSID + " SM1"}, fault.ProviderUnavailable},
		"the first hangs": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, lists("SM2"),
			[]string{spare.AccountSID + " SM2"}, fault.Timeout},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, byAccount(tt.first, tt.second), of(harbor, spare))
			for kind, list := range map[string]func(ctx context.Context) ([]notification.Found, error){
				"texts": func(ctx context.Context) ([]notification.Found, error) {
					return b.list(ctx, "ins_harbor", customer, time.Time{}, 20)
				},
				"calls": func(ctx context.Context) ([]notification.Found, error) {
					return b.ListCalls(ctx, "ins_harbor", customer, 20)
				},
			} {
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				if tt.code == fault.Timeout {
					ctx, cancel = context.WithTimeout(t.Context(), 500*time.Millisecond)
				}
				found, err := list(ctx)
				cancel()
				var got []string
				for _, f := range found {
					got = append(got, f.AccountSID+" "+f.SID)
				}
				slices.Sort(got)
				if !slices.Equal(got, tt.want) || fault.CodeOf(err) != tt.code {
					t.Errorf("%s: %v, %v", kind, got, err)
				}
			}
		})
	}
}
