package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/plan"
	"strata/internal/tracker"
)

// least is the shortest config that can be meant; every test changes one line of it.
const least = `owner: acme
trackers:
  - name: jira
    kind: jira
    url: https://acme.example
    auth: {token_env: TOKEN}
  - name: github
    kind: github
    auth: {token_env: TOKEN}
products:
  - name: shop
    scopes:
      - {name: web, tracker: jira, jql: project = WEB}
      - {name: api, tracker: github, repositories: [acme/api]}
    teams:
      - {name: Web, match: [{component: Web}]}
      - {name: Core, match: [{label: core}]}
`

const example = "../../config/strata.yaml"

func TestAShortConfigHasDefaults(t *testing.T) {
	c, err := Parse("strata.yaml", []byte(least))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintln(c.Mode, c.Interval, c.FullRead, c.Store.URL, c.Web.Internal, c.Web.Public, c.Log.Level.Level(), c.Log.Format,
		c.Comments.MaxNewPerDay, c.Rules.Settle, c.Trackers[1].GitHub.URL, c.Trackers[0].Jira.HTTP.Timeout, c.Trackers[0].Jira.LinkTypes)
	want := "report-only 5m0s 1d sqlite:///var/lib/strata/strata.db 127.0.0.1:9090  INFO json 40 30m0s https://api.github.com 1m0s [Blocks Blocker Depends Dependency Duplicate]\n"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTheExampleIsRead(t *testing.T) {
	c, err := Load(example)
	if err != nil {
		t.Fatal(err)
	}
	shop := c.Products[0]
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	if got := shop.Review.When.At.In(berlin).Format(time.RFC3339); got != "2026-03-13T14:00:00+01:00" || shop.Review.Home["jira"] != "SHOP-1" || len(shop.Review.Home) != 1 {
		t.Errorf("the review is %v at %s", shop.Review.Home, got)
	}
	want := tracker.Scope{Name: "api-board", Project: "acme/7"}
	if diff := cmp.Diff(shop.Scopes[1].Scope(), want); diff != "" {
		t.Errorf("the second scope (-got +want):\n%s", diff)
	}
	f := c.Facts(shop)
	if got := fmt.Sprintln(f.Teams[0].Name, f.Teams[1].Planning, shop.Teams[0].Mode, f.Objectives[0].Name, f.Sections.NeedsInfo, f.Calendar.First); got != "Web flow report-only Faster checkout [needs-info question] 2026-03-02\n" {
		t.Errorf("the mapping is %s", got)
	}
	if got := c.Trackers[0].Jira.LinkTypes; !cmp.Equal(got, []string{"Blocks", "Depends", "Duplicate", "is synced with"}) {
		t.Errorf("the link types are %v", got)
	}
}

func TestTheExampleSetsEveryField(t *testing.T) {
	raw, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	root, mistake := tree("strata.yaml", raw)
	if mistake != nil {
		t.Fatal(mistake)
	}
	set := map[string]bool{}
	config := Default()
	d := &decoder{file: "strata.yaml", lines: map[string]int{}, spoilt: map[string]bool{}, set: func(s reflect.Type, field string) { set[s.String()+"."+field] = true }}
	d.decode(root, reflect.ValueOf(&config).Elem(), "")

	known := map[string]bool{}
	for _, s := range []any{Config{}, Tracker{}.Jira, Tracker{}.GitHub, Tracker{}.Mapping, ReviewTime{}} {
		everyField(reflect.TypeOf(s), known)
	}
	if len(known) < 100 {
		t.Errorf("only %d fields are known; the walk over the types is broken", len(known))
	}
	for field := range known {
		if !set[field] {
			t.Errorf("config/strata.yaml does not set %s", field)
		}
	}
}

// everyField collects the fields of the file below a type.
func everyField(s reflect.Type, known map[string]bool) {
	switch s.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer:
		everyField(s.Elem(), known)
	case reflect.Struct:
		for i := range s.NumField() {
			field := s.Field(i)
			name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
			switch {
			case name == "-" || !field.IsExported() || name == "" && options != "inline":
				continue
			case options != "inline":
				known[s.String()+"."+name] = true
			}
			everyField(field.Type, known)
		}
	}
}

