package comment_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// finding is the example of the flag: WEB-42 waits for acme/api#7.
func finding() refine.Finding {
	return refine.Finding{
		Rule: "DEP01", Severity: refine.Critical, Item: web42, Waiting: web42, Blocker: api7, Team: "Web",
		Since: date(2, 12), Shown: true, Speaks: true,
		Title: "Off track: a blocker is planned later",
		Text: markup.Paragraph{
			markup.Item{Key: "WEB-42", URL: "https://acme.example/browse/WEB-42"}, markup.Text(" (Web, Sprint 15, starts 17 Mar) waits for "),
			markup.Item{Key: "acme/api#7", URL: "https://github.com/acme/api/issues/7"}, markup.Text(" (Core), planned for Sprint 16, which ends 11 Apr."),
		},
		Action:   markup.Paragraph{markup.Text("Move WEB-42 to Sprint 17, or agree a smaller slice of acme/api#7 that Sprint 15 needs.")},
		Next:     markup.Paragraph{markup.Text("Web and Core, in the next cross-team refinement.")},
		Commands: []string{"need <date>", "accept <why>", "snooze 7d", "wrong"},
		Facts:    []string{"blocker_end=2026-04-11", "waiting_start=2026-03-17", "waiting_sprint=product:15"},
	}
}

func with(change func(*refine.Finding)) refine.Finding {
	f := finding()
	change(&f)
	return f
}

func TestOnlyFactsChangeTheDigest(t *testing.T) {
	base := comment.Digest([]refine.Finding{finding()})
	if !regexp.MustCompile(`^[0-9a-f]{16,}$`).MatchString(base) {
		t.Errorf("digest %q; want at least 16 hexadecimal digits", base)
	}
	for name, change := range map[string]func(*refine.Finding){
		"text":              func(f *refine.Finding) { f.Text = markup.Paragraph{markup.Text("other words")} },
		"title":             func(f *refine.Finding) { f.Title = "Other" },
		"action":            func(f *refine.Finding) { f.Action = nil },
		"next":              func(f *refine.Finding) { f.Next = nil },
		"commands":          func(f *refine.Finding) { f.Commands = nil },
		"since":             func(f *refine.Finding) { f.Since = time.Time{} },
		"now":               func(f *refine.Finding) { f.Now = true },
		"order of facts":    func(f *refine.Finding) { f.Facts = slices.Clone(f.Facts); slices.Reverse(f.Facts) },
		"an acknowledgment": func(f *refine.Finding) { f.Acknowledged = true },
	} {
		if got := comment.Digest([]refine.Finding{with(change)}); got != base {
			t.Errorf("%s changes the digest; want it to stay", name)
		}
	}
	for name, change := range map[string]func(*refine.Finding){
		"rule":           func(f *refine.Finding) { f.Rule = "DEP02" },
		"severity":       func(f *refine.Finding) { f.Severity = refine.Warning },
		"item":           func(f *refine.Finding) { f.Item = api7 },
		"waiting":        func(f *refine.Finding) { f.Waiting = api9 },
		"blocker":        func(f *refine.Finding) { f.Blocker = api9 },
		"team":           func(f *refine.Finding) { f.Team = "Core" },
		"a planned date": func(f *refine.Finding) { f.Facts = append(f.Facts[:0:0], "blocker_end=2026-04-12") },
		"a fact less":    func(f *refine.Finding) { f.Facts = f.Facts[:2] },
	} {
		if got := comment.Digest([]refine.Finding{with(change)}); got == base {
			t.Errorf("%s does not change the digest; want it to", name)
		}
	}
}

func TestTheDigestIsOfWhatIsSaid(t *testing.T) {
	other := with(func(f *refine.Finding) { f.Rule, f.Severity = "DEP09", refine.Warning })
	both := comment.Digest([]refine.Finding{finding(), other})
	if got := comment.Digest([]refine.Finding{other, finding()}); got != both {
		t.Error("the order of findings changes the digest; want it to stay")
	}
	if got := comment.Digest([]refine.Finding{finding()}); got == both {
		t.Error("a second finding does not change the digest; want it to")
	}
	for name, hide := range map[string]func(*refine.Finding){
		"not shown":   func(f *refine.Finding) { f.Shown = false },
		"not to tell": func(f *refine.Finding) { f.Speaks = false },
	} {
		silent := with(func(f *refine.Finding) { f.Rule = "DEP09"; hide(f) })
		if got := comment.Digest([]refine.Finding{finding(), silent}); got != comment.Digest([]refine.Finding{finding()}) {
			t.Errorf("a finding that is %s changes the digest; want it to stay", name)
		}
	}
	if comment.DigestOf("a", "b") == comment.DigestOf("a b") || comment.DigestOf("a", "b") == comment.DigestOf(`a" "b`) {
		t.Error("two lists of facts have one digest")
	}
}

// Digests stand in comments for years: a change of their making edits every
// comment of every installation.
func TestTheDigestStaysAcrossVersions(t *testing.T) {
	const want = "6a28cfc531a5f501ed04"
	if got := comment.Digest([]refine.Finding{finding()}); got != want {
		t.Errorf("digest %s; want %s", got, want)
	}
}

func TestTheSummaryOfAnItem(t *testing.T) {
	findings := []refine.Finding{
		with(func(f *refine.Finding) { f.Rule, f.Severity, f.Since = "DEP02", refine.Warning, date(2, 10) }),
		with(func(f *refine.Finding) { f.Now = true }),
		with(func(f *refine.Finding) { f.Rule, f.Shown = "DEP06", false }),
		with(func(f *refine.Finding) { f.Rule, f.Since = "DEP09", time.Time{} }),
		with(func(f *refine.Finding) { f.Blocker = api9 }),
	}
	got, ok := comment.Summarize(findings)
	want := comment.Summary{
		Findings: []refine.Finding{findings[1], findings[3], findings[4], findings[0]},
		Digest:   comment.Digest(findings),
		Severity: refine.Critical, Now: true, Since: date(2, 10), Reasons: []string{"DEP01", "DEP09", "DEP02"},
	}
	if diff := cmp.Diff(got, want); !ok || diff != "" {
		t.Errorf("Summarize = %t; got (-), want (+):\n%s", ok, diff)
	}
	if got, ok := comment.Summarize(findings[2:3]); ok {
		t.Errorf("nothing to say is summarized as %+v", got)
	}
}

func TestIdentitiesSortByItemKindAndPeriod(t *testing.T) {
	id := func(item string, kind comment.Kind, period string) comment.Identity {
		return comment.Identity{Item: work.Ref{Tracker: "jira", ID: item}, Kind: kind, Period: period}
	}
	want := []comment.Identity{id("9", comment.Review, ""), id("10", comment.Flag, ""), id("10", comment.Review, "1"), id("10", comment.Review, "2")}
	got := []comment.Identity{want[3], want[1], want[0], want[2]}
	slices.SortFunc(got, comment.Identity.Compare)
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got (-), want (+):\n%s", diff)
	}
}
