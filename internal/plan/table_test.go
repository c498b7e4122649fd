package plan_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/duration"
	"strata/internal/plan"
	"strata/internal/work"
)

// now is a Wednesday morning.
var now = time.Date(2026, 3, 11, 10, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return now.Add(-d) }

const day = 24 * time.Hour

var flag = comment.Identity{Item: work.Ref{Tracker: "github", ID: "42"}, Kind: comment.Flag}

func of(kind comment.Kind, period string) comment.Identity {
	return comment.Identity{Item: flag.Item, Kind: kind, Period: period}
}

// silent is an item on GitHub, loud one on Jira.
var (
	silent = plan.Place{Key: "WEB-42", Mode: plan.Writing}
	loud   = plan.Place{Key: "WEB-42", Mode: plan.Writing, EditsNotify: true}
)

func at(p plan.Place, change func(*plan.Place)) plan.Place {
	change(&p)
	return p
}

func want(place plan.Place, digest string, severity int) *plan.Wanted {
	return &plan.Wanted{Identity: flag, Place: place, Digest: digest, Severity: severity, Since: ago(day), Reasons: []string{"DEP01"}}
}

func quiet(w *plan.Wanted) *plan.Wanted {
	w.Quiet = true
	return w
}

func open(place plan.Place, id, digest string, severity int) plan.Posted {
	return plan.Posted{
		Identity: flag, Place: place, CommentID: id, Digest: digest, State: comment.Open, Severity: severity,
		PostedAt: ago(20 * day), UnwantedSince: ago(day),
	}
}

func changed(p plan.Posted, change func(*plan.Posted)) plan.Posted {
	change(&p)
	return p
}

func folded(p plan.Posted, since time.Duration) plan.Posted {
	p.State, p.FoldedAt = comment.Folded, ago(since)
	return p
}

func deleted(p plan.Posted) plan.Posted {
	p.Deleted = true
	return p
}

// free is a policy without any limit but the one on new flags.
var free = plan.Policy{Config: plan.Config{RenotifyAfter: duration.Duration(3 * day)}, Settle: 30 * time.Minute}

// did writes an action as a row of the table does.
func did(a plan.Action) string {
	text := string(a.Op)
	for _, part := range []string{a.CommentID, string(a.Cause)} {
		if part != "" {
			text += " " + part
		}
	}
	if a.Op == plan.Post && a.Other != "" {
		text += " after " + a.Other
	}
	return text
}

type outcome struct {
	Do   []string
	Hold []string // "reason: action"
	Kept int
}

func outcomeOf(p plan.Plan) outcome {
	o := outcome{Kept: p.Kept}
	for _, a := range p.Actions {
		o.Do = append(o.Do, did(a))
	}
	for _, h := range p.Later {
		o.Hold = append(o.Hold, string(h.Reason)+": "+did(h.Action))
	}
	return o
}

