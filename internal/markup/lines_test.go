package markup_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/markup"
	"strata/internal/work"
)

func TestLinesAreWhatTheAuthorSays(t *testing.T) {
	for _, c := range []struct {
		name    string
		dialect work.Dialect
		text    string
		want    []string
	}{
		{"paragraphs", work.GitHubMarkdown, "one\ntwo\n\nthree", []string{"one", "two", "three"}},
		{"quote and code", work.GitHubMarkdown, "> quoted\n\nmine\n```\ncode\n```\n\n    more code\n\nlast", []string{"mine", "last"}},
		{"marks of a list", work.GitHubMarkdown, "- one\n- two\n  more", []string{"- one", "- two", "more"}},
		{"code spans", work.GitHubMarkdown, "say `make` **now** [here](https://a.example)", []string{"say `make` now here"}},
		{"what a reader does not see", work.GitHubMarkdown, "<!-- hidden -->\n\nseen\u202e ~~not~~ this", []string{"seen this"}},
		{"quote and code", work.JiraWiki, "{quote}q{quote}\nmine\n{code}\ncode\n{code}\n{noformat}x{noformat} last", []string{"mine", "last"}},
		{"a paragraph of quotation", work.JiraWiki, "bq. one\ntwo\n\nmine\n> mail", []string{"mine"}},
		{"marks of a list", work.JiraWiki, "* one\n# two", []string{"- one", "- two"}},
		{"code spans", work.JiraWiki, "say {{make}} *now* [here|https://a.example]", []string{"say `make` now here"}},
		{"line breaks of Windows", work.JiraWiki, "one\r\ntwo\\\\three", []string{"one", "two", "three"}},
		{"a quote within a quote", work.JiraWiki, "mine\n{quote}{quote}inner{quote}outer{quote}\nand mine", []string{"mine", "and mine"}},
		{"nothing", work.JiraWiki, "", nil},
	} {
		if diff := cmp.Diff(markup.Lines(c.dialect, c.text), c.want); diff != "" {
			t.Errorf("%s in %s (-got +want):\n%s", c.name, c.dialect, diff)
		}
	}
}
