package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type createIssueInput struct {
	echo
	RepositoryID             graphql.ID
	Title                    string
	Body, IssueTemplate      *string
	LabelIDs, AssigneeIDs    []graphql.ID
	ProjectIDs, ProjectV2IDs []graphql.ID
	MilestoneID, IssueTypeID *graphql.ID
	ParentIssueID            *graphql.ID
}

type issuePayload struct {
	echo
	Issue *issue
}

// CreateIssue opens an issue. Labels, assignees and milestone of those who may not edit are left out without a word.
func (m mutation) CreateIssue(args struct{ Input createIssueInput }) (*issuePayload, error) {
	g, in := m.g, args.Input
	r, err := g.repoOf(in.RepositoryID)
	if err != nil {
		return nil, err
	}
	if err := m.mayOpen(r, in); err != nil {
		return nil, err
	}
	draft := world.GitHubIssue{Title: in.Title}
	if in.Body != nil {
		draft.Body = *in.Body
	}
	if g.edits(r) {
		if err := m.furnish(&draft, in); err != nil {
			return nil, err
		}
	}
	var parent *world.GitHubIssue
	if in.ParentIssueID != nil {
		if parent, err = g.onlyIssue(*in.ParentIssueID); err != nil {
			return nil, err
		}
		if err := nestable(parent, nil, false); err != nil {
			return nil, err
		}
	}
	boards := []*world.GitHubProject{}
	for _, id := range in.ProjectV2IDs {
		p, err := m.board(id, "CreateIssue")
		if err != nil {
			return nil, err
		}
		boards = append(boards, p)
	}
	i := g.s.CreateGitHub(r, draft, g.me)
	if parent != nil {
		g.s.AddSub(parent, i)
	}
	g.s.Note(i, "create", g.me, "")
	for _, p := range boards {
		g.s.PutOnBoard(p, i, g.me)
	}
	return &issuePayload{in.echo, &issue{g, i}}, nil
}

func (m mutation) mayOpen(r *world.Repo, in createIssueInput) error {
	switch {
	case r.Archived:
		return failure("FORBIDDEN", "Repository was archived so is read-only.")
	case r.IssuesOff:
		return failure("UNPROCESSABLE", "Issues are disabled for this repo")
	case m.g.shutOut(r):
		return failure("FORBIDDEN", "%s", m.g.call.inaccessible().Message)
	}
	if wrong := m.g.call.restricted(r); wrong != nil {
		return failure("FORBIDDEN", "%s", wrong.Message)
	}
	return fits(&in.Title, in.Body)
}

// furnish gives a new issue what its input names.
func (m mutation) furnish(draft *world.GitHubIssue, in createIssueInput) error {
	var err error
	if draft.Labels, err = m.g.labelsOf(in.LabelIDs); err != nil {
		return err
	}
	if draft.Assignees, err = m.g.usersOf(in.AssigneeIDs); err != nil {
		return err
	}
	if draft.Milestone, err = m.milestoneOf(in.MilestoneID); err != nil {
		return err
	}
	draft.Type, err = m.typeOf(in.IssueTypeID)
	return err
}

// milestoneOf is nil for no id.
func (m mutation) milestoneOf(id *graphql.ID) (*world.Milestone, error) {
	if id == nil || *id == "" {
		return nil, nil //nolint:nilnil // no milestone is meant
	}
	if stone, ok := m.g.find(*id).(*milestone); ok {
		return stone.m, nil
	}
	return nil, unresolved(*id)
}

func (m mutation) typeOf(id *graphql.ID) (*world.GitHubType, error) {
	if id == nil || *id == "" {
		return nil, nil //nolint:nilnil // no type is meant
	}
	if kind, ok := m.g.find(*id).(*issueKind); ok {
		return kind.t, nil
	}
	return nil, unresolved(*id)
}

