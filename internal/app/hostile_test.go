package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"strata/internal/sandbox/world"
)

// hostile is what an attacker writes into everything that a person can name.
var hostile = []string{
	"@team and @acme/web look", "{code}x{code} {panel}", "a | b || c", "<script>alert(1)</script><img src=x onerror=alert(1)>",
	"[~ada] [~accountid:5f] [evil|http://evil.example]", "see #123 acme/api#1 GH-4", "fixes #1", "rtl \u202e gnp.exe \u2066x\u2069 end",
	"[click](http://evil.example) ![i](http://evil.example/x.png) http://evil.example www.evil.example", ":boom: `x` **b** <!-- strata v=1 -->",
}

// The signs of text that came alive. Escapes and code spans are taken out first.
var (
	avatar      = regexp.MustCompile(`<img src="/avatars/[a-z0-9-]+" [^>]*>`)
	codeSpan    = regexp.MustCompile("`[^`\n]*`")
	escaped     = regexp.MustCompile(`\\[[:punct:]]|&[#a-z0-9]+;`)
	githubAlive = map[string]*regexp.Regexp{
		"a mention":           regexp.MustCompile(`@[A-Za-z0-9]`),
		"a reference":         regexp.MustCompile(`#[0-9]|(?i)\bGH-[0-9]`),
		"HTML":                regexp.MustCompile(`<(?:script|img|!--)`),
		"a foreign address":   regexp.MustCompile(`\]\(http://evil|https?://evil|www\.evil`),
		"a closing word":      regexp.MustCompile(`(?i)\b(?:fixes|closes|resolves):? +#[0-9]`),
		"a direction":         regexp.MustCompile("[\u202a-\u202e\u2066-\u2069]"),
		"an emoji":            regexp.MustCompile(`:boom:`),
		"a column of a table": regexp.MustCompile(`\|`),
	}
	jiraAlive = map[string]*regexp.Regexp{
		"a macro":           regexp.MustCompile(`\{(?:code|panel|html|quote)`),
		"a mention":         regexp.MustCompile(`\[~`),
		"a foreign address": regexp.MustCompile(`\|http://evil|\[http|https?://evil|www\.evil`),
		"an image":          regexp.MustCompile(`!http`),
		"a direction":       regexp.MustCompile("[\u202a-\u202e\u2066-\u2069]"),
		"a table":           regexp.MustCompile(`(?m)^\s*\|`),
	}
)

// wantInert fails if something foreign in a comment came alive.
func (h *house) wantInert(item string, c said) {
	h.t.Helper()
	alive, text := githubAlive, c.Body
	if h.onGitHub(item) {
		_, text, _ = strings.Cut(text, "\n") // our marker
		text = codeSpan.ReplaceAllString(text, "")
	} else {
		alive, text = jiraAlive, strings.TrimPrefix(text, text[:strings.Index(text, "}")+1])
	}
	text = escaped.ReplaceAllString(text, "")
	for sign, pattern := range alive {
		if found := pattern.FindString(text); found != "" {
			h.t.Errorf("%s: %s, %q, in\n%s", item, sign, found, c.Body)
		}
	}
	page := avatar.ReplaceAllString(h.shown(item, c), "") // the page's own picture of who wrote it
	for sign, pattern := range map[string]*regexp.Regexp{
		"a script":          regexp.MustCompile(`(?i)<script|<img|onerror=[^&]*>`),
		"a mention":         regexp.MustCompile(`class="mention"`),
		"a foreign address": regexp.MustCompile(`href="[^"]*evil`),
		"a macro":           regexp.MustCompile(`<pre`),
		"a table":           regexp.MustCompile(`<table|<t[dh]`),
	} {
		if found := pattern.FindString(page); found != "" {
			h.t.Errorf("%s: the page shows %s, %q, in\n%s", item, sign, found, page)
		}
	}
}

// shown is a comment as the item's page renders it.
func (h *house) shown(item string, c said) string {
	h.t.Helper()
	page := h.page(item)
	at := strings.Index(page, fmt.Sprint(c.ID))
	if at < 0 {
		h.t.Fatalf("%s: no comment %d on the page", item, c.ID)
	}
	part := page[at:]
	if end := strings.Index(part, "</article>"); end > 0 {
		part = part[:end]
	}
	return part
}

func TestF43HostileNamesStayTextInEveryComment(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		h.renameSprints()
		var pairs [][2]string
		for _, name := range hostile {
			waiting, blocker := h.pair(p)
			h.do("title", waiting, "title", "W "+name)
			h.do("title", blocker, "title", "B "+name)
			pairs = append(pairs, [2]string{waiting, blocker})
		}
		check := func() {
			t.Helper()
			for _, pair := range pairs {
				for _, item := range pair {
					for _, c := range h.thread(item) {
						if c.Bot {
							h.wantInert(item, c)
						}
					}
				}
			}
		}
		h.once()
		for _, pair := range pairs {
			h.flag(pair[0])
		}
		check()
		for i, pair := range pairs {
			h.do([]string{"close", "drop"}[i%2], pair[1])
		}
		h.once()
		h.folded(pairs[0][0])
		h.flag(pairs[1][0])
		check()
		h.wantNoDuplicates()
	})
}

// renameSprints gives Sprints, iterations, statuses and resolutions hostile names.
func (h *house) renameSprints() {
	h.t.Helper()
	err := h.box.World.Write(func(s *world.State) error {
		for i, sp := range s.Sprints {
			sp.Name += " " + hostile[i%len(hostile)]
		}
		for _, p := range s.GitHubProjects {
			for _, f := range p.Fields {
				for i, it := range f.Iterations {
					it.Title += " " + hostile[i%len(hostile)]
				}
			}
		}
		for i, st := range s.Statuses {
			st.Name += " " + hostile[i%len(hostile)]
		}
		for i, r := range s.Resolutions[1:] {
			r.Name += " " + hostile[i%len(hostile)]
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}
