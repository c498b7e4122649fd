package comment_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

var update = flag.Bool("update", false, "write the golden documents anew")

var (
	today  = work.Date(2026, 3, 11)
	config = comment.Config{Owner: "acme-shop", ExplainURL: "https://docs.acme.example/strata/"}
)

// hostile is a title, a name and a key by somebody who means harm.
const hostile = "@acme/all {code} [x|https://evil.example] #12 <script>alert(1)</script> fixes #1 | \u202egnp.exe !img.png! [~bob] :tada:\n# heading\n* item"

func evil() refine.Finding {
	return with(func(f *refine.Finding) {
		f.Text = markup.Paragraph{markup.Item{Key: "WEB-42", URL: "javascript:alert(1)"}, markup.Text(" waits for "), markup.Text(hostile)}
		f.Action = markup.Paragraph{markup.Text("Ask "), markup.Strong(hostile)}
	})
}

// shared are the findings of a blocker for which six items wait.
func shared() []refine.Finding {
	var all []refine.Finding
	for i := range 6 {
		all = append(all, with(func(f *refine.Finding) {
			f.Rule, f.Title, f.Item, f.Blocker = "DEP03", "Off track: a blocker is not planned", api7, api7
			f.Waiting = work.Ref{Tracker: "jira", ID: fmt.Sprint(100 + i)}
		}))
	}
	return all
}

// find knows every item of jira by a key.
func find(ref work.Ref) *work.Item {
	return &work.Item{Ref: ref, Key: "WEB-" + ref.ID, URL: "https://acme.example/browse/WEB-" + ref.ID}
}

// documents are the comments that the golden files show.
func documents() map[string]markup.Document {
	second := with(func(f *refine.Finding) {
		f.Rule, f.Severity, f.Title, f.Blocker = "DEP09", refine.Warning, "Nobody owns a blocker", api9
		f.Text = markup.Paragraph{markup.Item{Key: "acme/api#9", URL: "https://github.com/acme/api/issues/9"}, markup.Text(" blocks WEB-42 and has no owner.")}
		f.Action = markup.Paragraph{markup.Text("Give it an owner.")}
		f.Next, f.Commands = nil, []string{"wrong", "ack"}
	})
	var many []refine.Finding
	for i := range 15 {
		many = append(many, with(func(f *refine.Finding) {
			f.Rule, f.Title = refine.RuleID(fmt.Sprintf("DEP%02d", i+1)), fmt.Sprintf("Finding number %d", i+1)
		}))
	}
	core := &work.Item{Ref: api7, Key: "acme/api#7", URL: "https://github.com/acme/api/issues/7", State: work.StateDelivered, Teams: []work.TeamID{"Core"}}
	web := &work.Item{Ref: web42, Key: "WEB-42", URL: "https://acme.example/browse/WEB-42", State: work.StateOpen}
	bob := &work.Item{Key: hostile, URL: "https://acme.example/browse/X-1", Teams: []work.TeamID{hostile}}
	return map[string]markup.Document{
		"one":         config.Flag(comment.Input{Findings: []refine.Finding{finding()}, Today: today}),
		"two":         config.Flag(comment.Input{Findings: []refine.Finding{second, finding()}, Today: today, Commands: true}),
		"many":        config.Flag(comment.Input{Findings: many, Today: today}),
		"hostile":     config.Flag(comment.Input{Findings: []refine.Finding{evil()}, Today: today}),
		"shared":      config.Flag(comment.Input{Findings: shared(), Today: today, Find: find}),
		"unexplained": comment.Config{Owner: "a"}.Flag(comment.Input{Findings: []refine.Finding{finding()}, Today: today}),
		"unblocked":   comment.CanStart(web, []*work.Item{core, bob}),
		"resolved":    comment.Resolution(today, []comment.Past{{Rule: "DEP01", Item: web, Waiting: web, Blocker: core}}),
		"repeated":    comment.Repeated("https://github.com/acme/web/issues/42#issuecomment-1"),
		"continued":   comment.Continued(""),
	}
}

func TestCommentsReadAsInTheirGoldenFiles(t *testing.T) {
	docs := documents()
	for _, dialect := range []struct {
		name   string
		render func(markup.Document) string
	}{{"markdown", markup.GitHub}, {"wiki", markup.Wiki}} {
		for name, doc := range docs {
			t.Run(name+"/"+dialect.name, func(t *testing.T) {
				file := filepath.Join("testdata", name+"."+dialect.name)
				got := dialect.render(doc) + "\n"
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(got, string(want)); diff != "" {
					t.Errorf("got (-), want (+):\n%s", diff)
				}
			})
		}
	}
}

// words counts as a person does: everything that shows in either dialect, folded lines too.
func words(d markup.Document) int { return len(strings.Fields(markup.Plain(d))) }

