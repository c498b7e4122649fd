package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// GitHub's limits on what hangs together.
const (
	mostSubIssues    = 100 // of one parent, closed ones counted
	mostLevels       = 8   // of sub-issues
	mostDependencies = 50  // of one kind
)

type blockedByInput struct {
	echo
	IssueID, BlockingIssueID graphql.ID
}

type blockedByPayload struct {
	echo
	Issue, BlockingIssue *issue
}

// ends finds the two issues of a dependency. Who may edit the one that waits may make it.
func (m mutation) ends(in blockedByInput, name string) (waiting, blocking *world.GitHubIssue, err error) {
	if waiting, err = m.g.onlyIssue(in.IssueID); err != nil {
		return nil, nil, err
	}
	if blocking, err = m.g.onlyIssue(in.BlockingIssueID); err != nil {
		return nil, nil, err
	}
	return waiting, blocking, m.g.permits(waiting.Repo, name)
}

func (m mutation) AddBlockedBy(args struct{ Input blockedByInput }) (*blockedByPayload, error) {
	waiting, blocking, err := m.ends(args.Input, "AddBlockedBy")
	switch {
	case err != nil:
		return nil, err
	case waiting == blocking:
		return nil, failure("UNPROCESSABLE", "An issue cannot be blocked by itself")
	case slices.Contains(waiting.BlockedBy, blocking):
		return nil, failure("UNPROCESSABLE", "Target issue has already been taken")
	case len(waiting.BlockedBy) >= mostDependencies || len(blocking.Blocking) >= mostDependencies:
		return nil, failure("UNPROCESSABLE", "An issue can have at most %d dependencies of a kind", mostDependencies)
	}
	m.g.s.Block(waiting, blocking)
	m.g.s.Note(waiting, "link", m.g.me, blocking.Handle())
	return &blockedByPayload{args.Input.echo, &issue{m.g, waiting}, &issue{m.g, blocking}}, nil
}

func (m mutation) RemoveBlockedBy(args struct{ Input blockedByInput }) (*blockedByPayload, error) {
	waiting, blocking, err := m.ends(args.Input, "RemoveBlockedBy")
	if err != nil {
		return nil, err
	}
	if !m.g.s.Unblock(waiting, blocking) {
		return nil, failure("UNPROCESSABLE", "The issue is not blocked by the other one")
	}
	m.g.s.Note(waiting, "unlink", m.g.me, blocking.Handle())
	return &blockedByPayload{args.Input.echo, &issue{m.g, waiting}, &issue{m.g, blocking}}, nil
}

type addSubInput struct {
	echo
	IssueID       graphql.ID
	SubIssueID    *graphql.ID
	SubIssueURL   *string
	ReplaceParent *bool
}

type subIssuePayload struct {
	echo
	Issue, SubIssue *issue
}

// AddSubIssue puts an issue under another one, found by its id or its address.
func (m mutation) AddSubIssue(args struct{ Input addSubInput }) (*subIssuePayload, error) {
	in := args.Input
	parent, err := m.g.onlyIssue(in.IssueID)
	if err != nil {
		return nil, err
	}
	child, err := m.subIssue(in)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(parent.Repo, "AddSubIssue"); err != nil {
		return nil, err
	}
	if err := nestable(parent, child, in.ReplaceParent != nil && *in.ReplaceParent); err != nil {
		return nil, err
	}
	m.g.s.AddSub(parent, child)
	m.g.s.Note(parent, "sub-issue", m.g.me, child.Handle())
	return &subIssuePayload{in.echo, &issue{m.g, parent}, &issue{m.g, child}}, nil
}

func (m mutation) subIssue(in addSubInput) (*world.GitHubIssue, error) {
	if in.SubIssueID != nil {
		return m.g.onlyIssue(*in.SubIssueID)
	}
	if in.SubIssueURL != nil {
		if found, ok := root(m).Resource(struct{ URL string }{*in.SubIssueURL}).(*issue); ok {
			return found.i, nil
		}
	}
	return nil, failure("UNPROCESSABLE", "Either subIssueId or subIssueUrl must name an issue")
}

// nestable refuses families that GitHub does not allow. A nil child is one that is still to be born.
func nestable(parent, child *world.GitHubIssue, replace bool) error {
	if len(parent.Subs) >= mostSubIssues {
		return failure("UNPROCESSABLE", "Parent cannot have more than %d sub-issues", mostSubIssues)
	}
	levels := 1
	for up := parent; up != nil; up = up.Parent {
		if up == child {
			return failure("UNPROCESSABLE", "An error occurred while adding the sub-issue to the parent issue. Sub-issue can't be an ancestor of its parent")
		}
		levels++
	}
	if levels+height(child) > mostLevels+1 {
		return failure("UNPROCESSABLE", "Sub-issues cannot be nested deeper than %d levels", mostLevels)
	}
	switch {
	case child == nil:
		return nil
	case child.Parent == parent:
		return failure("UNPROCESSABLE", "An error occurred while adding the sub-issue to the parent issue. Issue may not contain duplicate sub-issues")
	case child.Parent != nil && !replace:
		return failure("UNPROCESSABLE", "An error occurred while adding the sub-issue to the parent issue. Sub issue may only have one parent")
	}
	return nil
}

