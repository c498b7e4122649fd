package jirasim

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/world"
)

func morning() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) }

// site is a generated world with its pages, and a browser that keeps cookies.
type site struct {
	t      *testing.T
	w      *world.World
	h      http.Handler
	cookie string
}

func newSite(t *testing.T) *site {
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: morning})
	return &site{t: t, w: w, h: New(w, Options{})}
}

func (s *site) mutate(raw string) {
	s.t.Helper()
	if _, err := s.w.Mutate([]byte(raw)); err != nil {
		s.t.Fatalf("%s: %v", raw, err)
	}
}

func (s *site) get(path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Cookie", s.cookie)
	rec := httptest.NewRecorder()
	s.h.ServeHTTP(rec, r)
	return rec
}

// send posts a form as a browser does from the site's own page.
func (s *site) send(path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Cookie", s.cookie)
	for n := 0; n+1 < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	rec := httptest.NewRecorder()
	s.h.ServeHTTP(rec, r)
	return rec
}

// issue reads an issue's state.
func (s *site) issue(key string, f func(i *world.JiraIssue)) {
	s.t.Helper()
	s.w.Read(func(st *world.State) {
		i := st.JiraIssue(key)
		if i == nil {
			s.t.Fatalf("no issue %s", key)
		}
		f(i)
	})
}

// TestPagesAreInert puts hostile text wherever a person could, and looks at every
// kind of page.
func TestPagesAreInert(t *testing.T) {
	s := newSite(t)
	const bad = `\"><script>alert(1)</script><img src=x onerror=alert(1)>{color:red\"onclick=x}y{color}`
	for _, raw := range []string{
		`{"op":"title","item":"WEB-2","title":"` + bad + `"}`,
		`{"op":"body","item":"WEB-2","body":"` + bad + ` [x|javascript:alert(1)] !https://x.example/t.gif!"}`,
		`{"op":"comment","item":"WEB-2","author":"ada","body":"` + bad + `"}`,
		`{"op":"sprint","item":"WEB-2","sprint":"active"}`,
		`{"op":"title","item":"acme/api#7","title":"` + bad + `"}`,
		`{"op":"link","item":"WEB-2","blocker":"acme/api#7"}`,
	} {
		s.mutate(raw)
	}
	board := "/boards/1"
	s.w.Read(func(st *world.State) { board = "/boards/" + id(st.JiraIssue("WEB-2").Sprint().Board) })
	for path, status := range map[string]int{
		"/": 200, "/issues/": 200, "/boards": 200, board: 200, "/browse/WEB-2": 200, "/browse/web-2": 200, "/browse/NOPE-1": 404, "/boards/99999": 404, "/boards/x": 404,
		"/issues/?jql=" + url.QueryEscape(`summary ~ "<script>alert(1)</script>"`): 200, "/issues/?jql=" + url.QueryEscape(`color = "<script>"`): 400,
		"/issues/?text=" + url.QueryEscape(`<script>`): 200, "/browse/" + url.PathEscape("<script>alert(1)</script>"): 404,
	} {
		rec := s.get(path)
		body := rec.Body.String()
		if rec.Code != status {
			t.Errorf("%s: got %d", path, rec.Code)
		}
		for _, danger := range []string{"<script", "<img", `href="javascript:`, "onerror=alert(1)>", "style="} {
			if strings.Contains(body, danger) {
				t.Errorf("%s: %s stands in the page", path, danger)
			}
		}
		csp := rec.Header().Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy is %q", path, csp)
			}
		}
	}
	if css := s.get("/assets/page.css"); css.Code != 200 || !strings.HasPrefix(css.Header().Get("Content-Type"), "text/css") {
		t.Errorf("the style sheet: %d %v", css.Code, css.Header())
	}
}