func TestAFlagIsShort(t *testing.T) {
	long := strings.Repeat("word ", 500)
	talkative := with(func(f *refine.Finding) {
		f.Title = "A title that is not among the shortest ones"
		f.Text, f.Action, f.Next = markup.Paragraph{markup.Text(long)}, markup.Paragraph{markup.Strong("Plan "), markup.Text(long)}, markup.Paragraph{markup.Text(long)}
		f.Commands = []string{"need <date>", "accept <why>", "snooze 7d", "wrong", "mitigate <how>"}
	})
	megabyte := with(func(f *refine.Finding) {
		f.Text = markup.Paragraph{markup.Item{Key: strings.Repeat("K", 1<<20)}, markup.Text(" waits for " + strings.Repeat("x", 1<<20))}
	})
	for name, f := range map[string]refine.Finding{"ordinary": finding(), "talkative": talkative, "a megabyte": megabyte} {
		for _, n := range []int{1, 2, 3, 4, 50} {
			for _, commands := range []bool{false, true} {
				in := comment.Input{Findings: slices.Repeat([]refine.Finding{f}, n), Today: today, Commands: commands}
				doc := comment.Config{Owner: "a"}.Flag(in)
				if got := words(doc); got > comment.MostWords {
					t.Errorf("%s × %d, commands %t: %d words; want at most %d", name, n, commands, got, comment.MostWords)
				}
				if got := len(markup.Wiki(doc)); got > 4000 {
					t.Errorf("%s × %d: %d bytes; want it short", name, n, got)
				}
				text := markup.Plain(doc)
				if !strings.Contains(text, f.Title) || !strings.Contains(text, "Next: ") || !strings.Contains(text, "DEP01") {
					t.Errorf("%s × %d: the first finding is not said:\n%s", name, n, text)
				}
			}
		}
	}
}

func TestAFlagCountsWhatItDoesNotSay(t *testing.T) {
	short := with(func(f *refine.Finding) { f.Text, f.Action, f.Next = markup.Paragraph{markup.Text("Text.")}, nil, nil })
	for n, want := range map[int]string{1: "", 2: "", 3: "", 4: "+1 more finding\n", 5: "+2 more findings\n", 40: "+37 more findings\n"} {
		text := markup.Plain(config.Flag(comment.Input{Findings: slices.Repeat([]refine.Finding{short}, n), Today: today}))
		if want == "" && strings.Contains(text, "more") || !strings.Contains(text, want) {
			t.Errorf("%d findings: want %q in\n%s", n, want, text)
		}
	}
}

func TestTheWorstIsSaidFirst(t *testing.T) {
	mild := with(func(f *refine.Finding) { f.Severity, f.Title = refine.Warning, "Mild" })
	text := markup.Plain(config.Flag(comment.Input{Findings: []refine.Finding{mild, finding()}, Today: today}))
	if worst, mild := strings.Index(text, "Off track"), strings.Index(text, "Mild"); worst < 0 || mild < worst {
		t.Errorf("want the critical finding first in\n%s", text)
	}
}

func TestCommandsAreOfferedOnlyWhenTheyAreAnswered(t *testing.T) {
	in := comment.Input{Findings: []refine.Finding{finding()}, Today: today}
	if text := markup.Plain(config.Flag(in)); strings.Contains(text, "/strata need") {
		t.Errorf("commands are offered though nobody answers them:\n%s", text)
	}
	in.Commands = true
	if text := markup.Plain(config.Flag(in)); !strings.Contains(text, "/strata need <date> · /strata accept <why> · /strata snooze 7d · /strata wrong") {
		t.Errorf("want the commands in\n%s", text)
	}
}

func TestWhoActsIsASentence(t *testing.T) {
	for next, want := range map[string]string{"Web, in its next refinement": "refinement.\n", "Web. ": "Next: Web.\n", "who?": "Next: who?\n"} {
		f := with(func(f *refine.Finding) { f.Next = markup.Paragraph{markup.Text(next)} })
		if text := markup.Plain(config.Flag(comment.Input{Findings: []refine.Finding{f}, Today: today})); !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
}

func TestNothingToSayIsNoDocument(t *testing.T) {
	silent := with(func(f *refine.Finding) { f.Speaks = false })
	if doc := config.Flag(comment.Input{Findings: []refine.Finding{silent}, Today: today}); doc != nil {
		t.Errorf("got %q; want nothing", markup.Plain(doc))
	}
}

func TestSinceIsADayWhereTheTeamWorks(t *testing.T) {
	late := with(func(f *refine.Finding) { f.Since = time.Date(2025, 12, 31, 23, 30, 0, 0, time.UTC) })
	for zone, want := range map[*time.Location]string{nil: "since 31 Dec 2025 ·", time.FixedZone("CET", 3600): "since 1 Jan ·"} {
		if text := markup.Plain(config.Flag(comment.Input{Findings: []refine.Finding{late}, Today: today, Zone: zone})); !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
}

func TestTheConfigOfWhoWeAre(t *testing.T) {
	for _, row := range []struct {
		config comment.Config
		want   string
	}{
		{config, ""},
		{comment.Config{Owner: "a"}, ""},
		{comment.Config{}, "owner: missing"},
		{comment.Config{Owner: strings.Repeat("a", 101)}, "owner: 101 bytes long"},
		{comment.Config{Owner: "a", ExplainURL: "javascript:alert(1)"}, "explain_url: want an address"},
		{comment.Config{Owner: "a", ExplainURL: "docs/rules"}, "explain_url: want an address"},
	} {
		got := fmt.Sprint(row.config.Validate())
		if row.want == "" && got != "[]" || !strings.Contains(got, row.want) {
			t.Errorf("%+v: %s; want %q", row.config, got, row.want)
		}
	}
	mark := config.Mark(comment.Identity{Item: web42, Kind: comment.Review, Period: "product:3"}, "d", "f")
	want := comment.Marker{Version: 1, Owner: "acme-shop", Kind: comment.Review, Period: "product:3", State: comment.Open, Digest: "d", Facts: "f"}
	if diff := cmp.Diff(mark, want); diff != "" {
		t.Errorf("Mark: got (-), want (+):\n%s", diff)
	}
}
