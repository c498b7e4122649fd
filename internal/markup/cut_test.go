package markup_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"strata/internal/markup"
)

func agenda(entries int) markup.Document {
	list := markup.List{}
	for i := range entries {
		list = append(list, markup.Paragraph{markup.Text(fmt.Sprintf("entry %d", i+1))})
	}
	return markup.Document{markup.Paragraph{markup.Text("Agenda")}, list, markup.Small{markup.Text("since 12 Feb")}}
}

func TestDocumentThatFitsIsWhole(t *testing.T) {
	got := markup.Within(markup.GitHubLimit, markup.GitHub, agenda(2))
	if want := "Agenda\n\n- entry 1\n- entry 2\n\n<sub>since 12 Feb</sub>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEntriesGoFirstAndAreCounted(t *testing.T) {
	got := markup.Within(74, markup.GitHub, agenda(9))
	if want := "Agenda\n\n- entry 1\n- entry 2\n- and 7 more\n\n<sub>since 12 Feb</sub>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEveryKindOfBlockLosesEntries(t *testing.T) {
	row := func(text string) []markup.Paragraph { return []markup.Paragraph{{markup.Text(text)}} }
	document := markup.Document{
		markup.Table{row("head"), row("one"), row("two")},
		markup.Fold{Summary: markup.Paragraph{markup.Text("more")}, Blocks: markup.Document{markup.List{{markup.Text("three")}, {markup.Text("four")}}}},
		markup.Code("five\nsix\nseven"),
	}
	whole := markup.Plain(document)
	for limit := len(whole); limit > 40; limit-- {
		got := markup.Within(limit, markup.Plain, document)
		if len(got) > limit {
			t.Errorf("limit %d: got %d characters: %q", limit, len(got), got)
		}
		if limit < len(whole) && !strings.Contains(got, " more") {
			t.Errorf("limit %d: what was left out is not counted: %q", limit, got)
		}
	}
}

func TestBlocksGoWhenEntriesAreNotEnough(t *testing.T) {
	document := markup.Document{}
	for i := range 5 {
		document = append(document, markup.Paragraph{markup.Text(fmt.Sprintf("paragraph %d", i+1))})
	}
	document = append(document, markup.Small{markup.Text("footer")})
	got := markup.Within(50, markup.Plain, document)
	if want := "paragraph 1\n\nparagraph 2\n\nand 3 more\n\nfooter"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWordsAreCutOnARune(t *testing.T) {
	document := markup.Document{markup.Paragraph{markup.Text(strings.Repeat("é😀", 100))}, markup.Small{markup.Text("footer")}}
	for limit := range 60 {
		got := markup.Within(limit, markup.GitHub, document)
		if markup.Length(got) > limit || !utf8.ValidString(got) {
			t.Errorf("limit %d: got %d characters: %q", limit, markup.Length(got), got)
		}
	}
	got := markup.Within(30, markup.Plain, document)
	if want := strings.Repeat("é😀", 7) + "…\n\nfooter"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLengthCountsAsTheTrackersDo(t *testing.T) {
	got := []int{markup.Length("abc"), markup.Length("é"), markup.Length("😀"), markup.Length("\xff")}
	if diff := cmp.Diff(got, []int{3, 1, 2, 1}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestShortenKeepsWholeRunes(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "…", 3: "éé…", 4: "éééé", 9: "éééé"} {
		if got := markup.Shorten("éééé", n); got != want {
			t.Errorf("Shorten to %d = %q, want %q", n, got, want)
		}
	}
}
