package world

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// odd gives some items what real trackers hold and well-kept ones should not:
// from 300 items on every kind of it at least once.
func (m *maker) odd() {
	n := m.o.Items
	m.titles(max(n/100, 1))
	if n < 300 {
		return
	}
	often := func(per int) int { return max(1, n/per) }
	m.aloneJira(func(i *JiraIssue) { i.Type = m.s.Types[5] }) // a spike, whatever chance says
	m.putAway()
	m.strange(often(75))
	m.large()
	for range often(2000) {
		m.aloneJira(func(i *JiraIssue) { i.Summary = "" })
	}
	for k := range often(60) {
		m.unresolved([]Tracker{Jira, GitHub}[k%2])
	}
	m.wanderers(often(150))
	m.moved(often(150))
	m.shut(often(250))
	for range often(100) {
		m.anyJira(func(i *JiraIssue) {
			m.remote(i, m.any(GitHub), pick(m, []string{"mentioned in", "relates to", "Wiki Page", ""}))
		})
		m.decoy(m.any(pick(m, []Tracker{Jira, GitHub})), m.any(Jira).Handle())
	}
}

// any draws a story that bears no dependency.
func (m *maker) any(t Tracker) Item {
	for {
		var it Item
		if t == Jira {
			it = pick(m, m.s.Jira)
		} else {
			it = pick(m, pick(m, []*Repo{m.crews[2].repo, m.crews[3].repo}).Issues)
		}
		if i, ok := it.(*JiraIssue); ok && (i.Project == m.outside || i.Project == m.hidden) {
			continue
		}
		if isStory(it) && !m.touched[it] && !m.s.IsHome(it) {
			return it
		}
	}
}

// alone draws a story that no later oddity takes, which would undo what it has.
func (m *maker) alone(t Tracker) Item {
	it := m.any(t)
	m.touched[it] = true
	return it
}

func (m *maker) aloneJira(f func(i *JiraIssue)) { f(m.alone(Jira).(*JiraIssue)) }

func (m *maker) anyJira(f func(i *JiraIssue)) { f(m.any(Jira).(*JiraIssue)) }

// titles lets the first four of them be those that any world should have.
func (m *maker) titles(count int) {
	for k := range count {
		title := oddTitles[[]int{5, 4, 3, 7, 1, 2, 6, 9, 10, 11, 0, 8}[k%len(oddTitles)]]
		switch i := m.alone([]Tracker{Jira, Jira, GitHub}[k%3]).(type) {
		case *JiraIssue:
			i.Summary = title
		case *GitHubIssue:
			i.Title = title
		}
	}
}

// strange descriptions: control characters, other scripts and directions, other
// ends of line.
func (m *maker) strange(count int) {
	for k := range count {
		text := oddTexts[k%len(oddTexts)]
		switch i := m.alone([]Tracker{Jira, GitHub}[k/len(oddTexts)%2]).(type) {
		case *JiraIssue:
			i.Description = text
		case *GitHubIssue:
			i.Body = text
		}
	}
}

var oddTexts = []string{
	"stack trace:\u0000\u0001\u0002\u0007\u0008\u001b[1;31m at line 7\u001b[0m\r\n\u000b\u000c done\u007f\u0085",
	"يجب أن تكتمل عملية الدفع في أقل من دقيقة.\n\nهذا النص من اليمين إلى اليسار، والسعر 12,50 € داخله.",
	"購入手続きは一分以内に完了すること。\n\n・クーポンが使える\n・領収書がメールで届く\n\n结账时必须显示含税价格。",
	"Nice 🎉👩‍👩‍👧‍👦🏳️‍🌈 e\u0301 zero\u200bwidth\u200d joiner \ufeff mark",
	"one\r\ntwo\rthree\u2028four\u2029five\tsix",
	"a\u202egnp.exe\u202c b \u2066isolated\u2069 c",
	strings.Repeat("word", 900),
	"{code}\nnever closed\n\n```\nnever closed either\n\n|| table | broken\n",
}

