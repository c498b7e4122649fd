package githubsim

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// searchQualifiers are those that the simulator understands. Each test is about one alternative of a value.
var searchQualifiers = map[string]qualifier{
	"repo": placeTest, "org": placeTest, "user": placeTest,
	"is": words("is", isWords), "type": typeTest, "state": words("state", stateWords), "reason": reasonTest,
	"in": everything,
	"no": words("no", negated(hasWords)), "has": words("has", hasWords),
	"draft":    words("draft", truth(func(i *world.GitHubIssue) bool { return i.Draft })),
	"archived": words("archived", truth(func(i *world.GitHubIssue) bool { return i.Repo.Archived })),
	"author":   authorTest, "assignee": assigneeTest, "mentions": mentionsTest, "commenter": commenterTest, "involves": involvesTest,
	"team": teamTest, "label": labelTest, "milestone": milestoneTest, "project": projectTest,
	"parent-issue": relative(func(i, o *world.GitHubIssue) bool { return i.Parent == o }),
	"sub-issue":    relative(func(i, o *world.GitHubIssue) bool { return o.Parent == i }),
	"blocked-by":   relative(func(i, o *world.GitHubIssue) bool { return slices.Contains(i.BlockedBy, o) }),
	"blocking":     relative(func(i, o *world.GitHubIssue) bool { return slices.Contains(i.Blocking, o) }),
	"created":      instants(func(i *world.GitHubIssue) time.Time { return i.Created }),
	"updated":      instants(func(i *world.GitHubIssue) time.Time { return i.Updated }),
	"closed":       instants(func(i *world.GitHubIssue) time.Time { return i.ClosedAt }),
	"merged":       instants(func(i *world.GitHubIssue) time.Time { return i.Merged }),
	"comments":     counts(func(_ *searchCompiler, i *world.GitHubIssue) int { return commentCount(i) }),
	"reactions":    counts(func(c *searchCompiler, i *world.GitHubIssue) int { return len(c.state.Reactions(i, nil)) }),
	"interactions": counts(func(c *searchCompiler, i *world.GitHubIssue) int {
		return commentCount(i) + len(c.state.Reactions(i, nil))
	}),
	"sort":   everything,
	"linked": linkedTest, "head": headTest, "base": baseTest, "review": reviewTest, "reviewed-by": nobodyTest,
	"review-requested": requestedTest, "user-review-requested": requestedTest, "team-review-requested": requestedTeamTest,
}

// everything is what qualifiers match that say how to search rather than what.
func everything(*searchCompiler, string) (issueTest, *searchProblem) {
	return func(*world.GitHubIssue) bool { return true }, nil
}

var stateWords = map[string]issueTest{
	"open":   func(i *world.GitHubIssue) bool { return !i.Closed },
	"closed": func(i *world.GitHubIssue) bool { return i.Closed },
}

var isWords = map[string]issueTest{
	"issue": isIssue, "issues": isIssue,
	"pr": isPull, "pull-request": isPull, "pullrequest": isPull,
	"open": stateWords["open"], "closed": stateWords["closed"],
	"merged":   func(i *world.GitHubIssue) bool { return !i.Merged.IsZero() },
	"unmerged": func(i *world.GitHubIssue) bool { return i.PullRequest && i.Merged.IsZero() },
	"draft":    func(i *world.GitHubIssue) bool { return i.PullRequest && i.Draft },
	"public":   func(i *world.GitHubIssue) bool { return !i.Repo.Private },
	"private":  func(i *world.GitHubIssue) bool { return i.Repo.Private },
	"locked":   func(i *world.GitHubIssue) bool { return i.Locked },
	"unlocked": func(i *world.GitHubIssue) bool { return !i.Locked },
	"archived": func(i *world.GitHubIssue) bool { return i.Repo.Archived },
	"blocked":  func(i *world.GitHubIssue) bool { return dependenciesOf(i).BlockedBy > 0 },
	"blocking": func(i *world.GitHubIssue) bool { return !i.Closed && dependenciesOf(i).Blocking > 0 },
}

func isIssue(i *world.GitHubIssue) bool { return !i.PullRequest }
func isPull(i *world.GitHubIssue) bool  { return i.PullRequest }

// typeTest is issue, pr, or the name of an issue type.
func typeTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	switch strings.ToLower(value) {
	case "issue":
		return isIssue, nil
	case "pr":
		return isPull, nil
	}
	return func(i *world.GitHubIssue) bool { return i.Type != nil && strings.EqualFold(i.Type.Name, value) }, nil
}

func reasonTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	reason := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(value))
	return func(i *world.GitHubIssue) bool { return i.Closed && i.StateReason == reason }, nil
}

