package githubsim

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// usualHeaders stand on every answer, as recorded.
var usualHeaders = map[string]string{
	"Server":                        "github.com",
	"Cache-Control":                 "private, max-age=60, s-maxage=60",
	"Vary":                          "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With",
	"Access-Control-Allow-Origin":   "*",
	"Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset, Warning",
	"Strict-Transport-Security":     "max-age=31536000; includeSubdomains; preload",
	"X-Frame-Options":               "deny",
	"X-Content-Type-Options":        "nosniff",
	"X-XSS-Protection":              "0",
	"Referrer-Policy":               "origin-when-cross-origin, strict-origin-when-cross-origin",
	"Content-Security-Policy":       "default-src 'none'",
}

// preflight answers a browser's question whether a page may call.
func preflight(w http.ResponseWriter) {
	h := w.Header()
	for name, value := range usualHeaders {
		h.Set(name, value)
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-Github-Next-Global-ID, X-GitHub-Api-Version, X-Fetch-Nonce")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

// write sends an answer with everything that github.com says beside it. A body that the client already has is
// answered with 304, which costs nothing.
func (s *Simulator) write(w http.ResponseWriter, r *http.Request, c *call, out reply) {
	h := w.Header()
	for name, value := range usualHeaders {
		h.Set(name, value)
	}
	for name, values := range out.header {
		h[name] = values
	}
	h.Set("Date", s.now().UTC().Format(http.TimeFormat))
	h.Set("X-GitHub-Request-Id", fmt.Sprintf("%04X:%X", 0xF051, s.served.Add(1)))
	if s.enterprise() {
		h.Set("X-GitHub-Enterprise-Version", "enterprise-server@"+installedVersion)
	}
	s.sayRights(h, c)
	if c.isGraphQL() {
		h.Set("X-GitHub-Media-Type", "github.v4; format=json")
	} else {
		h.Set("X-GitHub-Media-Type", c.media.header())
		h.Set("X-GitHub-Api-Version-Selected", c.at.version)
	}
	body, kind, err := out.content(c)
	if err != nil {
		http.Error(w, "the simulator cannot write its answer: "+err.Error(), http.StatusInternalServerError)
		return
	}
	if kind != "" {
		h.Set("Content-Type", kind)
	}
	same := false
	if !c.isGraphQL() && !out.html && out.status >= 200 && out.status < 300 && len(body) > 0 {
		tag := etag(body, c.media.param)
		h.Set("ETag", tag)
		if !out.modified.IsZero() {
			h.Set("Last-Modified", out.modified.UTC().Format(http.TimeFormat))
		}
		same = (r.Method == http.MethodGet || r.Method == http.MethodHead) && out.status == http.StatusOK && unchanged(r.Header, tag, out.modified)
	}
	s.charge(h, c, out, same)
	if same {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(out.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) //nolint:gosec // JSON, of a kind that no browser takes for a page
	}
}

const proxyError = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n"

// content is the body of an answer, and its kind. An error names where GitHub describes what was asked.
func (r reply) content(c *call) ([]byte, string, error) {
	switch {
	case r.html:
		return []byte(proxyError), "text/html; charset=utf-8", nil
	case r.text != "":
		return []byte(r.text), "text/plain;charset=utf-8", nil
	case r.body == nil:
		return nil, "", nil
	}
	if no, ok := r.body.(*refusal); ok {
		if no.Message == noUserAgent {
			return []byte("\r\n" + no.Message + "\r\n"), "text/html; charset=utf-8", nil
		}
		if no.Docs == docs && c.route.docs != "" {
			no.Docs = docs + "/" + c.route.docs
		}
	}
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	if err := to.Encode(r.body); err != nil {
		return nil, "", err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), "application/json; charset=utf-8", nil
}

// sayRights names what the token may do and what the route needs: scopes for a classic token, permissions for others.
func (s *Simulator) sayRights(h http.Header, c *call) {
	g := c.who.grant
	if g == nil {
		return
	}
	if !g.expires.IsZero() && g.installation == nil {
		h.Set("GitHub-Authentication-Token-Expiration", g.expires.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	if g.fine() {
		if c.route.permission != "" {
			h.Set("X-Accepted-GitHub-Permissions", c.route.permission)
		}
		return
	}
	h.Set("X-OAuth-Scopes", strings.Join(g.scopes, ", "))
	accepted := ""
	if strings.HasPrefix(c.route.template, "/repos/") || strings.HasPrefix(c.route.template, "/repositories/") {
		accepted = "repo"
	}
	h.Set("X-Accepted-OAuth-Scopes", accepted)
}

// charge takes the price of an answer from the quota and says what is left. An answer of 304 is free for whoever has
// logged in.
func (s *Simulator) charge(h http.Header, c *call, out reply, same bool) {
	if s.enterprise() || c.who.address == "" {
		return
	}
	resource, price := c.resource(), 1
	if c.isGraphQL() {
		price = max(1, out.points)
		s.world.Meter(world.GitHub).Points(price)
	}
	if same && c.me != nil || c.route.template == "/rate_limit" {
		price = 0
	}
	s.quota.spend(c.who.payer(), resource, price, s.now()).show(h, resource)
}

// etag names a body in the form that it was asked for.
func etag(body []byte, form string) string {
	h := sha256.New()
	_, _ = h.Write(body) // a hash takes everything
	_, _ = h.Write([]byte(form))
	sum := h.Sum(nil)
	return `W/"` + hex.EncodeToString(sum) + `"`
}

// unchanged reports whether the client has the answer already. A tag decides alone where one is given.
func unchanged(h http.Header, tag string, modified time.Time) bool {
	if given := h.Values("If-None-Match"); len(given) > 0 {
		for _, one := range strings.Split(strings.Join(given, ","), ",") {
			if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(h.Get("If-Modified-Since"))
	return err == nil && !modified.IsZero() && !modified.Truncate(time.Second).After(since)
}
