package main

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func calls() cog.Builder[dashboard.Panel] {
	return layers(frame{
		title: "Calls by answer", unit: "reqps", w: 9, h: 8,
		tells: "How much do we ask of each tracker, and does it answer well? 304 costs nothing on GitHub; 401 and 403 are permissions, 429 is a limit, broken is no answer.",
		none:  "No call in this time",
	}, over(`sum by (tracker, code) (rate(strata_tracker_requests_total[$__rate_interval]))`, "{{tracker}} {{code}}"))
}

func routes() cog.Builder[dashboard.Panel] {
	return grid(frame{
		title: "Calls by route", unit: "reqps", w: 8, h: 8,
		tells: "Which calls are most of them, over the range of time above?",
		none:  "No call in this time",
	}, []column{
		col("tracker", "Tracker", wide(75)),
		col("route", "Route"),
		col("Value", "Calls", property("unit", "short"), property("decimals", 0), wide(70)),
	}, rows(`topk(12, sum by (tracker, route) (increase(strata_tracker_requests_total[$__range])))`))
}

func quota() cog.Builder[dashboard.Panel] {
	return lines(frame{
		title: "Remaining quota", unit: "short", w: 7, h: 8,
		tells: "How much may still be asked? As the tracker last said it. A tenth is left to others; below it, reading waits for the next window.",
		none:  "No tracker tells its quota: Jira Data Center without limits never does",
	}, over(`min by (tracker, resource) (strata_rate_limit_remaining)`, "{{tracker}} {{resource}}"))
}

func comments() cog.Builder[dashboard.Panel] {
	return layers(frame{
		title: "Comments written", unit: "short", w: 8, h: 8,
		tells: "How much does it say? Writes by operation; most should be edits and folds.",
		none:  "Nothing was written: in report-only mode nothing ever is",
	}, over(`sum by (op) (increase(strata_comments_total{outcome="ok"}[$__rate_interval]))`, "{{op}}"))
}

func failedComments() cog.Builder[dashboard.Panel] {
	return layers(frame{
		title: "Writes that failed", unit: "short", w: 8, h: 8,
		tells: "Is a tracker refusing us? By kind: rejected is for good (locked, archived), unauthorized is a permission, rate_limited and transient are tried again, unclear is looked up before anything is repeated.",
		none:  "No write failed",
	}, over(`sum by (tracker, outcome) (increase(strata_comments_total{outcome!="ok"}[$__rate_interval])) > 0`, "{{tracker}} {{outcome}}"))
}

func heldBack() cog.Builder[dashboard.Panel] {
	return layers(frame{
		title: "Held back, by reason", unit: "short", w: 8, h: 8,
		tells: "What waits to be said, and why? Only hold asks for somebody: the plan is too large to be carried out unasked. Refused are items that take no comment; hours, quiet, edits, renotify and budget pass by themselves.",
		none:  "Nothing is held back",
	}, over(`sum by (reason) (strata_plan_held{product=~"$product"}) > 0`, "{{reason}}")).
		OverrideByName("hold", []dashboard.DynamicConfigValue{fixed(bad)})
}

// ours keeps the metrics of the Strata process from those of others.
const ours = ` and on (job, instance) strata_build_info`

func memory() cog.Builder[dashboard.Panel] {
	return lines(frame{
		title: "Memory", unit: "bytes", w: 8, h: 7,
		tells: "Does it stay inside its limit? Resident is what the system counts; heap is what is in use.",
		none:  "Nothing was scraped: is the daemon up, and does Prometheus scrape it?",
	},
		over(`sum(process_resident_memory_bytes`+ours+`)`, "resident"),
		over(`sum(go_memstats_heap_inuse_bytes`+ours+`)`, "heap"),
	)
}

func processor() cog.Builder[dashboard.Panel] {
	return lines(frame{
		title: "Processor", unit: "short", w: 8, h: 7,
		tells: "How many processors does it use? Peaks are full readings and judging.",
		none:  "Nothing was scraped: is the daemon up, and does Prometheus scrape it?",
	}, over(`sum(rate(process_cpu_seconds_total[$__rate_interval])`+ours+`)`, "processors"))
}

func handles() cog.Builder[dashboard.Panel] {
	return lines(frame{
		title: "Goroutines and open files", unit: "short", w: 8, h: 7,
		tells: "Does something leak? Both stay level in a healthy daemon.",
		none:  "Nothing was scraped: is the daemon up, and does Prometheus scrape it?",
	},
		over(`sum(go_goroutines`+ours+`)`, "goroutines"),
		over(`sum(process_open_fds`+ours+`)`, "open files"),
	)
}
