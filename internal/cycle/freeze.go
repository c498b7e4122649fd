package cycle

import (
	"strata/internal/comment"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/store"
	"strata/internal/work"
)

// freeze knows which comments nothing may be concluded about in this cycle.
type freeze struct {
	report  *Report
	intents map[comment.Identity]store.Intent
	// settling are items whose Sprint just ended: re-planning takes a meeting, and
	// what is withheld until then is not gone.
	settling map[work.Ref]bool
	// incomplete says that a scope was never read to its end: what is not wanted
	// may only not be known yet.
	incomplete bool
}

func (p *Product) frozen(r *Report) *freeze {
	f := &freeze{report: r, intents: p.ledger.intents, settling: map[work.Ref]bool{}}
	for _, ref := range r.Assessment.Settling {
		f.settling[ref] = true
	}
	for _, s := range r.Scopes {
		f.incomplete = f.incomplete || s.Complete.IsZero()
	}
	return f
}

// The reasons people read.
const (
	unclearPost   = "an earlier post is still unclear"
	unreadItem    = "its scope could not be read"
	unreadOther   = "an item it speaks of could not be read"
	sprintEnded   = "its Sprint has just ended"
	neverComplete = "not every scope has been read yet"
)

// wanted says why a comment about these findings must wait, or "".
func (f *freeze) wanted(identity comment.Identity, findings []refine.Finding) string {
	if why := f.item(identity); why != "" {
		return why
	}
	for _, x := range findings {
		if f.unread(x.Waiting) || f.unread(x.Blocker) {
			return unreadOther
		}
	}
	return ""
}

// posted says why a comment must stay as it is, or "": what it last spoke of is
// in its marker, so that a blocker hidden since then keeps it.
func (f *freeze) posted(row store.Comment) string {
	if why := f.item(row.Identity); why != "" {
		return why
	}
	if f.incomplete {
		return neverComplete
	}
	if f.settling[row.Item] {
		return sprintEnded
	}
	told, _ := comment.DecodeFacts(row.Marker.Facts)
	for key := range told.Raised {
		if f.unread(key.Waiting) || f.unread(key.Blocker) || f.hidden(key.Waiting) || f.hidden(key.Blocker) {
			return unreadOther
		}
		if f.settling[key.Waiting] || f.settling[key.Blocker] {
			return sprintEnded
		}
	}
	// A damaged marker tells nothing; then all neighbours must have been read.
	if len(told.Raised) == 0 && f.neighbours(row.Item) {
		return unreadOther
	}
	return ""
}

func (f *freeze) item(identity comment.Identity) string {
	if _, open := f.intents[identity]; open {
		return unclearPost
	}
	if f.unread(identity.Item) {
		return unreadItem
	}
	return ""
}

func (f *freeze) unread(ref work.Ref) bool {
	it := f.report.item(ref)
	return it != nil && it.Unread
}

func (f *freeze) hidden(ref work.Ref) bool {
	it := f.report.item(ref)
	return it != nil && it.State == work.StateUnknown
}

func (f *freeze) neighbours(ref work.Ref) bool {
	g := f.report.Graph
	n, ok := g.Find(ref)
	if !ok {
		return false
	}
	doubtful := func(n graph.Node) bool { return g.Item(n).Unread || g.Item(n).State == work.StateUnknown }
	for _, e := range g.Waits(n) {
		if doubtful(e.Blocker) {
			return true
		}
	}
	for _, id := range g.Blocks(n) {
		if doubtful(g.Edges()[id].Waiting) {
			return true
		}
	}
	return false
}
