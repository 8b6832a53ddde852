package mail

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/fault"
)

// password stands in a test's URL and nowhere else.
const password = "made-up-for-this-test"

func TestNewSMTP(t *testing.T) {
	t.Run("wants TLS from every host but this machine", func(t *testing.T) {
		for url, want := range map[string]struct{ policy, addr string }{
			"smtp://mail.bank.example:587":                        {"TLSMandatory", "mail.bank.example:587"},
			"smtp://u:" + password + "@mail.bank.example:2525":    {"TLSMandatory", "mail.bank.example:2525"},
			"smtp://192.0.2.25":                                   {"TLSMandatory", "192.0.2.25:25"},
			"smtp://localhost.bank.example:587":                   {"TLSMandatory", "localhost.bank.example:587"},
			"smtp://127.0.0.1.bank.example:587":                   {"TLSMandatory", "127.0.0.1.bank.example:587"},
			"smtps://mail.bank.example":                           {"TLS", "mail.bank.example:465"},
			"smtps://mail.bank.example:2465":                      {"TLS", "mail.bank.example:2465"},
			"smtp://127.0.0.1:1025":                               {"TLSOpportunistic", "127.0.0.1:1025"},
			"smtp://localhost:1025":                               {"TLSOpportunistic", "localhost:1025"},
			"smtp://[::1]:1025":                                   {"TLSOpportunistic", "::1:1025"},
			"smtp://mail.bank.example:587?from=desk@bank.example": {"TLSMandatory", "mail.bank.example:587"},
		} {
			s, err := NewSMTP(url, from, noon)
			if err != nil {
				t.Errorf("%s: %v", url, err)
				continue
			}
			client, err := s.client(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := client.TLSPolicy(); got != want.policy && (want.policy != "TLS" || s.tls == nil) {
				t.Errorf("%s: %s, want %s", url, got, want.policy)
			}
			if got := client.ServerAddr(); got != want.addr {
				t.Errorf("%s: %s, want %s", url, got, want.addr)
			}
		}
	})
	t.Run("refuses what is no URL of a mail server, and quotes none of it", func(t *testing.T) {
		for _, url := range []string{
			"", "mail.bank.example:587", "http://u:" + password + "@mail.bank.example", "smtp://",
			"smtp://u:" + password + "@", "smtp://u:" + password + "%zz@mail.bank.example",
			"smtp://u:" + password + "@mail.bank.example:port", "smtp://u:" + password + "@mail.bank.example:99999",
			"smtp://u:" + password + "@mail.bank.example?from=nobody", "smtp://u:" + password + "@mail.bank.example?from=a@b.example%0d%0aBcc:c@d.example",
			"smtp://u:" + password + "\n@mail.bank.example",
		} {
			s, err := NewSMTP(url, from, noon)
			switch {
			case err == nil:
				t.Errorf("%q was taken: %s", url, s.host)
			case !strings.Contains(err.Error(), "FACTORDESK_SMTP_URL"), strings.Contains(err.Error(), password), strings.Contains(err.Error(), "\n"):
				t.Errorf("%q: %v", url, err)
			}
		}
	})
}

func TestSMTP_Send(t *testing.T) {
	t.Run("hands the mail over", func(t *testing.T) {
		server := listen(t, nil)
		if err := dial(t, "smtp://"+server.addr).Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		if len(server.mails()) != 1 {
			t.Fatalf("%d mails: %q", len(server.mails()), server.said())
		}
		check(t, server.mails()[0])
		for _, want := range []string{"MAIL FROM:<" + from + ">", "RCPT TO:<" + customer + ">"} {
			if !strings.Contains(server.said(), want) {
				t.Errorf("%s is missing in %q", want, server.said())
			}
		}
	})
	t.Run("names the sender that the URL names", func(t *testing.T) {
		server := listen(t, nil)
		if err := dial(t, "smtp://"+server.addr+"?from=desk@bank.example").Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		m := parse(t, server.mails()[0])
		if got := m.Header.Get("From"); got != "<desk@bank.example>" {
			t.Error(got)
		}
		if id := m.Header.Get("Message-Id"); !strings.HasSuffix(id, "@bank.example>") {
			t.Error(id)
		}
	})
	t.Run("several at once", func(t *testing.T) {
		server := listen(t, nil)
		s := dial(t, "smtp://"+server.addr)
		var sending sync.WaitGroup
		for range 8 {
			sending.Go(func() {
				if err := s.Send(t.Context(), letter()); err != nil {
					t.Error(err)
				}
			})
		}
		sending.Wait()
		if n := len(server.mails()); n != 8 {
			t.Errorf("%d mails", n)
		}
	})
	t.Run("never sends a password in the clear", func(t *testing.T) {
		for _, offered := range []string{"AUTH PLAIN LOGIN", "AUTH CRAM-MD5"} {
			server := listen(t, map[string]string{"EHLO": "250-fake\r\n250 " + offered, "AUTH": "334 PDEyMy40NTZAZmFrZT4="})
			err := dial(t, "smtp://u:"+password+"@"+server.addr).Send(t.Context(), letter())
			wantUnavailable(t, err)
			for _, form := range []string{password, "AHUAbWFkZS11cC1mb3ItdGhpcy10ZXN0", "bWFkZS11cC1mb3ItdGhpcy10ZXN0"} { // base64 of it
				if strings.Contains(server.said(), form) {
					t.Errorf("%s: %q", offered, server.said())
				}
			}
		}
	})
	t.Run("smtps never talks in the clear", func(t *testing.T) {
		server := listen(t, nil)
		wantUnavailable(t, dial(t, "smtps://u:"+password+"@"+server.addr).Send(t.Context(), letter()))
		if said := server.said(); strings.Contains(said, "EHLO") || strings.Contains(said, "HELO") || len(server.mails()) != 0 {
			t.Errorf("%q", said)
		}
	})
	t.Run("smtps hands password and mail over inside TLS", func(t *testing.T) {
		server, trusted := listenTLS(t, map[string]string{"EHLO": "250-fake\r\n250 AUTH PLAIN", "AUTH": "235 welcome"})
		s := dial(t, "smtps://u:"+password+"@"+server.addr)
		s.tls.RootCAs = trusted
		if err := s.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		if len(server.mails()) != 1 || !strings.Contains(server.said(), "AUTH PLAIN AHUAbWFkZS11cC1mb3ItdGhpcy10ZXN0") {
			t.Errorf("%d mails: %q", len(server.mails()), server.said())
		}
	})
	t.Run("ends with its context, wherever the server stops answering", func(t *testing.T) {
		for _, verb := range []string{"", "EHLO", "MAIL", "RCPT", "DATA", ".", "QUIT"} {
			server := listen(t, map[string]string{verb: silence})
			s := dial(t, "smtp://"+server.addr)
			s.options = append(s.options, gomail.WithTimeout(time.Hour)) // the library's own, which must not matter
			ctx, cancel := context.WithCancel(t.Context())
			sent := make(chan error, 1)
			go func() { sent <- s.Send(ctx, letter()) }()
			<-server.silent
			cancel()
			select {
			case err := <-sent:
				wantUnavailable(t, err)
			case <-time.After(patience):
				t.Fatalf("%q: it still waits for the server", verb)
			}
		}
	})
	t.Run("a refusal is PROVIDER_UNAVAILABLE, so that the outbox tries again", func(t *testing.T) {
		for verb, answer := range map[string]string{
			"RCPT": "450 <" + customer + "> is greylisted", "MAIL": "451 later for " + customer, "DATA": "554 no", ".": "452 full", "EHLO": "421 busy",
		} {
			server := listen(t, map[string]string{verb: answer, "HELO": answer})
			err := dial(t, "smtp://"+server.addr).Send(t.Context(), letter())
			wantUnavailable(t, err)
			if notification.Unsent(err) {
				t.Errorf("%s: surely unsent", verb)
			}
			if strings.Contains(err.Error(), customer) {
				t.Errorf("%s: the address is in: %v", verb, err)
			}
		}
	})
	t.Run("a refusal of the address is PROVIDER_ERROR with its number, and quotes nothing of the answer", func(t *testing.T) {
		for answer, code := range map[string]int{
			"550 5.1.1 <" + customer + ">: no such user": 550, "553-" + customer + "\r\n553 is not here": 553, "521 no": 521,
		} {
			server := listen(t, map[string]string{"RCPT": answer})
			err := dial(t, "smtp://"+server.addr).Send(t.Context(), letter())
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Code != fault.ProviderError || f.ProviderCode != code || !notification.Unsent(err) {
				t.Errorf("%s: %v", answer, err)
			}
			if local, _, _ := strings.Cut(customer, "@"); err != nil && strings.Contains(err.Error(), local) {
				t.Errorf("the address is in: %v", err)
			}
		}
	})
	t.Run("nobody listens", func(t *testing.T) {
		server := listen(t, nil)
		server.close()
		err := dial(t, "smtp://u:"+password+"@"+server.addr).Send(t.Context(), letter())
		wantUnavailable(t, err)
		if !notification.Unsent(err) {
			t.Error("it may have been sent")
		}
	})
}

func TestNowhere_Send(t *testing.T) {
	if err := (Nowhere{}).Send(t.Context(), letter()); fault.CodeOf(err) != fault.ProviderUnavailable || !notification.Unsent(err) {
		t.Error(err)
	}
}

func dial(t *testing.T, url string) *SMTP {
	t.Helper()
	s, err := NewSMTP(url, from, noon)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wantUnavailable(t *testing.T, err error) {
	t.Helper()
	if fault.CodeOf(err) != fault.ProviderUnavailable {
		t.Errorf("%v, want %s", err, fault.ProviderUnavailable)
	}
	if err != nil && strings.Contains(err.Error(), password) {
		t.Errorf("the password is in: %v", err)
	}
}

const (
	// silence is no answer at all.
	silence = "silence"
	// patience is how long a test waits for what should come at once.
	patience = 30 * time.Second
)

// fake is a mail server that takes everything, but for the verbs it was given
// another answer for. The verb "" is the greeting, "." the end of a mail.
type fake struct {
	addr     string
	listener net.Listener
	answers  map[string]string
	serving  sync.WaitGroup
	// silent gets a value whenever an answer is silence.
	silent chan struct{}

	mu       sync.Mutex
	lines    []string
	received []string
	conns    []net.Conn
}

func listen(t *testing.T, answers map[string]string) *fake {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, listener, answers)
}

// listenTLS returns a server that begins with TLS, and who vouches for it.
func listenTLS(t *testing.T, answers map[string]string) (*fake, *x509.CertPool) {
	t.Helper()
	named := httptest.NewTLSServer(nil) // for its certificate of 127.0.0.1
	named.Close()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", named.TLS)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(named.Certificate())
	return serve(t, listener, answers), trusted
}

func serve(t *testing.T, listener net.Listener, answers map[string]string) *fake {
	t.Helper()
	f := &fake{addr: listener.Addr().String(), listener: listener, answers: answers, silent: make(chan struct{}, 1)}
	f.serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			f.mu.Lock()
			f.conns = append(f.conns, conn)
			f.mu.Unlock()
			f.serving.Go(func() { f.serve(conn) })
		}
	})
	t.Cleanup(f.close)
	return f
}

