package comment_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

func said(verb comment.Verb, text string) comment.Command {
	return comment.Command{Verb: verb, Text: text}
}

var (
	ack      = []comment.Command{said("ack", "")}
	markdown = work.GitHubMarkdown
	wiki     = work.JiraWiki
)

// TestCommandsInTheComment is a corpus of comments as people and their tools write them.
func TestCommandsInTheComment(t *testing.T) {
	for _, c := range []struct {
		name    string
		dialect work.Dialect
		body    string
		want    []comment.Command
	}{
		{"a line of its own", markdown, "Thanks!\n\n/strata ack\n", ack},
		{"without the slash", wiki, "Thanks!\r\nstrata ack\r\n", ack},
		{"any case", markdown, "/Strata ACK", ack},
		{"spaces around and within", wiki, "  \u00a0/strata\u00a0  ack  ", ack},
		{"a line after another of one paragraph", markdown, "Thanks!\n/strata ack", ack},
		{"text", markdown, "/strata takeaway  Guests never see a login.  ", []comment.Command{said("takeaway", "Guests never see a login.")}},
		{"text with marks of the dialect", markdown, "/strata feedback the **basket** forgets `WELCOME10`", []comment.Command{said("feedback", "the basket forgets `WELCOME10`")}},
		{"several", wiki, "/strata goal met\n/strata done 3\n/strata feedback More", []comment.Command{said("goal", "met"), said("done", "3"), said("feedback", "More")}},
		{"an unknown verb is counted", markdown, "/strata frobnicate now", []comment.Command{said("frobnicate", "now")}},
		{"a verb with its full stop", markdown, "/strata refined.", []comment.Command{said("refined", "")}},
		{"a date", markdown, "/strata need 2026-03-20 the endpoint", []comment.Command{said("need", "2026-03-20 the endpoint")}},
		{"coloured by an editor", wiki, "{color:#172b4d}/strata ack{color}", ack},
		{"broken by two backslashes", wiki, `Thanks\\/strata ack`, ack},
		{"after a quote", wiki, "{quote}Off track{quote}\n/strata ack", ack},
		{"after a quote on its line", wiki, "{quote}Off track{quote} /strata ack", ack},
		{"between two quotes", wiki, "{quote}one{quote}\n/strata ack\n{quote}two{quote}", ack},
		{"after a quoted paragraph", markdown, "> Off track\n\n/strata ack", ack},
		{"after bq.", wiki, "bq. Off track\n\n/strata ack", ack},
		{"after code", markdown, "```\nmake\n```\n/strata ack", ack},

		{"no verb", markdown, "/strata", nil},
		{"no command at all", markdown, "Looks good to me", nil},
		{"in a sentence", markdown, "Please say /strata ack here", nil},
		{"in a sentence of Jira", wiki, "Please say /strata ack here", nil},
		{"another word", markdown, "/stratacaster ack\nstratac ack", nil},
		{"a sentence that begins with our name", markdown, "Strata is down again", nil},
		{"a sentence with a verb of ours", wiki, "Strata none of these work\nstrata off by one\nStrata on holiday", nil},
		{"a goal that is no result", markdown, "strata goal is unclear", nil},
		{"done without a number", wiki, "strata done with this", nil},
		{"in a quote", markdown, "> /strata ack", nil},
		{"in a quote that goes on lazily", markdown, "> Off track\n/strata ack", nil},
		{"in a nested quote", markdown, "> > /strata ack\n> fine", nil},
		{"in a quote by mail", wiki, "> /strata ack", nil},
		{"in bq.", wiki, "bq. /strata ack", nil},
		{"in the paragraph of bq.", wiki, "bq. Off track\n/strata ack", nil},
		{"in a quote of Jira", wiki, "{quote}\n/strata ack\n{quote}", nil},
		{"in a nested quote of Jira", wiki, "{quote}\n{quote}\nold\n{quote}\n/strata ack\n{quote}\n", nil},
		{"in a nested quote at the end", wiki, "{quote}new\n{quote}\n/strata ack\n{quote}\n{quote}\n", nil},
		{"in a quote that never ends", wiki, "{quote}\n/strata ack", nil},
		{"in a code block", markdown, "```\n/strata ack\n```", nil},
		{"in a code block of tildes", markdown, "~~~ text\n/strata ack\n~~~", nil},
		{"in indented code", markdown, "Example:\n\n    /strata ack", nil},
		{"in {code}", wiki, "{code:title=x}\n/strata ack\n{code}", nil},
		{"in {noformat}", wiki, "{noformat}\n/strata ack\n{noformat}", nil},
		{"in a code span", markdown, "`/strata ack`", nil},
		{"in a code span of Jira", wiki, "{{/strata ack}}", nil},
		{"in an HTML comment", markdown, "<!--\n/strata ack\n-->", nil},
		{"struck out", markdown, "~~/strata ack~~", nil},
		{"in a list", markdown, "- /strata ack", nil},
		{"in a heading", markdown, "# /strata ack", nil},
		{"as a bullet of Jira", wiki, "* /strata ack", nil},
		{"the answers of our own comment", markdown, "`/strata need <date>` · `/strata wrong`", nil},
	} {
		if diff := cmp.Diff(comment.Commands(c.dialect, c.body), c.want); diff != "" {
			t.Errorf("%s: %q (-got +want):\n%s", c.name, c.body, diff)
		}
	}
}

