package jira

import (
	"encoding/json"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"strata/internal/tracker"
)

// cursor is where a reading of a scope stands. All times are the server's, in
// milliseconds since 1970.
//
//	              | Since            | Mark, Latest     | Token or Offset
//	at rest       | asks from here   | –                | –
//	under way     | asked from here  | of this reading  | the next page
type cursor struct {
	// Asked is a fingerprint of the scope's JQL and the fields: another question
	// needs a full reading.
	Asked string `json:"asked"`
	// Since is up to when everything was read; 0 for a full reading.
	Since int64 `json:"since,omitempty"`

	Full   bool     `json:"full,omitempty"`
	Mark   int64    `json:"mark,omitempty"`   // when this reading began
	Latest int64    `json:"latest,omitempty"` // the last change that was seen
	Token  string   `json:"token,omitempty"`  // Cloud
	Offset int      `json:"offset,omitempty"` // Data Center: how many were read
	Tail   []string `json:"tail,omitempty"`   // Data Center: the last ids that were read
}

// under says whether a reading is under way.
func (c cursor) under() bool { return c.Token != "" || c.Offset > 0 }

func (c cursor) text() tracker.Cursor {
	raw, _ := json.Marshal(c) // strings and numbers always marshal
	return tracker.Cursor(raw)
}

// parseCursor reads a cursor; one that cannot be read, or that belongs to
// another question, begins a full reading.
func parseCursor(text tracker.Cursor, asked string) cursor {
	var c cursor
	if json.Unmarshal([]byte(text), &c) != nil || c.Asked != asked || (c.Since == 0 && !c.under()) {
		return cursor{Asked: asked, Full: true}
	}
	return c
}

func fingerprint(jql string, fields []string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(jql + "\x00" + strings.Join(fields, ",")))
	return strconv.FormatUint(h.Sum64(), 36)
}

// saw remembers the last change among the items of a page.
func (c *cursor) saw(changed time.Time) {
	if !changed.IsZero() {
		c.Latest = max(c.Latest, changed.UnixMilli())
	}
}

// began sets the mark: the server's Date of the first page, else the last change
// that page shows, which cannot be later than now.
func (c *cursor) began(date time.Time) {
	if c.Mark = c.Latest; !date.IsZero() {
		c.Mark = date.UnixMilli()
	}
}

// rest returns the cursor of a reading that is over. Everything up to its
// beginning is read; where nothing changed for long, the last change serves, so that a
// quiet scope still shows that item and an empty answer stays suspicious.
func (c cursor) rest() cursor {
	since := c.Mark
	if c.Latest > 0 {
		since = min(since, c.Latest)
	}
	return cursor{Asked: c.Asked, Since: max(since, c.Since)}
}

// from is where the reading asks from: before Since by the overlap, on a full minute.
func (c cursor) from(overlap time.Duration) time.Time {
	if c.Since == 0 {
		return time.Time{}
	}
	return time.UnixMilli(c.Since).Add(-overlap).Truncate(time.Minute)
}
