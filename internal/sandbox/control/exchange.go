package control

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"strata/internal/sandbox/world"
)

// exchange is one request to a simulator while faults are on.
type exchange struct {
	front *Front
	w     *answer
	r     *http.Request
	next  http.Handler
	route string
	item  string
	body  []byte // of the request
}

// reply is an answer that may still be changed.
type reply struct {
	status  int
	header  http.Header
	body    []byte
	touched bool
}

func (x *exchange) tracker() world.Tracker { return x.front.Faults.tracker }

func (x *exchange) graphQL() bool { return strings.HasSuffix(x.r.URL.Path, "/graphql") }

// searches are the POSTs of Jira that read.
var searches = []string{"/search", "bulkfetch", "/list", "approximate-count", "/permission", "parse", "match"}

// writes reports whether the request may change something.
func (x *exchange) writes() bool {
	switch {
	case x.r.Method == http.MethodGet || x.r.Method == http.MethodHead || x.r.Method == http.MethodOptions:
		return false
	case x.graphQL():
		return bytes.Contains(x.body, []byte("mutation"))
	}
	for _, part := range searches {
		if strings.Contains(x.route, part) {
			return false
		}
	}
	return true
}

// about reports whether the request names an item: in its path, or as a word of its body.
func (x *exchange) about(name string) bool {
	if strings.EqualFold(name, x.item) || x.item != "" && strings.EqualFold(name, strings.SplitN(x.item, "#", 2)[0]) {
		return true
	}
	if len(x.body) == 0 {
		return false
	}
	for _, word := range x.front.names(name) {
		if bytes.Contains(x.body, []byte(`"`+word+`"`)) {
			return true
		}
	}
	return false
}

// names are the words by which a request may name an item.
func (f *Front) names(item string) (out []string) {
	f.World.Read(func(s *world.State) {
		it, err := s.Find(item)
		if err != nil {
			return
		}
		out = append(out, it.Handle())
		switch i := it.(type) {
		case *world.JiraIssue:
			out = append(out, jsonNumber(i.ID))
		case *world.GitHubIssue:
			out = append(out, i.Node)
		}
	})
	return out
}

func jsonNumber(n int64) string {
	text, _ := json.Marshal(n) // a number always is JSON
	return string(text)
}

func (x *exchange) json(status int, v any) {
	x.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	x.w.WriteHeader(status)
	_ = json.NewEncoder(x.w).Encode(v) // the client has gone: nobody to tell
}

// limit answers 429 as the tracker does, with headers changed by f.
func (x *exchange) limit(wait time.Duration, f func(http.Header)) {
	kept := httptest.NewRecorder()
	x.front.limit(kept, x.r, wait)
	f(kept.Header())
	x.pass(&reply{status: kept.Code, header: kept.Header(), body: kept.Body.Bytes()})
}

func (x *exchange) pass(out *reply) {
	h := x.w.Header()
	maps.Copy(h, out.header)
	if out.touched {
		h.Del("Content-Length")
		h.Del("ETag")
	}
	x.w.WriteHeader(out.status)
	if x.r.Method != http.MethodHead {
		_, _ = x.w.Write(out.body)
	}
}

// serve plays everything that is on: first the world changes, then the request, then somebody refuses, or the answer
// is told otherwise than it was.
func (x *exchange) serve() {
	faults := x.front.Faults
	if late, ok := faults.draw(x.route, x.about, func(r Row) bool { return r.Name == "latency" }); ok && !x.wait(late.Fault) {
		return
	}
	x.meddle(false)
	defer x.meddle(true)
	for _, o := range faults.drawAll(x.route, x.about, func(r Row) bool { return r.ask != nil }) {
		if !faults.known[o.Name].ask(x, o.Fault) {
			faults.missed(o)
		}
	}
	x.r.Body = io.NopCloser(bytes.NewReader(x.body))
	x.r.ContentLength = int64(len(x.body))
	for _, o := range faults.drawAll(x.route, x.about, func(r Row) bool { return r.refuse != nil && r.Name == "F27" }) {
		if smallQuota(x, o.Fault) {
			return
		}
		faults.missed(o)
	}
	if x.refused() {
		return
	}
	x.retold()
}

// refused lets the first refusal that has something to say answer.
func (x *exchange) refused() bool {
	faults := x.front.Faults
	tried := map[string]bool{"F27": true}
	for {
		o, ok := faults.draw(x.route, x.about, func(r Row) bool { return r.refuse != nil && !tried[r.Name] })
		if !ok {
			return false
		}
		if faults.known[o.Name].refuse(x, o.Fault) {
			return true
		}
		tried[o.Name] = true
		faults.missed(o)
	}
}

// retold serves the request and changes what was answered.
func (x *exchange) retold() {
	faults := x.front.Faults
	tell := faults.drawAll(x.route, x.about, func(r Row) bool { return r.retell != nil })
	if len(tell) == 0 {
		x.next.ServeHTTP(x.w, x.r)
		return
	}
	kept := httptest.NewRecorder()
	x.next.ServeHTTP(kept, x.r)
	out := &reply{status: kept.Code, header: kept.Header(), body: kept.Body.Bytes()}
	changed := false
	for _, o := range tell {
		out.touched = false
		faults.known[o.Name].retell(x, o.Fault, out)
		if !out.touched {
			faults.missed(o)
		}
		changed = changed || out.touched
	}
	out.touched = changed
	x.pass(out)
}

func (x *exchange) wait(late Fault) bool {
	timer := time.NewTimer(late.Seconds(time.Second))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-x.r.Context().Done():
		return false
	}
}

// hourly counts requests in an hour of the world's clock.
type hourly struct {
	mu   sync.Mutex
	ends time.Time
	n    int
}

// enter counts a request; beyond the limit it says how long the hour still lasts.
func (h *hourly) enter(now time.Time, limit int) (over bool, wait time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !now.Before(h.ends) || h.ends.Sub(now) > time.Hour {
		h.ends, h.n = now.Add(time.Hour), 0
	}
	if h.n >= limit {
		return true, h.ends.Sub(now)
	}
	h.n++
	return false, 0
}
