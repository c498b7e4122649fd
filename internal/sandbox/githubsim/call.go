package githubsim

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// call is one API request inside world.Read or world.Write.
type call struct {
	params
	route  route
	header http.Header
	query  url.Values
	body   []byte
	at     address
	path   string
	s      *world.State
	me     *world.User
	sort   *shelf
	faults *control.Faults
}

// reply is what a request is answered with; body is nil, a *refusal, or what shall become JSON.
type reply struct {
	status   int
	body     any
	header   http.Header
	points   int    // spent of the quota; 0 counts as one request
	html     bool   // a proxy's error page instead of an answer
	resource string // of the quota; empty: core
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

func created(body any, location string) reply {
	return reply{status: http.StatusCreated, body: body, header: http.Header{"Location": {location}}}
}

func refused(r *refusal) reply { return reply{status: r.status, body: r} }

// number reads a numeric part of the path; the table lets digits through only.
func (c *call) number(name string) int64 {
	n, err := strconv.ParseInt(c.params[name], 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// decode reads the request's JSON.
func (c *call) decode(into any) *refusal {
	if len(c.body) == 0 || json.Unmarshal(c.body, into) != nil {
		return refuse(http.StatusBadRequest, "Problems parsing JSON")
	}
	return nil
}

// repository finds the repository of the path. What the account may not see is not there. A former name is answered
// with a redirect: 301, and 307 for writes.
func (c *call) repository() (*world.Repo, *reply) {
	var r *world.Repo
	if id := c.params["repository_id"]; id != "" {
		r = c.s.RepoByID(c.number("repository_id"))
	} else {
		r = c.s.Repo(c.params["owner"] + "/" + c.params["repo"])
	}
	if r == nil || r.Hidden {
		return nil, stop(refused(notFound()))
	}
	if c.params["owner"] != "" && !sameName(r, c.params["owner"], c.params["repo"]) {
		rest := c.path[len("/repos/"+c.params["owner"]+"/"+c.params["repo"]):]
		return nil, stop(c.redirect(c.at.api + "/repositories/" + strconv.FormatInt(r.ID, 10) + rest))
	}
	return r, nil
}

// issue finds the issue of the path: 410 when deleted, 404 when hidden or never there. A transferred one is answered
// with 301 for the issue itself; what hangs below its old number is gone without a trace.
func (c *call) issue() (*world.GitHubIssue, *reply) {
	r, answer := c.repository()
	if answer != nil {
		return nil, answer
	}
	number := int(c.number("number"))
	if i := r.Issue(number); visible(i) {
		return i, nil
	}
	if r.Gone[number] {
		return nil, stop(refused(gone()))
	}
	if i := r.Moved[number]; visible(i) && c.path[len(c.path)-len(c.params["number"]):] == c.params["number"] {
		return nil, stop(c.redirect(c.at.api + "/repositories/" + strconv.FormatInt(i.Repo.ID, 10) + "/issues/" + strconv.Itoa(i.Number)))
	}
	return nil, stop(refused(notFound()))
}

// redirect answers 301, or 307 where the method must survive.
func (c *call) redirect(to string) reply {
	r := refuse(http.StatusMovedPermanently, "Moved Permanently")
	if c.route.writes() {
		r = refuse(http.StatusTemporaryRedirect, "Temporary Redirect")
	}
	return reply{status: r.status, header: http.Header{"Location": {to}}, body: map[string]string{
		"message": r.Message, "url": to, "documentation_url": docs + "/guides/best-practices-for-using-the-rest-api#follow-redirects",
	}}
}

func stop(r reply) *reply { return &r }
