package desk_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/adapter/mail"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/clock"
)

// mailServer is one that refuses every recipient by name, while refusing.
type mailServer struct {
	refusing atomic.Bool
	asked    atomic.Int64
	taken    atomic.Int64
}

// listen serves until the end of the test, and returns a mailer that goes there.
func (s *mailServer) listen(t *testing.T) notification.Mailer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	smtp, err := mail.NewSMTP("smtp://"+listener.Addr().String(), "desk@harbor.example", clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	return smtp
}

func (s *mailServer) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	say := func(line string) { _, _ = fmt.Fprint(conn, line+"\r\n") }
	say("220 mail.example")
	for in := bufio.NewScanner(conn); in.Scan(); {
		line := in.Text()
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "RCPT":
			s.asked.Add(1)
			if s.refusing.Load() {
				say("550 5.1.1 " + line[len("RCPT TO:"):] + ": Recipient address rejected")
				continue
			}
		case "DATA":
			say("354 go on")
			for in.Scan() && in.Text() != "." {
			}
			s.taken.Add(1)
		case "QUIT":
			say("221 bye")
			return
		}
		say("250 ok")
	}
}

// A server that says 550 to an address says it again the next time: nobody tries for a
// week, staff see it, and the log, which the server's words go into, has no address.
func TestMail_AnAddressThatIsRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		server := &mailServer{}
		server.refusing.Store(true)
		d.Notifications.Mailer = server.listen(t)
		d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "Rita.Refused@bücher.example", Phone: "+12025550119"})
		rita := d.Add(d.Harbor.Institution, desktest.Newcomer{Email: "rita.second@customer.example", Phone: "+12025550120"})
		agent := d.As(d.Harbor.Agent)
		refused := func() any {
			return d.As(d.Harbor.Agent).Do(`query($id: ID!) { user(id: $id) { mailRefusedAt } }`, V{"id": rita.ID}).OK().At("user.mailRefusedAt")
		}
		if at := refused(); at != nil {
			t.Errorf("before any mail: %v", at)
		}

		agent.Do(setType, V{"device": rita.Phone.ID, "type": "LANDLINE"}).OK() // of which she is told
		for range 5 {
			d.SendNotices()
			d.Clock.Advance(time.Hour)
		}

		if n := server.asked.Load(); n != 1 {
			t.Errorf("asked %d times", n)
		}
		if at := refused(); at != "2026-03-02T12:00:00Z" {
			t.Errorf("staff see %v", at)
		}
		d.Browser(auth.Customer).Do(`mutation { requestPasswordReset(input: {institution: "harbor", username: "rita.refused@bücher.example"}) { requested } }`).OK()
		for range 3 {
			d.SendNotices()
			d.Clock.Advance(2 * time.Minute)
		}
		if n := server.asked.Load(); n != 2 {
			t.Errorf("asked %d times", n)
		}
		for _, address := range []string{"rita.second", "rita.refused", "Rita.Refused"} {
			if strings.Contains(d.Log.String(), address) {
				t.Errorf("%s is in the log: %s", address, d.Log)
			}
		}
		if !strings.Contains(d.Log.String(), "550") {
			t.Errorf("the log does not say what the server answered: %s", d.Log)
		}

		server.refusing.Store(false)
		d.As(d.Harbor.Agent).Do(setType, V{"device": rita.Phone.ID, "type": "MOBILE"}).OK()
		d.SendNotices()
		if at := refused(); at != nil || server.taken.Load() != 1 {
			t.Errorf("after a mail that was taken: %v", at)
		}
	})
}
