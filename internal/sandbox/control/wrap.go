package control

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// Front is what stands before a simulator's routes: it counts, and it lets
// things go wrong.
type Front struct {
	Meter  *world.Meter
	Faults *Faults
	// Route names a request's template, "GET /rest/api/2/issue/{issue}", and
	// the item it is about (or none).
	Route func(r *http.Request) (route, item string)
	// Limited writes the tracker's body and headers of a 429; Retry-After is
	// already set. Nil writes an empty 429.
	Limited func(w http.ResponseWriter, r *http.Request, wait time.Duration)
}

// Wrap puts the front before the routes.
func (f Front) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		route, item := f.Route(r)
		in := &counted{ReadCloser: r.Body}
		r.Body = in
		out := &answer{ResponseWriter: w}
		defer func() {
			f.Meter.Request(route, out.status, in.n, out.n)
		}()
		f.serve(out, r, route, item, next)
	})
}

func (f Front) serve(w *answer, r *http.Request, route, item string, next http.Handler) {
	if late, ok := f.Faults.Take(route, item, "latency"); ok {
		select {
		case <-time.After(late.Seconds(time.Second)):
		case <-r.Context().Done():
			return
		}
	}
	bad, ok := f.Faults.Take(route, item, "429", "F24", "500", "502", "502-after", "F31", "drop")
	if !ok {
		next.ServeHTTP(w, r)
		return
	}
	switch bad.Name {
	case "429", "F24":
		f.limit(w, r, bad.Seconds(time.Second))
	case "500":
		http.Error(w, `{"errorMessages":["Internal server error"],"errors":{},"message":"Server Error"}`, http.StatusInternalServerError)
	case "502":
		gateway(w)
	case "502-after":
		next.ServeHTTP(&void{header: http.Header{}}, r)
		gateway(w)
	case "F31":
		next.ServeHTTP(&void{header: http.Header{}}, r)
		hangUp(w)
	case "drop":
		hangUp(w)
	}
}

func (f Front) limit(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	if f.Limited == nil {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	f.Limited(w, r, wait)
}

func gateway(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusBadGateway)
	_, _ = io.WriteString(w, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n")
}

// hangUp breaks the connection without an answer.
func hangUp(w *answer) {
	if c, _, err := http.NewResponseController(w.ResponseWriter).Hijack(); err == nil {
		_ = c.Close() // it is meant to be broken
		return
	}
	panic(http.ErrAbortHandler)
}

// Param takes a named part out of a path by its route template:
// Param("GET /issue/{issue}/comment", "/issue/7/comment", "issue") is "7".
func Param(route, path, name string) string {
	_, template, ok := strings.Cut(route, " ")
	if !ok {
		template = route
	}
	want, have := strings.Split(template, "/"), strings.Split(path, "/")
	for i, part := range want {
		if part == "{"+name+"}" && i < len(have) {
			return have[i]
		}
	}
	return ""
}

type counted struct {
	io.ReadCloser
	n int64
}

// Read notes the size.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.n += int64(n)
	return n, err
}

// answer notes status and size; a connection that breaks leaves status 0.
type answer struct {
	http.ResponseWriter
	status int
	n      int64
}

// WriteHeader notes the first status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write notes the size.
func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.n += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// void carries a request out and swallows what was answered.
type void struct {
	header http.Header
	bytes.Buffer
}

// Header is nobody's.
func (v *void) Header() http.Header { return v.header }

// WriteHeader is not heard.
func (v *void) WriteHeader(int) {}
