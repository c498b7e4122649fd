package world

import (
	"fmt"
	"time"
)

var firstNames = []string{"Ada", "Ben", "Chen", "Dina", "Emre", "Fay", "Goran", "Hana", "Ivo", "Jun", "Kai", "Lea",
	"Mia", "Noor", "Olu", "Pia", "Quinn", "Rosa", "Sami", "Tove", "Uma", "Vik", "Wen", "Yara"}

var zones = []string{"Europe/Berlin", "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kathmandu", "Asia/Tokyo"}

// people makes the crews, their members and the daemon's two accounts.
func (m *maker) people() {
	m.s.JiraBot = m.s.AddUser(&User{Login: "strata-bot", AccountID: "712020:strata-bot", Key: "JIRAUSER10900", Name: "Strata",
		Email: "bot@acme.example", TimeZone: "Europe/Berlin", Bot: true, ID: 9_000_900})
	m.s.GitHubBot = m.s.AddUser(&User{Login: "strata-acme", Name: "Strata", Kind: "User", Bot: true, ID: 9_000_901})
	m.s.Orgs = []*User{m.s.AddUser(&User{Login: "acme", Name: "Acme", Kind: "Organization", ID: 9_000_902})}
	m.crews = []*crew{
		{Team: Team{Name: "Web", TimeZone: "Europe/Berlin", Planning: "sprint", Components: []string{"Web"}}, short: "WEB", share: 34},
		{Team: Team{Name: "Core", TimeZone: "Europe/Berlin", Planning: "sprint", Labels: []string{"team-core"}}, short: "CORE", share: 28},
		{Team: Team{Name: "Api", TimeZone: "Europe/London", Planning: "sprint", Field: []string{"Api"}, Repos: []string{"acme/api"}}, share: 26, inGitHub: 100},
		{Team: Team{Name: "Platform", TimeZone: "Europe/Berlin", Planning: "flow", Components: []string{"Platform"}, Field: []string{"Platform"},
			Repos: []string{"acme/platform"}}, short: "PLAT", share: 12, inGitHub: 50},
	}
	for n, name := range firstNames {
		u := m.s.AddUser(&User{Login: lower(name), AccountID: fmt.Sprintf("5f%022x", 0xabc0+n), Key: fmt.Sprintf("JIRAUSER%d", 10100+n),
			Name: name + " " + string(rune('A'+n)) + ".", TimeZone: zones[n%len(zones)]})
		c := m.crews[n%len(m.crews)]
		c.members = append(c.members, u)
	}
}

// stakeholder is who may comment and not edit. She comes last and writes nothing
// by herself, so that the world is otherwise the same.
func (m *maker) stakeholder() {
	m.s.AddUser(&User{Login: "zoe", AccountID: "5f00000000000000000000zoe", Key: "JIRAUSER10800", Name: "Zoe Z.", TimeZone: "Europe/Berlin", Role: Reader, ID: 9_000_903})
}

// lists makes the trackers' catalogues, as a new site has them.
func (m *maker) lists() {
	s := m.s
	s.Types = []*IssueType{{ID: 10000, Name: "Epic", Level: 1}, {ID: 10001, Name: "Story"}, {ID: 10002, Name: "Task"},
		{ID: 10003, Name: "Bug"}, {ID: 10004, Name: "Sub-task", Level: -1, Subtask: true}, {ID: 10005, Name: "Spike"}}
	s.Statuses = []*Status{{ID: 10000, Name: "To Do", Category: "new"}, {ID: 3, Name: "In Progress", Category: "indeterminate"},
		{ID: 10010, Name: "In Review", Category: "indeterminate"}, {ID: 10002, Name: "Done", Category: "done"}}
	for n, name := range []string{"Done", "Won't Do", "Duplicate", "Cancelled", "Declined"} {
		s.Resolutions = append(s.Resolutions, &Named{ID: int64(10000 + n), Name: name})
	}
	m.done, m.wont = s.Resolutions[0], s.Resolutions[1]
	for n, name := range []string{"Highest", "High", "Medium", "Low", "Lowest"} {
		s.Priorities = append(s.Priorities, &Named{ID: int64(n + 1), Name: name})
	}
	for series, next := range map[string]int64{"type": 10006, "status": 10011, "resolution": 10005} {
		s.reserve(series, next)
	}
	for _, t := range generatedLinkTypes {
		s.AddLinkType(t[0], t[1], t[2])
	}
	s.Fields = generatedFields()
	m.product = m.project("SHOP", "Shop", "Web", "Platform")
	for _, c := range m.crews {
		if c.short != "" {
			c.project = m.project(c.short, c.Name, c.Components...)
		}
		for _, full := range c.Repos {
			c.repo = s.furnishRepo(s.AddRepo("acme", full[len("acme/"):]))
		}
	}
	for n, name := range []string{"Task", "Bug", "Feature", "Epic"} {
		s.GitHubTypes = append(s.GitHubTypes, &GitHubType{ID: int64(24_000_001 + n), Name: name})
	}
}

