package githubsim

import (
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type addCommentInput struct {
	echo
	SubjectID graphql.ID
	Body      string
}

type addCommentPayload struct {
	echo
	CommentEdge  *edge[*comment]
	TimelineEdge *edge[any]
	Subject      any
}

// AddComment comments on an issue or pull request. A locked conversation takes the words of those who may write here.
func (m mutation) AddComment(args struct{ Input addCommentInput }) (*addCommentPayload, error) {
	g := m.g
	i, err := g.issueOf(args.Input.SubjectID)
	if err != nil {
		return nil, err
	}
	if err := g.maySpeak(i); err != nil {
		return nil, err
	}
	if err := writable(args.Input.Body); err != nil {
		return nil, err
	}
	if commentCount(i) >= maxComments {
		return nil, failure("FORBIDDEN", "Commenting is disabled on issues with more than %d comments", maxComments)
	}
	c := &comment{g, i, g.s.AddComment(i, g.me, args.Input.Body, nil)}
	at := cursorAt(len(i.Comments))
	return &addCommentPayload{args.Input.echo, &edge[*comment]{at, c}, &edge[any]{at, c}, g.item(i)}, nil
}

// maySpeak refuses comments where the account may not make any.
func (g *graph) maySpeak(i *world.GitHubIssue) error {
	switch {
	case i.Repo.Archived:
		return failure("FORBIDDEN", "Repository was archived so is read-only.")
	case g.shutOut(i.Repo):
		return failure("FORBIDDEN", "%s", g.call.inaccessible().Message)
	case i.Locked && !g.call.mayTalkLocked():
		return failure("FORBIDDEN", "Unable to create comment because issue is locked.")
	}
	if wrong := g.call.restricted(i.Repo); wrong != nil {
		return failure("FORBIDDEN", "%s", wrong.Message)
	}
	return nil
}

type updateCommentInput struct {
	echo
	ID   graphql.ID
	Body string
}

type updateCommentPayload struct {
	echo
	IssueComment *comment
}

func (m mutation) UpdateIssueComment(args struct{ Input updateCommentInput }) (*updateCommentPayload, error) {
	c, err := m.own(args.Input.ID, "UpdateIssueComment")
	if err != nil {
		return nil, err
	}
	if err := writable(args.Input.Body); err != nil {
		return nil, err
	}
	m.g.s.EditComment(c.i, c.c, m.g.me, args.Input.Body, nil)
	return &updateCommentPayload{args.Input.echo, c}, nil
}

// own finds a comment that the account may change.
func (m mutation) own(id graphql.ID, name string) (*comment, error) {
	c, err := m.g.commentOf(id)
	if err != nil {
		return nil, err
	}
	return c, m.g.permitsOwn(c.i.Repo, c.c.Author, name)
}

type idInput struct {
	echo
	ID graphql.ID
}

func (m mutation) DeleteIssueComment(args struct{ Input idInput }) (*echo, error) {
	c, err := m.own(args.Input.ID, "DeleteIssueComment")
	if err != nil {
		return nil, err
	}
	m.g.s.DeleteComment(c.i, c.c, m.g.me)
	return &args.Input.echo, nil
}

type minimizeInput struct {
	echo
	SubjectID  graphql.ID
	Classifier string
}

type minimizePayload struct {
	echo
	MinimizedComment any
}

// MinimizeComment folds a comment away; the reason reads as the classifier in lower case.
func (m mutation) MinimizeComment(args struct{ Input minimizeInput }) (*minimizePayload, error) {
	c, err := m.own(args.Input.SubjectID, "MinimizeComment")
	if err != nil {
		return nil, err
	}
	m.g.s.Minimise(c.i, c.c, strings.ReplaceAll(strings.ToLower(args.Input.Classifier), "_", "-"), m.g.me)
	return &minimizePayload{args.Input.echo, c}, nil
}

type subjectInput struct {
	echo
	SubjectID graphql.ID
}

type unminimizePayload struct {
	echo
	UnminimizedComment any
}

func (m mutation) UnminimizeComment(args struct{ Input subjectInput }) (*unminimizePayload, error) {
	c, err := m.own(args.Input.SubjectID, "UnminimizeComment")
	if err != nil {
		return nil, err
	}
	m.g.s.Minimise(c.i, c.c, "", m.g.me)
	return &unminimizePayload{args.Input.echo, c}, nil
}

type reactInput struct {
	echo
	SubjectID graphql.ID
	Content   string
}

type reactPayload struct {
	echo
	Reaction       *reaction
	ReactionGroups []*reactionGroup
	Subject        any
}

// reacts finds what can be reacted to.
func (m mutation) reacts(id graphql.ID) (reactable, error) {
	switch thing := m.g.find(id).(type) {
	case *issue:
		return thing.reactable(), nil
	case *pullRequest:
		return thing.reactable(), nil
	case *comment:
		return thing.reactable(), nil
	}
	return reactable{}, unresolved(id)
}

func (m mutation) AddReaction(args struct{ Input reactInput }) (*reactPayload, error) {
	on, err := m.reacts(args.Input.SubjectID)
	if err != nil {
		return nil, err
	}
	if err := m.g.maySpeak(on.i); err != nil {
		return nil, err
	}
	r, _ := m.g.s.React(on.i, on.c, m.g.me, feelingOf(args.Input.Content))
	return &reactPayload{args.Input.echo, &reaction{on, r}, on.groups(), on.subject()}, nil
}

func (m mutation) RemoveReaction(args struct{ Input reactInput }) (*reactPayload, error) {
	on, err := m.reacts(args.Input.SubjectID)
	if err != nil {
		return nil, err
	}
	for _, r := range m.g.s.Reactions(on.i, on.c) {
		if r.By == m.g.me && r.Content == feelingOf(args.Input.Content) {
			m.g.s.Unreact(on.i, on.c, r.ID, m.g.me)
			return &reactPayload{args.Input.echo, &reaction{on, r}, on.groups(), on.subject()}, nil
		}
	}
	return nil, failure("UNPROCESSABLE", "Could not remove reaction: you have not reacted with %s", args.Input.Content)
}
