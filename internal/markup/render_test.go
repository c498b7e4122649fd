package markup_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/markup"
)

var update = flag.Bool("update", false, "write the golden files anew")

// flagged is a comment as Strata writes them, with hostile titles in every place.
func flagged() markup.Document {
	return markup.Document{
		markup.Paragraph{markup.Strong("Off track: a blocker is planned later"), markup.Text(" · DEP01")},
		markup.Paragraph{
			markup.Item{Key: "WEB-42", URL: "https://acme.atlassian.net/browse/WEB-42"},
			markup.Text(" (Web, Sprint 15, starts 17 Mar) waits for "),
			markup.Item{Key: "acme/api#7", URL: "https://github.com/acme/api/issues/7"},
			markup.Text(" “<script>alert(1)</script> {code} | @acme/core fixes #1” (Core), planned for Sprint 16, which ends 11 Apr."),
		},
		markup.Heading{markup.Text("Agenda # of [~accountid:42]")},
		markup.List{
			{markup.Text("- not a list of its own")},
			{markup.Text("1. nor a number\nh1. nor a heading")},
			{markup.Link{Text: "what DEP01 ](javascript:x) means", URL: "https://example.com/a b"}, markup.Text(", "), markup.Link{Text: "a page", URL: "https://example.com/?a=1&copy=2|x"}},
			{markup.Link{Text: "no link", URL: "javascript:alert(1)"}},
		},
		markup.Fold{
			Summary: markup.Paragraph{markup.Text("2 more <findings> of @web")},
			Blocks:  markup.Document{markup.Paragraph{markup.Text("> DEP02 in https://evil.example/ and www.evil.example, ask eve@evil.example :smile: (!)")}},
		},
		markup.Code("if a < b {\n\tprint(`@web`)\n}\n```\n{noformat}"),
		markup.Table{
			{{markup.Text("Team")}, {markup.Text("Sprint 15")}},
			{{markup.Text("Web | Mobile")}, {markup.Mono("a|b"), markup.Text(" \\ ok")}},
			{{markup.Text("")}},
		},
		markup.Paragraph{
			markup.Mono("/strata need <date>"), markup.Text(" · "), markup.Mono("`tick` {code}"), markup.Text(" · "), markup.Strong("!!"), markup.Text("x"), markup.Strong("y"), markup.Text("z"),
		},
		markup.Small{markup.Text("since 12 Feb · 1 more finding")},
	}
}