// generatedLinkTypes are thirteen, as at a site that has lived: spoken by either
// side, symmetric ones, and one of which nobody can tell who waits.
var generatedLinkTypes = [][3]string{ // name, inward, outward
	{"Blocks", "is blocked by", "blocks"}, {"Cloners", "is cloned by", "clones"}, {"Duplicate", "is duplicated by", "duplicates"},
	{"Relates", "relates to", "relates to"}, {"Depends", "is depended on by", "depends on"}, {"Requires", "is required by", "requires"},
	{"Gantt", "has to be done after", "has to be done before"}, {"Blocked", "Blocked", "Blocked"}, {"Problem/Incident", "is caused by", "causes"},
	{"Issue split", "split from", "split to"}, {"Test", "is tested by", "tests"}, {"Documentation", "is documented by", "documents"},
	{"Implements", "is implemented by", "implements"},
}

func (m *maker) project(key, name string, components ...string) *Project {
	p := &Project{ID: m.s.id("project", 10000), Key: key, Name: name, Kind: "software"}
	for _, c := range components {
		p.Components = append(p.Components, Component{ID: m.s.id("component", 10100), Name: c})
	}
	m.s.Projects = append(m.s.Projects, p)
	return p
}

// sprints lays two-week sprints around now: five closed, one running, three to
// come, each team's on a board of its own; and the iterations of the board in
// GitHub, on the same days.
func (m *maker) sprints() {
	berlin := (&User{TimeZone: "Europe/Berlin"}).Location()
	today := m.now.In(berlin)
	monday := time.Date(today.Year(), today.Month(), today.Day()-(int(today.Weekday())+6)%7, 0, 0, 0, 0, berlin)
	m.first = monday.AddDate(0, 0, -14*(running-1)-7*m.r.IntN(2))
	day := func(n int) time.Time { return m.first.AddDate(0, 0, 14*(n-1)) }
	for _, c := range m.crews {
		if c.project == nil {
			continue
		}
		b := &Board{ID: m.s.id("board", 1), Name: c.Name + " board", Kind: "scrum", Project: c.project}
		m.s.Boards = append(m.s.Boards, b)
		if c.Planning == "flow" {
			b.Kind = "kanban"
			continue
		}
		for n := 1; n <= running+3; n++ {
			sp := &Sprint{ID: m.s.id("sprint", 1), Name: fmt.Sprintf("%s Sprint %d", c.Name, n), State: Future, Board: b.ID,
				Start: day(n).Add(8 * time.Hour).UTC(), End: day(n).AddDate(0, 0, 11).Add(18 * time.Hour).UTC()}
			if list := boardGoals[c.Name]; n <= running || n == running+1 && c.Name == "Web" { // one team proposes its next goal already
				sp.Goal = list[n%len(list)]
			}
			if n < running {
				sp.State, sp.Complete = Closed, sp.End.Add(20*time.Minute)
			}
			if n == running {
				sp.State = Active
			}
			b.Sprints = append(b.Sprints, sp)
			m.s.Sprints = append(m.s.Sprints, sp)
		}
		c.sprints = b.Sprints
	}
	m.formerBoard(day)
	m.githubBoard(day)
}

// formerSprints were held on a board that is no longer used.
const formerSprints = 24

// formerBoard is where the product was planned before its teams had boards of
// their own. Some issues have been in its Sprints, and in others since.
func (m *maker) formerBoard(day func(int) time.Time) {
	if m.o.Items < 300 {
		return
	}
	b := &Board{ID: m.s.id("board", 1), Name: "Shop until " + m.first.Format("January 2006"), Kind: "scrum", Project: m.crews[0].project, retired: true}
	m.s.Boards = append(m.s.Boards, b)
	for n := 1; n <= formerSprints; n++ {
		start := day(n - formerSprints)
		sp := &Sprint{ID: m.s.id("sprint", 1), Name: fmt.Sprintf("Release %d", n), State: Closed, Board: b.ID, Start: start.Add(8 * time.Hour).UTC(), End: start.AddDate(0, 0, 11).Add(18 * time.Hour).UTC()}
		sp.Complete = sp.End.Add(20 * time.Minute)
		b.Sprints = append(b.Sprints, sp)
		m.s.Sprints = append(m.s.Sprints, sp)
	}
	m.old = b.Sprints
}

