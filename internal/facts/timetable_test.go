package facts_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/facts"
	"strata/internal/work"
)

// planned is a story of a team in a box.
func planned(id int, team, box string, change ...func(*work.Record)) work.Record {
	r := issue(fmt.Sprint(id), fmt.Sprintf("WEB-%d", id), change...)
	r.Components = []string{team}
	if box != "" {
		r.Sprints = []work.SprintID{work.SprintID(box)}
	}
	return r
}

func finished(r *work.Record) { r.Status.Category = work.CategoryDone }

// several is a product whose teams plan in their own ways.
func several(t testing.TB) *facts.Product {
	p := product(t, facts.Config{
		Calendar: facts.CalendarConfig{Timezone: "Europe/Berlin", First: march(2)},
		Teams: []facts.TeamConfig{
			{Name: "Web", Match: []facts.Match{{Component: "Web"}}}, {Name: "Core", Match: []facts.Match{{Component: "Core"}}},
			{Name: "Weekly", Match: []facts.Match{{Component: "Weekly"}}}, {Name: "Flow", Planning: work.ByFlow, Match: []facts.Match{{Component: "Flow"}}},
			{Name: "India", Timezone: "Asia/Kolkata", Match: []facts.Match{{Component: "India"}}}, {Name: "New", Match: []facts.Match{{Component: "New"}}},
		},
	}, nil,
		planned(1, "Web", "jira:1"), planned(2, "Web", "jira:3"), planned(3, "Core", "jira:2"), planned(4, "Core", "jira:4"), planned(5, "Core", "jira:4"),
		planned(6, "Weekly", "jira:5"), planned(7, "Weekly", "jira:9", finished), planned(8, "Weekly", "jira:9", finished), planned(9, "Flow", "jira:5"),
		planned(10, "India", "jira:7"), planned(11, "New", ""), planned(12, "Web", "jira:2"), planned(13, "Core", "jira:10"),
		// Left behind where nobody plans any more.
		planned(14, "Weekly", "jira:9"), planned(15, "Weekly", "jira:9"), planned(16, "Weekly", "jira:9"),
	)
	p.SetSprints(
		// Web and Core share a board, side by side.
		box("jira:1", "shared", work.SprintActive, march(2), march(13)), box("jira:2", "shared", work.SprintActive, march(4), march(17)),
		box("jira:3", "shared", work.SprintFuture, march(16), march(27)), box("jira:4", "shared", work.SprintFuture, march(18), march(31)),
		box("jira:5", "weekly", work.SprintActive, march(9), march(13)), box("jira:6", "weekly", work.SprintFuture, march(16), march(20)),
		work.RecordSprint{ID: "jira:7", Board: "india", State: work.SprintActive, Start: instant("2026-03-01T18:30:00Z"), End: instant("2026-03-13T18:30:00Z")},
		work.RecordSprint{ID: "jira:8", Board: "india", State: work.SprintFuture},
		box("jira:10", "shared", work.SprintFuture, march(31), march(31)+13), // Core's alone
		box("jira:9", "old", work.SprintClosed, march(2)-28, march(13)-28),
	)
	return p
}

func named(s *work.Sprint) string {
	if s == nil {
		return "none"
	}
	return string(s.ID)
}

