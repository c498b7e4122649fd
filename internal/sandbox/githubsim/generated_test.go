package githubsim_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-github/v66/github"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// TestGeneratedBoardIsReadToTheEnd pages through a whole product, and every answer fits the public schema.
func TestGeneratedBoardIsReadToTheEnd(t *testing.T) {
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: func() time.Time { return today }})
	var login string
	var number, cards, issues, waiting int
	var full []string
	w.Read(func(s *world.State) {
		p := s.GitHubProjects[0]
		login, number = p.Owner, p.Number
		for _, c := range p.Items {
			if !c.Archived {
				cards++
			}
		}
		for _, r := range s.Repos {
			if r.Hidden {
				continue
			}
			full = append(full, r.FullName())
			for _, i := range r.Issues {
				if i.Hidden {
					continue
				}
				issues++
				if len(i.BlockedBy) > 0 {
					waiting++
				}
			}
		}
	})
	if cards == 0 || waiting == 0 {
		t.Fatalf("a product of %d cards and %d waiting issues proves nothing", cards, waiting)
	}
	base := serve(t, w, githubsim.Options{})
	read, blocked := 0, 0
	variables := map[string]any{"org": login, "number": number, "first": 50}
	for {
		out, _ := ask(t, base, boardQuery, variables)
		if out["errors"] != nil {
			t.Fatalf("errors: %v", out["errors"])
		}
		items := dig(out, "data", "organization", "projectV2", "items")
		for _, n := range dig(items, "nodes").([]any) {
			read++
			if total, _ := dig(n, "content", "blockedBy", "totalCount").(float64); total > 0 {
				blocked++
			}
		}
		if dig(items, "pageInfo", "hasNextPage") != true {
			break
		}
		variables["after"] = dig(items, "pageInfo", "endCursor")
	}
	if read != cards || blocked == 0 {
		t.Errorf("read %d of %d cards, %d of them wait", read, cards, blocked)
	}
	listed := 0
	c := goGitHub(t, base, false)
	for _, name := range full {
		owner, repo, _ := strings.Cut(name, "/")
		options := &github.IssueListByRepoOptions{State: "all", Sort: "updated", Direction: "asc", ListOptions: github.ListOptions{PerPage: 100}}
		for {
			page, resp, err := c.Issues.ListByRepo(context.Background(), owner, repo, options)
			if err != nil {
				t.Fatal(err)
			}
			listed += len(page)
			if resp.NextPage == 0 {
				break
			}
			options.Page = resp.NextPage
		}
	}
	if listed != issues {
		t.Errorf("listed %d of %d issues", listed, issues)
	}
}
