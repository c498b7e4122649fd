package githubsim_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shurcooL/githubv4"

	"strata/internal/sandbox/githubsim"
)

// TestGitHubV4ReadsABoard uses the real client with fragments, aliases and nullable variables.
func TestGitHubV4ReadsABoard(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	var query struct {
		Organization struct {
			ProjectV2 struct {
				Items struct {
					PageInfo struct {
						HasNextPage bool
						EndCursor   githubv4.String
					}
					Nodes []struct {
						Type    string
						Content struct {
							Typename string `graphql:"__typename"`
							Issue    struct {
								Number    int
								BlockedBy struct {
									Nodes []struct{ Number int }
								} `graphql:"blockedBy(first:10)"`
							} `graphql:"... on Issue"`
							PullRequest struct {
								PRState string `graphql:"prState: state"`
							} `graphql:"... on PullRequest"`
						}
						Status struct {
							SingleSelect struct{ Name string } `graphql:"... on ProjectV2ItemFieldSingleSelectValue"`
						} `graphql:"status: fieldValueByName(name:\"Status\")"`
					}
				} `graphql:"items(first:$first,after:$after,query:$query)"`
			} `graphql:"projectV2(number:$number)"`
		} `graphql:"organization(login:$login)"`
	}
	variables := map[string]any{
		"login": githubv4.String("acme"), "number": githubv4.Int(7), "first": githubv4.Int(2),
		"after": (*githubv4.String)(nil), "query": (*githubv4.String)(nil),
	}
	c := githubv4.NewEnterpriseClient(base+"/api/graphql", client(token))
	var got []string
	for {
		if err := c.Query(context.Background(), &query, variables); err != nil {
			t.Fatal(err)
		}
		items := query.Organization.ProjectV2.Items
		for _, n := range items.Nodes {
			line := n.Type + " " + n.Content.Typename
			switch n.Content.Typename {
			case "Issue":
				line += " " + n.Status.SingleSelect.Name
			case "PullRequest":
				line += " " + n.Content.PullRequest.PRState
			}
			got = append(got, line)
		}
		if !items.PageInfo.HasNextPage {
			break
		}
		variables["after"] = githubv4.NewString(items.PageInfo.EndCursor)
		query.Organization.ProjectV2.Items.Nodes = nil
	}
	want := []string{"ISSUE Issue In Progress", "PULL_REQUEST PullRequest OPEN", "DRAFT_ISSUE DraftIssue", "REDACTED "}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

func TestGitHubV4WritesAndHearsErrors(t *testing.T) {
	p := newSmall(t)
	c := githubv4.NewEnterpriseClient(serve(t, p.World, githubsim.Options{})+"/graphql", client(token))
	var add struct {
		AddComment struct {
			CommentEdge struct{ Node struct{ ID, Body string } }
		} `graphql:"addComment(input:$input)"`
	}
	input := githubv4.AddCommentInput{SubjectID: p.checkout.NodeID(), Body: "said"}
	if err := c.Mutate(context.Background(), &add, input, nil); err != nil || add.AddComment.CommentEdge.Node.Body != "said" {
		t.Fatalf("%+v %v", add, err)
	}
	var none struct {
		Organization struct{ Login string } `graphql:"organization(login:\"nope\")"`
	}
	if err := c.Query(context.Background(), &none, nil); err == nil || !strings.Contains(err.Error(), "Could not resolve to an Organization") {
		t.Errorf("got %v", err)
	}
}