var hasWords = map[string]issueTest{
	"label":        func(i *world.GitHubIssue) bool { return len(i.Labels) > 0 },
	"milestone":    func(i *world.GitHubIssue) bool { return i.Milestone != nil },
	"assignee":     func(i *world.GitHubIssue) bool { return len(i.Assignees) > 0 },
	"project":      func(i *world.GitHubIssue) bool { return len(i.Items) > 0 },
	"type":         func(i *world.GitHubIssue) bool { return i.Type != nil },
	"parent-issue": func(i *world.GitHubIssue) bool { return visible(i.Parent) },
	"sub-issue":    func(i *world.GitHubIssue) bool { return len(seen(i.Subs)) > 0 },
	"blocked-by":   func(i *world.GitHubIssue) bool { return len(seen(i.BlockedBy)) > 0 },
	"blocking":     func(i *world.GitHubIssue) bool { return len(seen(i.Blocking)) > 0 },
	"comments":     func(i *world.GitHubIssue) bool { return commentCount(i) > 0 },
	"body":         func(i *world.GitHubIssue) bool { return i.Body != "" },
}

func negated(tests map[string]issueTest) map[string]issueTest {
	out := map[string]issueTest{}
	for name, test := range tests {
		out[name] = func(i *world.GitHubIssue) bool { return !test(i) }
	}
	return out
}

func truth(test issueTest) map[string]issueTest {
	return map[string]issueTest{"true": test, "false": func(i *world.GitHubIssue) bool { return !test(i) }}
}

func placeTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	if r := c.state.Repo(value); r != nil {
		return func(i *world.GitHubIssue) bool { return i.Repo == r }, nil
	}
	login := c.login(value)
	return func(i *world.GitHubIssue) bool { return strings.EqualFold(i.Repo.Owner, login) }, nil
}

// loginIs compares an account with what a query names: a login, @me, or app/NAME.
func (c *searchCompiler) loginIs(u *world.User, value string) bool {
	if u == nil {
		return false
	}
	if app, ok := strings.CutPrefix(value, "app/"); ok {
		return u.Kind == botKind && strings.EqualFold(appSlug(u.Login), app)
	}
	return strings.EqualFold(u.Login, c.login(value))
}

func authorTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool { return c.loginIs(i.Author, value) }, nil
}

func assigneeTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool {
		return value == "*" && len(i.Assignees) > 0 || slices.ContainsFunc(i.Assignees, func(u *world.User) bool { return c.loginIs(u, value) })
	}, nil
}

func mentionsTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	login := c.login(value)
	return func(i *world.GitHubIssue) bool {
		return mentioned(i, login)
	}, nil
}

// mentioned reports whether an issue or one of its comments addresses a login.
func mentioned(i *world.GitHubIssue, login string) bool {
	return world.Mentions(i.Body, login) || slices.ContainsFunc(i.Comments, func(o *world.Comment) bool { return world.Mentions(o.Body, login) })
}

func commenterTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool {
		return slices.ContainsFunc(i.Comments, func(o *world.Comment) bool { return c.loginIs(o.Author, value) })
	}, nil
}

func involvesTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	var tests []issueTest
	for _, q := range []qualifier{authorTest, assigneeTest, mentionsTest, commenterTest} {
		test, problem := q(c, value)
		if problem != nil {
			return nil, problem
		}
		tests = append(tests, test)
	}
	return anyOf(tests), nil
}

func teamTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	name := "@" + strings.ToLower(value)
	return func(i *world.GitHubIssue) bool {
		return strings.Contains(strings.ToLower(i.Body), name) || slices.ContainsFunc(i.Comments, func(o *world.Comment) bool {
			return strings.Contains(strings.ToLower(o.Body), name)
		})
	}, nil
}

func labelTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool {
		return slices.ContainsFunc(i.Labels, func(l *world.Label) bool { return strings.EqualFold(l.Name, value) })
	}, nil
}

func milestoneTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool {
		return i.Milestone != nil && (value == "*" || strings.EqualFold(i.Milestone.Title, value))
	}, nil
}

// projectTest is owner/number, or a number alone.
func projectTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	owner, text, _ := strings.Cut(value, "/")
	if text == "" {
		owner, text = "", owner
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		return nil, &searchProblem{"The value \"" + value + "\" of the qualifier \"project\" is not owner/number."}
	}
	return func(i *world.GitHubIssue) bool {
		return slices.ContainsFunc(i.Items, func(card *world.ProjectItem) bool {
			return card.Project.Number == number && (owner == "" || strings.EqualFold(card.Project.Owner, owner))
		})
	}, nil
}

// relative makes a qualifier of another issue, owner/repo#number.
func relative(is func(i, other *world.GitHubIssue) bool) qualifier {
	return func(c *searchCompiler, value string) (issueTest, *searchProblem) {
		it, err := c.state.Find(value)
		other, ok := it.(*world.GitHubIssue)
		if err != nil || !ok || !visible(other) {
			return nil, &searchProblem{unknownPlaces}
		}
		return func(i *world.GitHubIssue) bool { return is(i, other) }, nil
	}
}
