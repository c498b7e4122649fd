package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/duration"
	"strata/internal/work"
)

type inner struct {
	Name  string   `yaml:"name"`
	Words []string `yaml:"words"`
}

type left struct {
	Shared string `yaml:"shared"`
	Left   int    `yaml:"left"`
}

type right struct {
	Shared string `yaml:"shared"`
}

// schema has a field of every sort that a config may have.
type schema struct {
	Text    string             `yaml:"text"`
	Truth   bool               `yaml:"truth"`
	Whole   int                `yaml:"whole"`
	Broken  float64            `yaml:"broken"`
	Span    duration.Duration  `yaml:"span"`
	Day     work.Day           `yaml:"day"`
	One     inner              `yaml:"one"`
	Many    []inner            `yaml:"many"`
	ByName  map[string]inner   `yaml:"by_name"`
	Maybe   *inner             `yaml:"maybe"`
	Lists   map[string][]int64 `yaml:"lists"`
	L       left               `yaml:",inline"`
	R       right              `yaml:",inline"`
	Skipped string             `yaml:"-"`
	hidden  string             //nolint:unused // an unexported field must not be reached
}

func decodeText(text string) (schema, string) {
	var s schema
	mistakes := parse("f.yaml", []byte(text), &s, func(*decoder) {})
	if len(mistakes) == 0 {
		return s, ""
	}
	return s, mistakes.Error()
}