// height is how many levels hang below an issue.
func height(i *world.GitHubIssue) int {
	if i == nil {
		return 0
	}
	most := 0
	for _, sub := range i.Subs {
		most = max(most, 1+height(sub))
	}
	return most
}

type subInput struct {
	echo
	IssueID, SubIssueID graphql.ID
}

func (m mutation) RemoveSubIssue(args struct{ Input subInput }) (*subIssuePayload, error) {
	parent, err := m.g.onlyIssue(args.Input.IssueID)
	if err != nil {
		return nil, err
	}
	child, err := m.g.onlyIssue(args.Input.SubIssueID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(parent.Repo, "RemoveSubIssue"); err != nil {
		return nil, err
	}
	if !m.g.s.RemoveSub(parent, child) {
		return nil, failure("UNPROCESSABLE", "The issue is not a sub-issue of the other one")
	}
	m.g.s.Note(parent, "sub-issue-removed", m.g.me, child.Handle())
	return &subIssuePayload{args.Input.echo, &issue{m.g, parent}, &issue{m.g, child}}, nil
}

type reprioritizeInput struct {
	subInput
	AfterID, BeforeID *graphql.ID
}

func (m mutation) ReprioritizeSubIssue(args struct{ Input reprioritizeInput }) (*issuePayload, error) {
	in := args.Input
	parent, err := m.g.onlyIssue(in.IssueID)
	if err != nil {
		return nil, err
	}
	child, err := m.g.onlyIssue(in.SubIssueID)
	if err != nil {
		return nil, err
	}
	beside := in.AfterID
	if beside == nil {
		beside = in.BeforeID
	}
	if beside == nil || in.AfterID != nil && in.BeforeID != nil {
		return nil, failure("UNPROCESSABLE", "Either afterId or beforeId must be given")
	}
	other, err := m.g.onlyIssue(*beside)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(parent.Repo, "ReprioritizeSubIssue"); err != nil {
		return nil, err
	}
	if !m.g.s.MoveSub(parent, child, other, in.AfterID == nil) {
		return nil, failure("UNPROCESSABLE", "Both issues must be sub-issues of the parent")
	}
	m.g.s.Note(parent, "sub-issue-moved", m.g.me, child.Handle())
	return &issuePayload{in.echo, &issue{m.g, parent}}, nil
}

type issueTypeInput struct {
	echo
	IssueID     graphql.ID
	IssueTypeID *graphql.ID
}

func (m mutation) UpdateIssueIssueType(args struct{ Input issueTypeInput }) (*issuePayload, error) {
	i, err := m.g.onlyIssue(args.Input.IssueID)
	if err != nil {
		return nil, err
	}
	kind, err := m.typeOf(args.Input.IssueTypeID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, "UpdateIssueIssueType"); err != nil {
		return nil, err
	}
	m.g.s.SetType(i, kind)
	m.g.s.Note(i, "type", m.g.me, "")
	return &issuePayload{args.Input.echo, &issue{m.g, i}}, nil
}

type unmarkInput struct {
	echo
	DuplicateID, CanonicalID graphql.ID
}

type unmarkPayload struct {
	echo
	Duplicate any
}

func (m mutation) UnmarkIssueAsDuplicate(args struct{ Input unmarkInput }) (*unmarkPayload, error) {
	i, err := m.g.issueOf(args.Input.DuplicateID)
	if err != nil {
		return nil, err
	}
	of, err := m.g.issueOf(args.Input.CanonicalID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, "UnmarkIssueAsDuplicate"); err != nil {
		return nil, err
	}
	if !m.g.s.UnmarkDuplicate(i, of, m.g.me) {
		return nil, failure("UNPROCESSABLE", "The issue is not marked as a duplicate of the other one")
	}
	m.g.s.Note(i, "unmark-duplicate", m.g.me, of.Handle())
	return &unmarkPayload{args.Input.echo, m.g.item(i)}, nil
}

// nameless texts of a colour are six hexadecimal digits.
func colorOf(text string) (string, bool) {
	text = strings.ToLower(strings.TrimPrefix(text, "#"))
	return text, len(text) == 6 && strings.Trim(text, "0123456789abcdef") == ""
}
