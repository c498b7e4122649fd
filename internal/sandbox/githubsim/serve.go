package githubsim

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// maxRequest bounds what a client may send.
const maxRequest = 8 << 20

// serveAPI answers REST and GraphQL: what is asked, who asks, is there quota left, what is the answer.
func (s *Simulator) serveAPI(w http.ResponseWriter, r *http.Request) {
	found, params, known := s.find(r)
	c := &call{
		params: params, route: found, header: r.Header, at: addressOf(r), path: apiPath(r),
		sim: s, sort: s.shelf, faults: s.faults, media: plainMedia,
	}
	if r.Method == http.MethodOptions {
		preflight(w)
		return
	}
	if no := s.admit(c, r); no != nil {
		s.write(w, r, c, refused(no))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		s.write(w, r, c, refused(refuse(http.StatusRequestEntityTooLarge, "The request is too large")))
		return
	}
	if !known {
		s.write(w, r, c, refused(notFound()))
		return
	}
	c.query, c.raw, c.body = r.URL.Query(), r.URL.RawQuery, body
	answer := s.limit(c)
	if answer == nil {
		answer = s.failing(c)
		if answer == nil {
			answer = s.perform(c)
		}
		defer s.crowd.leave(c.who.payer())
	}
	s.write(w, r, c, *answer)
}

// admit looks at everything that github.com looks at before the request itself: a User-Agent, a version of the API, a
// token, an Accept header.
func (s *Simulator) admit(c *call, r *http.Request) *refusal {
	if r.UserAgent() == "" {
		return refuse(http.StatusForbidden, noUserAgent)
	}
	version, no := s.versionOf(r.Header.Get("X-GitHub-Api-Version"))
	if no != nil && !c.isGraphQL() {
		return no
	}
	c.at.version = version
	if c.who, no = s.caller(r); no != nil {
		return no
	}
	c.me = c.who.user
	if !c.isGraphQL() {
		if c.media, no = mediaOf(strings.Join(r.Header.Values("Accept"), ",")); no != nil {
			return no
		}
		c.at.media = c.media
	}
	if c.isGraphQL() && c.me == nil {
		no = refuse(http.StatusUnauthorized, "This endpoint requires you to be authenticated.")
		no.Docs = graphDocs + "/guides/forming-calls-with-graphql#authenticating-with-graphql"
		return no
	}
	return nil
}

const noUserAgent = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes."

// perform runs a route inside the world. GraphQL finds out by itself whether it writes.
func (s *Simulator) perform(c *call) *reply {
	var out reply
	switch {
	case c.isGraphQL():
		out = c.route.serve(c)
	case c.route.writes():
		s.changing(c, func() error {
			out = c.route.serve(c)
			return out.unchanged()
		})
	default:
		s.world.Read(func(state *world.State) {
			c.s = state
			out = c.route.serve(c)
		})
	}
	return &out
}

// changing is the one door through which every write of REST passes. What it did stands in the journal, and everybody
// who watches the world is told (world.Watch).
func (s *Simulator) changing(c *call, f func() error) {
	_ = s.world.Write(func(state *world.State) error { // a refusal is in the reply
		c.s = state
		return f()
	})
}

// unchanged is an error for a reply that refuses: the world is as it was.
func (r *reply) unchanged() error {
	if r.status >= http.StatusBadRequest {
		return fmt.Errorf("refused with %d", r.status)
	}
	return nil
}

func (c *call) isGraphQL() bool { return c.route.template == "/graphql" }

// resource is which of the quotas a call draws from.
func (c *call) resource() string {
	switch {
	case c.isGraphQL():
		return "graphql"
	case c.route.resource != "":
		return c.route.resource
	}
	return "core"
}

// limit is the refusal of one who has asked too much; nil when the request may go on, and counts as under way.
func (s *Simulator) limit(c *call) *reply {
	now, resource := s.now(), c.resource()
	name, item := c.route.name(), c.itemName()
	if eaten, on := s.faults.Take(name, item, faultQuota); on {
		s.quota.spend(c.who.payer(), resource, number(eaten.Value, 3000), now)
	}
	if small, on := s.faults.Take(name, item, faultSmallQuota); on {
		s.quota.shrink(c.who.payer(), resource, number(small.Value, 50), now)
	}
	if _, on := s.faults.Take(name, item, faultLimited); on {
		s.quota.spend(c.who.payer(), resource, 1<<40, now)
	}
	if c.path != "/rate_limit" && s.quota.exhausted(c.who.payer(), resource, now) {
		out := refused(overLimit(c.who, now))
		if c.isGraphQL() {
			out.status, out.body = http.StatusOK, graphAnswer{Errors: []graphProblem{{Type: "RATE_LIMITED", Message: "API rate limit exceeded for user ID " + strconv.FormatInt(whoID(c.who), 10) + "."}}}
		}
		return &out
	}
	return s.crowded(c)
}

// itemName is the item of the path as faults name it.
func (c *call) itemName() string {
	if c.params["owner"] == "" {
		return c.params["number"]
	}
	return c.params["owner"] + "/" + c.params["repo"] + "#" + c.params["number"]
}

// failing plays the faults that are GitHub's own; nil when the call may go on.
func (s *Simulator) failing(c *call) *reply {
	name, item := c.route.name(), c.itemName()
	if f, on := s.faults.Take(name, item, faultSecondary, faultBare); on {
		out := refused(secondary(http.StatusForbidden))
		if f.Says("429") {
			out = refused(secondary(http.StatusTooManyRequests))
		}
		if f.Name == faultSecondary && !f.Says("missing") {
			out.header = http.Header{"Retry-After": {strconv.Itoa(int(secondaryWait(f).Seconds()))}}
		}
		return &out
	}
	if f, on := s.faults.On(faultPage); on && !c.isGraphQL() && c.query.Get("page") == strconv.Itoa(number(f.Value, 2)) {
		if _, hit := s.faults.Take(name, item, faultPage); hit {
			return stop(refused(refuse(http.StatusInternalServerError, "Server Error")))
		}
	}
	if _, on := s.faults.Take(name, item, faultMoved); on && c.route.method == http.MethodPost && !c.isGraphQL() {
		return &reply{status: http.StatusMovedPermanently, header: http.Header{"Location": {c.at.api + c.path}}, body: map[string]string{"message": "Moved Permanently", "url": c.at.api + c.path}}
	}
	return nil
}

// secondaryWait is how long the fault of the secondary limit asks to wait; 429 among its words is the status.
func secondaryWait(f control.Fault) time.Duration {
	f.Value = strings.TrimSpace(strings.ReplaceAll(f.Value, "429", ""))
	return f.Seconds(time.Minute)
}

// number reads a fault's value.
func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return otherwise
}
