package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

// network is the proxy through which a program under test reaches the outside,
// by HTTPS_PROXY. What the program asks for is written down, and ends here.
type network struct {
	proxy *httptest.Server
	// settings make a program use it.
	settings []string
	// phones is the address of the sandbox, if there is one.
	phones string
	conns  chan net.Conn

	mu    sync.Mutex
	asked []string
}

// newNetwork makes a network. At its end is a sandbox with an account, under
// Twilio's names; without an account nobody answers.
func newNetwork(t *testing.T, account *twiliosandbox.Account) *network {
	t.Helper()
	n := &network{conns: make(chan net.Conn)}
	n.proxy = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.asked = append(n.asked, r.Host)
		n.mu.Unlock()
		if r.Method != http.MethodConnect || account == nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
		n.conns <- conn
	}))
	t.Cleanup(n.proxy.Close)
	n.settings = []string{"HTTPS_PROXY=" + n.proxy.URL}
	if account != nil {
		n.answer(t, *account)
	}
	return n
}

// answer serves the sandbox to whoever comes through the proxy, with a
// certificate that only programs with these settings trust.
func (n *network) answer(t *testing.T, account twiliosandbox.Account) {
	t.Helper()
	sandbox := twiliosandbox.New(twiliosandbox.Config{Accounts: []twiliosandbox.Account{account}})
	phones := httptest.NewServer(sandbox)
	certificate, trusted := certify(t, "api.twilio.com", "lookups.twilio.com", "messaging.twilio.com", "status.twilio.com")
	server := &http.Server{Handler: sandbox, TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}}, ReadHeaderTimeout: patience}
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.ServeTLS(n, "", "") })
	t.Cleanup(func() {
		_ = server.Close()
		serving.Wait()
		sandbox.Close()
		phones.Close()
	})
	n.phones = phones.URL
	n.settings = append(n.settings, "SSL_CERT_FILE="+trusted, "SSL_CERT_DIR="+filepath.Dir(trusted))
}

// requests are the hosts that were asked for.
func (n *network) requests() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.asked...)
}

// Accept, Close and Addr make it the listener behind the proxy.
func (n *network) Accept() (net.Conn, error) {
	if conn, ok := <-n.conns; ok {
		return conn, nil
	}
	return nil, net.ErrClosed
}

// Close implements net.Listener.
func (n *network) Close() error {
	n.proxy.Close() // nobody hands connections on after this
	close(n.conns)
	return nil
}

// Addr implements net.Listener.
func (n *network) Addr() net.Addr { return n.proxy.Listener.Addr() }

// certify makes a certificate for some names, and a file that says to trust it.
func certify(t *testing.T, names ...string) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: names, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "trusted.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}
