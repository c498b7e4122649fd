package githubsim

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"strata/internal/sandbox/world"
)

// maxRequest bounds what a client may send.
const maxRequest = 8 << 20

// serveAPI answers REST and GraphQL: who asks, is there quota left, what is the answer, what does it cost.
func (s *Simulator) serveAPI(w http.ResponseWriter, r *http.Request) {
	me, no := s.caller(r)
	if no != nil {
		s.write(w, r, nil, refused(no))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		s.write(w, r, me, refused(refuse(http.StatusRequestEntityTooLarge, "The request is too large")))
		return
	}
	found, params, known := s.find(r)
	if !known {
		s.write(w, r, me, refused(notFound()))
		return
	}
	c := &call{
		params: params, route: found, header: r.Header, query: r.URL.Query(), body: body, at: addressOf(r),
		path: apiPath(r), me: me, sort: s.shelf, faults: s.faults,
	}
	answer := s.failing(c)
	if answer == nil {
		answer = s.perform(c)
	}
	s.write(w, r, me, *answer)
}

// perform runs a route inside the world. GraphQL finds out by itself whether it writes.
func (s *Simulator) perform(c *call) *reply {
	var out reply
	switch {
	case c.isGraphQL():
		out = c.route.serve(c)
	case c.route.writes():
		_ = s.world.Write(func(state *world.State) error { // the refusal is in the reply
			c.s = state
			out = c.route.serve(c)
			return nil
		})
	default:
		s.world.Read(func(state *world.State) {
			c.s = state
			out = c.route.serve(c)
		})
	}
	return &out
}

func (c *call) isGraphQL() bool { return c.route.template == "/graphql" }

// resource is which of the quotas a call draws from.
func (c *call) resource() string {
	if c.isGraphQL() {
		return "graphql"
	}
	return "core"
}

// failing plays the faults that are GitHub's own, and the limits; nil when the call may go on.
func (s *Simulator) failing(c *call) *reply {
	name, item, resource := c.route.name(), c.params["number"], c.resource()
	if c.params["owner"] != "" {
		item = c.params["owner"] + "/" + c.params["repo"] + "#" + item
	}
	now := s.now()
	if eaten, on := s.faults.Take(name, item, faultQuota); on {
		s.quota.spend(c.me.Login, resource, number(eaten.Value, 3000), now)
	}
	if f, on := s.faults.Take(name, item, faultSecondary, faultBare); on {
		out := refused(secondary(http.StatusForbidden))
		if f.Name == faultSecondary {
			out.header = http.Header{"Retry-After": {strconv.Itoa(int(f.Seconds(time.Minute).Seconds()))}}
		}
		out.resource = resource
		return &out
	}
	if _, on := s.faults.Take(name, item, faultLimited); on {
		s.quota.spend(c.me.Login, resource, s.options.Limit, now)
	}
	if c.path != "/rate_limit" && s.quota.exhausted(c.me.Login, resource, now) {
		out := refused(overLimit(c.me.ID))
		out.resource = resource
		if c.isGraphQL() {
			out.status, out.body = http.StatusOK, graphAnswer{Errors: []graphProblem{{Type: "RATE_LIMITED", Message: "API rate limit exceeded for user ID " + strconv.FormatInt(c.me.ID, 10) + "."}}}
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

// write sends an answer with everything that github.com says beside it. A body that the client already has is
// answered with 304, which costs nothing.
func (s *Simulator) write(w http.ResponseWriter, r *http.Request, me *world.User, out reply) {
	h := w.Header()
	for name, values := range out.header {
		h[name] = values
	}
	h.Set("Date", s.now().UTC().Format(http.TimeFormat))
	h.Set("Server", "github.com")
	h.Set("X-GitHub-Media-Type", "github.v3; format=json")
	h.Set("X-GitHub-Api-Version-Selected", "2022-11-28")
	h.Set("Cache-Control", "private, max-age=60, s-maxage=60")
	h.Set("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With")
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-GitHub-Request-Id", fmt.Sprintf("%04X:%X", 0xF051, s.served.Add(1)))
	if me != nil {
		h.Set("X-OAuth-Scopes", "read:org, read:project, repo")
	}
	found, _, known := s.find(r)
	if known && found.permission != "" {
		h.Set("X-Accepted-GitHub-Permissions", found.permission)
	}
	if out.html {
		h.Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(out.status)
		_, _ = io.WriteString(w, "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n")
		return
	}
	var body []byte
	if out.body != nil {
		var err error
		if body, err = json.Marshal(out.body); err != nil {
			http.Error(w, "the simulator cannot write its answer: "+err.Error(), http.StatusInternalServerError)
			return
		}
		h.Set("Content-Type", "application/json; charset=utf-8")
	}
	same := false
	if r.Method == http.MethodGet && out.status == http.StatusOK && known {
		tag := etag(body)
		h.Set("ETag", tag)
		same = r.Header.Get("If-None-Match") == tag
	}
	s.charge(h, me, found, known, out, same)
	if same {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(out.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client has gone: nobody to tell
	}
}

// charge takes the price of an answer from the quota and says what is left.
func (s *Simulator) charge(h http.Header, me *world.User, found route, known bool, out reply, same bool) {
	if _, on := s.faults.On(faultNoHeaders); on || me == nil || s.options.Limit < 0 {
		return
	}
	resource, price := "core", 1
	if known && found.template == "/graphql" {
		resource = "graphql"
		price = max(1, out.points)
		s.world.Meter(world.GitHub).Points(price)
	}
	if same || known && found.template == "/rate_limit" {
		price = 0
	}
	s.quota.spend(me.Login, resource, price, s.now()).show(h, resource)
}

func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:]) + `"`
}

// number reads a fault's value.
func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return otherwise
}
