package githubsim

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// pullRequest has what an issue has, and its own state. No code is kept here: it changes no files, has no commits and
// nobody reviewed it.
type pullRequest struct{ issue }

func (p *pullRequest) Merged() bool                  { return !p.i.Merged.IsZero() }
func (p *pullRequest) MergedAt() *string             { return stampOrNull(p.i.Merged) }
func (p *pullRequest) IsDraft() bool                 { return p.i.Draft }
func (p *pullRequest) HeadRefName() string           { return headOf(p.i) }
func (p *pullRequest) BaseRef() *branch              { return &branch{p.g, p.i.Repo} }
func (p *pullRequest) BaseRepository() *repository   { return p.Repository() }
func (p *pullRequest) HeadRepository() *repository   { return p.Repository() }
func (p *pullRequest) HeadRepositoryOwner() *account { return p.Repository().Owner() }
func (p *pullRequest) Permalink() string             { return p.URL() }
func (p *pullRequest) ChecksURL() string             { return p.URL() + "/checks" }
func (p *pullRequest) ChecksResourcePath() string    { return p.ResourcePath() + "/checks" }
func (p *pullRequest) RevertURL() string             { return p.URL() + "/revert" }
func (p *pullRequest) RevertResourcePath() string    { return p.ResourcePath() + "/revert" }
func (p *pullRequest) HeadRefOid() string            { return commitID(p.i.ID, "head") }
func (p *pullRequest) BaseRefOid() string            { return commitID(p.i.Repo.ID, mainBranch) }
func (p *pullRequest) ViewerCanUpdateBranch() bool   { return false }
func (p *pullRequest) TotalCommentsCount() *int      { n := len(p.i.Comments) + p.i.CommentsCut; return &n }

func (p *pullRequest) State() string {
	if p.Merged() {
		return "MERGED"
	}
	return p.issue.State()
}

func (p *pullRequest) MergedBy() *account {
	if !p.Merged() {
		return nil
	}
	return p.g.actor(p.i.ClosedBy)
}

func (p *pullRequest) Mergeable() string {
	if p.i.Closed {
		return "UNKNOWN"
	}
	return "MERGEABLE"
}

func (p *pullRequest) MergeStateStatus() string {
	switch {
	case p.i.Closed:
		return "UNKNOWN"
	case p.i.Draft:
		return "DRAFT"
	}
	return "CLEAN"
}

// mainBranch is the one branch that every repository has.
const mainBranch = "main"

// headOf is the name of the branch that a pull request would merge.
func headOf(i *world.GitHubIssue) string { return fmt.Sprintf("change-%d", i.Number) }

// commitID stands in for a commit that nobody made.
func commitID(id int64, what string) string {
	h := fnv.New128a()
	_, _ = fmt.Fprint(h, id, what) // a hash takes everything
	return fmt.Sprintf("%x00000000", h.Sum(nil))
}

// What there is none of.

func (p *pullRequest) Commits(args span) (*connection[any], error) { return none("commits", args) }
func (p *pullRequest) Files(args span) (*connection[any], error)   { return none("files", args) }
func (p *pullRequest) LatestReviews(args span) (*connection[any], error) {
	return none("latestReviews", args)
}

func (p *pullRequest) Reviews(args struct {
	span
	Author *string
	States []string
}) (*connection[any], error) {
	return none("reviews", args.span)
}

func (p *pullRequest) LatestOpinionatedReviews(args struct {
	span
	WritersOnly bool
}) (*connection[any], error) {
	return none("latestOpinionatedReviews", args.span)
}

// ReviewRequests are who was asked to look at it.
func (p *pullRequest) ReviewRequests(args span) (*connection[*reviewRequest], error) {
	list := p.g.reviewers(p.i)
	return connect("reviewRequests", args, len(list), func(n int) *reviewRequest { return &reviewRequest{p, list[n], n} })
}

