package jirasim_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// BenchmarkScale serves pages of a hundred issues with every field, from worlds of
// 10,000 and of 1,000,000 items: run it with -cpu 1. A page may cost no more in the
// large world, on the hundredth place or after a change.
func BenchmarkScale(b *testing.B) {
	for _, size := range []int{10_000, 1_000_000} {
		w := world.Generate(world.Options{Seed: 1, Items: size, Now: clock})
		for _, flavour := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
			s := &scaled{b: b, world: w, cloud: flavour == jirasim.Cloud, handler: jirasim.New(w, jirasim.Options{Flavour: flavour, PageCap: 100})}
			name := func(what string) string { return fmt.Sprintf("%s/%d/%s", flavour, size, what) }
			all, changed := "project in (WEB, CORE, PLAT, SHOP) ORDER BY key ASC", fmt.Sprintf("updated >= %d ORDER BY key ASC", clock().AddDate(0, 0, -20).UnixMilli())
			b.Run(name("first page"), func(b *testing.B) { s.pages(b, all, 0, nil) })
			b.Run(name("page 60"), func(b *testing.B) { s.pages(b, all, 60, nil) })
			b.Run(name("updated since"), func(b *testing.B) { s.pages(b, changed, 0, nil) })
			b.Run(name("the last changes, another moment each"), func(b *testing.B) {
				var last []*world.JiraIssue
				w.Read(func(st *world.State) { last = st.JiraSorted(world.ByUpdated) })
				n := 0
				s.each(b, func() string {
					n++
					return fmt.Sprintf("project in (WEB, CORE, PLAT, SHOP) AND updated >= %d ORDER BY updated DESC", last[len(last)-200-n%100].Updated.UnixMilli())
				})
			})
			b.Run(name("page 60, each after a change"), func(b *testing.B) { s.pages(b, all, 60, s.change) })
		}
	}
}

// processor is the time that this process has kept a core busy, with collecting
// garbage: on a machine that others use too it says more than a clock.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

type scaled struct {
	b       *testing.B
	world   *world.World
	cloud   bool
	handler http.Handler
	n       int
}

// change renames one issue of all.
func (s *scaled) change() {
	s.n++
	_ = s.world.Write(func(st *world.State) error {
		i := st.Jira[(s.n*7919)%len(st.Jira)]
		st.SetSummary(i, i.Summary+"!", nil)
		return nil
	})
}

type page struct {
	Issues []json.RawMessage `json:"issues"`
	Token  string            `json:"nextPageToken"`
}

func (s *scaled) ask(b *testing.B, jql, token string, start int) *httptest.ResponseRecorder {
	path, in := "/rest/api/2/search", map[string]any{"jql": jql, "fields": []string{"*all"}, "maxResults": 100, "startAt": start}
	if s.cloud {
		path = "/rest/api/3/search/jql"
		delete(in, "startAt")
		if token != "" {
			in["nextPageToken"] = token
		}
	}
	body, _ := json.Marshal(in)
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	out := httptest.NewRecorder()
	if s.handler.ServeHTTP(out, r); out.Code != http.StatusOK {
		b.Fatal(out.Code, out.Body)
	}
	return out
}

// pages asks for one page of a listing again and again.
func (s *scaled) pages(b *testing.B, jql string, place int, before func()) {
	token := ""
	for n := 0; s.cloud && n < place; n++ {
		var p page
		if err := json.Unmarshal(s.ask(b, jql, token, 0).Body.Bytes(), &p); err != nil || p.Token == "" {
			b.Fatalf("no token on page %d: %v", n, err)
		}
		token = p.Token
	}
	bytes, issues := 0, 0
	spent := processor()
	for b.Loop() {
		if before != nil {
			before()
		}
		out := s.ask(b, jql, token, 100*place)
		bytes, issues = bytes+out.Body.Len(), issues+100
	}
	b.ReportMetric(float64(issues)/b.Elapsed().Seconds(), "issues/s")
	b.ReportMetric(float64(issues)/(processor()-spent).Seconds(), "issues/core-s")
	b.ReportMetric(float64(bytes)/float64(issues), "B/issue")
}

// each asks another question each time.
func (s *scaled) each(b *testing.B, jql func() string) {
	issues := 0
	spent := processor()
	for b.Loop() {
		s.ask(b, jql(), "", 0)
		issues += 100
	}
	b.ReportMetric(float64(issues)/b.Elapsed().Seconds(), "issues/s")
	b.ReportMetric(float64(issues)/(processor()-spent).Seconds(), "issues/core-s")
}
