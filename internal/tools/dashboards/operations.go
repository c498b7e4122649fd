package main

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// operationsDashboard is for those who run Strata.
func operationsDashboard() *builder {
	return newDashboard("Strata / Operations").
		Uid("strata-operations").
		Description("Is Strata well: does it read everything in time, stay inside the trackers' limits, and say what it has to say?").
		Tags([]string{"strata"}).
		Time("now-6h", "now").
		Refresh("30s").
		Tooltip(dashboard.DashboardCursorSyncCrosshair).
		Readonly().
		Link(toDashboard("Product", "strata-product", "What Strata knows about the product.")).
		WithVariable(datasourceVariable()).
		WithVariable(productVariable().Multi(true).IncludeAll(true).AllValue(".*").
			Current(dashboard.VariableOption{Text: dashboard.StringOrArrayOfString{String: cog.ToPtr("All")}, Value: dashboard.StringOrArrayOfString{String: cog.ToPtr("$__all")}})).
		WithPanel(version()).
		WithPanel(upFor()).
		WithPanel(oldestData()).
		WithPanel(lastAnswers()).
		WithPanel(configured()).
		WithPanel(cannotSay()).
		WithRow(dashboard.NewRowBuilder("Is what it knows fresh?")).
		WithPanel(scopes()).
		WithPanel(ageOverTime()).
		WithRow(dashboard.NewRowBuilder("How long does a cycle take?")).
		WithPanel(phaseMeans()).
		WithPanel(phaseTails()).
		WithRow(dashboard.NewRowBuilder("How does it treat the trackers?")).
		WithPanel(calls()).
		WithPanel(routes()).
		WithPanel(quota()).
		WithRow(dashboard.NewRowBuilder("Does it say what it has to say?")).
		WithPanel(comments()).
		WithPanel(failedComments()).
		WithPanel(heldBack()).
		WithRow(dashboard.NewRowBuilder("What does the process need?")).
		WithPanel(memory()).
		WithPanel(processor()).
		WithPanel(handles())
}

func version() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Version", unit: "short", w: 3, h: 4,
		tells: "Which build runs, and on how many instances of it?",
		none:  "Nothing was scraped: is the daemon up, and does Prometheus scrape it?",
	}, now(`count by (version) (strata_build_info)`, "{{version}}")).
		TextMode(common.BigValueTextModeName)
}

func upFor() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Up for", unit: "s", w: 3, h: 4,
		tells: "When was it started last? A time that returns to zero again and again is a crash loop.",
		none:  "Nothing was scraped: is the daemon up, and does Prometheus scrape it?",
	}, now(`min(time() - (process_start_time_seconds and on (job, instance) strata_build_info))`, "up")).
		Decimals(0).
		Thresholds(steps(careful, step{600, good}))
}

func oldestData() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Oldest data", unit: "s", w: 3, h: 4,
		tells: "Does it keep up? The age of the part that was read completely the longest ago; about one interval is normal.",
		none:  "No scope was read to its end yet",
	}, now(`max(strata_data_age_seconds{product=~"$product"})`, "oldest")).
		Decimals(0).
		Thresholds(steps(good, step{900, careful}, step{3600, bad}))
}

func lastAnswers() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Trackers answered", unit: "s", w: 5, h: 4,
		tells: "How long ago did each tracker last answer a reading to its end?",
		none:  "No tracker has answered a reading to its end yet",
	}, now(`min by (tracker) (strata_data_age_seconds)`, "{{tracker}}")).
		Decimals(0).
		TextMode(common.BigValueTextModeValueAndName).
		Thresholds(steps(good, step{900, careful}, step{3600, bad}))
}

