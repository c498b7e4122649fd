package plan_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/plan"
)

func TestEqualContentGivesAnEqualPlanWhateverItsOrder(t *testing.T) {
	wanted := many(30)
	var posted []plan.Posted
	for i := range 20 {
		for range 1 + i%3 {
			p := open(silent, string(rune('a'+len(posted))), []string{"a", "b"}[i%2], 2)
			p.Identity.Item = wanted[i+5].Identity.Item
			if i%7 == 0 {
				p.Identity.Item.ID = "9" + p.Identity.Item.ID
			}
			posted = append(posted, p)
		}
	}
	policy := usual()
	policy.MaxNewPerHour = 3
	first := plan.Compute(wanted, posted, policy, now)
	if len(first.Actions) == 0 || len(first.Later) == 0 || first.Kept == 0 {
		t.Fatalf("the example is too simple: %v", outcomeOf(first))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(wanted), func(i, j int) { wanted[i], wanted[j] = wanted[j], wanted[i] })
		random.Shuffle(len(posted), func(i, j int) { posted[i], posted[j] = posted[j], posted[i] })
		before := slices.Clone(posted)
		if diff := cmp.Diff(plan.Compute(wanted, posted, policy, now), first); diff != "" {
			t.Fatalf("got (-), want (+):\n%s", diff)
		}
		if diff := cmp.Diff(posted, before); diff != "" {
			t.Fatalf("the arguments changed:\n%s", diff)
		}
	}
}

func TestAPlanIsNamedAfterWhatThereIsToSay(t *testing.T) {
	id := func(mode plan.Mode, digest string) string {
		w := want(silent, digest, 2)
		w.Place.Mode = mode
		return plan.Compute([]plan.Wanted{*w}, nil, usual(), now).ID
	}
	if form := regexp.MustCompile(`^p-[0-9a-f]{8}$`); !form.MatchString(id(plan.Writing, "a")) {
		t.Errorf("ID = %q; want the form %s", id(plan.Writing, "a"), form)
	}
	if a, b := id(plan.Writing, "a"), id(plan.Reporting, "a"); a != b {
		t.Errorf("the plan %s is named %s when it is report-only; want the same name", a, b)
	}
	if a, b := id(plan.Writing, "a"), id(plan.Writing, "b"); a == b {
		t.Errorf("two plans that say different things are both named %s", a)
	}
}

// A second cycle, with the first one's writes in place, has nothing to do.
func TestTheSecondPlanIsEmpty(t *testing.T) {
	wanted := many(50)
	policy := usual()
	policy.MaxNewPerHour = 0
	policy.MaxNewPerDay = 0
	var posted []plan.Posted
	for _, a := range plan.Compute(wanted, nil, policy, now).Actions {
		posted = append(posted, plan.Posted{
			Identity: a.Identity, Place: silent, CommentID: a.Key, Digest: a.Digest, State: comment.Open, Severity: a.Severity, PostedAt: now,
		})
	}
	got := plan.Compute(wanted, posted, policy, now.Add(time.Minute))
	if len(got.All()) != 0 || got.Kept != 50 || got.Unwanted != nil {
		t.Errorf("got %v, unwanted %v; want 50 kept and nothing else", outcomeOf(got), got.Unwanted)
	}
}

func TestARenewalHealsAfterACrashInItsMiddle(t *testing.T) {
	wanted, old := []plan.Wanted{*want(silent, "b", 3)}, open(silent, "1", "a", 2)
	if diff := cmp.Diff(outcomeOf(plan.Compute(wanted, []plan.Posted{old}, usual(), now)).Do, []string{"fold 1 renewed", "post after 1"}); diff != "" {
		t.Fatalf("first plan: got (-), want (+):\n%s", diff)
	}
	old = folded(old, 0)
	if diff := cmp.Diff(outcomeOf(plan.Compute(wanted, []plan.Posted{old}, usual(), now)).Do, []string{"post after 1"}); diff != "" {
		t.Errorf("after the crash: got (-), want (+):\n%s", diff)
	}
}

// A blocker that is closed and opened again and again causes one post at most.
func TestF39AFlappingFindingIsBounded(t *testing.T) {
	policy, posts := usual(), 0
	var posted []plan.Posted
	since := ago(day)
	for i := range 200 {
		t0 := now.Add(time.Duration(i) * 10 * time.Minute)
		var wanted []plan.Wanted
		if i%2 == 0 {
			w := want(silent, "a", 2)
			if w.Since = since; i > 0 {
				w.Since = t0
			}
			wanted = append(wanted, *w)
		}
		p := plan.Compute(wanted, posted, policy, t0)
		for _, a := range p.Actions {
			if a.Op != plan.Post {
				t.Fatalf("cycle %d: %s; want no write but the first post", i, did(a))
			}
			posts++
			posted = []plan.Posted{{Identity: flag, Place: silent, CommentID: "1", Digest: a.Digest, State: comment.Open, Severity: 2, PostedAt: t0}}
		}
		for j := range posted {
			if len(p.Unwanted) == 0 {
				posted[j].UnwantedSince = time.Time{}
			} else if posted[j].UnwantedSince.IsZero() {
				posted[j].UnwantedSince = t0
			}
		}
	}
	if posts != 1 {
		t.Errorf("%d posts; want 1", posts)
	}
}

// 100,000 comments, of which one in a hundred has changed.
func BenchmarkCompute(b *testing.B) {
	wanted := many(100_000)
	posted := make([]plan.Posted, len(wanted))
	for i, w := range wanted {
		posted[i] = plan.Posted{Identity: w.Identity, Place: w.Place, CommentID: w.Place.Key, Digest: "a", State: comment.Open, Severity: 2, PostedAt: ago(day)}
		if i%100 == 0 {
			posted[i].Digest = "b"
		}
	}
	policy := usual()
	b.ReportAllocs()
	for b.Loop() {
		plan.Compute(wanted, posted, policy, now)
	}
}