func TestWhatBecomesOfAComment(t *testing.T) {
	settledSilent := at(silent, func(p *plan.Place) { p.Settled = true })
	unread := at(silent, func(p *plan.Place) { p.Frozen = "scope api-board was not read" })
	for _, row := range []struct {
		name   string
		wanted *plan.Wanted
		posted []plan.Posted
		want   outcome
	}{
		{"wanted, none posted", want(silent, "a", 2), nil, outcome{Do: []string{"post"}}},
		{"wanted, posted with the same digest", want(silent, "a", 2), []plan.Posted{open(silent, "1", "a", 2)}, outcome{Kept: 1}},
		{"wanted, posted with another digest", want(silent, "b", 2), []plan.Posted{open(silent, "1", "a", 2)}, outcome{Do: []string{"edit 1"}}},
		{"wanted, milder than posted", want(silent, "b", 2), []plan.Posted{open(silent, "1", "a", 3)}, outcome{Do: []string{"edit 1"}}},
		{"wanted, the posted digest is lost", want(silent, "b", 2), []plan.Posted{open(silent, "1", "", 0)}, outcome{Do: []string{"edit 1"}}},
		{"not wanted", nil, []plan.Posted{open(silent, "1", "a", 2)}, outcome{Do: []string{"fold 1 resolved"}}},
		{"not wanted, already folded", nil, []plan.Posted{folded(open(silent, "1", "a", 2), day)}, outcome{}},
		{"nothing at all", nil, nil, outcome{}},

		{"rises to critical where edits are silent", want(silent, "b", 3), []plan.Posted{open(silent, "1", "a", 2)}, outcome{Do: []string{"fold 1 renewed", "post after 1"}}},
		{"rises to critical where edits notify", want(loud, "b", 3), []plan.Posted{open(loud, "1", "a", 2)}, outcome{Do: []string{"edit 1"}}},
		{"rises to critical two days after the post", want(silent, "b", 3), []plan.Posted{changed(open(silent, "1", "a", 2), func(p *plan.Posted) { p.PostedAt = ago(2 * day) })}, outcome{Do: []string{"edit 1"}}},
		{"critical, what was posted is not known", want(silent, "b", 3), []plan.Posted{open(silent, "1", "a", 0)}, outcome{Do: []string{"edit 1"}}},
		{"critical stays critical", want(silent, "b", 3), []plan.Posted{open(silent, "1", "a", 3)}, outcome{Do: []string{"edit 1"}}},
		{"rises to warning", want(silent, "b", 2), []plan.Posted{open(silent, "1", "a", 1)}, outcome{Do: []string{"edit 1"}}},

		{"returns within 7 days", want(silent, "a", 2), []plan.Posted{folded(open(silent, "1", "a", 2), 7*day)}, outcome{Do: []string{"unfold 1"}}},
		{"returns within 7 days with other facts", want(silent, "b", 2), []plan.Posted{folded(open(silent, "1", "a", 2), day)}, outcome{Do: []string{"unfold 1"}}},
		{"returns later", want(silent, "a", 2), []plan.Posted{folded(open(silent, "1", "a", 2), 7*day+time.Second)}, outcome{Do: []string{"post after 1"}}},
		{"returns critical after a crash in the middle of a renewal", want(silent, "b", 3), []plan.Posted{folded(open(silent, "1", "a", 2), time.Minute)}, outcome{Do: []string{"post after 1"}}},
		{"the youngest of two folded ones returns", want(silent, "a", 2), []plan.Posted{folded(open(silent, "1", "a", 2), 20*day), changed(folded(open(silent, "2", "a", 2), day), func(p *plan.Posted) { p.PostedAt = ago(8 * day) })}, outcome{Do: []string{"unfold 2"}}},

		{"the one that was resolved last returns, not its former duplicate", want(silent, "a", 2), []plan.Posted{folded(open(silent, "1", "a", 2), day), changed(folded(open(silent, "2", "a", 2), 18*day), func(p *plan.Posted) { p.PostedAt = ago(19 * day) })}, outcome{Do: []string{"unfold 1"}}},

		{"two open ones, the younger is erased", want(silent, "a", 2), []plan.Posted{open(silent, "10", "a", 2), open(silent, "9", "a", 2)}, outcome{Do: []string{"erase 10 duplicate"}, Kept: 1}},
		{"two open ones, somebody replied to the younger", want(silent, "b", 2), []plan.Posted{open(silent, "9", "a", 2), changed(open(silent, "10", "b", 2), func(p *plan.Posted) { p.Replied = true })}, outcome{Do: []string{"fold 10 duplicate", "edit 9"}}},
		{"two open ones, somebody wrote in the younger", want(silent, "a", 2), []plan.Posted{open(silent, "9", "a", 2), changed(open(silent, "10", "a", 2), func(p *plan.Posted) { p.Edited = true })}, outcome{Do: []string{"fold 10 duplicate"}, Kept: 1}},
		{"two open ones, none wanted", nil, []plan.Posted{open(silent, "9", "a", 2), open(silent, "10", "a", 2)}, outcome{Do: []string{"erase 10 duplicate", "fold 9 resolved"}}},
		{"an open and a folded one", want(silent, "a", 2), []plan.Posted{folded(open(silent, "1", "a", 2), day), open(silent, "2", "a", 2)}, outcome{Kept: 1}},

		{"deleted by a person", want(silent, "b", 2), []plan.Posted{deleted(open(silent, "1", "a", 2))}, outcome{Hold: []string{"snoozed: post"}}},
		{"deleted by a person, milder now", want(silent, "b", 2), []plan.Posted{deleted(open(silent, "1", "a", 3))}, outcome{Hold: []string{"snoozed: post"}}},
		{"deleted by a person, worse now", want(silent, "b", 3), []plan.Posted{deleted(open(silent, "1", "a", 2))}, outcome{Do: []string{"post"}}},
		{"deleted by a person, worse now, but new two days ago", want(silent, "b", 3), []plan.Posted{changed(deleted(open(silent, "1", "a", 2)), func(p *plan.Posted) { p.PostedAt = ago(2 * day) })}, outcome{Hold: []string{"renotify: post"}}},
		{"deleted by a person, what it said is not known", want(silent, "b", 3), []plan.Posted{deleted(open(silent, "1", "a", 0))}, outcome{Hold: []string{"snoozed: post"}}},
		{"deleted by a person, not wanted", nil, []plan.Posted{deleted(open(silent, "1", "a", 2))}, outcome{}},
		{"deleted when it was history", want(silent, "b", 2), []plan.Posted{deleted(folded(open(silent, "1", "a", 2), day))}, outcome{Do: []string{"post"}}},
		{"answered, nothing posted", quiet(want(silent, "a", 2)), nil, outcome{}},
		{"answered, other digest", quiet(want(silent, "b", 2)), []plan.Posted{open(silent, "1", "a", 2)}, outcome{Kept: 1}},
		{"answered, folded yesterday", quiet(want(silent, "a", 2)), []plan.Posted{folded(open(silent, "1", "a", 2), day)}, outcome{}},
		{"edited by a person, same digest", want(silent, "a", 2), []plan.Posted{changed(open(silent, "1", "a", 2), func(p *plan.Posted) { p.Edited = true })}, outcome{Kept: 1}},
		{"edited by a person, another digest", want(silent, "b", 2), []plan.Posted{changed(open(silent, "1", "a", 2), func(p *plan.Posted) { p.Edited = true })}, outcome{Do: []string{"edit 1"}}},
		{"hidden by a person", want(silent, "b", 2), []plan.Posted{changed(open(silent, "1", "a", 2), func(p *plan.Posted) { p.Hidden = true })}, outcome{Hold: []string{"snoozed: edit 1"}}},
		{"hidden by a person, worse now", want(loud, "b", 3), []plan.Posted{changed(open(loud, "1", "a", 2), func(p *plan.Posted) { p.Hidden = true })}, outcome{Do: []string{"edit 1"}}},

		{"delivered, none posted", want(settledSilent, "a", 3), nil, outcome{}},
		{"delivered, one posted", want(settledSilent, "a", 3), []plan.Posted{open(settledSilent, "1", "a", 3)}, outcome{Do: []string{"fold 1 settled"}}},
		{"delivered, not wanted", nil, []plan.Posted{open(settledSilent, "1", "a", 3)}, outcome{Do: []string{"fold 1 settled"}}},
		{"delivered, two posted: nothing but folds", nil, []plan.Posted{open(settledSilent, "1", "a", 3), open(settledSilent, "2", "a", 3)}, outcome{Do: []string{"fold 2 duplicate", "fold 1 settled"}}},

		{"unread, none posted", want(unread, "a", 2), nil, outcome{Hold: []string{"unread: post"}}},
		{"unread, another digest", want(unread, "b", 2), []plan.Posted{open(silent, "1", "a", 2)}, outcome{Hold: []string{"unread: edit 1"}}},
		{"unread, not wanted", nil, []plan.Posted{open(unread, "1", "a", 2)}, outcome{Hold: []string{"unread: fold 1 resolved"}}},
		{"unread on the posted side alone", want(silent, "b", 2), []plan.Posted{open(unread, "1", "a", 2)}, outcome{Hold: []string{"unread: edit 1"}}},
		{"unread, two posted", want(unread, "a", 2), []plan.Posted{open(unread, "1", "a", 2), open(unread, "2", "a", 2)}, outcome{Hold: []string{"unread: erase 2 duplicate"}, Kept: 1}},
		{"unread, same digest", want(unread, "a", 2), []plan.Posted{open(unread, "1", "a", 2)}, outcome{Kept: 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var wanted []plan.Wanted
			if row.wanted != nil {
				wanted = append(wanted, *row.wanted)
			}
			got := outcomeOf(plan.Compute(wanted, row.posted, free, now))
			if diff := cmp.Diff(got, row.want); diff != "" {
				t.Errorf("got (-), want (+):\n%s", diff)
			}
		})
	}
}

