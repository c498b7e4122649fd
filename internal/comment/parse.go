package comment

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// maxMarker is the length in bytes above which a marker is not one of ours.
const maxMarker = 24 << 10

// Parse finds the marker of a comment, in either of its two written forms, at the
// very beginning of the body and nowhere else: a marker in a quote, in a code
// block or on a later line is somebody's text. Servers may put a byte order mark,
// line ends or up to three blanks before it; four make a code block.
//
// A marker alone proves nothing, because anyone can copy one: the author must be
// our own account too.
func Parse(body string) (Marker, bool) {
	line := strings.TrimPrefix(body, "\ufeff")
	for {
		first, rest, found := strings.Cut(line, "\n")
		if !found || strings.Trim(first, " \t\r") != "" {
			break
		}
		line = rest
	}
	line, _, _ = strings.Cut(line, "\n")
	text := strings.TrimLeft(line, " ")
	if len(line)-len(text) > 3 {
		return Marker{}, false
	}
	text = text[:min(len(text), 2*maxMarker)]
	if rest, ok := strings.CutPrefix(text, lineStart); ok {
		fields, _, closed := strings.Cut(rest, lineEnd)
		if !closed {
			return Marker{}, false
		}
		return parseFields(fields)
	}
	if rest, ok := strings.CutPrefix(text, anchorStart); ok {
		encoded, _, closed := strings.Cut(rest, anchorEnd)
		fields, err := base64.RawURLEncoding.DecodeString(encoded)
		if !closed || err != nil {
			return Marker{}, false
		}
		return parseFields(string(fields))
	}
	return Marker{}, false
}

// ParseProperty reads the value of Jira's comment property.
func ParseProperty(value []byte) (Marker, bool) {
	var m Marker
	if len(value) > maxMarker || json.Unmarshal(value, &m) != nil {
		return Marker{}, false
	}
	return m, m.valid()
}

// parseFields reads "v=1 owner=acme …". Names that it does not know belong to a
// newer version and are passed over; a name that stands twice is a forgery.
func parseFields(text string) (Marker, bool) {
	var m Marker
	if len(text) > maxMarker {
		return m, false
	}
	seen := map[string]bool{}
	for _, field := range strings.Fields(text) {
		name, value, ok := strings.Cut(field, "=")
		if !ok || seen[name] {
			return Marker{}, false
		}
		seen[name] = true
		value, err := url.PathUnescape(value)
		if err != nil {
			return Marker{}, false
		}
		switch name {
		case "v":
			if m.Version, err = strconv.Atoi(value); err != nil {
				return Marker{}, false
			}
		case "owner":
			m.Owner = value
		case "kind":
			m.Kind = Kind(value)
		case "period":
			m.Period = value
		case "state":
			m.State = State(value)
		case "digest":
			m.Digest = value
		case "facts":
			m.Facts = value
		}
	}
	if !m.valid() {
		return Marker{}, false
	}
	return m, true
}

// valid says whether the marker is one that we could have written.
func (m Marker) valid() bool {
	return m.Version >= 1 && m.Owner != "" && m.Kind != "" && (m.State == Open || m.State == Folded)
}