func TestEverySortOfValueIsRead(t *testing.T) {
	got, mistakes := decodeText(`
text: a text
truth: true
whole: 7
broken: 0.25
span: 14d
day: 2026-03-02
one: {name: first, words: [a, b]}
many:
  - name: 12
  - &again {name: 2026-03-02, words: []}
  - *again
by_name: {x: {name: y}}
maybe: {name: there}
lists: {a: [1, 2]}
shared: both
left: 1
`)
	want := schema{
		Text: "a text", Truth: true, Whole: 7, Broken: 0.25, Span: 14 * 24 * 3600e9, Day: work.Date(2026, 3, 2),
		One:    inner{"first", []string{"a", "b"}},
		Many:   []inner{{Name: "12"}, {"2026-03-02", []string{}}, {"2026-03-02", []string{}}},
		ByName: map[string]inner{"x": {Name: "y"}}, Maybe: &inner{Name: "there"}, Lists: map[string][]int64{"a": {1, 2}},
		L: left{"both", 1}, R: right{"both"},
	}
	if mistakes != "" {
		t.Errorf("mistakes: %s", mistakes)
	}
	if diff := cmp.Diff(got, want, cmp.AllowUnexported(schema{})); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestEachMistakeSaysWhereItIsAndWhatToWrite(t *testing.T) {
	for text, want := range map[string]string{
		"many:\n  - nmae: x":             "f.yaml:2: many[0].nmae: unknown field: did you mean name?",
		"one: {zzz: x}":                  "f.yaml:1: one.zzz: unknown field: want one of name, words",
		"Skipped: x":                     "f.yaml:1: Skipped: unknown field: want one of broken, by_name, day, left, lists, many, maybe, one, shared, span, text, truth, whole",
		"-: x":                           "f.yaml:1: -: unknown field: want one of broken, by_name, day, left, lists, many, maybe, one, shared, span, text, truth, whole",
		"text: [a]":                      "f.yaml:1: text: want text, found a list",
		"text: true":                     "f.yaml:1: text: want text; to mean the word true write it in quotes",
		"text:\nwhole: 1":                "f.yaml:1: text: has no value: give it one, or remove the line",
		"truth: yes":                     `f.yaml:1: truth: want true or false, found "yes"`,
		"truth: {}":                      "f.yaml:1: truth: want true or false, found fields (name: value)",
		"whole: 1.5":                     `f.yaml:1: whole: want a whole number, found "1.5"`,
		`whole: "1"`:                     `f.yaml:1: whole: want a whole number, found "1"`,
		"whole: 99999999999999999999":    `f.yaml:1: whole: want a whole number, found "99999999999999999999"`,
		"whole: -1":                      "f.yaml:1: whole: must not be negative: -1",
		"broken: .inf":                   `f.yaml:1: broken: want a number, found ".inf"`,
		"broken: -0.5":                   "f.yaml:1: broken: must not be negative: -0.5",
		"span: -1h":                      `f.yaml:1: span: duration "-1h": must not be negative`,
		"span: 5":                        `f.yaml:1: span: duration "5": want a form such as 30m, 24h or 14d`,
		"span: [5m]":                     "f.yaml:1: span: want text, found a list",
		"day: 2026-02-30":                `f.yaml:1: day: date "2026-02-30": want YYYY-MM-DD`,
		"many: {name: x}":                "f.yaml:1: many: want a list, in brackets or one entry a line behind a dash, found fields (name: value)",
		"one: x":                         "f.yaml:1: one: want fields (name: value), found a single value",
		"by_name: [x]":                   "f.yaml:1: by_name: want entries (name: value), found a list",
		"lists:\n  a:\n    - 1\n    - x": `f.yaml:4: lists.a[1]: want a whole number, found "x"`,
		"[a]":                            "f.yaml:1: want fields (name: value), found a list",
		"text: a\ntruth: true\ntext: b":  "f.yaml:3: text: stands here again, first on line 1: remove one of them",
		"by_name:\n  x: {name: a}\n  x: {name: b}": "f.yaml:3: by_name.x: stands here again, first on line 2: remove one of them",
		"? [a]\n: b":                          "f.yaml:1: a name must be plain text",
		"text: !!binary aGk=":                 "f.yaml:1: text: tags (!name) are not supported: a value that begins with ! must stand in quotes",
		"one: &o {name: x}\nmaybe:\n  <<: *o": "f.yaml:3: maybe: merge keys (<<) are not supported: repeat the fields, or let an alias stand for a whole value",
		"text: a\n---\ntext: b":               "f.yaml:3: a second document begins here: one file holds one config",
		"text: *ghp_token":                    "f.yaml: not YAML: an alias (*name) without its anchor (&name): a value that begins with * must stand in quotes",
		"text: a\n\tone: x":                   "f.yaml:2: not YAML: found a tab character that violates indentation",
		"shared: [x]":                         "f.yaml:1: shared: want text, found a list",
		strings.Repeat("#", MaxSize+1):        "f.yaml: larger than 1024 KiB: a config is not that long",
		"truth: " + strings.Repeat("ä", 60):   `f.yaml:1: truth: want true or false, found "` + strings.Repeat("ä", 40) + `…"`,
	} {
		if _, got := decodeText(text); got != want {
			t.Errorf("%.60q\ngot  %s\nwant %s", text, got, want)
		}
	}
}

func TestAllMistakesComeAtOnceByLine(t *testing.T) {
	_, got := decodeText("whole: x\nmany:\n  - {nam: a, words: b}\n  - true\nspan: -5m\nunknown: 1\ntext: a\ntext: b\n")
	want := strings.Join([]string{
		`f.yaml:1: whole: want a whole number, found "x"`,
		"f.yaml:3: many[0].nam: unknown field: did you mean name?",
		"f.yaml:3: many[0].words: want a list, in brackets or one entry a line behind a dash, found a single value",
		"f.yaml:4: many[1]: want fields (name: value), found a single value",
		`f.yaml:5: span: duration "-5m": must not be negative`,
		"f.yaml:6: unknown: unknown field: want one of broken, by_name, day, left, lists, many, maybe, one, shared, span, text, truth, whole",
		"f.yaml:8: text: stands here again, first on line 7: remove one of them",
	}, "\n")
	if diff := cmp.Diff(strings.Split(got, "\n"), strings.Split(want, "\n")); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestABombOfAliasesIsRefused(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("lists:\n  a: [1]\nmany:\n  - &w {name: x, words: [" + strings.Repeat("a,", 2000) + "]}\n")
	for range 200 {
		bomb.WriteString("  - *w\n")
	}
	_, got := decodeText(bomb.String())
	if want := "the aliases up to here unfold to more than 100000 values"; strings.Count(got, "\n") != 0 || !strings.Contains(got, want) {
		t.Errorf("got %.300s; want one mistake: %s", got, want)
	}
	if _, got := decodeText("many: &m\n  - name: x\n  - *m\n"); !strings.Contains(got, "many[1]: want fields (name: value), found a list") {
		t.Errorf("a list in itself: %s", got)
	}
	deep := "one: " + strings.Repeat("[", 20_000)
	if _, got := decodeText(deep); !strings.Contains(got, "not YAML: ") {
		t.Errorf("a deep nest: %.300s", got)
	}
}

func TestMistakesAreStructured(t *testing.T) {
	var s schema
	got := parse("f.yaml", []byte("text: a\nwhole: x"), &s, func(*decoder) {})
	want := Mistakes{{File: "f.yaml", Line: 2, Path: "whole", Text: `want a whole number, found "x"`}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
