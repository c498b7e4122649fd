package world

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// jira makes an issue in the product's Jira.
func (m *maker) jira(p *Project, t *IssueType, title, text string, created time.Time) *JiraIssue {
	p.last++
	i := &JiraIssue{ID: m.s.id("issue", 10000), Key: fmt.Sprintf("%s-%d", p.Key, p.last), Project: p, Type: t, Summary: title,
		Description: text, Reporter: pick(m, m.s.Users[3:]), Status: m.s.Statuses[0], Priority: m.s.Priorities[2], Created: created.Truncate(time.Millisecond)}
	i.Rank = "0|i" + fmt.Sprintf("%06s", strconv.FormatInt(i.ID, 36)) + ":"
	i.Updated = m.between(created).Truncate(time.Millisecond)
	i.Moved = i.Updated
	m.s.addJira(i)
	return i
}

// github makes an issue in one of the product's repositories.
func (m *maker) github(r *Repo, title, text string, created time.Time) *GitHubIssue {
	id := 1_900_000_000 + 101*m.s.id("made-github", 0)
	if id%2 == 1 {
		id += 2_700_000_000 // younger ids pass 2^31, as in 2026
	}
	i := &GitHubIssue{ID: id, Repo: r, Title: title, Body: text, Author: pick(m, m.s.Users[3:]), Created: created.Truncate(time.Second)}
	i.Updated = m.between(created).Truncate(time.Second)
	m.s.addGitHub(i)
	return i
}

func (m *maker) between(t time.Time) time.Time {
	return t.Add(time.Duration(m.r.Int64N(int64(max(m.now.Sub(t), time.Hour)))))
}

// card puts an issue on the board, in a slot of time at that distance from the
// running sprint.
func (m *maker) card(i *GitHubIssue, c *crew, slot, index int, points *float64) {
	card := m.s.AddCard(m.board, i, nil, i.Author)
	card.Created, card.Updated = i.Created, i.Updated
	set := func(v Value) {
		v.Updated = card.Updated
		card.Values = append(card.Values, &v)
	}
	status := "Todo"
	if i.Closed {
		status = "Done"
	}
	set(Value{Field: m.board.Field("Status"), Option: m.board.Field("Status").Option(status)})
	if f := m.board.Field("Iteration"); slot != slotBacklog {
		set(Value{Field: f, Iteration: f.Iterations[running-1+index]})
	}
	if points != nil {
		set(Value{Field: m.board.Field("Estimate"), Number: points})
	}
	if o := m.board.Field("Team").Option(c.Name); o != nil {
		set(Value{Field: m.board.Field("Team"), Option: o})
	}
	card.Archived = slot == slotOld && m.chance(30)
}

// index is a slot's distance from the running sprint.
func (m *maker) index(slot int) int {
	if slot == slotOld {
		return -2 - m.r.IntN(running-2)
	}
	return slot
}

// stories fills the world to its size, each in a slot of time with a state
// that fits.
func (m *maker) stories() {
	for n := m.s.Items(); n < m.o.Items; n++ {
		if n%50 == 33 && m.subtask() {
			continue
		}
		c := m.draw()
		slot := m.slot()
		var it Item
		switch {
		case n%50 == 7: // nobody's: no team's evidence at all
			t := pick(m, themes)
			i := m.jira(m.product, m.s.Types[1], t.story(m.r), m.text(false), m.ago(5, 120))
			i.Reporter = pick(m, m.s.Users[3:])
			it, slot = i, slotBacklog
			m.free[slotKey{"", slot}] = append(m.free[slotKey{"", slot}], it)
			continue
		case m.chance(c.inGitHub):
			it = m.githubStory(c, slot)
		default:
			it = m.jiraStory(c, slot)
		}
		if !pending(it) {
			slot = slotPast
		}
		m.free[slotKey{c.Name, slot}] = append(m.free[slotKey{c.Name, slot}], it)
	}
}

// draw chooses a crew by its share.
func (m *maker) draw() *crew {
	n := m.r.IntN(100)
	for _, c := range m.crews {
		if n -= c.share; n < 0 {
			return c
		}
	}
	return m.crews[0]
}

func (m *maker) slot() int {
	switch n := m.r.IntN(100); {
	case n < 16:
		return slotOld
	case n < 30:
		return slotLast
	case n < 47:
		return slotActive
	case n < 62:
		return slotNext
	case n < 74:
		return slotAfter
	}
	return slotBacklog
}

// fate decides a state by the slot.
//
//	slot    | delivered | dropped | doing | open
//	old     | 94        | 6       |       |
//	last    | 82        | 6       | 6     | 6
//	active  | 30        | 2       | 30    | 38
//	later   |           | 1       | 2     | 97
func (m *maker) fate(slot int) string {
	n := m.r.IntN(100)
	table := map[int][3]int{slotOld: {94, 100, 100}, slotLast: {82, 88, 94}, slotActive: {30, 32, 62}}
	t, ok := table[slot]
	if !ok {
		t = [3]int{0, 1, 3}
	}
	switch {
	case n < t[0]:
		return "delivered"
	case n < t[1]:
		return "dropped"
	case n < t[2]:
		return "doing"
	}
	return "open"
}

