package jirasim

import (
	"errors"
	"net/http"
	"strings"
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
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		p = &problem{status: http.StatusRequestEntityTooLarge, messages: []string{"The request is too large."}}
	case !errors.As(err, &p):
		p = &problem{status: http.StatusInternalServerError, messages: []string{err.Error()}}
	}
	body := obj{"errorMessages": append([]string{}, p.messages...), "errors": map[string]string{}}
	if p.fields != nil {
		body["errors"] = p.fields
	}
	if c.s.cloud() && p.status == http.StatusBadRequest && strings.Contains(c.URL.Path, "/search") {
		body = obj{"errorMessages": p.messages, "warningMessages": []string{}}
	}
	_ = c.json(p.status, body) // the client has gone: nobody to tell
}

func (c *call) json(status int, v any) error {
	raw, err := encode(v)
	if err != nil {
		return err
	}
	c.Header().Set("Content-Type", "application/json;charset=UTF-8")
	c.WriteHeader(status)
	_, _ = c.Write(raw) // the client has gone: nobody to tell
	return nil
}
