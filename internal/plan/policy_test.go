package plan_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/duration"
	"strata/internal/plan"
	"strata/internal/work"
)

// usual is the default policy with the usual settling.
func usual() plan.Policy {
	return plan.Policy{Config: plan.Default(), Settle: 30 * time.Minute, Items: 1000}
}

// clock gives a time in the week from Monday 9 to Sunday 15 March 2026, UTC.
func clock(weekday time.Weekday, hour, minute int) time.Time {
	return time.Date(2026, 3, 9+(int(weekday)+6)%7, hour, minute, 0, 0, time.UTC)
}

func TestWhatHoldsAnActionBack(t *testing.T) {
	var (
		kolkata   = time.FixedZone("IST", 5*3600+1800)
		auckland  = time.FixedZone("NZST", 12*3600)
		wednesday = clock(time.Wednesday, 10, 0)
		sunday    = clock(time.Sunday, 10, 0)
		evening   = clock(time.Wednesday, 18, 0)
		limitless = func(p *plan.Policy) { *p = plan.Policy{} }
	)
	for _, row := range []struct {
		name   string
		at     time.Time
		policy func(*plan.Policy)
		wanted func(*plan.Wanted)
		posted *plan.Posted
		want   plan.Reason // "" allowed
	}{
		{name: "nothing", at: wednesday},
		{name: "report-only", at: wednesday, wanted: func(w *plan.Wanted) { w.Place.Mode = plan.Reporting }, want: plan.ReportOnly},
		{name: "no mode at all", at: wednesday, wanted: func(w *plan.Wanted) { w.Place.Mode = "" }, want: plan.ReportOnly},
		{name: "report-only without any limit", at: wednesday, policy: limitless, wanted: func(w *plan.Wanted) { w.Place.Mode = "" }, want: plan.ReportOnly},
		{name: "unread before report-only", at: wednesday, wanted: func(w *plan.Wanted) { w.Place.Mode, w.Place.Frozen = "", "rate limited" }, want: plan.Unread},
		{name: "unread without any limit", at: wednesday, policy: limitless, wanted: func(w *plan.Wanted) { w.Place.Frozen = "rate limited" }, want: plan.Unread},
		{name: "refused for good", at: wednesday, wanted: func(w *plan.Wanted) { w.Place.Refused = "locked" }, want: plan.Refused},

		{name: "baseline, older than the installation", at: wednesday, wanted: func(w *plan.Wanted) { w.Old = true }, want: plan.Baseline},
		{name: "baseline switched off", at: wednesday, policy: func(p *plan.Policy) { p.Baseline = false }, wanted: func(w *plan.Wanted) { w.Old = true }},
		{name: "baseline never stops an edit", at: wednesday, wanted: func(w *plan.Wanted) { w.Old = true }, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 2}},

		{name: "held for 29 minutes", at: wednesday, wanted: func(w *plan.Wanted) { w.Since = wednesday.Add(-29 * time.Minute) }, want: plan.Settling},
		{name: "held for 30 minutes", at: wednesday, wanted: func(w *plan.Wanted) { w.Since = wednesday.Add(-30 * time.Minute) }},
		{name: "found only now", at: wednesday, wanted: func(w *plan.Wanted) { w.Since = time.Time{} }, want: plan.Settling},
		{name: "found only now, settling off", at: wednesday, policy: func(p *plan.Policy) { p.Settle = 0 }, wanted: func(w *plan.Wanted) { w.Since = time.Time{} }},
		{name: "urgent things settle too", at: wednesday, wanted: func(w *plan.Wanted) { w.Since, w.Now = wednesday, true }, want: plan.Settling},
		{name: "an edit does not settle", at: wednesday, wanted: func(w *plan.Wanted) { w.Since = wednesday }, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 2}},
		{name: "unblocked goes at once", at: wednesday, wanted: func(w *plan.Wanted) { w.Since = wednesday; w.Identity.Kind = comment.Unblocked }},

		{name: "evening", at: evening, want: plan.Hours},
		{name: "the minute before", at: evening.Add(-time.Minute)},
		{name: "the minute before morning", at: clock(time.Wednesday, 7, 59), want: plan.Hours},
		{name: "morning", at: clock(time.Wednesday, 8, 0)},
		{name: "evening, urgent", at: evening, wanted: func(w *plan.Wanted) { w.Now = true }},
		{name: "evening, unblocked", at: evening, wanted: func(w *plan.Wanted) { w.Identity.Kind = comment.Unblocked }},
		{name: "Sunday", at: sunday, want: plan.Hours},
		{name: "Sunday, urgent", at: sunday, wanted: func(w *plan.Wanted) { w.Now = true }, want: plan.Hours},
		{name: "Sunday, hours off", at: sunday, policy: func(p *plan.Policy) { p.Hours.Days = plan.Weekdays{} }},
		{name: "Sunday in Tel Aviv", at: sunday, policy: func(p *plan.Policy) { p.Hours.Days = plan.Weekdays{true, true, true, true, true} }},
		{name: "holiday", at: wednesday, policy: func(p *plan.Policy) { p.Holidays = []work.Day{work.Date(2026, 3, 11)} }, want: plan.Hours},
		{name: "evening at the team", at: clock(time.Wednesday, 13, 0), wanted: func(w *plan.Wanted) { w.Place.Zone = kolkata }, want: plan.Hours},
		{name: "evening at the product", at: clock(time.Wednesday, 13, 0), policy: func(p *plan.Policy) { p.Zone = kolkata }, want: plan.Hours},
		{name: "evening at the product, day at the team", at: clock(time.Wednesday, 13, 0), policy: func(p *plan.Policy) { p.Zone = kolkata }, wanted: func(w *plan.Wanted) { w.Place.Zone = time.UTC }},
		{name: "Monday morning at the team, Sunday here", at: clock(time.Sunday, 21, 0), wanted: func(w *plan.Wanted) { w.Place.Zone = auckland }},
		{name: "first quiet day", at: wednesday, policy: func(p *plan.Policy) {
			p.Quiet = []plan.Range{{From: work.Date(2026, 3, 11), To: work.Date(2026, 3, 20)}}
		}, want: plan.Quiet},
		{name: "last quiet day, urgent", at: wednesday, policy: func(p *plan.Policy) {
			p.Quiet = []plan.Range{{From: work.Date(2026, 3, 2), To: work.Date(2026, 3, 11)}}
		}, wanted: func(w *plan.Wanted) { w.Now = true }, want: plan.Quiet},
		{name: "the day after", at: wednesday, policy: func(p *plan.Policy) {
			p.Quiet = []plan.Range{{From: work.Date(2026, 3, 2), To: work.Date(2026, 3, 10)}}
		}},

		{name: "edited on this day", at: wednesday, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 2, Edits: []time.Time{clock(time.Wednesday, 8, 5)}, Place: loud}, want: plan.Edits},
		{name: "edited the day before", at: wednesday, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 2, Edits: []time.Time{clock(time.Tuesday, 17, 0)}, Place: loud}},
		{name: "edited on this day, limit of two", at: wednesday, policy: func(p *plan.Policy) { p.EditsPerDay = 2 }, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 2, Edits: []time.Time{clock(time.Wednesday, 8, 5)}, Place: loud}},
		{name: "edited on this day, limit off", at: wednesday, policy: func(p *plan.Policy) { p.EditsPerDay = 0 }, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 2, Edits: []time.Time{clock(time.Wednesday, 8, 5)}, Place: loud}},
		{name: "edited on this day, worse now", at: wednesday, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 1, Edits: []time.Time{clock(time.Wednesday, 8, 5)}, Place: loud}},
		{name: "edited on this day, silently", at: wednesday, posted: &plan.Posted{CommentID: "1", State: comment.Open, Digest: "b", Severity: 2, Edits: []time.Time{clock(time.Wednesday, 8, 5)}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			policy, w := usual(), *want(silent, "a", 2)
			if row.policy != nil {
				row.policy(&policy)
			}
			if row.wanted != nil {
				row.wanted(&w)
			}
			var posted []plan.Posted
			if row.posted != nil {
				p := *row.posted
				w.Place.EditsNotify = p.Place.EditsNotify
				p.Identity, p.Place, p.PostedAt = w.Identity, w.Place, ago(20*day)
				posted = append(posted, p)
			}
			got := plan.Compute([]plan.Wanted{w}, posted, policy, row.at)
			reason := plan.Reason("")
			if len(got.Later) == 1 && len(got.Actions) == 0 {
				reason = got.Later[0].Reason
			} else if len(got.Actions) != 1 || len(got.Later) != 0 {
				t.Fatalf("got %v; want exactly one action", outcomeOf(got))
			}
			if reason != row.want {
				t.Errorf("held by %q; want %q", reason, row.want)
			}
		})
	}
}

