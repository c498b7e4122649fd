package githubsim

import (
	"context"
	"slices"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

// root answers the entry points of the schema.
type root struct{}

func (root) RateLimit(ctx context.Context, _ struct{ DryRun bool }) *rateLimit {
	return &graphOf(ctx).rate
}

func (root) Viewer(ctx context.Context) *account {
	g := graphOf(ctx)
	return &account{g, g.me}
}

func (root) Organization(ctx context.Context, args struct{ Login string }) (*account, error) {
	g := graphOf(ctx)
	if u := g.account(args.Login); u != nil && u.Kind == organization {
		return &account{g, u}, nil
	}
	return nil, failure("NOT_FOUND", "Could not resolve to an Organization with the login of '%s'.", args.Login)
}

func (root) User(ctx context.Context, args struct{ Login string }) (*account, error) {
	g := graphOf(ctx)
	if u := g.account(args.Login); u != nil && kindOf(u) == "User" {
		return &account{g, u}, nil
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a User with the login of '%s'.", args.Login)
}

func (root) RepositoryOwner(ctx context.Context, args struct{ Login string }) *owner {
	g := graphOf(ctx)
	if u := g.account(args.Login); u != nil && u.Kind != "Bot" {
		return &owner{&account{g, u}}
	}
	return nil
}

func (root) Repository(ctx context.Context, args struct {
	Owner, Name   string
	FollowRenames bool
}) (*repository, error) {
	return graphOf(ctx).repository(args.Owner, args.Name, args.FollowRenames)
}

// repository hides what the account may not see behind the same words as what is not there.
func (g *graph) repository(ownerName, name string, followRenames bool) (*repository, error) {
	full := ownerName + "/" + name
	r := g.s.Repo(full)
	if r == nil || r.Hidden || !followRenames && r.FullName() != full {
		return nil, failure("NOT_FOUND", "Could not resolve to a Repository with the name '%s'.", full)
	}
	return &repository{g, r}, nil
}

func (root) Node(ctx context.Context, args struct{ ID graphql.ID }) (*node, error) {
	return graphOf(ctx).node(args.ID)
}

// Nodes answers null for each id that leads nowhere, and one error each beside the others' data.
func (root) Nodes(ctx context.Context, args struct{ IDs []graphql.ID }) ([]*node, error) {
	g := graphOf(ctx)
	if len(args.IDs) > maxFirst {
		return nil, failure("ARGUMENT_LIMIT", "You may not provide more than 100 node ids; you provided %d.", len(args.IDs))
	}
	out := make([]*node, len(args.IDs))
	for i, id := range args.IDs {
		n, err := g.node(id)
		if err != nil {
			g.complain(err, "nodes", i)
			continue
		}
		out[i] = n
	}
	return out, nil
}

func (g *graph) node(id graphql.ID) (*node, error) {
	if n := g.wrap(g.s.Node(string(id))); n != nil {
		return n, nil
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a node with the global id of '%s'", id)
}

// wrap turns a thing of the world into its GraphQL type; nil for what the account may not see.
func (g *graph) wrap(thing any) *node {
	switch v := thing.(type) {
	case *world.GitHubIssue:
		if !visible(v) {
			return nil
		}
		if v.PullRequest {
			return &node{v.NodeID(), &pullRequest{issue{g, v}}}
		}
		return &node{v.NodeID(), &issue{g, v}}
	case *world.Comment:
		item, _ := g.s.Comment(world.GitHub, v.ID)
		i, ok := item.(*world.GitHubIssue)
		if !ok || !visible(i) {
			return nil
		}
		return &node{v.NodeID(), &comment{g, i, v}}
	case *world.ProjectItem:
		return &node{v.NodeID(), &projectItem{g, v}}
	case *world.GitHubProject:
		return &node{v.NodeID(), &project{g, v}}
	case *world.ProjectField:
		return &node{v.NodeID(), &projectField{g, v}}
	case *world.DraftIssue:
		return &node{v.NodeID(), &draftIssue{g, v}}
	case *world.Repo:
		if v.Hidden {
			return nil
		}
		return &node{v.NodeID(), &repository{g, v}}
	case *world.User:
		return &node{v.NodeID(), &account{g, v}}
	case *world.Label:
		if r := g.repoWith(func(r *world.Repo) bool { return slices.Contains(r.Labels, v) }); r != nil {
			return &node{v.NodeID(), &label{g, r, v}}
		}
	case *world.Milestone:
		if r := g.repoWith(func(r *world.Repo) bool { return slices.Contains(r.Stones, v) }); r != nil {
			return &node{v.NodeID(), &milestone{g, r, v}}
		}
	case *world.GitHubType:
		return &node{v.NodeID(), &issueKind{v}}
	}
	return nil
}

// repoWith finds the visible repository that owns something.
func (g *graph) repoWith(owns func(*world.Repo) bool) *world.Repo {
	for _, r := range g.s.Repos {
		if !r.Hidden && owns(r) {
			return r
		}
	}
	return nil
}
