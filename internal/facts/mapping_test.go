package facts_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/facts"
	"strata/internal/work"
)

func product(t testing.TB, config facts.Config, trackers map[string]facts.TrackerConfig, records ...work.Record) *facts.Product {
	t.Helper()
	if trackers == nil {
		trackers = map[string]facts.TrackerConfig{"jira": {}, "github": {}}
	}
	p, err := facts.NewProduct("shop", config, trackers)
	if err != nil {
		t.Fatal(err)
	}
	p.Put(records...)
	return p
}

var taken = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

func snapshot(p *facts.Product) work.Snapshot { return p.Snapshot(taken, march(11), nil) }

// mapped returns the only item that a record becomes.
func mapped(t testing.TB, config facts.Config, tracker facts.TrackerConfig, r work.Record) work.Item {
	t.Helper()
	if r.Ref.IsZero() {
		r.Ref = work.Ref{Tracker: "jira", ID: "1"}
	}
	items := snapshot(product(t, config, map[string]facts.TrackerConfig{"jira": tracker}, r)).Items
	if len(items) != 1 {
		t.Fatalf("got %d items, want 1", len(items))
	}
	return items[0]
}

func TestStateFollowsCategoryAndResolution(t *testing.T) {
	done := func(name string) work.Record {
		return work.Record{Status: work.Status{Name: "Done", Category: work.CategoryDone}, Resolution: work.Resolution{ID: "10001", Name: name}}
	}
	github := func(reason string) work.Record {
		return work.Record{Project: "acme/api", Status: work.Status{Category: work.CategoryDone}, Resolution: work.Resolution{ID: reason}}
	}
	pull := func(category work.Category, resolution string) work.Record {
		return work.Record{Pull: true, Status: work.Status{Category: category}, Resolution: work.Resolution{ID: resolution}}
	}
	status := func(id, name string, category work.Category) work.Record {
		return work.Record{Status: work.Status{ID: id, Name: name, Category: category}}
	}
	usual := facts.TrackerConfig{}
	own := facts.TrackerConfig{Resolutions: facts.ResolutionsConfig{Dropped: []string{"10001", "Zurückgewiesen"}}, Doing: []string{"10200", "Ready to ship"}}
	board := status("", "In Review", work.CategoryNew)
	board.Project = "acme/api"
	for name, c := range map[string]struct {
		tracker facts.TrackerConfig
		record  work.Record
		want    work.State
	}{
		"done":                              {usual, done("Done"), work.StateDelivered},
		"done without resolution":           {usual, status("", "Done", work.CategoryDone), work.StateDelivered},
		"an unknown resolution":             {usual, done("Shipped"), work.StateDelivered},
		"won't do":                          {usual, done("Won't Do"), work.StateDropped},
		"won’t do, with another apostrophe": {usual, done("Won’t Do"), work.StateDropped},
		"won't fix":                         {usual, done("Won't Fix"), work.StateDropped},
		"cancelled":                         {usual, done("Cancelled"), work.StateDropped},
		"canceled":                          {usual, done("canceled"), work.StateDropped},
		"declined":                          {usual, done("Declined"), work.StateDropped},
		"duplicate":                         {usual, done("Duplicate"), work.StateDropped},
		"cannot reproduce":                  {usual, done("Cannot Reproduce"), work.StateDropped},
		"obsolete":                          {usual, done("Obsolete"), work.StateDropped},
		"incomplete":                        {usual, done("Incomplete"), work.StateDropped},
		"dropped by id":                     {own, done("Was immer"), work.StateDropped},
		"dropped by the config's name":      {own, work.Record{Status: work.Status{Category: work.CategoryDone}, Resolution: work.Resolution{ID: "7", Name: "Zurückgewiesen"}}, work.StateDropped},
		"the config replaces the usual":     {own, work.Record{Status: work.Status{Category: work.CategoryDone}, Resolution: work.Resolution{ID: "7", Name: "Declined"}}, work.StateDelivered},
		"a resolution without done":         {usual, work.Record{Status: work.Status{Category: work.CategoryNew}, Resolution: work.Resolution{Name: "Won't Do"}}, work.StateOpen},
		"new":                               {usual, status("1", "To Do", work.CategoryNew), work.StateOpen},
		"undefined":                         {usual, status("1", "?", work.CategoryNone), work.StateOpen},
		"indeterminate":                     {usual, status("3", "In Arbeit", work.CategoryDoing), work.StateDoing},
		"doing by id":                       {own, status("10200", "x", work.CategoryNew), work.StateDoing},
		"doing by name":                     {own, status("5", "Ready to ship", work.CategoryNew), work.StateDoing},
		"a name of GitHub's says nothing":   {usual, status("5", "In Review", work.CategoryNew), work.StateOpen},
		"doing by the project's status":     {usual, board, work.StateDoing},
		"completed":                         {usual, github("completed"), work.StateDelivered},
		"closed without a reason":           {usual, github(""), work.StateDelivered},
		"not planned":                       {own, github("not_planned"), work.StateDropped},
		"closed as duplicate":               {own, github("duplicate"), work.StateDropped},
		"merged pull request":               {usual, pull(work.CategoryDone, "merged"), work.StateDelivered},
		"closed pull request":               {usual, pull(work.CategoryDone, ""), work.StateDropped},
		"open pull request":                 {usual, pull(work.CategoryNew, ""), work.StateDoing},
	} {
		if got := mapped(t, facts.Config{}, c.tracker, c.record).State; got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestUndecidedResolutionsAreListed(t *testing.T) {
	record := func(name string, category work.Category) work.Record {
		return work.Record{Status: work.Status{Category: category}, Resolution: work.Resolution{Name: name}}
	}
	got := facts.UndecidedResolutions(facts.TrackerConfig{}, []work.Record{
		record("Works as designed", work.CategoryDone), record("Answered", work.CategoryDone), record("Answered", work.CategoryDone),
		record("Done", work.CategoryDone), record("Won't Do", work.CategoryDone), record("", work.CategoryDone), record("Open one", work.CategoryNew),
	})
	if diff := cmp.Diff(got, []string{"Answered", "Works as designed"}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

// Both ends of one link must tell the same edge.
func TestLinkTypesReadTheSameFromBothEnds(t *testing.T) {
	speaker, other := work.Ref{Tracker: "jira", ID: "1"}, work.Ref{Tracker: "jira", ID: "2"}
	own := facts.TrackerConfig{Links: []facts.LinkConfig{{Type: "10100", Speaker: facts.SpeakerWaits}, {Type: "Blocks", Speaker: facts.SpeakerBlocks}, {Type: "is synced with", Speaker: facts.SpeakerTwin}}}
	for name, c := range map[string]struct {
		tracker       facts.TrackerConfig
		link          work.RecordLink
		says, listens work.LinkKind
	}{
		"Blocks":                      {facts.TrackerConfig{}, work.RecordLink{TypeName: "Blocks"}, work.Blocks, work.Waits},
		"Depends":                     {facts.TrackerConfig{}, work.RecordLink{TypeName: "Depends"}, work.Waits, work.Blocks},
		"Dependency":                  {facts.TrackerConfig{}, work.RecordLink{TypeName: "Dependency"}, work.Waits, work.Blocks},
		"Duplicate":                   {facts.TrackerConfig{}, work.RecordLink{TypeName: "Duplicate"}, work.Duplicates, ""},
		"Relates":                     {facts.TrackerConfig{}, work.RecordLink{TypeName: "Relates"}, "", ""},
		"names are exact":             {facts.TrackerConfig{}, work.RecordLink{TypeName: "blocks"}, "", ""},
		"by id":                       {own, work.RecordLink{TypeID: "10100", TypeName: "Hängt ab"}, work.Waits, work.Blocks},
		"the id goes before a name":   {own, work.RecordLink{TypeID: "10100", TypeName: "Blocks"}, work.Waits, work.Blocks},
		"the config replaces usual":   {own, work.RecordLink{TypeName: "Depends"}, "", ""},
		"twins have no direction":     {own, work.RecordLink{TypeName: "is synced with"}, work.Twin, work.Twin},
		"the tracker leaves no doubt": {own, work.RecordLink{Kind: work.Waits, TypeName: "blocked by"}, work.Waits, work.Waits},
	} {
		from := func(ref, to work.Ref, speaks bool) []work.Link {
			link := c.link
			link.Speaks, link.To, link.Origin = speaks, work.Target{Ref: to}, work.Typed
			p := product(t, facts.Config{}, map[string]facts.TrackerConfig{"jira": c.tracker},
				work.Record{Ref: ref, Scopes: []string{"s"}, Links: []work.RecordLink{link}}, work.Record{Ref: to, Scopes: []string{"s"}})
			for _, it := range snapshot(p).Items {
				if it.Ref == ref {
					return it.Links
				}
			}
			return nil
		}
		want := func(kind work.LinkKind, to work.Ref) []work.Link {
			if kind == "" {
				return nil
			}
			return []work.Link{{Kind: kind, To: to, Type: c.link.TypeName, Origin: work.Typed}}
		}
		if diff := cmp.Diff(from(speaker, other, true), want(c.says, other)); diff != "" {
			t.Errorf("%s, from the end that speaks (-got +want):\n%s", name, diff)
		}
		if diff := cmp.Diff(from(other, speaker, false), want(c.listens, speaker)); diff != "" {
			t.Errorf("%s, from the other end (-got +want):\n%s", name, diff)
		}
	}
}

func TestMarksOfABlockedItem(t *testing.T) {
	own := facts.TrackerConfig{Blocked: []string{"10400", "On hold"}}
	for name, c := range map[string]struct {
		tracker facts.TrackerConfig
		record  work.Record
		want    bool
	}{
		"the flag":            {own, work.Record{Blocked: true}, true},
		"the usual label":     {facts.TrackerConfig{}, work.Record{Labels: []string{"ui", "Blocked"}}, true},
		"the usual status":    {facts.TrackerConfig{}, work.Record{Status: work.Status{Name: "BLOCKED"}}, true},
		"a label that has it": {facts.TrackerConfig{}, work.Record{Labels: []string{"blocked-by-legal"}}, false},
		"an own status by id": {own, work.Record{Status: work.Status{ID: "10400", Name: "Wartet"}}, true},
		"an own label":        {own, work.Record{Labels: []string{"on hold"}}, true},
		"own words replace":   {own, work.Record{Labels: []string{"blocked"}}, false},
		"no mark":             {facts.TrackerConfig{}, work.Record{}, false},
	} {
		if got := mapped(t, facts.Config{}, c.tracker, c.record).Blocked; got != c.want {
			t.Errorf("%s: marked %v; want %v", name, got, c.want)
		}
	}
}

func TestKindFollowsConfigLevelAndName(t *testing.T) {
	own := facts.TrackerConfig{Kinds: map[string]work.Kind{"Anforderung": work.Epic}}
	for name, c := range map[string]struct {
		tracker facts.TrackerConfig
		record  work.Record
		want    work.Kind
	}{
		"initiative by level":        {record: work.Record{Type: "Story", Level: 3}, want: work.Initiative},
		"epic by level":              {record: work.Record{Type: "Fonctionnalité", Level: 1}, want: work.Epic},
		"sub-task by level":          {record: work.Record{Type: "Bug", Level: -1}, want: work.Subtask},
		"epic by name":               {record: work.Record{Type: "Epic"}, want: work.Epic},
		"bug":                        {record: work.Record{Type: "Bug"}, want: work.Bug},
		"bug in Chinese":             {record: work.Record{Type: "缺陷"}, want: work.Bug},
		"task":                       {record: work.Record{Type: "task"}, want: work.Task},
		"spike":                      {record: work.Record{Type: "Spike"}, want: work.Spike},
		"another type":               {record: work.Record{Type: "Werbung"}, want: work.Story},
		"GitHub's feature":           {record: work.Record{Type: "Feature"}, want: work.Story},
		"no type":                    {record: work.Record{}, want: work.Story},
		"epic by label":              {record: work.Record{Labels: []string{"bug", "kind: epic"}}, want: work.Epic},
		"bug by label":               {record: work.Record{Labels: []string{"web", "type/bug"}}, want: work.Bug},
		"a label besides a type":     {record: work.Record{Type: "Task", Labels: []string{"epic"}}, want: work.Task},
		"the config goes before all": {tracker: own, record: work.Record{Type: "anforderung", Level: 2}, want: work.Epic},
	} {
		if got := mapped(t, facts.Config{}, c.tracker, c.record).Kind; got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

var teams = []facts.TeamConfig{
	{Name: "Web", Match: []facts.Match{{Component: "Web"}, {Label: "team-web"}, {Project: "WEB"}}},
	{Name: "Core", Planning: work.ByFlow, Match: []facts.Match{{Field: "Core"}, {Repository: "acme/api"}, {Label: "shared"}, {Component: "Web"}}},
	{Name: "Ops", Timezone: "Asia/Tokyo", Match: []facts.Match{{Assignee: "Olga"}, {Label: "shared"}, {Project: "OPS"}}},
}

func TestTeamsByTheStrongestEvidence(t *testing.T) {
	for name, c := range map[string]struct {
		record work.Record
		want   []work.TeamID
	}{
		"nothing":                      {work.Record{}, nil},
		"label":                        {work.Record{Labels: []string{"x", "TEAM-WEB"}}, []work.TeamID{"Web"}},
		"field before label":           {work.Record{Team: []string{"core"}, Labels: []string{"team-web"}}, []work.TeamID{"Core"}},
		"a field that no rule names":   {work.Record{Team: []string{"Other"}, Labels: []string{"team-web"}}, []work.TeamID{"Web"}},
		"all of one evidence are kept": {work.Record{Labels: []string{"shared", "team-web"}}, []work.TeamID{"Web", "Core", "Ops"}},
		"component and label are one":  {work.Record{Components: []string{"Web"}}, []work.TeamID{"Web", "Core"}},
		"label before project":         {work.Record{Labels: []string{"team-web"}, Project: "OPS"}, []work.TeamID{"Web"}},
		"repository without case":      {work.Record{Project: "Acme/API"}, []work.TeamID{"Core"}},
		"project before assignee":      {work.Record{Project: "WEB", Assignee: "Olga"}, []work.TeamID{"Web"}},
		"assignee last":                {work.Record{Assignee: "Olga"}, []work.TeamID{"Ops"}},
		"a label is no component":      {work.Record{Labels: []string{"Web"}}, nil},
	} {
		got := mapped(t, facts.Config{Teams: teams}, facts.TrackerConfig{}, c.record).Teams
		if diff := cmp.Diff(got, c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestSectionsComeFromFieldsTextsAndLabels(t *testing.T) {
	config := facts.Config{Sections: facts.SectionsConfig{Deliverables: []string{"Outcome"}, NeedsInfo: []string{"Rückfrage"}}}
	got := mapped(t, config, facts.TrackerConfig{}, work.Record{
		Labels: []string{"rückfrage"},
		Texts: []work.SourceText{
			{Field: work.AcceptanceCriteria, Dialect: work.JiraWiki, Text: "first\nsecond"},
			{Dialect: work.JiraWiki, Text: "h2. AC\n* third\nh2. Outcome\n* a thing\nh2. Offene Fragen\n* [ ] who?\nh2. Abhängigkeiten\nkeine"},
			{Field: work.KeyOutcomes, Dialect: work.JiraWiki, Text: " "},
		},
	}).Sections
	want := work.Sections{
		work.AcceptanceCriteria: {Entries: []string{"first", "second", "third"}},
		work.Deliverables:       {Entries: []string{"a thing"}}, // the operator's word, though it is usual for outcomes
		work.OpenQuestions:      {Entries: []string{"who?", "rückfrage"}, Unchecked: 2},
		work.Dependencies:       {None: true},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestDatesOfARecordAreDays(t *testing.T) {
	it := mapped(t, facts.Config{}, facts.TrackerConfig{}, work.Record{Start: "2026-03-02", Due: "2026-03-13T17:00:00.000+0100", NeededBy: "soon"})
	if diff := cmp.Diff([]work.Day{it.Start, it.Due, it.NeededBy}, []work.Day{march(2), march(13), 0}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestEveryMistakeInTheConfigIsToldAtOnce(t *testing.T) {
	config := facts.Config{
		Calendar: facts.CalendarConfig{Timezone: "Mars"},
		Teams: []facts.TeamConfig{
			{Name: "", Planning: "weekly", Timezone: "Moon", Home: map[string]string{"a": "1", "b": "2"}},
			{Name: "A", Match: []facts.Match{{}, {Label: "x", Field: "y"}}}, {Name: "A"},
		},
		Objectives: []facts.ObjectiveConfig{{Match: []facts.Match{{}}}},
	}
	var got []string
	for _, err := range config.Validate() {
		got = append(got, err.Error())
	}
	for _, err := range (facts.TrackerConfig{Links: []facts.LinkConfig{{Speaker: "talks"}}, Kinds: map[string]work.Kind{"x": "saga"}}).Validate() {
		got = append(got, err.Error())
	}
	want := []string{
		`calendar.timezone: "Mars" is not a known zone; write one such as Europe/Berlin`,
		`teams[0].name: is empty; name the team`,
		`teams[0].timezone: "Moon" is not a known zone; write one such as Europe/Berlin`,
		`teams[0].planning: "weekly" is unknown; write sprint, date or flow`,
		`teams[0].home: has 2 items; name one, such as {jira: WEB-1}`,
		`teams[1].match[0]: sets 0 values; set one of field, component, label, repository, project, group, assignee`,
		`teams[1].match[1]: sets 2 values; set one of field, component, label, repository, project, group, assignee`,
		`teams[2].name: "A" is given twice; give each team its own name`,
		`objectives[0].name: is empty; name the objective`,
		`objectives[0].match[0]: sets 0 values; set one of field, component, label, repository, project, group, assignee`,
		`links[0].type: is empty; write a link type's id or exact name`,
		`links[0].speaker: "talks" is unknown; write blocks, waits, duplicate or twin`,
		`kinds.x: "saga" is unknown; write initiative, epic, story, task, bug, spike or subtask`,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if _, err := facts.NewProduct("shop", config, nil); err == nil {
		t.Error("a product of this config: want an error")
	}
}

func TestObjectivesOfAnItem(t *testing.T) {
	ref := work.Ref{Tracker: "jira", ID: "1"}
	p := product(t, facts.Config{Objectives: []facts.ObjectiveConfig{
		{Name: "Faster checkout", Match: []facts.Match{{Label: "obj-checkout"}}}, {Name: "Other", Match: []facts.Match{{Label: "obj-other"}}},
	}}, nil, work.Record{Ref: ref, Labels: []string{"obj-checkout"}})
	if got, want := p.Objectives(ref), []string{"Faster checkout"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnUnreadableItemIsUnknownWhateverItSaidLast(t *testing.T) {
	p, err := facts.NewProduct("shop", facts.Config{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Put(work.Record{Ref: work.Ref{Tracker: "jira", ID: "1"}, Key: "WEB-1", Scopes: []string{"web"}, Unreadable: true,
		Status: work.Status{Name: "To Do", Category: work.CategoryNew}})
	items := p.Snapshot(time.Time{}, 0, nil).Items
	if len(items) != 1 || items[0].State != work.StateUnknown {
		t.Errorf("items = %+v; want one of unknown state", items)
	}
}