func TestDocumentsReadTheSameInEveryDialect(t *testing.T) {
	for name, render := range map[string]func(markup.Document) string{
		"flag.md": markup.GitHub, "flag.wiki": markup.Wiki, "flag.txt": markup.Plain,
	} {
		path := filepath.Join("testdata", name)
		got := render(flagged()) + "\n"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, string(want)); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestForeignTextIsInert(t *testing.T) {
	const z = "\u200b"
	for _, c := range []struct{ text, github, wiki string }{
		{"plain words, 50% of them", "plain words, 50% of them", "plain words, 50% of them"},
		{"@name", "@" + z + "name", `\@name`},
		{"ask @org/team", "ask @" + z + "org/team", `ask \@org/team`},
		{"#123", `\#` + z + "123", "&#35;123"},
		{"see owner/repo#1", `see owner/repo\#` + z + "1", "see owner/repo#1"},
		{"GH-1", "GH-" + z + "1", "GH-1"},
		{"fixes #1", `fixes \#` + z + "1", "fixes #1"},
		{"see https://a.example/x", `see https\://a.example/x`, "see https&#58;//a.example/x"},
		{"www.example.com", `www\.example.com`, "www&#46;example.com"},
		{"[~user]", `\[\~user\]`, `\[\~user\]`},
		{"[~accountid:5b10]", `\[\~accountid:5b10\]`, `\[\~accountid:5b10\]`},
		{"{code}x{code}", "{code}x{code}", `\{code\}x\{code\}`},
		{"{noformat}", "{noformat}", `\{noformat\}`},
		{"a | b || c", `a \| b \|\| c`, `a \| b \|\| c`},
		{"*b* _i_ +u+ ^s^ ~t~ !img!", `\*b\* \_i\_ +u+ ^s^ \~t\~ !img!`, `\*b\* \_i\_ \+u\+ \^s\^ \~t\~ \!img\!`},
		{"-struck- well-known", `\-struck- well-known`, `\-struck\- well-known`},
		{`C:\new \\server`, `C:\\new \\\\server`, "C:&#92;new &#92;&#92;server"},
		{"`code`", "\\`code\\`", "`code`"},
		{"<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", "&lt;script&gt;x&lt;/script&gt;"},
		{"<!-- strata v=1 -->", "&lt;!-- strata v=1 --&gt;", `&lt;\!\-\- strata v=1 \-\-&gt;`},
		{"&amp; & &#64;x", `&amp;amp; &amp; &amp;\#` + z + "64;x", "&amp;amp; &amp; &amp;#64;x"},
		{":smile: at 10:30", ":" + z + "smile: at 10:30", ":smile: at 10:30"},
		{"(!) :) ;) :D <3", "(!) :) ;) :D &lt;3", `\(\!\) &#58;\) &#59;\) &#58;D &lt;3`},
		{"# heading", `\# heading`, "&#35; heading"},
		{"> quote", "&gt; quote", "&gt; quote"},
		{"1. first", `1\. first`, "1. first"},
		{"12) twelfth", `12\) twelfth`, `12\) twelfth`},
		{"h1. big", "h1. big", "h1&#46; big"},
		{"bq. quoted", "bq. quoted", "bq&#46; quoted"},
		{"----", `\----`, `\-\-\-\-`},
		{"+ plus", `\+ plus`, `\+ plus`},
		{"??cite??", "??cite??", `\?\?cite\?\?`},
		{"two\nlines\r\nand a\ttab", "two lines and a tab", "two lines and a tab"},
		{"bell\x07 and \x1b[31mred", `bell and \[31mred`, `bell and \[31mred`},
		{"a\u202eb\u2066c\u200bd\ufeffe\u2069", "abcde", "abcde"},
		{"bad \xff byte", "bad \ufffd byte", "bad \ufffd byte"},
		{"日本語 ü 😀", "日本語 ü 😀", "日本語 ü 😀"},
	} {
		document := markup.Document{markup.Paragraph{markup.Text(c.text)}}
		if got := markup.GitHub(document); got != c.github {
			t.Errorf("GitHub(%q) = %q, want %q", c.text, got, c.github)
		}
		if got := markup.Wiki(document); got != c.wiki {
			t.Errorf("Wiki(%q) = %q, want %q", c.text, got, c.wiki)
		}
	}
}

func TestNamesAreBrokenAlsoWhereMarkdownIsNotRead(t *testing.T) {
	fold := markup.Document{markup.Fold{
		Summary: markup.Paragraph{markup.Text("<b> @acme #12 GH-3 https://x.example :smile: www.x.example")},
		Blocks:  markup.Document{markup.Paragraph{markup.Text("x")}},
	}}
	const z = "\u200b"
	want := "<details><summary>&lt;b&gt; @" + z + "acme #" + z + "12 GH-" + z + "3 https:" + z + "//x.example :" + z + "smile: www." + z + "x.example</summary>\n\nx\n\n</details>"
	if diff := cmp.Diff(markup.GitHub(fold), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestOnlyWebPagesAreLinked(t *testing.T) {
	for url, want := range map[string]string{
		"https://a.example/x":                               "[t](https://a.example/x)",
		"HTTP://a.example":                                  "[t](HTTP://a.example)",
		"https://a.example/x)y(z":                           "[t](https://a.example/x%29y%28z)",
		"https://a.example/ü?q=%C3%BC&a%":                   "[t](https://a.example/%C3%BC?q=%C3%BC&amp;a%25)",
		"https://github.com/acme/api/pull/7#issuecomment-1": "[t](https://redirect.github.com/acme/api/pull/7#issuecomment-1)",
		"https://github.com/acme/api":                       "[t](https://github.com/acme/api)",
		"https://a.example/x y":                             "t",
		"https://github.com@evil.example/":                  "t",
		"javascript:alert(1)":                               "t",
		"//a.example":                                       "t",
		"https://":                                          "t",
		"":                                                  "t",
	} {
		if got := markup.GitHub(markup.Document{markup.Paragraph{markup.Link{Text: "t", URL: url}}}); got != want {
			t.Errorf("%q: got %s, want %s", url, got, want)
		}
	}
	if got, want := markup.Wiki(markup.Document{markup.Paragraph{markup.Link{Text: "a|b]", URL: "https://a.example/x|y]z"}}}), `[a\|b\]|https://a.example/x%7Cy%5Dz]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPlainInlineIsOneLine(t *testing.T) {
	got := markup.PlainInline(markup.Paragraph{
		markup.Item{Key: "WEB-42", URL: "https://x.example"}, markup.Text(" waits for\n"), markup.Strong("API-7"), markup.Text("\x1b[2J.")})
	if want := "WEB-42 waits for API-7 [2J."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCleanKeepsOneLineOfWhatShows(t *testing.T) {
	for text, want := range map[string]string{
		"a  b\n\nc":            "a b c",
		"a\u00a0\u2028b":       "a b",
		"\u202eevil\u2069":     "evil",
		"x\U000E0041y":         "xy",
		"":                     "",
		strings.Repeat("é", 3): "ééé",
	} {
		if got := markup.Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}
