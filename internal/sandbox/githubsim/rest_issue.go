package githubsim

import (
	"slices"

	"strata/internal/sandbox/world"
)

func createIssue(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	if r.IssuesOff {
		return refused(noIssues())
	}
	var in issueWish
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	title, given := in.title()
	if !given {
		return refused(missing("title"))
	}
	if wrong := c.checkIssue(r, in); wrong != nil {
		return refused(wrong)
	}
	if wrong := c.restricted(r); wrong != nil {
		return refused(wrong)
	}
	draft := world.GitHubIssue{Title: title}
	if in.Body != nil {
		draft.Body = *in.Body
	}
	if c.reaches(world.Triager) { // of others these are dropped without a word
		draft.Labels, draft.Assignees = c.labelsOf(r, in.Labels), c.assigneesOf(in)
		draft.Milestone, _ = c.milestoneOf(r, in.Milestone)
		if in.Type != nil {
			draft.Type = c.typeNamed(*in.Type)
		}
	}
	i := c.s.CreateGitHub(r, draft, c.me)
	c.s.Note(i, "create", c.me, "")
	return created(c.showIssue(i), c.at.issueURL(i))
}

// editIssue changes an issue as a person does: close, reopen, rename, label, assign. Its author may close it and
// change its texts; for the rest one must be a collaborator, and what one may not is dropped without a word.
func editIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	var in issueWish
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	if wrong := c.checkIssue(i.Repo, in); wrong != nil {
		return refused(wrong)
	}
	author := i.Author == c.me && c.me != nil
	_, titled := in.title()
	if (titled || in.Body != nil) && !author && !c.reaches(world.Writer) || !author && !c.reaches(world.Triager) {
		return refused(needAdmin())
	}
	c.setTexts(i, in)
	if c.reaches(world.Triager) {
		c.setMarks(i, in)
	}
	c.setState(i, in)
	return dated(c.showIssue(i), i.Updated)
}

func (c *call) setTexts(i *world.GitHubIssue, in issueWish) {
	title, titled := in.title()
	titled = titled && title != i.Title
	if titled {
		c.s.SetTitle(i, title)
	}
	told := titled
	if in.Body != nil {
		if body := *in.Body; body != i.Body {
			c.s.SetBody(i, body)
			told = true
		}
	}
	if told {
		c.s.Note(i, "edit", c.me, "")
	}
}

func (c *call) setMarks(i *world.GitHubIssue, in issueWish) {
	if in.Labels != nil {
		c.relabel(i, c.labelsOf(i.Repo, in.Labels))
	}
	if in.Assignees != nil || c.has("assignee") {
		c.reassign(i, c.assigneesOf(in))
	}
	if m, _ := c.milestoneOf(i.Repo, in.Milestone); c.has("milestone") && m != i.Milestone {
		c.s.SetMilestone(i, m)
		c.s.Note(i, "edit", c.me, "milestone")
	}
	if !c.has("type") {
		return
	}
	var kind *world.GitHubType
	if in.Type != nil && *in.Type != "" {
		kind = c.typeNamed(*in.Type)
	}
	if kind != i.Type {
		c.s.SetType(i, kind)
		c.s.Note(i, "edit", c.me, "type")
	}
}

// relabel and reassign leave an issue alone that is so already.
func (c *call) relabel(i *world.GitHubIssue, labels []*world.Label) {
	if !slices.Equal(i.Labels, labels) {
		c.s.SetLabels(i, labels)
		c.s.Note(i, "edit", c.me, "labels")
	}
}

func (c *call) reassign(i *world.GitHubIssue, people []*world.User) {
	if !slices.Equal(i.Assignees, people) {
		c.s.SetAssignees(i, people)
		c.s.Note(i, "edit", c.me, "assignees")
	}
}

// setState closes or reopens; closing without a reason means completed.
func (c *call) setState(i *world.GitHubIssue, in issueWish) {
	if in.State == nil {
		return
	}
	reason := world.Completed
	if in.StateReason != nil && *in.StateReason != world.Reopened {
		reason = *in.StateReason
	}
	switch {
	case *in.State == "closed" && (!i.Closed || in.StateReason != nil && reason != i.StateReason):
		c.s.CloseIssue(i, reason, c.me)
		c.s.Note(i, "close", c.me, reason)
	case *in.State == "open" && i.Closed:
		c.s.ReopenIssue(i, c.me)
		c.s.Note(i, "reopen", c.me, "")
	}
}
