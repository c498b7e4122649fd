package github

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
	"strata/internal/tracker"
	"strata/internal/work"
)

// say writes a comment; time has gone by.
func (b *bench) say(i *world.GitHubIssue, by *world.User, text string) (id string) {
	b.pass(time.Second)
	b.write(func(s *world.State) { id = strconv.FormatInt(s.AddComment(i, by, text, nil).ID, 10) })
	return id
}

func heardIDs(page tracker.Page) (ids []string) {
	for _, r := range page.Remarks {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestRemarksCostNoCallOfTheirOwn(t *testing.T) {
	b := open(t, 3)
	first := b.say(b.repo.Issues[0], b.person, "/strata ack")
	all, _ := read(t, b.GitHub, repoScope, "")
	want := map[string]int{"POST /graphql": 2, "GET /repos/acme/api/issues/comments": 1, "all": 3}
	if diff := cmp.Diff(b.counted(), want); diff != "" || !slices.Equal(heardIDs(all), []string{first}) {
		t.Errorf("remarks %v; requests of the first reading (-got +want):\n%s", heardIDs(all), diff)
	}
	b.pass(time.Hour)
	quiet, _ := read(t, b.GitHub, repoScope, all.Next)
	b.counted()
	quiet, _ = read(t, b.GitHub, repoScope, quiet.Next)
	want = map[string]int{"GET /repos/acme/api/issues": 1, "POST /graphql": 1, "GET /repos/acme/api/issues/comments": 1, "not modified": 2, "all": 3}
	if diff := cmp.Diff(b.counted(), want); diff != "" {
		t.Errorf("requests when nothing changed (-got +want):\n%s", diff)
	}
	second := b.say(b.repo.Issues[1], b.person, "/strata ack")
	b.pass(time.Hour)
	read(t, b.GitHub, repoScope, quiet.Next)
	calls := b.counted()
	if calls["GET /repos/acme/api/issues/comments"] != 1 || calls["POST /graphql"] > 2 {
		t.Errorf("requests after remark %s = %v; want the usual ones", second, calls)
	}
}

func TestWhatAnAppWritesIsARobots(t *testing.T) {
	b := open(t, 1)
	var app *world.User
	b.write(func(s *world.State) { app = s.AddUser(&world.User{ID: 9100, Login: "sync[bot]", Kind: "Bot"}) })
	b.say(b.repo.Issues[0], app, "/strata ack")
	b.say(b.repo.Issues[0], nil, "/strata feedback from nobody any more")
	all, _ := read(t, b.GitHub, projectScope, "")
	if len(all.Remarks) != 2 || !all.Remarks[0].Bot || all.Remarks[1].Bot || all.Remarks[1].Author != (work.Person{}) {
		t.Errorf("remarks = %+v; want an app's, and one of a deleted account", all.Remarks)
	}
	itself := &restComment{Body: "/strata ack", User: &restUser{ID: 2, Login: "sync[bot]", Type: "Bot"}} // older servers name no App
	if r, _ := itself.remark(); !r.Bot {
		t.Error("an account of type Bot counts as a person")
	}
	through := &restComment{Body: "/strata ack", User: &restUser{ID: 1, Login: "mia", Type: "User"}, App: &restApp{ID: 2}}
	if r, _ := through.remark(); !r.Bot {
		t.Error("an App wrote for a person, and the remark counts as hers")
	}
}

func TestAFormerAccountsTextIsNoRemark(t *testing.T) {
	b := open(t, 1)
	b.say(b.repo.Issues[0], b.person, "/strata ack")
	g := b.client(func(c *Config) { c.FormerAccounts = []string{b.person.Login} })
	if all, _ := read(t, g, projectScope, ""); len(all.Remarks) != 0 {
		t.Errorf("remarks = %+v; want none", all.Remarks)
	}
}

func TestAfterAStartOnlyNewRemarksAreTold(t *testing.T) {
	b := open(t, 2)
	b.say(b.repo.Issues[0], b.person, "/strata ack")
	b.pass(time.Hour)
	b.say(b.repo.Issues[0], b.person, "Thank you.") // the next reading goes back behind this one only
	kept, _ := read(t, b.GitHub, repoScope, "")
	b.pass(time.Hour)
	restarted := b.client(nil)
	news := b.say(b.repo.Issues[1], b.person, "/strata need +2")
	next, _ := read(t, restarted, repoScope, kept.Next)
	if got := heardIDs(next); !slices.Equal(got, []string{news}) || len(next.Commented) != 0 {
		t.Errorf("remarks = %v on %d items told in full; want %s, and none", got, len(next.Commented), news)
	}
}

func TestADeletedRemarkGoesWhenItsItemIsListed(t *testing.T) {
	b := open(t, 2)
	gone := b.say(b.repo.Issues[0], b.person, "/strata ack")
	kept := b.say(b.repo.Issues[0], b.person, "/strata takeaway this one")
	first, _ := read(t, b.GitHub, projectScope, "")
	b.pass(time.Hour)
	b.write(func(s *world.State) {
		id, _ := strconv.ParseInt(gone, 10, 64)
		_, c := s.Comment(world.GitHub, id)
		s.DeleteComment(b.repo.Issues[0], c, b.person)
	})
	second, _ := read(t, b.GitHub, projectScope, first.Next)
	if got := heardIDs(second); !slices.Equal(got, []string{gone, kept}) {
		t.Errorf("remarks = %v; want both: the list by time tells no deletion", got)
	}
	if _, err := b.Comments(t.Context(), refOf(b.repo.Issues[0])); err != nil {
		t.Fatal(err)
	}
	third, _ := read(t, b.GitHub, projectScope, second.Next)
	if got := heardIDs(third); !slices.Equal(got, []string{kept}) || len(third.Commented) != 2 {
		t.Errorf("remarks = %v; want %s alone", got, kept)
	}
}

func TestRightsAreAskedOfTheAccountAndNotOfTheName(t *testing.T) {
	b := open(t, 1)
	item, author := refOf(b.repo.Issues[0]), strconv.FormatInt(b.person.ID, 10)
	b.say(b.repo.Issues[0], b.person, "/strata ack")
	b.pass(time.Hour)
	b.say(b.repo.Issues[0], b.person, "Thank you.") // the next reading goes back behind this one only
	kept, _ := read(t, b.GitHub, repoScope, "")
	may := func(g *GitHub, want bool, calls int) {
		t.Helper()
		b.counted()
		got, err := g.MayEdit(t.Context(), item, author)
		if err != nil || got != want || b.counted()["all"] != calls {
			t.Errorf("MayEdit = %v, %v; want %v with %d requests", got, err, want, calls)
		}
	}
	may(b.GitHub, true, 1)

	restarted := b.client(nil)
	b.pass(time.Hour)
	read(t, restarted, repoScope, kept.Next)
	may(restarted, true, 2) // the login is asked for by id
	may(restarted, true, 1)

	// She takes another name, and somebody with fewer rights, or more, takes hers.
	b.write(func(s *world.State) {
		was := b.person.Login
		b.person.Login, b.person.Role = "mia-m", world.Reader
		s.AddUser(&world.User{ID: 9200, Login: "mia-m"})
		s.AddUser(&world.User{ID: 9201, Login: was, Role: world.Admin})
		s.AddUser(b.person)
	})
	may(restarted, false, 3)
}

func TestRightsThatGitHubDoesNotTellAreAnError(t *testing.T) {
	b := open(t, 1)
	item := refOf(b.repo.Issues[0])
	read(t, b.GitHub, repoScope, "")
	for author, want := range map[string]tracker.Kind{"9002": tracker.Rejected, "424242": tracker.NotFound, "mia": tracker.Rejected} {
		if author == "9002" {
			b.write(func(s *world.State) { s.GitHubBot.Role = world.Triager })
		}
		if got, err := b.MayEdit(t.Context(), item, author); got || tracker.KindOf(err) != want {
			t.Errorf("MayEdit of %s = %v, %v; want %s", author, got, err, want)
		}
	}
	b.fault("500", func(f *control.Fault) { f.Route = "collaborators" })
	if got, err := b.MayEdit(t.Context(), item, "9002"); got || tracker.KindOf(err) != tracker.Transient {
		t.Errorf("MayEdit = %v, %v; want transient", got, err)
	}
}

func TestEveryRoleThatMayTriageMayEdit(t *testing.T) {
	rights := func(permission, role string) restRights { return restRights{Permission: permission, Role: role} }
	var own restRights // a role of the organisation's own, on top of read
	if err := json.Unmarshal([]byte(`{"permission":"read","role_name":"keeper","user":{"id":1,"permissions":{"pull":true,"triage":true}}}`), &own); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		rights restRights
		want   bool
	}{
		{rights("admin", "admin"), true}, {rights("write", "maintain"), true}, {rights("write", "write"), true}, {rights("read", "triage"), true},
		{rights("read", "read"), false}, {rights("none", "none"), false}, {rights("write", ""), true},
		{rights("write", "release manager"), true}, {rights("read", "auditor"), false}, {restRights{}, false}, {own, true},
	} {
		if got := tc.rights.mayEdit(); got != tc.want {
			t.Errorf("%+v: may edit %v; want %v", tc.rights, got, tc.want)
		}
	}
}
