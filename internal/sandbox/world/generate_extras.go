package world

import (
	"time"
)

// extras makes what is no dependency: duplicates, clones, relations, pull
// requests and drafts.
func (m *maker) extras() {
	n := len(m.s.Jira)
	for range n / 20 {
		a, b := pick(m, m.s.Jira), pick(m, m.s.Jira)
		if a == b || len(a.Links) > 0 || a.Type.Level > 0 {
			continue
		}
		m.join(m.s.LinkType(pick(m, []string{"Relates", "Relates", "Duplicate", "Cloners"})), a, b)
	}
	for k := range max(m.o.Items/100, 1) {
		r := pick(m, m.s.Repos)
		pr := m.github(r, pick(m, themes).stories[0], "", m.ago(1, 60))
		pr.PullRequest = true
		if k%2 == 0 {
			pr.Closed, pr.ClosedAt, pr.Merged = true, pr.Updated, pr.Updated
		}
		at := m.ago(1, 20).Truncate(time.Second)
		d := &DraftIssue{ID: m.s.id("draft", 9_500_001), Title: "Idea: " + pick(m, what), Author: pick(m, m.s.Users[3:]), Created: at, Updated: at}
		m.s.AddCard(m.board, nil, d, d.Author)
	}
}

// subtask puts a sub-task under the youngest Jira story.
func (m *maker) subtask() bool {
	parent := m.s.Jira[len(m.s.Jira)-1]
	if parent.Type.Level != 0 || parent.Project == m.product || StateOf(parent) != "open" {
		return false
	}
	i := m.jira(parent.Project, m.s.Types[4], "Test: it "+pick(m, criteria), "", m.ago(1, 3))
	i.Parent, i.Labels, i.Components = parent, parent.Labels, parent.Components
	parent.Children = append(parent.Children, i)
	return true
}

var remarks = []string{"Looks good to me.", "Can we split this?", "Depends on what the auditor says.", "Moved to the next sprint, sorry.",
	"ACK, thanks!", "See the notes of our refinement.", "這個需要再討論", "+1"}

// chatter lets people talk on one item in eight.
func (m *maker) chatter() {
	for _, t := range []Tracker{Jira, GitHub} {
		for _, it := range m.s.All(t) {
			if m.chance(88) {
				continue
			}
			for range 1 + m.r.IntN(3) {
				m.remark(it)
			}
		}
	}
}

func (m *maker) remark(it Item) {
	created, series, from := time.Time{}, "comment-jira", int64(10500)
	switch i := it.(type) {
	case *JiraIssue:
		created = i.Updated
	case *GitHubIssue:
		created, series, from = i.Updated, "comment-github", 2_900_000_000
	}
	c := &Comment{ID: m.s.id(series, from), Author: pick(m, m.s.Users[3:]), Body: pick(m, remarks), Created: created, Updated: created}
	*it.thread() = append(*it.thread(), c)
	m.s.comments[it.Tracker()][c.ID] = place{it, c}
}
