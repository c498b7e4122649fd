package githubsim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// foundJSON is a page of results. Of the total the first thousand are given away.
type foundJSON struct {
	TotalCount        int    `json:"total_count"`
	IncompleteResults bool   `json:"incomplete_results"`
	Items             any    `json:"items"`
	SearchType        string `json:"search_type,omitempty"` // of issues: words only
}

// searchSorts are the orders that a search of issues knows.
var searchSorts = []string{
	"", "comments", "reactions", "reactions-+1", "reactions--1", "reactions-smile", "reactions-thinking_face", "reactions-heart",
	"reactions-tada", "interactions", "created", "updated",
}

// searchIssues searches issues and pull requests. A token of an App, or a fine-grained one, must say which.
func searchIssues(c *call) reply {
	q, no := c.searchText(searchSorts)
	if no != nil {
		return *no
	}
	query, problem := parseSearch(q)
	if problem != nil {
		return refused(problem.refusal())
	}
	if g := c.who.grant; g != nil && g.fine() && !query.saysKind() {
		return refused((&searchProblem{"Query must include 'is:issue' or 'is:pull-request'"}).refusal())
	}
	found, problem := query.issues(searching{
		state: c.s, me: c.me, now: c.s.Now(), sees: c.sees, sort: c.query.Get("sort"), order: c.query.Get("order"),
	})
	if problem != nil {
		return refused(problem.refusal())
	}
	return c.found(len(found), func() (reply, any) {
		return cut2(c, found[:min(len(found), maxFound)], func(i *world.GitHubIssue) *issueJSON {
			out, score := c.showBare(i), 1.0
			out.Score, out.ParentURL = &score, "" // a search tells no parent
			if i.Body == "" {
				out.Body = nil // left out, not null
			}
			return out
		})
	}, "lexical")
}

// saysKind reports whether a query asks for issues or for pull requests alone.
func (q *searchQuery) saysKind() bool {
	terms := []*searchNode{q.root}
	if q.root.op == searchAnd {
		terms = q.root.of
	}
	return slices.ContainsFunc(terms, func(n *searchNode) bool {
		return (n.name == "is" || n.name == "type") && slices.ContainsFunc(n.value, func(v string) bool {
			return slices.Contains([]string{"issue", "pr", "pull-request"}, strings.ToLower(v))
		})
	})
}

func (p *searchProblem) refusal() *refusal {
	no := invalid(fieldError{Message: p.message, Resource: "Search", Field: "q", Code: "invalid"})
	no.Docs = "https://docs.github.com/v3/search/"
	return no
}

// searchText checks what every search is asked with: q, sort, order, and a page among the first thousand results.
func (c *call) searchText(sorts []string) (string, *reply) {
	q := c.query.Get("q")
	if strings.TrimSpace(q) == "" {
		no := invalid(fieldError{Resource: "Search", Field: "q", Code: "missing"})
		no.Docs = "https://docs.github.com/v3/search"
		return "", stop(refused(no))
	}
	if !slices.Contains(sorts, c.query.Get("sort")) {
		return "", stop(refused(wrongValue("Search", "sort", c.query.Get("sort"))))
	}
	if !slices.Contains([]string{"", "asc", "desc"}, c.query.Get("order")) {
		return "", stop(refused(wrongValue("Search", "order", c.query.Get("order"))))
	}
	if size, page := c.page(); (page-1)*size >= maxFound {
		no := unprocessable("Only the first 1000 search results are available")
		no.Docs = "https://docs.github.com/v3/search/"
		return "", stop(refused(no))
	}
	return q, nil
}

func (c *call) found(total int, page func() (reply, any), kind string) reply {
	answer, items := page()
	answer.body = foundJSON{TotalCount: total, Items: items, SearchType: kind}
	return answer
}

// cut2 is cut with the page as any value.
func cut2[T, J any](c *call, list []T, show func(T) J) (reply, any) {
	answer, out := cut(c, list, show)
	return answer, out
}

// searchRepositories searches repositories by words and by a few qualifiers.
func searchRepositories(c *call) reply {
	q, no := c.searchText([]string{"", "stars", "forks", "help-wanted-issues", "updated"})
	if no != nil {
		return *no
	}
	test, problem := c.repositoryTest(q)
	if problem != nil {
		return refused(problem.refusal())
	}
	var list []*world.Repo
	for _, r := range c.s.Repos {
		if c.sees(r) && test(r) {
			list = append(list, r)
		}
	}
	return c.found(len(list), func() (reply, any) {
		return cut2(c, list[:min(len(list), maxFound)], func(r *world.Repo) foundRepositoryJSON {
			return foundRepositoryJSON{repositoryJSON: c.showRepository(r), Score: 1}
		})
	}, "")
}

type foundRepositoryJSON struct {
	*repositoryJSON
	Score float64 `json:"score"`
}

// repositoryTest reads words and the qualifiers repo, user, org, topic, language, archived, is and in.
func (c *call) repositoryTest(q string) (func(*world.Repo) bool, *searchProblem) {
	var tests []func(*world.Repo) bool
	var places []string
	for _, word := range searchTexts(q) {
		name, value, qualified := strings.Cut(word, ":")
		is := func(have string) func(*world.Repo) bool {
			return func(r *world.Repo) bool { return strings.EqualFold(repositoryValue(r, have), value) }
		}
		switch {
		case !qualified:
			tests = append(tests, func(r *world.Repo) bool {
				return strings.Contains(strings.ToLower(r.FullName()+" "+r.About), strings.ToLower(word))
			})
		case name == "repo" || name == "user" || name == "org":
			places = append(places, value)
		case name == "topic":
			tests = append(tests, func(r *world.Repo) bool { return slices.Contains(r.Topics, strings.ToLower(value)) })
		case name == "language" || name == "archived" || name == "is":
			tests = append(tests, is(name))
		case name == "in" || name == "fork":
		default:
			return nil, &searchProblem{fmt.Sprintf("The qualifier %q is not simulated.", name)}
		}
	}
	if len(places) > 0 {
		searched := &searchCompiler{searching: searching{state: c.s, me: c.me, sees: c.sees}}
		if !slices.ContainsFunc(places, searched.place) {
			return nil, &searchProblem{unknownPlaces}
		}
		tests = append(tests, func(r *world.Repo) bool {
			return slices.ContainsFunc(places, func(p string) bool {
				return strings.EqualFold(p, r.FullName()) || strings.EqualFold(searched.login(p), r.Owner)
			})
		})
	}
	return func(r *world.Repo) bool {
		return !slices.ContainsFunc(tests, func(t func(*world.Repo) bool) bool { return !t(r) })
	}, nil
}

func repositoryValue(r *world.Repo, name string) string {
	switch name {
	case "language":
		return r.Language
	case "archived":
		return strconv.FormatBool(r.Archived)
	}
	return map[bool]string{true: "private", false: "public"}[r.Private]
}
