// Package metrics shows a product in numbers: its items, dependencies and
// findings as they stand, and what Strata itself did about them.
//
// Numbers about the world (state.go) are computed at scrape from each product's
// last Report, so a vanished team vanishes by itself and no scrape ever calls a
// tracker. Numbers about what we did (activity.go) are counters that the doing
// increments. Labels come from bounded sets only: never item keys, people or
// names of Sprints. Only this package knows Prometheus.
package metrics
