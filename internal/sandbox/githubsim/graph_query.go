package githubsim

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// root answers the entry points of the schema.
type root struct{ g *graph }

func (r root) ID() graphql.ID                             { return "Query" }
func (r root) Relay() root                                { return r }
func (r root) Viewer() *account                           { return &account{g: r.g, u: r.g.me, viewer: true} }
func (r root) RateLimit(struct{ DryRun bool }) *rateLimit { return r.g.rate }
func (r root) Organization(args loginArgs) (*account, error) {
	return r.g.accountOf(organization, "an", args.Login)
}
func (r root) User(args loginArgs) (*account, error) { return r.g.accountOf("User", "a", args.Login) }

type loginArgs struct{ Login string }

func (g *graph) accountOf(kind, article, login string) (*account, error) {
	if u := g.account(login); u != nil && kindOf(u) == kind {
		return g.actor(u), nil
	}
	return nil, failure("NOT_FOUND", "Could not resolve to %s %s with the login of '%s'.", article, kind, login)
}

// RepositoryOwner of a login that nobody has is null without a word.
func (r root) RepositoryOwner(args loginArgs) any {
	if u := r.g.account(args.Login); u != nil && u.Kind != botKind {
		return r.g.actor(u)
	}
	return nil
}

func (r root) Repository(args struct {
	Owner, Name   string
	FollowRenames bool
}) (*repository, error) {
	return r.g.repository(args.Owner, args.Name, args.FollowRenames)
}

func (r root) Node(args struct{ ID graphql.ID }) (any, error) {
	if thing := r.g.find(args.ID); thing != nil {
		return thing, nil
	}
	return nil, unresolved(args.ID)
}

// Nodes answers null for each id that leads nowhere, and one error each beside the others' data.
func (r root) Nodes(args struct{ IDs []graphql.ID }) ([]any, error) {
	if len(args.IDs) > maxFirst {
		return nil, failure("ARGUMENT_LIMIT", "You may not provide more than 100 node ids; you provided %d.", len(args.IDs))
	}
	out := make([]any, len(args.IDs))
	for i, id := range args.IDs {
		if out[i] = r.g.find(id); out[i] == nil {
			out[i] = unresolved(id)
		}
	}
	return out, nil
}

var (
	itemPath    = regexp.MustCompile(`^/([\w.-]+)/([\w.-]+)/(?:issues|pull)/(\d+)$`)
	boardURL    = regexp.MustCompile(`^/(?:orgs|users)/([\w.-]+)/projects/(\d+)$`)
	commentMark = regexp.MustCompile(`^issuecomment-(\d+)$`)
)

// Resource finds what an address shows, whatever host it names: clients know this GitHub by several.
func (r root) Resource(args struct{ URL string }) any {
	at, err := url.Parse(args.URL)
	if err != nil {
		return nil
	}
	path := strings.TrimSuffix(at.Path, "/")
	if m := itemPath.FindStringSubmatch(path); m != nil {
		return r.itemAt(m[1]+"/"+m[2], m[3], at.Fragment)
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case boardURL.MatchString(path):
		return nil // a board has an address and is no UniformResourceLocatable
	case len(parts) == 2:
		if repo := r.g.s.Repo(parts[0] + "/" + parts[1]); repo != nil && r.g.sees(repo) {
			return &repository{r.g, repo}
		}
	case len(parts) == 1 && parts[0] != "":
		if u := r.g.account(parts[0]); u != nil {
			return r.g.actor(u)
		}
	}
	return nil
}

func (r root) itemAt(repo, number, fragment string) any {
	place := r.g.s.Repo(repo)
	if place == nil {
		return nil
	}
	n, _ := strconv.Atoi(number) // digits only
	i := place.Issue(n)
	if i == nil {
		i = place.Moved[n]
	}
	if !r.g.shows(i) {
		return nil
	}
	if m := commentMark.FindStringSubmatch(fragment); m != nil {
		for _, c := range i.Comments {
			if strconv.FormatInt(c.ID, 10) == m[1] {
				return &comment{r.g, i, c}
			}
		}
	}
	return r.g.item(i)
}

type searchArgs struct {
	span
	Query string
	Type  string
}

// found is a page of what a search finds. Only what was searched for is counted.
type found struct {
	*connection[any]
	CodeCount, DiscussionCount, IssueCount, RepositoryCount, UserCount, WikiCount int
	IssueSearchType                                                               *string
	LexicalFallbackReason                                                         []string
}

// Search gives at most a thousand results away, whatever it counts.
func (r root) Search(args searchArgs) (*found, error) {
	switch args.Type {
	case "REPOSITORY":
		return r.searchOf(args, r.g.searchRepositories(args.Query), func(f *found) *int { return &f.RepositoryCount })
	case "USER":
		return r.searchOf(args, r.g.searchPeople(args.Query), func(f *found) *int { return &f.UserCount })
	case "DISCUSSION":
		return r.searchOf(args, nil, func(f *found) *int { return &f.DiscussionCount })
	}
	list, err := r.g.searchIssues(args.Query)
	if err != nil {
		return nil, err
	}
	return r.searchOf(args, list, func(f *found) *int { return &f.IssueCount })
}

func (r root) searchOf(args searchArgs, list []any, count func(*found) *int) (*found, error) {
	page, err := connect("search", args.span, min(len(list), maxFound), func(n int) any {
		if i, ok := list[n].(*world.GitHubIssue); ok {
			return r.g.item(i)
		}
		return list[n]
	})
	if err != nil {
		return nil, err
	}
	out := &found{connection: page}
	*count(out) = len(list)
	return out, nil
}
