package jira

import (
	"encoding/json"
	"strings"
	"time"
)

// layouts are the forms in which Jira writes an instant: the platform's, with a
// zone without a colon; the Agile interface's; and a bare day.
var layouts = []string{"2006-01-02T15:04:05-0700", time.RFC3339, "2006-01-02T15:04:05", time.DateOnly}

// parseTime reads an instant; what cannot be read is no time.
func parseTime(text string) time.Time {
	text = strings.TrimSpace(text)
	for _, layout := range layouts { // each of them takes fractions of a second
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// instant is a time in any of Jira's forms, milliseconds since 1970 included.
type instant struct{ time.Time }

func (i *instant) UnmarshalJSON(raw []byte) error {
	var text string
	var millis int64
	if json.Unmarshal(raw, &text) == nil {
		i.Time = parseTime(text)
	} else if json.Unmarshal(raw, &millis) == nil && millis > 0 {
		i.Time = time.UnixMilli(millis).UTC()
		if millis < 1e11 { // before 1973: Cloud's bulk changelog gives seconds
			i.Time = time.Unix(millis, 0).UTC()
		}
	}
	return nil
}

// day keeps the date of a day or an instant as it is written, in its own zone.
func day(text string) string {
	if len(text) > len(time.DateOnly) {
		text = text[:len(time.DateOnly)]
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return ""
	}
	return text
}
