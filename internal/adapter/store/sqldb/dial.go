package sqldb

import (
	"context"
	"net"
	"syscall"
	"time"
)

const (
	// grace is how much longer a statement may take than its caller has: time for
	// PostgreSQL's own word that it was canceled, after which the connection is still
	// good.
	grace = 500 * time.Millisecond
	// cancelFor is how long a request to cancel a statement may take. Its caller waits
	// for it.
	cancelFor = 700 * time.Millisecond
	// deadAfter is how long what was sent may go unacknowledged.
	deadAfter = 3 * time.Second
)

// dialer makes the network connections of lib/pq. One that takes a connection to be
// used finds in its context where to put it, and is closed once that context ends; any
// other carries a request to cancel a statement, and ends soon by itself.
type dialer struct{ *net.Dialer }

func newDialer() dialer {
	return dialer{&net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 2 * time.Second, Interval: time.Second, Count: 2},
		Control:         endDeadPaths,
	}}
}

type connectingKey struct{}

// connecting is where a connection is put while it is made.
type connecting struct {
	ctx  context.Context
	line net.Conn
	// release ends that the line is closed with ctx, and reports whether it was not.
	release func() bool
}

// DialContext implements pq.DialerContext.
func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	to, used := ctx.Value(connectingKey{}).(*connecting)
	if !used {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, cancelFor)
		defer cancel()
	}
	line, err := d.Dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	hangUp := func() { _ = line.Close() }
	if used {
		to.line, to.release = line, context.AfterFunc(to.ctx, hangUp)
	} else {
		time.AfterFunc(cancelFor, hangUp)
	}
	return line, nil
}

// quiet reports whether nothing has come on a connection on which nothing was asked,
// not even that it is closed.
func quiet(line net.Conn) bool {
	socket, ok := line.(syscall.Conn)
	if !ok {
		return true
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return false
	}
	var heard error
	err = raw.Control(func(fd uintptr) {
		_, _, heard = syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	})
	return err == nil && heard == syscall.EAGAIN
}

// DialTimeout implements pq.Dialer, and is not called.
func (d dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}
