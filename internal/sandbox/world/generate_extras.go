package world

import (
	"slices"
	"time"
)

// extras makes what is no dependency: duplicates, clones, relations, pull
// requests and drafts.
func (m *maker) extras() {
	m.relations()
	for k := range max(m.o.Items/100, 1) {
		m.pull(pick(m, []*Repo{m.crews[2].repo, m.crews[3].repo}), k%2 == 0)
		at := m.ago(1, 20).Truncate(time.Second)
		d := &DraftIssue{ID: m.s.id("draft", 9_500_001), Title: "Idea: " + pick(m, what), Author: pick(m, m.s.Users[3:]), Created: at, Updated: at}
		m.s.AddCard(m.board, nil, d, d.Author)
	}
	if m.o.Items >= 300 {
		m.s.AddCard(m.board, nil, nil, nil).Redacted = true
	}
}

// pull makes a pull request, which counts as no item; every fourth one is on the
// board.
func (m *maker) pull(r *Repo, merged bool) *GitHubIssue {
	pr := m.github(r, pick(m, themes).stories[0], "", m.ago(1, 60))
	pr.PullRequest = true
	if merged {
		pr.Closed, pr.ClosedAt, pr.Merged = true, pr.Updated, pr.Updated
	}
	if m.chance(25) {
		m.s.AddCard(m.board, pr, nil, pr.Author)
	}
	return pr
}

// relations are the links that are no dependency, three for ten issues with those
// that are: 8,922 links in 29,057 issues of a real site. One issue has far more
// than all others.
func (m *maker) relations() {
	names := []string{}
	for _, of := range []struct {
		name  string
		share int
	}{{"Relates", 40}, {"Cloners", 14}, {"Duplicate", 12}, {"Problem/Incident", 9}, {"Issue split", 8}, {"Test", 7}, {"Documentation", 4}, {"Implements", 4}, {"Blocked", 2}} {
		for range of.share {
			names = append(names, of.name)
		}
	}
	stories := func() *JiraIssue {
		for range 8 {
			if i := pick(m, m.s.Jira); i.Type.Level == 0 && !m.s.IsHome(i) {
				return i
			}
		}
		return nil
	}
	if all := stories(); all != nil && m.o.Items >= 300 {
		all.Summary = "Everything that goes into the next release"
		for len(all.Links) < min(325, m.o.Items/12) {
			if b := stories(); b != nil && b != all {
				m.join(m.s.LinkType("Relates"), all, b)
			}
		}
	}
	for k := 0; len(m.s.links) < m.o.Items*30/100; k++ {
		name := pick(m, names)
		if k < len(generatedLinkTypes) && m.o.Items >= 300 && slices.Contains(names, generatedLinkTypes[k][0]) {
			name = generatedLinkTypes[k][0] // each of them once
		}
		if a, b := stories(), stories(); a != nil && b != nil && a != b && len(a.Links) < 12 {
			m.join(m.s.LinkType(name), a, b)
		}
	}
}

// subtask puts a sub-task under the youngest Jira story.
func (m *maker) subtask() bool {
	parent := m.s.Jira[len(m.s.Jira)-1]
	if parent.Type.Level != 0 || parent.Project == m.product || parent.Project == m.outside || parent.Project == m.hidden || !pending(parent) {
		return false
	}
	i := m.jira(parent.Project, m.s.Types[4], "Test: it "+pick(m, criteria), "", m.ago(1, 3))
	i.Parent, i.Labels, i.Components = parent, parent.Labels, parent.Components
	parent.Children = append(parent.Children, i)
	return true
}

var remarks = []string{"Looks good to me.", "Can we split this?", "Depends on what the auditor says.", "Moved to the next sprint, sorry.",
	"ACK, thanks!", "See the notes of our refinement.", "這個需要再討論", "+1", "هل هذا جاهز للمراجعة؟", "Log: \u0001\u001b[31mfailed\u001b[0m\u0007", "🎉🚢"}

// chatter lets people talk on one item in eight. Of some nobody remembers who said
// it: their account is gone.
func (m *maker) chatter() {
	said := 0
	for _, t := range []Tracker{Jira, GitHub} {
		for _, it := range m.s.All(t) {
			if m.chance(88) {
				continue
			}
			for range 1 + m.r.IntN(3) {
				c := m.remark(it)
				if said++; m.o.Items >= 300 && said%60 == 7 {
					c.Author = nil
				}
			}
		}
	}
}

func (m *maker) remark(it Item) *Comment {
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
	return c
}