func TestFoldsSettleAndKeepHoursAndModes(t *testing.T) {
	for _, row := range []struct {
		name   string
		at     time.Time
		posted func(*plan.Posted)
		want   outcome
	}{
		{"unwanted for a day", now, func(*plan.Posted) {}, outcome{Do: []string{"fold 1 resolved"}}},
		{"unwanted for a minute", now, func(p *plan.Posted) { p.UnwantedSince = ago(time.Minute) }, outcome{Hold: []string{"settle: fold 1 resolved"}}},
		{"unwanted only now, as after the loss of the store", now, func(p *plan.Posted) { p.UnwantedSince = time.Time{} }, outcome{Hold: []string{"settle: fold 1 resolved"}}},
		{"in the evening", clock(time.Wednesday, 22, 0), func(*plan.Posted) {}, outcome{Hold: []string{"hours: fold 1 resolved"}}},
		{"report-only again", now, func(p *plan.Posted) { p.Place.Mode = plan.Reporting }, outcome{Hold: []string{"report-only: fold 1 resolved"}}},
		{"edited enough on this day", now, func(p *plan.Posted) { p.Place, p.Edits = loud, []time.Time{now} }, outcome{Do: []string{"fold 1 resolved"}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := open(silent, "1", "a", 2)
			row.posted(&p)
			got := plan.Compute(nil, []plan.Posted{p}, usual(), row.at)
			if diff := cmp.Diff(outcomeOf(got), row.want); diff != "" {
				t.Errorf("got (-), want (+):\n%s", diff)
			}
			if diff := cmp.Diff(got.Unwanted, []comment.Identity{flag}); diff != "" {
				t.Errorf("unwanted: got (-), want (+):\n%s", diff)
			}
		})
	}
	frozen := open(at(silent, func(p *plan.Place) { p.Frozen = "unread" }), "1", "a", 2)
	if got := plan.Compute(nil, []plan.Posted{frozen}, usual(), now); got.Unwanted != nil {
		t.Errorf("unwanted though unread: %v; settling must not begin before a reading", got.Unwanted)
	}
}

