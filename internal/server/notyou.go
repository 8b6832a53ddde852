package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/freeze"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/phone"
)

// Freezer freezes the account of the user for whom a link was made: NOT_FOUND for
// a link that does nothing, THROTTLED.
type Freezer interface {
	Freeze(ctx context.Context, token string) (freeze.Frozen, error)
}

var (
	//go:embed notyou.html
	notYouHTML string
	//go:embed notyou.css
	notYouStyle string

	notYouPage   = template.Must(template.New("not-you").Parse(notYouHTML))
	notYouPolicy = func() string {
		sum := sha256.Sum256([]byte(notYouStyle))
		return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
			"'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	}()
)

// notYou is what the page says.
type notYou struct {
	Lang, State, Title string
	Words              message.NotYouPage
	Style              template.CSS
	// Call says whom to call, at Phone if there is one.
	Call, Phone string
	PhoneLink   template.URL
}

// askNotYou shows the page behind the link of a notice. It looks nothing up:
// scanners that follow links do nothing by it, and whoever guesses links learns
// nothing.
func (c Config) askNotYou(w http.ResponseWriter, r *http.Request) {
	c.writeNotYou(w, http.StatusOK, notYouIn(r, "ask"))
}

// actNotYou does what the page's button says. No cookie is looked at: whoever has
// the link may press its button, so there is nothing that another site could make
// a browser do. What says that it comes from one is refused all the same.
func (c Config) actNotYou(w http.ResponseWriter, r *http.Request) {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		writeError(w, http.StatusForbidden, "This request comes from another site.", coded(fault.Forbidden))
		return
	}
	ctx := auth.WithClient(r.Context(), auth.Client{Address: c.address(r)})
	frozen, err := c.NotYou.Freeze(ctx, r.PathValue("token"))
	switch fault.CodeOf(err) {
	case "":
		c.writeNotYou(w, http.StatusOK, doneNotYou(frozen))
	case fault.NotFound:
		c.writeNotYou(w, http.StatusGone, notYouIn(r, "over"))
	case fault.Throttled:
		w.Header().Set("Retry-After", strconv.Itoa(15*60))
		c.writeNotYou(w, http.StatusTooManyRequests, notYouIn(r, "wait"))
	case fault.Unavailable, fault.Timeout:
		c.Log.WarnContext(ctx, "an account could not be frozen", "error", err)
		c.writeNotYou(w, http.StatusServiceUnavailable, notYouIn(r, "failed"))
	default:
		c.Log.ErrorContext(ctx, "an account could not be frozen", "error", err)
		c.writeNotYou(w, http.StatusInternalServerError, notYouIn(r, "failed"))
	}
}

// notYouIn is the page in the language that the link names, or in one that the
// browser asks for.
func notYouIn(r *http.Request, state string) notYou {
	l, ok := freeze.Language(r.PathValue("token"))
	if !ok {
		l, _ = message.Preferred(r.Header.Get("Accept-Language"))
	}
	return newNotYou(l, state)
}

func newNotYou(l message.Language, state string) notYou {
	page := message.In(l).Page
	return notYou{
		Lang: strings.ToLower(string(l)), State: state, Words: page, Style: template.CSS(notYouStyle), // #nosec: the file beside this one
		Title: map[string]string{"ask": page.Ask, "done": page.Done, "over": page.Over, "wait": page.Wait, "failed": page.Failed}[state],
	}
}

func doneNotYou(f freeze.Frozen) notYou {
	page := newNotYou(f.Language, "done")
	page.Call = fmt.Sprintf(page.Words.Call, f.Institution)
	if f.SupportPhone != "" {
		page.Call, page.Phone = fmt.Sprintf(page.Words.CallNumber, f.Institution), phone.Format(f.SupportPhone)
		page.PhoneLink = template.URL("tel:" + dialled(f.SupportPhone)) //nolint:gosec // nothing but digits and a plus
	}
	return page
}

// dialled returns the digits of a number, with its plus.
func dialled(number string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
}

func (c Config) writeNotYou(w http.ResponseWriter, status int, page notYou) {
	var body bytes.Buffer
	if err := notYouPage.Execute(&body, page); err != nil {
		panic(err) // the template fits its data, as its test shows
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", notYouPolicy)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
}