// points are missing in part of the backlog.
func (m *maker) points(slot int) *float64 {
	if m.chance(12) || slot == slotBacklog && m.chance(50) {
		return nil
	}
	v := pick(m, []float64{1, 2, 3, 5, 8})
	return &v
}

// kind draws a story, task, bug or spike.
func (m *maker) kind() *IssueType {
	n := m.r.IntN(100)
	for _, of := range []struct{ share, place int }{{72, 1}, {12, 2}, {13, 3}, {3, 5}} {
		if n -= of.share; n < 0 {
			return m.s.Types[of.place]
		}
	}
	return m.s.Types[1]
}

func (m *maker) jiraStory(c *crew, slot int) *JiraIssue {
	head, about := m.above(c, false, slot)
	i := m.jira(c.project, m.kind(), about.story(m.r), m.text(false), m.ago(3, 130))
	i.Components, i.Labels, i.Reporter = c.Components, slices.Clone(c.Labels), pick(m, m.s.Users[3:])
	i.Points = m.points(slot)
	if head != nil {
		e := head.item.(*JiraIssue)
		i.Parent = e
		e.Children = append(e.Children, i)
	}
	if slot != slotBacklog && !m.chance(8) || m.chance(20) {
		i.Assignee = pick(m, c.members)
	}
	at := running - 1 + m.index(slot)
	if len(c.sprints) > 0 && slot != slotBacklog {
		if slot == slotActive && m.chance(15) {
			i.Sprints = append(i.Sprints, c.sprints[at-1]) // came over from the last one
		}
		i.Sprints = append(i.Sprints, c.sprints[at])
	}
	if len(c.sprints) == 0 && slot != slotBacklog { // flow: a date instead
		i.Due = m.now.AddDate(0, 0, 14*slot+m.r.IntN(14)).Format(time.DateOnly)
	}
	switch m.fate(slot) {
	case "delivered":
		i.Status, i.Resolution, i.Resolved = m.s.Statuses[3], m.done, m.during(at).Truncate(time.Millisecond)
	case "dropped":
		i.Status, i.Resolution, i.Resolved = m.s.Statuses[3], m.wont, m.during(at).Truncate(time.Millisecond)
	case "doing":
		i.Status = m.s.Statuses[1+m.r.IntN(2)]
	}
	if !i.Resolved.IsZero() {
		i.Created, i.Updated, i.Moved = earlier(i.Created, i.Resolved), i.Resolved, i.Resolved
	}
	return i
}

// during is a moment of a Sprint's working days that is not to come; what is
// closed without a Sprint was closed lately.
func (m *maker) during(place int) time.Time {
	start := m.first.AddDate(0, 0, 14*place)
	if start.After(m.now) {
		return m.ago(1, 10)
	}
	end := start.AddDate(0, 0, 11)
	if end.After(m.now) {
		end = m.now
	}
	return start.Add(time.Duration(m.r.Int64N(int64(max(end.Sub(start), time.Hour)))))
}

// earlier is when something was written that was closed then.
func earlier(created, closed time.Time) time.Time {
	if limit := closed.AddDate(0, 0, -4); limit.Before(created) {
		return limit
	}
	return created
}

func (m *maker) githubStory(c *crew, slot int) *GitHubIssue {
	head, about := m.above(c, true, slot)
	i := m.github(c.repo, about.story(m.r), m.text(true), m.ago(3, 130))
	i.Type = m.s.GitHubTypes[pick(m, []int{0, 2, 2, 2, 1})]
	if m.chance(3) {
		i.Type, i.Labels = nil, []*Label{m.s.LabelIn(c.repo, "spike")}
	}
	if slot != slotBacklog && !m.chance(8) {
		i.Assignees = []*User{pick(m, c.members)}
	}
	if head != nil {
		e := head.item.(*GitHubIssue)
		i.Parent = e
		e.Subs = append(e.Subs, i)
	}
	fate := m.fate(slot)
	index := m.index(slot)
	if fate == "delivered" || fate == "dropped" {
		i.Closed, i.ClosedAt, i.StateReason = true, m.during(running-1+index).Truncate(time.Second), Completed
		i.Created, i.Updated = earlier(i.Created, i.ClosedAt), i.ClosedAt
		if fate == "dropped" {
			i.StateReason = NotPlanned
		}
	}
	at := slot
	if c.Planning == "flow" {
		at = slotBacklog
	}
	m.card(i, c, at, index, m.points(slot))
	if fate == "doing" {
		i.Items[0].Values[0].Option = m.board.Field("Status").Option("In Progress")
	}
	return i
}