func TestEachMistakeOfMeaningSaysWhereItIsAndWhatToWrite(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"owner: acme\n", "", "strata.yaml: owner: missing; give this installation a name, such as acme-shop"},
		{"owner: acme", "ownr: acme", "strata.yaml:1: ownr: unknown field: did you mean owner?"},
		{"owner: acme", "owner: acme\nmode: wirte", `strata.yaml:2: mode: mode "wirte": want report-only or write`},
		{"owner: acme", "owner: acme\ninterval: 0s", "strata.yaml:2: interval: must be longer than 0: want a form such as 5m"},
		{"owner: acme", "owner: acme\nfull_read: 1m", "strata.yaml:2: full_read: 1m0s is shorter than the interval of 5m0s: want the same or longer"},
		{"owner: acme", "owner: acme\nstore: {url: 'postgres://u:pw@h/d'}", "strata.yaml:2: store.url: unsupported value (postgres): want sqlite::memory:, sqlite:relative/path or sqlite:///absolute/path"},
		{"owner: acme", "owner: acme\nweb: {internal: 9090}", `strata.yaml:2: web.internal: "9090" is no address: want host:port such as 127.0.0.1:9090`},
		{"owner: acme", "owner: acme\nweb: {internal: ':1', public: ':1'}", "strata.yaml:2: web.public: is the internal address: webhooks need one of their own"},
		{"owner: acme", "owner: acme\nlog: {level: loud}", `strata.yaml:2: log.level: "loud": want debug, info, warn or error`},
		{"owner: acme", "owner: acme\nlog: {format: xml}", `strata.yaml:2: log.format: "xml": want json or text`},
		{"owner: acme", "owner: acme\nrules: {same_sprint: fine}", `strata.yaml:2: rules.same_sprint: "fine"; want ok, at_risk or off_track`},
		{"owner: acme", "owner: acme\nrules: {override: {DEP99: {severity: info}}}", "strata.yaml:2: rules.override.DEP99: no such rule or check; want DEP01 to DEP25, X1 to X17 or T1 to T14"},
		{"owner: acme", "owner: acme\ncomments:\n  hours: {from: '18:00', to: '08:00'}", "strata.yaml:3: comments.hours: from 18:00 must be before to 08:00; write days: off to speak at any time"},

		{"    kind: jira\n", "", "strata.yaml:3: trackers[0].kind: missing: want jira or github"},
		{"kind: jira", "kind: jirra", `strata.yaml:4: trackers[0].kind: "jirra" is no kind of tracker: want jira or github`},
		{"kind: jira", "kind: jira\n    statuses: {}", "strata.yaml:5: trackers[0].statuses: unknown field: want one of auth, blocked, browse_url, doing, fields, former_accounts, http, kind, kinds, links, name, overlap, resolutions, url"},
		{"- name: github", "- name: jira", `strata.yaml:7: trackers[1].name: "jira" is the name of trackers[0] already: give each its own`},
		{"- name: github", "- name: git:hub", `strata.yaml:7: trackers[1].name: "git:hub": want letters, digits, dots, hyphens and underscores, beginning with a letter or digit`},
		{"url: https://acme.example", "url: http://acme.example", "strata.yaml:5: trackers[0].url: http:// would show the credential to the network of acme.example; use https://, or set insecure_http"},
		{"    url: https://acme.example\n    auth: {token_env: TOKEN}", "    url: https://acme.example", "strata.yaml:3: trackers[0].auth: set one of token_file, token_env or token"},
		{"    auth: {token_env: TOKEN}\n  - name: github", "    auth: {token_env: TOKEN}\n    links: [{type: Blocks, speaker: block}]\n  - name: github", `strata.yaml:7: trackers[0].links[0].speaker: "block" is unknown; write blocks, waits, duplicate or twin`},
		{"    auth: {token_env: TOKEN}\n  - name: github", "    auth: {token_env: TOKEN}\n    http: {client_key: k}\n  - name: github", "strata.yaml:7: trackers[0].http.client_cert: http.client_cert, client_key: set both or none"},

		{"name: shop", "name: a/b", `strata.yaml:11: products[0].name: "a/b": want letters, digits, dots, hyphens and underscores, beginning with a letter or digit`},
		{"name: shop", "name: shop\n    goal: {url: wiki}", `strata.yaml:12: products[0].goal.url: "wiki" is no address: want one such as https://wiki.example/goal`},
		{"name: shop", "name: shop\n    readiness: lax", `strata.yaml:12: products[0].readiness: "lax"; want starter, standard or strict`},
		{"name: shop", "name: shop\n    home: {jria: SHOP-1}", `strata.yaml:12: products[0].home.jria: no tracker is called "jria": did you mean jira?`},
		{"name: shop", "name: shop\n    home: {jira: acme/api#1}", `strata.yaml:12: products[0].home.jira: "acme/api#1" is no key of jira: want a form such as SHOP-1`},
		{"name: shop", "name: shop\n    home: {jira: A-1, github: a/b#1}", "strata.yaml:12: products[0].home: names 2 items: want one, such as {jira: SHOP-1}"},
		{"name: shop", "name: shop\n    review: {github: SHOP-1, at: 2026-03-13T14:00}", `strata.yaml:12: products[0].review.github: "SHOP-1" is no key of github: want a form such as acme/api#1`},
		{"name: shop", "name: shop\n    review: {jira: SHOP-1, at: friday}", `strata.yaml:12: products[0].review.at: "friday": want a date and a time such as 2026-03-13T14:00`},
		{"name: shop", "name: shop\n    calendar: {timezone: Berlin}", `strata.yaml:12: products[0].calendar.timezone: "Berlin" is not a known zone; write one such as Europe/Berlin`},

		{"name: shop", "name: shop\n    order: jria", `strata.yaml:12: products[0].order: no tracker is called "jria": did you mean jira?`},
		{"name: shop", "name: shop\n    override: {DEP02: {severity: loud}}", `strata.yaml:12: products[0].override.DEP02.severity: "loud"; want info, warning, critical or off`},

		{"tracker: jira, jql", "tracker: jura, jql", `strata.yaml:13: products[0].scopes[0].tracker: no tracker is called "jura": did you mean jira?`},
		{"tracker: jira, jql", "jql", "strata.yaml:13: products[0].scopes[0].tracker: missing: name one of the trackers"},
		{"tracker: jira, jql: project = WEB", "tracker: jira, project: acme/7", "strata.yaml:13: products[0].scopes[0]: a scope of a Jira is a jql, and nothing else"},
		{"repositories: [acme/api]", "repositories: [acme/api], project: acme/7", "strata.yaml:14: products[0].scopes[1]: a scope of a GitHub is either a project or a list of repositories"},
		{"repositories: [acme/api]", "repositories: [api]", `strata.yaml:14: products[0].scopes[1].repositories[0]: "api": want owner/name such as acme/api`},
		{"repositories: [acme/api]", "project: acme", `strata.yaml:14: products[0].scopes[1].project: "acme": want owner/number such as acme/7`},
		{"jql: project = WEB", "jql: project = WEB Order  BY rank", "strata.yaml:13: products[0].scopes[0].jql: must not sort, because Strata pages by its own order: remove ORDER BY"},
		{"name: api, tracker: github, repositories: [acme/api]", "name: again, tracker: jira, jql: 'project  =  WEB'", `strata.yaml:14: products[0].scopes[1].jql: "project  =  WEB" stands at products[0].scopes[0].jql too: say it once`},
		{"repositories: [acme/api]", "repositories: [acme/api, Acme/API]", `strata.yaml:14: products[0].scopes[1].repositories[1]: "Acme/API" stands at products[0].scopes[1].repositories[0] too: say it once`},
		{"name: api, tracker", "name: web, tracker", `strata.yaml:14: products[0].scopes[1].name: "web" is the name of products[0].scopes[0] already: give each its own`},

		{"{name: Core, match: [{label: core}]}", "{name: Core}", "strata.yaml:17: products[0].teams[1].match: missing: say how the team's items are recognised, such as [{component: Core}]"},
		{"{name: Core, match: [{label: core}]}", "{name: Core, match: [{component: ' WEB '}]}", `strata.yaml:17: products[0].teams[1].match[0].component: " WEB " stands at products[0].teams[0].match[0].component too: say it once`},
		{"{name: Core, match: [{label: core}]}", "{name: Core, match: [{label: core}], override: {DEP01: {severity: info}}}", "strata.yaml:17: products[0].teams[1].override.DEP01: concerns other teams too; change it for the product, or take one of DEP07, DEP08, DEP09, DEP24, DEP25"},
		{"{name: Core, match: [{label: core}]}", "{name: Core, match: [{repository: api}]}", `strata.yaml:17: products[0].teams[1].match[0].repository: "api" has no owner; write owner/name such as acme/api`},
		{"{name: Core, match: [{label: core}]}", "{name: Core, match: [{project: acme/api}]}", `strata.yaml:17: products[0].teams[1].match[0].project: "acme/api" is no project of Jira; write its key such as WEB, or {repository: acme/api}`},
		{"{name: Core, match: [{label: core}]}", "{name: web, match: [{label: core}]}", `strata.yaml:17: products[0].teams[1].name: "web" is given twice; give each team its own name`},
		{"{name: Core, match: [{label: core}]}", "{name: Core, match: [{component: web}]}", `strata.yaml:17: products[0].teams[1].match[0].component: "web" stands at products[0].teams[0].match[0].component too: say it once`},
		{"{name: Core, match: [{label: core}]}", "{name: Core, planning: kanban, match: [{label: core}]}", `strata.yaml:17: products[0].teams[1].planning: "kanban" is unknown; write sprint, date or flow`},
		{"{name: Core, match: [{label: core}]}", "{name: Core, match: [{label: core, field: Core}]}", "strata.yaml:17: products[0].teams[1].match[0]: sets 2 values; set one of field, component, label, repository, project, group, assignee"},
		{"{name: Core, match: [{label: core}]}", "{name: Web, match: [{label: core}]}", `strata.yaml:17: products[0].teams[1].name: "Web" is given twice; give each team its own name`},
	} {
		if !strings.Contains(least, c.from) {
			t.Fatalf("the shortest config does not have %q", c.from)
		}
		_, err := Parse("strata.yaml", []byte(strings.Replace(least, c.from, c.to, 1)))
		if got := fmt.Sprint(err); got != c.want {
			t.Errorf("%q\ngot  %s\nwant %s", c.to, got, c.want)
		}
	}
}

