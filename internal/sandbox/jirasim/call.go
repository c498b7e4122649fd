package jirasim

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"strata/internal/sandbox/world"
)

// call is one request with what every handler needs.
type call struct {
	http.ResponseWriter
	*http.Request
	s       *server
	version int         // of the platform API: 2 or 3
	user    *world.User // who asks; nil: nobody
	base    string      // http://host
	hides   []string    // keys of items and projects that a fault hides
	locale  string      // of names; empty: English
	fresh   bool        // a lagging index counts as up to date
	memory  map[memory]json.RawMessage

	st       *world.State // while the world is read or written
	warnings []string     // of a query that was asked leniently
}

// Header is the answer's; the request's is c.Request.Header.
func (c *call) Header() http.Header { return c.ResponseWriter.Header() }

// Write is the answer's.
func (c *call) Write(p []byte) (int, error) { return c.ResponseWriter.Write(p) }

// read looks at the world and answers what f found.
func (c *call) read(f func(st *world.State) (any, error)) error {
	var out any
	var err error
	c.s.world.Read(func(st *world.State) {
		c.st = st
		defer func() { c.st = nil }()
		if out, err = f(st); err == nil {
			out, err = encode(out) // inside the lock: nothing of the state may leave it
		}
	})
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, out)
}

// write is the one way to change the world: f checks and changes inside one
// lock, and says what is answered; a nil answer is empty. What limits writes of
// an account belongs here, what limits those to an issue in call.touch.
func (c *call) write(f func(st *world.State) (int, any, error)) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	var body json.RawMessage
	status, empty := 0, false
	err := c.s.world.Write(func(st *world.State) error {
		c.st = st
		defer func() { c.st = nil }()
		var out any
		var err error
		if status, out, err = f(st); err != nil {
			return err
		}
		empty = out == nil
		body, err = encode(out)
		return err
	})
	if err != nil {
		return err
	}
	if empty {
		c.WriteHeader(status)
		return nil
	}
	return c.json(status, body)
}

// right is what a write to an issue takes.
type right string

// The rights that writes take.
const (
	toEdit    right = "edit"
	toComment right = "comment"
	toLink    right = "link"
	toWatch   right = "watch"
)

// touch is asked of every issue before it is written to. Archived issues are
// read-only; who may only comment may not edit.
func (c *call) touch(i *world.JiraIssue, take right) error {
	switch {
	case i.Archived:
		return refuse(http.StatusBadRequest, "The issue "+i.Key+" is archived. Archived issues are read-only.")
	case take == toComment && i.Locked:
		return refuse(http.StatusBadRequest, "You do not have the permission to comment on this issue.")
	case take == toLink && !c.user.MayEdit():
		return refuse(http.StatusUnauthorized, "No Link Issue Permission for issue '"+i.Key+"'.")
	case take == toEdit && !c.user.MayEdit():
		return refuse(http.StatusForbidden, "You do not have permission to edit issues in this project.")
	}
	return nil
}

// limited is Jira's 429; Cloud says why and until when, in ISO 8601.
func (s *server) limited(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	h := w.Header()
	h.Set("X-RateLimit-Remaining", "0")
	if s.cloud() {
		h.Set("RateLimit-Reason", "jira-burst-based")
		h.Set("X-RateLimit-Limit", "100")
		h.Set("X-RateLimit-Reset", s.world.Now().Add(wait).UTC().Format(time.RFC3339))
	}
	c := &call{ResponseWriter: w, Request: r.WithContext(context.WithoutCancel(r.Context())), s: s}
	c.fail(&problem{status: http.StatusTooManyRequests, messages: []string{"Rate limit exceeded."}})
}
