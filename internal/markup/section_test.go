package markup_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/markup"
	"strata/internal/work"
)

var reader = markup.NewReader(markup.Headings{
	work.AcceptanceCriteria: {"Acceptance criteria", "AC", "Akzeptanzkriterien"},
	work.Deliverables:       {"Deliverables"},
	work.Dependencies:       {"Dependencies", "Abhängigkeiten"},
	work.OpenQuestions:      {"Open questions"},
	work.ProductGoal:        {"Product goal"},
}, []string{"TBD", "TODO", "tbc", "???"})

func criteria(entries ...string) work.Sections {
	return work.Sections{work.AcceptanceCriteria: {Entries: entries}}
}

func TestSectionsAreReadFromMarkdown(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want work.Sections
	}{
		"under a heading, up to the next":   {"Intro\n\n## Acceptance Criteria\n\n- one\n* two\n\n## Notes\n- three\n", criteria("one", "two")},
		"setext heading":                    {"Acceptance criteria\n---\n1. one\n2. two\n", criteria("one", "two")},
		"line in bold":                      {"**Acceptance criteria**\n- one\n\n**Notes**\n- two", criteria("one")},
		"line in bold with a colon inside":  {"__AC:__\n\n- one", criteria("one")},
		"line with a colon":                 {"Some words.\nAcceptance criteria:\n- one", criteria("one")},
		"heading with number, sign, tail":   {"### 2. Acceptance criteria (AC) :\n- one", criteria("one")},
		"German":                            {"## Akzeptanzkriterien\n- eins", criteria("eins")},
		"a deeper heading stays inside":     {"## Acceptance criteria\n### Login\n- one\n## Other\n- two", criteria("one")},
		"nested bullets and wrapped lines":  {"## AC\n- one\n  goes on\n  - two\n", criteria("one goes on", "two")},
		"markup in an entry":                {"## AC\n- the *big* `code` [link](https://x.example) &amp; \\* <b>x</b> ~~gone~~", criteria("the big code link & * x")},
		"steps of a scenario":               {"## AC\nGiven a user\nWhen she logs in\nThen it works\nAnd she sees it\n", criteria("Given a user", "When she logs in", "Then it works", "And she sees it")},
		"steps in bold":                     {"## AC\n**Given** a user\n**when** she logs in\n", criteria("Given a user", "when she logs in")},
		"a scenario in a gherkin block":     {"## AC\n```gherkin\nScenario: x\n  Given a\n  Then b\n```\n", criteria("Given a", "Then b")},
		"code is not read":                  {"## AC\n```\n- one\n```\n\n    - two\n", criteria()},
		"a heading in code is none":         {"```\n## AC\n- one\n```\n", nil},
		"quotes are not read":               {"> ## AC\n> - one\n", nil},
		"a comment of the template":         {"## AC\n<!-- - describe here -->\n", criteria()},
		"no such section":                   {"Just words about acceptance criteria in general.", nil},
		"a word within a sentence is none":  {"The AC is loud.\n- one", nil},
		"a section inside a list":           {"- **Acceptance criteria**\n  - one\n  - two\n", criteria("one", "two")},
		"windows line ends":                 {"## AC\r\n\r\n- one\r\n- two\r\n", criteria("one", "two")},
		"twice the same section":            {"## AC\n- one\n## Other\n## AC\n- two", criteria("one", "two")},
		"two sections":                      {"## AC\n- one\n## Deliverables\n- a thing", work.Sections{work.AcceptanceCriteria: {Entries: []string{"one"}}, work.Deliverables: {Entries: []string{"a thing"}}}},
		"prose":                             {"## Product goal\nCheckout in\nunder a minute.", work.Sections{work.ProductGoal: {Prose: "Checkout in under a minute."}}},
		"checkboxes":                        {"## Open questions\n- [ ] who?\n- [x] when?\n- [ ] what?", work.Sections{work.OpenQuestions: {Entries: []string{"who?", "when?", "what?"}, Unchecked: 2, Checked: 1}}},
		"to be done":                        {"## AC\n- TBD\n- one", work.Sections{work.AcceptanceCriteria: {Entries: []string{"TBD", "one"}, ToBeDone: true}}},
		"to be done in prose":               {"## AC\ntbc.", work.Sections{work.AcceptanceCriteria: {ToBeDone: true}}},
		"to be done behind the colon":       {"AC: TODO", work.Sections{work.AcceptanceCriteria: {ToBeDone: true}}},
		"to be done, question marks":        {"## AC\n- error text ???", work.Sections{work.AcceptanceCriteria: {Entries: []string{"error text ???"}, ToBeDone: true}}},
		"to be done within words":           {"## AC\n- limit is TBD by ops", work.Sections{work.AcceptanceCriteria: {Entries: []string{"limit is TBD by ops"}, ToBeDone: true}}},
		"a todo list is no promise":         {"## AC\n- Todo list shows done items\n- METHODOLOGY", criteria("Todo list shows done items", "METHODOLOGY")},
		"none":                              {"## Dependencies\nNone.", work.Sections{work.Dependencies: {None: true}}},
		"none as a bullet":                  {"## Dependencies\n- n/a", work.Sections{work.Dependencies: {None: true}}},
		"none behind the colon":             {"Dependencies: no dependencies", work.Sections{work.Dependencies: {None: true}}},
		"none in German":                    {"**Abhängigkeiten:** keine", work.Sections{work.Dependencies: {None: true}}},
		"none beside an entry is not none":  {"## Dependencies\n- none\n- WEB-1", work.Sections{work.Dependencies: {Entries: []string{"WEB-1"}}}},
		"placeholders of a template":        {"## AC\n- <criterion>\n- [criterion 1]\n- ...\n- Criterion 1\n- As a <role>, I want <goal>\n- Please describe the criteria here\n- [ ]\n- {{criterion}}", work.Sections{work.AcceptanceCriteria: {Template: true}}},
		"an unticked placeholder is nobody": {"## Open questions\n- [ ] ...", work.Sections{work.OpenQuestions: {Template: true}}},
		"control characters":                {"## AC\n- o\x01n\x02e\x03\n", criteria("one")},
	} {
		if diff := cmp.Diff(reader.Sections(work.GitHubMarkdown, c.text), c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestSectionsAreReadFromWiki(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want work.Sections
	}{
		"under a heading, up to the next": {"Intro\nh2. Acceptance criteria\n* one\n** two\n# three\n- four\nh2. Notes\n* five", criteria("one", "two", "three", "four")},
		"line in bold":                    {"*Acceptance criteria*\n* one\n\n*Notes*\n* two", criteria("one")},
		"line in bold with a colon":       {"*AC:*\r\n* one", criteria("one")},
		"line with a colon":               {"Acceptance criteria:\n* one", criteria("one")},
		"right after a list":              {"* zero\nAC:\n* one", criteria("one")},
		"coloured, in a panel":            {"{panel:title=x|bgColor=#fff}\n{color:red}*AC*{color}\n* one\n{panel}", criteria("one")},
		"a deeper heading stays inside":   {"h2. AC\nh3. Login\n* one\nh2. Other\n* two", criteria("one")},
		"markup in an entry":              {"h2. AC\n* the *big* _i_ {{code}} [link|https://x.example] \\[x\\] -gone- !a.png! {color:red}red{color}", criteria("the big i code link [x] red")},
		"steps of a scenario":             {"h2. AC\n*Given* a user\n*When* she logs in\n*Then* it works", criteria("Given a user", "When she logs in", "Then it works")},
		"code is not read":                {"h2. AC\n{code:java}\n* one\n{code}\n{noformat}* two{noformat}\n* three", criteria("three")},
		"a scenario in a gherkin block":   {"h2. AC\n{code:gherkin}\nGiven a\nThen b\n{code}", criteria("Given a", "Then b")},
		"quotes are not read":             {"h2. AC\n{quote}\n* one\n{quote}\nbq. * two", criteria()},
		"an open code block hides all":    {"h2. AC\n{code}\n* one\n", criteria()},
		"checkboxes":                      {"h2. Open questions\n* [ ] who?\n* [x] when?\n* (x) what?\n* (/) why?", work.Sections{work.OpenQuestions: {Entries: []string{"who?", "when?", "what?", "why?"}, Unchecked: 2, Checked: 2}}},
		"none":                            {"*Dependencies:* none", work.Sections{work.Dependencies: {None: true}}},
		"typed numbers":                   {"AC:\n1. one\n2) two", criteria("one", "two")},
		"a table":                         {"||h||i||\n|AC|x|\n", criteria("x")},
	} {
		if diff := cmp.Diff(reader.Sections(work.JiraWiki, c.text), c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestFieldIsASectionAsAWhole(t *testing.T) {
	for text, want := range map[string]work.Section{
		"It works\nIt is fast":                  {Entries: []string{"It works", "It is fast"}},
		"*Acceptance criteria*\n* one\n\nh3. x": {Entries: []string{"one"}},
		"TBD":                                   {Entries: []string{"TBD"}, ToBeDone: true},
		"none":                                  {None: true},
		" \n":                                   {},
	} {
		if diff := cmp.Diff(reader.Field(markup.Parse(work.JiraWiki, text)), want); diff != "" {
			t.Errorf("%q (-got +want):\n%s", text, diff)
		}
	}
}

func TestSectionsAreBounded(t *testing.T) {
	got := reader.Sections(work.JiraWiki, "h1. AC\n"+strings.Repeat("* "+strings.Repeat("é", 1000)+"\n", 1000))[work.AcceptanceCriteria]
	if len(got.Entries) != 200 || len([]rune(got.Entries[0])) != 300 {
		t.Errorf("got %d entries of %d runes, want 200 of 300", len(got.Entries), len([]rune(got.Entries[0])))
	}
}

// hostile are units that make careless parsers quadratic when repeated.
var hostile = []string{
	"a", "[", "| a", "|a|\nb", "|a|b|\n", "||a||\n", "{panel:title=AC}\n", "AC1: a\n", "AC: ", "As a ", "作为", "given a\n", "TBD ", "\na\n", "- a\nb\nc\n", "<!-- a -->", "<li>", "<b>", "<h1>a", "…", "<a> ", "x ", "**a** b\n", "none ", "Notes:\n",
	"a", "[", "![", "[a](", "<", "`", "`a``", "*a ", "**a*", "_a", "~~a ", "> ", ">", "- ", "1. ", "> a\n", "- a\n", "\n\n- - - a", "&", "\\", "{", "{{",
	"{code}", "-a ", "!a", "h1. a\n", "blocked by ", "blocked by #1, ", "\"blocked ", "[a|", "|", "# a\n", "http://", "<!--", "<a ", "\t", "]]",
	"[a]: b\n", "    a\n", "*a_ ", "][", "***", "(", ":", "+ ", "é",
}

func BenchmarkHostileText(b *testing.B) {
	const size = 1_100_000
	for _, unit := range hostile {
		text := strings.Repeat(unit, size/len(unit)) + " blocked by #7"
		for _, dialect := range []work.Dialect{work.GitHubMarkdown, work.JiraWiki} {
			b.Run(string(dialect)+"/"+strings.TrimSpace(unit), func(b *testing.B) {
				b.SetBytes(size)
				for b.Loop() {
					reader.Sections(dialect, text)
					markup.References(dialect, text)
				}
			})
		}
	}
}

func FuzzReadingNeverFails(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	for _, unit := range hostile {
		f.Add("## AC\n" + strings.Repeat(unit, 20) + " blocked by WEB-7")
	}
	f.Add(`{"type":"doc","content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"AC"}]},{"type":"taskList","content":[{"type":"taskItem","content":[{"type":"text","text":"one","marks":[{"type":"strong"}]}]}]}]}`)
	f.Add("|*AC*|* one\n* two|\n||AC||b||\n|1|2|\n{panel:title=AC}\n* x\n{panel}\n<h1>AC</h1><li>x<br>y")
	f.Fuzz(func(t *testing.T, text string) {
		for _, dialect := range []work.Dialect{work.GitHubMarkdown, work.JiraWiki, work.ADF} {
			written := markup.Parse(dialect, text)
			reading := reader.Read(written)
			if reading.Said < 0 || reading.Said > markup.MostSaid || reading.Said == 0 != (reading.Print == 0) {
				t.Fatalf("%q says %d, print %d", text, reading.Said, reading.Print)
			}
			all := maps.Clone(reading.Sections)
			if all == nil {
				all = work.Sections{}
			}
			all["field"] = reader.Field(written)
			for name, section := range all {
				for _, entry := range append(section.Entries, section.Prose) {
					if markup.Clean(entry) != entry {
						t.Fatalf("%s of %q holds %q", name, text, entry)
					}
				}
			}
			for _, ref := range markup.References(dialect, text) {
				set := 0
				for _, is := range []bool{ref.Key != "", ref.URL != "", ref.Number > 0} {
					if is {
						set++
					}
				}
				if set != 1 || ref.Key != "" && dialect != work.ADF && !strings.Contains(shownOf(text), strings.TrimLeft(ref.Key, "#")) {
					t.Fatalf("%q gives %+v", text, ref)
				}
			}
		}
	})
}

// shownOf leaves out what no reader sees: control characters and marks of emphasis.
func shownOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '*' || r == '_' {
			return -1
		}
		return r
	}, text)
}