func TestEachTeamHasItsSprints(t *testing.T) {
	p := several(t)
	s := snapshot(p)
	got := map[work.TeamID][]work.SprintID{}
	for _, team := range s.Teams {
		got[team.ID] = team.Sprints
	}
	want := map[work.TeamID][]work.SprintID{
		"Web": {"jira:1", "jira:3"}, "Core": {"jira:2", "jira:4", "jira:10"}, "Weekly": {"jira:5", "jira:6"}, "Flow": {"jira:5", "jira:6"}, "India": {"jira:7", "jira:8"}, "New": nil,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	for _, sprint := range s.Sprints {
		if sprint.ID == "jira:7" && (sprint.Window.Start != march(2) || sprint.Window.End != march(13)) {
			t.Errorf("got %+v, want the days of India", sprint.Window)
		}
	}
}

func TestTimetableAnswersForEachTeam(t *testing.T) {
	p := several(t)
	s := snapshot(p)
	table := facts.NewTimetable(&s, p.Calendar(), march(11))
	for _, c := range []struct {
		team                                     work.TeamID
		current, next, second, by27, after20, on string
	}{
		{"Web", "jira:1", "jira:3", "product:3", "jira:3", "product:3", "jira:1"},
		{"Core", "jira:2", "jira:4", "jira:10", "none", "jira:10", "jira:2"},
		{"Weekly", "jira:5", "jira:6", "product:3", "jira:6", "product:3", "none"}, // the 4th was before its first box
		{"India", "jira:7", "jira:8", "product:3", "jira:8", "product:3", "jira:7"},
		{"Flow", "product:1", "product:2", "product:3", "product:2", "product:3", "product:1"},
		{"New", "product:1", "product:2", "product:3", "product:2", "product:3", "product:1"},
		{"nobody", "product:1", "product:2", "product:3", "product:2", "product:3", "product:1"},
	} {
		got := []string{named(table.Current(c.team)), named(table.Next(c.team)), named(table.Ahead(c.team, 2)), named(table.LatestBy(c.team, march(27), 1)), named(table.EarliestAfter(c.team, march(20), 1)), named(table.HoldingFor(c.team, march(4)))}
		if diff := cmp.Diff(got, []string{c.current, c.next, c.second, c.by27, c.after20, c.on}); diff != "" {
			t.Errorf("%s (-got +want):\n%s", c.team, diff)
		}
	}
}

func TestProposedSprintsAreStillToCome(t *testing.T) {
	s := work.Snapshot{Sprints: shop(t).Sprints(nil, march(11))}
	table := facts.NewTimetable(&s, shop(t), march(11))
	for name, c := range map[string]struct{ got, want string }{
		"never the one that runs":            {named(table.LatestBy("", march(13), 1)), "none"},
		"the one that ends on the day":       {named(table.LatestBy("", march(27), 0)), "product:2"},
		"a working day before":               {named(table.LatestBy("", march(26), 0)), "none"},
		"a working day before is tolerated":  {named(table.LatestBy("", march(26), 1)), "product:2"},
		"the last of several":                {named(table.LatestBy("", on("2026-04-30"), 1)), "product:4"},
		"the next one, from the past":        {named(table.EarliestAfter("", march(2), 1)), "product:2"},
		"from its first day":                 {named(table.EarliestAfter("", march(16), 0)), "product:2"},
		"from the day behind":                {named(table.EarliestAfter("", march(17), 0)), "product:3"},
		"from the day behind, tolerated":     {named(table.EarliestAfter("", march(17), 1)), "product:2"},
		"an end on the weekend before":       {named(table.EarliestAfter("", march(29), 0)), "product:3"},
		"beyond what is laid out":            {named(table.EarliestAfter("", on("2030-01-01"), 1)), "none"},
		"none ahead of the last":             {named(table.Ahead("", 7)), "none"},
		"nothing lies a negative step ahead": {named(table.Ahead("", -1)), "none"},
		"what holds a day":                   {named(table.Holding(march(16))), "product:2"},
		"a weekend between":                  {named(table.Holding(march(14))), "none"},
		"before the first":                   {named(table.Holding(march(1))), "none"},
		"by id":                              {named(table.Sprint("product:3")), "product:3"},
		"by no id":                           {named(table.Sprint("jira:1")), "none"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", name, c.got, c.want)
		}
	}
}

func TestDistancesAreInSprintsOfTheProduct(t *testing.T) {
	s := work.Snapshot{Sprints: shop(t).Sprints(nil, march(11))}
	for day, want := range map[work.Day]int{
		march(2): 0, march(13): 0, march(15): 0, march(16): 1, march(30): 2, on("2026-05-25"): 6, on("2026-06-08"): 7, on("2026-06-22"): 8, march(1): -1, march(2) - 14: -1, march(2) - 15: -2,
	} {
		if got := facts.NewTimetable(&s, shop(t), march(11)).Away(day); got != want {
			t.Errorf("%s: got %d, want %d", day, got, want)
		}
	}
	if got := facts.NewTimetable(&work.Snapshot{}, calendar(t, facts.CalendarConfig{}), march(11)).Away(march(25)); got != 1 {
		t.Errorf("without any Sprint: got %d, want 1", got)
	}
}

func TestWhatRunsIsWhatItsTrackerSays(t *testing.T) {
	for name, c := range map[string]struct {
		boxes         []work.RecordSprint
		today         work.Day
		current, next string
	}{
		"a box that nobody closed runs":          {[]work.RecordSprint{box("jira:1", "b", work.SprintActive, march(2), march(13)), box("jira:2", "b", work.SprintFuture, march(16), march(27))}, march(17), "jira:1", "product:3"},
		"of two that nobody closed the later":    {[]work.RecordSprint{box("jira:1", "b", work.SprintActive, march(2)-140, march(13)-140), box("jira:2", "b", work.SprintActive, march(2), march(13))}, march(11), "jira:2", "product:2"},
		"between two":                            {[]work.RecordSprint{box("jira:1", "b", work.SprintClosed, march(2), march(13)), box("jira:2", "b", work.SprintFuture, march(16), march(27))}, march(14), "none", "jira:2"},
		"the first day, before anybody began":    {[]work.RecordSprint{box("jira:1", "b", work.SprintClosed, march(2), march(13)), box("jira:2", "b", work.SprintFuture, march(16), march(27))}, march(16), "jira:2", "product:3"},
		"closed before its end":                  {[]work.RecordSprint{box("jira:1", "b", work.SprintClosed, march(2), march(13)), box("jira:2", "b", work.SprintFuture, march(16), march(27))}, march(12), "none", "jira:2"},
		"closed before its start":                {[]work.RecordSprint{box("jira:1", "b", work.SprintActive, march(2), march(13)), box("jira:2", "b", work.SprintClosed, march(16), march(27))}, march(11), "jira:1", "product:3"},
		"begun before its start":                 {[]work.RecordSprint{box("jira:1", "b", work.SprintClosed, march(2), march(13)), box("jira:2", "b", work.SprintActive, march(16), march(27))}, march(12), "jira:2", "product:3"},
		"a board that gave up: the product's":    {[]work.RecordSprint{box("jira:1", "b", work.SprintClosed, march(2)-140, march(13)-140), box("jira:2", "b", work.SprintClosed, march(2)-126, march(13)-126)}, march(11), "product:1", "product:2"},
		"without a state, by the dates":          {[]work.RecordSprint{box("github:1", "b", "", march(2), march(15)), box("github:2", "b", "", march(16), march(29))}, march(11), "github:1", "github:2"},
		"a box without dates is in nobody's way": {[]work.RecordSprint{box("jira:1", "b", work.SprintActive, march(2), march(13)), box("jira:2", "c", work.SprintFuture, 0, 0)}, march(11), "jira:1", "product:2"},
	} {
		records := []work.Record{planned(1, "Web", string(c.boxes[0].ID)), planned(2, "Web", string(c.boxes[1].ID))}
		p := product(t, facts.Config{Calendar: facts.CalendarConfig{First: march(2)}, Teams: []facts.TeamConfig{{Name: "Web", Match: []facts.Match{{Component: "Web"}}}}}, nil, records...)
		p.SetSprints(c.boxes...)
		s := p.Snapshot(taken, c.today, nil)
		table := facts.NewTimetable(&s, p.Calendar(), c.today)
		if got := [2]string{named(table.Current("Web")), named(table.Next("Web"))}; got != [2]string{c.current, c.next} {
			t.Errorf("%s: got %v, want %s and %s", name, got, c.current, c.next)
		}
	}
}
