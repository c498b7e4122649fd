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

// document is one wanted comment. Its body is rendered when it is written, and
// not before: a plan compares digests.
type document struct {
	want  plan.Wanted
	body  func() markup.Document
	facts string
}

func (d document) draft(words comment.Config) tracker.Draft {
	return tracker.Draft{Body: d.body(), Marker: words.Mark(d.want.Identity, d.want.Digest, d.facts)}
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

// documents are the flags of items with something to say, and the good news of
// items whose last blocker was delivered.
func (p *Product) documents(r *Report, frozen *freeze) documents {
	wanted := documents{}
	today := p.today(r)
	for item, findings := range byItem(r.Assessment.Findings) {
		it := r.item(item)
		if it == nil || it.Outside || !it.State.Open() {
			continue
		}
		summary, ok := comment.Summarize(findings)
		if !ok {
			continue
		}
		identity := comment.Identity{Item: item, Kind: comment.Flag}
		memory := comment.Excerpt(p.memory, summary.Findings)
		wanted[identity] = document{
			want: plan.Wanted{
				Identity: identity, Place: p.place(r, it, frozen.wanted(identity, summary.Findings)), Digest: summary.Digest,
				Severity: int(summary.Severity), Now: summary.Now, Since: summary.Since, Old: p.old(summary.Findings), Reasons: summary.Reasons,
				Horizon: r.horizon(item),
			},
			body: func() markup.Document {
				return p.config.Words.Flag(comment.Input{Findings: findings, Today: today, Zone: p.view.Calendar().Zone(), Find: r.item})
			},
			facts: comment.EncodeFacts(memory),
		}
	}
	p.unblocked(r, frozen, wanted)
	return wanted
}

// unblocked adds the good news: an item that we flagged, that is planned and not
// begun, and of whose blockers the last was delivered since.
func (p *Product) unblocked(r *Report, frozen *freeze, wanted documents) {
	for identity, rows := range p.ledger.rows {
		if identity.Kind != comment.Flag || rows[0].ID == "" {
			continue
		}
		it := r.item(identity.Item)
		if it == nil || it.Outside || it.State != work.StateOpen || !r.planned(it) {
			continue
		}
		last, ok := r.lastDelivery(it.Ref)
		if !ok || last.Before(rows[0].Posted.Truncate(24*time.Hour)) {
			continue
		}
		day := work.DayOf(last, p.view.Calendar().Zone())
		id := comment.Identity{Item: it.Ref, Kind: comment.Unblocked, Period: day.String()}
		wanted[id] = document{
			want: plan.Wanted{
				Identity: id, Place: p.place(r, it, frozen.wanted(id, nil)), Digest: comment.DigestOf(it.Ref.String(), day.String()),
				Now: true, Since: last, Reasons: []string{"unblocked"}, Horizon: r.horizon(it.Ref),
			},
			body: func() markup.Document { return comment.CanStart(it, r.blockers(it.Ref)) },
		}
	}
}

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
		if b.State != work.StateDelivered || b.Resolved.IsZero() {
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
				Identity: identity, Place: p.place(r, it, frozen.posted(row)), CommentID: row.ID, Digest: row.Marker.Digest,
				State: stateOf(row), Severity: row.Severity, Deleted: !row.Deleted.IsZero(), Replied: row.Replied,
				PostedAt: row.Posted, FoldedAt: row.Folded, Edits: row.Edits, UnwantedSince: row.Unwanted,
			})
		}
	}
	return all
}

func stateOf(row store.Comment) comment.State {
	if row.Marker.State == comment.Folded || !row.Folded.IsZero() {
		return comment.Folded
	}
	return comment.Open
}

// place is what matters of an item for its comments.
func (p *Product) place(r *Report, it *work.Item, frozen string) plan.Place {
	mode := p.config.Mode
	place := plan.Place{Key: it.Key, EditsNotify: p.config.EditsNotify[it.Ref.Tracker], Settled: it.State.Settled(), Frozen: frozen}
	if team := it.Team(); team != "" {
		mode = plan.ModeOf(p.config.Modes[team], mode, "")
		if at := slices.IndexFunc(r.Snapshot.Teams, func(t work.Team) bool { return t.ID == team }); at >= 0 {
			place.Zone = r.Snapshot.Teams[at].Zone
		}
	}
	place.Mode = mode
	for _, row := range p.ledger.rows[comment.Identity{Item: it.Ref, Kind: comment.Flag}] {
		if row.Refused != "" && !it.Updated.After(row.RefusedItem) {
			place.Refused = row.Refused
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
		body = comment.Resolution(w.today(w.report), comment.Pasts(told, w.report.item))
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
