package githubsim

import (
	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type pullInput struct {
	echo
	PullRequestID graphql.ID
}

type pullPayload struct {
	echo
	PullRequest *pullRequest
}

func (m mutation) ClosePullRequest(args struct{ Input pullInput }) (*pullPayload, error) {
	i, err := m.ownPull(args.Input.PullRequestID, "ClosePullRequest")
	if err != nil {
		return nil, err
	}
	if !i.Closed {
		m.g.s.CloseIssue(i, "", m.g.me)
		m.g.s.Note(i, "close", m.g.me, "")
	}
	return &pullPayload{args.Input.echo, &pullRequest{issue{m.g, i}}}, nil
}

func (m mutation) ReopenPullRequest(args struct{ Input pullInput }) (*pullPayload, error) {
	i, err := m.ownPull(args.Input.PullRequestID, "ReopenPullRequest")
	if err != nil {
		return nil, err
	}
	if !i.Merged.IsZero() {
		return nil, failure("UNPROCESSABLE", "Could not open the pull request.")
	}
	if i.Closed {
		m.g.s.ReopenIssue(i, m.g.me)
		i.StateReason = ""
		m.g.s.Note(i, "reopen", m.g.me, "")
	}
	return &pullPayload{args.Input.echo, &pullRequest{issue{m.g, i}}}, nil
}

func (m mutation) ownPull(id graphql.ID, name string) (*world.GitHubIssue, error) {
	i, err := m.g.pullOf(id)
	if err != nil {
		return nil, err
	}
	return i, m.g.permitsOwn(i.Repo, i.Author, name)
}

type updatePullInput struct {
	echo
	PullRequestID            graphql.ID
	BaseRefName, Title, Body *string
	State                    *string
	LabelIDs, AssigneeIDs    *[]graphql.ID
	ProjectIDs               []graphql.ID
	MaintainerCanModify      *bool
	MilestoneID              graphql.Optional[graphql.ID]
}

type updatePullPayload struct {
	pullPayload
	Actor *account
}

func (m mutation) UpdatePullRequest(args struct{ Input updatePullInput }) (*updatePullPayload, error) {
	in := args.Input
	i, err := m.ownPull(in.PullRequestID, "UpdatePullRequest")
	if err != nil {
		return nil, err
	}
	common := updateIssueInput{Title: in.Title, Body: in.Body, LabelIDs: in.LabelIDs, AssigneeIDs: in.AssigneeIDs, MilestoneID: in.MilestoneID}
	if err := m.change(i, common); err != nil {
		return nil, err
	}
	switch {
	case in.State == nil:
		m.g.s.Note(i, "update", m.g.me, "")
	case *in.State == "CLOSED" && !i.Closed:
		m.g.s.CloseIssue(i, "", m.g.me)
		m.g.s.Note(i, "close", m.g.me, "")
	case *in.State == "OPEN" && i.Closed && i.Merged.IsZero():
		m.g.s.ReopenIssue(i, m.g.me)
		i.StateReason = ""
		m.g.s.Note(i, "reopen", m.g.me, "")
	}
	return &updatePullPayload{pullPayload{in.echo, &pullRequest{issue{m.g, i}}}, m.g.actor(m.g.me)}, nil
}
