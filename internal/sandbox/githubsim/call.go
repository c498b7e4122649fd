package githubsim

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// call is one API request inside world.Read or world.Write.
type call struct {
	params
	route  route
	header http.Header
	query  url.Values
	raw    string // the same, as it was written
	body   []byte
	at     address
	path   string
	media  media
	s      *world.State
	who    caller
	me     *world.User // nil: nobody logged in
	sim    *Simulator
	sort   *shelf
	faults *control.Faults
}

// reply is what a request is answered with; body is nil, a *refusal, or what shall become JSON.
type reply struct {
	status   int
	body     any
	header   http.Header
	modified time.Time // when what is shown was changed last; zero: not said
	points   int       // spent of the quota; 0 counts as one request
	html     bool      // a proxy's error page instead of an answer
	text     string    // plain text instead of JSON
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

// dated is ok for a thing that says when it was changed last.
func dated(body any, modified time.Time) reply {
	return reply{status: http.StatusOK, body: body, modified: modified}
}

func created(body any, location string) reply {
	return reply{status: http.StatusCreated, body: body, header: http.Header{"Location": {location}}}
}

func noContent() reply { return reply{status: http.StatusNoContent} }

func refused(r *refusal) reply { return reply{status: r.status, body: r} }

func stop(r reply) *reply { return &r }

// number reads a numeric part of the path; the table lets digits through only.
func (c *call) number(name string) int64 {
	n, err := strconv.ParseInt(c.params[name], 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// login refuses callers who are nobody.
func (c *call) login() *reply {
	switch {
	case c.me != nil:
		return nil
	case c.who.app != nil:
		return stop(refused(c.inaccessible()))
	}
	return stop(refused(refuse(http.StatusUnauthorized, "Requires authentication")))
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
	if r == nil || !c.sees(r) {
		return nil, stop(refused(notFound()))
	}
	if no := c.mayUse(r); no != nil {
		return nil, stop(refused(no))
	}
	if c.params["owner"] != "" && !sameName(r, c.params["owner"], c.params["repo"]) {
		status := http.StatusMovedPermanently
		if c.route.writes() {
			status = http.StatusTemporaryRedirect // which keeps the method
		}
		return nil, stop(c.redirect(status, c.at.api+"/repositories/"+strconv.FormatInt(r.ID, 10)+c.below()))
	}
	if c.route.writes() && r.Archived && !strings.HasSuffix(c.route.template, "{repo}") && !strings.HasSuffix(c.route.template, "{repository_id}") {
		return nil, stop(refused(archived()))
	}
	return r, nil
}

// below is the path below the repository, as it was asked for.
func (c *call) below() string {
	parts := strings.SplitN(strings.TrimPrefix(c.path, "/"), "/", 4)
	at := 3
	if c.params["repository_id"] != "" {
		parts, at = strings.SplitN(strings.TrimPrefix(c.path, "/"), "/", 3), 2
	}
	if len(parts) <= at {
		return ""
	}
	return "/" + parts[at]
}

// issue finds the issue of the path: 410 when deleted or where a repository has no issues, 404 when hidden or never
// there. A transferred one is answered with 301 for the issue itself, whatever the method (published); what hangs below its
// old number is gone without a trace.
func (c *call) issue() (*world.GitHubIssue, *reply) {
	r, answer := c.repository()
	if answer != nil {
		return nil, answer
	}
	number := int(c.number("number"))
	if i := r.Issue(number); visible(i) {
		if r.IssuesOff && !i.PullRequest {
			return nil, stop(refused(noIssues()))
		}
		return i, nil
	}
	if r.Gone[number] {
		return nil, stop(refused(gone()))
	}
	if i := r.Moved[number]; visible(i) && c.sees(i.Repo) && strings.HasSuffix(c.route.template, "{number}") {
		to := c.at.api + "/repositories/" + strconv.FormatInt(i.Repo.ID, 10) + "/issues/" + strconv.Itoa(i.Number)
		return nil, stop(c.redirect(http.StatusMovedPermanently, to))
	}
	return nil, stop(refused(notFound()))
}

// redirect sends a client elsewhere. The question stays.
func (c *call) redirect(status int, to string) reply {
	if c.raw != "" {
		to += "?" + c.raw
	}
	return reply{status: status, header: http.Header{"Location": {to}}, body: map[string]string{
		"message": http.StatusText(status), "url": to, "documentation_url": docs + "/guides/best-practices-for-using-the-rest-api#follow-redirects",
	}}
}

// seen keeps the issues that the caller may see.
func (c *call) seen(list []*world.GitHubIssue) []*world.GitHubIssue {
	out := make([]*world.GitHubIssue, 0, len(list))
	for _, i := range list {
		if visible(i) && c.sees(i.Repo) {
			out = append(out, i)
		}
	}
	return out
}

// shows reports whether the caller may see an issue, and it is one.
func (c *call) shows(i *world.GitHubIssue) bool { return visible(i) && c.sees(i.Repo) }
