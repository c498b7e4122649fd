package facts_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"strata/internal/facts"
	"strata/internal/work"
)

func TestTextThatStandsOnManyItemsIsATemplates(t *testing.T) {
	const own = "h2. AC\n* the number is %d\n"
	const left = "h2. AC\n* state what must hold when the work is done\n* one line for each thing that can be tested\nh2. Definition of done\n* reviewed\n"
	p := product(t, facts.Config{}, nil)
	for i := range 12 {
		p.Put(issue(fmt.Sprint(i), fmt.Sprintf("WEB-%d", i), says(work.JiraWiki, left)))
	}
	for i := 12; i < 36; i++ {
		p.Put(issue(fmt.Sprint(i), fmt.Sprintf("WEB-%d", i), says(work.JiraWiki, fmt.Sprintf(own, i))))
	}
	criteria := func(id int) work.Section {
		for _, it := range snapshot(p).Items {
			if it.Ref == jira(fmt.Sprint(id)) {
				if (it.Said == 0) != it.Sections[work.AcceptanceCriteria].Template {
					t.Errorf("%d: %d characters said", id, it.Said)
				}
				if id < 12 && len(it.Sections[work.DefinitionOfDone].Entries) != 1 {
					t.Errorf("%d: the definition of done may be the same everywhere", id)
				}
				return it.Sections[work.AcceptanceCriteria]
			}
		}
		return work.Section{}
	}
	if got := criteria(0); got.Written() || !got.Template {
		t.Errorf("12 of 36: got %+v, want a template's", got)
	}
	if got := criteria(20); !got.Written() || got.Template {
		t.Errorf("its own words: got %+v", got)
	}
	p.Put(issue("36", "WEB-36", says(work.JiraWiki, fmt.Sprintf(own, 36)))) // 12 of 37 are no third
	if got := criteria(0); !got.Written() {
		t.Errorf("12 of 37: got %+v, want its own", got)
	}
	p.Remove(jira("36"))
	if got := criteria(0); got.Written() {
		t.Errorf("12 of 36 again: got %+v, want a template's", got)
	}
	p.Remove(jira("9"), jira("10"), jira("11"))
	if got := criteria(0); !got.Written() {
		t.Errorf("9 items: got %+v, want its own", got)
	}
}

func TestTheSameTextOnFewItemsIsTheirOwn(t *testing.T) {
	p := product(t, facts.Config{}, nil)
	for i := range 9 {
		p.Put(issue(fmt.Sprint(i), fmt.Sprintf("WEB-%d", i), says(work.JiraWiki, "h2. AC\n* the service runs on the new version\n* the smoke tests pass and the old version is gone\n")))
	}
	for _, it := range snapshot(p).Items {
		if got := it.Sections[work.AcceptanceCriteria]; !got.Written() {
			t.Fatalf("%s: got %+v, want its criteria", it.Key, got)
		}
	}
}

func TestFewWordsMayStandOnManyItems(t *testing.T) {
	p := product(t, facts.Config{}, nil)
	for i := range 20 {
		p.Put(issue(fmt.Sprint(i), fmt.Sprintf("WEB-%d", i), says(work.JiraWiki, "h2. AC\n* works as before\n")))
	}
	for _, it := range snapshot(p).Items {
		if got := it.Sections[work.AcceptanceCriteria]; !got.Written() {
			t.Fatalf("%s: got %+v, want its criterion", it.Key, got)
		}
	}
}

func TestNothingOfATextIsKept(t *testing.T) {
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	p := product(t, facts.Config{}, nil)
	for i := range 20 {
		for _, dialect := range []work.Dialect{work.GitHubMarkdown, work.JiraWiki} {
			const size = 128 << 10 // of which no more than some lines are read into sections
			text := fmt.Sprintf("As a user I want item %d.\n\nBlocked by WEB-%d.\n\nAC:\n* one of %d\n\nNotes:\n\n", i, i+1, i)
			p.Put(issue(fmt.Sprint(string(dialect), i), fmt.Sprintf("WEB-%d", i), says(dialect, text+strings.Repeat("Words about it. ", size/16))))
		}
	}
	if got := held() - before; got > 1<<20 {
		t.Errorf("5 MiB of texts leave %d KiB", got>>10)
	}
	runtime.KeepAlive(p)
}
