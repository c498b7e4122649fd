package rules

import "strata/internal/refine"

var blockedWithoutReason = refine.Rule{
	ID:      "DEP24",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "blocked_without_reason",
		Title: "At risk: marked as blocked, by nobody knows what",
		Doc:   "A mark asks for help. Without a name or a reason nobody knows whose.",
		When: "An open item that comes up within the lookahead is marked as blocked, it waits for nothing by a link, and for one working day " +
			"nobody has said why. What stands in a description alone is no link; where all blockers are delivered the mark is stale, which is another finding.",
		Resolves: "The blocker is linked, a reason is given with /strata reason, or the mark goes.",
		Severity: "warning",
	},
	Item: func(m *refine.Member) *refine.Raised {
		if !m.Item.Blocked || !m.Open() || !m.Near() {
			return nil
		}
		for n := range m.Blockers() {
			if !n.TextOnly {
				return nil // named: open, unreadable, dropped or delivered is another rule's matter
			}
		}
		since, known := m.Marked()
		if !known || m.WorkingDaysSince(since) < 1 || m.Reasoned() {
			return nil
		}
		return &refine.Raised{
			Severity: refine.Warning, Next: m.Acts(), Commands: []string{"reason <why>", "snooze 7d", "wrong"},
			Text:   refine.Say("%v is marked as blocked, and nothing says by what.", m.Known()),
			Action: refine.Say("Link the blocker, or give the reason."),
		}
	},
}
