package desk_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/dev/desktest"
	"github.com/factordesk/factordesk/internal/live"
	"github.com/factordesk/factordesk/internal/server"
)

// TestStreams_Memory measures what an idle stream takes of the process: heap and stacks,
// its end of the connection with all of net/http and, which is little, the client's.
func TestStreams_Memory(t *testing.T) {
	const streams, most = 1000, 40 << 10
	d := desktest.New(t, desktest.Server(func(c *server.Config) { // as production is
		c.AdminHost, c.BankingHost, c.PublicHost = "desk.example", "banking.example", "public.example"
	}))
	d.Live()
	s := httptest.NewServer(d.Handler)
	t.Cleanup(s.Close)
	body, err := json.Marshal(V{"query": watch, "variables": V{"user": d.Harbor.Customer.ID}})
	if err != nil {
		t.Fatal(err)
	}
	requests := make([]string, streams/live.MostOfSession)
	for i := range requests {
		requests[i] = fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: desk.example\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"+
			"Factordesk-Client: admin\r\nCookie: fd_staff=%s\r\nContent-Length: %d\r\n\r\n%s", d.As(d.Harbor.Agent).Cookies["fd_staff"], len(body), body)
	}
	open := func(request string) {
		c, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(t.Context(), "tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		_ = c.SetDeadline(time.Now().Add(20 * time.Second))
		if _, err := c.Write([]byte(request)); err != nil {
			t.Fatal(err)
		}
		for from, line := bufio.NewReaderSize(c, 16), ""; line != ":\n"; {
			if line, err = from.ReadString('\n'); err != nil || strings.HasPrefix(line, "event") {
				t.Fatalf("%q %v", line, err)
			}
		}
	}
	open(requests[0]) // what is made once is there by now
	before := inUse()
	for i := 1; i < streams; i++ {
		open(requests[i/live.MostOfSession])
	}
	if got := d.Desk.Live.Open(); got != streams {
		t.Fatalf("%d streams are open", got)
	}
	each := (inUse() - before) / (streams - 1)
	t.Logf("%.1f KiB a stream", float64(each)/1024)
	if each > most {
		t.Errorf("an idle stream takes %d bytes", each)
	}
	d.Desk.Live.Close()
}

// inUse returns how much heap and stacks hold, once what nobody needs is gone: a stack
// shrinks by half each time.
func inUse() int {
	for range 6 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc + m.StackInuse)
}
