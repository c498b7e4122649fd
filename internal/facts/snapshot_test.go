package facts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"strata/internal/facts"
	"strata/internal/work"
)

func jira(id string) work.Ref   { return work.Ref{Tracker: "jira", ID: id} }
func github(id string) work.Ref { return work.Ref{Tracker: "github", ID: id} }

// issue is a Jira record in scope.
func issue(id, key string, change ...func(*work.Record)) work.Record {
	r := work.Record{Ref: jira(id), Key: key, URL: "https://acme.example/jira/browse/" + key, Scopes: []string{"web"}, Status: work.Status{Category: work.CategoryNew}}
	for _, c := range change {
		c(&r)
	}
	return r
}

// ghIssue is a GitHub record in scope.
func ghIssue(id string, n int, change ...func(*work.Record)) work.Record {
	r := work.Record{
		Ref: github(id), Key: fmt.Sprintf("acme/api#%d", n), URL: fmt.Sprintf("https://github.com/acme/api/issues/%d", n), Project: "acme/api",
		Scopes: []string{"api"}, Status: work.Status{Category: work.CategoryNew},
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func says(dialect work.Dialect, text string) func(*work.Record) {
	return func(r *work.Record) { r.Texts = append(r.Texts, work.SourceText{Dialect: dialect, Text: text}) }
}

func linked(link work.RecordLink) func(*work.Record) {
	return func(r *work.Record) { r.Links = append(r.Links, link) }
}

func waitsFor(to work.Target) func(*work.Record) {
	return linked(work.RecordLink{TypeName: "Blocks", Origin: work.Typed, To: to})
}

func done(resolution string) func(*work.Record) {
	return func(r *work.Record) {
		r.Status.Category, r.Resolution = work.CategoryDone, work.Resolution{ID: resolution, Name: resolution}
	}
}

func find(t testing.TB, s work.Snapshot, ref work.Ref) *work.Item {
	t.Helper()
	for i := range s.Items {
		if s.Items[i].Ref == ref {
			return &s.Items[i]
		}
	}
	t.Fatalf("no item %s", ref)
	return nil
}

func TestTextReferencesResolveAcrossTrackers(t *testing.T) {
	text := func(to work.Ref) []work.Link { return []work.Link{{Kind: work.Waits, To: to, Origin: work.Text}} }
	for said, want := range map[string][]work.Link{
		"blocked by WEB-1": text(jira("1")),
		"blocked by OLD-1": text(jira("1")), // the key before it moved
		"blocked by https://ACME.example/jira/browse/WEB-1?x":    text(jira("1")),
		"blocked by [x](https://acme.example/jira/browse/OLD-1)": text(jira("1")),
		"blocked by #7":         text(github("I_7")),
		"blocked by Acme/API#7": text(github("I_7")),
		"blocked by <https://github.com/Acme/api/pull/7>":     text(github("I_7")),
		"blocked by https://other.example/browse/WEB-1":       nil, // another site's key
		"blocked by UNKNOWN-5":                                nil,
		"blocked by #8":                                       nil, // itself
		"blocked by https://github.example/acme/api/issues/7": nil,
	} {
		p := product(t, facts.Config{}, nil,
			issue("1", "WEB-1", func(r *work.Record) { r.OldKeys = []string{"OLD-1"} }), ghIssue("I_7", 7), ghIssue("I_8", 8, says(work.GitHubMarkdown, said)))
		if diff := cmp.Diff(find(t, snapshot(p), github("I_8")).Links, want); diff != "" {
			t.Errorf("%q (-got +want):\n%s", said, diff)
		}
	}
	p := product(t, facts.Config{}, nil, issue("1", "WEB-1", says(work.JiraWiki, "blocked by acme/api#7 and #8")), ghIssue("I_7", 7), ghIssue("I_8", 8))
	if diff := cmp.Diff(find(t, snapshot(p), jira("1")).Links, text(github("I_7"))); diff != "" {
		t.Errorf("from Jira (-got +want):\n%s", diff)
	}
}

func TestAKeyThatTwoTrackersHaveIsNotGuessed(t *testing.T) {
	other := issue("1", "WEB-1")
	other.Ref.Tracker, other.URL = "jira-b", ""
	third := issue("5", "WEB-5", says(work.JiraWiki, "blocked by WEB-1"))
	third.Ref.Tracker, third.URL = "jira-c", ""
	trackers := map[string]facts.TrackerConfig{"jira": {}, "jira-b": {}, "jira-c": {}}
	p := product(t, facts.Config{}, trackers, issue("1", "WEB-1"), other, third, issue("2", "WEB-2", says(work.JiraWiki, "blocked by WEB-1")))
	s := snapshot(p)
	if got := find(t, s, third.Ref).Links; got != nil {
		t.Errorf("from a third tracker: got %v, want none", got)
	}
	if got, want := find(t, s, jira("2")).Links, []work.Link{{Kind: work.Waits, To: jira("1"), Origin: work.Text}}; !cmp.Equal(got, want) {
		t.Errorf("from its own tracker: got %v, want %v", got, want)
	}
}

func TestItemsOutsideAreKnownAsFarAsLinksTell(t *testing.T) {
	stub := func(category work.Category, resolved bool) *work.Stub {
		return &work.Stub{Title: "Login", Status: work.Status{Name: "s", Category: category}, Type: "Bug", Resolved: resolved}
	}
	outside := func(state work.State) work.Item {
		return work.Item{Ref: jira("99"), Key: "OPS-9", Title: "Login", Status: "s", Kind: work.Bug, State: state, Project: "OPS", Outside: true, Stub: true}
	}
	for name, c := range map[string]struct {
		stub *work.Stub
		want work.State
	}{
		"open":      {stub(work.CategoryNew, false), work.StateOpen},
		"doing":     {stub(work.CategoryDoing, false), work.StateDoing},
		"done":      {stub(work.CategoryDone, false), work.StateUnknown},
		"resolved":  {stub(work.CategoryNew, true), work.StateUnknown},
		"undefined": {stub(work.CategoryNone, false), work.StateUnknown},
	} {
		p := product(t, facts.Config{}, nil, issue("1", "WEB-1", waitsFor(work.Target{Ref: jira("99"), Key: "OPS-9", Stub: c.stub})))
		s := snapshot(p)
		if diff := cmp.Diff(*find(t, s, jira("99")), outside(c.want)); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
		if diff := cmp.Diff(find(t, s, jira("1")).Links, []work.Link{{Kind: work.Waits, To: jira("99"), Type: "Blocks", Origin: work.Typed}}); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestItemsKnownByNameAloneAreUnknownWhereTheirTrackerIsCertain(t *testing.T) {
	for said, want := range map[string]string{
		"blocked by #99":                                   "github key:acme/api#99 acme/api#99 unknown",
		"blocked by Acme/Other#3":                          "github key:acme/other#3 Acme/Other#3 unknown",
		"blocked by https://github.com/acme/other/pull/3":  "github key:acme/other#3 acme/other#3 unknown",
		"blocked by WEB-99":                                "jira key:WEB-99 WEB-99 unknown",
		"blocked by OPS-99":                                "jira 77 OPS-99 open", // a typed link tells its id
		"blocked by XYZ-99":                                "",
		"blocked by https://acme.example/jira/browse/XY-1": "jira key:XY-1 XY-1 unknown",
		"blocked by https://elsewhere.example/browse/XY-1": "",
	} {
		p := product(t, facts.Config{}, nil, ghIssue("I_8", 8, says(work.GitHubMarkdown, said)),
			issue("1", "WEB-1", waitsFor(work.Target{Ref: jira("77"), Key: "OPS-99", Stub: &work.Stub{Status: work.Status{Category: work.CategoryNew}}})),
			issue("2", "OPS-1"))
		s := snapshot(p)
		got := ""
		for _, l := range find(t, s, github("I_8")).Links {
			it := find(t, s, l.To)
			got += fmt.Sprintf("%s %s %s %s", it.Ref.Tracker, it.Ref.ID, it.Key, it.State)
			if !it.Outside || !it.Stub {
				t.Errorf("%q: %s is not marked as an outside stub", said, it.Key)
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}

func TestFetchTargetAsksForNoMadeUpID(t *testing.T) {
	s := snapshot(product(t, facts.Config{}, nil, ghIssue("I_8", 8, says(work.GitHubMarkdown, "blocked by #99"), waitsFor(work.Target{Ref: github("I_5"), Key: "acme/api#5"}))))
	got := []work.Target{facts.FetchTarget(find(t, s, github("key:acme/api#99"))), facts.FetchTarget(find(t, s, github("I_5")))}
	want := []work.Target{{Key: "acme/api#99"}, {Ref: github("I_5"), Key: "acme/api#5"}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestAFetchedItemTakesTheStubsPlace(t *testing.T) {
	p := product(t, facts.Config{}, nil, ghIssue("I_8", 8, says(work.GitHubMarkdown, "blocked by #99")))
	if got := len(snapshot(p).Items); got != 2 {
		t.Fatalf("got %d items, want 2", got)
	}
	fetched := ghIssue("I_99", 99, says(work.GitHubMarkdown, "blocked by #100"))
	fetched.Scopes = nil
	p.Put(fetched)
	s := snapshot(p)
	it := find(t, s, github("I_99"))
	if len(s.Items) != 2 || !it.Outside || it.Stub || it.State != work.StateOpen || it.Links != nil {
		t.Errorf("got %d items, %+v; want the fetched item, outside, and nothing behind it", len(s.Items), it)
	}
}

func TestTheFreshestLinkTellsTheStub(t *testing.T) {
	to := func(category work.Category) work.Target {
		return work.Target{Ref: jira("99"), Key: "OPS-9", Stub: &work.Stub{Status: work.Status{Category: category}}}
	}
	at := func(hour int) func(*work.Record) {
		return func(r *work.Record) { r.Updated = taken.Add(time.Duration(hour) * time.Hour) }
	}
	p := product(t, facts.Config{}, nil,
		issue("1", "WEB-1", waitsFor(to(work.CategoryNew)), at(1)),
		issue("2", "WEB-2", waitsFor(to(work.CategoryDone)), at(3)),
		issue("3", "WEB-3", waitsFor(to(work.CategoryDoing)), at(2)),
		issue("4", "WEB-4", waitsFor(work.Target{Ref: jira("99"), Key: "OPS-9"}), at(4)))
	if got := find(t, snapshot(p), jira("99")).State; got != work.StateUnknown {
		t.Errorf("got %s, want unknown", got)
	}
}

func TestChildrenStandUnderTheirParents(t *testing.T) {
	under := func(to work.Target) func(*work.Record) { return func(r *work.Record) { r.Parent = to } }
	p := product(t, facts.Config{Teams: teams}, nil,
		issue("10", "WEB-10", under(work.Target{Ref: jira("2")}), func(r *work.Record) { r.Level = -1 }),
		issue("9", "WEB-9", under(work.Target{Key: "WEB-2"})),
		issue("2", "WEB-2", func(r *work.Record) { r.Labels = []string{"team-web"} }),
		issue("3", "WEB-3", under(work.Target{Ref: jira("3")})),
		issue("4", "WEB-4", under(work.Target{Ref: jira("404")})),
		issue("11", "WEB-11", under(work.Target{Ref: jira("2")}), func(r *work.Record) { r.Level, r.Assignee = -1, "Olga" }))
	s := snapshot(p)
	parent := find(t, s, jira("2"))
	if diff := cmp.Diff(parent.Children, []work.Ref{jira("9"), jira("10"), jira("11")}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	for id, want := range map[string][]work.TeamID{"10": {"Web"}, "9": nil, "11": {"Ops"}} {
		if got := find(t, s, jira(id)).Teams; !cmp.Equal(got, want, cmpopts.EquateEmpty()) {
			t.Errorf("team of %s: got %v, want %v", id, got, want)
		}
	}
	for _, id := range []string{"3", "4"} {
		if got := find(t, s, jira(id)).Parent; !got.IsZero() {
			t.Errorf("parent of %s: got %s, want none", id, got)
		}
	}
	if len(s.Items) != 6 {
		t.Errorf("got %d items, want 6: a parent that was not read makes none", len(s.Items))
	}
}

func TestADuplicateOfADeliveredItemIsDelivered(t *testing.T) {
	duplicates := func(id string) func(*work.Record) {
		return linked(work.RecordLink{TypeName: "Duplicate", Speaks: true, Origin: work.Typed, To: work.Target{Ref: jira(id)}})
	}
	p := product(t, facts.Config{}, nil,
		issue("1", "WEB-1", done("Done")),
		issue("2", "WEB-2", done("Duplicate"), duplicates("1")),
		issue("3", "WEB-3", done("Duplicate"), duplicates("2")),
		issue("4", "WEB-4"),
		issue("5", "WEB-5", done("Duplicate"), duplicates("4")),
		issue("6", "WEB-6", done("Duplicate"), duplicates("4"), duplicates("1")),
		issue("7", "WEB-7", done("Duplicate"), duplicates("8")),
		issue("8", "WEB-8", done("Duplicate"), duplicates("7")),
		issue("9", "WEB-9", duplicates("1")),
		issue("10", "WEB-10", done("Won’t Fix"), duplicates("1")), // dropped for another reason
		issue("11", "WEB-11", done("Won't Do"), duplicates("1")),
		ghIssue("I_1", 1, done("completed")),
		ghIssue("I_2", 2, done("duplicate"), func(r *work.Record) { r.Duplicate = work.Target{Key: "acme/api#1"} }),
		ghIssue("I_3", 3, done("duplicate")))
	s := snapshot(p)
	for _, c := range []struct {
		ref, original work.Ref
		state         work.State
	}{
		{jira("2"), jira("1"), work.StateDelivered},
		{jira("3"), jira("2"), work.StateDelivered},
		{jira("5"), jira("4"), work.StateDropped},
		{jira("6"), jira("1"), work.StateDelivered},
		{jira("7"), jira("8"), work.StateDropped},
		{jira("8"), jira("7"), work.StateDropped},
		{jira("9"), work.Ref{}, work.StateOpen},
		{jira("10"), work.Ref{}, work.StateDropped},
		{jira("11"), work.Ref{}, work.StateDropped},
		{github("I_2"), github("I_1"), work.StateDelivered},
		{github("I_3"), work.Ref{}, work.StateDropped},
	} {
		it := find(t, s, c.ref)
		if it.DuplicateOf != c.original || it.State != c.state {
			t.Errorf("%s: got %s of %v, want %s of %v", c.ref, it.State, it.DuplicateOf, c.state, c.original)
		}
	}
}

func TestItemsOfAnUnreadScopeAreMarkedThoughAnotherWasRead(t *testing.T) {
	scoped := func(scopes ...string) func(*work.Record) { return func(r *work.Record) { r.Scopes = scopes } }
	p := product(t, facts.Config{}, nil, issue("1", "WEB-1", scoped("web", "all")), issue("2", "WEB-2", scoped("web")), issue("3", "WEB-3", scoped("all")), issue("4", "WEB-4", scoped()))
	s := p.Snapshot(taken, march(11), map[string]string{"web": "HTTP 502"})
	got := map[string]bool{}
	for i := range s.Items {
		got[s.Items[i].Ref.ID] = s.Items[i].Unread
	}
	if diff := cmp.Diff(got, map[string]bool{"1": true, "2": true, "3": false, "4": false}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestTeamsEstimateWhenAThirdOfTheirOpenItemsAreEstimated(t *testing.T) {
	no, three := false, 3.0
	story := func(id int, label string, estimate *float64, change ...func(*work.Record)) work.Record {
		return issue(fmt.Sprint(id), fmt.Sprintf("WEB-%d", id), append(change, func(r *work.Record) { r.Labels, r.Estimate = []string{label}, estimate })...)
	}
	sub := func(r *work.Record) { r.Level = -1 }
	epic := func(r *work.Record) { r.Level = 1 }
	label := func(name string) []facts.Match { return []facts.Match{{Label: name}} }
	config := facts.Config{Calendar: facts.CalendarConfig{Timezone: "Europe/Berlin"}, Teams: []facts.TeamConfig{
		{Name: "third", Match: label("third"), Home: map[string]string{"jira": "WEB-1"}}, {Name: "less", Match: label("less"), Planning: work.ByFlow, Timezone: "Asia/Tokyo"},
		{Name: "empty", Match: label("empty")}, {Name: "told", Match: label("third"), Estimates: &no},
	}}
	p := product(t, config, nil,
		story(1, "third", &three), story(2, "third", nil), story(3, "third", nil), story(4, "third", nil, sub), story(5, "third", nil, epic), story(6, "third", nil, done("Done")),
		story(11, "less", &three), story(12, "less", nil), story(13, "less", nil), story(14, "less", nil), story(15, "less", &three, done("Done")))
	type team struct {
		ID        work.TeamID
		Planning  work.Planning
		Zone      string
		Estimates bool
		Home      work.Ref
	}
	var got []team
	for _, tm := range snapshot(p).Teams {
		got = append(got, team{tm.ID, tm.Planning, tm.Zone.String(), tm.Estimates, tm.Home})
	}
	want := []team{
		{"third", work.BySprint, "Europe/Berlin", true, jira("1")}, {"less", work.ByFlow, "Asia/Tokyo", false, work.Ref{}},
		{"empty", work.BySprint, "Europe/Berlin", false, work.Ref{}}, {"told", work.BySprint, "Europe/Berlin", false, work.Ref{}},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestSnapshotIsTheSameInWhateverOrderRecordsCame(t *testing.T) {
	records := world(300)
	want := snapshot(product(t, facts.Config{Teams: teams}, nil, records...))
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		p := product(t, facts.Config{Teams: teams}, nil, records[:200]...)
		snapshot(p)
		p.Put(issue("700", "WEB-700"))
		p.Put(records[100:]...)
		snapshot(p)
		p.Remove(jira("700"), jira("nobody"))
		got := snapshot(p)
		if diff := cmp.Diff(got, want, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
			t.Fatalf("(-got +want):\n%s", diff)
		}
	}
	for i := 1; i < len(want.Items); i++ {
		if want.Items[i-1].Ref.Compare(want.Items[i].Ref) >= 0 {
			t.Fatalf("items are not sorted: %s before %s", want.Items[i-1].Ref, want.Items[i].Ref)
		}
	}
}

func TestAChangedRecordReplacesTheOldOneAndItsNames(t *testing.T) {
	p := product(t, facts.Config{}, nil, issue("1", "WEB-1"), issue("2", "WEB-2", says(work.JiraWiki, "blocked by WEB-1")))
	before := snapshot(p)
	p.Put(issue("1", "API-1", func(r *work.Record) { r.Title = "moved" }))
	if got := find(t, snapshot(p), jira("2")).Links; len(got) != 1 || got[0].To != jira("1") && got[0].To != (work.Ref{Tracker: "jira", ID: "key:WEB-1"}) {
		t.Errorf("got %v, want the old key known as an item outside", got)
	}
	p.Put(issue("1", "API-1", func(r *work.Record) { r.OldKeys = []string{"WEB-1"} }))
	if got, want := find(t, snapshot(p), jira("2")).Links, []work.Link{{Kind: work.Waits, To: jira("1"), Origin: work.Text}}; !cmp.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := find(t, before, jira("1")); got.Key != "WEB-1" || got.Title != "" {
		t.Errorf("the snapshot before changed: %+v", got)
	}
	p.Remove(jira("1"))
	if got, want := p.Len(), 1; got != want {
		t.Errorf("got %d records, want %d", got, want)
	}
}