// TestFormsChangeTheWorldOnce: each form is sent, redirects to the page, and has
// done what it says.
func TestFormsChangeTheWorldOnce(t *testing.T) {
	s := newSite(t)
	form := func(pairs ...string) url.Values {
		out := url.Values{}
		for n := 0; n+1 < len(pairs); n += 2 {
			out.Set(pairs[n], pairs[n+1])
		}
		return out
	}
	comment := ""
	steps := []struct {
		name string
		form url.Values
		then func(i *world.JiraIssue) bool
	}{
		{"start", form("op", "doing"), func(i *world.JiraIssue) bool { return i.Status.Category == "indeterminate" }},
		{"close", form("op", "close", "resolution", "Done"), func(i *world.JiraIssue) bool { return i.Done() && i.Resolution.Name == "Done" }},
		{"reopen", form("op", "reopen"), func(i *world.JiraIssue) bool { return !i.Done() && i.Resolution == nil }},
		{"drop", form("op", "close", "resolution", "Won't Do"), func(i *world.JiraIssue) bool { return i.Done() && i.Resolution.Name == "Won't Do" }},
		{"plan", form("op", "sprint", "sprint", "active"), func(i *world.JiraIssue) bool { return i.Sprint() != nil && i.Sprint().State == world.Active }},
		{"unplan", form("op", "sprint", "sprint", "null"), func(i *world.JiraIssue) bool { return i.Sprint() == nil }},
		{"assign", form("op", "assign", "assignee", "ben"), func(i *world.JiraIssue) bool { return i.Assignee != nil && i.Assignee.Login == "ben" }},
		{"edit", form("op", "edit", "title", "New", "was-title", "Old", "body", "h3. New\r\ntext", "was-body", ""), func(i *world.JiraIssue) bool { return i.Summary == "New" && i.Description == "h3. New\ntext" }},
		{"edit nothing", form("op", "edit", "title", " x", "was-title", " x", "body", "a\r\nb", "was-body", "a\nb"), func(i *world.JiraIssue) bool { return i.Summary == "New" }},
		{"block", form("op", "link", "type", "in:Blocks", "other", "CORE-7"), func(i *world.JiraIssue) bool { return linkedTo(i, "CORE-7", "is blocked by") }},
		{"unblock", form("op", "unlink", "type", "Blocks", "other", "CORE-7"), func(i *world.JiraIssue) bool { return !linkedTo(i, "CORE-7", "is blocked by") }},
		{"relate", form("op", "link", "type", "out:Relates", "other", "WEB-3"), func(i *world.JiraIssue) bool { return linkedTo(i, "WEB-3", "relates to") }},
		{"be cloned", form("op", "link", "type", "in:Cloners", "other", "WEB-4"), func(i *world.JiraIssue) bool { return linkedTo(i, "WEB-4", "is cloned by") }},
		{"block across", form("op", "link", "type", "in:Blocks", "other", "acme/api#7"), func(i *world.JiraIssue) bool { return strings.Contains(i.Description, "blocked by acme/api#7") }},
		{"comment", form("op", "comment", "person", "ben", "body", "*hello*\r\nyou"), func(i *world.JiraIssue) bool {
			m := i.Comments[len(i.Comments)-1]
			comment = id(m.ID)
			return m.Body == "*hello*\nyou" && m.Author.Login == "ben"
		}},
		{"edit comment", form("op", "edit-comment", "body", "bye"), func(i *world.JiraIssue) bool { return i.Comments[len(i.Comments)-1].Body == "bye" }},
		{"delete comment", form("op", "delete-comment"), func(i *world.JiraIssue) bool {
			return len(i.Comments) == 0 || id(i.Comments[len(i.Comments)-1].ID) != comment
		}},
	}
	for _, step := range steps {
		if op := step.form.Get("op"); op == "edit-comment" || op == "delete-comment" {
			step.form.Set("comment", comment)
		}
		rec := s.send("/browse/WEB-2", step.form)
		if rec.Code != http.StatusSeeOther || !strings.HasPrefix(rec.Header().Get("Location"), "/browse/WEB-2") {
			t.Fatalf("%s: got %d to %q\n%s", step.name, rec.Code, rec.Header().Get("Location"), rec.Body)
		}
		s.issue("WEB-2", func(i *world.JiraIssue) {
			if !step.then(i) {
				t.Errorf("%s did not happen", step.name)
			}
		})
	}
}

