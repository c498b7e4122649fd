package jira

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// field is a field of the site.
type field struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Schema struct {
		Custom string `json:"custom"`
	} `json:"schema"`
}

// fieldset says which custom field holds what; ids, empty where the site has none.
type fieldset struct {
	sprint, epicLink, epicName, rank, flagged string
	start, neededBy, acceptance               string
	teams, estimates                          []string // the first with a value counts
	wrong                                     []string // configured and not found, for Check
}

// standard are the fields of every site that judging needs.
var standard = []string{
	"summary", "status", "resolution", "resolutiondate", "issuetype", "project", "parent", "issuelinks", "labels", "components",
	"assignee", "duedate", "created", "updated", "description", "security", "comment",
}

// names lists what to ask of an item, sorted.
func (f fieldset) names() []string {
	names := slices.Concat(standard, f.teams, f.estimates, []string{
		f.sprint, f.epicLink, f.epicName, f.rank, f.flagged, f.start, f.neededBy, f.acceptance,
	})
	names = slices.DeleteFunc(names, func(name string) bool { return name == "" })
	slices.Sort(names)
	return slices.Compact(names)
}

const (
	greenhopper = "com.pyxis.greenhopper.jira:"
	customtypes = "com.atlassian.jira.plugin.system.customfieldtypes:"
)

// discover asks which fields there are. Types tell more than names, which an
// administrator may change and which are translated.
func (t *Tracker) discover(ctx context.Context) (fieldset, error) {
	var all []field
	if _, err := t.do(ctx, call{op: "read the fields of " + t.name, route: "field"}, &all); err != nil {
		return fieldset{}, err
	}
	return choose(all, t.cfg.Fields), nil
}

// acceptanceNames are how the field of acceptance criteria is usually called.
var acceptanceNames = []string{"Acceptance Criteria", "Akzeptanzkriterien", "Critères d'acceptation", "Criterios de aceptación", "Critérios de aceitação",
	"Criteri di accettazione", "Acceptatiecriteria", "Kryteria akceptacji", "验收标准", "受け入れ基準"}

func choose(all []field, want Fields) fieldset {
	slices.SortFunc(all, func(a, b field) int { // oldest first, so that the choice is stable
		return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID))
	})
	byType := func(types ...string) string {
		for _, custom := range types {
			for _, f := range all {
				if f.Schema.Custom == custom {
					return f.ID
				}
			}
		}
		return ""
	}
	byName := func(custom string, names ...string) (ids []string) {
		for _, name := range names {
			for _, f := range all {
				if strings.EqualFold(f.Name, name) && f.Schema.Custom == customtypes+custom {
					ids = append(ids, f.ID)
				}
			}
		}
		return ids
	}
	first := func(ids []string) string {
		if len(ids) == 0 {
			return ""
		}
		return ids[0]
	}
	set := fieldset{
		sprint:    byType(greenhopper + "gh-sprint"),
		epicLink:  byType(greenhopper + "gh-epic-link"),
		epicName:  byType(greenhopper + "gh-epic-label"),
		rank:      byType(greenhopper + "gh-lexo-rank"),
		flagged:   first(byName("multicheckboxes", "Flagged")),
		estimates: byName("float", "Story Points", "Story point estimate"),
	}
	for _, f := range all {
		if f.Schema.Custom == greenhopper+"jsw-story-points" {
			set.estimates = append(set.estimates, f.ID)
		}
	}
	configured := func(what, want, found string) string {
		if want == "" {
			return found
		}
		for _, f := range all {
			if f.ID == want || f.Name == want {
				return f.ID
			}
		}
		set.wrong = append(set.wrong, fmt.Sprintf("fields.%s: no field %q", what, want))
		return ""
	}
	for _, id := range []string{configured("team", want.Team, ""), byType(customtypes+"atlassian-team", "com.atlassian.teams:rm-teams-custom-field-team")} {
		if id != "" && !slices.Contains(set.teams, id) {
			set.teams = append(set.teams, id)
		}
	}
	set.start = configured("start", want.Start, cmp.Or(first(byName("datepicker", "Start date")), byType("com.atlassian.jpo:jpo-custom-field-baseline-start")))
	set.neededBy = configured("needed_by", want.NeededBy, first(byName("datepicker", "Needed by")))
	set.acceptance = configured("acceptance_criteria", want.AcceptanceCriteria, first(byName("textarea", acceptanceNames...)))
	if want.Estimate != "" {
		set.estimates = nil
		if id := configured("estimate", want.Estimate, ""); id != "" {
			set.estimates = []string{id}
		}
	}
	return set
}

// missing names what the site does not have, for Check.
func (f fieldset) missing() []string {
	absent := map[string]bool{"Sprint": f.sprint == "", "story points": len(f.estimates) == 0, "Rank": f.rank == ""}
	maps.DeleteFunc(absent, func(_ string, yes bool) bool { return !yes })
	return slices.Sorted(maps.Keys(absent))
}
