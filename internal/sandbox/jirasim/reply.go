package jirasim

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// problem is an answer that is not what was asked for, in Jira's form:
// {"errorMessages":["…"],"errors":{"field":"…"}}.
type problem struct {
	status   int
	messages []string
	fields   map[string]string
}

func (p *problem) Error() string { return strings.Join(p.messages, "; ") }

func refuse(status int, messages ...string) error {
	return &problem{status: status, messages: messages}
}

func refuseField(field, message string) error {
	return &problem{status: http.StatusBadRequest, fields: map[string]string{field: message}}
}

// gone is what Jira says of issues that are deleted and of issues that are
// hidden: there is no difference for the one who asks.
func gone() error {
	return refuse(http.StatusNotFound, "Issue does not exist or you do not have permission to see it.")
}

func (c *call) fail(err error) {
	var p *problem
	if !errors.As(err, &p) {
		p = &problem{status: http.StatusInternalServerError, messages: []string{err.Error()}}
	}
	body := map[string]any{"errorMessages": append([]string{}, p.messages...), "errors": map[string]string{}}
	if p.fields != nil {
		body["errors"] = p.fields
	}
	if c.s.cloud() && p.status == http.StatusBadRequest && strings.Contains(c.URL.Path, "/search") {
		body = map[string]any{"errorMessages": p.messages, "warningMessages": []string{}}
	}
	_ = c.json(p.status, body) // the client has gone: nobody to tell
}

func (c *call) json(status int, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	c.Header().Set("Content-Type", "application/json;charset=UTF-8")
	c.WriteHeader(status)
	_, _ = c.Write(b.Bytes()) // the client has gone: nobody to tell
	return nil
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
		if out, err = f(st); err == nil {
			out, err = encode(out) // inside the lock: nothing of the state may leave it
		}
	})
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, out)
}

func encode(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// write changes the world and answers with a status; a nil answer is empty.
func (c *call) write(f func(st *world.State) (int, any, error)) error {
	var body json.RawMessage
	status, empty := 0, false
	err := c.s.world.Write(func(st *world.State) error {
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

// body decodes the request's JSON; strict refuses unknown fields, as the
// published schema of Cloud's search does.
func (c *call) body(v any, strict bool) error {
	dec := json.NewDecoder(c.Body)
	if strict {
		dec.DisallowUnknownFields()
	}
	if err := dec.Decode(v); err != nil {
		return refuse(http.StatusBadRequest, "Invalid request payload. Refer to the REST API documentation and try again.", err.Error())
	}
	return nil
}

// number reads a query parameter; a value that is no number is refused.
func (c *call) number(name string, otherwise int) (int, error) {
	text := c.URL.Query().Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, refuse(http.StatusBadRequest, "The value '"+text+"' of the parameter '"+name+"' is not a whole number.")
	}
	return n, nil
}

// words reads a parameter that is a comma list, or repeated, or both.
func (c *call) words(name string) []string {
	var out []string
	for _, v := range c.URL.Query()[name] {
		for _, w := range strings.Split(v, ",") {
			if w = strings.TrimSpace(w); w != "" {
				out = append(out, w)
			}
		}
	}
	return out
}

// stamp is Jira's way to write a time, in the asker's zone; it is not RFC 3339.
func (c *call) stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.In(c.user.Location()).Format("2006-01-02T15:04:05.000-0700")
}
