package main

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"strata/internal/refine/checks"
	"strata/internal/work"
)

// sprints are the horizons as people say them.
var sprints = words(word{"current", "This Sprint", ""}, word{"next", "Next", ""}, word{"next2", "In two", ""}, word{"next3", "In three", ""})

func teams() cog.Builder[dashboard.Panel] {
	goal := words(word{"1", "set", good}, word{"0", "missing", careful})
	return grid(frame{
		title: "Goals, stock and load", unit: "short", w: 10, h: 8,
		tells: "Has each team a Sprint Goal for this and the next Sprint? How many Sprints would its ready items last (buffer: 2 to 3 are healthy), and how much is planned for its next Sprint (load: 1.0 is what it delivers in one)? " +
			"Both are measured in the team's own pace of its last three to five Sprints, and are empty before three, or where fewer than 80 % of the items are estimated. Goals are empty where no board of the team is known.",
		none: "No such team is known yet",
	}, []column{
		col("team", "Team"),
		said("Value #A", "Goal", goal, painted()),
		said("Value #B", "Next goal", goal, painted()),
		col("Value #C", "Buffer", painted(), property("decimals", 1), thresholds(bad, step{1, careful}, step{2, good})),
		col("Value #D", "Next load", painted(), property("decimals", 1), thresholds(silent, step{1.2, careful}, step{1.5, bad})),
		col("Value #E", "Under way"),
	},
		rows(`sum by (team) (strata_sprint_goal_present{product="$product",team=~"$team",horizon="current"})`),
		rows(`sum by (team) (strata_sprint_goal_present{product="$product",team=~"$team",horizon="next"})`),
		rows(`sum by (team) (strata_ready_buffer_sprints{product="$product",team=~"$team"})`),
		rows(`sum by (team) (strata_team_load_ratio{product="$product",team=~"$team",horizon="next"})`),
		rows(`sum by (team) (strata_wip_items{product="$product",team=~"$team",team!="",layer="team"})`),
	)
}

// readiness is a table of what is ready of what is planned, by Sprint.
func readiness(f frame, selector string) cog.Builder[dashboard.Panel] {
	sum := func(metric string) string {
		return fmt.Sprintf(`sum by (horizon) (%s{product="$product",horizon!="",%s})`, metric, selector)
	}
	return grid(f, []column{
		said("horizon", "Sprint", sprints, wide(90)),
		col("Value #A", "Ready", wide(65)),
		col("Value #B", "Of planned", wide(90)),
		share("Value #C", "Share", careful, step{0.8, good}),
	},
		rows(sum("strata_items_ready")),
		rows(sum("strata_items_planned")),
		rows(sum("strata_items_ready")+" / ("+sum("strata_items_planned")+" > 0)"),
	)
}

func storiesReady() cog.Builder[dashboard.Panel] {
	return readiness(frame{
		title: "Stories that are ready", unit: "short", w: 7, h: 8,
		tells: "Are the next Sprints refined? Ready means that every required check passes; 80 % of the next Sprint is healthy, later ones may stay vague. The share is of the planned items beside it.",
		none:  "Not read yet: see Operations",
	}, `layer="team",team=~"$team"`)
}

func nextSprint() cog.Builder[dashboard.Panel] {
	return lines(frame{
		title: "The next Sprint fills", unit: "short", w: 7, h: 8,
		tells: "Is the next Sprint being refined? The closer the two lines, the better; planned items drop when a Sprint begins.",
		none:  "Nothing is planned for the next Sprint, or no Sprint is known: see the calendar in the config",
	},
		over(`sum(strata_items_planned{product="$product",layer="team",team=~"$team",horizon="next"})`, "planned"),
		over(`sum(strata_items_ready{product="$product",layer="team",team=~"$team",horizon="next"})`, "ready"),
	).
		OverrideByName("planned", []dashboard.DynamicConfigValue{fixed(neutral)}).
		OverrideByName("ready", []dashboard.DynamicConfigValue{fixed(good)})
}

func epicsReady() cog.Builder[dashboard.Panel] {
	return readiness(frame{
		title: "Epics that are ready", unit: "short", w: 8, h: 7,
		tells: "Which Sprints begin with epics that are not ready? Epics belong to all teams, so the choice of teams does not count here. Which ones, the agenda says: strata agenda. The share is of the planned epics beside it.",
		none:  "Not read yet: see Operations",
	}, `layer="cross-team"`)
}

// checkTitles shows a check as its id and question.
func checkTitles(layer work.Layer) dashboard.ValueMapping {
	var list []word
	for _, c := range checks.All() {
		if c.Layer == layer {
			list = append(list, word{string(c.ID), string(c.ID) + " " + c.Title, ""})
		}
	}
	return words(list...)
}

func missing(f frame, layer work.Layer, selector string) cog.Builder[dashboard.Panel] {
	return grid(f, []column{
		said("check", "Check", checkTitles(layer)),
		col("Value", "Items", wide(80)),
	}, rows(fmt.Sprintf(`sort_desc(sum by (check) (strata_readiness_check_failures{product="$product",%s}) > 0)`, selector)))
}

func epicsMissing() cog.Builder[dashboard.Panel] {
	return missing(frame{
		title: "What epics miss", unit: "short", w: 8, h: 7,
		tells: "What should the next cross-team refinement ask? Planned epics by the check that they fail; the checks are explained at the end of the page.",
		none:  "No planned epic fails a check",
	}, work.CrossTeam, `layer="cross-team"`)
}

func storiesMissing() cog.Builder[dashboard.Panel] {
	return missing(frame{
		title: "What stories miss", unit: "short", w: 8, h: 7,
		tells: "What should the teams' refinement ask? Planned items of the chosen teams by the check that they fail; the checks are explained at the end of the page.",
		none:  "No planned story fails a check",
	}, work.TeamLayer, `layer="team",team=~"$team"`)
}

func objectives() cog.Builder[dashboard.Panel] {
	items := func(states string) string {
		return fmt.Sprintf(`sum by (objective) (strata_objective_items{product="$product",state=~"%s"})`, states)
	}
	return grid(frame{
		title: "Objectives", unit: "short", w: 18, h: 6,
		tells: "What does the work serve? Items count for the objectives that they carry, or else for those of their epic; one may serve several.",
		none:  "The config names no objectives",
	}, []column{
		col("objective", "Objective"),
		col("Value #A", "Not begun", wide(110)),
		col("Value #B", "Under way", wide(110)),
		col("Value #C", "Delivered", wide(110)),
	},
		rows(items("open")),
		rows(items("doing")),
		rows(items("delivered")),
	)
}

func aimless() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Planned without an objective", unit: "short", w: 6, h: 6,
		tells: "How many planned items serve no objective of the product? Beside it stands how many are planned.",
		none:  "The config names no objectives",
	},
		now(`strata_planned_items_without_objective{product="$product"}`, "without"),
		now(`sum(strata_items_planned{product="$product",layer="team"})`, "planned"),
	).TextMode(common.BigValueTextModeValueAndName)
}
