package world

import "fmt"

// epics makes one epic for two hundred items, as real trackers have them, and in
// small worlds as many as a product needs; two in three are in Jira.
// Which teams contribute, and when, follows from its number.
func (m *maker) epics() {
	api := m.crews[2]
	contribute := map[bool][][]string{
		false: {{"Web", "Core"}, {"Web"}, {"Core", "Platform"}, {"Web", "Core", "Platform"}},
		true:  {{"Api", "Platform"}, {"Api"}},
	}
	count := map[bool]int{}
	for n := range max(m.o.Items/200, min(4+m.o.Items/100, 6)) {
		t := &themes[n%len(themes)]
		title := t.title
		if round := n / len(themes); round > 0 {
			title += fmt.Sprintf(", part %d", round+1)
		}
		onGitHub := n%3 == 2
		e := &epic{theme: t, later: n%5 == 4, left: mostChildren}
		lists := contribute[onGitHub]
		e.crews = lists[count[onGitHub]%len(lists)]
		count[onGitHub]++
		if onGitHub {
			i := m.github(api.repo, title, t.about(n, true), m.ago(60, 140))
			i.Type, i.Labels = m.s.GitHubTypes[3], []*Label{m.s.LabelIn(api.repo, t.objective)}
			m.card(i, api, slotBacklog, 0, nil)
			e.item, e.left = i, 95
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
	left  int  // children it may still get
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

// mostChildren is how many children the largest epic has; GitHub allows a hundred
// sub-issues.
const mostChildren = 117

// above draws the epic of a story, and what the story is about. Most stories have
// none; epics get about 25 children, a few many more, in small worlds about 15.
func (m *maker) above(c *crew, onGitHub bool, slot int) (*epic, *theme) {
	list := m.heads[headKey{c.Name, onGitHub, slot == slotBacklog}]
	per := 25
	if m.o.Items < 1_000 {
		per = 18
	}
	epics := max(m.o.Items/200, min(4+m.o.Items/100, 6))
	if len(list) > 0 && m.r.IntN(m.o.Items) < min(per*epics*3/2, m.o.Items*2/3) {
		e := list[m.skewed(len(list))]
		if e.left > 0 {
			e.left--
			return e, e.theme
		}
	}
	return nil, &themes[m.r.IntN(len(themes))]
}

// skewed draws a place in a list of n, the first ones far more often.
func (m *maker) skewed(n int) int {
	u := m.r.Float64()
	if n < 5 {
		return int(float64(n) * u)
	}
	return int(float64(n) * u * u * u)
}
