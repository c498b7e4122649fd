package app_test

import (
	"slices"
	"testing"

	"strata/internal/cycle"
	"strata/internal/sandbox/jirasim"
)

// among are those edges of a report that touch an item.
func among(r *cycle.Report, item string) []string {
	var all []string
	for _, d := range r.JSON().Dependencies {
		if d.Waiting == item || d.Blocker == item {
			all = append(all, d.Waiting+" waits for "+d.Blocker)
		}
	}
	slices.Sort(all)
	return all
}

func wantEdges(t *testing.T, r *cycle.Report, item string, want ...string) {
	t.Helper()
	if got := among(r, item); !slices.Equal(got, want) {
		t.Errorf("edges of %s\ngot  %v\nwant %v", item, got, want)
	}
}

func TestF46LinkIsReadInTheSameDirectionFromBothOfItsEnds(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		for _, scene := range []struct {
			name  string
			scope string // the only project in scope: the link is seen from its item's end alone
		}{
			{"both ends", ""}, {"the waiting end", "WEB"}, {"the blocking end", "CORE"},
		} {
			t.Run(scene.name, func(t *testing.T) {
				t.Parallel()
				s := settings{flavour: f}
				if scene.scope != "" {
					s.change = func(config string) string { return only(t, config, scene.scope) }
				}
				h := build(t, s)
				var pairs [][2]string
				for _, typ := range []string{"Blocks", "Depends"} {
					waiting, blocker := h.story(web, "Waits "+typ, next), h.story(core, "Blocks "+typ, later)
					if typ == "Blocks" {
						h.do("link", blocker, "to", waiting, "type", typ)
					} else {
						h.do("link", waiting, "to", blocker, "type", typ)
					}
					pairs = append(pairs, [2]string{waiting, blocker})
				}
				r := h.once()
				for _, p := range pairs {
					wantEdges(t, r, p[0], p[0]+" waits for "+p[1])
				}
			})
		}
	})
}

func TestDuplicateSaysWhichOfTwoStandsForTheOther(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		for _, later := range []struct {
			name      string
			delivered string // which of the two
			open      bool   // the dependency remains
		}{{"the original is delivered", "original", false}, {"nothing is delivered", "", true}} {
			t.Run(later.name, func(t *testing.T) {
				t.Parallel()
				h := build(t, settings{flavour: f})
				waiting, blocker := h.pair(place{flavour: f, waiting: web, blocks: core})
				original := h.story(core, "The original", next)
				h.do("link", blocker, "to", original, "type", "Duplicate") // the blocker duplicates the original
				h.do("drop", blocker, "resolution", "Duplicate")
				if later.delivered != "" {
					h.do("close", original)
				}
				want := []string{}
				if later.open {
					want = append(want, waiting+" waits for "+blocker)
				}
				wantEdges(t, h.once(), waiting, want...)
			})
		}
		t.Run("the other way round it stands for nothing", func(t *testing.T) {
			t.Parallel()
			h := build(t, settings{flavour: f})
			waiting, blocker := h.pair(place{flavour: f, waiting: web, blocks: core})
			copied := h.story(core, "A copy", next)
			h.do("link", copied, "to", blocker, "type", "Duplicate") // the copy duplicates the blocker
			h.do("drop", blocker, "resolution", "Duplicate")
			h.do("close", copied)
			wantEdges(t, h.once(), waiting, waiting+" waits for "+blocker)
		})
	})
}

func TestLinkTypesThatAreNoDependencyMakeNone(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		one, other := h.story(web, "One", next), h.story(core, "Other", later)
		for _, typ := range []string{"Relates", "Cloners", "Duplicate"} {
			h.do("link", one, "to", other, "type", typ)
		}
		wantEdges(t, h.once(), one)
	})
}

func TestSameDependencySaidInSeveralWaysIsOneEdge(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		waiting, blocker := h.pair(place{flavour: f, waiting: web, blocks: core})
		h.do("link", waiting, "to", blocker, "type", "Depends")
		h.do("body", waiting, "body", "Depends on "+blocker+"\n\nblocked by "+h.box.JiraURL+"/browse/"+blocker)
		h.do("body", blocker, "body", "blocks "+waiting)
		wantEdges(t, h.once(), waiting, waiting+" waits for "+blocker)
		h.flag(waiting)
	})
}

func TestGitHubDependencyIsReadFromBothOfItsEnds(t *testing.T) {
	for _, scene := range []struct{ name, scope string }{
		{"both ends", ""}, {"the waiting end", "acme/api"}, {"the blocking end", "acme/platform"},
	} {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			s := settings{}
			if scene.scope != "" {
				s.change = func(config string) string { return only(t, config, scene.scope) }
			}
			h := build(t, s)
			waiting, blocker := h.story(api, "Waits", next), h.story(platform, "Blocks", later)
			h.wait(waiting, blocker)
			wantEdges(t, h.once(), waiting, waiting+" waits for "+blocker)
		})
	}
}

func TestTextNamesABlockerAcrossTheTrackersBothWays(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		for _, form := range []struct {
			name         string
			jira, github string // %s-free: KEY and URL are replaced
		}{
			{"key", "blocked by ISSUE", "depends on KEY"},
			{"address", "depends on GITHUB", "blocked by JIRA"},
			{"the blocker says so", "", ""},
		} {
			t.Run(form.name, func(t *testing.T) {
				t.Parallel()
				h := build(t, settings{flavour: f})
				inJira, onGitHub := h.story(web, "In Jira", next), h.story(api, "On GitHub", later)
				fill := func(text string) string { return h.fill(text, inJira, onGitHub) }

				h.do("body", inJira, "body", fill(form.jira))
				if form.jira == "" {
					h.do("body", onGitHub, "body", fill("blocks KEY"))
				}
				wantEdges(t, h.once(), inJira, inJira+" waits for "+onGitHub)

				h.do("body", inJira, "body", "")
				h.do("body", onGitHub, "body", fill(form.github))
				if form.github == "" {
					h.do("body", inJira, "body", fill("blocks ISSUE"))
				}
				wantEdges(t, h.once(), inJira, onGitHub+" waits for "+inJira)

				h.do("body", inJira, "body", "")
				h.do("body", onGitHub, "body", "")
				wantEdges(t, h.once(), inJira)
			})
		}
	})
}

func TestF48TextThatOnlyLooksLikeAReferenceMakesNoDependency(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		inJira, onGitHub := h.story(web, "In Jira", next), h.story(api, "On GitHub", later)
		h.do("body", onGitHub, "body", h.fill("```\nblocked by KEY\n```\n\n> blocked by KEY\n\n`blocked by KEY`\n\nblocked by X"+"KEY and MYKEY0, UTF-8, CVE-2024-1\n\nnot blocked KEY, see KEY", inJira, onGitHub))
		h.do("body", inJira, "body", h.fill("{code}\nblocked by ISSUE\n{code}\n\n{quote}blocked by ISSUE{quote}\n\n{noformat}blocked by ISSUE{noformat}\n\nsee ISSUE", inJira, onGitHub))
		wantEdges(t, h.once(), inJira)
	})
}
