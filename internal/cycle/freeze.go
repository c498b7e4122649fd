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
	// dangling are blockers of which people are to be told that they cannot be read.
	dangling map[work.Ref]bool
	// incomplete says that a scope was never read to its end: what is not wanted
	// may only not be known yet.
	incomplete bool
}

func (p *Product) frozen(r *Report) *freeze {
	f := &freeze{report: r, intents: p.ledger.intents, incomplete: !r.Known(), settling: map[work.Ref]bool{}, dangling: map[work.Ref]bool{}}
	for _, ref := range r.Assessment.Settling {
		f.settling[ref] = true
	}
	for i := range r.Assessment.Findings {
		if x := &r.Assessment.Findings[i]; x.Speaks && f.hidden(x.Blocker) {
			f.dangling[x.Blocker] = true
		}
	}
	return f
}

// The reasons people read.
const (
	unclearPost   = "an earlier post is still unclear"
	unreadItem    = "it could not be read"
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
// in its marker, so that a blocker hidden since then keeps it, until its being
// hidden is itself what is to be said.
func (f *freeze) posted(row store.Comment) string {
	if why := f.item(row.Identity); why != "" {
		return why
	}
	if f.incomplete {
		return neverComplete
	}
	told, _ := comment.DecodeFacts(row.Marker.Facts)
	why := ""
	for key := range told.Raised {
		if f.unread(key.Waiting) || f.unread(key.Blocker) || f.hidden(key.Waiting) || f.hidden(key.Blocker) && !f.dangling[key.Blocker] {
			return unreadOther
		}
		// What it spoke of is not there any more, and something there cannot be
		// told: hidden items lose their ref.
		if (f.lost(key.Waiting) || f.lost(key.Blocker)) && f.neighbours(row.Item) {
			return unreadOther
		}
		if f.settles(key.Waiting, key.Blocker) {
			why = sprintEnded
		}
	}
	// A damaged marker tells nothing; then all neighbours must have been read.
	if len(told.Raised) == 0 && f.neighbours(row.Item) {
		return unreadOther
	}
	return why
}

// settles says that people have yet to plan a dependency anew. They need not
// when one of its ends is over: what was said of it may be folded.
func (f *freeze) settles(waiting, blocker work.Ref) bool {
	return (f.settling[waiting] || f.settling[blocker]) && !f.over(waiting) && !f.over(blocker)
}

func (f *freeze) over(ref work.Ref) bool {
	it := f.report.item(ref)
	return it != nil && it.State.Settled()
}

func (f *freeze) item(identity comment.Identity) string {
	if _, open := f.intents[identity]; open {
		return unclearPost
	}
	if f.unread(identity.Item) || f.hidden(identity.Item) {
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

func (f *freeze) lost(ref work.Ref) bool { return !ref.IsZero() && f.report.item(ref) == nil }

func (f *freeze) neighbours(ref work.Ref) bool {
	g := f.report.Graph
	n, ok := g.Find(ref)
	if !ok {
		return false
	}
	doubtful := func(n graph.Node) bool {
		it := g.Item(n)
		return it.Unread || it.State == work.StateUnknown && !f.dangling[it.Ref]
	}
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
