package github

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/internal/tracker"
)

// overlap is how far a reading goes back behind what was read before. GitHub's
// times have seconds and its lists lag a little; what is read twice does no harm.
const overlap = time.Minute

// phase is what the next step of a reading asks for.
type phase string

const (
	items    phase = "items"    // project: a page of items
	everyone phase = "issues"   // repositories: every issue, or every open one
	changes  phase = "changes"  // repositories: issues by update time
	edges    phase = "edges"    // repositories: dependencies of open issues
	comments phase = "comments" // comments by update time
)

// position is a cursor in our own words. Marks are what may be kept; the rest
// says how far the reading under way is.
type position struct {
	// Of names what is read; a cursor of something else begins anew.
	Of    string           `json:"of"`
	Marks map[string]marks `json:"marks,omitempty"` // by repository, lower case

	Reading int    `json:"reading,omitempty"` // 0: between two readings
	Full    bool   `json:"full,omitempty"`
	Phase   phase  `json:"phase,omitempty"`
	Repo    string `json:"repo,omitempty"`
	After   string `json:"after,omitempty"` // GraphQL's cursor
	Walk    walk   `json:"walk,omitzero"`
	Count   int    `json:"count,omitempty"`
	Again   bool   `json:"again,omitempty"` // the second sweep of a project
	Whole   bool   `json:"whole,omitempty"` // the comments are read from the first one
	// Began is the server's time when the reading began, New what it found.
	Began time.Time        `json:"began,omitzero"`
	New   map[string]marks `json:"new,omitempty"`
}

// marks are the youngest update times read, by the server's clock.
type marks struct {
	Issues   time.Time `json:"i,omitzero"`
	Comments time.Time `json:"c,omitzero"`
	// Edges names the fingerprints of dependencies that this reading ended with.
	Edges int64 `json:"e,omitempty"`
	// Listed says that the comments were read from the beginning once.
	Listed bool `json:"l,omitempty"`
}

// walk is a way through a list sorted by update time, oldest first. It goes on
// by asking from the last time seen, never by page number, because rows that
// change move to the end and shift the pages. Only where a whole page bears one
// time is the next page asked for.
type walk struct {
	Since time.Time `json:"since,omitzero"`
	Page  int       `json:"page,omitempty"` // 0 and 1: the first
}

// next is where to go after a page of n rows with these first and last times.
func (w walk) next(n int, first, last time.Time) (walk, bool) {
	switch {
	case n < pageSize:
		return walk{}, false
	case last.After(w.Since) && !first.Equal(last):
		return walk{Since: last}, true
	case last.After(w.Since):
		// Asking from this time would give the same page first.
		return walk{Since: last, Page: 2}, true
	}
	return walk{Since: w.Since, Page: max(w.Page, 1) + 1}, true
}

// parseCursor reads a cursor; one of another scope or an older form begins anew.
func parseCursor(c tracker.Cursor, of string) position {
	var p position
	if c == "" || json.Unmarshal([]byte(c), &p) != nil || p.Of != of {
		return position{Of: of}
	}
	return p
}

func (p position) cursor() tracker.Cursor {
	raw, err := json.Marshal(p)
	if err != nil {
		// Only times beyond the year 9999 cannot be written.
		return ""
	}
	return tracker.Cursor(raw)
}

// done is the cursor to keep when the reading is over.
func (p position) done() position {
	return position{Of: p.Of, Marks: p.New}
}

// note keeps the youngest time of a repository's issues or comments.
func (p *position) note(repo string, set func(*marks)) {
	if p.New == nil {
		p.New = map[string]marks{}
	}
	key := strings.ToLower(repo)
	m := p.New[key]
	set(&m)
	p.New[key] = m
}

// younger is the later of two times.
func younger(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// from is where to begin so that nothing is lost between two readings.
func from(mark time.Time) time.Time {
	if mark.IsZero() {
		return mark
	}
	return mark.Add(-overlap)
}

// selector writes what a scope selects, for the cursor and for messages.
func selector(s tracker.Scope) (string, error) {
	if s.JQL != "" || (s.Project == "") == (len(s.Repositories) == 0) {
		return "", fmt.Errorf("scope %s: want either a project or repositories", s.Name)
	}
	if s.Project != "" {
		if _, _, err := parseProject(s.Project); err != nil {
			return "", fmt.Errorf("scope %s: %w", s.Name, err)
		}
		return "project " + strings.ToLower(s.Project), nil
	}
	repos := slices.Clone(s.Repositories)
	for i, repo := range repos {
		if !validRepo(repo) {
			return "", fmt.Errorf("scope %s: repository %q: want OWNER/NAME, as in acme/api", s.Name, repo)
		}
		repos[i] = strings.ToLower(repo)
	}
	slices.Sort(repos)
	return "repositories " + strings.Join(slices.Compact(repos), " "), nil
}
