package githubsim_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// newPages is the small product with a reader and a comment of each.
func newPages(t *testing.T) (p *small, base string, said, hers *world.Comment) {
	t.Helper()
	p = newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddUser(&world.User{Login: "bob"})
		zoe := s.AddUser(&world.User{Login: "zoe", Role: world.Reader})
		s.AddUser(&world.User{Login: "gone", Inactive: true})
		said, hers = s.AddComment(p.schema, p.schema.Author, "First", nil), s.AddComment(p.schema, zoe, "Hers", nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return p, serve(t, p.World, githubsim.Options{}), said, hers
}

// TestEveryFormDoesWhatItSays presses everything on an issue's page, one after the other, and looks at the world.
func TestEveryFormDoesWhatItSays(t *testing.T) {
	p, base, said, hers := newPages(t)
	schema, at := p.schema, base+"/acme/api/issues/2"
	label, milestone, bug := p.api.Labels[0], p.api.Stones[0], p.checkout.Type
	for _, c := range []struct {
		what  string
		form  url.Values
		holds func() bool
	}{
		{"close as completed", url.Values{"do": {"close"}, "reason": {"completed"}}, func() bool { return schema.Closed && schema.StateReason == world.Completed }},
		{"reopen", url.Values{"do": {"reopen"}}, func() bool { return !schema.Closed && schema.StateReason == world.Reopened }},
		{"close as not planned", url.Values{"do": {"close"}, "reason": {"not_planned"}}, func() bool { return schema.Closed && schema.StateReason == world.NotPlanned }},
		{"reopen again", url.Values{"do": {"reopen"}}, func() bool { return !schema.Closed }},
		{"close as duplicate", url.Values{"do": {"close"}, "reason": {"duplicate"}, "of": {"acme/web#1"}}, func() bool { return schema.StateReason == world.Duplicate && schema.DuplicateOf == p.dropped }},
		{"reopen a duplicate", url.Values{"do": {"reopen"}}, func() bool { return !schema.Closed }},
		{"edit", url.Values{"do": {"edit"}, "title": {" New title "}, "body": {"one\r\ntwo"}}, func() bool { return schema.Title == "New title" && schema.Body == "one\ntwo" }},
		{"set marks", url.Values{"do": {"marks"}, "label": {label.NodeID()}, "assignee": {schema.Author.NodeID()}, "milestone": {milestone.NodeID()}, "type": {bug.NodeID()}}, func() bool {
			return slices.Contains(schema.Labels, label) && slices.Contains(schema.Assignees, schema.Author) && schema.Milestone == milestone && schema.Type == bug
		}},
		{"clear marks", url.Values{"do": {"marks"}, "milestone": {""}, "type": {""}}, func() bool {
			return len(schema.Labels)+len(schema.Assignees) == 0 && schema.Milestone == nil && schema.Type == nil
		}},
		{"lock", url.Values{"do": {"lock"}, "reason": {"TOO_HEATED"}}, func() bool { return schema.Locked && schema.LockReason == "too heated" }},
		{"unlock", url.Values{"do": {"lock"}}, func() bool { return !schema.Locked }},
		{"wait", url.Values{"do": {"block"}, "blocker": {"#1"}}, func() bool { return slices.Contains(schema.BlockedBy, p.checkout) }},
		{"no longer wait", url.Values{"do": {"unblock"}, "blocker": {"acme/api#1"}}, func() bool { return len(schema.BlockedBy) == 0 }},
		{"no longer block", url.Values{"do": {"unblock"}, "end": {"blocks"}, "blocker": {"1"}}, func() bool { return !slices.Contains(p.checkout.BlockedBy, schema) }},
		{"take a sub-issue", url.Values{"do": {"sub"}, "sub": {"https://github.com/acme/web/issues/1"}}, func() bool { return p.dropped.Parent == schema }},
		{"let a sub-issue go", url.Values{"do": {"unsub"}, "sub": {"acme/web#1"}}, func() bool { return p.dropped.Parent == nil }},
		{"edit a comment", url.Values{"do": {"edit-comment"}, "comment": {said.NodeID()}, "body": {"Second"}}, func() bool { return said.Body == "Second" }},
		{"hide a comment", url.Values{"do": {"minimize"}, "comment": {hers.NodeID()}, "reason": {"OFF_TOPIC"}}, func() bool { return hers.Minimised == "off-topic" }},
		{"show a comment", url.Values{"do": {"minimize"}, "comment": {hers.NodeID()}}, func() bool { return hers.Minimised == "" }},
		{"delete a comment", url.Values{"do": {"delete-comment"}, "comment": {said.NodeID()}}, func() bool { return !slices.Contains(schema.Comments, said) }},
		{"comment", url.Values{"do": {"comment"}, "body": {"Third\r\n"}}, func() bool { return last(schema).Body == "Third\n" && last(schema).Author.Login == "bob" }},
		{"comment as another", url.Values{"do": {"comment"}, "body": {"Fourth"}, "as": {"zoe"}}, func() bool { return last(schema).Author.Login == "zoe" }},
	} {
		status, body, to := press(t, at, "bob", c.form)
		if status != http.StatusSeeOther || !strings.HasPrefix(to, "/acme/api/issues/2") {
			t.Fatalf("%s: %d leads to %q\n%s", c.what, status, to, body)
		}
		held := false
		p.Read(func(*world.State) { held = c.holds() })
		if !held {
			t.Errorf("%s: not so", c.what)
		}
		if status, _, _ := page(t, base+to); status != http.StatusOK {
			t.Errorf("%s: the page answers %d afterwards", c.what, status)
		}
	}
	_, body, _ := page(t, at)
	shows(t, body, "closed this as completed", "closed this as duplicate", "reopened this", "locked the conversation", "changed the title from “Schema” to “New title”",
		"made this wait for", "added the sub-issue", "deleted a comment", "added the label team-web", "put this under March", "Third")
}

func last(i *world.GitHubIssue) *world.Comment { return i.Comments[len(i.Comments)-1] }

// TestAFormThatCannotBeDoneSaysWhy sends what no page offers.
func TestAFormThatCannotBeDoneSaysWhy(t *testing.T) {
	p, base, said, hers := newPages(t)
	for _, c := range []struct {
		person, path string
		form         url.Values
		status       int
		says         string
	}{
		{"ann", "/acme/api/issues/2", url.Values{"do": {"explode"}}, 422, "asks for &#34;explode&#34;"},
		{"ann", "/acme/api/issues/2", url.Values{}, 422, "nothing that can be done"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"close"}, "reason": {"tired"}}, 422, "not as &#34;tired&#34;"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"close"}, "reason": {"duplicate"}, "of": {"#77"}}, 404, "nothing named &#34;#77&#34;"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"close"}, "reason": {"duplicate"}, "of": {"#2"}}, 422, "duplicate"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"block"}, "blocker": {"#2"}}, 422, ""},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"block"}, "blocker": {"acme/secret#1"}}, 404, ""},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"unblock"}, "blocker": {"#1"}}, 422, "does not wait for acme/api#1"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"edit"}, "title": {"  "}, "body": {""}}, 422, "itle"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"comment"}, "body": {" \n"}}, 422, "Body"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"comment"}, "body": {strings.Repeat("x", 65537)}}, 422, "65536"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"comment"}, "body": {"x"}, "as": {"gone"}}, 422, "nobody here"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"comment"}, "body": {"x"}, "as": {"strata-bot"}}, 422, "nobody here"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"minimize"}, "comment": {hers.NodeID()}, "reason": {"BORING"}}, 422, "BORING"},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"delete-comment"}, "comment": {"IC_none"}}, 404, ""},
		{"ann", "/acme/api/issues/2", url.Values{"do": {"marks"}, "label": {"LA_none"}}, 404, ""},
		{"ann", "/acme/api/issues/99", url.Values{"do": {"close"}}, 404, "no such issue"},
		{"ann", "/acme/none/issues/1", url.Values{"do": {"close"}}, 404, "no such repository"},
		{"ann", "/acme/secret/issues/1", url.Values{"do": {"close"}, "reason": {"completed"}}, 404, ""},
		{"zoe", "/acme/api/issues/2", url.Values{"do": {"close"}, "reason": {"completed"}}, 403, "zoe does not have the correct permissions"},
		{"zoe", "/acme/api/issues/2", url.Values{"do": {"edit"}, "title": {"x"}, "body": {""}}, 403, "permissions"},
		{"zoe", "/acme/api/issues/2", url.Values{"do": {"lock"}}, 403, "permissions"},
		{"zoe", "/acme/api/issues/2", url.Values{"do": {"block"}, "blocker": {"#1"}}, 403, "permissions"},
		{"zoe", "/acme/api/issues/2", url.Values{"do": {"edit-comment"}, "comment": {said.NodeID()}, "body": {"x"}}, 403, "permissions"},
		{"zoe", "/acme/api/issues/2", url.Values{"do": {"delete-comment"}, "comment": {said.NodeID()}}, 403, "permissions"},
		{"zoe", "/acme/api/issues/1", url.Values{"do": {"cells"}, "card": {p.checkout.Items[0].NodeID()}, "board": {p.board.NodeID()}, "field-" + p.board.Field("Team").NodeID(): {"x"}}, 403, "permissions"},
	} {
		before := digest(p)
		status, body, _ := press(t, base+c.path, c.person, c.form)
		if status != c.status || !strings.Contains(body, c.says) || !strings.Contains(body, "That was not done") {
			t.Errorf("%s at %s sends %v: %d, want %d and %q\n%s", c.person, c.path, c.form.Get("do"), status, c.status, c.says, body)
		}
		if digest(p) != before {
			t.Errorf("%s at %s sends %v, is refused, and something has changed", c.person, c.path, c.form.Get("do"))
		}
	}
	if status, _, _ := press(t, base+"/acme/api/issues/2", "zoe", url.Values{"do": {"edit-comment"}, "comment": {hers.NodeID()}, "body": {"Mine"}}); status != http.StatusSeeOther {
		t.Errorf("a reader's own comment cannot be edited: %d", status)
	}
}

