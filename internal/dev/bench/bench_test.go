package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/store"
	"github.com/factordesk/factordesk/internal/adapter/store/storetest"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/clock"
)

// The servers are this program, run again.
func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		exit(serve(context.Background(), role, os.Getenv(databaseVariable), os.Stdin, os.Stdout))
		return
	}
	os.Exit(m.Run())
}

// tiny is a run of a few seconds.
func tiny(t *testing.T, args ...string) options {
	t.Helper()
	o, err := parse(append(strings.Fields(
		"--users 60 --notifications 900 --rounds 2 --duration 60ms --connections 2 --sign-ins 2 --code-sets 2 --probes 4 --starts 2 --expired 900"), args...), t.Output())
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestRun(t *testing.T) {
	for _, database := range []string{sqlite, postgres} {
		for _, tt := range []struct {
			only, connections string
			wants             []string
		}{
			{"a,b,c,e", "2", []string{
				`\(a\) `, `\| +2 \| factordesk `, `\| +2 \| baseline `, `\| +2 \| ratio `, `\(b\) `, `48 answers of both`,
				`\(c\) `, `\| +2 \| signIn `, `\| +2 \| sendCode `, `\| +2 \| verifyCode `,
				`\(e\) `, `\| +4 \| signIn `, `\| +4 \| requestPasswordReset `, `same, to the byte`,
			}},
			{"g", "2", []string{`\(g\) `, `(?s)(\| +16 \| verifyCode .*){2}`, `900 rows were over: swept in `}},
			// Of two sets at once the second may wait too long on a busy machine.
			{"d", "1", []string{
				`\(d\) `, `\| +1 \| prepareBackupCodes `, `\| +1 \| generateBackupCodes `, `1 connections: one argon2id hash`,
			}},
		} {
			t.Run(database+" "+tt.only, func(t *testing.T) {
				o := tiny(t, "--database", database, "--only", tt.only, "--connections", tt.connections)
				o.markdown = filepath.Join(t.TempDir(), "performance.md")
				var out bytes.Buffer

				if err := run(t.Context(), o, &out, t.Output()); err != nil {
					t.Fatal(err)
				}

				report := out.String()
				for _, want := range tt.wants {
					if !regexp.MustCompile(want).MatchString(report) {
						t.Errorf("the report has no %s", want)
					}
				}
				if strings.Contains(report, "failed") || strings.Contains(report, "NaN") || strings.Contains(report, "Inf") {
					t.Errorf("something went wrong:\n%s", report)
				}
				if written, err := os.ReadFile(o.markdown); err != nil || string(written) != report {
					t.Errorf("the file differs from what was printed: %v", err)
				}
			})
		}
	}
}

// begun returns a bench whose servers run, on SQLite.
func begun(t *testing.T) *bench {
	t.Helper()
	// The servers are to end after the test, and not at its end, as its context does.
	ctx := context.WithoutCancel(t.Context())
	databaseURL, drop, err := create(ctx, sqlite)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{options: tiny(t), database: sqlite, databaseURL: databaseURL, report: &report{}, log: t.Output()}
	t.Cleanup(func() {
		if err := errors.Join(b.end(), drop()); err != nil {
			t.Error(err)
		}
	})
	if err := b.begin(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.signInStaff(ctx); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBench_StartsTheProduct(t *testing.T) {
	b := begun(t)

	if err := b.measureStarts(t.Context()); err != nil {
		t.Fatal(err)
	}

	// Ready and slowest, CPU time, memory: none is nothing.
	if report := b.report.String(); !regexp.MustCompile(`\| +2 \| factordesk serve( \| +[1-9][0-9.]*){6} \|`).MatchString(report) {
		t.Error(report)
	}
}

func TestCompare_FindsADifference(t *testing.T) {
	b := begun(t)
	r := b.crowd.reads()[0]
	right := r.baseline
	r.baseline = func(i int, token string) []byte { return right((i+1)%b.crowd.users, token) }

	_, err := b.compare(t.Context(), r)

	if err == nil || !strings.Contains(err.Error(), "answers about customer 0 differ") {
		t.Errorf("compare says %v", err)
	}
}

func TestBench_ShowsWhatFailed(t *testing.T) {
	b := begun(t)
	b.tokens = []string{"of nobody", "of nobody"}

	if err := b.measureRead(t.Context(), b.crowd.reads()[0], 2); err == nil || !strings.Contains(err.Error(), "Unauthorized") {
		t.Errorf("a read that failed gives %v", err)
	}
	if err := b.codeSets(t.Context(), 2, 0); err != nil {
		t.Error(err)
	}

	for _, want := range []string{"prepareBackupCodes (2 failed)", "UNAUTHENTICATED", "no generateBackupCodes, because nothing before it succeeded"} {
		if report := b.report.String(); !strings.Contains(report, want) {
			t.Errorf("the report has no %q:\n%s", want, report)
		}
	}
}

func TestBaseline_ChecksSessionAndPermissions(t *testing.T) {
	databaseURL := storetest.SQLite(t)
	c, err := fill(t.Context(), databaseURL, 10, 100)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	s, err := newBaseline(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close() }()
	session := func(userID string, kind auth.Kind) string {
		sessions := auth.NewSessions(db, clock.System{})
		token, err := sessions.Start(t.Context(), auth.Session{UserID: userID, InstitutionID: c.institutionID, Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	ask := func(path, token string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.Host = adminHost
		r.AddCookie(&http.Cookie{Name: staffCookie, Value: token})
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		return w
	}
	agent, customer := session(c.staffID, auth.Staff), session(c.user(0).ID, auth.Customer)
	remove := func(p ...auth.Permission) {
		if err := db.RemovePermissions(t.Context(), c.institutionID, c.staffID, p); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/profile/" + c.user(3).ID, "/page?after=" + c.after(3)} {
		for _, tt := range []struct {
			name, token string
			removed     []auth.Permission
			want        int
		}{
			{"the agent", agent, nil, http.StatusOK},
			{"an unknown token", "unknown", nil, http.StatusUnauthorized},
			{"a customer", customer, nil, http.StatusUnauthorized},
			{"the agent without VIEW_USERS", agent, []auth.Permission{auth.ViewUsers}, http.StatusForbidden},
		} {
			remove(tt.removed...)
			if got := ask(path, tt.token).Code; got != tt.want {
				t.Errorf("%s gets %d for %s", tt.name, got, path)
			}
		}
	}
	remove(auth.ViewNotificationHistory)
	var a struct{ Data profileJSON }
	if err := json.Unmarshal(ask("/profile/"+c.user(3).ID, agent).Body.Bytes(), &a); err != nil || a.Data.User == nil || a.Data.User.History != nil {
		t.Errorf("without VIEW_NOTIFICATION_HISTORY the profile is %+v, %v", a.Data.User, err)
	}
}

func TestCrowd(t *testing.T) {
	c := crowd{users: 300_000, notifications: 10, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	fiction := regexp.MustCompile(`^\+1[2-9][0-9]{2}55501[0-9]{2}$`)
	for i := range c.users {
		mobile, landline := c.phones(i)
		if mobile == landline || !fiction.MatchString(mobile) || !fiction.MatchString(landline) {
			t.Fatalf("customer %d has %s and %s", i, mobile, landline)
		}
	}
	for _, table := range c.tables() {
		width := strings.Count(table.columns, ",") + 1
		var first, again [][]any
		for row := range table.rows {
			if first = append(first, row); len(first) == 20 {
				break
			}
		}
		for row := range table.rows {
			if again = append(again, row); len(again) == 20 {
				break
			}
		}
		for i, row := range first {
			if len(row) != width || !slices.Equal(row, again[i]) {
				t.Errorf("%s: row %d has %d values for %d columns, or is another one the next time", table.name, i, len(row), width)
			}
		}
	}
}

func TestOutcome_Percentile(t *testing.T) {
	var o outcome
	for i := range 200 {
		o.latencies = append(o.latencies, time.Duration(i+1))
	}
	for p, want := range map[int]time.Duration{1: 2, 50: 100, 99: 198, 100: 200} {
		if got := o.percentile(p); got != want {
			t.Errorf("p%d is %d, not %d", p, got, want)
		}
	}
	if got := (outcome{latencies: []time.Duration{7}}).percentile(50); got != 7 {
		t.Errorf("p50 of one is %d", got)
	}
}

func TestRatio_ComparesWithinRounds(t *testing.T) {
	ours := []sample{{perSecond: 10, p50: 4}, {perSecond: 100, p50: 1}, {perSecond: 30, p50: 3}}
	theirs := []sample{{perSecond: 20, p50: 2}, {perSecond: 200, p50: 2}, {perSecond: 30, p50: 3}}

	got := ratio(ours, theirs)

	if got.perSecond != 0.5 || got.p50 != 1000 {
		t.Errorf("req/s %v, p50 %d thousandths", got.perSecond, got.p50)
	}
}

func TestParse_RefusesWhatCannotBeMeasured(t *testing.T) {
	for _, args := range []string{
		"--only x", "--probes 0", "--starts 0", "--probes 100001", "--database mysql", "--connections x", "--connections 0", "--users 100", "--rounds 0", "--duration 0s", "more",
	} {
		if _, err := parse(strings.Fields(args), t.Output()); err == nil {
			t.Errorf("%s was accepted", args)
		}
	}
}

func TestBench_FindsAnswersThatDiffer(t *testing.T) {
	b := begun(t)

	_, err := b.ask(t.Context(), probe{"signIn", signInDocument, map[string]any{"institution": slug, "password": password}})

	if err == nil || !strings.Contains(err.Error(), "WRONG_CREDENTIALS") || !strings.Contains(err.Error(), "challenge") {
		t.Errorf("the right password and nobody's are answered the same: %v", err)
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b []time.Duration
		want float64
	}{
		{[]time.Duration{1, 2, 3, 4}, []time.Duration{1, 2, 3, 4}, 0},
		{[]time.Duration{1, 1, 1, 1}, []time.Duration{1, 1}, 0},
		{[]time.Duration{1, 2}, []time.Duration{3, 4}, 1},
		{[]time.Duration{1, 2, 3, 4}, []time.Duration{2, 3, 4, 5}, 0.25},
		{[]time.Duration{1, 9, 9, 9}, []time.Duration{5}, 0.75},
	} {
		if got := distance(tt.a, tt.b); got != tt.want || got != distance(tt.b, tt.a) {
			t.Errorf("%v and %v are %v apart, not %v", tt.a, tt.b, got, tt.want)
		}
	}
}
