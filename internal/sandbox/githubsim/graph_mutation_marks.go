package githubsim

import (
	"slices"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// Labels, assignees, pins and locks.

type labelableInput struct {
	echo
	LabelableID graphql.ID
	LabelIDs    []graphql.ID
}

type labelablePayload struct {
	echo
	Labelable any
}

func (m mutation) AddLabelsToLabelable(args struct{ Input labelableInput }) (*labelablePayload, error) {
	return m.relabel(args.Input, "AddLabelsToLabelable", union)
}

func (m mutation) RemoveLabelsFromLabelable(args struct{ Input labelableInput }) (*labelablePayload, error) {
	return m.relabel(args.Input, "RemoveLabelsFromLabelable", minus[*world.Label])
}

func (m mutation) ClearLabelsFromLabelable(args struct {
	Input struct {
		echo
		LabelableID graphql.ID
	}
}) (*labelablePayload, error) {
	in := labelableInput{echo: args.Input.echo, LabelableID: args.Input.LabelableID}
	return m.relabel(in, "ClearLabelsFromLabelable", func(_, _ []*world.Label) []*world.Label { return []*world.Label{} })
}

func (m mutation) relabel(in labelableInput, name string, f func(has, given []*world.Label) []*world.Label) (*labelablePayload, error) {
	i, err := m.g.issueOf(in.LabelableID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, name); err != nil {
		return nil, err
	}
	labels, err := m.g.labelsOf(in.LabelIDs)
	if err != nil {
		return nil, err
	}
	if list := f(i.Labels, labels); !slices.Equal(list, i.Labels) {
		m.g.s.SetLabels(i, list)
		m.g.s.Note(i, "label", m.g.me, "")
	}
	return &labelablePayload{in.echo, m.g.item(i)}, nil
}

// union keeps the order of what was there.
func union[T comparable](has, more []T) []T {
	out := slices.Clone(has)
	for _, v := range more {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func minus[T comparable](has, less []T) []T {
	return slices.DeleteFunc(slices.Clone(has), func(v T) bool { return slices.Contains(less, v) })
}

type assignableInput struct {
	echo
	AssignableID graphql.ID
	AssigneeIDs  []graphql.ID
}

type assignablePayload struct {
	echo
	Assignable any
}

func (m mutation) AddAssigneesToAssignable(args struct{ Input assignableInput }) (*assignablePayload, error) {
	return m.reassign(args.Input, "AddAssigneesToAssignable", union[*world.User])
}

func (m mutation) RemoveAssigneesFromAssignable(args struct{ Input assignableInput }) (*assignablePayload, error) {
	return m.reassign(args.Input, "RemoveAssigneesFromAssignable", minus[*world.User])
}

type replaceActorsInput struct {
	echo
	AssignableID graphql.ID
	ActorIDs     []graphql.ID
	ActorLogins  []string
}

func (m mutation) ReplaceActorsForAssignable(args struct{ Input replaceActorsInput }) (*assignablePayload, error) {
	in := args.Input
	var named []*world.User
	for _, login := range in.ActorLogins {
		u := m.g.account(login)
		if u == nil {
			return nil, failure("NOT_FOUND", "Could not resolve to an Actor with the login of '%s'.", login)
		}
		named = append(named, u)
	}
	return m.reassign(assignableInput{in.echo, in.AssignableID, in.ActorIDs}, "ReplaceActorsForAssignable",
		func(_, given []*world.User) []*world.User { return union(given, named) })
}

// mostAssignees is GitHub's limit for one issue.
const mostAssignees = 10

func (m mutation) reassign(in assignableInput, name string, f func(has, given []*world.User) []*world.User) (*assignablePayload, error) {
	i, err := m.g.issueOf(in.AssignableID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, name); err != nil {
		return nil, err
	}
	users, err := m.g.usersOf(in.AssigneeIDs)
	if err != nil {
		return nil, err
	}
	list := f(i.Assignees, users)
	if len(list) > mostAssignees {
		return nil, failure("UNPROCESSABLE", "An issue can have at most %d assignees", mostAssignees)
	}
	if !slices.Equal(list, i.Assignees) {
		m.g.s.SetAssignees(i, list)
		m.g.s.Note(i, "assign", m.g.me, "")
	}
	return &assignablePayload{in.echo, m.g.item(i)}, nil
}

func (m mutation) PinIssue(args struct{ Input issueInput }) (*issuePayload, error) {
	i, err := m.g.onlyIssue(args.Input.IssueID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, "PinIssue"); err != nil {
		return nil, err
	}
	if !m.g.s.Pin(i, m.g.me) {
		return nil, failure("UNPROCESSABLE", "This issue is pinned already, or %d others are", world.MostPinned)
	}
	m.g.s.Note(i, "pin", m.g.me, "")
	return &issuePayload{args.Input.echo, &issue{m.g, i}}, nil
}

type unpinPayload struct {
	issuePayload
	ID *graphql.ID
}

func (m mutation) UnpinIssue(args struct{ Input issueInput }) (*unpinPayload, error) {
	i, err := m.g.onlyIssue(args.Input.IssueID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, "UnpinIssue"); err != nil {
		return nil, err
	}
	if !m.g.s.Unpin(i, m.g.me) {
		return nil, failure("UNPROCESSABLE", "This issue is not pinned")
	}
	m.g.s.Note(i, "unpin", m.g.me, "")
	id := opaque(pinPrefix, i.Repo.ID, i.ID)
	return &unpinPayload{issuePayload{args.Input.echo, &issue{m.g, i}}, &id}, nil
}

type lockInput struct {
	echo
	LockableID graphql.ID
	LockReason *string
}

type lockPayload struct {
	echo
	Actor        *account
	LockedRecord any
}

// restReason is GraphQL's reason as the world and REST write it.
var restReason = map[string]string{"OFF_TOPIC": "off-topic", "RESOLVED": "resolved", "SPAM": "spam", "TOO_HEATED": "too heated"}

func (m mutation) LockLockable(args struct{ Input lockInput }) (*lockPayload, error) {
	reason := ""
	if args.Input.LockReason != nil {
		reason = restReason[*args.Input.LockReason]
	}
	i, err := m.setLock(args.Input.LockableID, true, reason, "LockLockable")
	if err != nil {
		return nil, err
	}
	return &lockPayload{args.Input.echo, m.g.actor(m.g.me), m.g.item(i)}, nil
}

type unlockInput struct {
	echo
	LockableID graphql.ID
}

type unlockPayload struct {
	echo
	Actor          *account
	UnlockedRecord any
}

func (m mutation) UnlockLockable(args struct{ Input unlockInput }) (*unlockPayload, error) {
	i, err := m.setLock(args.Input.LockableID, false, "", "UnlockLockable")
	if err != nil {
		return nil, err
	}
	return &unlockPayload{args.Input.echo, m.g.actor(m.g.me), m.g.item(i)}, nil
}

func (m mutation) setLock(id graphql.ID, on bool, reason, name string) (*world.GitHubIssue, error) {
	i, err := m.g.issueOf(id)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(i.Repo, name); err != nil {
		return nil, err
	}
	if i.Locked != on {
		m.g.s.SetLock(i, on, reason)
		m.g.s.Note(i, "lock", m.g.me, reason)
	}
	return i, nil
}

type createLabelInput struct {
	echo
	RepositoryID graphql.ID
	Name, Color  string
	Description  *string
}

type labelPayload struct {
	echo
	Label *label
}

func (m mutation) CreateLabel(args struct{ Input createLabelInput }) (*labelPayload, error) {
	in := args.Input
	r, err := m.g.repoOf(in.RepositoryID)
	if err != nil {
		return nil, err
	}
	if err := m.g.permits(r, "CreateLabel"); err != nil {
		return nil, err
	}
	color, ok := colorOf(in.Color)
	switch {
	case !ok:
		return nil, failure("UNPROCESSABLE", "Color is invalid")
	case in.Name == "":
		return nil, failure("UNPROCESSABLE", "Name can't be blank")
	case r.Label(in.Name) != nil:
		return nil, failure("UNPROCESSABLE", "Name has already been taken")
	}
	about := ""
	if in.Description != nil {
		about = *in.Description
	}
	l := m.g.s.LabelIn(r, in.Name)
	m.g.s.EditLabel(r, l, in.Name, color, about, m.g.me)
	return &labelPayload{in.echo, &label{m.g, r, l}}, nil
}

type updateLabelInput struct {
	echo
	ID                       graphql.ID
	Name, Color, Description *string
}

func (m mutation) UpdateLabel(args struct{ Input updateLabelInput }) (*labelPayload, error) {
	in := args.Input
	l, ok := m.g.find(in.ID).(*label)
	if !ok {
		return nil, unresolved(in.ID)
	}
	if err := m.g.permits(l.r, "UpdateLabel"); err != nil {
		return nil, err
	}
	name, color, about := l.l.Name, l.l.Color, l.l.About
	if in.Name != nil {
		name = *in.Name
	}
	if in.Color != nil {
		if color, ok = colorOf(*in.Color); !ok {
			return nil, failure("UNPROCESSABLE", "Color is invalid")
		}
	}
	if in.Description != nil {
		about = *in.Description
	}
	if other := l.r.Label(name); other != nil && other != l.l {
		return nil, failure("UNPROCESSABLE", "Name has already been taken")
	}
	m.g.s.EditLabel(l.r, l.l, name, color, about, m.g.me)
	return &labelPayload{in.echo, l}, nil
}

func (m mutation) DeleteLabel(args struct{ Input idInput }) (*echo, error) {
	l, ok := m.g.find(args.Input.ID).(*label)
	if !ok {
		return nil, unresolved(args.Input.ID)
	}
	if err := m.g.permits(l.r, "DeleteLabel"); err != nil {
		return nil, err
	}
	m.g.s.DeleteLabel(l.r, l.l, m.g.me)
	return &args.Input.echo, nil
}