// digest is what the forms could change.
func digest(p *small) string {
	var out strings.Builder
	p.Read(func(s *world.State) {
		for _, r := range s.Repos {
			for _, i := range r.Issues {
				fmt.Fprint(&out, i.Title, i.Body, i.Closed, i.Locked, len(i.BlockedBy), len(i.Labels), i.Updated.Format(time.RFC3339Nano), ";")
				for _, c := range i.Comments {
					fmt.Fprint(&out, c.Body, c.Minimised, ";")
				}
			}
		}
	})
	return out.String()
}

// TestFormsOfOtherSitesAreRefused: a page elsewhere cannot press anything here.
func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	p, base, _, _ := newPages(t)
	form := url.Values{"do": {"close"}, "reason": {"completed"}}
	for _, header := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
	} {
		for _, path := range []string{"/acme/api/issues/2", "/acme/api/issues", "/orgs/acme/projects/7", "/person"} {
			if status, _, _ := browse(t, http.MethodPost, base+path, form, header); status != http.StatusForbidden {
				t.Errorf("%v at %s: %d", header, path, status)
			}
		}
	}
	if p.schema.Closed {
		t.Error("another site closed an issue")
	}
	if status, _, _ := browse(t, http.MethodPost, base+"/acme/api/issues/2", form, map[string]string{"Origin": base}); status != http.StatusSeeOther || !p.schema.Closed {
		t.Errorf("the page's own form: %d", status)
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch} {
		if status, _, _ := browse(t, method, base+"/acme/api/issues/2", form, nil); status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, status)
		}
	}
}

