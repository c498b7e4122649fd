package githubsim

import (
	"context"
	"strings"
	"unicode/utf8"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

// mutation answers the writes of the schema. The whole request holds the world alone.
type mutation struct{}

type addCommentInput struct {
	ClientMutationID *string
	SubjectID        graphql.ID
	Body             string
}

type addCommentPayload struct {
	ClientMutationID *string
	CommentEdge      *edge[comment]
	Subject          *node
}

func (mutation) AddComment(ctx context.Context, args struct{ Input addCommentInput }) (*addCommentPayload, error) {
	g := graphOf(ctx)
	i, err := g.issueOf(args.Input.SubjectID)
	if err != nil {
		return nil, err
	}
	if i.Locked {
		return nil, failure("FORBIDDEN", "Unable to create comment because issue is locked.")
	}
	if err := writable(i, args.Input.Body); err != nil {
		return nil, err
	}
	c := g.s.AddComment(i, g.me, g.stored(args.Input.Body), nil)
	return &addCommentPayload{args.Input.ClientMutationID, &edge[comment]{cursorAt(len(i.Comments)), &comment{g, i, c}}, g.wrap(i)}, nil
}

type updateCommentInput struct {
	ClientMutationID *string
	ID               graphql.ID
	Body             string
}

type updateCommentPayload struct {
	ClientMutationID *string
	IssueComment     *comment
}

func (mutation) UpdateIssueComment(ctx context.Context, args struct{ Input updateCommentInput }) (*updateCommentPayload, error) {
	g := graphOf(ctx)
	c, err := g.commentOf(args.Input.ID)
	if err != nil {
		return nil, err
	}
	if err := writable(c.i, args.Input.Body); err != nil {
		return nil, err
	}
	g.s.EditComment(c.i, c.c, g.me, g.stored(args.Input.Body), nil)
	return &updateCommentPayload{args.Input.ClientMutationID, c}, nil
}

type deleteCommentInput struct {
	ClientMutationID *string
	ID               graphql.ID
}

type bareInput struct {
	ClientMutationID *string
	SubjectID        graphql.ID
}

type deleteCommentPayload struct{ ClientMutationID *string }

func (mutation) DeleteIssueComment(ctx context.Context, args struct{ Input deleteCommentInput }) (*deleteCommentPayload, error) {
	g := graphOf(ctx)
	c, err := g.commentOf(args.Input.ID)
	if err != nil {
		return nil, err
	}
	g.s.DeleteComment(c.i, c.c, g.me)
	return &deleteCommentPayload{args.Input.ClientMutationID}, nil
}

type minimizeInput struct {
	ClientMutationID *string
	SubjectID        graphql.ID
	Classifier       string
}

type minimizePayload struct {
	ClientMutationID *string
	MinimizedComment *minimizable
}

// MinimizeComment folds a comment away; the reason reads as the classifier in lower case.
func (mutation) MinimizeComment(ctx context.Context, args struct{ Input minimizeInput }) (*minimizePayload, error) {
	g := graphOf(ctx)
	c, err := g.commentOf(args.Input.SubjectID)
	if err != nil {
		return nil, err
	}
	reason := strings.ReplaceAll(strings.ToLower(args.Input.Classifier), "_", "-")
	g.s.Minimise(c.i, c.c, reason, g.me)
	return &minimizePayload{args.Input.ClientMutationID, &minimizable{c}}, nil
}

type unminimizePayload struct {
	ClientMutationID   *string
	UnminimizedComment *minimizable
}

func (mutation) UnminimizeComment(ctx context.Context, args struct{ Input bareInput }) (*unminimizePayload, error) {
	g := graphOf(ctx)
	c, err := g.commentOf(args.Input.SubjectID)
	if err != nil {
		return nil, err
	}
	g.s.Minimise(c.i, c.c, "", g.me)
	return &unminimizePayload{args.Input.ClientMutationID, &minimizable{c}}, nil
}

// issueOf resolves the subject of a write: an issue, or a pull request as one.
func (g *graph) issueOf(id graphql.ID) (*world.GitHubIssue, error) {
	if i, ok := g.s.Node(string(id)).(*world.GitHubIssue); ok && visible(i) {
		return i, nil
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a node with the global id of '%s'", id)
}

func (g *graph) commentOf(id graphql.ID) (*comment, error) {
	if n := g.wrap(g.s.Node(string(id))); n != nil {
		if c, ok := n.thing.(*comment); ok {
			return c, nil
		}
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a node with the global id of '%s'", id)
}

// writable refuses texts and places that REST refuses too.
func writable(i *world.GitHubIssue, body string) error {
	switch {
	case i.Repo.Archived:
		return failure("FORBIDDEN", "Repository was archived so is read-only.")
	case strings.TrimSpace(body) == "":
		return failure("UNPROCESSABLE", "Body can't be blank")
	case utf8.RuneCountInString(body) > maxBody:
		return failure("UNPROCESSABLE", "Body is too long (maximum is %d characters)", maxBody)
	}
	return nil
}
