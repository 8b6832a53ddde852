package twiliosandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	harborSID   = "AC00000000000000000000000000000001"
	harborToken = "harborsandboxtoken"
	harborFrom  = "+12025550190"
	summitSID   = "AC00000000000000000000000000000002"
	summitToken = "summitsandboxtoken"
	summitFrom  = "+12025550195"
	customer    = "+12025550101"

	messagesPath = apiPrefix + harborSID + "/Messages.json"
	callsPath    = apiPrefix + harborSID + "/Calls.json"
)

// bench is a sandbox behind a real HTTP server on loopback.
type bench struct {
	*Sandbox
	t   *testing.T
	url string
	log *safeBuffer
}

func newBench(t *testing.T, change ...func(*Config)) *bench {
	t.Helper()
	log := &safeBuffer{}
	cfg := Config{
		Accounts: []Account{
			{SID: harborSID, Token: harborToken, From: harborFrom, FriendlyName: "Harbor"},
			{SID: summitSID, Token: summitToken, From: summitFrom, FriendlyName: "Summit"},
		},
		Settle: 8 * time.Millisecond,
		Log:    slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&cfg)
	}
	s := New(cfg)
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		s.Close()
		server.Close()
	})
	return &bench{s, t, server.URL, log}
}

// reply is an answer with its JSON read.
type reply struct {
	status int
	header http.Header
	body   map[string]any
	raw    string
}

func (r reply) text(key string) string {
	text, _ := r.body[key].(string)
	return text
}

func (r reply) code() int {
	code, _ := r.body["code"].(float64)
	return int(code)
}

// do sends a request; user "" sends no credentials.
func (b *bench) do(method, path, user, token, contentType, body string) (reply, error) {
	b.t.Helper()
	req, err := http.NewRequest(method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	if user != "" {
		req.SetBasicAuth(user, token)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	r := reply{status: res.StatusCode, header: res.Header, raw: string(raw)}
	_ = json.Unmarshal(raw, &r.body) // TwiML and pages are no JSON
	return r, err
}

func (b *bench) get(path string) reply {
	b.t.Helper()
	r, err := b.do(http.MethodGet, path, harborSID, harborToken, "", "")
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *bench) post(path string, form url.Values) reply {
	b.t.Helper()
	r, err := b.do(http.MethodPost, path, harborSID, harborToken, "application/x-www-form-urlencoded", form.Encode())
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// control talks to /sandbox/.
func (b *bench) control(method, path, body string) reply {
	b.t.Helper()
	r, err := b.do(method, path, "", "", "application/json", body)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *bench) order(fault string) {
	b.t.Helper()
	if r := b.control("POST", "/sandbox/faults", fault); r.status != http.StatusCreated {
		b.t.Fatalf("fault refused: %s", r.raw)
	}
}

func textTo(to string, more ...string) url.Values {
	form := url.Values{"To": {to}, "From": {harborFrom}, "Body": {"Harbor: 482913 is your code"}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func callTo(to, twiml string, more ...string) url.Values {
	form := url.Values{"To": {to}, "From": {harborFrom}, "Twiml": {twiml}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// send makes a message and returns its SID.
func (b *bench) send(to string, more ...string) string {
	b.t.Helper()
	r := b.post(messagesPath, textTo(to, more...))
	if r.status != http.StatusCreated {
		b.t.Fatalf("create: %d %s", r.status, r.raw)
	}
	return r.text("sid")
}

// settled waits for a message or call to reach a status.
func (b *bench) settled(path, status string) reply {
	b.t.Helper()
	var r reply
	eventually(b.t, func() bool {
		r = b.get(path)
		return r.text("status") == status
	}, func() string { return "want status " + status + ", have " + r.raw })
	return r
}

func messagePath(sid string) string { return apiPrefix + harborSID + "/Messages/" + sid + ".json" }
func callPath(sid string) string    { return apiPrefix + harborSID + "/Calls/" + sid + ".json" }

func (b *bench) phoneJSON(number string) phoneView {
	b.t.Helper()
	var v phoneView
	r := b.control("GET", "/sandbox/phones/"+number, "")
	if err := json.Unmarshal([]byte(r.raw), &v); err != nil {
		b.t.Fatalf("%v: %s", err, r.raw)
	}
	return v
}

// eventually polls until ok, for five seconds.
func eventually(t *testing.T, ok func() bool, explain func() string) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(explain())
		}
	}
}

// posted is a callback that arrived.
type posted struct {
	header http.Header
	url    string
	method string
	form   url.Values
}

// listener receives callbacks.
type inbox struct {
	t      *testing.T
	server *httptest.Server
	mu     sync.Mutex
	got    []posted
}

func newInbox(t *testing.T) *inbox {
	in := &inbox{t: t}
	in.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		in.mu.Lock()
		in.got = append(in.got, posted{r.Header, "http://" + r.Host + r.RequestURI, r.Method, r.PostForm})
		in.mu.Unlock()
	}))
	t.Cleanup(in.server.Close)
	return in
}

func (in *inbox) url() string { return in.server.URL + "/webhooks/twilio/status?institution=harbor" }

func (in *inbox) all() []posted {
	in.mu.Lock()
	defer in.mu.Unlock()
	return append([]posted(nil), in.got...)
}

// values are one field of every callback so far.
func (in *inbox) values(field string) []string {
	var values []string
	for _, p := range in.all() {
		values = append(values, p.form.Get(field))
	}
	return values
}

// await waits for n callbacks.
func (in *inbox) await(n int) []posted {
	in.t.Helper()
	eventually(in.t, func() bool { return len(in.all()) >= n }, func() string {
		return "callbacks missing, have " + strings.Join(in.values("MessageStatus"), " ") + strings.Join(in.values("CallStatus"), " ")
	})
	return in.all()
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