// TestOurOwnCommentHoldsNoCommand: whatever a tracker makes of it when it is
// quoted, nothing in it is anybody's request.
func TestOurOwnCommentHoldsNoCommand(t *testing.T) {
	answers := []string{"need <date>", "accept <why>", "snooze 7d", "wrong"}
	f := finding()
	f.Commands = answers
	doc := comment.Config{Owner: "acme"}.Flag(comment.Input{Findings: []refine.Finding{f}, Commands: true})
	for dialect, body := range map[work.Dialect]string{markdown: markup.GitHub(doc), wiki: markup.Wiki(doc)} {
		if !strings.Contains(body, "/strata wrong") {
			t.Fatalf("%s: offers no command: %s", dialect, body)
		}
		for _, quoted := range []string{body, "{quote}\n" + body + "\n{quote}", "> " + strings.ReplaceAll(body, "\n", "\n> ")} {
			if got := comment.Commands(dialect, quoted); got != nil {
				t.Errorf("%s: got %v of %q", dialect, got, quoted)
			}
		}
	}
}

func TestCommandsAreBounded(t *testing.T) {
	got := comment.Commands(markdown, strings.Repeat("/strata ack\n", 1000))
	if len(got) != 20 {
		t.Errorf("got %d commands", len(got))
	}
	got = comment.Commands(wiki, "/strata "+strings.Repeat("x", 1000)+" "+strings.Repeat("y ", 5000))
	if len(got) != 1 || len([]rune(string(got[0].Verb))) > 24 || len([]rune(got[0].Text)) > 500 {
		t.Errorf("got %v", got)
	}
}

func TestWhoMayAndWhere(t *testing.T) {
	for _, c := range []struct {
		verb   comment.Verb
		rights bool
		on     comment.Spot
		valid  bool
	}{
		{"feedback", false, comment.ReviewItem, true},
		{"feedback", false, comment.FlaggedItem, false},
		{"takeaway", false, comment.EpicItem, true},
		{"takeaway", false, comment.TeamHome, false},
		{"done", true, comment.ProductHome, true},
		{"goal", true, comment.TeamHome, true},
		{"goal", true, comment.EpicItem, false},
		{"ack", true, comment.FlaggedItem | comment.WaitingItem, true},
		{"ack", true, comment.AnyItem, false},
		{"commit", true, comment.WaitingItem, false},
		{"snooze", true, 0, true},
		{"frobnicate", true, comment.AnyItem, false},
	} {
		if got := comment.NeedsRights(c.verb); got != c.rights {
			t.Errorf("%s needs rights: got %v", c.verb, got)
		}
		if got := c.verb.ValidOn(c.on); got != c.valid {
			t.Errorf("%s on %b: got %v", c.verb, c.on, got)
		}
	}
	if comment.Verb("frobnicate").Known() || !comment.VerbDecide.Known() {
		t.Error("known verbs are not those of the table")
	}
}

func FuzzCommandsNeverPanicAndStayOneLine(f *testing.F) {
	f.Add("{quote}{quote}{quote}/strata ack", true)
	f.Add("/strata feedback \u202e\x00x", false)
	f.Fuzz(func(t *testing.T, body string, jira bool) {
		dialect := markdown
		if jira {
			dialect = wiki
		}
		for _, c := range comment.Commands(dialect, body) {
			if c.Verb == "" || strings.ContainsAny(string(c.Verb)+c.Text, "\n\r\x00\u202e") {
				t.Fatalf("%q: %q", body, c)
			}
		}
	})
}
