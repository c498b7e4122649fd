package main

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// ofTeams selects the dependencies in which a chosen team waits or is waited for.
func ofTeams(more string) string {
	return fmt.Sprintf(`(strata_dependencies{product="$product",waiting_team=~"$team",%[1]s} or strata_dependencies{product="$product",blocking_team=~"$team",%[1]s})`, more)
}

const betweenTeams = `relation!="intra_team"`

// healths are the healths of a dependency with their words and colours.
var healths = []word{
	{"off_track", "off track", bad}, {"at_risk", "at risk", careful}, {"dropped", "dropped", "purple"}, {"unknown", "unknown", "text"}, {"healthy", "healthy", good},
}

func healthNow() cog.Builder[dashboard.Panel] {
	p := bars(frame{
		title: "Dependencies between teams now", unit: "short", w: 7, h: 8,
		tells: "How many dependencies between teams are off track? Off track: the blocker comes too late. At risk: in the same Sprint, or something else is wrong. Dropped: the blocker was closed without delivery. Unknown: one of the two has no date or cannot be read.",
		none:  "No dependency of these teams is known: are links between items used, and their types in the config?",
	})
	for i, h := range healths {
		p.WithTarget(now(fmt.Sprintf(`sum(%s)`, ofTeams(betweenTeams+`,health="`+h.value+`"`)), h.text).RefId(string(rune('A' + i))))
		p.OverrideByName(h.text, []dashboard.DynamicConfigValue{fixed(h.color)})
	}
	return p
}

func healthOverTime() cog.Builder[dashboard.Panel] {
	p := layers(frame{
		title: "Is it getting better?", unit: "short", w: 9, h: 8,
		tells: "Do dependencies that are not healthy become fewer? Healthy ones are left out; the basis is all of them, in the panel beside.",
		none:  "No dependency of these teams is known",
	})
	for i, h := range healths[:4] {
		p.WithTarget(over(fmt.Sprintf(`sum(%s)`, ofTeams(betweenTeams+`,health="`+h.value+`"`)), h.text).RefId(string(rune('A' + i))))
		p.OverrideByName(h.text, []dashboard.DynamicConfigValue{fixed(h.color)})
	}
	return p
}

func whoWaits() cog.Builder[dashboard.Panel] {
	nobody := words(word{"", "no team", careful})
	return grid(frame{
		title: "Who waits for whom", unit: "short", w: 8, h: 8,
		tells: "Which two teams should meet? Unresolved dependencies by pair of teams, those that are off track first. Slack is the tightest time in working days between when something is expected and when it is needed; negative is late, empty is unknown.",
		none:  "No team waits for another one",
	}, []column{
		said("waiting_team", "Waiting", nobody),
		said("blocking_team", "For", nobody),
		col("Value #A", "Open", wide(60)),
		col("Value #B", "Off track", wide(85), painted(), thresholds(silent, step{1, bad})),
		col("Value #C", "Slack", wide(80), painted(), property("unit", "suffix: d"), property("decimals", 0), thresholds(bad, step{0, silent})),
	},
		rows(fmt.Sprintf(`sum by (waiting_team, blocking_team) (%s) > 0`, ofTeams(betweenTeams))),
		rows(fmt.Sprintf(`sum by (waiting_team, blocking_team) (%s) > 0`, ofTeams(betweenTeams+`,health="off_track"`))),
		rows(fmt.Sprintf(`min by (waiting_team, blocking_team) (strata_dependency_slack_seconds{product="$product"}) / 86400 and on (waiting_team, blocking_team) sum by (waiting_team, blocking_team) (%s) > 0`, ofTeams(betweenTeams))),
	).
		SortBy([]cog.Builder[common.TableSortByFieldState]{common.NewTableSortByFieldStateBuilder().DisplayName("Off track").Desc(true)})
}

func waitingShare() cog.Builder[dashboard.Panel] {
	return grid(frame{
		title: "Whose plans hang on others", unit: "short", w: 9, h: 7,
		tells: "How much of what a team has planned within the lookahead waits for another team? The share is of the planned items beside it. Oldest is the age of the oldest unresolved dependency on the team; held up is the largest number of items that wait for one of its items.",
		none:  "Nothing is planned, or no such team is known",
	}, []column{
		col("team", "Team", wide(85)),
		share("Value #A", "Share", neutral),
		col("Value #B", "Of planned", wide(90)),
		col("Value #C", "Oldest", wide(75), property("unit", "s"), property("decimals", 0)),
		col("Value #D", "Held up", wide(75)),
	},
		rows(`sum by (team) (strata_cross_team_dependency_ratio{product="$product",team=~"$team",team!=""})`),
		rows(`sum by (team) (strata_items_planned{product="$product",layer="team",team=~"$team",team!=""})`),
		rows(byTeam(`strata_dependency_oldest_age_seconds`)),
		rows(byTeam(`strata_dependency_fan_out_max`)),
	)
}

// byTeam reads a metric of the blocking team as one of the team.
func byTeam(metric string) string {
	return fmt.Sprintf(`max by (team) (label_replace(%s{product="$product",blocking_team=~"$team",blocking_team!=""}, "team", "$1", "blocking_team", "(.*)"))`, metric)
}

func blockedOverTime() cog.Builder[dashboard.Panel] {
	p := layers(frame{
		title: "Blocked now, by what", unit: "short", w: 8, h: 7,
		tells: "What holds up work that is under way or in the current Sprint? Unknown: somebody marked the item as blocked and nothing says by what.",
		none:  "Nothing is blocked",
	})
	for i, c := range []word{
		{"cross_team", "another team", careful}, {"cross_product", "outside the product", bad}, {"internal", "the team itself", neutral}, {"unknown", "unknown", "text"},
	} {
		p.WithTarget(over(`sum(strata_blocked_items{product="$product",team=~"$team",cause="`+c.value+`"})`, c.text).RefId(string(rune('A' + i))))
		p.OverrideByName(c.text, []dashboard.DynamicConfigValue{fixed(c.color)})
	}
	return p
}

func knots() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Knots", unit: "short", w: 7, h: 7,
		tells: "Is the product's plan tangled? Circles: groups of items that wait for each other, so that none can begin. Chain: items in the longest line of which each waits for the next. Slack: the tightest time between when something is expected and when it is needed; in working days; negative is late.",
		none:  "Not read yet: see Operations",
	},
		now(`strata_dependency_cycles{product="$product"}`, "circles"),
		now(`strata_dependency_chain_length_max{product="$product"}`, "longest chain"),
		now(`min(strata_dependency_slack_seconds{product="$product"}) / 86400`, "tightest slack"),
	).
		TextMode(common.BigValueTextModeValueAndName).
		OverrideByName("circles", []dashboard.DynamicConfigValue{thresholds(good, step{1, bad})}).
		OverrideByName("tightest slack", []dashboard.DynamicConfigValue{property("unit", "suffix: d"), property("decimals", 0), thresholds(bad, step{0, good})})
}
