package githubsim_test

import (
	"strings"
	"testing"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestTextsComeInTheFormAskedFor(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddComment(p.checkout, s.User("ann"), "**bold** & <script>", nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	type form struct {
		Body *string `json:"body"`
		Text string  `json:"body_text"`
		HTML string  `json:"body_html"`
	}
	const raw, text, html = "**bold** & <script>", "bold &", "<strong>bold</strong>"
	for accept, want := range map[string][3]string{
		"":                                             {raw, "", ""},
		"*/*":                                          {raw, "", ""},
		"application/json":                             {raw, "", ""},
		"application/vnd.github+json":                  {raw, "", ""},
		"application/vnd.github.v3+json":               {raw, "", ""},
		"application/vnd.github.raw+json":              {raw, "", ""},
		"application/vnd.github.text+json":             {"", text, ""},
		"application/vnd.github.v3.html":               {"", "", html},
		"application/vnd.github.html+json":             {"", "", html},
		"application/vnd.github.full+json":             {raw, text, html},
		"application/vnd.github.squirrel-girl-preview": {raw, "", ""},
		"text/html, application/vnd.github.full+json":  {raw, text, html},
	} {
		var list []form
		got := k.get("/repos/acme/api/issues/1/comments", "Accept: "+accept)
		got.into(&list)
		body := ""
		if list[0].Body != nil {
			body = *list[0].Body
		}
		if body != want[0] || !strings.HasPrefix(list[0].Text, want[1]) || !strings.Contains(list[0].HTML, want[2]) || want[2] == "" && list[0].HTML != "" || want[1] == "" && list[0].Text != "" {
			t.Errorf("%s: got %+v, want %q", accept, list[0], want)
		}
		if strings.Contains(list[0].HTML, "<script>") {
			t.Errorf("%s: what the author wrote runs: %s", accept, list[0].HTML)
		}
	}
	if got := k.get("/repos/acme/api/issues/1", "Accept: application/vnd.github.full+json"); got.header.Get("X-GitHub-Media-Type") != "github.v3; param=full; format=json" || !strings.Contains(got.body, `"body_html":"`) {
		t.Errorf("an issue in full: %s %.200s", got.header.Get("X-GitHub-Media-Type"), got.body)
	}
	talkTo(t, serve(t, p.World, githubsim.Options{})).get("/repos/acme/api/issues/1", "Accept: text/xml").wants(415, "Must accept 'application/json'")
}

func TestVersionsOfTheAPI(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	const path = "/repos/acme/api/issues/1"
	for version, selected := range map[string]string{"": "2022-11-28", "2022-11-28": "2022-11-28", "2026-03-10": "2026-03-10"} {
		got := k.get(path, "X-GitHub-Api-Version: "+version)
		if got.status != 200 || got.header.Get("X-GitHub-Api-Version-Selected") != selected {
			t.Errorf("%s: got %d %s", version, got.status, got.header.Get("X-GitHub-Api-Version-Selected"))
		}
		if singular := strings.Contains(got.body, `"assignee":`); singular != (selected == "2022-11-28") {
			t.Errorf("%s: the singular assignee is there: %v", version, singular)
		}
	}
	k.get(path, "X-GitHub-Api-Version: v3").wants(400, `The following versions are currently supported: \"2026-03-10\" (most recent), \"2022-11-28\".`)
	k.get("/versions").wants(200, `["2026-03-10","2022-11-28"]`)
	enterprise := talkTo(t, serve(t, p.World, githubsim.Options{Limit: -1}))
	enterprise.get(path, "X-GitHub-Api-Version: 2026-03-10").wants(400, `supported: \"2022-11-28\" (most recent).`)
	meta := enterprise.get("/api/v3/meta")
	meta.wants(200, `"installed_version":"3.20.0"`)
	if got := meta.header.Get("X-GitHub-Enterprise-Version"); got != "enterprise-server@3.20.0" {
		t.Errorf("server %q", got)
	}
}

func TestBrowsersMayAskWhetherTheyMayAsk(t *testing.T) {
	k := talkTo(t, serve(t, newSmall(t).World, githubsim.Options{})).as("")
	got := k.do("OPTIONS", "/repos/acme/api/issues", "", "Origin: https://elsewhere.example")
	if got.status != 204 || got.header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(got.header.Get("Access-Control-Allow-Methods"), "PATCH") {
		t.Errorf("got %d %v", got.status, got.header)
	}
}

func TestBodiesThatAreNoRequestsAreRefused(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	const comments, issues = "/repos/acme/api/issues/1/comments", "/repos/acme/api/issues"
	for _, c := range []struct {
		method, path, body, says string
		status                   int
	}{
		{"POST", comments, `{"body":`, "Problems parsing JSON", 400},
		{"POST", comments, ``, "Problems parsing JSON", 400},
		{"POST", comments, `"body"`, "Body should be a JSON object", 400},
		{"POST", comments, `{}`, `Invalid request.\n\n\"body\" wasn't supplied.`, 422},
		{"POST", comments, `{"body":7}`, `For 'properties/body', 7 is not a string.`, 422},
		{"POST", comments, `{"body":"  \n"}`, "Body cannot be blank", 422},
		{"POST", issues, `{"body":"x"}`, `\"title\" wasn't supplied.`, 422},
		{"POST", issues, `{"title":" "}`, `"code":"missing_field"`, 422},
		{"POST", issues, `{"title":"x","labels":"bug"}`, "is not an array", 422},
		{"POST", issues, `{"title":"` + strings.Repeat("x", 257) + `"}`, "title is too long (maximum is 256 characters)", 422},
		{"POST", issues, `{"title":"x","body":"` + strings.Repeat("é", 65537) + `"}`, "body is too long (maximum is 65536 characters)", 422},
		{"POST", issues, `{"title":"x","body":"` + strings.Repeat("é", 65536) + `"}`, `"number":4`, 201},
		{"POST", issues, `{"title":7}`, `"title":"7"`, 201}, // a number is a title
		{"PATCH", issues + "/1", `{"state":"done"}`, `"value":"done"`, 422},
		{"PATCH", issues + "/1", `{"state":"closed","state_reason":"bored"}`, `"field":"state_reason"`, 422},
		{"PATCH", issues + "/1", `{"milestone":99}`, `"field":"milestone"`, 422},
		{"PATCH", issues + "/1", `{"type":"Chore"}`, `"field":"type"`, 422},
		{"PATCH", issues + "/1", `{"assignees":["ann","nobody"]}`, `"value":["nobody"]`, 422},
		{"POST", "/repos/acme/api/nowhere", `{}`, "Not Found", 404},
		{"DELETE", issues + "/1", ``, "Not Found", 404}, // REST deletes no issues
	} {
		k.do(c.method, c.path, c.body).wants(c.status, c.says)
	}
	refused := k.do("POST", comments, `{}`)
	refused.wants(422, `"documentation_url":"https://docs.github.com/rest/issues/comments#create-an-issue-comment","status":"422"`)
}