func linkedTo(i *world.JiraIssue, key, phrase string) bool {
	for _, l := range i.Links {
		if other, said := farEnd(l, i); other != nil && other.Key == key && said == phrase {
			return true
		}
	}
	return false
}

// TestFormsFromElsewhereAreRefused: a page of somebody else cannot send one.
func TestFormsFromElsewhereAreRefused(t *testing.T) {
	s := newSite(t)
	form := url.Values{"op": {"comment"}, "body": {"x"}}
	for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "", "Origin", "https://evil.example"}} {
		if rec := s.send("/browse/WEB-2", form, headers...); rec.Code != http.StatusForbidden {
			t.Errorf("%v: got %d", headers, rec.Code)
		}
		if rec := s.send("/person", url.Values{"person": {"ben"}}, headers...); rec.Code != http.StatusForbidden {
			t.Errorf("%v: got %d", headers, rec.Code)
		}
	}
	s.issue("WEB-2", func(i *world.JiraIssue) {
		for _, m := range i.Comments {
			if m.Body == "x" {
				t.Error("it was carried out")
			}
		}
	})
	if rec := s.get("/browse/WEB-2?op=comment&body=x"); rec.Code != 200 {
		t.Errorf("got %d", rec.Code)
	}
}

// TestMistakesAreToldOnThePage, with what was typed still there.
func TestMistakesAreToldOnThePage(t *testing.T) {
	s := newSite(t)
	s.mutate(`{"op":"lock","item":"WEB-3","on":true}`)
	s.mutate(`{"op":"archive","item":"WEB-4","on":true}`)
	for _, c := range []struct {
		path, want string
		form       url.Values
	}{
		{"/browse/WEB-2", "Comment body can not be empty!", url.Values{"op": {"comment"}, "body": {"  "}}},
		{"/browse/WEB-2", "no item &#34;NOPE-9&#34;", url.Values{"op": {"link"}, "type": {"in:Blocks"}, "other": {"NOPE-9"}}},
		{"/browse/WEB-2", "say which item", url.Values{"op": {"link"}, "type": {"in:Blocks"}}},
		{"/browse/WEB-2", "there is no form", url.Values{"op": {"explode"}}},
		{"/browse/WEB-2", "zoe", url.Values{"op": {"close"}, "person": {"zoe"}}},
		{"/browse/WEB-2", "no comment 4711", url.Values{"op": {"delete-comment"}, "comment": {"4711"}}},
		{"/browse/WEB-2", "You must specify a summary", url.Values{"op": {"edit"}, "title": {" "}, "was-title": {"x"}}},
		{"/browse/WEB-3", "takes no comments", url.Values{"op": {"comment"}, "body": {"typed"}}},
		{"/browse/WEB-4", "archived", url.Values{"op": {"comment"}, "body": {"typed"}}},
	} {
		rec := s.send(c.path, c.form)
		if rec.Code != http.StatusBadRequest || !strings.Contains(strings.ToLower(rec.Body.String()), strings.ToLower(c.want)) {
			t.Errorf("%v: got %d, not %q", c.form, rec.Code, c.want)
		}
	}
	if rec := s.send("/browse/WEB-2", url.Values{"op": {"comment"}, "person": {"zoe"}, "body": {"I may comment"}}); rec.Code != http.StatusSeeOther {
		t.Errorf("who may not edit may comment: got %d", rec.Code)
	}
	if rec := s.send("/browse/NOPE-1", url.Values{"op": {"close"}}); rec.Code != http.StatusNotFound {
		t.Errorf("got %d", rec.Code)
	}
}