// large gives two items of a thousand a text beyond 32,767 characters, what Jira
// takes in a comment; from 10,000 items on the largest has 1.1 MB. GitHub takes
// 65,536. Items share the texts, so that a million hold a few megabytes of them.
func (m *maker) large() {
	jira := []int{33_000, 36_000, 41_000, 52_000, 70_000, 98_000}
	if m.o.Items >= 3_000 {
		jira = append(jira, 160_000, 410_000)
	}
	var wiki, mark []string
	for _, size := range jira {
		wiki = append(wiki, m.log(size))
	}
	for _, size := range []int{34_000, 65_500} {
		mark = append(mark, m.log(size))
	}
	if m.o.Items >= 10_000 {
		m.aloneJira(func(i *JiraIssue) { i.Description = m.log(1_100_000) })
	}
	for k := range (m.o.Items + 499) / 500 {
		if k%4 == 3 {
			m.alone(GitHub).(*GitHubIssue).Body = mark[k/4%len(mark)]
			continue
		}
		m.aloneJira(func(i *JiraIssue) { i.Description = wiki[k%len(wiki)] })
	}
}

// log is what people paste, of so many characters.
func (m *maker) log(size int) string {
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		mark := "observed"
		if n == 0 {
			mark, size = "наблюдение", size+10
		}
		fmt.Fprintf(&b, "%08d %s 0x%04x - %s\n", n, pick(m, criteria), m.r.IntN(1<<16), mark)
	}
	return b.String()[:size]
}

// unresolved closes an item as people do who leave the reason out: no resolution in
// Jira; on GitHub none was asked for before 2022. It was closed long ago.
func (m *maker) unresolved(t Tracker) {
	long := m.now.AddDate(0, 0, -42)
	for range 200 {
		switch i := m.any(t).(type) {
		case *JiraIssue:
			if i.Resolution == m.done && i.Resolved.Before(long) {
				i.Resolution, i.Resolved = nil, time.Time{}
				return
			}
		case *GitHubIssue:
			if i.Closed && i.StateReason == Completed && i.ClosedAt.Before(long) {
				i.StateReason = ""
				return
			}
		}
	}
}

// putAway archives the card of an issue that is closed.
func (m *maker) putAway() {
	for range 200 {
		if i := m.any(GitHub).(*GitHubIssue); i.Closed && len(i.Items) > 0 {
			i.Items[0].Archived = true
			return
		}
	}
}

// wanderers have been in many Sprints. One has been in 27, in small worlds in nine.
func (m *maker) wanderers(count int) {
	for k := 0; k < count; {
		i := m.any(Jira).(*JiraIssue)
		c := m.crewOf(i)
		if c == nil || len(c.sprints) == 0 {
			continue
		}
		most := 3 + m.skewed(12)
		if k == 0 {
			most = 27
			if m.o.Items < 3_000 {
				most = 9
			}
		}
		now := currentOf(i.Sprints)
		been := slices.Concat(m.old, c.sprints[:running-1])
		been = been[len(been)-min(max(most-len(now), 1), len(been)):]
		i.Sprints = slices.Concat(been, now)
		i.Created = earlier(i.Created, been[0].Start)
		m.touched[i] = true
		k++
	}
}

// currentOf are the Sprints that are not over.
func currentOf(list []*Sprint) (current []*Sprint) {
	for _, sp := range list {
		if sp.State != Closed {
			current = append(current, sp)
		}
	}
	return current
}

func (m *maker) crewOf(i *JiraIssue) *crew {
	for _, c := range m.crews {
		if c.project == i.Project {
			return c
		}
	}
	return nil
}

// moved items had another key before; GitHub's were in the other repository. Some
// numbers are of items that were deleted.
func (m *maker) moved(count int) {
	api, platform := m.crews[2].repo, m.crews[3].repo
	for k := range count {
		m.anyJira(func(i *JiraIssue) {
			for _, p := range []*Project{m.crews[k%2].project, m.product} {
				if p != i.Project {
					m.formerly(i, p)
					return
				}
			}
		})
		if i := m.any(GitHub).(*GitHubIssue); k%3 == 0 {
			from := map[*Repo]*Repo{api: platform, platform: api}[i.Repo]
			from.last++
			from.Moved[from.last] = i
			from.last++
			from.Gone[from.last] = true
			m.product.last++
		}
	}
}

// shut items are archived, or bear a security level: one that the account belongs
// to, and one that it does not.
func (m *maker) shut(count int) {
	people := m.s.Users[3:]
	for range count {
		m.aloneJira(func(i *JiraIssue) {
			i.Archived, i.aside().Archived = true, i.Updated
		})
		m.aloneJira(func(i *JiraIssue) {
			level := m.s.LevelOf(i.Project, "Insiders")
			level.Members = append([]*User{m.s.JiraBot}, people...)
			i.aside().Level = level
		})
		m.aloneJira(func(i *JiraIssue) {
			level := m.s.LevelOf(i.Project, "Leads")
			level.Members = people[:4]
			i.aside().Level = level
		})
	}
}
