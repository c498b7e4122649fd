package githubsim

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
)

// decode reads the request's JSON, which must be an object. What is no JSON is 400; a value of the wrong kind is 422
// and named.
func (c *call) decode(into any) *refusal {
	body := bytes.TrimSpace(c.body)
	if len(body) == 0 || !json.Valid(body) {
		return refuse(http.StatusBadRequest, "Problems parsing JSON")
	}
	if body[0] != '{' {
		return refuse(http.StatusBadRequest, "Body should be a JSON object")
	}
	err := json.Unmarshal(body, into)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return unprocessable("Invalid request.\n\nFor 'properties/%s', %s is not %s.", wrong.Field, shown(body, wrong), kindName(wrong))
	case err != nil:
		return refuse(http.StatusBadRequest, "Problems parsing JSON")
	}
	return nil
}

// decodeOptional is decode for requests that need no body.
func (c *call) decodeOptional(into any) *refusal {
	if len(bytes.TrimSpace(c.body)) == 0 {
		return nil
	}
	return c.decode(into)
}

// has reports whether the request's object names a field, if only to say null.
func (c *call) has(field string) bool {
	var fields map[string]json.RawMessage
	if json.Unmarshal(c.body, &fields) != nil {
		return false
	}
	_, there := fields[field]
	return there
}

// shown is the value that did not fit, as GitHub repeats it.
func shown(body []byte, wrong *json.UnmarshalTypeError) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) == nil {
		if raw, ok := fields[strings.Split(wrong.Field, ".")[0]]; ok && !strings.Contains(wrong.Field, ".") {
			return string(raw)
		}
	}
	return wrong.Value
}

func kindName(wrong *json.UnmarshalTypeError) string {
	kind := wrong.Type.String()
	switch {
	case strings.Contains(kind, "[]"):
		return "an array"
	case strings.Contains(kind, "string"):
		return "a string"
	case strings.Contains(kind, "int"):
		return "an integer"
	case strings.Contains(kind, "bool"):
		return "a boolean"
	}
	return "an object"
}
