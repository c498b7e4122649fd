package control

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// Row is one thing that can go wrong: a line of the fault table.
type Row struct {
	Name     string
	Trackers []world.Tracker // that can cause it; none: both
	Does     string
	Value    string // what the fault's value is when nothing is said; empty: it takes none

	ask    func(*exchange, Fault) bool    // changes the request before it is served
	refuse func(*exchange, Fault) bool    // answers instead of the simulator
	retell func(*exchange, Fault, *reply) // changes what was answered
	meddle func(*meddling) bool           // changes the world, as a person would
	after  bool                           // meddle once the answer is out
	fits   func(world.Item) bool          // which items meddle may choose when none is named; nil: open ones
	lists  bool                           // item names what it happens to, whatever the request is about
	always bool                           // meddle with every request; otherwise once
}

var (
	jiraOnly   = []world.Tracker{world.Jira}
	gitHubOnly = []world.Tracker{world.GitHub}
)

// played are the rows that the simulators play themselves; the names stand in their code.
var played = []Row{
	{Name: "F13", Does: "a page of a listing fails each time: in Jira the one that begins at value (500), in GitHub page number value (REST 500, GraphQL 502)", Value: "100; 2"},
	{Name: "F11", Trackers: gitHubOnly, Does: "GraphQL gives value comments of an issue a page at most, however many are asked for", Value: "1"},
	{Name: "translated", Trackers: jiraOnly, Does: "names of statuses, types, priorities and resolutions come in the language value", Value: "de_DE"},
	{Name: "secondary-bare", Trackers: gitHubOnly, Does: "403 of the secondary limit without Retry-After"},
	{Name: "rate-limited", Trackers: gitHubOnly, Does: "the primary limit is used up: 403 with remaining 0, GraphQL 200 with RATE_LIMITED"},
	{Name: "F25", Trackers: gitHubOnly, Does: "the secondary limit: 403 with Retry-After of value seconds; `429` makes it that status, `missing` leaves the header out", Value: "60"},
	{Name: "F26", Trackers: gitHubOnly, Does: "another client of the same token eats value of the quota with each request", Value: "3000"},
	{Name: "F27", Trackers: gitHubOnly, Does: "the quota of each window is value: then the primary limit is reached until its reset", Value: "50"},
	{Name: "F28", Trackers: gitHubOnly, Does: "502 with an HTML page for a GraphQL query whose outer page is larger than value", Value: "25"},
	{Name: "resource-limits", Trackers: gitHubOnly, Does: "GraphQL answers 200, null and RESOURCE_LIMITS_EXCEEDED"},
	{Name: "skew", Trackers: gitHubOnly, Does: "the server's clock is wrong by value", Value: "10m"},
	{Name: "post-301", Trackers: gitHubOnly, Does: "a POST is answered with 301 to the same place, which makes careless clients repeat it as GET"},
}

// Rows is the fault table, by name.
func Rows() []Row {
	all := slices.Concat(played, refusals, requests, answers, meddlings, losses)
	slices.SortFunc(all, func(a, b Row) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// On says whether a tracker can cause a row.
func (r Row) On(t world.Tracker) bool { return len(r.Trackers) == 0 || slices.Contains(r.Trackers, t) }

// alike are further names of rows.
var alike = map[string]string{"429": "F24", "hide": "F17"}

// Elsewhere are the rows of the catalogue of faults that no tracker can cause, and whose matter each is.
func Elsewhere() map[string]string { return maps.Clone(elsewhere) }

var elsewhere = map[string]string{
	"F03": "it is the daemon's own clock: give the daemon another clock",
	"F12": "it is a daemon that dies: kill and restart the daemon",
	"F23": "the scope stands in the daemon's config: change it and reload",
	"F32": "it takes two daemons: start a second one on the same store",
	"F33": "it is the daemon's store: delete it and restart the daemon",
	"F34": "the daemon's config says whose token it uses: restart it with another token (Options.People, Options.Apps)",
	"F38": "what the daemon does when something goes on failing: leave another fault on, such as 500",
	"F40": "always so here: every comment moves its item's updated time",
	"F42": "it is counted, not caused: read notifications in GET /_sandbox/accounting",
	"F45": "it is the daemon's renderer",
	"F46": "always so here: both sides of a link are served, as the trackers do",
	"F47": "always so here: every link stands on both of its items",
	"F51": "it is the daemon's metrics: leave the fault drop on and look at them",
	"F52": "it is the daemon's metrics",
	"F53": "it is the daemon's metrics: leave the fault latency on and scrape them",
	"F55": "it takes two daemons and the lease between them",
}

// table finds rows by name, for one tracker.
func table(t world.Tracker) map[string]Row {
	known := map[string]Row{}
	for _, r := range Rows() {
		if r.On(t) {
			known[r.Name] = r
		}
	}
	for name, of := range alike {
		if r, ok := known[of]; ok {
			r.Name, r.Does = name, "the same as "+of
			known[name] = r
		}
	}
	return known
}

// unknown says why there is no such fault here.
func unknown(name string, here world.Tracker) error {
	if why, ok := elsewhere[name]; ok {
		return fmt.Errorf("no tracker causes %s: %s", name, why)
	}
	for _, r := range Rows() {
		if r.Name == name {
			return fmt.Errorf("%s is a fault of %s, not of %s: switch it on there", name, r.Trackers[0], here)
		}
	}
	return fmt.Errorf("unknown fault %q", name)
}

// Line is the row as the README shows it.
func (r Row) Line() string {
	where := "both"
	if len(r.Trackers) > 0 {
		where = string(r.Trackers[0])
	}
	does := r.Does
	if r.Value != "" {
		does += " (" + r.Value + ")"
	}
	return "| `" + r.Name + "` | " + where + " | " + strings.ReplaceAll(does, "|", "\\|") + " |"
}
