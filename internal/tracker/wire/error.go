package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"strata/internal/tracker"
)

// Intent is what a request was for; it decides what an unknown outcome means.
type Intent bool

// The intents.
const (
	Read  Intent = false
	Write Intent = true
)

// ErrorOf decides the kind of an error, once. The answer may be nil when there
// was none; body is what was read of it; err is what sending or decoding said.
//
//	answer                          | read         | write
//	none, and nothing was sent      | transient    | transient
//	none, but it may have arrived   | transient    | unclear
//	5xx, 408                        | transient    | unclear
//	429, secondary limit, 503+wait  | rate limited | rate limited (503: unclear)
//	401, 403 with a login reason    | unauthorized | unauthorized
//	403 otherwise                   | unauthorized | rejected
//	404, 410                        | not found    | not found
//	409, 425                        | transient    | transient
//	any other                       | rejected     | rejected
//	2xx that cannot be read         | transient    | unclear
func ErrorOf(op string, resp *http.Response, body []byte, err error, intent Intent) *tracker.Error {
	if resp == nil {
		return unanswered(op, err, intent)
	}
	e := &tracker.Error{Op: op, Status: resp.StatusCode, Kind: kindOf(resp, body, intent)}
	if e.Kind == tracker.RateLimited {
		e.RetryAfter, _ = waitOf(resp)
	}
	if resp.StatusCode < 300 && err != nil {
		e.Err = fmt.Errorf("cannot read the answer: %s", short(err.Error()))
		if isHTML(resp, body) {
			e.Err = errors.New("the answer is a web page: is there a login page or a proxy in between?")
		}
		return e
	}
	e.Err = errors.New(messageOf(resp, body))
	return e
}

func unanswered(op string, err error, intent Intent) *tracker.Error {
	var judged *tracker.Error
	if errors.As(err, &judged) {
		return &tracker.Error{Kind: judged.Kind, Op: op, Status: judged.Status, RetryAfter: judged.RetryAfter, Err: fmt.Errorf("%s: %w", judged.Op, judged.Err)}
	}
	if err == nil {
		err = errors.New("no answer")
	}
	e := &tracker.Error{Kind: tracker.Transient, Op: op, Err: err}
	var b *broken
	if errors.As(err, &b) {
		e.Err = b.err // without the URL, which net/http puts in front
		if b.sent && intent == Write {
			e.Kind = tracker.Unclear
		}
	} else if intent == Write {
		e.Kind = tracker.Unclear
	}
	return e
}

func kindOf(resp *http.Response, body []byte, intent Intent) tracker.Kind {
	either := func(read, write tracker.Kind) tracker.Kind {
		if intent == Write {
			return write
		}
		return read
	}
	switch status := resp.StatusCode; {
	case status == http.StatusTooManyRequests:
		return tracker.RateLimited
	case status == http.StatusForbidden:
		if limited(resp) || containsFold(body, "secondary rate limit") || containsFold(body, "api rate limit exceeded") {
			return tracker.RateLimited
		}
		if loginReason(resp.Header) {
			return tracker.Unauthorized
		}
		return either(tracker.Unauthorized, tracker.Rejected)
	case status == http.StatusUnauthorized:
		return tracker.Unauthorized
	case status == http.StatusNotFound, status == http.StatusGone:
		return tracker.NotFound
	case status == http.StatusConflict, status == http.StatusTooEarly:
		return tracker.Transient
	case status == http.StatusServiceUnavailable && limited(resp):
		return either(tracker.RateLimited, tracker.Unclear)
	case status >= 500, status == http.StatusRequestTimeout, status >= 200 && status < 300:
		return either(tracker.Transient, tracker.Unclear)
	}
	return tracker.Rejected
}

// loginReason says that a 403 is about who we are, not about what we asked for.
func loginReason(h http.Header) bool {
	return h.Get("X-Authentication-Denied-Reason") != "" || strings.HasPrefix(h.Get("X-GitHub-SSO"), "required") ||
		strings.HasPrefix(h.Get("X-Seraph-LoginReason"), "AUTHENTICAT")
}

// messageOf is what the tracker says went wrong, short and on one line. Bodies
// that are not JSON are not quoted: they are pages of gateways.
func messageOf(resp *http.Response, body []byte) string {
	var said struct {
		ErrorMessages []string        `json:"errorMessages"`
		Errors        json.RawMessage `json:"errors"`
		Message       string          `json:"message"`
	}
	_ = json.Unmarshal(body, &said)
	parts := append([]string{said.Message}, said.ErrorMessages...)
	var byField map[string]string
	var list []struct{ Message, Code, Field string }
	if json.Unmarshal(said.Errors, &byField) == nil {
		for _, field := range slices.Sorted(maps.Keys(byField)) {
			parts = append(parts, field+": "+byField[field])
		}
	} else if json.Unmarshal(said.Errors, &list) == nil {
		for _, one := range list {
			parts = append(parts, strings.TrimSpace(one.Field+" "+one.Code+" "+one.Message))
		}
	}
	var full []string
	for _, part := range parts {
		if part = short(part); part != "" {
			full = append(full, part)
		}
	}
	if len(full) == 0 {
		return "the tracker answers " + strings.ToLower(http.StatusText(resp.StatusCode))
	}
	return short(strings.Join(full, "; "))
}

// short keeps a foreign text to one printable line of at most 300 characters.
func short(text string) string {
	const most = 300
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > most {
			b.WriteString("…")
			break
		}
		if !unicode.IsPrint(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func isHTML(resp *http.Response, body []byte) bool {
	return strings.Contains(resp.Header.Get("Content-Type"), "html") || strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 64)])), "<")
}

func containsFold(body []byte, lower string) bool {
	return strings.Contains(strings.ToLower(string(body[:min(len(body), 4096)])), lower)
}