func (f *fake) close() {
	_ = f.listener.Close()
	f.mu.Lock()
	for _, conn := range f.conns {
		_ = conn.Close()
	}
	f.mu.Unlock()
	f.serving.Wait()
}

func (f *fake) serve(conn net.Conn) {
	in := bufio.NewReader(conn)
	f.answer(conn, "", "220 fake")
	for {
		line, err := f.line(in)
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		if _, refused := f.answers[verb]; verb == "DATA" && !refused {
			f.answer(conn, verb, "354 go on")
			if f.data(in) != nil {
				return
			}
			verb = "."
		}
		f.answer(conn, verb, map[string]string{"EHLO": "250-fake\r\n250 8BITMIME", "QUIT": "221 bye"}[verb])
		if verb == "QUIT" {
			_ = conn.Close()
			return
		}
	}
}

func (f *fake) answer(conn net.Conn, verb, usual string) {
	if other, ok := f.answers[verb]; ok {
		usual = other
	}
	if usual == silence {
		f.silent <- struct{}{}
		return
	}
	if usual == "" {
		usual = "250 ok"
	}
	_, _ = conn.Write([]byte(usual + "\r\n"))
}

func (f *fake) line(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines = append(f.lines, line)
	return strings.TrimRight(line, "\r\n"), err
}

// data reads a mail up to its lone dot and takes the dots away that SMTP adds.
func (f *fake) data(in *bufio.Reader) error {
	var mail strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		if line == ".\r\n" {
			break
		}
		mail.WriteString(strings.TrimPrefix(line, "."))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.received = append(f.received, mail.String())
	return nil
}

func (f *fake) said() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.lines, "")
}

func (f *fake) mails() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.received...)
}
