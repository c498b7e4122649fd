package jirasim_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// bodies are the texts of a list of comments.
func bodies(a answer) []string {
	var out []string
	for _, c := range a.json["comments"].([]any) {
		out = append(out, path(c, "body").(string))
	}
	return out
}

func TestCommentsComeInPagesAndInTheOrderThatIsAsked(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		at := api + "/issue/" + k.created(nil) + "/comment"
		for n := range 5 {
			k.later()
			k.must(201, "POST", at, m{"body": fmt.Sprint(n)})
		}
		for query, want := range map[string]string{"": "0 1 2 3 4", "?startAt=1&maxResults=2": "1 2", "?orderBy=-created&maxResults=2": "4 3", "?orderBy=created": "0 1 2 3 4",
			"?orderBy=%2Bcreated&maxResults=1": "0", "?startAt=9": ""} {
			got := k.must(200, "GET", at+query, nil)
			if said := strings.Join(bodies(got), " "); said != want || got.json["total"] != 5.0 {
				t.Errorf("%s: got %q of %v; want %q", query, said, got.json["total"], want)
			}
		}
		if k.f == jirasim.Cloud { // Data Center publishes no such refusal
			k.must(400, "GET", at+"?orderBy=author", nil)
			k.must(400, "GET", at+"?startAt=-1", nil)
		}
	})
}

func TestASearchOnCloudCutsTheCommentsAndTellsTheTotal(t *testing.T) {
	k := converse(t, jirasim.Cloud)
	key := k.created(nil)
	if err := k.w.Write(func(s *world.State) error {
		for n := range 30 {
			s.AddComment(s.JiraIssue(key), s.User("ada"), fmt.Sprint(n), nil)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, got := k.searched("key = "+key, "comment")
	cut := path(got.json, "issues", 0, "fields", "comment")
	if n := len(path(cut, "comments").([]any)); n != 20 || path(cut, "total") != 30.0 {
		t.Errorf("search: got %d of %v", n, path(cut, "total"))
	}
	if n := len(path(k.field(key, "comment"), "comments").([]any)); n != 30 {
		t.Errorf("issue: got %d", n)
	}
}

func TestCloudTakesNoMoreThan5000Comments(t *testing.T) {
	k := converse(t, jirasim.Cloud)
	key := k.created(nil)
	if err := k.w.Write(func(s *world.State) error {
		for range 4999 {
			s.AddComment(s.JiraIssue(key), s.User("ada"), "x", nil)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k.must(201, "POST", api+"/issue/"+key+"/comment", m{"body": "the last"})
	k.refused(413, "5000 comments", "POST", api+"/issue/"+key+"/comment", m{"body": "one more"})
}

func TestARestrictedCommentIsReadByItsGroupOrRoleAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key := k.created(nil)
		at := api + "/issue/" + key + "/comment"
		secret := k.must(201, "POST", at, m{"body": "secret", "visibility": m{"type": "role", "value": "Administrators"}})
		k.must(201, "POST", at, m{"body": "team", "visibility": m{"type": "group", "value": "jira-software-users"}})
		if got := path(secret.json, "visibility", "value"); got != "Administrators" {
			t.Errorf("got %s", secret.text)
		}
		ada := k.as("ada")
		if got := strings.Join(bodies(ada.must(200, "GET", at, nil)), " "); got != "team" {
			t.Errorf("ada reads %q", got)
		}
		if got := strings.Join(bodies(k.must(200, "GET", at, nil)), " "); got != "secret team" {
			t.Errorf("the administrator reads %q", got)
		}
		ada.must(404, "GET", at+"/"+secret.json["id"].(string), nil)
		ada.must(404, "GET", api+"/comment/"+secret.json["id"].(string)+"/properties", nil)
		if n := path(ada.field(key, "comment"), "total"); n != 1.0 {
			t.Errorf("embedded: got %v", n)
		}
		ada.refused(400, "not a member", "POST", at, m{"body": "x", "visibility": m{"type": "role", "value": "Administrators"}})
		ada.refused(400, "does not exist", "POST", at, m{"body": "x", "visibility": m{"type": "role", "value": "Kings"}})
		k.must(201, "POST", at, m{"body": "empty wish", "visibility": m{}})
	})
}

func TestAnAdministratorEditsQuietlyOnCloudOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		at := api + "/issue/" + k.created(m{"assignee": k.user("ada")}) + "/comment"
		made := at + "/" + k.must(201, "POST", at, m{"body": "one"}).json["id"].(string)
		told := func() int {
			n := 0
			k.w.Read(func(s *world.State) { n = s.Tally(world.Jira).Notifications })
			return n
		}
		before := told()
		k.must(200, "PUT", made+"?notifyUsers=false", m{"body": "two"})
		if quiet := told() == before; quiet != (k.f == jirasim.Cloud) {
			t.Errorf("quiet: %v", quiet)
		}
		before = told()
		k.must(200, "PUT", made, m{"body": "three"})
		if told() == before {
			t.Error("nobody was told of an edit")
		}
		k.mutate(`{"op":"rights","author":"strata-bot","role":"write"}`)
		if k.f == jirasim.Cloud {
			k.refused(403, "discard the user notification", "PUT", made+"?notifyUsers=false", m{"body": "four"})
		}
	})
}

