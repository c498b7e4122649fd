package contract

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
)

// Handler stands before a simulator, or before a test's own answers.
func (w *Watcher) Handler(next http.Handler) http.Handler {
	if w.off {
		return next
	}
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if !w.concerns(r) {
			next.ServeHTTP(out, r)
			return
		}
		asked, err := io.ReadAll(r.Body)
		if err != nil {
			next.ServeHTTP(out, r) // the request broke off; what was sent of it is nobody's
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(asked))
		e := Exchange{Method: r.Method, URL: clone(r.URL), Header: r.Header.Clone(), Body: asked}
		before, _ := w.fired(next)
		said := &overheard{ResponseWriter: out}
		next.ServeHTTP(said, r) // a panic breaks the connection, and there is no answer
		if said.broken {
			return
		}
		if said.status == 0 {
			said.WriteHeader(http.StatusOK)
		}
		e.Status, e.AnswerHeader, e.Answer = said.status, said.Header().Clone(), said.body.Bytes()
		if _, set := e.AnswerHeader["Date"]; !set {
			e.AnswerHeader.Set("Date", "now") // the server puts it in
		}
		after, on := w.fired(next)
		w.note(e, after != before || on && e.Status >= http.StatusInternalServerError)
	})
}

func (w *Watcher) concerns(r *http.Request) bool {
	if w.api == GitHub && isGraphQL(r.URL.Path) {
		return true
	}
	_, known := w.api.locate(r.URL.EscapedPath())
	return known
}

// fired counts the faults that happened at a simulator, as its control desk tells; on says that there are any. A handler
// without a desk has none, and one that a test wrote is not asked.
func (w *Watcher) fired(simulator http.Handler) (n int, on bool) {
	if w.who == Requests {
		return 0, false
	}
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/_sandbox/faults", nil)
	r.RemoteAddr = "127.0.0.1:1"
	answer := httptest.NewRecorder()
	simulator.ServeHTTP(answer, r)
	var faults []struct{ Fired int }
	if answer.Code != http.StatusOK || json.Unmarshal(answer.Body.Bytes(), &faults) != nil {
		return 0, false
	}
	for _, f := range faults {
		n += f.Fired
	}
	return n, len(faults) > 0
}

// overheard is an answer that is also kept.
type overheard struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	broken bool
}

// WriteHeader notes the status.
func (o *overheard) WriteHeader(status int) {
	if o.status == 0 {
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

// Write keeps what is written.
func (o *overheard) Write(p []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	o.body.Write(p)
	return o.ResponseWriter.Write(p)
}

// Hijack breaks off: what comes then is no answer.
func (o *overheard) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	o.broken = true
	return http.NewResponseController(o.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController reach the rest.
func (o *overheard) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// Transport stands before the network.
func (w *Watcher) Transport(next http.RoundTripper) http.RoundTripper {
	if w.off {
		return next
	}
	return passing(func(r *http.Request) (*http.Response, error) {
		if !w.concerns(r) {
			return next.RoundTrip(r)
		}
		var asked []byte
		if r.Body != nil {
			var err error
			if asked, err = io.ReadAll(r.Body); err != nil {
				return nil, err
			}
			_ = r.Body.Close()
			r = r.Clone(r.Context())
			r.Body = io.NopCloser(bytes.NewReader(asked))
		}
		resp, err := next.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		said, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		resp.Body = io.NopCloser(bytes.NewReader(said))
		if err != nil {
			return resp, err
		}
		w.note(Exchange{
			Method: r.Method, URL: clone(r.URL), Header: r.Header.Clone(), Body: asked,
			Status: resp.StatusCode, AnswerHeader: resp.Header.Clone(), Answer: said,
		}, false)
		return resp, nil
	})
}

type passing func(*http.Request) (*http.Response, error)

// RoundTrip lets a request pass.
func (p passing) RoundTrip(r *http.Request) (*http.Response, error) { return p(r) }
