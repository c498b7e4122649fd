package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"strata/internal/comment"
)

const (
	// critical is the severity whose rise is worth a new comment.
	critical = 3
	// returning is how long after its fold a comment is unfolded when its finding returns.
	returning = 7 * 24 * time.Hour
)

// matter is one identity with all that is wanted and posted of it.
type matter struct {
	id     comment.Identity
	wanted *Wanted
	open   []*Posted // oldest first
	past   []*Posted // folded by us or deleted by a person, oldest first
	place  Place
}

// step is what is decided for a matter: actions that share one fate, and what
// the policy has to know to allow them.
type step struct {
	actions []Action
	place   Place
	urgency urgency

	transition bool      // a new comment or a fold: gated by settling
	since      time.Time // since when a transition has its reason; zero: since now
	old        bool      // gated by the baseline
	snoozed    bool      // a person asked for silence
	edits      []time.Time
	limited    bool      // counts against the edits of a day
	lastNew    time.Time // the item's last new flag, when this is another
}

// decide is the table of the package documentation. It returns the steps, how
// many comments stand as they should, and whether the open one is unwanted.
func (m *matter) decide(now time.Time, renotify time.Duration) (steps []step, kept int, unwanted bool) {
	if len(m.open) > 1 {
		steps = m.heal()
	}
	switch {
	case m.id.Kind.Once():
		one, kept := m.once()
		return append(steps, one...), kept, false
	case m.wanted == nil || m.place.Settled:
		if len(m.open) == 0 {
			return steps, 0, false
		}
		return append(steps, m.fold()), 0, m.place.Frozen == ""
	case m.wanted.Quiet:
		return steps, min(len(m.open), 1), false
	case len(m.open) == 0:
		return append(steps, m.speak(now, renotify)), 0, false
	}
	open, want := m.open[0], m.wanted
	risen := open.Severity > 0 && want.Severity > open.Severity
	if open.Digest == want.Digest {
		return steps, 1, false
	}
	if risen && m.renewable(open, now, renotify) {
		return append(steps, m.renew(open)), 0, false
	}
	edit := m.step(m.act(Edit, open, "what it speaks of has changed"))
	edit.edits, edit.limited = open.Edits, m.place.EditsNotify && !risen
	edit.snoozed = open.Hidden && !risen
	return append(steps, edit), 0, false
}

// once decides for a kind that is posted once per period and never folded: a
// review is edited while its window is open, the others stay as they are.
func (m *matter) once() ([]step, int) {
	switch {
	case m.wanted == nil || m.place.Settled:
		return nil, 0
	case len(m.open) == 0 && len(m.past) == 0:
		return []step{m.post(nil, "there is none for this period yet")}, 0
	case len(m.open) > 0 && m.wanted.Identity.Kind == comment.Review && m.open[0].Digest != m.wanted.Digest:
		edit := m.step(m.act(Edit, m.open[0], "what it speaks of has changed"))
		edit.edits, edit.limited = m.open[0].Edits, m.place.EditsNotify
		return []step{edit}, 0
	}
	return nil, 1
}

// speak decides where no open comment stands: the past one that ended last tells why.
func (m *matter) speak(now time.Time, renotify time.Duration) step {
	if len(m.past) == 0 {
		post := m.post(nil, "no comment says so yet")
		post.old = m.wanted.Old
		return post
	}
	last := slices.MaxFunc(m.past, func(a, b *Posted) int { return a.ended().Compare(b.ended()) })
	switch {
	case last.Deleted && last.State == comment.Folded:
		return m.post(last, "it has returned, and its folded comment was deleted")
	case last.Deleted:
		post := m.post(last, "the severity has risen since a person deleted the comment")
		post.snoozed = last.Severity == 0 || m.wanted.Severity <= last.Severity
		return post
	case !last.FoldedAt.IsZero() && now.Sub(last.FoldedAt) > returning:
		return m.post(last, "it has returned more than 7 days after it was resolved")
	case m.wanted.Severity > last.Severity && last.Severity > 0 && m.renewable(last, now, renotify):
		return m.post(last, "it has returned and is now critical")
	}
	unfold := m.step(m.act(Unfold, last, "it has returned within 7 days of its resolution"))
	unfold.transition, unfold.since = true, m.wanted.Since
	return unfold
}

