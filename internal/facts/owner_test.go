package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/facts"
	"strata/internal/work"
)

// shopTeams know every kind of evidence.
var shopTeams = facts.Config{Teams: []facts.TeamConfig{
	{Name: "Web", Match: []facts.Match{{Component: "Web"}, {Label: "team-web"}, {Project: "WEB"}, {Field: "Web squad"}}},
	{Name: "Core", Match: []facts.Match{{Label: "team-core"}, {Repository: "acme/api"}, {Group: "core-developers"}, {Field: "7f3c"}}},
	{Name: "Payments", Match: []facts.Match{{Component: "Payments"}, {Assignee: "Ada Pay"}}},
}}

func TestTheStrongestEvidenceDecides(t *testing.T) {
	for name, c := range map[string]struct {
		record work.Record
		teams  []work.TeamID
		reason work.Unowned
		why    string
	}{
		"field over all others":          {work.Record{Team: []string{"7f3c"}, Components: []string{"Web"}, Labels: []string{"team-web"}, Project: "WEB"}, []work.TeamID{"Core"}, work.Owned, `by field "7f3c"`},
		"component over project":         {work.Record{Components: []string{"Payments"}, Project: "WEB"}, []work.TeamID{"Payments"}, work.Owned, `by component "Payments"`},
		"label over group":               {work.Record{Labels: []string{"x", "team-web"}, Groups: []string{"core-developers"}}, []work.TeamID{"Web"}, work.Owned, `by label "team-web"`},
		"repository over assignee":       {work.Record{Project: "Acme/API", Assignee: "Ada Pay"}, []work.TeamID{"Core"}, work.Owned, `by repository "Acme/API"`},
		"project":                        {work.Record{Project: "WEB", Labels: []string{"bug"}}, []work.TeamID{"Web"}, work.Owned, `by project "WEB"`},
		"group":                          {work.Record{Groups: []string{"jira-users", "core-developers"}}, []work.TeamID{"Core"}, work.Owned, `by group "core-developers"`},
		"assignee":                       {work.Record{Assignee: "ada  PAY"}, []work.TeamID{"Payments"}, work.Owned, `by assignee "ada PAY"`},
		"without case and odd spaces":    {work.Record{Components: []string{" WEB "}}, []work.TeamID{"Web"}, work.Owned, `by component " WEB "`},
		"two marks of one team":          {work.Record{Components: []string{"Web"}, Labels: []string{"team-web"}}, []work.TeamID{"Web"}, work.Owned, `by component "Web"`},
		"a field that names nobody":      {work.Record{Team: []string{"Nobody"}, Components: []string{"Web"}}, []work.TeamID{"Web"}, work.Owned, `by component "Web"`},
		"component and label disagree":   {work.Record{Components: []string{"Web"}, Labels: []string{"team-core"}, Team: nil}, []work.TeamID{"Web", "Core"}, work.Contested, `component "Web" is Web's, label "team-core" is Core's`},
		"two components":                 {work.Record{Components: []string{"Payments", "Web"}}, []work.TeamID{"Web", "Payments"}, work.Contested, `component "Payments" is Payments's, component "Web" is Web's`},
		"group and assignee disagree":    {work.Record{Groups: []string{"core-developers"}, Assignee: "Ada Pay"}, []work.TeamID{"Core", "Payments"}, work.Contested, `group "core-developers" is Core's, assignee "Ada Pay" is Payments's`},
		"nothing":                        {work.Record{}, nil, work.Unmarked, "it has no field, no component, no label, no repository, no project, no group, no assignee to go by"},
		"a slip":                         {work.Record{Components: []string{"Wep"}}, nil, work.Misspelt, `component "Wep" is no team's; did you mean Web?`},
		"letters swapped":                {work.Record{Components: []string{"Wbe"}}, nil, work.Misspelt, `component "Wbe" is no team's; did you mean Web?`},
		"a slip in a longer word":        {work.Record{Components: []string{"Paymnets"}}, nil, work.Misspelt, `component "Paymnets" is no team's; did you mean Payments?`},
		"another sign":                   {work.Record{Labels: []string{"bug", "team_core"}}, nil, work.Misspelt, `label "team_core" is no team's; did you mean team-core, which is Core's?`},
		"a name of another kind":         {work.Record{Labels: []string{"payments"}}, nil, work.Misspelt, `label "payments" is no team's; component "Payments" is Payments's`},
		"a team's name without a rule":   {work.Record{Labels: []string{"core"}}, nil, work.Misspelt, `label "core" is no team's; team Core has no rule for it`},
		"a value that nobody knows":      {work.Record{Components: []string{"Backoffice"}, Labels: []string{"bug"}}, nil, work.Unrecognised, `component "Backoffice" is no team's`},
		"labels alone":                   {work.Record{Labels: []string{"bug", "urgent"}}, nil, work.Unrecognised, `none of its labels is a team's: "bug", "urgent"`},
		"another project":                {work.Record{Project: "OPS"}, nil, work.Unrecognised, `project "OPS" is no team's`},
		"another number is no slip":      {work.Record{Labels: []string{"team-web2"}}, nil, work.Unrecognised, `none of its labels is a team's: "team-web2"`},
		"a short word is no slip":        {work.Record{Components: []string{"Wx"}}, nil, work.Unrecognised, `component "Wx" is no team's`},
		"a hostile value stays one line": {work.Record{Components: []string{"a\x1b[31m\nb"}}, nil, work.Unrecognised, `component "a [31m b" is no team's`},
	} {
		c.record.Ref, c.record.Scopes = work.Ref{Tracker: "jira", ID: "1"}, []string{"web"}
		p := product(t, shopTeams, nil, c.record)
		it := snapshot(p).Items[0]
		got := p.Ownership(it.Ref)
		if diff := cmp.Diff(it.Teams, c.teams); diff != "" || it.Unowned != c.reason || got.Why() != c.why || got.Reason != c.reason {
			t.Errorf("%s: got %v, %q: %s\nwant %v, %q: %s", name, it.Teams, it.Unowned, got.Why(), c.teams, c.reason, c.why)
		}
	}
}

