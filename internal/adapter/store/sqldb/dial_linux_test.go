package sqldb

import (
	"context"
	"net"
	"syscall"
	"testing"
)

// TestDialer asks the kernel what it was told of a connection.
func TestDialer(t *testing.T) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	check(t, err)
	defer func() { _ = listener.Close() }()
	to := &connecting{ctx: t.Context()}
	line, err := newDialer().DialContext(context.WithValue(t.Context(), connectingKey{}, to), "tcp", listener.Addr().String())
	check(t, err)
	defer func() { _ = line.Close() }()
	raw, err := line.(syscall.Conn).SyscallConn()
	check(t, err)
	got := map[int]int{}
	check(t, raw.Control(func(fd uintptr) {
		for _, option := range []int{tcpUserTimeout, syscall.TCP_KEEPIDLE, syscall.TCP_KEEPINTVL, syscall.TCP_KEEPCNT} {
			got[option], _ = syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, option)
		}
	}))
	same(t, got, map[int]int{tcpUserTimeout: 3000, syscall.TCP_KEEPIDLE: 2, syscall.TCP_KEEPINTVL: 1, syscall.TCP_KEEPCNT: 2})
	same(t, to.line == line, true)
}
