package world

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Edit gathers what one act changes in a Jira issue: it becomes one entry of
// the issue's history, however many fields it touches. What stays as it was
// leaves no trace.
type Edit struct {
	s     *State
	i     *JiraIssue
	items []ChangeItem
	stale []string // recorded fields that no longer hold
	draft bool     // the issue is not yet in the world
}

// Edit begins to change an issue; Done ends it.
func (s *State) Edit(i *JiraIssue) *Edit { return &Edit{s: s, i: i} }

// Draft fills an issue that CreateIssue is about to make: it has no history yet.
func (s *State) Draft(i *JiraIssue) *Edit { return &Edit{s: s, i: i, draft: true} }

// Fields names what has changed so far, for the journal.
func (e *Edit) Fields() string {
	var names []string
	for _, item := range e.items {
		if !slices.Contains(names, item.Field) {
			names = append(names, item.Field)
		}
	}
	return strings.Join(names, ", ")
}

// Done writes the history and moves updated. It reports whether anything
// changed.
func (e *Edit) Done(by *User) bool {
	if len(e.items) == 0 {
		e.s.unchanged()
		return false
	}
	e.i.Recorded.Drop(e.stale...)
	e.i.touch(e.s.Now())
	e.i.History = append(e.i.History, Change{ID: e.s.id("change", 90000), Author: by, At: e.i.Updated, Items: e.items})
	e.s.changed(e.i)
	if slices.ContainsFunc(e.items, func(item ChangeItem) bool { return item.Field != "Link" }) {
		e.s.stubsOf(e.i)
	}
	return true
}

// note adds an item of the history; a field that stays as it was is not noted.
func (e *Edit) note(item ChangeItem, stale ...string) {
	e.stale = append(e.stale, stale...)
	e.items = append(e.items, item)
}

// Summary renames the issue.
func (e *Edit) Summary(text string) {
	if was := e.i.Summary; was != text {
		e.i.Summary = text
		e.note(ChangeItem{Field: "summary", FromString: was, ToString: text}, "summary")
	}
}

// Description replaces the wiki text.
func (e *Edit) Description(text string) {
	if was := e.i.Description; was != text {
		e.i.Description = text
		e.note(ChangeItem{Field: "description", FromString: was, ToString: text}, "description")
	}
}

// Environment replaces the wiki text of the field environment.
func (e *Edit) Environment(text string) {
	if was := e.i.Rare().Environment; was != text {
		e.i.aside().Environment = text
		e.note(ChangeItem{Field: "environment", FromString: was, ToString: text}, "environment")
	}
}

// Due sets the day that the work is due, as 2006-01-02; empty: no day.
func (e *Edit) Due(day string) {
	if was := e.i.Due; was != day {
		e.i.Due = day
		e.note(ChangeItem{Field: "duedate", From: was, FromString: was, To: day, ToString: day}, "duedate")
	}
}

// Status moves the issue; a change of the category notes when.
func (e *Edit) Status(st *Status) {
	was := e.i.Status
	if was == st {
		return
	}
	if was == nil {
		was = &Status{}
	}
	e.i.Status = st
	if was.Category != st.Category {
		e.i.Moved = e.i.stamp(e.s.Now())
	}
	e.note(ChangeItem{"status", idText(was.ID), was.Name, idText(st.ID), st.Name}, "status", "statuscategorychangedate", "statusCategory")
}

// Resolution says how the issue was closed; nil opens it.
func (e *Edit) Resolution(r *Named) {
	was := e.i.Resolution
	if was == r {
		return
	}
	e.i.Resolution, e.i.Resolved = r, time.Time{}
	if r != nil {
		e.i.Resolved = e.i.stamp(e.s.Now())
	}
	e.note(changeOf("resolution", was, r), "resolution", "resolutiondate")
}

// Priority sets the priority.
func (e *Edit) Priority(p *Named) {
	if was := e.i.Priority; was != p {
		e.i.Priority = p
		e.note(changeOf("priority", was, p), "priority")
	}
}

// Type makes the issue one of another type.
func (e *Edit) Type(t *IssueType) {
	if was := e.i.Type; was != t {
		e.i.Type = t
		e.note(ChangeItem{"issuetype", idText(was.ID), was.Name, idText(t.ID), t.Name}, "issuetype")
	}
}

