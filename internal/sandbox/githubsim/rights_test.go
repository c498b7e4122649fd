package githubsim_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-github/v66/github"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestWhatAnAccountMayDoInARepository(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	ctx := context.Background()
	rights := func() string {
		level, _, err := c.Repositories.GetPermissionLevel(ctx, "acme", "api", "ann")
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s %s triage:%v push:%v", level.GetPermission(), level.GetRoleName(), level.User.Permissions["triage"], level.User.Permissions["push"])
	}
	for role, want := range map[string]string{
		"read": "read read triage:false push:false", "triage": "read triage triage:true push:false", "write": "write write triage:true push:true",
		"maintain": "write maintain triage:true push:true", "admin": "admin admin triage:true push:true",
	} {
		if _, err := p.Mutate(fmt.Appendf(nil, `{"op":"rights","author":"ann","role":%q}`, role)); err != nil {
			t.Fatal(err)
		}
		if got := rights(); got != want {
			t.Errorf("%s: got %s; want %s", role, got, want)
		}
	}
	if err := p.Write(func(s *world.State) error { s.User("ann").Role, p.api.Private = world.Reader, true; return nil }); err != nil {
		t.Fatal(err)
	}
	if got := rights(); got != "none none triage:false push:false" {
		t.Errorf("in a private repository: %s; want none", got)
	}
	made, _, err := c.Issues.CreateComment(ctx, "acme", "api", 1, &github.IssueComment{Body: github.String("x")})
	if err != nil || made.GetAuthorAssociation() != "MEMBER" {
		t.Errorf("association of the daemon = %s, %v; want MEMBER", made.GetAuthorAssociation(), err)
	}
	if user, _, err := c.Users.GetByID(ctx, made.User.GetID()); err != nil || user.GetLogin() != made.User.GetLogin() {
		t.Errorf("user by id = %v, %v", user, err)
	}
	asked := func() int {
		_, resp, err := c.Repositories.GetPermissionLevel(ctx, "acme", "api", "nobody")
		var refused *github.ErrorResponse
		if !errors.As(err, &refused) {
			t.Fatalf("asked for nobody: %v", err)
		}
		return resp.StatusCode
	}
	if got := asked(); got != 404 {
		t.Errorf("nobody: %d; want 404", got)
	}
	if _, err := p.Mutate([]byte(`{"op":"rights","author":"strata-bot","role":"triage"}`)); err != nil {
		t.Fatal(err)
	}
	if got := asked(); got != 403 {
		t.Errorf("without push access: %d; want 403", got)
	}
}

func TestAStakeholderIsOfNoPartOfTheOrganisation(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddComment(p.checkout, s.AddUser(&world.User{Login: "zoe", Role: world.Reader}), "/strata feedback fine", nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	list, _, err := c.Issues.ListComments(context.Background(), "acme", "api", 1, nil)
	if err != nil || len(list) == 0 || list[len(list)-1].GetAuthorAssociation() != "NONE" {
		t.Errorf("comments = %v, %v; want the last by nobody of the organisation", list, err)
	}
}
