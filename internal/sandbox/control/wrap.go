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
	World  *world.World
	Meter  *world.Meter
	Faults *Faults
	// Route names a request's template, "GET /rest/api/2/issue/{issue}", and
	// the item it is about (or none).
	Route func(r *http.Request) (route, item string)
	// Limited writes the tracker's body and headers of a 429; Retry-After is
	// already set. Nil writes an empty 429.
	Limited func(w http.ResponseWriter, r *http.Request, wait time.Duration)

	hourly hourly // of the fault of a small quota
}

// Wrap puts the front before the routes.
func (f *Front) Wrap(next http.Handler) http.Handler {
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

func (f *Front) serve(w *answer, r *http.Request, route, item string, next http.Handler) {
	if !f.Faults.any() {
		next.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil { // too large, or cut short: the simulator says what it says to that
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failed{err}))
		next.ServeHTTP(w, r)
		return
	}
	x := &exchange{front: f, w: w, r: r, next: next, route: route, item: item, body: body}
	r.Body = io.NopCloser(bytes.NewReader(body))
	x.serve()
}

// maxRequest bounds what is read of a request while faults are on; the simulators bound it themselves.
const maxRequest = 32 << 20

// failed is the rest of a body that could not be read.
type failed struct{ err error }

// Read fails.
func (f failed) Read([]byte) (int, error) { return 0, f.err }

func (f *Front) limit(w http.ResponseWriter, r *http.Request, wait time.Duration) {
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
