package githubsim

import (
	"net/url"
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
	return dated(c.showIssue(i), i.Updated)
}

// issueSorts are the orders of REST by the name of GraphQL's.
var issueSorts = map[string]string{"": "CREATED_AT", "created": "CREATED_AT", "updated": "UPDATED_AT", "comments": "COMMENTS"}

// listIssues lists issues and pull requests, newest first unless asked otherwise. since means updated at or after.
func listIssues(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	if r.IssuesOff {
		return refused(noIssues())
	}
	want, wrong := c.issueFilter(r)
	if wrong != nil {
		return refused(wrong)
	}
	field := issueSorts[c.query.Get("sort")]
	list := c.sort.changed(c.s, r, field, want.name, want.since, want.keeps)
	return pagedIssues(c, list, field)
}

// issueFilter is what a list of issues shall hold. Filters of one name keep the same.
type issueFilter struct {
	name  string
	since time.Time // zero: whenever they were updated
	keeps func(*world.GitHubIssue) bool
}

// issueQuery are the parameters that choose issues; the others order and cut.
var issueQuery = []string{"state", "since", "labels", "assignee", "creator", "mentioned", "milestone", "type"}

// issueFilter checks every parameter and refuses what GitHub refuses. Of a list that crosses repositories (r nil) the
// milestone means nothing.
func (c *call) issueFilter(r *world.Repo) (issueFilter, *refusal) {
	q := c.query
	for field, known := range map[string][]string{"state": {"", "open", "closed", "all"}, "sort": {"", "created", "updated", "comments"}, "direction": {"", "asc", "desc"}} {
		if !slices.Contains(known, q.Get(field)) {
			return issueFilter{}, wrongValue("Issue", field, q.Get(field))
		}
	}
	since, wrong := c.since()
	if wrong != nil {
		return issueFilter{}, wrong
	}
	tests := []func(*world.GitHubIssue) bool{c.stateTest(), c.labelsTest(), c.peopleTest()}
	if !since.IsZero() {
		tests = append(tests, func(i *world.GitHubIssue) bool { return !i.Updated.Before(since) })
	}
	for _, test := range []func(*world.Repo) (func(*world.GitHubIssue) bool, *refusal){c.milestoneTest, c.typeTest, c.knownPeople} {
		keeps, wrong := test(r)
		if wrong != nil {
			return issueFilter{}, wrong
		}
		tests = append(tests, keeps)
	}
	name := url.Values{}
	for _, field := range issueQuery {
		if q.Get(field) != "" {
			name.Set(field, q.Get(field))
		}
	}
	return issueFilter{name.Encode(), since, func(i *world.GitHubIssue) bool {
		return !slices.ContainsFunc(tests, func(t func(*world.GitHubIssue) bool) bool { return !t(i) })
	}}, nil
}

func (c *call) stateTest() func(*world.GitHubIssue) bool {
	state := c.query.Get("state")
	if state == "" {
		state = "open"
	}
	return func(i *world.GitHubIssue) bool { return state == "all" || stateWord(i.Closed) == state }
}

// labelsTest wants every one of the labels.
func (c *call) labelsTest() func(*world.GitHubIssue) bool {
	var names []string
	for _, name := range strings.Split(c.query.Get("labels"), ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return func(i *world.GitHubIssue) bool {
		return !slices.ContainsFunc(names, func(n string) bool {
			return !slices.ContainsFunc(i.Labels, func(l *world.Label) bool { return strings.EqualFold(l.Name, n) })
		})
	}
}

func (c *call) peopleTest() func(*world.GitHubIssue) bool {
	creator, assignee, mention := c.query.Get("creator"), c.query.Get("assignee"), c.query.Get("mentioned")
	return func(i *world.GitHubIssue) bool {
		return (creator == "" || i.Author != nil && strings.EqualFold(i.Author.Login, creator)) &&
			matchAssignee(i, assignee) && (mention == "" || mentioned(i, mention))
	}
}

// matchAssignee understands a login, none and *.
func matchAssignee(i *world.GitHubIssue, want string) bool {
	switch want {
	case "":
		return true
	case "none":
		return len(i.Assignees) == 0
	case "*":
		return len(i.Assignees) > 0
	}
	return slices.ContainsFunc(i.Assignees, func(u *world.User) bool { return strings.EqualFold(u.Login, want) })
}

// knownPeople refuses logins that nobody has.
func (c *call) knownPeople(*world.Repo) (func(*world.GitHubIssue) bool, *refusal) {
	for _, field := range []string{"assignee", "creator", "mentioned"} {
		login := c.query.Get(field)
		if login == "" || field == "assignee" && (login == "none" || login == "*") {
			continue
		}
		if c.s.User(login) == nil {
			return nil, wrongValue("Issue", field, login)
		}
	}
	return func(*world.GitHubIssue) bool { return true }, nil
}

func (c *call) milestoneTest(r *world.Repo) (func(*world.GitHubIssue) bool, *refusal) {
	want := c.query.Get("milestone")
	if r != nil && want != "" && want != "none" && want != "*" {
		n, err := strconv.Atoi(want)
		if err != nil || r.MilestoneByNumber(n) == nil {
			return nil, wrongValue("Issue", "milestone", want)
		}
	}
	return func(i *world.GitHubIssue) bool { return matchMilestone(i, want) }, nil
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

func (c *call) typeTest(*world.Repo) (func(*world.GitHubIssue) bool, *refusal) {
	want := c.query.Get("type")
	if want != "" && want != "none" && want != "*" && c.typeNamed(want) == nil {
		return nil, wrongValue("Issue", "type", want)
	}
	return func(i *world.GitHubIssue) bool {
		switch want {
		case "":
			return true
		case "none":
			return i.Type == nil
		case "*":
			return i.Type != nil
		}
		return i.Type != nil && strings.EqualFold(i.Type.Name, want)
	}, nil
}

// since reads the instant from which changes are wanted; zero when it is not given.
func (c *call) since() (time.Time, *refusal) {
	text := c.query.Get("since")
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, unprocessable("The since parameter needs to be in ISO 8601 format: YYYY-MM-DDTHH:MM:SSZ")
}
