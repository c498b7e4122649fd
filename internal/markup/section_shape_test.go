package markup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/markup"
	"strata/internal/work"
)

func section(name work.SectionName, s work.Section) work.Sections { return work.Sections{name: s} }

func TestSectionsEndWhereTheirHeadingSays(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want work.Sections
	}{
		"at the same level": {"## AC\n- one\n## Design\n- two", criteria("one")},
		"at a higher level": {"### AC\n- one\n# Design\n- two", criteria("one")},
		"what lies deeper stays, and goes on behind another section": {"## AC\n- one\n### Open questions\n- [ ] who?\n### Payment\n- two\n## Notes\n- three",
			work.Sections{work.AcceptanceCriteria: {Entries: []string{"one", "two"}}, work.OpenQuestions: {Entries: []string{"who?"}, Unchecked: 1}}},
		"at a line in bold, when it began as one":             {"**AC**\n- one\n\n**Design**\n- two", criteria("one")},
		"not at a line in bold, when it began with a heading": {"## AC\n**Design**\n- one", criteria("one")},
		"at a usual heading without a mark, when it has none": {"AC:\n- one\n\nNotes:\n- two", criteria("one")},
		"a label in its list is an entry":                     {"## AC\n- Deliverables: a button\n- Dependencies are shown", criteria("Deliverables: a button", "Dependencies are shown")},
		"labels of a list": {"- **AC**:\n  - one\n  - two\n- **Deliverables** – a thing\n- **Dependencies**: none\n- **Notes**: three",
			work.Sections{work.AcceptanceCriteria: {Entries: []string{"one", "two"}}, work.Deliverables: {Entries: []string{"a thing"}}, work.Dependencies: {None: true}}},
		"labels of a flat list":          {"- Goal of all\n- AC: one\n- other", criteria("one")},
		"an unknown heading before it":   {"# Story\n## AC\n- one", criteria("one")},
		"prose and entries":              {"## Product goal\nOne click.\n- fast\nFor all.", section(work.ProductGoal, work.Section{Entries: []string{"fast For all."}, Prose: "One click."})},
		"a fold":                         {"<details>\n<summary>AC</summary>\n\n- one\n\n</details>\n\n## Notes\n- two", criteria("one")},
		"HTML":                           {"<h3>Acceptance criteria</h3>\n<ul><li>one</li><li>two &amp; <b>more</b></li></ul>\n<h3>Notes</h3><ul><li>three</li></ul>", criteria("one", "two & more")},
		"HTML that hides":                {"<h3>AC</h3><blockquote><li>quoted</li></blockquote><!-- <li>x</li> --><ul><li>one</li></ul>", criteria("one")},
		"heading without a space":        {"##AC\n- one", criteria("one")},
		"heading with a shortcode":       {"### :white_check_mark: Acceptance criteria\n- one", criteria("one")},
		"heading that says more":         {"### Acceptance criteria for the login\n- one", criteria("one")},
		"heading of two":                 {"### Definition of done / Acceptance criteria\n- one", criteria("one")},
		"heading with words behind":      {"## AC: TBD", section(work.AcceptanceCriteria, work.Section{ToBeDone: true})},
		"italics":                        {"_Acceptance criteria_\n\n- one", criteria("one")},
		"bold in HTML":                   {"<b>Acceptance criteria</b>\n\n- one", criteria("one")},
		"full-width colon":               {"AC：\n- one", criteria("one")},
		"brackets":                       {"【Acceptance criteria】\n- one", criteria("one")},
		"plain line":                     {"We need it.\n\nAcceptance Criteria\n\n- one", criteria("one")},
		"plain line above its list":      {"We need it.\nAcceptance Criteria\n- one", criteria("one")},
		"a plain line in lower case":     {"It is about\nacceptance criteria\n- one", nil},
		"a sentence of the words":        {"Acceptance criteria.\n- one", nil},
		"words in the midst":             {"It has\nDependencies\non others.", nil},
		"numbered lines":                 {"AC1: one\nAC2: two\nAC 3: three", criteria("one", "two", "three")},
		"numbered lines in bold":         {"**AC1** – one\n**AC2:** two", criteria("one", "two")},
		"numbered headings":              {"#### AC 1: login\nGiven a user\nWhen she logs in\nThen it works\n#### AC 2\n- two", criteria("login", "Given a user", "When she logs in", "Then it works", "two")},
		"numbered with a dash":           {"AC1 - one\nAC2 – two\nAC3. three", criteria("one", "two", "three")},
		"a number that is none":          {"We need 3 - 4 days. Version 1. It works.", nil},
		"numbers left open":              {"## AC\nAC1:\nAC2:\n", section(work.AcceptanceCriteria, work.Section{})},
		"no dependencies as a heading":   {"## No dependencies\n", section(work.Dependencies, work.Section{None: true})},
		"no dependencies as a sentence":  {"Some words.\n\nNo dependencies.\n", section(work.Dependencies, work.Section{None: true})},
		"no dependencies, in more words": {"## Dependencies\nThere are currently no known external dependencies.", section(work.Dependencies, work.Section{None: true})},
		"none but one":                   {"## Dependencies\nNo dependencies except the API", section(work.Dependencies, work.Section{Prose: "No dependencies except the API"})},
		"not none":                       {"## Dependencies\n- No is not an answer", section(work.Dependencies, work.Section{Entries: []string{"No is not an answer"}})},
	} {
		if diff := cmp.Diff(reader.Sections(work.GitHubMarkdown, c.text), c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestSectionsAreReadFromTables(t *testing.T) {
	for name, c := range map[string]struct {
		dialect work.Dialect
		text    string
		want    work.Sections
	}{
		"rows under a heading":      {work.GitHubMarkdown, "## AC\n\n| # | Criterion | Who |\n|---|---|:-:|\n| 1 | one | Kim |\n| 2 | two |  |", criteria("one – Kim", "two")},
		"without bars at the sides": {work.GitHubMarkdown, "## AC\n\na | b\n--- | ---\none | two", criteria("one – two")},
		"a column":                  {work.GitHubMarkdown, "| Feature | Acceptance criteria |\n|---|---|\n| Login | one<br>- two |\n| Logout | three |", criteria("one", "two", "three")},
		"labels in the first column": {work.GitHubMarkdown, "| | |\n|---|---|\n| Acceptance criteria | one |\n| Dependencies | none |\n| Owner | Kim |",
			work.Sections{work.AcceptanceCriteria: {Entries: []string{"one"}}, work.Dependencies: {None: true}}},
		"code with a bar":             {work.GitHubMarkdown, "## AC\n\n| a |\n|---|\n| `x|y` |", criteria("x|y")},
		"empty cells of a template":   {work.GitHubMarkdown, "## AC\n\n| # | Criterion |\n|---|---|\n| 1 | |\n| 2 | <criterion> |", section(work.AcceptanceCriteria, work.Section{Template: true})},
		"ticks in a table":            {work.GitHubMarkdown, "## Open questions\n\n| Question | Done |\n|---|---|\n| who? | [ ] |\n| when? | [x] |", section(work.OpenQuestions, work.Section{Entries: []string{"who?", "when?"}, Unchecked: 1, Checked: 1})},
		"wiki, rows under a heading":  {work.JiraWiki, "h2. AC\n||#||Criterion||\n|1|one|\n|2|*two*|\nNot in it.", section(work.AcceptanceCriteria, work.Section{Entries: []string{"one", "two"}, Prose: "Not in it."})},
		"wiki, labels":                {work.JiraWiki, "||Acceptance criteria|one|\n||Dependencies|none|", work.Sections{work.AcceptanceCriteria: {Entries: []string{"one"}}, work.Dependencies: {None: true}}},
		"wiki, a list in a cell":      {work.JiraWiki, "|*AC*|* one\n* two [link|https://x.example]|\n|Notes|* three|", criteria("one", "two link")},
		"wiki, a column of lists":     {work.JiraWiki, "||Feature||AC||\n|Login|* one\n* two|\n|Logout|three|", criteria("one", "two", "three")},
		"wiki, a cell without an end": {work.JiraWiki, "|*AC*|* one\nh2. Notes\n* two", criteria("one")},
		"panel":                       {work.JiraWiki, "{panel:title=Acceptance criteria|borderStyle=dashed}\n* one\n{panel}\n* two", criteria("one")},
		"panel without a title":       {work.JiraWiki, "{panel:bgColor=#deebff}\n*AC*\n* one\n{panel}\n", criteria("one")},
		"expand":                      {work.JiraWiki, "{expand:Acceptance criteria}\n* one\n{expand}\n* two", criteria("one")},
	} {
		if diff := cmp.Diff(reader.Sections(c.dialect, c.text), c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestScenariosAreCriteria(t *testing.T) {
	for name, text := range map[string]string{
		"without a heading":         "Some words.\n\nScenario: pay\nGiven a user\nWhen she pays\nThen it works",
		"in a block of its own":     "```gherkin\nScenario: pay\n  Given a user\n  When she pays\n  Then it works\n```",
		"as bullets under headings": "## AC\n- Given a user\n- When she pays\n- Then it works",
		"each in its own paragraph": "Given a user\n\nWhen she pays\n\nThen it works",
	} {
		if diff := cmp.Diff(reader.Sections(work.GitHubMarkdown, text), criteria("Given a user", "When she pays", "Then it works")); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(reader.Sections(work.JiraWiki, "Given a user when she pays then it works"), criteria("Given a user when she pays then it works")); diff != "" {
		t.Errorf("in one line (-got +want):\n%s", diff)
	}
	if got := reader.Sections(work.GitHubMarkdown, "When we meet, we talk.\n\nThen we go home."); got != nil {
		t.Errorf("got %v of a tale, want nothing", got)
	}
	for language, lines := range map[string][]string{
		"German":     {"Angenommen ein Kunde ist da", "Wenn er zahlt", "Dann klappt es", "Und er sieht es"},
		"French":     {"Étant donné un client", "Quand il paie", "Alors ça marche", "Et il le voit"},
		"Spanish":    {"Dado un cliente", "Cuando paga", "Entonces funciona", "Y lo ve"},
		"Portuguese": {"Dado um cliente", "Quando ele paga", "Então funciona", "E ele vê"},
		"Italian":    {"Dato un cliente", "Quando paga", "Allora funziona", "E lo vede"},
		"Dutch":      {"Gegeven een klant", "Als hij betaalt", "Dan werkt het", "En hij ziet het"},
		"Polish":     {"Zakładając, że jest klient", "Gdy płaci", "Wtedy działa", "Oraz widzi to"},
		"Chinese":    {"假如有一个顾客", "当他付款", "那么成功", "并且他看到"},
		"Japanese":   {"前提 客がいる", "もし支払う", "ならば成功する", "かつ表示される"},
	} {
		if diff := cmp.Diff(reader.Sections(work.JiraWiki, "h2. AC\n"+strings.Join(lines, "\n")), criteria(lines...)); diff != "" {
			t.Errorf("%s (-got +want):\n%s", language, diff)
		}
	}
}

func TestTemplatesAreEmpty(t *testing.T) {
	for _, line := range []string{
		"As a <role>, I want <goal>", "As a <role> I want <goal> so that <benefit>", "As a [type of user], I want [an action]", "As a {role}, I want {goal}",
		"As a ___, I want ___ so that ___", "As a … I want … so that …", "As a ..., I want ...", "As a XXX I want XXX", "Als <Rolle> möchte ich <Ziel>, damit <Nutzen>",
		"En tant que <rôle>, je veux <but>", "Como <rol>, quiero <objetivo>", "Como [tipo de usuário], quero [objetivo]", "Given <precondition>", "When [action]", "Then <result>",
		"<criterion>", "[Criterion 1]", "{{criterion}}", "Criterion 1", "Kriterium 2", "Item", "...", "…", "---", "_____", "AC1",
		"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore",
		"Describe the criteria here", "Please describe what must hold at the end below", "Enter text here", "Add your acceptance criteria here.", "List the deliverables here…", "Fill this in",
		"Bitte hier die Kriterien beschreiben", "Hier beschreiben", "Hier die Akzeptanzkriterien eintragen", "Décrire les critères ici", "Veuillez compléter", "Describir aquí los criterios",
		"Descreva aqui os critérios", "Descrivere qui i criteri", "Beschrijf hier de criteria", "Opisz tutaj kryteria", "请在此描述验收标准", "ここに受け入れ条件を記入してください",
		"_No response_", "A clear and concise description of what you want to happen.", "Add any other context or screenshots about the feature request here.", "<!-- one -->",
	} {
		got := reader.Sections(work.GitHubMarkdown, "## Deliverables\n- "+line)[work.Deliverables]
		if got.Written() || got.None || got.ToBeDone {
			t.Errorf("%q: got %+v, want nothing", line, got)
		}
		if read := reader.Read(markup.Parse(work.JiraWiki, strings.NewReplacer("<", "<", "_No", "No", "se_", "se").Replace(line))); read.Said != 0 {
			t.Errorf("%q: got %d characters said, want none", line, read.Said)
		}
	}
	for _, line := range []string{
		"As a user I can log in", "The list is sorted", "Add a button", "Describe the error to the user in one sentence", "Item 5 is shown first in the list", "[WEB-12]",
		"Go to the start page shows the basket", "Criterion for refunds is the date", "the <br> tag is escaped, as is <script>", "Here be dragons", "Enter opens the dialog", "Given x=<y>",
		"Als Kunde sehe ich den Preis", "显示按钮", "Type is shown", "Text fields are validated", "Bitte um Rückruf wird angezeigt",
	} {
		if got := reader.Sections(work.JiraWiki, "h2. Deliverables\n* "+line)[work.Deliverables]; len(got.Entries) != 1 || got.Template {
			t.Errorf("%q: got %+v, want one entry", line, got)
		}
	}
}

func TestPromisesAreNoContent(t *testing.T) {
	own := markup.NewReader(markup.Headings{work.AcceptanceCriteria: {"AC"}}, []string{"TBD", "à définir", "noch offen", "待定", "???", ""})
	for line, want := range map[string]bool{
		"TBD": true, "tbd.": true, "Tbd - ask ops": true, "the limit (TBD)": true, "???": true, "price ???": true, "à définir": true, "À définir avec l'équipe": false, "Noch offen!": true,
		"待定": true, "错误文案待定": true, "待定价格的商品显示": false, "tbdx": false, "notbd": false, "is it done?": false,
	} {
		if got := own.Sections(work.JiraWiki, "h1. AC\n* "+line)[work.AcceptanceCriteria].ToBeDone; got != want {
			t.Errorf("%q: got %v, want %v", line, got, want)
		}
	}
}

func TestStoriesAreFoundWhereverTheyStand(t *testing.T) {
	for text, want := range map[string]string{
		"As a user I want to log in": "As a user I want to log in",
		"Some words first.\n\n*As a* user\n*I want* to log in\n*so that* I see my orders": "As a user I want to log in so that I see my orders",
		"h2. User story\nAs an admin, I need to see the log.":                             "As an admin, I need to see the log.",
		"* As the shop, we would like to be paid":                                         "As the shop, we would like to be paid",
		"When I have no network, I want to see my last orders, so I can go on":            "When I have no network, I want to see my last orders, so I can go on",
		"Als Händler brauche ich eine Liste":                                              "Als Händler brauche ich eine Liste",
		"As discussed in the meeting we will do it.":                                      "",
		"As a result the user sees nothing.":                                              "",
		"When the button is pressed, the form is sent.":                                   "",
		"As a <role>, I want <goal>":                                                      "",
		"Als ich gestern testete, ging es nicht.":                                         "",
		"Como siempre, falla.":                                                            "",
		"{quote}As a user I want to log in{quote}":                                        "",
		"作为一个产品它很好。":                                                                      "",
	} {
		got := reader.Sections(work.JiraWiki, text)[work.Value].Entries
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || got[0] != want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsSaidIsCounted(t *testing.T) {
	for text, want := range map[string]int{
		"":                              0,
		"## Problem\n<!-- describe -->": 0,
		"**Is your feature request related to a problem? Please describe.**\nA clear and concise description of what the problem is. Ex. I'm always frustrated when [...]": 0,
		"## Problem\nIt hurts.":          len("It hurts."),
		"## AC\n- TBD":                   len("TBD"),
		"- one\n- `two`":                 len("one") + len("two"),
		"```\ncode\n```\n> quote":        0,
		strings.Repeat("word\n\n", 1000): markup.MostSaid,
	} {
		if got := reader.Read(markup.Parse(work.GitHubMarkdown, text)).Said; got != want {
			t.Errorf("%.60q: got %d, want %d", text, got, want)
		}
	}
}

func TestEqualTextsHaveOnePrint(t *testing.T) {
	print := func(text string) uint64 { return reader.Read(markup.Parse(work.GitHubMarkdown, text)).Print }
	if print("## AC\n- one") != print("## Acceptance criteria\n* one") || print("one") == print("two") || print("## AC") != 0 {
		t.Error("want the same print for the same words, another for others, none for none")
	}
}