// many wants n flags, the first of which are the most urgent.
func many(n int) []plan.Wanted {
	wanted := make([]plan.Wanted, n)
	for i := range wanted {
		w := want(silent, "a", 2)
		w.Identity.Item.ID = fmt.Sprint(i + 1)
		w.Place.Key = fmt.Sprintf("WEB-%04d", i+1)
		wanted[i] = *w
	}
	return wanted
}

func keys(actions []plan.Action) (keys []string) {
	for _, a := range actions {
		keys = append(keys, a.Key)
	}
	return keys
}

func TestTheBudgetGoesToTheMostUrgent(t *testing.T) {
	wanted := many(6)
	wanted[5].Severity, wanted[4].Now = 3, true
	wanted[3].Since = ago(9 * day)
	wanted[0].Horizon = 2
	policy := usual()
	policy.MaxNewPerHour, policy.MaxNewPerDay = 5, 100
	policy.Recent = []time.Time{ago(time.Minute), ago(59 * time.Minute), ago(60 * time.Minute)}

	got := plan.Compute(wanted, nil, policy, now)
	if diff := cmp.Diff(keys(got.Actions), []string{"WEB-0005", "WEB-0006", "WEB-0004"}); diff != "" {
		t.Errorf("allowed: got (-), want (+):\n%s", diff)
	}
	if diff := cmp.Diff(keys(got.All()), []string{"WEB-0005", "WEB-0006", "WEB-0004", "WEB-0002", "WEB-0003", "WEB-0001"}); diff != "" {
		t.Errorf("all: got (-), want (+):\n%s", diff)
	}
	if diff := cmp.Diff(got.Held, []plan.Hold{{Reason: plan.Budget, Actions: 3}}); diff != "" {
		t.Errorf("held: got (-), want (+):\n%s", diff)
	}
}

func TestTheBudgetOfTheDay(t *testing.T) {
	policy := usual()
	for i := range 38 {
		policy.Recent = append(policy.Recent, ago(2*time.Hour+time.Duration(i)*30*time.Minute))
	}
	posted := open(silent, "1", "old", 2)
	posted.Identity.Item.ID = "1"
	for _, row := range []struct {
		name string
		do   func(*plan.Policy)
		want int
	}{
		{"two are left", func(*plan.Policy) {}, 2 + 1}, // and the edit, which is not new
		{"spent", func(p *plan.Policy) { p.MaxNewPerDay = 38 }, 1},
		{"overspent", func(p *plan.Policy) { p.MaxNewPerDay = 7 }, 1},
		{"hour alone", func(p *plan.Policy) { p.MaxNewPerDay = 0 }, 10 + 1},
		{"off", func(p *plan.Policy) { p.MaxNewPerDay, p.MaxNewPerHour = 0, 0 }, 15},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := policy
			row.do(&p)
			if got := plan.Compute(many(15), []plan.Posted{posted}, p, now); len(got.Actions) != row.want {
				t.Errorf("%d actions; want %d", len(got.Actions), row.want)
			}
		})
	}
}

