package world

import (
	"fmt"
	"time"
)

// scene is one dependency between teams that shows a thing that can be wrong, or
// that nothing is.
type scene struct {
	about         string
	waiter, ahead string // crews; an empty one is nobody's
	wSlot, bSlot  int
	fit           func(m *maker, w, b Item) // what is special about it
}

// scenes are laid in this order as far as a world has room for them; the first
// four belong to every world of 200 items and more.
func scenes() []scene {
	native := func(m *maker, w, b Item) { m.connect(w, b) }
	return []scene{
		{"out of order, with titles meant to break markup", "Web", "Core", slotNext, slotAfter, func(m *maker, w, b Item) {
			w.(*JiraIssue).Summary, b.(*JiraIssue).Summary = oddTitles[8], oddTitles[0]
			m.link("Blocks", w, b)
		}},
		{"across the trackers, named by handle, unscheduled", "Core", "Api", slotNext, slotBacklog, func(m *maker, w, b Item) { m.say(w, b, b.Handle()) }},
		{"dropped, yet waited for", "Web", "Core", slotActive, slotActive, func(m *maker, w, b Item) {
			m.link("Blocks", w, b)
			m.closed(b, m.wont)
		}},
		{"overdue", "Web", "Platform", slotNext, slotBacklog, func(m *maker, w, b Item) {
			m.overdue(b)
			m.connect(w, b)
		}},
		{"across the trackers, named by URL, out of order", "Api", "Core", slotNext, slotAfter, func(m *maker, w, b Item) { m.say(w, b, m.address(b)) }},
		{"planned for the same sprint", "Web", "Core", slotNext, slotNext, native},
		{"nobody's blocker", "Web", "", slotActive, slotBacklog, native},
		{"healthy: the blocker comes first", "Core", "Web", slotAfter, slotNext, native},
		{"said with the other direction's type", "Web", "Core", slotAfter, slotAfter, func(m *maker, w, b Item) { m.link("Depends", w, b) }},
		{"delivered", "Web", "Core", slotActive, slotActive, func(m *maker, w, b Item) {
			m.link("Blocks", w, b)
			m.closed(b, m.done)
		}},
		{"across the trackers, named by GitHub's URL, with a remote link", "Web", "Api", slotAfter, slotNext, func(m *maker, w, b Item) {
			m.say(w, b, m.address(b))
			m.remote(w.(*JiraIssue), b, "is blocked by")
		}},
		{"across the trackers, named by key", "Api", "Web", slotAfter, slotNext, func(m *maker, w, b Item) { m.say(w, b, b.Handle()) }},
		{"a duplicate of what is delivered", "Core", "Web", slotNext, slotNext, func(m *maker, w, b Item) {
			m.link("Blocks", w, b)
			m.duplicate(b, "Web", true)
		}},
		{"a duplicate of what is open", "Web", "Core", slotNext, slotNext, func(m *maker, w, b Item) {
			m.link("Requires", w, b)
			m.duplicate(b, "Core", false)
		}},
		{"known by its former key", "Core", "Web", slotNext, slotAfter, func(m *maker, w, b Item) {
			i := b.(*JiraIssue)
			m.say(w, b, m.formerly(i, m.product))
		}},
		{"told by the blocker", "Core", "Platform", slotAfter, slotActive, func(m *maker, w, b Item) { m.tell(b, "Blocks "+w.Handle()+".") }},
		{"waits for a pull request", "Core", "Platform", slotNext, slotBacklog, func(m *maker, w, b Item) {
			m.connect(w, b)
			if pr := m.pull(m.crews[2].repo, false); pr != nil {
				m.tell(w, "Depends on "+pr.Handle()+" and nothing else.")
			}
		}},
	}
}

// closed closes an item for a reason of Jira's.
func (m *maker) closed(it Item, why *Named) {
	switch i := it.(type) {
	case *JiraIssue:
		i.Status, i.Resolution, i.Resolved, i.Moved = m.s.Statuses[3], why, i.Updated, i.Updated
	case *GitHubIssue:
		i.Closed, i.ClosedAt, i.StateReason = true, i.Updated, Completed
		if why != m.done {
			i.StateReason = NotPlanned
		}
		m.status(i, "Done")
	}
}

// status sets the column of an issue's first card.
func (m *maker) status(i *GitHubIssue, name string) {
	if len(i.Items) > 0 && len(i.Items[0].Values) > 0 {
		i.Items[0].Values[0].Option = m.board.Field("Status").Option(name)
	}
}

// duplicate closes an item as a duplicate of another one of a crew, which is
// delivered or still open.
func (m *maker) duplicate(it Item, crew string, delivered bool) {
	i, ok := it.(*JiraIssue)
	original, both := m.spare(crew, delivered).(*JiraIssue)
	if !ok || !both || original == i {
		return
	}
	m.closed(i, m.s.Resolutions[2])
	m.join(m.s.LinkType("Duplicate"), i, original)
}

// formerly gives an issue a key that it had in another project.
func (m *maker) formerly(i *JiraIssue, p *Project) string {
	p.last++
	old := fmt.Sprintf("%s-%d", p.Key, p.last)
	i.OldKeys = append(i.OldKeys, old)
	m.s.issueByKey[old] = i
	return old
}

func (m *maker) overdue(b Item) {
	if i, ok := b.(*JiraIssue); ok {
		i.Due = m.now.AddDate(0, 0, -9).Format(time.DateOnly)
		i.Status = m.s.Statuses[1]
	}
}

// address is the page of an item.
func (m *maker) address(it Item) string {
	if i, ok := it.(*GitHubIssue); ok {
		return fmt.Sprintf("%s/%s/issues/%d", m.o.GitHubURL, i.Repo.FullName(), i.Number)
	}
	return m.o.JiraURL + "/browse/" + it.Handle()
}

// remote links a Jira issue to a page on GitHub.
func (m *maker) remote(i *JiraIssue, to Item, relationship string) {
	url := m.address(to)
	title := to.Handle()
	i.Remote = append(i.Remote, &RemoteLink{ID: m.s.id("remote", 10000), GlobalID: url, Relationship: relationship, URL: url, Title: title, Resolved: !pending(to)})
}
