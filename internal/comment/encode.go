package comment

import (
	"encoding/base64"
	"strconv"
	"strings"

	"strata/internal/work"
)

// PropertyKey is the comment property that carries the marker on Jira, set in
// the same request as the comment.
const PropertyKey = "strata.comment"

const (
	lineStart   = "<!-- strata "
	lineEnd     = "-->"
	anchorStart = "{anchor:strata-"
	anchorEnd   = "}"
)

// Line returns the marker as the hidden first line of a comment on GitHub:
// "<!-- strata v=1 owner=… kind=… period=… state=… digest=… facts=… -->".
func (m Marker) Line() string { return lineStart + m.fields() + " " + lineEnd }

// Anchor returns the marker as a Jira anchor, which renders nothing: the way
// back to the marker where the comment property was lost.
func (m Marker) Anchor() string {
	return anchorStart + base64.RawURLEncoding.EncodeToString([]byte(m.fields())) + anchorEnd
}

// Property returns the marker as the value of Jira's comment property.
func (m Marker) Property() any { return m }

// Identity returns the identity of the comment on the item that bears the marker.
func (m Marker) Identity(item work.Ref) Identity {
	return Identity{Item: item, Kind: m.Kind, Period: m.Period}
}

func (m Marker) fields() string {
	var b strings.Builder
	b.WriteString("v=" + strconv.Itoa(m.Version))
	for _, f := range []struct{ name, value string }{
		{"owner", m.Owner},
		{"kind", string(m.Kind)},
		{"period", m.Period},
		{"state", string(m.State)},
		{"digest", m.Digest},
		{"facts", m.Facts},
	} {
		if f.value != "" {
			b.WriteString(" " + f.name + "=" + escape(f.value))
		}
	}
	return b.String()
}

// escape keeps letters, digits and a few marks; everything else, and the second
// of two hyphens, becomes %XX. What is left can end neither a field, nor an HTML
// comment, nor an anchor.
func escape(value string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(value) {
		c := value[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9',
			c == '.', c == '_', c == '~', c == ':', c == '/',
			c == '-' && (i == 0 || value[i-1] != '-'):
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
