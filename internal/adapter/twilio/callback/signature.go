package callback

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio signs by HMAC-SHA1, which collisions of SHA-1 do not weaken
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/factordesk/factordesk/internal/platform/secret"
)

// signed reports whether X-Twilio-Signature fits the request under the account's
// token. Twilio signs the URL it calls, with or without the port, and not the one that
// a proxy made of it.
func (h *handler) signed(r *http.Request, token secret.Text, form url.Values) bool {
	given, err := base64.StdEncoding.DecodeString(r.Header.Get("X-Twilio-Signature"))
	if err != nil || token.Reveal() == "" {
		return false
	}
	fits := false
	for _, address := range addresses(h.PublicURL, r.URL.RequestURI()) {
		for _, params := range []url.Values{form, distinct(form)} {
			if hmac.Equal(given, sign(token, address, params)) {
				fits = true
			}
		}
	}
	return fits
}

// sign makes a signature: HMAC-SHA1 under the token over the URL and the name
// and value of every parameter, ordered by name.
func sign(token secret.Text, address string, form url.Values) []byte {
	mac := hmac.New(sha1.New, []byte(token.Reveal()))
	mac.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			mac.Write([]byte(name))
			mac.Write([]byte(value))
		}
	}
	return mac.Sum(nil)
}

// distinct orders the values of repeated parameters and drops what is there
// twice, as Twilio's own libraries do before they compare.
func distinct(form url.Values) url.Values {
	out := make(url.Values, len(form))
	for name, values := range form {
		out[name] = slices.Compact(slices.Sorted(slices.Values(values)))
	}
	return out
}

// addresses are the spellings of the URL that Twilio may have signed.
func addresses(public *url.URL, requestURI string) []string {
	port := map[string]string{"https": ":443", "http": ":80"}[public.Scheme]
	hosts := []string{public.Host}
	switch {
	case public.Port() == "":
		hosts = append(hosts, public.Host+port)
	default: // Twilio leaves out a port of its own, too, when it signs for some products
		hosts = append(hosts, strings.TrimSuffix(public.Host, ":"+public.Port()))
	}
	path := strings.TrimSuffix(public.EscapedPath(), "/") + requestURI
	urls := make([]string, len(hosts))
	for i, host := range hosts {
		urls[i] = public.Scheme + "://" + host + path
	}
	return urls
}
