package cycle

import (
	"context"
	"slices"
	"time"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// documents are the comments that a product should bear now, by identity.
type documents map[comment.Identity]document

// document is one wanted comment. Its body and the memory in its marker are
// written out when the comment is, and not before: a plan compares digests.
type document struct {
	want  plan.Wanted
	body  func() markup.Document
	facts func() string
}

func (d document) draft(words comment.Config) tracker.Draft {
	marker := words.Mark(d.want.Identity, d.want.Digest, "")
	if d.facts != nil {
		marker.Facts = d.facts()
	}
	return tracker.Draft{Body: d.body(), Marker: marker}
}

// zero is no time.
var zero time.Time

// PLAN: the wanted comments against the ledger.
func (p *Product) plan(ctx context.Context, r *Report) (documents, error) {
	recent, err := p.store.RecentPosts(ctx, p.config.Product, r.Taken.Add(-24*time.Hour))
	if err != nil {
		return nil, err
	}
	frozen := p.frozen(r)
	wanted := p.documents(r, frozen)
	list := make([]plan.Wanted, 0, len(wanted))
	for _, d := range wanted {
		list = append(list, d.want)
	}
	r.Plan = plan.Compute(list, p.posted(r, frozen), plan.Policy{
		Config: p.config.Comments, Settle: p.config.Policy.Settle.Std(),
		Items: len(r.Snapshot.Items), Zone: p.view.Calendar().Zone(), Holidays: p.view.Calendar().Holidays(), Recent: recent,
	}, r.Taken)
	return wanted, p.noteUnwanted(ctx, r)
}

// documents are the flags of items with something to say, the good news of items
// whose last blocker was delivered, and the documents that people meet with.
func (p *Product) documents(r *Report, frozen *freeze) documents {
	wanted := documents{}
	today := p.today(r)
	findings := byItem(r.Assessment.Findings)
	for item, findings := range findings {
		it := r.item(item)
		if it == nil || it.Outside || !it.State.Open() {
			continue
		}
		summary, ok := comment.Summarize(findings)
		if !ok {
			continue
		}
		identity := comment.Identity{Item: item, Kind: comment.Flag}
		memory := p.memory
		wanted[identity] = document{
			want: plan.Wanted{
				Identity: identity, Place: p.place(r, it, identity, frozen.wanted(identity, summary.Findings)), Digest: summary.Digest,
				Severity: int(summary.Severity), Now: summary.Now, Since: summary.Since, Old: p.old(r, summary.Findings), Reasons: summary.Reasons,
				Horizon: r.horizon(item), Quiet: summary.Quiet,
			},
			body: func() markup.Document {
				return p.config.Words.Flag(comment.Input{Findings: findings, Today: today, Zone: p.view.Calendar().Zone(), Find: r.item})
			},
			facts: func() string { return comment.EncodeFacts(comment.Excerpt(memory, summary.Findings)) },
		}
	}
	p.unblocked(r, frozen, wanted)
	p.briefs(r, findings, frozen, wanted)
	return wanted
}

// unblocked adds the good news: an item that bears a flag of ours, that is planned
// and not begun, and of whose blockers the last was delivered while the flag
// stood. One flag is worth the good news once.
func (p *Product) unblocked(r *Report, frozen *freeze, wanted documents) {
	told := p.ledger.lastOf(comment.Unblocked)
	for identity, rows := range p.ledger.rows {
		if identity.Kind != comment.Flag {
			continue
		}
		it := r.item(identity.Item)
		if it == nil || it.Outside || it.State != work.StateOpen || !r.planned(it) {
			continue
		}
		last, ok := r.lastDelivery(it.Ref)
		at := slices.IndexFunc(rows, func(row store.Comment) bool { return stood(row, last) })
		if !ok || at < 0 {
			continue
		}
		day := work.DayOf(last, p.view.Calendar().Zone())
		id := comment.Identity{Item: it.Ref, Kind: comment.Unblocked, Period: day.String()}
		if before, ok := told[it.Ref]; ok && before.Period != id.Period && before.Posted.After(rows[at].Posted) {
			continue
		}
		wanted[id] = document{
			want: plan.Wanted{
				Identity: id, Place: p.place(r, it, id, frozen.wanted(id, nil)), Digest: comment.DigestOf(it.Ref.String(), day.String()),
				Now: true, Since: last, Reasons: []string{"unblocked"}, Horizon: r.horizon(it.Ref),
			},
			body: func() markup.Document { return comment.CanStart(it, r.blockers(it.Ref)) },
		}
	}
}

// stood says whether a flag stood open at a moment. Trackers may tell only the
// day of a delivery, so that the whole day counts.
func stood(row store.Comment, at time.Time) bool {
	if row.ID == "" || at.Before(row.Posted.Truncate(24*time.Hour)) {
		return false
	}
	return !endedBefore(row.Folded, at) && !endedBefore(row.Deleted, at)
}

func endedBefore(end, at time.Time) bool { return !end.IsZero() && end.Before(at) }

// lastDelivery says when the last of an item's blockers was delivered; false
// when it has none, or one that is not delivered.
func (r *Report) lastDelivery(ref work.Ref) (time.Time, bool) {
	n, ok := r.Graph.Find(ref)
	if !ok || len(r.Graph.Waits(n)) == 0 {
		return zero, false
	}
	var last time.Time
	for _, e := range r.Graph.Waits(n) {
		b := r.Graph.Item(e.Blocker)
		if b.State != work.StateDelivered || b.Unread || b.Resolved.IsZero() {
			return zero, false
		}
		last = latest(last, b.Resolved)
	}
	return last, true
}

// posted are the ledger's rows on items that this cycle knows.
func (p *Product) posted(r *Report, frozen *freeze) []plan.Posted {
	var all []plan.Posted
	for identity, rows := range p.ledger.rows {
		it := r.item(identity.Item)
		if it == nil || it.Outside {
			continue // nothing is known of the item: nothing is done about its comments
		}
		for _, row := range rows {
			if row.ID == "" {
				continue // a refusal, told by the place
			}
			all = append(all, plan.Posted{
				Identity: identity, Place: p.place(r, it, identity, frozen.posted(row)), CommentID: row.ID, Digest: row.Marker.Digest,
				State: stateOf(row), Severity: row.Severity, Deleted: !row.Deleted.IsZero(), Replied: row.Replied,
				PostedAt: row.Posted, FoldedAt: latest(row.Folded, row.Deleted), Edits: row.Edits, UnwantedSince: row.Unwanted,
			})
		}
	}
	return all
}

func stateOf(row store.Comment) comment.State {
	if row.Marker.State == comment.Folded {
		return comment.Folded
	}
	return comment.Open
}

// place is what matters of an item for one of its comments.
func (p *Product) place(r *Report, it *work.Item, identity comment.Identity, frozen string) plan.Place {
	mode := p.config.Mode
	place := plan.Place{Key: it.Key, EditsNotify: p.config.EditsNotify[it.Ref.Tracker], Settled: it.State.Settled(), Frozen: frozen}
	if team := it.Team(); team != "" {
		mode = plan.ModeOf(p.config.Modes[team], mode, "")
		if at := slices.IndexFunc(r.Snapshot.Teams, func(t work.Team) bool { return t.ID == team }); at >= 0 {
			place.Zone = r.Snapshot.Teams[at].Zone
		}
	}
	place.Mode = mode
	for _, rows := range [][]store.Comment{p.ledger.rows[identity], p.ledger.rows[comment.Identity{Item: it.Ref, Kind: comment.Flag}]} {
		for _, row := range rows {
			if row.Refused != "" && !it.Updated.After(row.RefusedItem) {
				place.Refused = row.Refused
			}
		}
	}
	return place
}

// noteUnwanted remembers since when an open comment is not wanted any more.
func (p *Product) noteUnwanted(ctx context.Context, r *Report) error {
	unwanted := map[comment.Identity]bool{}
	for _, identity := range r.Plan.Unwanted {
		unwanted[identity] = true
	}
	var changed []store.Comment
	for identity, rows := range p.ledger.rows {
		for _, row := range rows {
			switch {
			case unwanted[identity] && row.Unwanted.IsZero() && stateOf(row) == comment.Open:
				row.Unwanted = r.Taken
			case !unwanted[identity] && !row.Unwanted.IsZero():
				row.Unwanted = zero
			default:
				continue
			}
			changed = append(changed, row)
		}
	}
	return p.keep(ctx, changed)
}

// folded is the last form of a comment: why nothing is left to say.
func (w *writer) folded(a plan.Action) tracker.Draft {
	row, _ := w.row(a)
	marker := w.config.Words.Mark(a.Identity, row.Marker.Digest, row.Marker.Facts)
	marker.State = comment.Folded
	var body markup.Document
	switch a.Cause {
	case plan.Duplicate:
		body = comment.Repeated(w.urlOf(a))
	case plan.Renewed:
		body = comment.Continued("")
	case plan.Resolved, plan.Settled:
		told, _ := comment.DecodeFacts(row.Marker.Facts)
		past := comment.Pasts(told, w.report.item, w.report.fits)
		if body = comment.Resolution(w.today(w.report), past); len(past) == 0 {
			body = comment.Ended(w.today(w.report)) // a document, not a flag
		}
	}
	return tracker.Draft{Body: body, Marker: marker}
}

// urlOf is where the comment stands that a duplicate repeats.
func (w *writer) urlOf(a plan.Action) string {
	other := a
	other.CommentID = a.Other
	row, _ := w.row(other)
	return row.URL
}

func byItem(findings []refine.Finding) map[work.Ref][]refine.Finding {
	grouped := map[work.Ref][]refine.Finding{}
	for _, f := range findings {
		grouped[f.Item] = append(grouped[f.Item], f)
	}
	return grouped
}
