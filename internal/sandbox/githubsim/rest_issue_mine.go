package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// Lists of issues across repositories: of the account that asks, and of an organisation.

// listMyIssues lists what concerns the account: assigned to it unless the filter says otherwise.
func listMyIssues(c *call) reply {
	if no := c.login(); no != nil {
		return *no
	}
	return c.listAcross(func(*world.Repo) bool { return true })
}

func listOrgIssues(c *call) reply {
	if no := c.login(); no != nil {
		return *no
	}
	if c.organization() == nil {
		return refused(notFound())
	}
	return c.listAcross(func(r *world.Repo) bool { return strings.EqualFold(r.Owner, c.params["login"]) })
}

func (c *call) listAcross(within func(*world.Repo) bool) reply {
	want, wrong := c.issueFilter(nil)
	if wrong != nil {
		return refused(wrong)
	}
	concerns, wrong := c.concerns()
	if wrong != nil {
		return refused(wrong)
	}
	field := issueSorts[c.query.Get("sort")]
	var list []*world.GitHubIssue
	for _, r := range c.s.Repos {
		if !within(r) || !c.sees(r) || r.IssuesOff {
			continue
		}
		for _, i := range c.sort.filtered(c.s, r, field, want.name, want.keeps) {
			if concerns(i) {
				list = append(list, i)
			}
		}
	}
	slices.SortFunc(list, func(a, b *world.GitHubIssue) int { return compareBy(field, a, b) })
	if c.query.Get("direction") != "asc" {
		slices.Reverse(list)
	}
	return paged(c, list, c.showAbroad)
}

// concerns reads the filter parameter: how an issue must concern the account.
func (c *call) concerns() (func(*world.GitHubIssue) bool, *refusal) {
	assigned := func(i *world.GitHubIssue) bool { return slices.Contains(i.Assignees, c.me) }
	authored := func(i *world.GitHubIssue) bool { return i.Author == c.me }
	named := func(i *world.GitHubIssue) bool { return mentioned(i, c.me.Login) }
	switch c.query.Get("filter") {
	case "", "assigned":
		return assigned, nil
	case "created":
		return authored, nil
	case "mentioned":
		return named, nil
	case "subscribed":
		return func(i *world.GitHubIssue) bool {
			return assigned(i) || authored(i) || named(i) || slices.ContainsFunc(i.Comments, func(o *world.Comment) bool { return o.Author == c.me })
		}, nil
	case "repos", "all":
		return func(*world.GitHubIssue) bool { return true }, nil
	}
	return nil, wrongValue("Issue", "filter", c.query.Get("filter"))
}
