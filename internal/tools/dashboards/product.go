package main

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// productDashboard is for those who plan and lead a product. Its rows are their questions.
func productDashboard() *builder {
	return newDashboard("Strata / Product").
		Uid("strata-product").
		Description("Is the product's work refined, and who waits for whom? No panel ranks teams or compares their velocities.").
		Tags([]string{"strata"}).
		Time("now-7d", "now").
		Refresh("1m").
		Tooltip(dashboard.DashboardCursorSyncCrosshair).
		Readonly().
		Link(toDashboard("Operations", "strata-operations", "Is Strata itself well, and how old is what it knows?")).
		WithVariable(datasourceVariable()).
		WithVariable(productVariable()).
		WithVariable(teamVariable()).
		WithPanel(dataAge()).
		WithPanel(judgedFrom()).
		WithPanel(criticalFindings()).
		WithPanel(offTrack()).
		WithRow(dashboard.NewRowBuilder("Are Sprint Goals set, and the next Sprints refined?")).
		WithPanel(teams()).
		WithPanel(storiesReady()).
		WithPanel(nextSprint()).
		WithRow(dashboard.NewRowBuilder("Which epics start soon and are not ready?")).
		WithPanel(epicsReady()).
		WithPanel(epicsMissing()).
		WithPanel(storiesMissing()).
		WithPanel(objectives()).
		WithPanel(aimless()).
		WithRow(dashboard.NewRowBuilder("How many cross-team dependencies are off track, and is it getting better?")).
		WithPanel(healthNow()).
		WithPanel(healthOverTime()).
		WithPanel(whoWaits()).
		WithPanel(waitingShare()).
		WithPanel(blockedOverTime()).
		WithPanel(knots()).
		WithRow(dashboard.NewRowBuilder("What should be talked about first?")).
		WithPanel(openFindings()).
		WithPanel(findingsByRule()).
		WithPanel(unlisted()).
		WithRow(dashboard.NewRowBuilder("What do the rules and checks mean?").Collapsed(true).WithPanel(explanations()))
}

func datasourceVariable() *dashboard.DatasourceVariableBuilder {
	return dashboard.NewDatasourceVariableBuilder("datasource").Label("Prometheus").Type("prometheus")
}

func productVariable() *dashboard.QueryVariableBuilder {
	return dashboard.NewQueryVariableBuilder("product").Label("Product").
		Datasource(source).
		Query(dashboard.StringOrMap{String: cog.ToPtr("label_values(strata_source_up, product)")}).
		Refresh(dashboard.VariableRefreshOnDashboardLoad).
		Sort(dashboard.VariableSortAlphabeticalAsc)
}

func teamVariable() *dashboard.QueryVariableBuilder {
	return dashboard.NewQueryVariableBuilder("team").Label("Team").
		Datasource(source).
		Query(dashboard.StringOrMap{String: cog.ToPtr(`label_values(strata_wip_items{product="$product"}, team)`)}).
		Refresh(dashboard.VariableRefreshOnDashboardLoad).
		Sort(dashboard.VariableSortAlphabeticalAsc).
		Multi(true).
		IncludeAll(true).
		AllValue(".*").
		Current(dashboard.VariableOption{Text: dashboard.StringOrArrayOfString{String: cog.ToPtr("All")}, Value: dashboard.StringOrArrayOfString{String: cog.ToPtr("$__all")}})
}

func toDashboard(title, uid, tip string) *dashboard.DashboardLinkBuilder {
	return dashboard.NewDashboardLinkBuilder(title).Type(dashboard.DashboardLinkTypeLink).Url("/d/" + uid).Tooltip(tip).
		Icon("dashboard").KeepTime(true).IncludeVars(true)
}

func dataAge() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Data as old as", unit: "s", w: 4, h: 4,
		tells: "How old is what you see? The age of the part of the product that was read completely the longest ago.",
		none:  "Not read yet: see Operations",
	}, now(`max(strata_data_age_seconds{product="$product"})`, "age")).
		Decimals(0).
		Thresholds(steps(good, step{900, careful}, step{3600, bad}))
}

func judgedFrom() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Judged from", unit: "short", w: 12, h: 4,
		tells: "How much of the product do these panels know? Parts are the scopes of the config. Items that cannot be read are never judged; items without exactly one team show up in no team's numbers.",
		none:  "Not read yet: see Operations",
	},
		now(`sum(strata_source_up{product="$product"})`, "parts read"),
		now(`count(strata_source_up{product="$product"})`, "of parts"),
		now(`sum(strata_items{product="$product",state=~"open|doing"})`, "open items"),
		now(`sum(strata_items_unmapped{product="$product"})`, "without one team"),
		now(`strata_items_unknown{product="$product"}`, "cannot be read"),
	).
		TextMode(common.BigValueTextModeValueAndName).
		OverrideByName("without one team", []dashboard.DynamicConfigValue{thresholds(silent, step{1, careful})}).
		OverrideByName("cannot be read", []dashboard.DynamicConfigValue{thresholds(silent, step{1, careful})})
}

func criticalFindings() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Need someone today", unit: "short", w: 4, h: 4,
		tells: "How many critical findings has nobody answered? Each is listed below.",
		none:  "None",
	}, now(`sum(strata_dependency_findings{product="$product",severity="critical",state="open"})`, "critical")).
		Thresholds(steps(good, step{1, bad}))
}

func offTrack() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Off track", unit: "short", w: 4, h: 4,
		tells: "How many dependencies between teams cannot work as they are planned? The line is the range of time above.",
		none:  "None",
	}, over(`sum(strata_dependencies{product="$product",health="off_track",relation!="intra_team"})`, "off track")).
		GraphMode(common.BigValueGraphModeArea).
		Thresholds(steps(good, step{1, careful}))
}
