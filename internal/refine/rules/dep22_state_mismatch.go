package rules

import (
	"time"

	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/work"
)

// lag is how long two trackers may need to tell each other.
const lag = 24 * time.Hour

var stateMismatch = refine.Rule{
	ID:      "DEP22",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "state_mismatch",
		Title: "At risk: two trackers disagree about one item",
		Doc:   "An item that is kept in two trackers has two states. Those who look at the one begin, those who look at the other wait.",
		When: "Two items are one, as a link of a configured type says or a duplicate's link between two trackers, and for more than 24 hours one is open " +
			"while the other one is closed. Until they agree it counts as open.",
		Resolves: "The two agree.",
		Severity: "warning",
	},
	Item: func(m *refine.Member) *refine.Raised {
		if !m.Open() {
			return nil
		}
		for _, twin := range m.Twins() {
			if !twin.State.Settled() || m.Now().Sub(apart(m, twin)) <= lag {
				continue
			}
			ended := "delivered"
			if twin.State == work.StateDropped {
				ended = "closed without delivery"
			}
			return &refine.Raised{
				Severity: refine.Warning, On: refine.OnBlocker, Next: m.Acts(), Facts: []string{"twin=" + twin.Ref.String(), "twin_state=" + string(twin.State)},
				Text: refine.Say("%v is open in %v, and %v, which is the same item, was %v in %v.",
					m.Named(), m.Item.Ref.Tracker, twin, ended, twin.Ref.Tracker),
				Action: refine.Say("Say which is right: close %v, or reopen %v.", m.Item, twin),
			}
		}
		return nil
	},
}

// apart is since when the two states differ: since the one was closed, or the
// other one reopened or written.
func apart(m *refine.Member, twin *work.Item) time.Time {
	since := twin.Resolved
	if since.IsZero() {
		since = twin.Updated
	}
	if m.Item.Created.After(since) {
		since = m.Item.Created
	}
	for _, c := range m.Changes() {
		if c.Kind == facts.Reopened && c.At.After(since) {
			since = c.At
		}
	}
	return since
}