func (m *maker) githubBoard(day func(int) time.Time) {
	p := &GitHubProject{ID: 16_000_007, Owner: "acme", Number: 7, Title: "Shop", Updated: m.now.Truncate(time.Second)}
	field := func(name, typ string) *ProjectField {
		f := &ProjectField{ID: m.s.id("field", 190_000_001), Name: name, Type: typ, Project: p}
		p.Fields = append(p.Fields, f)
		return f
	}
	options := func(f *ProjectField, names ...string) {
		colors := []string{"GRAY", "YELLOW", "ORANGE", "GREEN"}
		for n, name := range names {
			f.Options = append(f.Options, &Option{ID: fmt.Sprintf("%08x", uint32(f.ID)*31+uint32(n)), Name: name, Color: colors[n%4]})
		}
	}
	field("Title", "TITLE")
	field("Assignees", "ASSIGNEES")
	options(field("Status", "SINGLE_SELECT"), "Todo", "In Progress", "In Review", "Done")
	field("Labels", "LABELS")
	field("Repository", "REPOSITORY")
	field("Milestone", "MILESTONE")
	it := field("Iteration", "ITERATION")
	field("Estimate", "NUMBER")
	options(field("Team", "SINGLE_SELECT"), "Api", "Platform")
	for n := 1; n <= running+3; n++ {
		d := day(n)
		it.Iterations = append(it.Iterations, &Iteration{ID: fmt.Sprintf("%08x", 0x5a000000+n), Title: fmt.Sprintf("Sprint %d", n), Days: 14,
			Start: time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)})
	}
	m.s.furnish(p)
	m.board = p
	m.s.GitHubProjects = []*GitHubProject{p}
}

// generatedFields are the fields of a new Cloud site that anybody reads.
func generatedFields() []*FieldDef {
	jsw := "com.pyxis.greenhopper.jira:"
	out := systemFields()
	return append(out,
		&FieldDef{ID: SprintFieldID, Name: "Sprint", Custom: jsw + "gh-sprint", Type: "array", Items: "json"},
		&FieldDef{ID: PointsFieldID, Name: "Story Points", Custom: "com.atlassian.jira.plugin.system.customfieldtypes:float", Type: "number"},
		&FieldDef{ID: EpicLinkFieldID, Name: "Epic Link", Custom: jsw + "gh-epic-link", Type: "any"},
		&FieldDef{ID: "customfield_10011", Name: "Epic Name", Custom: jsw + "gh-epic-label", Type: "string"},
		&FieldDef{ID: "customfield_10021", Name: "Flagged", Custom: "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes", Type: "array", Items: "option"},
		&FieldDef{ID: RankFieldID, Name: "Rank", Custom: jsw + "gh-lexo-rank", Type: "any"},
		&FieldDef{ID: TeamFieldID, Name: "Team", Custom: "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team", Type: "team"},
	)
}

func systemFields() []*FieldDef {
	var out []*FieldDef
	for _, f := range [][3]string{
		{"summary", "Summary", "string"}, {"status", "Status", "status"}, {"resolution", "Resolution", "resolution"},
		{"issuetype", "Issue Type", "issuetype"}, {"project", "Project", "project"}, {"priority", "Priority", "priority"},
		{"parent", "Parent", "any"}, {"assignee", "Assignee", "user"}, {"reporter", "Reporter", "user"}, {"creator", "Creator", "user"},
		{"labels", "Labels", "array"}, {"components", "Components", "array"}, {"fixVersions", "Fix versions", "array"},
		{"issuelinks", "Linked Issues", "array"}, {"subtasks", "Sub-tasks", "array"}, {"comment", "Comment", "comments-page"},
		{"description", "Description", "string"}, {"duedate", "Due date", "date"}, {"created", "Created", "datetime"},
		{"updated", "Updated", "datetime"}, {"resolutiondate", "Resolved", "datetime"}, {"watches", "Watchers", "watches"},
		{"statuscategorychangedate", "Status Category Changed", "datetime"}, {"environment", "Environment", "string"},
		{"versions", "Affects versions", "array"}, {"security", "Security Level", "securitylevel"}, {"votes", "Votes", "votes"},
		{"attachment", "Attachment", "array"}, {"worklog", "Log Work", "array"}, {"timetracking", "Time tracking", "timetracking"},
		{"timespent", "Time Spent", "number"}, {"workratio", "Work Ratio", "number"}, {"lastViewed", "Last Viewed", "datetime"},
	} {
		out = append(out, &FieldDef{ID: f[0], Name: f[1], Type: f[2]})
	}
	return out
}
