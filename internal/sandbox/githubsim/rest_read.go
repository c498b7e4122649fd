package githubsim

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

func getIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return ok(c.at.issue(i))
}

// issueSorts are the orders of REST by the name of GraphQL's.
var issueSorts = map[string]string{"": "CREATED_AT", "created": "CREATED_AT", "updated": "UPDATED_AT", "comments": "COMMENTS"}

// listIssues lists issues and pull requests, newest first unless asked otherwise. since means updated at or after.
func listIssues(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	want, wrong := c.issueFilter()
	if wrong != nil {
		return refused(wrong)
	}
	sorted := c.sort.issues(c.s, r, issueSorts[c.query.Get("sort")])
	list := make([]*world.GitHubIssue, 0, len(sorted))
	for _, i := range sorted {
		if visible(i) && want(i) {
			list = append(list, i)
		}
	}
	if c.query.Get("direction") != "asc" {
		slices.Reverse(list)
	}
	return paged(c, list, c.at.issue)
}

// issueFilter checks every parameter and refuses what GitHub refuses.
func (c *call) issueFilter() (func(*world.GitHubIssue) bool, *refusal) {
	q := c.query
	state := q.Get("state")
	if state == "" {
		state = "open"
	}
	if !slices.Contains([]string{"open", "closed", "all"}, state) {
		return nil, invalid(fieldError{Resource: "Issue", Code: "invalid", Field: "state"})
	}
	if _, known := issueSorts[q.Get("sort")]; !known {
		return nil, invalid(fieldError{Resource: "Issue", Code: "invalid", Field: "sort"})
	}
	if !slices.Contains([]string{"", "asc", "desc"}, q.Get("direction")) {
		return nil, invalid(fieldError{Resource: "Issue", Code: "invalid", Field: "direction"})
	}
	since, wrong := c.since("Issue")
	if wrong != nil {
		return nil, wrong
	}
	var labels []string
	if q.Get("labels") != "" {
		labels = strings.Split(q.Get("labels"), ",")
	}
	return func(i *world.GitHubIssue) bool {
		if state != "all" && stateWord(i.Closed) != state || i.Updated.Before(since) {
			return false
		}
		for _, name := range labels {
			if !labelled(&[]string{strings.TrimSpace(name)}, i) {
				return false
			}
		}
		return matchMilestone(i, q.Get("milestone")) && matchLogin(q.Get("creator"), i.Author) &&
			(!q.Has("assignee") || q.Get("assignee") == "none" && len(i.Assignees) == 0 || assigned(i, q.Get("assignee")))
	}, nil
}

func matchMilestone(i *world.GitHubIssue, want string) bool {
	switch want {
	case "":
		return true
	case "none":
		return i.Milestone == nil
	case "*":
		return i.Milestone != nil
	}
	return i.Milestone != nil && strconv.Itoa(i.Milestone.Number) == want
}

func matchLogin(want string, u *world.User) bool {
	return want == "" || u != nil && strings.EqualFold(u.Login, want)
}

// since reads the instant from which changes are wanted; zero when it is not given.
func (c *call) since(resource string) (time.Time, *refusal) {
	text := c.query.Get("since")
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, invalid(fieldError{Resource: resource, Code: "invalid", Field: "since"})
}

func getRepository(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	return ok(c.at.repository(r, c.sort.open(c.s, r)))
}

func listLabels(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	return paged(c, c.at.labels(r, r.Labels), same[labelJSON])
}

func listIssueLabels(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, c.at.labels(i.Repo, i.Labels), same[labelJSON])
}

// listMilestones lists the open ones unless asked otherwise.
func listMilestones(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	state := c.query.Get("state")
	if state == "" {
		state = "open"
	}
	var list []*world.Milestone
	for _, m := range r.Stones {
		if state == "all" || stateWord(m.Closed) == state {
			list = append(list, m)
		}
	}
	return paged(c, list, func(m *world.Milestone) *milestoneJSON { return c.at.milestone(r, m) })
}

func same[T any](v T) T { return v }
