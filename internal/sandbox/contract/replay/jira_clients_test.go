package replay

import (
	"fmt"
	"testing"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// Why some recorded answers are not to be believed.
const (
	wrongScheme = "the stub knew no such login"
	noStub      = "there was no stub for it"
	nothing     = "the stub had no example and answered null"
	strict      = "the stub held version 2 against the file of version 3"
	cloudPeople = "the stub of Data Center names people as Cloud does"
	oneForMany  = "the published file calls a page what is one issue"
)

// places are what the recordings of Jira name.
type places struct {
	epic, issue, second, label string
	board, sprint, later       int64 // the running Sprint, and one to come
}

// somewhere finds an epic with children in a project, two issues of the project, a label, and a Sprint.
func somewhere(s *stage, project string) (p places) {
	s.t.Helper()
	s.world.Read(func(st *world.State) {
		for _, i := range st.Jira {
			if i.Project.Key != project || i.Hidden || i.Archived || i.Locked || i.Type.Level != 0 {
				continue
			}
			switch {
			case p.issue == "":
				p.issue = i.Key
			case p.second == "":
				p.second = i.Key
			}
			if i.Parent != nil && i.Parent.Type.Level > 0 {
				p.epic = i.Parent.Key
			}
			if len(i.Labels) > 0 {
				p.label = i.Labels[0]
			}
		}
		for _, b := range st.Boards {
			if b.Kind != "scrum" || b.Project == nil || b.Project.Key != project {
				continue
			}
			for _, sprint := range b.Sprints {
				switch sprint.State {
				case world.Active:
					p.board, p.sprint = b.ID, sprint.ID
				case world.Future:
					p.later = sprint.ID
				}
			}
		}
	})
	if p.issue == "" || p.second == "" || p.sprint == 0 || p.epic == "" || p.label == "" {
		s.t.Fatalf("project %s lacks something: %+v", project, p)
	}
	return p
}

// unlisted are what published examples hold and a site need not.
var unlisted = map[string]string{"/issues/*/fields/watcher": "the example's name for watches"}

// TestWhatJiraCLIAsks replays jira-cli: the first fourteen of Cloud, the rest of Data Center.
func TestWhatJiraCLIAsks(t *testing.T) {
	cloud, datacenter := onJira(t, jirasim.Cloud), onJira(t, jirasim.DataCenter)
	rows := map[int]row{
		0: {mistake: nothing}, 1: {unserved: unlisted}, 2: {unserved: unlisted},
		3:  {unserved: map[string]string{"/fields/watcher": "the example's name for watches"}},
		4:  {mistake: strict, status: 201},
		5:  {mistake: nothing},
		6:  {unserved: map[string]string{"/transitions/*/fields": "was not asked for: the stub gave the whole example"}},
		7:  {unserved: unlisted},
		8:  {mistake: wrongScheme, status: 200},
		9:  {mistake: wrongScheme, status: 200},
		10: {mistake: wrongScheme, status: 200},
		11: {mistake: strict, status: 201},
		12: {mistake: wrongScheme, status: 200},
		13: {mistake: nothing},
		14: {mistake: wrongScheme, status: 200},
		15: {mistake: wrongScheme, status: 200},
		16: {mistake: wrongScheme, status: 201},
		17: {mistake: wrongScheme, status: 200},
		19: {mistake: oneForMany},
	}
	for n, e := range transcript(t, "jira-cli") {
		s := cloud
		if n >= 14 {
			s = datacenter
		}
		p := somewhere(s, "CORE")
		r := rows[n]
		r.names = []string{
			"epic/EX-1/", "epic/" + p.epic + "/", "EX-1", p.issue, `"EX"`, `"CORE"`, "board/1/", fmt.Sprintf("board/%d/", p.board), "sprint/1/", fmt.Sprintf("sprint/%d/", p.sprint),
			`labels=x`, `labels="` + p.label + `"`, "EX", "CORE",
		}
		if n == 7 { // the epics of our world have a project of their own
			r.names = []string{`"EX"`, `"SHOP"`}
		}
		s.play(e, r)
	}
}

// TestWhatJiraJSAndPythonJiraAsk replays both; their answers are those of the stubs that wiremock_test.go reads.
func TestWhatJiraJSAndPythonJiraAsk(t *testing.T) {
	cloud, datacenter := onJira(t, jirasim.Cloud), onJira(t, jirasim.DataCenter)
	rows := map[int]row{
		0: {unserved: with(oldSearch, searchStub)},
		2: {unserved: searchStub},
		3: {mistake: cloudPeople},
		5: {mistake: noStub, status: 201},
		6: {mistake: wrongScheme, status: 200},
	}
	for n, e := range transcript(t, "jira.js+python-jira") {
		s := cloud
		if n >= 2 && n <= 4 {
			s = datacenter
		}
		p := somewhere(s, "CORE")
		r := rows[n]
		r.names = []string{"BTS-1", p.issue, "BTS", "CORE", "A-1", p.issue, "A-2", p.second, "board/1/", fmt.Sprintf("board/%d/", p.board)}
		s.play(e, r)
	}
}

// oldSearch is what the stub of Cloud's search has beside them: it is an answer of the search that is gone.
var oldSearch = map[string]string{"/expand": "not in the contract", "/startAt": "not in the contract", "/maxResults": "not in the contract", "/total": "not in the contract"}

// searchStub is what the stubs of searches have beside an answer to these questions.
var searchStub = map[string]string{
	"/issues/*/renderedFields": "was not asked for: the stub gives them always",
}