func TestOnceKindsArePostedOncePerPeriod(t *testing.T) {
	for _, row := range []struct {
		name   string
		kind   comment.Kind
		posted []plan.Posted
		want   outcome
	}{
		{"unblocked, none", comment.Unblocked, nil, outcome{Do: []string{"post"}}},
		{"unblocked, posted", comment.Unblocked, []plan.Posted{open(silent, "1", "old", 0)}, outcome{Kept: 1}},
		{"unblocked, deleted by a person", comment.Unblocked, []plan.Posted{deleted(open(silent, "1", "old", 0))}, outcome{Kept: 1}},
		{"unblocked, folded by hand", comment.Unblocked, []plan.Posted{folded(open(silent, "1", "old", 0), 30*day)}, outcome{Kept: 1}},
		{"review, posted, its window open", comment.Review, []plan.Posted{open(silent, "1", "old", 0)}, outcome{Do: []string{"edit 1"}}},
		{"review, same digest", comment.Review, []plan.Posted{open(silent, "1", "new", 0)}, outcome{Kept: 1}},
		{"two unblocked", comment.Unblocked, []plan.Posted{open(silent, "1", "old", 0), open(silent, "2", "old", 0)}, outcome{Do: []string{"erase 2 duplicate"}, Kept: 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := want(silent, "new", 0)
			w.Identity, w.Since = of(row.kind, "2026-03-11"), now
			policy := free
			if row.kind == comment.Review {
				policy.Settle = 0
			}
			for i := range row.posted {
				row.posted[i].Identity = w.Identity
			}
			if diff := cmp.Diff(outcomeOf(plan.Compute([]plan.Wanted{*w}, row.posted, policy, now)), row.want); diff != "" {
				t.Errorf("wanted: got (-), want (+):\n%s", diff)
			}
		})
	}
	last := open(silent, "1", "a", 0)
	last.Identity = of(comment.Review, "product:3")
	if got := plan.Compute(nil, []plan.Posted{last}, free, now); len(got.All()) != 0 || len(got.Unwanted) != 0 {
		t.Errorf("the review of a past Sprint: got %v, unwanted %v; want it left alone", got.All(), got.Unwanted)
	}
}