// Assignee gives the issue to somebody, or nobody.
func (e *Edit) Assignee(u *User) {
	if was := e.i.Assignee; was != u {
		e.i.Assignee = u
		e.note(ChangeItem{"assignee", handleOf(was), nameOf(was), handleOf(u), nameOf(u)}, "assignee")
	}
}

// Reporter says who asked for the issue. Who made it stays.
func (e *Edit) Reporter(u *User) {
	if was := e.i.Reporter; was != u {
		e.i.aside().Creator = e.i.Creator()
		e.i.Reporter = u
		e.note(ChangeItem{"reporter", handleOf(was), nameOf(was), handleOf(u), nameOf(u)}, "reporter")
	}
}

// Labels replaces the labels.
func (e *Edit) Labels(list []string) {
	if was := e.i.Labels; !slices.Equal(was, list) {
		e.i.Labels = list
		e.note(ChangeItem{Field: "labels", FromString: strings.Join(was, " "), ToString: strings.Join(list, " ")}, "labels")
	}
}

// Points sets the estimate; nil: not estimated.
func (e *Edit) Points(points *float64) {
	text := func(p *float64) string {
		if p == nil {
			return ""
		}
		return strconv.FormatFloat(*p, 'f', -1, 64)
	}
	if was := e.i.Points; text(was) != text(points) {
		e.i.Points = points
		e.note(ChangeItem{Field: e.s.fieldName(PointsFieldID), FromString: text(was), ToString: text(points)}, PointsFieldID)
	}
}

// Team gives the issue to a team by name; empty: to none.
func (e *Edit) Team(name string) {
	if was := e.i.Team; was != name {
		e.i.Team = name
		e.note(ChangeItem{Field: e.s.fieldName(TeamFieldID), FromString: was, ToString: name}, TeamFieldID)
	}
}

// Rank places the issue; words say whither, as "Ranked higher".
func (e *Edit) Rank(rank, words string) {
	if e.i.Rank != rank {
		e.i.Rank = rank
		e.note(ChangeItem{Field: "Rank", ToString: words}, RankFieldID)
	}
}

// Security sets who may see the issue; nil: everybody who sees the project.
func (e *Edit) Security(l *Level) {
	was := e.i.Rare().Level
	if was == l {
		return
	}
	e.i.aside().Level = l
	item := ChangeItem{Field: "security"}
	if was != nil {
		item.From, item.FromString = idText(was.ID), was.Name
	}
	if l != nil {
		item.To, item.ToString = idText(l.ID), l.Name
	}
	e.note(item, "security")
}

// Value sets a field that the world gives no meaning to.
func (e *Edit) Value(field string, value json.RawMessage) {
	was, _ := e.i.Value(field)
	if string(was) == string(value) {
		return
	}
	e.i.aside().Values.set(field, slices.Clone(value))
	text := func(raw json.RawMessage) string {
		if string(raw) == "null" {
			return ""
		}
		return string(raw)
	}
	e.note(ChangeItem{Field: e.s.fieldName(field), FromString: text(was), ToString: text(value)}, field)
}

// Value is a field that the world gives no meaning to: as a client set it, else
// as it was recorded.
func (i *JiraIssue) Value(field string) (json.RawMessage, bool) {
	if v, ok := i.Rare().Values.Get(field); ok {
		return v, true
	}
	return i.Recorded.Get(field)
}

// set keeps a value, in order.
func (f *Fields) set(name string, value json.RawMessage) {
	at, ok := f.find(name)
	if ok {
		(*f)[at].Value = value
		return
	}
	*f = slices.Insert(*f, at, Field{name, value})
}

// fieldName is what people call a field; its id when nobody does.
func (s *State) fieldName(id string) string {
	for _, f := range s.Fields {
		if f.ID == id {
			return f.Name
		}
	}
	return id
}

func changeOf(field string, was, is *Named) ChangeItem {
	item := ChangeItem{Field: field}
	if was != nil {
		item.From, item.FromString = idText(was.ID), was.Name
	}
	if is != nil {
		item.To, item.ToString = idText(is.ID), is.Name
	}
	return item
}

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// handleOf is how a change of a user field names a user; a simulator knows what
// its flavour calls them.
func handleOf(u *User) string {
	switch {
	case u == nil:
		return ""
	case u.AccountID != "":
		return u.AccountID
	}
	return u.Login
}

func nameOf(u *User) string {
	if u == nil {
		return ""
	}
	return u.Name
}
