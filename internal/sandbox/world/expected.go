package world

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// Expected is what a reader of the trackers should know of an item, apart from its
// dependencies.
type Expected struct {
	Item     string   `json:"item"`
	State    string   `json:"state"`
	Teams    []string `json:"teams"`   // that the strongest evidence names, in the calendar's order
	Sprints  []string `json:"sprints"` // that it is or was in, by name
	Sprint   string   `json:"sprint,omitempty"`
	Start    string   `json:"start,omitempty"` // of that Sprint: its days where the product is
	End      string   `json:"end,omitempty"`
	Due      string   `json:"due,omitempty"`
	Parent   string   `json:"parent,omitempty"`
	Children []string `json:"children"`
	Sections []string `json:"sections"` // headings of the text, as written
}

// Expect lists what should be known of each of the product's items, as far as f
// wants to hear it.
func (s *State) Expect(f func(Expected) bool) {
	l := s.ledger()
	going := true
	for _, t := range []Tracker{Jira, GitHub} {
		l.each(t, func(it Item) {
			if going && l.held(it) {
				going = f(l.expected(it))
			}
		})
	}
}

// ExpectOf is Expect for one item; ok is false when it is none of the product's.
func (s *State) ExpectOf(it Item) (e Expected, ok bool) {
	l := s.ledger()
	if !l.held(it) {
		return Expected{}, false
	}
	return l.expected(it), true
}

func (l *ledger) expected(it Item) Expected {
	e := Expected{Item: it.Handle(), State: l.state(l.of(it)), Teams: l.teams(it), Sprints: []string{}, Children: []string{}, Sections: headings(it)}
	zone := l.s.zone()
	switch i := it.(type) {
	case *JiraIssue:
		e.Due = i.Due
		for _, sp := range i.Sprints {
			e.Sprints = append(e.Sprints, sp.Name)
		}
		if sp := i.Sprint(); sp != nil {
			e.Sprint, e.Start, e.End = sp.Name, day(sp.Start, zone), day(sp.End, zone)
		}
	case *GitHubIssue:
		if i.Milestone != nil {
			e.Due = day(i.Milestone.Due, time.UTC)
		}
		if c := l.card(i); c != nil {
			for _, v := range c.Values {
				if v.Iteration != nil {
					e.Sprints = append(e.Sprints, v.Iteration.Title)
					e.Sprint, e.Start, e.End = v.Iteration.Title, day(v.Iteration.Start, time.UTC), day(v.Iteration.End().AddDate(0, 0, -1), time.UTC)
				}
			}
		}
	}
	if up := l.parent(l.of(it)); up != nil {
		e.Parent = up.name
	}
	for _, c := range l.children(l.of(it)) {
		e.Children = append(e.Children, c.name)
	}
	slices.Sort(e.Children)
	return e
}

func day(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(time.DateOnly)
}

// teams are those that the strongest kind of evidence names: the team field, then
// component and label, then project and repository. A sub-task without evidence of
// its own is its parent's.
func (l *ledger) teams(it Item) []string {
	var field, marks, places []string
	switch i := it.(type) {
	case *JiraIssue:
		if i.Team != "" {
			field = []string{i.Team, "team-" + lower(i.Team)}
		}
		marks, places = slices.Concat(i.Components, i.Labels), []string{i.Project.Key}
	case *GitHubIssue:
		for _, label := range i.Labels {
			marks = append(marks, label.Name)
		}
		places = []string{i.Repo.FullName()}
		if c := l.card(i); c != nil {
			if v := c.Value("Team"); v != nil && v.Option != nil {
				field = []string{v.Option.Name}
			} else if v != nil && v.Text != "" {
				field = []string{v.Text}
			}
		}
	}
	shares := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(x string) bool {
			return slices.ContainsFunc(b, func(y string) bool { return strings.EqualFold(x, y) })
		})
	}
	_, jira := it.(*JiraIssue)
	for _, named := range []func(Team) bool{
		func(t Team) bool { return shares(t.Field, field) },
		func(t Team) bool { return jira && shares(t.Components, marks) || shares(t.Labels, marks) },
		func(t Team) bool { return shares(t.Projects, places) || shares(t.Repos, places) },
	} {
		var found []string
		for _, t := range l.s.calendar.Teams {
			if named(t) {
				found = append(found, t.Name)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	if i, ok := it.(*JiraIssue); ok && i.Type.Subtask && i.Parent != nil && l.held(i.Parent) {
		return l.teams(i.Parent)
	}
	return []string{}
}

var (
	wikiTitle = regexp.MustCompile(`(?m)^h[1-6]\.\s+(.+?)\s*$`)
	markTitle = regexp.MustCompile(`(?m)^#{1,6}\s+(.+?)\s*$`)
)

// headings are the titles in the text of an item, as they are written.
func headings(it Item) []string {
	out := []string{}
	title := wikiTitle
	if _, markdown := it.(*GitHubIssue); markdown {
		title = markTitle
	}
	text := textOf(it)
	if len(text) > 65_536 {
		text = text[:65_536] // a log has none
	}
	for _, m := range title.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}
