package twiliosandbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio signs by HMAC-SHA1
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	connectLimit  = 10 * time.Second
	callbackLimit = 15 * time.Second
	maxAnswer     = 64 << 10
	maxCallbacks  = 10_000 // under way at once; further ones are dropped
)

// What may be ordered to go wrong with callbacks.
const (
	callbackLost     = "lost"
	callbackDoubled  = "doubled"
	callbackForged   = "forged"
	callbackShuffled = "shuffled"
)

// event is one callback to be posted; last says that none follows it.
type event struct {
	form url.Values
	last bool
}

// parcel is a callback packed: nothing changes it any more.
type parcel struct {
	form             url.Values
	key, idempotency string
}

// courier carries the callbacks of one message or call, one after another. The
// sandbox's lock guards mode, held and before; a nil courier has nobody to tell.
type courier struct {
	sandbox          *Sandbox
	url, token, path string
	useGet           bool
	mode             string // what was ordered, "" for nothing
	held             []event
	before           chan struct{} // closed when the callback before is through
}

// post sends e on its way and returns at once.
func (c *courier) post(e event) {
	if c == nil {
		return
	}
	if c.mode == "" {
		c.mode = c.sandbox.orderedCallback(c.path, c.url)
	}
	switch c.mode {
	case callbackLost:
		c.sandbox.log.Info("twilio sandbox: callback lost as ordered", "path", c.path)
	case callbackShuffled:
		c.held = append(c.held, e)
		if e.last {
			c.release()
		}
	case callbackDoubled:
		c.send(e.form, 2)
	default:
		c.send(e.form, 1)
	}
}

// release posts what a shuffled courier held, last first.
func (c *courier) release() {
	if c == nil {
		return
	}
	for _, held := range slices.Backward(c.held) {
		c.send(held.form, 1)
	}
	c.held = nil
}

// send posts a form, as often as told with the same idempotency token, after
// the callback before it is through.
func (c *courier) send(form url.Values, times int) {
	s := c.sandbox
	if s.callbacks.Add(1) > maxCallbacks {
		s.callbacks.Add(-1)
		s.log.Warn("twilio sandbox: too many callbacks under way, one dropped", "path", c.path)
		return
	}
	before, done := c.before, make(chan struct{})
	c.before = done
	out := parcel{form: form, key: c.token, idempotency: newSID("")}
	if c.mode == callbackForged {
		out.key = newSID("") // nobody's
	}
	s.run(func() {
		defer s.callbacks.Add(-1)
		defer close(done)
		if before != nil {
			select {
			case <-before:
			case <-s.ctx.Done():
			}
		}
		for range times {
			c.deliver(out)
		}
	})
}

// deliver posts one callback, and once more if nobody answers the door.
func (c *courier) deliver(out parcel) {
	s := c.sandbox
	log := s.log.With("path", c.path)
	target, err := url.Parse(c.url)
	if err != nil || !isLoopback(target.Hostname()) {
		log.Warn("twilio sandbox: callback refused, its address is not loopback", "host", hostOf(target))
		return
	}
	for attempt := 1; attempt <= 2 && s.ctx.Err() == nil; attempt++ {
		status, _, err := c.attempt(target, out)
		var op *net.OpError
		switch {
		case err == nil && status/100 != 2:
			log.Warn("twilio sandbox: callback turned away", "host", target.Host, "status", status)
			return
		case err == nil:
			log.Debug("twilio sandbox: callback answered", "status", status)
			return
		case errors.As(err, &op) && op.Op == "dial" && attempt == 1:
			log.Info("twilio sandbox: callback could not connect, once more", "host", target.Host)
			s.wait(s.settle / 2)
		default:
			log.Warn("twilio sandbox: callback failed", "host", target.Host)
			return
		}
	}
}

// attempt makes one signed request and returns status and body of the answer.
func (c *courier) attempt(target *url.URL, out parcel) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(c.sandbox.ctx, callbackLimit)
	defer cancel()
	address := *target
	address.Fragment = "" // connection overrides: neither sent nor signed
	method, body, signed := http.MethodPost, out.form.Encode(), out.form
	if c.useGet {
		query := address.Query()
		maps.Copy(query, out.form)
		address.RawQuery = query.Encode()
		method, body, signed = http.MethodGet, "", nil
	}
	req, err := http.NewRequestWithContext(ctx, method, address.String(), strings.NewReader(body)) //nolint:gosec // as Twilio, it calls back where its client said
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	req.Header.Set("User-Agent", "TwilioProxy/1.1")
	req.Header.Set("I-Twilio-Idempotency-Token", out.idempotency)
	req.Header.Set("X-Twilio-Signature", sign(out.key, address.String(), signed))
	res, err := c.sandbox.client.Do(req) //nolint:gosec // as above
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, _ := io.ReadAll(io.LimitReader(res.Body, maxAnswer)) // its status counts, even if it breaks off
	return res.StatusCode, answer, nil
}

// sign makes X-Twilio-Signature: the base64 of an HMAC-SHA1 under the auth token
// over the URL and every parameter's name and value, names sorted.
func sign(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			mac.Write([]byte(name + value))
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// loopbackClient reaches this machine only, follows no redirect and asks no
// name server.
func loopbackClient() *http.Client {
	dialer := &net.Dialer{Timeout: connectLimit}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				host, port, err := net.SplitHostPort(address)
				if err != nil {
					return nil, err
				}
				if net.ParseIP(host) != nil {
					return dialer.DialContext(ctx, network, address)
				}
				conn, err := dialer.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
				if err != nil {
					return dialer.DialContext(ctx, network, net.JoinHostPort("::1", port))
				}
				return conn, nil
			},
			MaxIdleConnsPerHost: 64,
			IdleConnTimeout:     2 * time.Second, // before any server closes it under a request
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// isLoopback reports whether a host is this machine, without asking anyone.
func isLoopback(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func hostOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Host
}
