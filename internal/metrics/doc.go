// Package metrics shows a product in numbers: its items, dependencies and
// findings as they stand, and what Strata itself did about them.
//
// Numbers about the world (state.go and its neighbours) come from each product's
// last Report, so a vanished team vanishes by itself and no scrape ever calls a
// tracker. They are added up once, when the report comes; only ages are computed
// at scrape. Numbers about what we did (activity.go) are counters that the doing
// increments. Labels come from bounded sets only: never item keys, people or
// names of Sprints. The one exception is strata_open_finding_info, which people
// click on: the worst 500 of a product, and the rest is counted. Only this
// package knows Prometheus.
//
// Decision: a number that cannot be computed honestly is absent, not zero. A pace
// needs three Sprints of history, a load four fifths of estimates, a Sprint Goal a
// board. Cost: panels must say why they are empty. The duration of the longest
// chain is never told: too few items have dates for it.
package metrics
