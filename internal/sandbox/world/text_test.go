package world

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// read writes what a text says as "waits X" and "blocks X".
func read(text string, markdown bool) (out []string) {
	for _, m := range mentions(text, markdown, func(project string) bool { return project == "WEB" || project == "CORE" }) {
		out = append(out, map[bool]string{true: "waits ", false: "blocks "}[m.waits]+m.name)
	}
	return out
}

func TestTextsSayWhatTheyWaitFor(t *testing.T) {
	page := "https://acme.example/browse/WEB-2"
	for text, want := range map[string]string{
		"Blocked by WEB-2.":      "waits WEB-2",
		"blocked by WEB-2\n":     "waits WEB-2",
		"Depends on: acme/api#7": "waits acme/api#7",
		"This story waits for WEB-2, CORE-3 and acme/api#7 too": "waits WEB-2|waits CORE-3|waits acme/api#7",
		"We are waiting for " + page + " since Monday.":         "waits " + page,
		"Blocked by the ticket WEB-2 (login), CORE-3 (basket).": "waits WEB-2|waits CORE-3",
		"Cannot start because it depends on WEB-2":              "waits WEB-2",
		"Blocks WEB-2": "blocks WEB-2",
		"It is blocked by WEB-2 and blocks CORE-3.":      "waits WEB-2|blocks CORE-3",
		"Blocked by:\nWEB-2\nCORE-3\nand no more":        "waits WEB-2|waits CORE-3",
		"Blocked by:\n\n* WEB-2 the login\n* acme/api#7": "waits WEB-2|waits acme/api#7",

		"Not blocked by WEB-2":              "",
		"Was blocked by WEB-2 last week.":   "",
		"No longer depends on WEB-2":        "",
		"Is this blocked by WEB-2?":         "",
		"If it rains, blocked by WEB-2":     "",
		"Perhaps blocked by WEB-2":          "",
		"blocked by WEB-2 or CORE-3":        "",
		"CORE-3 depends on WEB-2":           "",
		"The code blocks WEB-2":             "",
		"See WEB-2, and wait":               "",
		"blocked by web-2":                  "",
		"blocked by WEB-2.txt":              "",
		"blocked by XWEB-2":                 "",
		"depends on UTF-8 and ISO-8601":     "",
		"depends on https://acme.example/x": "",
		`He wrote "blocked by WEB-2" there`: "",
	} {
		for _, markdown := range []bool{false, true} {
			if got := strings.Join(read(text, markdown), "|"); got != want {
				t.Errorf("markdown %v, %q: got %q; want %q", markdown, text, got, want)
			}
		}
	}
}

func TestCodeAndQuotesSayNothing(t *testing.T) {
	for _, tc := range []struct {
		markdown bool
		text     string
		want     []string
	}{
		{false, "{code:java}\nblocked by WEB-1\n{code}\nblocked by WEB-2", []string{"waits WEB-2"}},
		{false, "{quote}blocked by WEB-1{quote}\n\nbq. blocked by WEB-1\n\n{noformat}blocked by WEB-1{noformat}", nil},
		{false, "{{blocked by WEB-1}}, !blocked by WEB-1.png!, |blocked by|WEB-1|", nil},
		{false, "-blocked by WEB-1-\n\nblocked by -WEB-1- WEB-2", []string{"waits WEB-2"}},
		{false, "h3. Blocked by\n* [the login|https://acme.example/browse/WEB-2]\n* CORE-3", []string{"waits https://acme.example/browse/WEB-2", "waits CORE-3"}},
		{false, "*Blocked by:* {color:red}WEB-2{color}", []string{"waits WEB-2"}},
		{false, "blocked by #7", nil},
		{true, "```\nblocked by WEB-1\n```\n\n    blocked by WEB-1\n\n> blocked by WEB-1\n\n`blocked by WEB-1`", nil},
		{true, "<!-- blocked by WEB-1 -->\n\n~~blocked by WEB-1~~\n\n| blocked by | WEB-1 |", nil},
		{true, "## Blocked by\n- [ ] #7\n- [x] [it](https://acme.example/browse/WEB-2)\n\n## Other\n- #9", []string{"waits #7", "waits https://acme.example/browse/WEB-2"}},
		{true, "**Blocked by:** #7, #8", []string{"waits #7", "waits #8"}},
	} {
		if diff := cmp.Diff(read(tc.text, tc.markdown), tc.want); diff != "" {
			t.Errorf("markdown %v, %q (-got +want):\n%s", tc.markdown, tc.text, diff)
		}
	}
}
