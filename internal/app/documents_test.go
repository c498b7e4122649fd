package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// shop is a house that keeps its documents, with where they live.
type shop struct {
	*house
	home   string            // the product's
	review string            // where the Sprint Reviews stand
	team   map[string]string // home items by team
}

func openShop(t *testing.T, f jirasim.Flavour) shop {
	t.Helper()
	s := shop{house: build(t, settings{flavour: f, documents: true}), team: map[string]string{}}
	s.box.World.Read(func(st *world.State) {
		c := st.Calendar()
		s.home, s.review = c.Home[world.Jira], c.Review[world.Jira]
		for _, team := range c.Teams {
			for _, tracker := range slices.Sorted(maps.Keys(team.Home))[:min(len(team.Home), 1)] {
				s.team[team.Name] = team.Home[tracker]
			}
		}
	})
	if s.home == "" || s.review == "" || len(s.team) < 3 {
		t.Fatalf("the product has no homes: %q %v", s.home, s.team)
	}
	return s
}

// paper is the one open document of a kind on an item.
func (s shop) paper(item, kind string) said {
	s.t.Helper()
	open := slices.DeleteFunc(s.ours(item, kind), func(c said) bool { return !c.Open })
	if len(open) != 1 {
		s.t.Fatalf("%s has %d open comments of kind %s, want 1: %+v", item, len(open), kind, s.thread(item))
	}
	return open[0]
}

func TestEachDocumentStandsOnceOnItsHomeAndTheSecondCycleKeepsIt(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		s := openShop(t, f)
		s.once()
		s.paper(s.home, "crossteam")
		s.paper(s.home, "product")
		agendas := 0
		for _, home := range s.team { // a team with nothing to prepare has none
			agendas += len(s.ours(home, "agenda"))
		}
		if agendas < 2 || agendas > len(s.team) {
			t.Errorf("%d agendas for %d teams", agendas, len(s.team))
		}
		before := len(s.journal(0))
		s.once()
		s.restart()
		s.once()
		s.loseStore()
		s.once()
		s.once()
		if now := s.journal(0); len(now) != before {
			t.Errorf("written again: %+v", now[before:])
		}
		s.wantNoDuplicates()
	})
}

func TestTakeawaysHeadTheAgendasAndSurviveTheLossOfTheStore(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		s := openShop(t, f)
		s.once()
		s.comment(s.home, "zoe", "/strata takeaway Refunds come after the launch")
		s.comment(s.home, "ada", "She said:\n\n{quote}\n/strata takeaway Quoted words count\n{quote}\n\n{code}\n/strata takeaway Code counts\n{code}")
		s.once()
		wantTold := func() {
			t.Helper()
			for _, body := range []string{s.paper(s.home, "crossteam").Body, s.paper(s.team["Web"], "agenda").Body} {
				if !strings.Contains(body, "Refunds come after the launch") {
					t.Errorf("the takeaway is missing in\n%s", body)
				}
				if strings.Contains(body, "Quoted words") || strings.Contains(body, "Code counts") {
					t.Errorf("a quote or code counted in\n%s", body)
				}
			}
		}
		wantTold()
		s.loseStore()
		s.once()
		s.once()
		wantTold()
		s.wantNoDuplicates()
	})
}

func TestTheReviewCollectsFeedbackAndOnlyThoseWhoMayDecideDo(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		s := openShop(t, f)
		s.once()
		end := s.sprintEnd()
		s.advance(end.Sub(s.clock.now()) + 20*time.Hour)
		s.once()
		review := s.paper(s.review, "review")
		if !strings.Contains(review.Body, "Sprint Review") {
			t.Fatalf("no review:\n%s", review.Body)
		}
		s.comment(s.review, "zoe", "/strata feedback Guests want to pay by invoice")
		s.comment(s.home, "zoe", "/strata goal met") // a stakeholder may not say so
		s.once()
		body := s.paper(s.review, "review").Body
		if !strings.Contains(body, "Guests want to pay by invoice") {
			t.Errorf("the feedback is missing:\n%s", body)
		}
		if !strings.Contains(s.paper(s.home, "crossteam").Body, "Guests want to pay by invoice") {
			t.Errorf("the feedback is not carried into the next agenda:\n%s", s.paper(s.home, "crossteam").Body)
		}
		if strings.Contains(body, "*Met*") || strings.Contains(body, "Sprint Goal*: met") {
			t.Errorf("somebody without rights closed the goal:\n%s", body)
		}
		s.comment(s.home, "ada", "/strata goal partly the invoice is missing")
		s.comment(s.review, "ada", "/strata done 1")
		s.once()
		body = s.paper(s.review, "review").Body
		if !strings.Contains(body, "the invoice is missing") {
			t.Errorf("the goal's outcome is missing:\n%s", body)
		}
		if strings.Contains(s.paper(s.home, "crossteam").Body, "Guests want to pay by invoice") {
			t.Errorf("feedback that is done is still on the agenda:\n%s", s.paper(s.home, "crossteam").Body)
		}
		s.wantNoDuplicates()
	})
}

// sprintEnd is when the product's present Sprint ends.
func (s shop) sprintEnd() (end time.Time) {
	s.box.World.Read(func(st *world.State) {
		c := st.Calendar()
		end = c.First
		for !end.After(s.clock.now()) {
			end = end.AddDate(0, 0, c.Every)
		}
	})
	return end.AddDate(0, 0, -3) // the last working day
}
