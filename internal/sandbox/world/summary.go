package world

import "time"

// Summary is one tracker's state in numbers, for the control API.
type Summary struct {
	Tracker  Tracker        `json:"tracker"`
	Now      time.Time      `json:"now"`
	Items    int            `json:"items"`
	ByState  map[string]int `json:"by_state"`
	Comments int            `json:"comments"`
	Open     int            `json:"open_bot_comments"` // marked, not folded
	Journal  int            `json:"journal"`           // the last sequence number
	Version  uint64         `json:"version"`
}

// Summary counts one tracker's items and comments.
func (s *State) Summary(t Tracker) Summary {
	out := Summary{Tracker: t, Now: s.Now(), ByState: map[string]int{}, Journal: len(s.Journal), Version: s.Version}
	for _, it := range s.All(t) {
		out.Items++
		out.ByState[StateOf(it)]++
	}
	out.Comments = len(s.comments[t])
	for id, open := range s.identities {
		if id.tracker == t {
			out.Open += len(open)
		}
	}
	return out
}

// All lists a tracker's issues, pull requests apart, in a stable order.
func (s *State) All(t Tracker) []Item {
	var out []Item
	if t == Jira {
		for _, i := range s.Jira {
			out = append(out, i)
		}
		return out
	}
	for _, r := range s.Repos {
		for _, i := range r.Issues {
			if !i.PullRequest {
				out = append(out, i)
			}
		}
	}
	return out
}

// StateOf says open, doing, delivered or dropped: the world's own judgement.
// A Jira issue is dropped when its resolution says so by its usual names.
func StateOf(it Item) string {
	switch i := it.(type) {
	case *JiraIssue:
		switch {
		case i.Done() && i.Resolution != nil && dropped(i.Resolution.Name):
			return "dropped"
		case i.Done():
			return "delivered"
		case i.Status != nil && i.Status.Category == "indeterminate":
			return "doing"
		}
	case *GitHubIssue:
		switch {
		case i.Closed && (i.StateReason == NotPlanned || i.StateReason == Duplicate):
			return "dropped"
		case i.Closed:
			return "delivered"
		}
		for _, card := range i.Items {
			if v := card.Value("Status"); v != nil && v.Option != nil && doingNames[lower(v.Option.Name)] {
				return "doing"
			}
		}
	}
	return "open"
}

var droppedNames = map[string]bool{"won't do": true, "wont do": true, "will not do": true, "won't fix": true, "wont fix": true, "will not fix": true,
	"duplicate": true, "duplicated": true, "cancelled": true, "canceled": true, "declined": true, "cannot reproduce": true, "can't reproduce": true,
	"can not reproduce": true, "obsolete": true, "incomplete": true}

var doingNames = map[string]bool{"in progress": true, "in review": true}

// Shown is one item in short, for the control API.
type Shown struct {
	Tracker  Tracker        `json:"tracker"`
	ID       int64          `json:"id"`
	Item     string         `json:"item"`
	Title    string         `json:"title"`
	State    string         `json:"state"`
	Updated  time.Time      `json:"updated"`
	Sprint   string         `json:"sprint,omitempty"`
	Blockers []string       `json:"blocked_by,omitempty"`
	Links    []string       `json:"links,omitempty"`
	Text     string         `json:"text"`
	Comments []ShownComment `json:"comments"`
}

// ShownComment is one comment in short.
type ShownComment struct {
	ID        int64     `json:"id"`
	Author    string    `json:"author"`
	Body      string    `json:"body"`
	Marker    string    `json:"marker,omitempty"`
	Created   time.Time `json:"created"`
	Updated   time.Time `json:"updated"`
	Minimised string    `json:"minimised,omitempty"`
}

// Show makes an item short.
func (s *State) Show(it Item) Shown {
	out := Shown{Tracker: it.Tracker(), ID: it.Identity(), Item: it.Handle(), State: StateOf(it), Comments: []ShownComment{}}
	switch i := it.(type) {
	case *JiraIssue:
		out.Title, out.Updated, out.Text = i.Summary, i.Updated, i.Description
		if sp := i.Sprint(); sp != nil {
			out.Sprint = sp.Name
		}
		for _, l := range i.Links {
			out.Links = append(out.Links, l.From.Handle()+" "+l.Type.Outward+" "+l.To.Handle())
		}
	case *GitHubIssue:
		out.Title, out.Updated, out.Text = i.Title, i.Updated, i.Body
		for _, card := range i.Items {
			if v := card.Value("Iteration"); v != nil && v.Iteration != nil {
				out.Sprint = v.Iteration.Title
			}
		}
	}
	for _, b := range s.Blockers(it) {
		out.Blockers = append(out.Blockers, b.Handle())
	}
	for _, c := range it.Thread() {
		m, _ := ReadMarker(it.Tracker(), c)
		out.Comments = append(out.Comments, ShownComment{ID: c.ID, Author: authorName(c.Author), Body: c.Body,
			Marker: m.Text, Created: c.Created, Updated: c.Updated, Minimised: c.Minimised})
	}
	return out
}
