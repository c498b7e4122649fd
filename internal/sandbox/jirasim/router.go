package jirasim

import (
	"net/http"
	"strings"
)

// router finds the handler of a request. What describes the making of issues
// has a mux of its own: the library cannot tell createmeta from an issue's key.
type router struct {
	all, meta *http.ServeMux
}

func newRouter() *router { return &router{http.NewServeMux(), http.NewServeMux()} }

func (r *router) of(path string) *http.ServeMux {
	if strings.Contains(path, "/issue/createmeta/") {
		return r.meta
	}
	return r.all
}

func (r *router) handle(pattern string, h http.HandlerFunc) { r.of(pattern).HandleFunc(pattern, h) }

// otherwise answers what no route is for.
func (r *router) otherwise(h http.HandlerFunc) {
	r.all.HandleFunc("/", h)
	r.meta.HandleFunc("/", h)
}

// pattern is the route of a request; empty: there is none.
func (r *router) pattern(req *http.Request) string {
	_, pattern := r.of(req.URL.Path).Handler(req)
	if pattern == "/" {
		return ""
	}
	return pattern
}

// ServeHTTP sends a request to its handler.
func (r *router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.of(req.URL.Path).ServeHTTP(w, req)
}

// straight takes away a slash at the end of a path, which says nothing.
func straight(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path, trailing := strings.CutSuffix(r.URL.Path, "/"); trailing && path != "" {
			r = r.Clone(r.Context())
			r.URL.Path, r.URL.RawPath = path, ""
		}
		next.ServeHTTP(w, r)
	})
}