// ended returns when a past comment ended, as far as that is known.
func (p *Posted) ended() time.Time {
	if p.FoldedAt.IsZero() {
		return p.PostedAt
	}
	return p.FoldedAt
}

// renewable says whether a rise to critical is worth a new comment: edits are
// silent there, and the item had no new comment a short while ago.
func (m *matter) renewable(old *Posted, now time.Time, renotify time.Duration) bool {
	return m.wanted.Identity.Kind == comment.Flag && !m.place.EditsNotify &&
		m.wanted.Severity >= critical && old.Severity < critical &&
		now.Sub(m.lastNew()) >= renotify
}

// renew folds the open comment and posts a new one, in this order.
func (m *matter) renew(open *Posted) step {
	fold := m.act(Fold, open, "the severity has risen and an edit would go unseen: a new comment follows")
	fold.Cause = Renewed
	post := m.act(Post, nil, "the severity has risen to critical")
	post.Other = open.CommentID
	return m.step(fold, post)
}

// fold puts the open comment into the past.
func (m *matter) fold() step {
	open := m.open[0]
	fold := m.act(Fold, open, "nothing is left to say")
	fold.Cause = Resolved
	if m.place.Settled {
		fold.Cause, fold.Why = Settled, m.place.Key+" is delivered or dropped"
	}
	s := m.step(fold)
	s.urgency = urgency{}
	s.transition, s.since = true, open.UnwantedSince
	return s
}

// heal keeps the oldest of several open comments. Another one is erased when
// nobody replied to it, wrote in it, or could miss it; else it is folded.
func (m *matter) heal() []step {
	var steps []step
	for _, extra := range m.open[1:] {
		heal := m.act(Fold, extra, "an older comment of the same kind stands")
		if !extra.Replied && !extra.Edited && !m.place.Settled {
			heal.Op = Erase
		}
		heal.Cause, heal.Other = Duplicate, m.open[0].CommentID
		steps = append(steps, m.step(heal))
	}
	return steps
}

// post says it in a new comment, which may continue a folded one.
func (m *matter) post(last *Posted, why string) step {
	post := m.act(Post, nil, why)
	if last != nil && !last.Deleted {
		post.Other = last.CommentID
	}
	s := m.step(post)
	s.lastNew = m.lastNew()
	// "All blockers delivered" is good news: it goes out at once.
	s.transition, s.since = m.wanted.Identity.Kind != comment.Unblocked, m.wanted.Since
	return s
}

// act writes one action: with what is wanted for a comment that shall stand,
// with what the comment said for one that shall go.
func (m *matter) act(op Op, p *Posted, why string) Action {
	a := Action{Op: op, Identity: m.id, Key: m.place.Key, Why: why}
	if p != nil {
		a.CommentID = p.CommentID
	}
	if op == Fold || op == Erase {
		a.Digest, a.Severity = p.Digest, p.Severity
		return a
	}
	a.Digest, a.Severity, a.Reasons = m.wanted.Digest, m.wanted.Severity, m.wanted.Reasons
	if len(a.Reasons) > 0 {
		a.Why = strings.Join(a.Reasons, ", ") + ": " + why
	}
	return a
}

func (m *matter) step(actions ...Action) step {
	s := step{actions: actions, place: m.place}
	if w := m.wanted; w != nil {
		s.urgency = urgency{now: w.Now || w.Identity.Kind == comment.Unblocked, severity: w.Severity, horizon: w.Horizon, since: w.Since}
	}
	return s
}

// lastNew returns when the youngest comment of the matter was posted.
func (m *matter) lastNew() time.Time {
	var last time.Time
	for _, part := range [][]*Posted{m.past, m.open} {
		for _, p := range part {
			if p.PostedAt.After(last) {
				last = p.PostedAt
			}
		}
	}
	return last
}

// urgency orders what is to be said.
type urgency struct {
	now      bool
	severity int
	horizon  int
	since    time.Time
}

// compare puts the more urgent first: what cannot wait, the worse, the nearer, the older.
func (u urgency) compare(o urgency) int {
	if u.now != o.now {
		if u.now {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(o.severity, u.severity), cmp.Compare(u.horizon, o.horizon), u.since.Compare(o.since))
}
