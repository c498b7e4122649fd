package world

import "fmt"

// epics makes about one epic for twenty items, two in three of them in Jira.
// Which teams contribute, and when, follows from its number.
func (m *maker) epics() {
	api := m.crews[2]
	contribute := map[bool][][]string{
		false: {{"Web", "Core"}, {"Web"}, {"Core", "Platform"}, {"Web", "Core", "Platform"}},
		true:  {{"Api", "Platform"}, {"Api"}},
	}
	count := map[bool]int{}
	for n := range max(m.o.Items/20, 4) {
		t := &themes[n%len(themes)]
		title := t.title
		if round := n / len(themes); round > 0 {
			title += fmt.Sprintf(", part %d", round+1)
		}
		onGitHub := n%3 == 2
		e := &epic{theme: t, later: n%5 == 4}
		lists := contribute[onGitHub]
		e.crews = lists[count[onGitHub]%len(lists)]
		count[onGitHub]++
		if onGitHub {
			i := m.github(api.repo, title, t.about(n, true), m.ago(60, 140))
			i.Type, i.Labels = m.s.GitHubTypes[3], []*Label{m.s.LabelIn(api.repo, t.objective)}
			m.card(i, api, slotBacklog, 0, nil)
			e.item = i
		} else {
			i := m.jira(m.product, m.s.Types[0], title, t.about(n, false), m.ago(60, 140))
			i.Labels, i.Reporter = []string{t.objective}, pick(m, m.s.Users[3:])
			if m.chance(60) {
				i.Assignee = pick(m, m.s.Users[3:])
			}
			e.item = i
		}
		m.epicsOf(e)
	}
}

// epic is one while its stories are made.
type epic struct {
	item  Item
	theme *theme
	crews []string
	later bool // its stories are not planned yet
}

// headKey groups epics by who contributes, where, and when.
type headKey struct {
	crew     string
	onGitHub bool
	later    bool
}

func (m *maker) epicsOf(e *epic) {
	for _, c := range e.crews {
		k := headKey{c, e.item.Tracker() == GitHub, e.later}
		m.heads[k] = append(m.heads[k], e)
	}
}

// above draws the epic of a story, and what the story is about.
func (m *maker) above(c *crew, onGitHub bool, slot int) (*epic, *theme) {
	list := m.heads[headKey{c.Name, onGitHub, slot == slotBacklog}]
	if len(list) == 0 || m.chance(25) {
		return nil, &themes[m.r.IntN(len(themes))]
	}
	e := pick(m, list)
	return e, e.theme
}
