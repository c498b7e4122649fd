package githubsim

import (
	"fmt"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// linkedTest finds issues that a pull request says it closes, and pull requests that say so.
func linkedTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	switch strings.ToLower(value) {
	case "pr", "pull-request":
		return func(i *world.GitHubIssue) bool { return !i.PullRequest && len(closers(c.state, i)) > 0 }, nil
	case "issue":
		return func(i *world.GitHubIssue) bool { return i.PullRequest && len(closes(c.state, i)) > 0 }, nil
	}
	return nil, &searchProblem{fmt.Sprintf("The value %q of the qualifier %q is not simulated.", value, "linked")}
}

func headTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool { return i.PullRequest && headOf(i) == value }, nil
}

func baseTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool { return i.PullRequest && value == mainBranch }, nil
}

// nobodyTest: nobody has reviewed anything here.
func nobodyTest(*searchCompiler, string) (issueTest, *searchProblem) {
	return func(*world.GitHubIssue) bool { return false }, nil
}

func reviewTest(_ *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool { return i.PullRequest && value == "none" }, nil
}

// requestedTest finds what a person was asked to look at.
func requestedTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool {
		return slices.ContainsFunc(c.state.ReviewersOf(i).Users, func(u *world.User) bool { return c.loginIs(u, value) })
	}, nil
}

func requestedTeamTest(c *searchCompiler, value string) (issueTest, *searchProblem) {
	return func(i *world.GitHubIssue) bool {
		return slices.ContainsFunc(c.state.ReviewersOf(i).Teams, func(t *world.OrgTeam) bool { return strings.EqualFold(t.Org+"/"+t.Slug, value) })
	}, nil
}
