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
	docs             string // where GitHub describes it, below docs.github.com/rest
	serve            func(*call) reply
	creates          bool   // makes content, which the secondary limits count
	resource         string // of the quota; empty: core
}

// name is the route as accounting and faults know it.
func (r route) name() string { return r.method + " " + r.template }

// writes reports whether the route may change the world.
func (r route) writes() bool { return r.method != http.MethodGet }

// params are the named parts of a path.
type params map[string]string

// router finds routes by the number of their parts and the first of them.
type router struct {
	byStart map[routeStart][]route
}

type routeStart struct {
	method, first string
	parts         int
}

func newRouter(table []route) *router {
	out := &router{byStart: map[routeStart][]route{}}
	for _, r := range table {
		parts := strings.Split(r.template, "/")
		key := routeStart{r.method, parts[1], len(parts)}
		out.byStart[key] = append(out.byStart[key], r)
	}
	return out
}

// match compares a path with the template. Parts named number or ending in id take digits only: that keeps
// issues/comments/7 and issues/7/comments apart.
func (r route) match(have []string) (params, bool) {
	var found params
	rest := r.template
	for _, value := range have {
		part, more, _ := strings.Cut(rest, "/")
		rest = more
		if !strings.HasPrefix(part, "{") {
			if part != value {
				return nil, false
			}
			continue
		}
		name := part[1 : len(part)-1]
		if value == "" || numeric(name) && strings.Trim(value, "0123456789") != "" {
			return nil, false
		}
		if found == nil {
			found = params{}
		}
		text, err := url.PathUnescape(value)
		if err != nil {
			return nil, false
		}
		found[name] = text
	}
	return found, true
}

func numeric(name string) bool { return name == "number" || strings.HasSuffix(name, "id") }

// find looks a request up in the table. HEAD is served as GET.
func (s *Simulator) find(r *http.Request) (route, params, bool) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	have := strings.Split(apiPath(r), "/")
	if len(have) < 2 {
		return route{}, nil, false
	}
	for _, candidate := range s.router.byStart[routeStart{method, have[1], len(have)}] {
		if p, ok := candidate.match(have); ok {
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