func TestOnlyTheirOwnCommentsAreChanged(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		at := api + "/issue/" + k.created(nil) + "/comment"
		id := k.must(201, "POST", at, m{"body": "mine"}).json["id"].(string)
		ada := k.as("ada")
		ada.refused(400, "permission to edit", "PUT", at+"/"+id, m{"body": "x"})
		ada.refused(400, "permission to delete", "DELETE", at+"/"+id, nil)
		ada.refused(403, "permission to edit", "PUT", api+"/comment/"+id+"/properties/k", m{})
		k.must(204, "DELETE", at+"/"+id, nil)
		k.refused(404, "Can not find a comment", "GET", at+"/"+id, nil)
	})
}

func TestPropertiesHaveTheirLimits(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key := k.created(nil)
		comment := k.must(201, "POST", api+"/issue/"+key+"/comment", m{"body": "x"}).json["id"].(string)
		for _, at := range []string{api + "/issue/" + key + "/properties", api + "/comment/" + comment + "/properties"} {
			k.must(404, "GET", at+"/strata.x", nil)
			k.must(201, "PUT", at+"/strata.x", `"first"`)
			k.must(200, "PUT", at+"/strata.x", `"second"`)
			if got := k.must(200, "GET", at+"/strata.x", nil); !cmp.Equal(got.json, m{"key": "strata.x", "value": "second"}) {
				t.Errorf("got %s", got.text)
			}
			if got := k.must(200, "GET", at, nil); path(got.json, "keys", 0, "key") != "strata.x" {
				t.Errorf("keys: got %s", got.text)
			}
			long := `"` + strings.Repeat("é", 32766) + `"`
			k.must(201, "PUT", at+"/long", long)
			k.must(400, "PUT", at+"/longer", `"x`+long[1:])
			k.must(400, "PUT", at+"/none", "not json")
			k.must(400, "PUT", at+"/"+url.PathEscape(strings.Repeat("k", 256)), `"v"`)
			k.must(204, "DELETE", at+"/strata.x", nil)
			k.must(404, "DELETE", at+"/strata.x", nil)
		}
		updated := k.field(key, "updated")
		k.later()
		k.must(201, "PUT", api+"/issue/"+key+"/properties/quiet", `"yes"`)
		if got := k.field(key, "updated"); got != updated {
			t.Errorf("a property moved updated: %v, %v", updated, got)
		}
		got := k.must(200, "GET", api+"/issue/"+key+"?properties=quiet&fields=summary", nil)
		if !cmp.Equal(got.json["properties"], m{"quiet": "yes"}) {
			t.Errorf("got %s", got.text)
		}
	})
}