func TestASubtaskIsItsParentsTeams(t *testing.T) {
	under := func(r *work.Record) { r.Level, r.Parent = -1, work.Target{Key: "WEB-1"} }
	own := planned(3, "Core", "", under)
	p := product(t, facts.Config{Teams: []facts.TeamConfig{{Name: "Web", Match: []facts.Match{{Component: "Web"}}}, {Name: "Core", Match: []facts.Match{{Component: "Core"}}}}}, nil,
		planned(1, "Web", ""), planned(2, "", "", under), own, planned(4, "", ""))
	for id, want := range map[string]string{"2": "from its parent WEB-1", "3": `by component "Core"`} {
		if got := p.Ownership(jira(id)); got.Why() != want || len(got.Teams) != 1 {
			t.Errorf("%s: got %v: %s, want %s", id, got.Teams, got.Why(), want)
		}
	}
	for _, it := range snapshot(p).Items {
		if want := it.Ref == jira("4"); (it.Unowned != work.Owned) != want {
			t.Errorf("%s: got %q", it.Key, it.Unowned)
		}
	}
}

func TestGapsOfTheMappingAreToldByReason(t *testing.T) {
	var records []work.Record
	for i := range 5 {
		records = append(records, planned(10+i, "Wep", ""))
	}
	both := planned(20, "Web", "")
	both.Components = []string{"Payments", "Web"}
	closed, epic, sub, outside := planned(21, "", "", finished), planned(22, "", "", func(r *work.Record) { r.Level = 1 }), planned(23, "", "", func(r *work.Record) { r.Level = -1 }), planned(24, "", "")
	outside.Scopes = nil
	records = append(records, both, planned(30, "Web", ""), closed, epic, sub, outside)
	got := product(t, shopTeams, nil, records...).Mapping()
	want := facts.Mapping{Items: 7, Owned: 1, Gaps: []facts.Gap{
		{Tracker: "jira", Reason: work.Misspelt, Why: `component "Wep" is no team's; did you mean Web?`, Items: 5, Keys: []string{"WEB-10", "WEB-11", "WEB-12"}},
		{Tracker: "jira", Reason: work.Contested, Why: `component "Payments" is Payments's, component "Web" is Web's`, Items: 1, Keys: []string{"WEB-20"}},
	}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
