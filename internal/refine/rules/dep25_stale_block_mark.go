package rules

import (
	"time"

	"strata/internal/refine"
	"strata/internal/work"
)

var staleBlockMark = refine.Rule{
	ID:      "DEP25",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "stale_block_mark",
		Title: "Can start: all blockers are delivered",
		Doc: "People pass over what is marked as blocked. When the mark outlives its blockers, the item waits for nothing. " +
			"And a delivered item with an open blocker has a link that is not true.",
		When: "An open item that comes up within the lookahead is marked as blocked, it has blockers, and all of them are delivered. " +
			"Or an item was delivered, within a quarter, while another team's item that it waits for by a link is open; that is information.",
		Resolves: "The mark is taken away; of a delivered item the link is, or its blocker is delivered.",
		Severity: "warning for the mark, info for the link",
	},
	Item: func(m *refine.Member) *refine.Raised {
		switch {
		case m.Item.Blocked && m.Open() && m.Near() && allDelivered(m):
			return &refine.Raised{
				Severity: refine.Warning, Next: m.Acts(), Commands: []string{"reason <why>", "snooze 7d", "wrong"},
				Text:   refine.Say("%v is marked as blocked, and all its blockers are delivered: it can start.", m.Known()),
				Action: refine.Say("Take the mark away."),
			}
		case m.Item.State == work.StateDelivered && recent(m):
			return leftOver(m)
		}
		return nil
	},
}

// quarter is for how many days a link that is left over is worth a word.
const quarter = 90

// recent says that an item was delivered within a quarter, or nobody knows when.
func recent(m *refine.Member) bool {
	return m.Item.Resolved.IsZero() || m.Now().Sub(m.Item.Resolved) <= quarter*24*time.Hour
}

func allDelivered(m *refine.Member) bool {
	some := false
	for n := range m.Blockers() {
		if !n.Known || !n.Delivered() {
			return false
		}
		some = true
	}
	return some
}

// leftOver finds the first blocker that is still open of an item that is delivered.
func leftOver(m *refine.Member) *refine.Raised {
	for n := range m.Blockers() {
		if n.Known && n.Open() && n.CrossTeam && !n.TextOnly {
			return &refine.Raised{
				Severity: refine.Info, Next: m.Acts(), Title: "Delivered, and a blocker is open",
				Text:   refine.Say("%v is delivered, and %v, for which it waits by a link, is open.", m.Named(), n.Named()),
				Action: refine.Say("Remove the link."),
			}
		}
	}
	return nil
}