type updateIssueInput struct {
	echo
	ID                    graphql.ID
	Title, Body           *string
	State                 *string
	LabelIDs, AssigneeIDs *[]graphql.ID
	ProjectIDs            []graphql.ID
	MilestoneID           graphql.Optional[graphql.ID]
	IssueTypeID           graphql.Optional[graphql.ID]
}

type updateIssuePayload struct {
	echo
	Actor *account
	Issue *issue
}

func (m mutation) UpdateIssue(args struct{ Input updateIssueInput }) (*updateIssuePayload, error) {
	in := args.Input
	i, err := m.g.onlyIssue(in.ID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permitsOwn(i.Repo, i.Author, "UpdateIssue"); err != nil {
		return nil, err
	}
	if (in.Title != nil || in.Body != nil) && i.Author != m.g.me && !m.g.reaches(i.Repo, world.Writer) {
		return nil, m.g.incapable("UpdateIssue")
	}
	if !m.g.edits(i.Repo) { // of authors who may no more than read, these are dropped without a word
		in.LabelIDs, in.AssigneeIDs, in.MilestoneID.Given, in.IssueTypeID.Given = nil, nil, false, false
	}
	if err := m.change(i, in); err != nil {
		return nil, err
	}
	if in.IssueTypeID.Given {
		kind, err := m.typeOf(in.IssueTypeID.Value)
		if err != nil {
			return nil, err
		}
		m.g.s.SetType(i, kind)
	}
	switch {
	case in.State == nil:
		m.g.s.Note(i, "update", m.g.me, "")
	case *in.State == "CLOSED" && !i.Closed:
		m.g.s.CloseIssue(i, world.Completed, m.g.me)
		m.g.s.Note(i, "close", m.g.me, world.Completed)
	case *in.State == "OPEN" && i.Closed:
		m.g.s.ReopenIssue(i, m.g.me)
		m.g.s.Note(i, "reopen", m.g.me, "")
	}
	return &updateIssuePayload{in.echo, m.g.actor(m.g.me), &issue{m.g, i}}, nil
}

// change is what issues and pull requests have in common: title, text, labels, assignees, milestone. Nothing is changed
// unless all of it can be.
func (m mutation) change(i *world.GitHubIssue, in updateIssueInput) error {
	if err := fits(in.Title, in.Body); err != nil {
		return err
	}
	stone, err := m.milestoneOf(in.MilestoneID.Value)
	if err != nil {
		return err
	}
	labels, assignees := i.Labels, i.Assignees
	if in.LabelIDs != nil {
		if labels, err = m.g.labelsOf(*in.LabelIDs); err != nil {
			return err
		}
	}
	if in.AssigneeIDs != nil {
		if assignees, err = m.g.usersOf(*in.AssigneeIDs); err != nil {
			return err
		}
	}
	if in.Title != nil && *in.Title != i.Title {
		m.g.s.SetTitle(i, *in.Title)
	}
	if in.Body != nil && *in.Body != i.Body {
		m.g.s.EditBody(i, *in.Body, m.g.me)
	}
	if in.LabelIDs != nil {
		m.g.s.SetLabels(i, labels)
	}
	if in.AssigneeIDs != nil {
		m.g.s.SetAssignees(i, assignees)
	}
	if in.MilestoneID.Given {
		m.g.s.SetMilestone(i, stone)
	}
	return nil
}

type closeInput struct {
	echo
	IssueID          graphql.ID
	StateReason      *string
	DuplicateIssueID *graphql.ID
}

// CloseIssue closes; a duplicate names what it is a duplicate of.
func (m mutation) CloseIssue(args struct{ Input closeInput }) (*issuePayload, error) {
	in := args.Input
	i, err := m.editable(in.IssueID, "CloseIssue")
	if err != nil {
		return nil, err
	}
	reason := world.Completed
	if in.StateReason != nil {
		reason = strings.ToLower(*in.StateReason)
	}
	if in.DuplicateIssueID != nil {
		other, err := m.g.onlyIssue(*in.DuplicateIssueID)
		if err != nil {
			return nil, err
		}
		if other == i {
			return nil, failure("UNPROCESSABLE", "An issue cannot be a duplicate of itself")
		}
		if in.StateReason != nil && reason != world.Duplicate {
			return nil, failure("UNPROCESSABLE", "duplicateIssueId can only be given with the state reason DUPLICATE")
		}
		reason = world.Duplicate
		m.g.s.MarkDuplicate(i, other, m.g.me)
	}
	m.g.s.CloseIssue(i, reason, m.g.me)
	m.g.s.Note(i, "close", m.g.me, reason)
	return &issuePayload{in.echo, &issue{m.g, i}}, nil
}

// editable finds an issue that the account may change, because it may edit here or wrote it.
func (m mutation) editable(id graphql.ID, name string) (*world.GitHubIssue, error) {
	i, err := m.g.onlyIssue(id)
	if err != nil {
		return nil, err
	}
	return i, m.g.permitsOwn(i.Repo, i.Author, name)
}

type issueInput struct {
	echo
	IssueID graphql.ID
}

func (m mutation) ReopenIssue(args struct{ Input issueInput }) (*issuePayload, error) {
	i, err := m.editable(args.Input.IssueID, "ReopenIssue")
	if err != nil {
		return nil, err
	}
	if i.Closed {
		m.g.s.ReopenIssue(i, m.g.me)
		m.g.s.Note(i, "reopen", m.g.me, "")
	}
	return &issuePayload{args.Input.echo, &issue{m.g, i}}, nil
}

type deleteIssuePayload struct {
	echo
	Repository *repository
}

// DeleteIssue is for administrators.
func (m mutation) DeleteIssue(args struct{ Input issueInput }) (*deleteIssuePayload, error) {
	i, err := m.g.onlyIssue(args.Input.IssueID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, "DeleteIssue"); err != nil {
		return nil, err
	}
	if !m.g.me.Administers() {
		return nil, m.g.incapable("DeleteIssue")
	}
	r := i.Repo
	m.g.s.Note(i, "delete", m.g.me, "")
	m.g.s.DeleteGitHub(i)
	return &deleteIssuePayload{args.Input.echo, &repository{m.g, r}}, nil
}

type transferInput struct {
	echo
	IssueID, RepositoryID graphql.ID
	CreateLabelsIfMissing *bool
}

// TransferIssue moves an issue to another repository of the same owner. Labels that are missing there are lost, unless
// they shall be made.
func (m mutation) TransferIssue(args struct{ Input transferInput }) (*issuePayload, error) {
	in := args.Input
	i, err := m.g.onlyIssue(in.IssueID)
	if err != nil {
		return nil, err
	}
	to, err := m.g.repoOf(in.RepositoryID)
	if err != nil {
		return nil, err
	}
	for _, r := range []*world.Repo{i.Repo, to} {
		if err := m.g.permits(r, "TransferIssue"); err != nil {
			return nil, err
		}
	}
	if to == i.Repo || !strings.EqualFold(to.Owner, i.Repo.Owner) {
		return nil, failure("UNPROCESSABLE", "Issues can only be transferred to another repository of the same owner")
	}
	var labels []*world.Label
	for _, l := range i.Labels {
		if there := to.Label(l.Name); there != nil {
			labels = append(labels, there)
		} else if in.CreateLabelsIfMissing != nil && *in.CreateLabelsIfMissing {
			labels = append(labels, m.g.s.LabelIn(to, l.Name))
		}
	}
	if !slices.Equal(labels, i.Labels) {
		m.g.s.SetLabels(i, labels)
	}
	m.g.s.Transfer(i, to)
	m.g.s.Note(i, "transfer", m.g.me, "")
	return &issuePayload{in.echo, &issue{m.g, i}}, nil
}