func TestARenewalIsHeldOrDoneWhole(t *testing.T) {
	policy := usual()
	policy.MaxNewPerHour = 1
	policy.Recent = []time.Time{ago(time.Minute)}
	got := plan.Compute([]plan.Wanted{*want(silent, "b", 3)}, []plan.Posted{open(silent, "1", "a", 2)}, policy, now)
	if diff := cmp.Diff(outcomeOf(got), outcome{Hold: []string{"budget: fold 1 renewed", "budget: post after 1"}}); diff != "" {
		t.Errorf("got (-), want (+):\n%s", diff)
	}
}

func TestALargePlanIsHeldWhole(t *testing.T) {
	for _, row := range []struct {
		name          string
		wanted, items int
		do            func(*plan.Policy)
		held          bool
	}{
		{"a fifth of the items", 40, 200, nil, false},
		{"more than a fifth", 41, 200, nil, true},
		{"a small product", 20, 10, nil, false},
		{"a small product, more than 20", 21, 10, nil, true},
		{"200 of many items", 200, 100_000, nil, false},
		{"201 of many items", 201, 100_000, nil, true},
		{"an operator's smaller count", 6, 1000, func(p *plan.Policy) { p.HoldAbove.Count = 5 }, true},
		{"both off", 500, 500, func(p *plan.Policy) { p.HoldAbove = plan.HoldAbove{} }, false},
		{"share off", 200, 200, func(p *plan.Policy) { p.HoldAbove.Share = 0 }, false},
		{"count off", 201, 100_000, func(p *plan.Policy) { p.HoldAbove.Count = 0 }, false},
		{"confirmed", 41, 200, func(p *plan.Policy) { p.Confirmed = plan.Confirmation{AtMost: 41, Until: now.Add(time.Hour)} }, false},
		{"confirmed for fewer", 41, 200, func(p *plan.Policy) { p.Confirmed = plan.Confirmation{AtMost: 40, Until: now.Add(time.Hour)} }, true},
		{"confirmed until now", 41, 200, func(p *plan.Policy) { p.Confirmed = plan.Confirmation{AtMost: 41, Until: now} }, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			policy := usual()
			policy.Items, policy.MaxNewPerHour, policy.MaxNewPerDay = row.items, 0, 0
			if row.do != nil {
				row.do(&policy)
			}
			got := plan.Compute(many(row.wanted), nil, policy, now)
			wantActions, wantHeld := row.wanted, []plan.Hold(nil)
			if row.held {
				wantActions, wantHeld = 0, []plan.Hold{{Reason: plan.Whole, Actions: row.wanted}}
			}
			if diff := cmp.Diff(got.Held, wantHeld); diff != "" || len(got.Actions) != wantActions {
				t.Errorf("%d actions, want %d; held: got (-), want (+):\n%s", len(got.Actions), wantActions, diff)
			}
		})
	}
}

func TestWhatIsReportOnlyNeitherHoldsNorSpends(t *testing.T) {
	wanted := many(300)
	for i := range wanted[3:] {
		wanted[3+i].Place.Mode = plan.Reporting
	}
	got := plan.Compute(wanted, nil, usual(), now)
	if diff := cmp.Diff(got.Held, []plan.Hold{{Reason: plan.ReportOnly, Actions: 297}}); diff != "" || len(got.Actions) != 3 || len(got.All()) != 300 {
		t.Errorf("%d actions of %d; held: got (-), want (+):\n%s", len(got.Actions), len(got.All()), diff)
	}
}

func TestAFindingThatReturnsWaitsForTheNextNewFlag(t *testing.T) {
	policy := usual()
	policy.RenotifyAfter = duration.Duration(30 * day)
	past := folded(open(silent, "1", "a", 2), 8*day)
	got := plan.Compute([]plan.Wanted{*want(silent, "a", 2)}, []plan.Posted{past}, policy, now)
	if diff := cmp.Diff(outcomeOf(got), outcome{Hold: []string{"renotify: post after 1"}}); diff != "" {
		t.Errorf("got (-), want (+):\n%s", diff)
	}
}
