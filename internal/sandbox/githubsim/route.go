package githubsim

import (
	"net/http"
	"net/url"
	"strings"
)

// route is one line of the REST table.
type route struct {
	method, template string
	permission       string // what x-accepted-github-permissions names; empty: nothing
	serve            func(*call) reply
}

// name is the route as accounting and faults know it.
func (r route) name() string { return r.method + " " + r.template }

// writes reports whether the route may change the world.
func (r route) writes() bool { return r.method != http.MethodGet }

// params are the named parts of a path.
type params map[string]string

// match compares a path with the template. Parts named number or ending in id take digits only: that keeps
// issues/comments/7 and issues/7/comments apart.
func (r route) match(method, path string) (params, bool) {
	if r.method != method {
		return nil, false
	}
	want, have := strings.Split(r.template, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	var found params
	for i, part := range want {
		if !strings.HasPrefix(part, "{") {
			if part != have[i] {
				return nil, false
			}
			continue
		}
		name := strings.Trim(part, "{}")
		if have[i] == "" || numeric(name) && strings.Trim(have[i], "0123456789") != "" {
			return nil, false
		}
		if found == nil {
			found = params{}
		}
		value, err := url.PathUnescape(have[i])
		if err != nil {
			return nil, false
		}
		found[name] = value
	}
	return found, true
}

func numeric(name string) bool { return name == "number" || strings.HasSuffix(name, "id") }

// find looks a request up in the table. HEAD is served as GET.
func (s *Simulator) find(r *http.Request) (route, params, bool) {
	method, path := r.Method, apiPath(r)
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for _, candidate := range s.routes {
		if p, ok := candidate.match(method, path); ok {
			return candidate, p, true
		}
	}
	return route{}, nil, false
}

// apiPath is the path without the prefix of Enterprise Server and a trailing slash.
func apiPath(r *http.Request) string {
	path := r.URL.EscapedPath()
	if path == "/api/graphql" {
		return "/graphql"
	}
	if path == enterprisePrefix {
		return "/"
	}
	if rest, ok := strings.CutPrefix(path, enterprisePrefix+"/"); ok {
		path = "/" + rest
	}
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	return path
}

// nameRoute is what control.Front asks: the template, and the item it is about as owner/repo#number, a number or an id.
func (s *Simulator) nameRoute(r *http.Request) (name, item string) {
	found, p, ok := s.find(r)
	if !ok {
		return r.Method + " (unknown)", ""
	}
	switch {
	case p["owner"] != "" && p["number"] != "":
		return found.name(), p["owner"] + "/" + p["repo"] + "#" + p["number"]
	case p["owner"] != "" && p["comment_id"] != "":
		return found.name(), p["comment_id"]
	case p["owner"] != "":
		return found.name(), p["owner"] + "/" + p["repo"]
	}
	return found.name(), ""
}
