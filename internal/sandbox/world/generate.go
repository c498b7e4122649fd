package world

import (
	"math/rand/v2"
	"slices"
	"time"
	_ "time/tzdata" // people's zones are known on every machine
)

// Options choose a generated world.
type Options struct {
	Seed      uint64           // the same seed, size and moment make the same world
	Items     int              // 100 to 1,000,000, both trackers together; defaults to 300
	Now       func() time.Time // defaults to the real clock
	JiraURL   string           // as texts name it; defaults to https://acme.atlassian.net
	GitHubURL string           // likewise; defaults to https://github.com
}

// Generate makes a product that lives on both trackers: two teams in Jira, one
// in GitHub, one on both, and what they owe each other. Every date is laid
// around Options.Now: the running sprint is the sixth.
func Generate(o Options) *World {
	w := New(o.Now)
	o.Items = min(max(o.Items, 100), 1_000_000)
	if o.JiraURL == "" {
		o.JiraURL = "https://acme.atlassian.net"
	}
	if o.GitHubURL == "" {
		o.GitHubURL = "https://github.com"
	}
	m := &maker{s: w.state, o: o, r: rand.New(rand.NewPCG(o.Seed, 0x57a7a)), now: w.state.Now(), free: map[slotKey][]Item{}, heads: map[headKey][]*epic{}}
	m.s.seed = o.Seed
	m.people()
	m.lists()
	m.sprints()
	m.homes()
	m.epics()
	m.beyond()
	m.stories()
	m.weave()
	m.extras()
	m.odd()
	m.chatter()
	m.stakeholder()
	slices.SortFunc(m.s.Jira, func(a, b *JiraIssue) int { return int(a.ID - b.ID) })
	m.describe()
	m.s.forget()
	m.s.Version++ // what is there now is where every list begins
	return w
}

// maker holds what the making of a world needs and the world does not.
type maker struct {
	s   *State
	o   Options
	r   *rand.Rand
	now time.Time

	first   time.Time // Sprint 1's first day
	crews   []*crew
	product *Project
	done    *Named
	wont    *Named
	board   *GitHubProject
	heads   map[headKey][]*epic
	free    map[slotKey][]Item
	touched map[Item]bool // bears a dependency, or something odd that must stay
	wiki    []string      // descriptions, drawn from
	mark    []string
	old     []*Sprint // of a board that is no longer used, the oldest first

	outside, hidden *Project // beyond the product: seen by the account, and not
	vendor, secret  *Repo    // likewise
}

// crew is a team while the world is made.
type crew struct {
	Team
	short    string
	project  *Project // nil: not in Jira
	repo     *Repo    // nil: not in GitHub
	sprints  []*Sprint
	members  []*User
	share    int // of a hundred items
	inGitHub int // of a hundred of the crew's items
}

// A slot is where an item stands in time, seen from the running sprint.
const (
	slotOld = iota - 2 // a closed sprint before the last
	slotLast
	slotActive
	slotNext
	slotAfter
	slotBacklog
	slotPast // of what is closed, whenever it was
)

type slotKey struct {
	crew string
	slot int
}

// running is the number of the sprint in which Now falls.
const running = 6

func (m *maker) chance(percent int) bool { return m.r.IntN(100) < percent }

func pick[T any](m *maker, list []T) T { return list[m.r.IntN(len(list))] }

// ago is a moment in the past, between two numbers of days.
func (m *maker) ago(from, to int) time.Time {
	span := time.Duration(to-from) * 24 * time.Hour
	return m.now.Add(-time.Duration(from)*24*time.Hour - time.Duration(m.r.Int64N(int64(span)+1)))
}

// homes makes the home items: one of the product, one of each team.
func (m *maker) homes() {
	home := func(title string) string {
		return "h2. Home of " + title + "\n\nAgendas and briefs are posted here.\n"
	}
	p := m.jira(m.product, m.s.typeAt(1), "Shop: home of the product", home("the product"), m.ago(150, 160))
	m.s.calendar.Home = map[Tracker]string{Jira: p.Key}
	r := m.jira(m.product, m.s.typeAt(1), "Shop: Sprint Reviews", "h2. Sprint Reviews of the product\n\nOne review for each Sprint. Everybody may comment.\n", m.ago(140, 150))
	m.s.calendar.Review = map[Tracker]string{Jira: r.Key}
	for _, c := range m.crews {
		c.Home = map[Tracker]string{}
		if c.project != nil {
			i := m.jira(c.project, m.s.typeAt(0), c.Name+": home of the team", home("team "+c.Name), m.ago(140, 150))
			i.Components, i.Labels = c.Components, c.Labels
			c.Home[Jira] = i.Key
			continue
		}
		i := m.github(c.repo, c.Name+": home of the team", "## Home of team "+c.Name+"\n\nAgendas and briefs are posted here.\n", m.ago(140, 150))
		m.card(i, c, slotBacklog, 0, nil)
		c.Home[GitHub] = i.Handle()
	}
}

// describe fills in the calendar for the writer of a configuration.
func (m *maker) describe() {
	c := &m.s.calendar
	c.TimeZone, c.First, c.Every = "Europe/Berlin", m.first, 14
	c.Goal, c.GoalURL = "Checkout in under a minute", m.o.JiraURL+"/browse/"+c.Home[Jira]
	c.JiraURL, c.GitHubURL = m.o.JiraURL, m.o.GitHubURL
	c.Projects = append(c.Projects, m.product.Key)
	for _, t := range m.crews {
		if t.project != nil {
			c.Projects = append(c.Projects, t.project.Key)
		}
		if t.repo != nil {
			c.Repos = append(c.Repos, t.repo.FullName())
		}
	}
	c.Boards = []string{"acme/7"}
	c.Objectives = []Objective{{"Faster checkout", "obj-checkout"}, {"Trusted payments", "obj-trust"}, {"More countries", "obj-reach"}}
	for _, t := range m.crews {
		c.Teams = append(c.Teams, t.Team)
	}
}
