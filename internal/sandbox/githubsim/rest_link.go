package githubsim

import (
	"strata/internal/sandbox/world"
)

// Dependencies and sub-issues cross repositories and name issues by database id. None of these writes moves
// updated_at of any issue (recorded), which is why polling by since never sees them.

func listBlockedBy(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, seen(i.BlockedBy), c.withRepository)
}

func listBlocking(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, seen(i.Blocking), c.withRepository)
}

// maxDependencies is how many issues one issue may wait for.
const maxDependencies = 50

// addBlockedBy makes the issue of the path wait for another; the answer is the issue that waits, as recorded.
func addBlockedBy(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	var in struct {
		IssueID int64 `json:"issue_id"`
	}
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	blocker := c.s.GitHubIssue(in.IssueID)
	switch {
	case !visible(blocker) || blocker.PullRequest:
		return refused(notFound())
	case blocker == i:
		return refused(invalid(fieldError{Resource: "IssueDependency", Code: "custom", Message: "An issue cannot depend on itself"}))
	case contains(i.BlockedBy, blocker):
		return refused(invalid(fieldError{Resource: "IssueDependency", Code: "custom", Message: "Target issue has already been taken"}))
	case len(i.BlockedBy) >= maxDependencies:
		return refused(invalid(fieldError{Resource: "IssueDependency", Code: "custom", Message: "Issue cannot have more than 50 blocked by dependencies"}))
	}
	c.s.Block(i, blocker)
	c.s.Note(i, "link", c.me, "blocked by "+blocker.Handle())
	return created(c.withRepository(i), c.at.issueURL(i))
}

func removeBlockedBy(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	blocker := c.s.GitHubIssue(c.number("issue_id"))
	if !visible(blocker) || !c.s.Unblock(i, blocker) {
		return refused(notFound())
	}
	c.s.Note(i, "unlink", c.me, "blocked by "+blocker.Handle())
	return ok(c.withRepository(i))
}

func listSubIssues(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, seen(i.Subs), c.withRepository)
}

func getParent(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	if !visible(i.Parent) {
		return refused(notFound())
	}
	return ok(c.withRepository(i.Parent))
}

// maxSubIssues is how many sub-issues one issue may have, closed ones too.
const maxSubIssues = 100

type subIssueInput struct {
	ID      int64 `json:"sub_issue_id"`
	Replace bool  `json:"replace_parent"`
}

// addSubIssue answers the parent. A child has one parent; replace_parent takes it from the other.
func addSubIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	var in subIssueInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	child := c.s.GitHubIssue(in.ID)
	problem := ""
	switch {
	case !visible(child) || child.PullRequest:
		return refused(notFound())
	case child.Parent == i:
		problem = "Issue may not contain duplicate sub-issues"
	case child.Parent != nil && !in.Replace:
		problem = "Sub issue may only have one parent"
	case above(i, child):
		problem = "Sub issue may not be a parent of its own parent"
	case len(i.Subs) >= maxSubIssues:
		problem = "Parent cannot have more than 100 sub-issues"
	}
	if problem != "" {
		return refused(invalid(fieldError{Resource: "SubIssue", Code: "custom", Message: problem}))
	}
	c.s.AddSub(i, child)
	c.s.Note(i, "link", c.me, "sub-issue "+child.Handle())
	return created(c.withRepository(i), c.at.issueURL(i))
}

func removeSubIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	var in subIssueInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	child := c.s.GitHubIssue(in.ID)
	if !visible(child) || !c.s.RemoveSub(i, child) {
		return refused(notFound())
	}
	c.s.Note(i, "unlink", c.me, "sub-issue "+child.Handle())
	return ok(c.withRepository(i))
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

func contains(list []*world.GitHubIssue, i *world.GitHubIssue) bool {
	for _, o := range list {
		if o == i {
			return true
		}
	}
	return false
}
