package cycle

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"strata/internal/brief"
	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// remarks are people's comments that may bear a command, by item. They are kept
// as read, so that what is heard can be heard again after any loss.
type remarks struct {
	mu     sync.Mutex
	byItem map[work.Ref][]work.Remark
	rights map[right]verdict
}

// right is a question to a tracker: may this account edit this item?
type right struct {
	item   work.Ref
	author string
}

// verdict is the answer, and when it was given.
type verdict struct {
	may bool
	at  time.Time
}

// mostTrust is how long an answer about rights is believed.
const mostTrust = 24 * time.Hour

func newRemarks(stored []work.Remark) *remarks {
	rs := &remarks{byItem: map[work.Ref][]work.Remark{}, rights: map[right]verdict{}}
	for _, r := range stored {
		rs.byItem[r.Item] = append(rs.byItem[r.Item], r)
	}
	return rs
}

// delta compares a page's remarks with those that are known. For an item whose
// comments were listed in full, what is not on the page is gone.
func (rs *remarks) delta(page tracker.Page) (changed []work.Remark, gone []store.RemarkKey) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range page.Remarks {
		at := slices.IndexFunc(rs.byItem[r.Item], func(k work.Remark) bool { return k.ID == r.ID })
		if at < 0 || rs.byItem[r.Item][at] != r {
			changed = append(changed, r)
		}
	}
	for _, item := range page.Commented {
		for _, known := range rs.byItem[item] {
			if !slices.ContainsFunc(page.Remarks, func(r work.Remark) bool { return r.Item == item && r.ID == known.ID }) {
				gone = append(gone, store.RemarkKey{Item: item, ID: known.ID})
			}
		}
	}
	return changed, gone
}

// apply takes over a delta that the store has kept.
func (rs *remarks) apply(changed []work.Remark, gone []store.RemarkKey, items []work.Ref) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, key := range gone {
		rs.byItem[key.Item] = slices.DeleteFunc(rs.byItem[key.Item], func(r work.Remark) bool { return r.ID == key.ID })
	}
	for _, r := range changed {
		list := slices.DeleteFunc(rs.byItem[r.Item], func(k work.Remark) bool { return k.ID == r.ID })
		rs.byItem[r.Item] = append(list, r)
	}
	for _, item := range items {
		delete(rs.byItem, item)
	}
}

// listen reads the commands that count: by people, on items where they mean
// something, and by those who may give them. An answer about rights that cannot
// be had leaves the command for a later cycle.
func (p *Product) listen(ctx context.Context, r *Report) {
	r.homes, r.said = p.homes(r), nil
	for item, list := range p.remarks.byItem {
		it := r.item(item)
		if it == nil {
			continue
		}
		spot := p.spot(r, it)
		for i := range list {
			r.said = append(r.said, p.commands(ctx, r, &list[i], spot)...)
		}
	}
	slices.SortFunc(r.said, func(a, b brief.Said) int {
		return cmp.Or(a.At.Compare(b.At), a.Item.Compare(b.Item), strings.Compare(a.ID, b.ID), cmp.Compare(a.Place, b.Place))
	})
	p.memory.Answers = p.answers(r)
}

// spot is what an item is in the eyes of a command. An item that once bore a
// flag counts as flagged: the flag may have gone because of the answer.
func (p *Product) spot(r *Report, it *work.Item) comment.Spot {
	n, _ := r.Graph.Find(it.Ref)
	spot := comment.AnyItem
	for _, is := range []struct {
		so   bool
		what comment.Spot
	}{
		{it.Layer() == work.CrossTeam, comment.EpicItem},
		{it.Ref == r.homes.product, comment.ProductHome},
		{it.Ref == r.homes.review, comment.ReviewItem},
		{slices.Contains(slices.Collect(maps.Values(r.homes.teams)), it.Ref), comment.TeamHome},
		{len(r.Graph.Waits(n)) > 0, comment.WaitingItem},
		{len(r.Graph.Blocks(n)) > 0, comment.BlockingItem},
		{it.Blocked, comment.BlockedItem},
		{len(p.ledger.rows[comment.Identity{Item: it.Ref, Kind: comment.Flag}]) > 0, comment.FlaggedItem},
	} {
		if is.so {
			spot |= is.what
		}
	}
	return spot
}

// answers are what the commands mean for judging, by item, the oldest first.
func (p *Product) answers(r *Report) map[work.Ref][]facts.Answer {
	heard := map[work.Ref][]facts.Answer{}
	r.Misheard = nil
	for i := range r.said {
		s := &r.said[i]
		answer, ok, err := comment.AsAnswer(s.Command, r.Snapshot.Sprints, work.DayOf(s.At, p.view.Calendar().Zone()))
		switch {
		case err != nil:
			r.Misheard = append(r.Misheard, Misheard{Item: s.Item, URL: s.URL, Why: err.Error()})
		case ok:
			answer.By, answer.At = s.Author, s.At
			heard[s.Item] = append(heard[s.Item], answer)
		}
	}
	return heard
}

func (p *Product) commands(ctx context.Context, r *Report, remark *work.Remark, spot comment.Spot) []brief.Said {
	if remark.Bot {
		return nil
	}
	var said []brief.Said
	for place, c := range comment.Commands(remark.Dialect, remark.Body) {
		if !c.Verb.Known() || !c.Verb.ValidOn(spot) {
			continue
		}
		if comment.NeedsRights(c.Verb) && !p.may(ctx, r.Taken, remark) {
			continue
		}
		said = append(said, brief.Said{
			Command: c, Item: remark.Item, ID: remark.ID, Place: place, URL: remark.URL, Author: remark.Author.Name, At: remark.Created,
		})
	}
	return said
}

// may says whether the author of a remark may edit its item. The tracker is asked
// once a day; while it does not answer, its last answer holds.
func (p *Product) may(ctx context.Context, now time.Time, remark *work.Remark) bool {
	if slices.Contains(p.config.Documents.Trusted, remark.Author.ID) || slices.Contains(p.config.Documents.Trusted, remark.Author.Name) {
		return true
	}
	question := right{remark.Item, remark.Author.ID}
	known, ok := p.remarks.rights[question]
	if ok && now.Sub(known.at) < mostTrust {
		return known.may
	}
	t, ok := p.trackers[remark.Item.Tracker]
	if !ok || remark.Author.ID == "" {
		return false
	}
	may, err := t.MayEdit(ctx, remark.Item, remark.Author.ID)
	switch kind := tracker.KindOf(err); {
	case err == nil, kind == tracker.NotFound, kind == tracker.Rejected:
		known = verdict{may && err == nil, now}
		p.remarks.rights[question] = known
	default:
		p.log.Warn("rights are not known", "item", remark.Item, "error", err)
	}
	return known.may
}
