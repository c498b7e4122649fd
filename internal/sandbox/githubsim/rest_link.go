package githubsim

import (
	"slices"

	"strata/internal/sandbox/world"
)

// Dependencies and sub-issues cross repositories and name issues by database id. None of these writes moves
// updated_at of any issue (recorded), which is why polling by since never sees them.

func listBlockedBy(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, c.seen(i.BlockedBy), c.showAbroad)
}

func listBlocking(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, c.seen(i.Blocking), c.showAbroad)
}

// maxDependencies is how many issues one issue may wait for.
const maxDependencies = 50

// addBlockedBy makes the issue of the path wait for another; the answer is the issue that waits, as recorded.
func addBlockedBy(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	var in struct {
		IssueID *int64 `json:"issue_id"`
	}
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	if in.IssueID == nil {
		return refused(missing("issue_id"))
	}
	blocker := c.s.GitHubIssue(*in.IssueID)
	switch {
	case !c.shows(blocker):
		return refused(notFound())
	case blocker.PullRequest || i.PullRequest:
		return refused(unprocessable("Target issue may only be an issue"))
	case blocker == i:
		return refused(unprocessable("Target issue cannot be the same as the source issue"))
	case slices.Contains(i.BlockedBy, blocker):
		return refused(unprocessable("Target issue has already been taken"))
	case len(i.BlockedBy) >= maxDependencies:
		return refused(unprocessable("Source issue cannot have more than 50 blocked by dependencies"))
	}
	c.s.Block(i, blocker)
	c.s.Note(i, "link", c.me, "blocked by "+blocker.Handle())
	return created(c.showAbroad(i), c.at.issueURL(i))
}

func removeBlockedBy(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	blocker := c.s.GitHubIssue(c.number("issue_id"))
	if !c.shows(blocker) || !c.s.Unblock(i, blocker) {
		return refused(notFound())
	}
	c.s.Note(i, "unlink", c.me, "blocked by "+blocker.Handle())
	return ok(c.showAbroad(i))
}

func listSubIssues(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, c.seen(i.Subs), c.showAbroad)
}

func getParent(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	if !c.shows(i.Parent) {
		return refused(notFound())
	}
	return ok(c.showAbroad(i.Parent))
}

// Limits of GitHub's sub-issues: how many one issue may have, closed ones too, and how deep they may go.
const (
	maxSubIssues = 100
	maxSubLevels = 8
)

type subIssueInput struct {
	ID      *int64 `json:"sub_issue_id"`
	Replace bool   `json:"replace_parent"`
	After   *int64 `json:"after_id"`
	Before  *int64 `json:"before_id"`
}

// subIssue reads the request and finds the sub-issue that it is about.
func (c *call) subIssue() (in subIssueInput, child *world.GitHubIssue, no *reply) {
	if wrong := c.decode(&in); wrong != nil {
		return in, nil, stop(refused(wrong))
	}
	if in.ID == nil {
		return in, nil, stop(refused(missing("sub_issue_id")))
	}
	if child = c.s.GitHubIssue(*in.ID); !c.shows(child) {
		return in, nil, stop(refused(unprocessable("The provided sub-issue does not exist")))
	}
	return in, child, nil
}

// addSubIssue answers the parent. A child has one parent; replace_parent takes it from the other.
func addSubIssue(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	in, child, no := c.subIssue()
	if no != nil {
		return *no
	}
	problem := ""
	switch {
	case child.PullRequest || i.PullRequest:
		problem = "Sub issue may only be an issue"
	case child.Parent == i:
		problem = "Issue may not contain duplicate sub-issues"
	case child.Parent != nil && !in.Replace:
		problem = "Sub issue may only have one parent"
	case above(i, child):
		problem = "Sub issue may not create a circular dependency"
	case len(i.Subs) >= maxSubIssues:
		problem = "Parent cannot have more than 100 sub-issues"
	case depth(i)+levels(child, 0) > maxSubLevels:
		problem = "Sub issue may not be nested more than 8 levels deep"
	}
	if problem != "" {
		return refused(unprocessable("An error occurred while adding the sub-issue to the parent issue. %s", problem))
	}
	c.s.AddSub(i, child)
	c.s.Note(i, "link", c.me, "sub-issue "+child.Handle())
	return created(c.showAbroad(i), c.at.issueURL(i))
}

func removeSubIssue(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	_, child, no := c.subIssue()
	if no != nil {
		return *no
	}
	if !c.s.RemoveSub(i, child) {
		return refused(unprocessable("The provided sub-issue is not a sub-issue of the issue"))
	}
	c.s.Note(i, "unlink", c.me, "sub-issue "+child.Handle())
	return ok(c.showAbroad(i))
}

// moveSubIssue puts a sub-issue before or after another one of the same parent.
func moveSubIssue(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	in, child, no := c.subIssue()
	if no != nil {
		return *no
	}
	if (in.After == nil) == (in.Before == nil) {
		return refused(unprocessable("Exactly one of after_id and before_id must be given"))
	}
	id := in.Before
	if id == nil {
		id = in.After
	}
	beside := c.s.GitHubIssue(*id)
	if !c.shows(beside) || !c.s.MoveSub(i, child, beside, in.Before != nil) {
		return refused(unprocessable("Both issues must be sub-issues of the issue"))
	}
	c.s.Note(i, "edit", c.me, "sub-issue "+child.Handle())
	return ok(c.showAbroad(i))
}

// above reports whether candidate is the issue itself or stands over it.
func above(i, candidate *world.GitHubIssue) bool {
	for steps := 0; i != nil && steps < 100; i, steps = i.Parent, steps+1 {
		if i == candidate {
			return true
		}
	}
	return false
}

// depth is how many levels lie above an issue's children.
func depth(i *world.GitHubIssue) int {
	n := 0
	for ; i.Parent != nil && n < 100; i = i.Parent {
		n++
	}
	return n
}

// levels is how many levels an issue and what lies below it make.
func levels(i *world.GitHubIssue, from int) int {
	deepest := 1
	if from > maxSubLevels {
		return deepest
	}
	for _, o := range i.Subs {
		deepest = max(deepest, 1+levels(o, from+1))
	}
	return deepest
}