// TestWhoActsIsRemembered, and the way back leads nowhere else.
func TestWhoActsIsRemembered(t *testing.T) {
	s := newSite(t)
	for back, want := range map[string]string{"/browse/WEB-2": "/browse/WEB-2", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", "": "/"} {
		rec := s.send("/person", url.Values{"person": {"ben"}, "back": {back}})
		if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != want {
			t.Errorf("%q: got %d to %q", back, rec.Code, rec.Header().Get("Location"))
		}
		s.cookie, _, _ = strings.Cut(rec.Header().Get("Set-Cookie"), ";")
	}
	if body := s.get("/browse/WEB-2").Body.String(); !strings.Contains(body, `You act as Ben`) {
		t.Error("the page does not know who acts")
	}
	s.send("/browse/WEB-2", url.Values{"op": {"comment"}, "body": {"from Ben"}})
	s.issue("WEB-2", func(i *world.JiraIssue) {
		if m := i.Comments[len(i.Comments)-1]; m.Author.Login != "ben" {
			t.Errorf("%s wrote it", m.Author.Login)
		}
	})
}

// TestLinksLeadBothWays, on this tracker and to the other.
func TestLinksLeadBothWays(t *testing.T) {
	s := newSite(t)
	s.mutate(`{"op":"link","item":"WEB-2","blocker":"CORE-7"}`)
	s.mutate(`{"op":"link","item":"WEB-2","blocker":"acme/api#7"}`)
	s.mutate(`{"op":"link","item":"acme/api#8","blocker":"WEB-2"}`)
	for path, wants := range map[string][]string{
		"/browse/WEB-2":  {`href="/browse/CORE-7"`, `href="https://github.com/acme/api/issues/7"`, `href="https://github.com/acme/api/issues/8"`, "is blocked by"},
		"/browse/CORE-7": {`href="/browse/WEB-2"`, "blocks"},
	} {
		body := s.get(path).Body.String()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: %s is missing", path, want)
			}
		}
	}
	s.mutate(`{"op":"hide","item":"CORE-7","on":true}`)
	if body := s.get("/browse/WEB-2").Body.String(); strings.Contains(body, "/browse/CORE-7") {
		t.Error("a page leads to a hidden issue")
	}
	if rec := s.get("/browse/CORE-7"); rec.Code != 404 {
		t.Errorf("got %d", rec.Code)
	}
}

// TestSearchNarrows by words, project, Sprint, category and query.
func TestSearchNarrows(t *testing.T) {
	s := newSite(t)
	s.mutate(`{"op":"title","item":"WEB-2","title":"Zebra crossing"}`)
	s.mutate(`{"op":"sprint","item":"WEB-2","sprint":"active"}`)
	sprint := ""
	s.issue("WEB-2", func(i *world.JiraIssue) { sprint = id(i.Sprint().ID) })
	for query, want := range map[string]string{
		"text=zebra":                  "1–1 of 1",
		"jql=zebra":                   "1–1 of 1", // words in the box for queries
		"text=web-2":                  "1–1 of 1",
		"text=zebra&project=WEB":      "1–1 of 1",
		"text=zebra&project=CORE":     "No issues",
		"text=zebra&sprint=" + sprint: "1–1 of 1",
		"text=zebra&category=Done":    "No issues",
		"text=zebra&flagged=1":        "No issues",
		"project=WEB&jql=" + url.QueryEscape(`summary ~ zebra ORDER BY key`): "1–1 of 1",
		"jql=" + url.QueryEscape(`order by key`):                             "1–50 of",
	} {
		rec := s.get("/issues/?" + query)
		if rec.Code != 200 || !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%s: got %d, not %q", query, rec.Code, want)
		}
	}
	if rec := s.get("/issues/?jql=" + url.QueryEscape("project = NOPE")); rec.Code != 400 || !strings.Contains(rec.Body.String(), "does not exist for the field") {
		t.Errorf("a wrong query is not told: %d", rec.Code)
	}
	if rec := s.get("/issues/?start=50&project=WEB"); !strings.Contains(rec.Body.String(), "51–") {
		t.Error("the second page does not begin with the 51st issue")
	}
}
