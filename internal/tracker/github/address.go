package github

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// host knows where one GitHub keeps its REST API, its GraphQL API and its pages.
type host struct {
	rest    *url.URL // ends with a slash
	graphql string
	web     string // host of the pages people read
}

// hostOf derives all addresses from the REST API's.
//
//	github.com          https://api.github.com     …/graphql             github.com
//	Enterprise Server   https://HOST/api/v3        https://HOST/api/graphql   HOST
//	data residency      https://api.SUB.ghe.com    …/graphql             SUB.ghe.com
func hostOf(raw string) (host, error) {
	u, err := url.Parse(strings.TrimSuffix(raw, "/") + "/")
	if err != nil {
		return host{}, fmt.Errorf("url %q: %w", raw, err)
	}
	graphql := *u
	if base, ok := strings.CutSuffix(u.Path, "/api/v3/"); ok {
		graphql.Path = base + "/api/graphql"
	} else {
		graphql.Path = u.Path + "graphql"
	}
	return host{rest: u, graphql: graphql.String(), web: strings.TrimPrefix(u.Host, "api.")}, nil
}

// place is where an issue stands now: its repository and number.
type place struct {
	repo   string // owner/name
	number int
}

// key writes the place as people do: "acme/api#7".
func (p place) key() string { return p.repo + "#" + strconv.Itoa(p.number) }

func (p place) isZero() bool { return p == place{} }

// fold makes places comparable: GitHub's names ignore case.
func (p place) fold() place { return place{repo: strings.ToLower(p.repo), number: p.number} }

// parseKey reads "acme/api#7".
func parseKey(key string) (place, bool) {
	repo, digits, ok := strings.Cut(key, "#")
	if !ok || !validRepo(repo) {
		return place{}, false
	}
	number, err := strconv.Atoi(digits)
	return place{repo: repo, number: number}, err == nil && number > 0
}

// parseURL reads the page of an issue or pull request of this host.
func (h host) parseURL(raw string) (place, bool) {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || !strings.EqualFold(u.Host, h.web) && !strings.EqualFold(u.Host, "www."+h.web) {
		return place{}, false
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 4 || parts[2] != "issues" && parts[2] != "pull" {
		return place{}, false
	}
	return parseKey(parts[0] + "/" + parts[1] + "#" + parts[3])
}

// parseIssueURL reads the API address of an issue, as comments carry it: …/repos/acme/api/issues/7.
func parseIssueURL(raw string) (place, bool) {
	parts := strings.Split(raw, "/")
	n := len(parts)
	if n < 4 || parts[n-2] != "issues" {
		return place{}, false
	}
	return parseKey(parts[n-4] + "/" + parts[n-3] + "#" + parts[n-1])
}

func validRepo(repo string) bool {
	owner, name, ok := strings.Cut(repo, "/")
	return ok && validName(owner) && validName(name)
}

// validName holds a segment of a path to GitHub's alphabet, so that no foreign
// text can lead a request elsewhere.
func validName(s string) bool {
	if s == "" || s == "." || s == ".." || len(s) > 100 {
		return false
	}
	for _, r := range s {
		if r != '-' && r != '_' && r != '.' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

// parseProject reads "acme/7", a project of an organisation or a person.
func parseProject(project string) (owner string, number int, err error) {
	owner, digits, _ := strings.Cut(project, "/")
	number, _ = strconv.Atoi(digits)
	if !validName(owner) || number <= 0 {
		return "", 0, fmt.Errorf("project %q: want OWNER/NUMBER, as in acme/7", project)
	}
	return owner, number, nil
}
