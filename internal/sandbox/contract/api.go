package contract

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// API is a tracker's interface.
type API string

// The APIs that are published.
const (
	JiraCloud  API = "Jira Cloud"
	DataCenter API = "Jira Data Center"
	GitHub     API = "GitHub"
)

// library has each published file, once it was needed.
var library = struct{ cloud, agile, datacenter, github func() (*document, error) }{
	file("jira-cloud.json"), file("jira-agile-cloud.json"), file("jira-dc.json"), file("github-rest.json"),
}

func file(name string) func() (*document, error) {
	return sync.OnceValues(func() (*document, error) {
		f, err := folder()
		if err != nil {
			return nil, err
		}
		return load(f, name)
	})
}

var graph = sync.OnceValues(func() (*public, error) {
	f, err := folder()
	if err != nil {
		return nil, err
	}
	return loadSchema(f)
})

// place is where a request goes: the published file, the path as that file writes it, and what our own descriptions call
// it.
type place struct {
	file    func() (*document, error)
	path    string
	ours    string // without the API's prefix and version: "issue/7/comment", "agile/board/1/sprint"
	dialect string
}

// locate reads a path. What is no part of the API (pages of people, the control desk) has no place.
func (a API) locate(path string) (place, bool) {
	if a == GitHub {
		return locateGitHub(path)
	}
	_, rest, found := strings.Cut(path, "/rest/") // behind a context path or a gateway, too
	if !found {
		return place{}, false
	}
	family, version, below := cutTwice(rest)
	switch {
	case family == "agile" && a == JiraCloud:
		return place{library.agile, "/rest/" + rest, "agile/" + below, "cloud2"}, true
	case family == "agile":
		return place{library.datacenter, "/" + rest, "agile/" + below, "datacenter"}, true
	case a == JiraCloud:
		// The file has version 3 alone; version 2 has the same operations, with other texts.
		dialect := "cloud" + version
		if dialect != "cloud3" {
			dialect = "cloud2"
		}
		return place{library.cloud, "/rest/api/3/" + below, below, dialect}, true
	}
	return place{library.datacenter, "/api/2/" + below, below, "datacenter"}, true // "latest" is 2
}

// locateGitHub reads a path of github.com or, with a prefix, of Enterprise Server. A repository's routes are published by
// name, and work by number as well: the Link headers and redirects of GitHub use that form.
func locateGitHub(path string) (place, bool) {
	path = strings.TrimPrefix(path, "/api/v3")
	rest, byNumber := strings.CutPrefix(path, "/repositories/")
	if byNumber {
		if _, below, more := strings.Cut(rest, "/"); more {
			path = "/repos/by/number/" + below
		} else {
			path = "/repos/by/number"
		}
	}
	root, below, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if (root == "orgs" || root == "users") && (same("*/projects/*", below) || same("*/projects/*/views/*", below)) {
		return place{}, false // a board as people see it
	}
	if !slices.Contains([]string{"app", "installation", "meta", "orgs", "rate_limit", "repos", "search", "user", "users", "zen"}, root) {
		return place{}, false
	}
	return place{library.github, path, strings.TrimPrefix(path, "/"), "github"}, true
}

// leftOut are paths that our excerpts of the files do not have, and that would be taken for an issue, a project or an
// account of that name.
var leftOut = []string{"project/search", "project/type", "issue/createmeta", "issue/picker", "user/issues", "user/orgs", "user/repos", "repos/*/*/issues/events"}

func isLeftOut(path string) bool {
	return slices.ContainsFunc(leftOut, func(pattern string) bool { return same(pattern, path) })
}

func isGraphQL(path string) bool { return path == "/graphql" || path == "/api/graphql" }

func cutTwice(path string) (first, second, rest string) {
	first, rest, _ = strings.Cut(path, "/")
	second, rest, _ = strings.Cut(rest, "/")
	return first, second, rest
}

// Check says what the contracts think of an exchange; known is false for what is no part of the API.
func (a API) Check(e Exchange) (v Verdict, known bool, err error) {
	if a == GitHub && isGraphQL(e.URL.Path) {
		v, err = checkGraphQL(e)
		return v, true, err
	}
	at, known := a.locate(e.URL.EscapedPath())
	if !known {
		return Verdict{}, false, nil
	}
	published, err := at.file()
	if err != nil {
		return Verdict{}, true, err
	}
	if e.Method == http.MethodHead {
		e.Method, e.Answer = http.MethodGet, nil
	}
	v.Request, v.Answer = a.headers(e)
	route, _, covered := published.find(e.Method, at.path)
	if v.Covered = covered && !isLeftOut(at.ours); !v.Covered {
		v.Route = e.Method + " " + general(at.ours)
	} else {
		v.Route = e.Method + " " + route.Path
		v.Request = append(v.Request, published.request(e, at.path)...)
		v.Answer = append(v.Answer, a.published(published, e, at)...)
	}
	ownRequest, ownAnswer := describe(e, at)
	v.Request, v.Answer = append(v.Request, ownRequest...), append(v.Answer, ownAnswer...)
	return v, true, nil
}

// published checks an answer against the file, if its status is in there.
func (a API) published(d *document, e Exchange, at place) []Mismatch {
	statuses := d.statuses(e.Method, at.path)
	switch {
	case a == GitHub && (e.Header.Get("User-Agent") == "" || version(e) != githubVersion):
		return nil // turned away at the door, or of another version than the file
	case slices.Contains(statuses, e.Status):
		if e.Answer == nil {
			return nil // HEAD
		}
		return d.answer(e, at.path)
	case e.Status == http.StatusNotModified && e.Header.Get("If-None-Match") != "":
		return nil
	case a.refuses(e.Status):
		return nil
	}
	return []Mismatch{{In: "answer", Want: fmt.Sprintf("one of the published statuses %v, not %d", statuses, e.Status)}}
}

// githubVersion is the one that the file describes, and the one that is meant when nobody says.
const githubVersion = "2022-11-28"

func version(e Exchange) string { return cmp.Or(e.Header.Get("X-GitHub-Api-Version"), githubVersion) }

func checkGraphQL(e Exchange) (Verdict, error) {
	p, err := graph()
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Route: "POST /graphql", Covered: true, Request: p.request(e)}
	v.Request = append(v.Request, agent(e)...)
	if e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden { // refused before it was read
		var said any
		if json.Unmarshal(e.Answer, &said) == nil {
			fits("github/error", said, "answer body", "", &v.Answer)
		}
		return v, nil
	}
	v.Answer = p.answer(e)
	return v, nil
}

// general writes numbers, keys and names in a path as {id}, {key} and so on, so that routes can be counted.
func general(path string) string {
	parts := strings.Split(path, "/")
	named := map[string]string{"repos": "{owner}", "users": "{login}", "orgs": "{org}", "teams": "{team}", "collaborators": "{login}", "project": "{key}"}
	before := "" // as it was written
	for i, part := range parts {
		switch name := named[before]; {
		case i == 2 && parts[0] == "repos":
			parts[i] = "{repo}"
		case name != "" && part != "search":
			parts[i] = name
		case i > 0 && strings.ContainsAny(part, "0123456789"):
			parts[i] = "{id}"
		}
		before = part
	}
	return "/" + strings.Join(parts, "/")
}
