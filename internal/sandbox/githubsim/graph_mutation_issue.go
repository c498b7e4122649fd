package githubsim

import (
	"context"
	"strings"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

type createIssueInput struct {
	ClientMutationID *string
	RepositoryID     graphql.ID
	Title            string
	Body             *string
	LabelIDs         *[]graphql.ID
	AssigneeIDs      *[]graphql.ID
	ParentIssueID    *graphql.ID
}

func (mutation) CreateIssue(ctx context.Context, args struct{ Input createIssueInput }) (*issuePayload, error) {
	g, in := graphOf(ctx), args.Input
	r, ok := g.s.Node(string(in.RepositoryID)).(*world.Repo)
	if !ok || r.Hidden {
		return nil, failure("NOT_FOUND", "Could not resolve to a node with the global id of '%s'", in.RepositoryID)
	}
	if strings.TrimSpace(in.Title) == "" {
		return nil, failure("UNPROCESSABLE", "Title can't be blank")
	}
	draft := world.GitHubIssue{Title: in.Title}
	if in.Body != nil {
		draft.Body = g.stored(*in.Body)
	}
	for _, id := range given(in.LabelIDs) {
		if l, ok := g.s.Node(string(id)).(*world.Label); ok {
			draft.Labels = append(draft.Labels, l)
		}
	}
	for _, id := range given(in.AssigneeIDs) {
		if u, ok := g.s.Node(string(id)).(*world.User); ok {
			draft.Assignees = append(draft.Assignees, u)
		}
	}
	i := g.s.CreateGitHub(r, draft, g.me)
	g.s.Note(i, "create", g.me, "")
	if in.ParentIssueID != nil {
		parent, err := g.issueOf(*in.ParentIssueID)
		if err != nil {
			return nil, err
		}
		g.s.AddSub(parent, i)
	}
	return &issuePayload{in.ClientMutationID, &issue{g, i}}, nil
}

func given(ids *[]graphql.ID) []graphql.ID {
	if ids == nil {
		return nil
	}
	return *ids
}

type closeInput struct {
	ClientMutationID *string
	IssueID          graphql.ID
	StateReason      *string
	DuplicateIssueID *graphql.ID
}

type issuePayload struct {
	ClientMutationID *string
	Issue            *issue
}

func (mutation) CloseIssue(ctx context.Context, args struct{ Input closeInput }) (*issuePayload, error) {
	g := graphOf(ctx)
	i, err := g.issueOf(args.Input.IssueID)
	if err != nil {
		return nil, err
	}
	reason := world.Completed
	if args.Input.StateReason != nil {
		reason = strings.ToLower(*args.Input.StateReason)
	}
	if args.Input.DuplicateIssueID != nil {
		other, err := g.issueOf(*args.Input.DuplicateIssueID)
		if err != nil {
			return nil, err
		}
		reason, i.DuplicateOf = world.Duplicate, other
	}
	g.s.CloseIssue(i, reason, g.me)
	g.s.Note(i, "close", g.me, reason)
	return &issuePayload{args.Input.ClientMutationID, &issue{g, i}}, nil
}

type reopenInput struct {
	ClientMutationID *string
	IssueID          graphql.ID
}

func (mutation) ReopenIssue(ctx context.Context, args struct{ Input reopenInput }) (*issuePayload, error) {
	g := graphOf(ctx)
	i, err := g.issueOf(args.Input.IssueID)
	if err != nil {
		return nil, err
	}
	g.s.ReopenIssue(i, g.me)
	g.s.Note(i, "reopen", g.me, "")
	return &issuePayload{args.Input.ClientMutationID, &issue{g, i}}, nil
}
