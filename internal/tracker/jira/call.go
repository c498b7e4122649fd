package jira

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

// call is one request.
type call struct {
	op     string // for errors: "read scope web"
	method string // GET when empty
	route  string // the path as a template, for the Observer
	path   string // below rest/api/2; the route when empty
	query  url.Values
	body   any
	intent wire.Intent
	// apart says that a 403 is about this question alone and not about our login.
	apart bool
}

const api = "rest/api/2/"

// do sends a call and decodes the answer into out, which may be nil.
func (t *Tracker) do(ctx context.Context, c call, out any) (http.Header, error) {
	if c.method == "" {
		c.method = http.MethodGet
	}
	if c.path == "" {
		c.path = c.route
	}
	path := api + c.path
	if len(c.query) > 0 {
		path += "?" + c.query.Encode()
	}
	ctx = wire.Route(ctx, c.route)
	if c.intent == wire.Read {
		ctx = wire.Safe(ctx) // a search is sent by POST
	}
	req, err := t.client.NewRequestWithContext(ctx, c.method, path, c.body)
	if err != nil {
		return nil, &tracker.Error{Kind: tracker.Rejected, Op: c.op, Err: err}
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("X-Atlassian-Token", "no-check")
	req.Header.Set("X-ExperimentalApi", "opt-in") // comment properties on Data Center

	resp, err := t.client.Do(req, out)
	if resp == nil || resp.Response == nil {
		return nil, wire.ErrorOf(c.op, nil, nil, err, c.intent)
	}
	defer resp.Body.Close()
	if err := refusedLogin(c.op, resp.Response); err != nil {
		t.forgetLogin()
		return nil, err
	}
	if err != nil {
		body, _ := io.ReadAll(resp.Body) // in memory already, and bounded
		judged := wire.ErrorOf(c.op, resp.Response, body, err, c.intent)
		switch {
		case judged.Kind != tracker.Unauthorized:
		case c.apart && judged.Status == http.StatusForbidden:
			judged.Kind = tracker.Rejected
		default:
			t.forgetLogin()
		}
		return nil, judged
	}
	return resp.Header, nil
}

// refusedLogin looks at what Jira says of our login on every answer: a wrong
// token gets a 200 and an anonymous view wherever anonymous access is allowed.
func refusedLogin(op string, resp *http.Response) error {
	reason := resp.Header.Get("X-Seraph-LoginReason")
	var said string
	switch {
	case strings.Contains(reason, "AUTHENTICATED_FAILED"), strings.Contains(reason, "AUTHENTICATION_DENIED"):
		said = "Jira refuses the login (" + reason + "); check the token and when it expires"
	case strings.HasPrefix(resp.Header.Get("X-Authentication-Denied-Reason"), "CAPTCHA"):
		said = "Jira wants a captcha after failed logins; log in once as this user in a browser"
	case strings.EqualFold(resp.Header.Get("X-AUSERNAME"), "anonymous"):
		said = "Jira treats us as anonymous; check the token"
	default:
		return nil
	}
	return &tracker.Error{Kind: tracker.Unauthorized, Op: op, Status: resp.StatusCode, Err: errors.New(said)}
}