func TestAnEmptyFileIsToldWhatIsRequired(t *testing.T) {
	_, err := Parse("strata.yaml", nil)
	want := "strata.yaml: owner: missing; give this installation a name, such as acme-shop\n" +
		"strata.yaml: products: missing: name at least one, with name and scopes\n" +
		"strata.yaml: trackers: missing: name at least one, with name, kind, url and auth"
	if fmt.Sprint(err) != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestMistakesOfEverySortComeAtOnce(t *testing.T) {
	text := strings.NewReplacer("kind: jira", "knd: jira", "tracker: github", "tracker: gitlab", "match: [{label: core}]", "match: []").Replace(least) + "interval: -5m\ncomments: {max_new_per_day: many}\n"
	_, err := Parse("strata.yaml", []byte(text))
	want := `strata.yaml:3: trackers[0].kind: missing: want jira or github
strata.yaml:14: products[0].scopes[1].tracker: no tracker is called "gitlab": did you mean github?
strata.yaml:17: products[0].teams[1].match: missing: say how the team's items are recognised, such as [{component: Core}]
strata.yaml:18: interval: duration "-5m": must not be negative
strata.yaml:19: comments.max_new_per_day: limit "many": want a whole number, or off`
	if diff := cmp.Diff(strings.Split(fmt.Sprint(err), "\n"), strings.Split(want, "\n")); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	var mistakes Mistakes
	if !errors.As(err, &mistakes) || len(mistakes) != 5 || mistakes[3].Path != "interval" || mistakes[3].Line != 18 {
		t.Errorf("the mistakes are not structured: %#v", mistakes)
	}
}

func TestLimitsCanBeSwitchedOff(t *testing.T) {
	c, err := Parse("strata.yaml", []byte(strings.Replace(least, "auth: {token_env: TOKEN}", "auth: {token_env: TOKEN}\n    http: {writes_per_minute: 0, rate_per_second: 0}", 1)+`
rules: {settle: 0s}
comments: {baseline: false, edits_per_day: off, renotify_after: 0s, max_new_per_hour: 0, max_new_per_day: off, hold_above: {count: off, share: 0}, hours: {days: off}}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := plan.Config{Hours: plan.WorkingHours{From: 8 * 60, To: 18 * 60}}
	if diff := cmp.Diff(c.Comments, want); diff != "" {
		t.Errorf("comments (-got +want):\n%s", diff)
	}
	if http := c.Trackers[0].Jira.HTTP; c.Rules.Settle != 0 || http.WritesPerMinute != 0 || http.RatePerSecond != 0 {
		t.Errorf("settle %v, pace %v and %v; want none", c.Rules.Settle, http.WritesPerMinute, http.RatePerSecond)
	}
}

func TestATokenInTheFileIsNeverPrinted(t *testing.T) {
	text := strings.Replace(least, "{token_env: TOKEN}", "{token: hunter2}", 2)
	c, err := Parse("strata.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{fmt.Sprint(c), fmt.Sprintf("%+v %#v %s", *c, c, *c)} {
		if strings.Contains(out, "hunter2") {
			t.Errorf("the token shows in %s", out)
		}
	}
	for _, auth := range []string{"{token: [hunter2]}", "{tokn: hunter2}", "{token: *hunter2}", "{token: hunter2, token: hunter2}", "hunter2", "{token: !hunter2 x}"} {
		if _, err := Parse("strata.yaml", []byte(strings.Replace(least, "{token_env: TOKEN}", auth, 1))); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v; want a mistake without the token", auth, err)
		}
	}
}

func TestAMissingFileIsAnErrorWithItsRemedy(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "none.yaml"))
	if err == nil || !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "--config") {
		t.Errorf("error = %v; want the remedy", err)
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	raw, err := os.ReadFile(example)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Add(least)
	f.Add("a: &a [*a]\nproducts: *a")
	f.Add("trackers: [{kind: jira, ? [x] : y, <<: {}}]\nproducts: [{review: {at: }}]")
	f.Fuzz(func(t *testing.T, text string) {
		config, err := Parse("strata.yaml", []byte(text))
		if (config == nil) == (err == nil) {
			t.Errorf("config %v, error %v; want one of them", config, err)
		}
	})
}

func TestTheShortConfigOfTheREADMEIsValid(t *testing.T) {
	raw, err := os.ReadFile("../../config/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(raw), "```yaml\n")
	block, _, closed := strings.Cut(block, "```")
	if !found || !closed {
		t.Fatal("the README shows no config")
	}
	if _, err := Parse("README.md", []byte(block)); err != nil {
		t.Error(err)
	}
}
