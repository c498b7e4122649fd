package jirasim

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// body decodes the request's JSON; strict refuses unknown fields, as the
// published schema of Cloud's search does.
func (c *call) body(v any, strict bool) error {
	dec := json.NewDecoder(c.Body)
	if strict {
		dec.DisallowUnknownFields()
	}
	if err := dec.Decode(v); err != nil {
		return unread(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return refuse(http.StatusBadRequest, payload, "Unexpected content after the JSON value.")
	}
	return nil
}

const payload = "Invalid request payload. Refer to the REST API documentation and try again."

// unread says what was wrong with a body.
func unread(err error) error {
	var long *http.MaxBytesError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &long):
		return err
	case errors.As(err, &kind):
		return refuse(http.StatusBadRequest, payload, "Can not deserialize the "+kind.Value+" of '"+kind.Field+"'.")
	case errors.Is(err, io.EOF):
		return refuse(http.StatusBadRequest, payload, "No content to map to Object due to end of input.")
	}
	return refuse(http.StatusBadRequest, payload, strings.Replace(strings.TrimPrefix(err.Error(), "json: "), "unknown field", "Unrecognized field", 1))
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

// flag reads a query parameter that is true or false.
func (c *call) flag(name string, otherwise bool) bool {
	if v, err := strconv.ParseBool(c.URL.Query().Get(name)); err == nil {
		return v
	}
	return otherwise
}

// words reads a parameter that is a comma list, or repeated, or both.
func (c *call) words(name string) []string {
	return commas(c.URL.Query()[name])
}

func commas(values []string) []string {
	var out []string
	for _, v := range values {
		for w := range strings.SplitSeq(v, ",") {
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

func escapeQuery(text string) string { return url.QueryEscape(text) }

// window is a part of a list.
type window struct{ start, size int }

// window reads startAt and maxResults.
func (c *call) window(otherwise, most int) (window, error) {
	start, err := c.number("startAt", 0)
	if err != nil {
		return window{}, err
	}
	size, err := c.number("maxResults", otherwise)
	return window{start, min(size, most)}, err
}

// cut is the window's part of a list.
func cut[T any](w window, list []T) []T {
	from := min(w.start, len(list))
	return list[from:min(from+w.size, len(list))]
}

// page is a list in the form with values.
func page[T any](w window, list []T) obj {
	shown := cut(w, list)
	if shown == nil {
		shown = []T{}
	}
	return obj{"startAt": w.start, "maxResults": w.size, "total": len(list), "isLast": w.start+len(shown) >= len(list), "values": shown}
}

// word is a JSON value that may be a string, a number, or nothing.
func word(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}
