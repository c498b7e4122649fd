package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// issueTest tells whether an issue matches.
type issueTest func(*world.GitHubIssue) bool

// searchCompiler turns a query into a test.
type searchCompiler struct {
	searching
	in []string // where texts are looked for; empty: title, body and comments
}

// qualifier makes a test of one value, or says what is wrong with it.
type qualifier func(c *searchCompiler, value string) (issueTest, *searchProblem)

// unsimulated are qualifiers of GitHub's that ask for what this world does not have. They are refused: an empty
// answer would look like a result.
var unsimulated = map[string]bool{
	"status": true, "head": true, "base": true, "review": true, "reviewed-by": true, "review-requested": true, "team-review-requested": true,
	"user-review-requested": true, "sha": true, "linked": true, "saved": true, "language": true,
}

// single are qualifiers of which an issue has one value: said twice, they mean either.
var single = map[string]string{"repo": "place", "org": "place", "user": "place", "author": "author", "milestone": "milestone"}

func (c *searchCompiler) compile(n *searchNode) (issueTest, *searchProblem) {
	switch n.op {
	case searchLeaf:
		return c.leaf(n)
	case searchNot:
		test, problem := c.compile(n.of[0])
		if problem != nil {
			return nil, problem
		}
		return func(i *world.GitHubIssue) bool { return !test(i) }, nil
	case searchOr:
		return c.each(n.of, anyOf)
	}
	c.lookIn(n)
	groups := map[string][]*searchNode{}
	var rest []*searchNode
	for _, o := range n.of {
		if group := single[o.name]; o.op == searchLeaf && group != "" {
			groups[group] = append(groups[group], o)
			continue
		}
		rest = append(rest, o)
	}
	for _, list := range groups {
		rest = append(rest, join(searchOr, list))
	}
	return c.each(rest, allOf)
}

// lookIn heeds the in: qualifiers of a conjunction, which say where its texts are looked for.
func (c *searchCompiler) lookIn(n *searchNode) {
	for _, o := range n.of {
		if o.name == "in" {
			c.in = append(c.in, o.value...)
		}
	}
}

func (c *searchCompiler) each(list []*searchNode, joined func([]issueTest) issueTest) (issueTest, *searchProblem) {
	tests := make([]issueTest, 0, len(list))
	for _, o := range list {
		test, problem := c.compile(o)
		if problem != nil {
			return nil, problem
		}
		tests = append(tests, test)
	}
	return joined(tests), nil
}

func allOf(tests []issueTest) issueTest {
	return func(i *world.GitHubIssue) bool {
		return !slices.ContainsFunc(tests, func(t issueTest) bool { return !t(i) })
	}
}

func anyOf(tests []issueTest) issueTest {
	return func(i *world.GitHubIssue) bool {
		return slices.ContainsFunc(tests, func(t issueTest) bool { return t(i) })
	}
}

func (c *searchCompiler) leaf(n *searchNode) (issueTest, *searchProblem) {
	if n.name == "" {
		return c.text(strings.ToLower(n.value[0])), nil
	}
	test, known := searchQualifiers[n.name]
	if !known {
		return nil, &searchProblem{"The qualifier \"" + n.name + "\" is not simulated."}
	}
	var tests []issueTest
	for _, value := range n.value {
		one, problem := test(c, value)
		if problem != nil {
			return nil, problem
		}
		tests = append(tests, one)
	}
	return anyOf(tests), nil
}

// text looks for a text in title, body and comments, or where in: says.
func (c *searchCompiler) text(word string) issueTest {
	within := func(place string) bool { return len(c.in) == 0 || slices.Contains(c.in, place) }
	return func(i *world.GitHubIssue) bool {
		switch {
		case within("title") && strings.Contains(strings.ToLower(i.Title), word),
			within("body") && strings.Contains(strings.ToLower(i.Body), word):
			return true
		}
		return within("comments") && slices.ContainsFunc(i.Comments, func(o *world.Comment) bool {
			return strings.Contains(strings.ToLower(o.Body), word)
		})
	}
}

// Words for what cannot be searched, as recorded.
const (
	unknownPlaces = "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them."
	unknownUsers  = "The listed users cannot be searched either because the users do not exist or you do not have permission to view the users."
)

// known refuses places and people of which none can be seen. Where one of several can, it is searched.
func (c *searchCompiler) known(n *searchNode) *searchProblem {
	places, users := c.named(n)
	missing := func(list []string, exists func(string) bool) bool {
		return len(list) > 0 && !slices.ContainsFunc(list, exists)
	}
	if missing(places, c.place) {
		return &searchProblem{unknownPlaces}
	}
	for _, login := range users {
		if !c.person(login) {
			return &searchProblem{unknownUsers}
		}
	}
	return nil
}

// named collects the places and people that a query asks for.
func (c *searchCompiler) named(n *searchNode) (places, users []string) {
	if n.op == searchLeaf {
		switch n.name {
		case "repo", "org", "user":
			return n.value, nil
		case "author", "assignee", "mentions", "commenter", "involves":
			return nil, n.value
		}
	}
	for _, o := range n.of {
		if n.op == searchNot {
			break // what nobody has may well be excluded
		}
		p, u := c.named(o)
		places, users = append(places, p...), append(users, u...)
	}
	return places, users
}

func (c *searchCompiler) place(name string) bool {
	for _, r := range c.state.Repos {
		if (strings.EqualFold(r.FullName(), name) || strings.EqualFold(r.Owner, c.login(name))) && !r.Hidden && c.sees(r) {
			return true
		}
	}
	u := c.state.User(c.login(name))
	return u != nil && !strings.Contains(name, "/")
}

func (c *searchCompiler) person(login string) bool {
	if login == "*" || strings.HasPrefix(login, "app/") {
		return true
	}
	u := c.state.User(c.login(login))
	return u != nil && u.Login != ""
}

// login reads @me.
func (c *searchCompiler) login(name string) string {
	if name == "@me" && c.me != nil {
		return c.me.Login
	}
	return strings.TrimPrefix(name, "@")
}

// reaches spares the issues of repositories that the query leaves out anyway.
func (c *searchCompiler) reaches(n *searchNode, r *world.Repo) bool {
	terms := []*searchNode{n}
	if n.op == searchAnd {
		terms = n.of
	}
	asked, hit := false, false
	for _, t := range terms {
		if t.op != searchLeaf || single[t.name] != "place" {
			continue
		}
		asked = true
		for _, v := range t.value {
			hit = hit || strings.EqualFold(v, r.FullName()) || strings.EqualFold(c.login(v), r.Owner) || slices.ContainsFunc(r.Former, func(f string) bool { return strings.EqualFold(f, v) })
		}
	}
	return hit || !asked
}
