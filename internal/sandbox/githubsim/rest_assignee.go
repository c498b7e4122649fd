package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// assignable lists who may be assigned to issues: the people of the organisation.
func (c *call) assignable() []*world.User { return c.s.People() }

func listAssignees(c *call) reply {
	if _, no := c.repository(); no != nil {
		return *no
	}
	return paged(c, c.assignable(), c.at.user)
}

// checkAssignee answers 204 when somebody may be assigned, 404 when not.
func checkAssignee(c *call) reply {
	if _, no := c.repository(); no != nil {
		return *no
	}
	return c.checkAssignable()
}

func checkIssueAssignee(c *call) reply {
	if _, no := c.issue(); no != nil {
		return *no
	}
	return c.checkAssignable()
}

func (c *call) checkAssignable() reply {
	if slices.ContainsFunc(c.assignable(), func(u *world.User) bool { return strings.EqualFold(u.Login, c.params["login"]) }) {
		return noContent()
	}
	return refused(notFound())
}

// peopleGiven reads {"assignees":["ann"]}; logins that nobody has are left out without a word.
func (c *call) peopleGiven() ([]*world.User, *refusal) {
	var in issueWish
	if wrong := c.decode(&in); wrong != nil {
		return nil, wrong
	}
	if in.Assignees == nil && in.Assignee == nil {
		return nil, missing("assignees")
	}
	return c.assigneesOf(in), nil
}

func addAssignees(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	given, wrong := c.peopleGiven()
	if wrong != nil {
		return refused(wrong)
	}
	people := slices.Clone(i.Assignees)
	for _, u := range given {
		if !slices.Contains(people, u) && len(people) < maxAssignees {
			people = append(people, u)
		}
	}
	c.reassign(i, people)
	return created(c.showIssue(i), c.at.issueURL(i))
}

func removeAssignees(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	given, wrong := c.peopleGiven()
	if wrong != nil {
		return refused(wrong)
	}
	c.reassign(i, slices.DeleteFunc(slices.Clone(i.Assignees), func(u *world.User) bool { return slices.Contains(given, u) }))
	return ok(c.showIssue(i))
}
