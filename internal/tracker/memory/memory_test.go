package memory_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"strata/internal/tracker"
	"strata/internal/tracker/memory"
	"strata/internal/tracker/trackertest"
	"strata/internal/work"
)

func TestTheFakeKeepsTheContract(t *testing.T) {
	trackertest.Exercise(t, func(*testing.T) (tracker.Tracker, trackertest.Controls) {
		m := memory.New("fake")
		c := trackertest.Controls{
			Scope: tracker.Scope{Name: "web", JQL: "project = WEB"},
			Missing: []work.Target{
				{Ref: work.Ref{Tracker: "fake", ID: "99"}}, {Key: "WEB-99"}, {URL: "https://fake.example/WEB-99"},
			},
			Touch: func(_ testing.TB, ref work.Ref) { m.Put(record(ref.ID, "touched")) },
			Comment: func(_ testing.TB, ref work.Ref, text string) string {
				return m.Say(ref, "a person", text)
			},
			Person:     work.Person{ID: "a person", Name: "a person"},
			Reword:     func(_ testing.TB, ref work.Ref, id, text string) { m.Reword(ref, id, text) },
			TakeRights: func(_ testing.TB, author string) { m.TakeRights(author) },
			Delete:     func(_ testing.TB, ref work.Ref, id string) { m.Unsay(ref, id) },
			LoseAnswer: func(testing.TB) { m.LoseAnswer(memory.Post, 1) },
			Break: func(testing.TB) func() {
				m.Fail(memory.Changes, tracker.Transient, 1)
				return func() {}
			},
			Count: func(_ testing.TB, ref work.Ref) int { return len(m.Said(ref)) },
		}
		for n := range 2*memory.PageSize + 1 {
			r := record(fmt.Sprint(n+1), "story")
			m.Put(r)
			c.Items = append(c.Items, work.Target{Ref: r.Ref, Key: r.Key, URL: r.URL})
		}
		m.Put(work.Record{Ref: work.Ref{ID: "50"}, Key: "OPS-1", Scopes: []string{"other"}})
		return m, c
	})
}

func record(id, title string) work.Record {
	return work.Record{
		Ref: work.Ref{Tracker: "fake", ID: id}, Key: "WEB-" + id, URL: "https://fake.example/WEB-" + id, Title: title, Scopes: []string{"web"},
		Status: work.Status{ID: "1", Name: "To Do", Category: work.CategoryNew}, Created: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
	}
}

func TestFaultsHappenInTheirOrderAndAreUsedUp(t *testing.T) {
	m := memory.New("fake")
	m.Put(record("1", "story"))
	m.Fail(memory.Post, tracker.RateLimited, 2)
	m.LoseAnswer(memory.Post, 1)
	ref := work.Ref{Tracker: "fake", ID: "1"}
	var kinds []tracker.Kind
	for range 4 {
		_, err := m.Post(t.Context(), ref, tracker.Draft{})
		kinds = append(kinds, tracker.KindOf(err))
	}
	if want := []tracker.Kind{tracker.RateLimited, tracker.RateLimited, tracker.Unclear, ""}; !slices.Equal(kinds, want) {
		t.Errorf("kinds = %q; want %q", kinds, want)
	}
	if got := len(m.Said(ref)); got != 2 {
		t.Errorf("%d comments; want 2: the lost one and the last", got)
	}
	if got := m.Calls(memory.Post); got != 4 {
		t.Errorf("%d calls; want 4", got)
	}
}

func TestAHiddenItemIsNotFoundAndLeavesTheScope(t *testing.T) {
	m := memory.New("fake")
	m.Put(record("1", "story"), record("2", "story"))
	ref := work.Ref{Tracker: "fake", ID: "1"}
	m.Hide(ref)
	page, err := m.Changes(t.Context(), tracker.Scope{Name: "web"}, "")
	if err != nil || len(page.Records) != 1 || page.Records[0].Ref.ID != "2" {
		t.Errorf("page = %+v, %v; want item 2 alone", page.Records, err)
	}
	if _, err := m.Post(t.Context(), ref, tracker.Draft{}); tracker.KindOf(err) != tracker.NotFound {
		t.Errorf("Post = %v; want not found", err)
	}
}

func TestARobotIsTold(t *testing.T) {
	m := memory.New("fake")
	m.Put(record("1", "story"))
	ref := work.Ref{Tracker: "fake", ID: "1"}
	m.Robots("sync")
	m.Say(ref, "sync", "/strata ack")
	m.Say(ref, "ada", "/strata ack")
	page, err := m.Changes(t.Context(), tracker.Scope{Name: "web"}, "")
	if err != nil || len(page.Remarks) != 2 || !page.Remarks[0].Bot || page.Remarks[1].Bot {
		t.Errorf("remarks = %+v, %v; want one of a robot and one of a person", page.Remarks, err)
	}
}
