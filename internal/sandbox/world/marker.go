package world

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
)

// Marker is what a daemon's comment says about itself. The sandbox reads it
// with its own small parser, so that it can count without trusting anybody.
type Marker struct {
	Version, Owner, Kind, Period, State, Digest, Facts string
	Text                                               string // as written
}

// Open reports a marked comment that was not folded.
func (m Marker) Open() bool { return m.Kind != "" && m.State != "folded" }

var anchor = regexp.MustCompile(`\{anchor:strata-([A-Za-z0-9_-]+)=*\}`)

// ReadMarker finds the marker of a comment: GitHub's first line, Jira's
// property strata.comment or, failing it, the anchor in the text.
func ReadMarker(t Tracker, c *Comment) (Marker, bool) {
	if t == GitHub {
		first, _, _ := strings.Cut(c.Body, "\n")
		first = strings.TrimSpace(first)
		body, ok := strings.CutPrefix(first, "<!-- strata ")
		if !ok {
			return Marker{}, false
		}
		body, _, _ = strings.Cut(body, "-->")
		return pairs(body, first)
	}
	if p, ok := c.Properties["strata.comment"]; ok {
		return property(p)
	}
	if m := anchor.FindStringSubmatch(c.Body); m != nil {
		if text, err := base64.RawURLEncoding.DecodeString(m[1]); err == nil {
			return pairs(string(text), string(text))
		}
	}
	return Marker{}, false
}

// pairs reads "v=1 owner=acme kind=flag …".
func pairs(text, whole string) (Marker, bool) {
	m := Marker{Text: whole}
	for _, word := range strings.Fields(text) {
		k, v, _ := strings.Cut(word, "=")
		m.set(k, strings.Trim(v, `"`))
	}
	return m, m.Kind != ""
}

func property(raw json.RawMessage) (Marker, bool) {
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return Marker{}, false
	}
	m := Marker{Text: string(raw)}
	for k, v := range fields {
		switch v := v.(type) {
		case string:
			m.set(k, v)
		default:
			b, _ := json.Marshal(v)
			m.set(k, string(b))
		}
	}
	return m, m.Kind != ""
}

func (m *Marker) set(name, value string) {
	switch name {
	case "v":
		m.Version = value
	case "owner":
		m.Owner = value
	case "kind":
		m.Kind = value
	case "period":
		m.Period = value
	case "state":
		m.State = value
	case "digest":
		m.Digest = value
	case "facts":
		m.Facts = value
	}
}