func TestAPersonOpensAnIssue(t *testing.T) {
	p, base, _, _ := newPages(t)
	status, _, to := press(t, base+"/acme/api/issues", "zoe", url.Values{"title": {"From a form"}, "body": {"a\r\nb"}})
	if status != http.StatusSeeOther {
		t.Fatalf("answers %d", status)
	}
	_, body, _ := page(t, base+to, "sandbox_person=zoe")
	shows(t, body, "From a form", `value="close"`, "?edit=text#text")
	_, body, _ = page(t, base+to+"?edit=text", "sandbox_person=zoe")
	shows(t, body, "<textarea name=\"body\" rows=\"14\">\na\nb</textarea>")
	if status, body, _ := press(t, base+"/acme/api/issues", "ann", url.Values{"title": {" "}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "itle") {
		t.Errorf("an issue without a title: %d %s", status, body)
	}
	if err := p.Write(func(*world.State) error { p.api.Archived = true; return nil }); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := press(t, base+"/acme/api/issues", "ann", url.Values{"title": {"x"}}); status < 400 {
		t.Errorf("an archived repository takes an issue: %d", status)
	}
	if _, body, _ := page(t, base+"/acme/api/issues/2"); strings.Contains(body, `value="comment"`) || strings.Contains(body, `value="close"`) {
		t.Error("an issue of an archived repository offers forms")
	}
}

func TestALockedConversationIsForThoseWhoMayWrite(t *testing.T) {
	p, base, _, _ := newPages(t)
	if err := p.Write(func(s *world.State) error { p.schema.Locked, p.schema.LockReason = true, "spam"; return nil }); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"do": {"comment"}, "body": {"x"}}
	if status, _, _ := press(t, base+"/acme/api/issues/2", "zoe", form); status != http.StatusForbidden {
		t.Errorf("a reader: %d", status)
	}
	if status, _, _ := press(t, base+"/acme/api/issues/2", "ann", form); status != http.StatusSeeOther {
		t.Errorf("a writer: %d", status)
	}
	if _, body, _ := page(t, base+"/acme/api/issues/2", "sandbox_person=zoe"); strings.Contains(body, `value="comment"`) || !strings.Contains(body, "locked: spam") {
		t.Error("a reader is offered a comment on a locked issue")
	}
}