// reviewers are accounts and teams.
func (g *graph) reviewers(i *world.GitHubIssue) []any {
	asked := g.s.ReviewersOf(i)
	var out []any
	for _, u := range asked.Users {
		out = append(out, g.actor(u))
	}
	for _, t := range asked.Teams {
		out = append(out, &team{g, t})
	}
	return out
}

type reviewRequest struct {
	p   *pullRequest
	who any
	n   int
}

func (r *reviewRequest) ID() graphql.ID            { return opaque("RR", r.p.i.ID, int64(r.n)) }
func (r *reviewRequest) DatabaseID() *int          { n := r.n + 1; return &n }
func (r *reviewRequest) AsCodeOwner() bool         { return false }
func (r *reviewRequest) PullRequest() *pullRequest { return r.p }
func (r *reviewRequest) RequestedReviewer() any    { return r.who }

type closingArgs struct {
	orderedSpan
	UserLinkedOnly bool
}

// ClosingIssuesReferences are the issues that its text says it closes.
func (p *pullRequest) ClosingIssuesReferences(args closingArgs) (*connection[*issue], error) {
	return p.g.issues("closingIssuesReferences", args.span, arranged(p.g.seen(closes(p.g.s, p.i)), args.OrderBy))
}

var closingWord = regexp.MustCompile(`(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+/[\w.-]+)?#(\d+)\b|\S+?/([\w.-]+/[\w.-]+)/issues/(\d+)\b)`)

// closes reads a pull request's text as GitHub does: "fixes #7", "closes acme/api#7".
func closes(s *world.State, pr *world.GitHubIssue) []*world.GitHubIssue {
	var out []*world.GitHubIssue
	for _, m := range closingWord.FindAllStringSubmatch(pr.Body, -1) {
		r := pr.Repo
		if name := m[1] + m[3]; name != "" {
			if r = s.Repo(name); r == nil {
				continue
			}
		}
		number, _ := strconv.Atoi(m[2] + m[4]) // digits only
		if i := r.Issue(number); i != nil && !i.PullRequest && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// closers are the pull requests that say they close an issue. Each leaves a trace in the issue's timeline when it
// names it, so that nobody has to read them all.
func closers(s *world.State, i *world.GitHubIssue) []*world.GitHubIssue {
	var out []*world.GitHubIssue
	for _, e := range s.IssueEvents(i) {
		if e.Kind == "cross-referenced" && e.Comment == nil && e.Other != nil && e.Other.PullRequest &&
			!slices.Contains(out, e.Other) && slices.Contains(closes(s, e.Other), i) {
			out = append(out, e.Other)
		}
	}
	return out
}

// branch is a repository's main branch.
type branch struct {
	g *graph
	r *world.Repo
}

const refPrefix = "REF"

func (b *branch) ID() graphql.ID          { return opaque(refPrefix, b.r.ID) }
func (b *branch) Name() string            { return mainBranch }
func (b *branch) Prefix() string          { return "refs/heads/" }
func (b *branch) Repository() *repository { return &repository{b.g, b.r} }

func (b *branch) AssociatedPullRequests(args pullArgs) (*connection[*pullRequest], error) {
	return (&repository{b.g, b.r}).PullRequests(args)
}

func (r *repository) Ref(args struct{ QualifiedName string }) *branch {
	if strings.TrimPrefix(args.QualifiedName, "refs/heads/") != mainBranch {
		return nil
	}
	return &branch{r.g, r.r}
}

type refsArgs struct {
	span
	Direction *string
	OrderBy   *order
	Query     *string
	RefPrefix string
}

func (r *repository) Refs(args refsArgs) (*connection[*branch], error) {
	total := 1
	if args.RefPrefix != "refs/heads/" || args.Query != nil && !strings.Contains(mainBranch, *args.Query) {
		total = 0
	}
	return connect("refs", args.span, total, func(int) *branch { return &branch{r.g, r.r} })
}