func configured() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Config", unit: "short", w: 5, h: 4,
		tells: "Is the config file in force? A change that has a mistake is refused, and the one before it stays in force; the log names the mistake. Changes are counted since the start.",
		none:  "Nothing was scraped: is the daemon up, and does Prometheus scrape it?",
	},
		now(`min(strata_config_reload_success)`, "file"),
		now(`sum(strata_config_reloads_total{outcome="applied"})`, "applied"),
		now(`sum(strata_config_reloads_total{outcome="refused"})`, "refused"),
	).
		TextMode(common.BigValueTextModeValueAndName).
		OverrideByName("file", []dashboard.DynamicConfigValue{
			property("mappings", []dashboard.ValueMapping{words(word{"1", "in force", good}, word{"0", "refused", bad})}),
		})
}

func cannotSay() cog.Builder[dashboard.Panel] {
	return numbers(frame{
		title: "Little is known of", unit: "short", w: 5, h: 4,
		tells: "How many items cannot be read now, belong to no team, or to several? Nothing is concluded from the first; the others want a matching rule in the config.",
		none:  "No product was read yet",
	},
		now(`sum(strata_items_unknown{product=~"$product"})`, "unread"),
		now(`sum(strata_items_unmapped{product=~"$product",reason!="conflict"})`, "no team"),
		now(`sum(strata_items_unmapped{product=~"$product",reason="conflict"})`, "several"),
	).TextMode(common.BigValueTextModeValueAndName)
}

func scopes() cog.Builder[dashboard.Panel] {
	return grid(frame{
		title: "Scopes", unit: "short", w: 11, h: 8,
		tells: "Which part of a product was not read? A scope that failed keeps what was known, and nothing is concluded or written about it until it is read again. The reason stands in the log and in the report.",
		none:  "No product was read yet",
	}, []column{
		col("product", "Product"),
		col("tracker", "Tracker"),
		col("scope", "Scope"),
		said("Value #A", "Last reading", words(word{"1", "complete", good}, word{"0", "failed", bad}), painted()),
		col("Value #B", "Age", property("unit", "s"), property("decimals", 0), wide(90)),
	},
		rows(`min by (product, tracker, scope) (strata_source_up{product=~"$product"})`),
		rows(`max by (product, tracker, scope) (strata_data_age_seconds{product=~"$product"})`),
	)
}

func ageOverTime() cog.Builder[dashboard.Panel] {
	return lines(frame{
		title: "Age of the data", unit: "s", w: 13, h: 8,
		tells: "Was there a time in which it did not keep up? A line that climbs without falling is a scope that is not read.",
		none:  "No scope was read to its end yet",
	}, over(`max by (product, scope) (strata_data_age_seconds{product=~"$product"})`, "{{product}} {{scope}}"))
}

func phaseMeans() cog.Builder[dashboard.Panel] {
	return layers(frame{
		title: "Mean cycle by phase", unit: "s", w: 12, h: 8,
		tells: "What does a cycle spend its time on? Reading should be most of it; a cycle that takes longer than the interval cannot keep up.",
		none:  "No cycle ended in this time",
	}, over(`sum by (phase) (rate(strata_cycle_duration_seconds_sum{product=~"$product"}[$__rate_interval])) / sum by (phase) (rate(strata_cycle_duration_seconds_count{product=~"$product"}[$__rate_interval]))`, "{{phase}}"))
}

func phaseTails() cog.Builder[dashboard.Panel] {
	return lines(frame{
		title: "Slow cycles: 95 of 100 are faster", unit: "s", w: 12, h: 8,
		tells: "How long do the slow cycles take in each phase? Full readings are the slow ones. The cycles that this rests on are counted in the dashed line, on the right.",
		none:  "No cycle ended in this time",
	},
		over(`histogram_quantile(0.95, sum by (le, phase) (rate(strata_cycle_duration_seconds_bucket{product=~"$product"}[$__rate_interval])))`, "{{phase}}"),
		over(`sum(increase(strata_cycle_duration_seconds_count{product=~"$product",phase="read"}[$__rate_interval]))`, "cycles"),
	).OverrideByName("cycles", []dashboard.DynamicConfigValue{
		property("unit", "short"), property("custom.axisPlacement", "right"), property("custom.lineStyle", map[string]any{"fill": "dash", "dash": []int{6, 6}}),
		property("custom.fillOpacity", 0), fixed("text"),
	})
}
