package jira

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/contract"
	"strata/internal/secret"
)

func TestJQLLosesItsOrderAndNothingElse(t *testing.T) {
	for jql, want := range map[string]string{
		"project = WEB":                                   "project = WEB",
		"project = WEB ORDER BY rank":                     "project = WEB",
		"project = WEB order\n by rank":                   "project = WEB",
		`summary ~ "order by x" AND a = 1 Order  By b, c`: `summary ~ "order by x" AND a = 1`,
		`summary ~ 'it\'s order by x'`:                    `summary ~ 'it\'s order by x'`,
		`project in (WEB)ORDER BY key`:                    `project in (WEB)`,
		"ORDER BY key":                                    "",
		"reorder = 1 AND border BYTES = 2":                "reorder = 1 AND border BYTES = 2",
		"order = 1 AND orderby = 2":                       "order = 1 AND orderby = 2",
	} {
		if got := condition(jql); got != want {
			t.Errorf("condition(%q) = %q; want %q", jql, got, want)
		}
	}
}

func TestTimesAreReadInEveryForm(t *testing.T) {
	want := time.Date(2026, 3, 2, 9, 15, 42, 0, time.UTC)
	for _, text := range []string{
		"2026-03-02T17:15:42.000+0800", "2026-03-02T09:15:42Z", "2026-03-02T09:15:42.000Z", "2026-03-02T10:15:42+01:00", "2026-03-02T09:15:42", " 2026-03-02T09:15:42Z ",
	} {
		if got := parseTime(text); !got.Equal(want) {
			t.Errorf("parseTime(%q) = %v; want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "yesterday", "<null>", "2026-13-02T09:15:42Z"} {
		if got := parseTime(text); !got.IsZero() {
			t.Errorf("parseTime(%q) = %v; want no time", text, got)
		}
	}
	var i instant
	if err := i.UnmarshalJSON([]byte("1772442942000")); err != nil || !i.Equal(want) {
		t.Errorf("instant of milliseconds = %v, %v; want %v", i, err, want)
	}
}

func TestALaterReadingNeverBeginsAfterWhatWasNotRead(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 3, 2, 9, minute, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		since  int // minute; 0: a full reading
		date   time.Time
		first  []time.Time // changes on the first page
		second []time.Time
		want   int
	}{
		"the last change, when nothing moves":           {0, at(30), []time.Time{at(5)}, []time.Time{at(10)}, 10},
		"the beginning, when items change meanwhile":    {0, at(30), []time.Time{at(5)}, []time.Time{at(50)}, 30},
		"the first page's changes, without a Date":      {0, time.Time{}, []time.Time{at(5)}, []time.Time{at(50)}, 5},
		"as before, when what had changed last is gone": {20, at(30), []time.Time{at(18)}, nil, 20},
		"the beginning, in an empty scope":              {0, at(30), nil, nil, 30},
	} {
		var cur cursor
		if c.since > 0 {
			cur.Since = at(c.since).UnixMilli()
		}
		for _, changed := range c.first {
			cur.saw(changed)
		}
		cur.began(c.date)
		for _, changed := range c.second {
			cur.saw(changed)
		}
		if got := time.UnixMilli(cur.rest().Since).UTC(); !got.Equal(at(c.want)) {
			t.Errorf("%s: since = %v; want %v", name, got, at(c.want))
		}
	}
}

func TestTheLoginIsVerifiedEveryHour(t *testing.T) {
	asked := map[string]int{}
	watch := contract.Watch(t, contract.DataCenter, contract.Requests)
	server := httptest.NewServer(watch.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/jira/rest/api/2/")
		asked[path]++
		switch path {
		case "serverInfo":
			_, _ = w.Write([]byte(`{"deploymentType":"Server"}`))
		case "myself":
			if r.Header.Get("Authorization") != "Bearer tok" {
				w.WriteHeader(http.StatusUnauthorized)
			}
			_, _ = w.Write([]byte(`{"name":"bot"}`))
		case "field":
			_, _ = w.Write([]byte(`[]`))
		default:
			_, _ = w.Write([]byte(`{"comments":[],"total":0}`))
		}
	})))
	defer server.Close()
	// A context path belongs to every request.
	tr, err := New("jira", Config{URL: server.URL + "/jira", Auth: Auth{Source: secret.Source{Value: "tok"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	tr.now = func() time.Time { return now }
	for _, later := range []time.Duration{0, 59 * time.Minute, 2 * time.Minute} {
		now = now.Add(later)
		if _, err := tr.session(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if asked["myself"] != 2 || asked["serverInfo"] != 1 {
		t.Errorf("asked %v; want myself twice and serverInfo once", asked)
	}
}
