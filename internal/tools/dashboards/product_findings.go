package main

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	panel "github.com/grafana/grafana-foundation-sdk/go/text"

	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
)

// explained is the id of the panel that explains the rules, for links to it.
const explained = 1000

// linkTo opens a page at a click on a cell.
func linkTo(title, url string, blank bool) dashboard.DynamicConfigValue {
	return property("links", []map[string]any{{"title": title, "url": url, "targetBlank": blank}})
}

func toExplanation() dashboard.DynamicConfigValue {
	return linkTo("What the rule says", fmt.Sprintf("/d/strata-product?${datasource:queryparam}&${product:queryparam}&viewPanel=%d", explained), false)
}

func ruleTitles() dashboard.ValueMapping {
	var list []word
	for _, r := range rules.All() {
		list = append(list, word{string(r.ID), string(r.ID) + " " + r.Title, ""})
	}
	return words(list...)
}

func openFindings() cog.Builder[dashboard.Panel] {
	return grid(frame{
		title: "Findings that nobody answered", unit: "short", w: 24, h: 9,
		tells: "What should be talked about first? Critical needs someone today, warning the next refinement. A click on the item opens it in its tracker, where the finding is explained and can be answered; a click on the rule says what it means.",
		none:  "No critical or warning finding is open",
	}, []column{
		said("severity", "Severity", words(word{"critical", "critical", bad}, word{"warning", "warning", careful}), painted(), wide(80)),
		said("rule", "Rule", ruleTitles(), toExplanation(), wide(360)),
		col("item", "Item", linkTo("Open ${__value.raw}", "${__data.fields.Address}", true)),
		col("team", "Acting team"),
		col("waiting_team", "Waiting team"),
		col("blocker", "Blocker"),
		col("blocking_team", "Blocking team"),
		said("horizon", "Sprint", sprints, wide(95)),
		col("Value", "Open for", property("unit", "s"), property("decimals", 0), wide(90)),
		col("url", "Address", property("custom.hideFrom", map[string]any{"viz": true, "legend": false, "tooltip": false})),
		{field: "product"}, {field: "__name__"}, {field: "instance"}, {field: "job"},
	}, rows(`strata_open_finding_info{product="$product",team=~"$team"} or strata_open_finding_info{product="$product",waiting_team=~"$team"} or strata_open_finding_info{product="$product",blocking_team=~"$team"}`)).
		SortBy([]cog.Builder[common.TableSortByFieldState]{common.NewTableSortByFieldStateBuilder().DisplayName("Severity")})
}

func findingsByRule() cog.Builder[dashboard.Panel] {
	return layers(frame{
		title: "Findings by rule", unit: "short", w: 19, h: 7,
		tells: "Which matters come up, and do they become fewer? Findings of every severity that nobody answered, of the whole product.",
		none:  "Not read yet: see Operations",
	}, over(`sum by (rule) (strata_dependency_findings{product="$product",state="open"}) > 0`, "{{rule}}")).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{dashboard.NewDashboardLinkBuilder("What the rule says").
			Url(fmt.Sprintf("/d/strata-product?${datasource:queryparam}&${product:queryparam}&viewPanel=%d", explained))})
}

func unlisted() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Not listed", unit: "short", w: 5, h: 7,
		tells: "How many findings are missing in the list above? It holds the worst 500 of a product; an answer to a finding takes it from the list.",
		none:  "Not read yet: see Operations",
	},
		now(`sum(strata_open_findings_hidden{product="$product"})`, "beyond the list"),
		now(`sum(strata_dependency_findings{product="$product",state="acknowledged"}) or vector(0)`, "answered"),
	).TextMode(common.BigValueTextModeValueAndName)
}

// explanations says what every rule and check means, in the words of strata explain.
func explanations() cog.Builder[dashboard.Panel] {
	var out strings.Builder
	out.WriteString("`strata explain DEP01` tells more, with an example.\n\n## Rules\n")
	for _, r := range rules.All() {
		fmt.Fprintf(&out, "\n**%s %s**  \n%s  \n*Raised when:* %s  \n*Resolves:* %s\n", r.ID, r.Title, r.Doc, r.When, r.Resolves)
	}
	out.WriteString("\n## Checks\n")
	for _, c := range checks.All() {
		fmt.Fprintf(&out, "\n**%s %s**  \n%s  \n*Passes when:* %s\n", c.ID, c.Title, c.Doc, c.When)
	}
	return panel.NewPanelBuilder().Id(explained).Title("Rules and checks").
		Description("What do the rules and checks on this page mean, and what resolves them?").
		Span(24).Height(20).Mode(panel.TextModeMarkdown).Content(out.String())
}
