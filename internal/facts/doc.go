// Package facts turns what the trackers tell into what Strata judges: it gives
// each item its team, state, kind, links and sections by the operator's config, lays the
// trackers' time boxes over the product's calendar, and keeps the product in memory.
//
// Three questions are answered here and nowhere else: which days count as work for
// a team (Calendar), which Sprint a team is in and which come next (Timetable), and
// why an item is a team's or nobody's (Ownership).
//
// A record is mapped once, when it comes; a snapshot then only resolves who links
// to whom. A changed config means a new Product filled with the stored records,
// never a new reading of the trackers.
package facts
