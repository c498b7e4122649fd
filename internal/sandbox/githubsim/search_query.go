package githubsim

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// searchQuery is what a person types into GitHub's search of issues and pull requests, taken apart:
//
//	repo:acme/api is:issue state:open label:"team web",bug (author:ann OR assignee:@me) -no:milestone updated:>=2026-03-01 checkout
//
// REST and GraphQL search alike: parseSearch, then issues.
type searchQuery struct {
	root  *searchNode
	order string // of a sort: qualifier, such as updated-asc; empty: best match
}

// searchNode is a word or a qualifier (leaf), or what AND, OR and NOT make of others.
type searchNode struct {
	op    searchOp
	of    []*searchNode
	name  string   // of a qualifier, in lower case; empty: a text
	value []string // alternatives that commas divide; of a text: the one text
}

type searchOp int

const (
	searchLeaf searchOp = iota
	searchAnd
	searchOr
	searchNot
)

// searchProblem is why a search is refused; REST answers it with 422.
type searchProblem struct{ message string }

// searching is who searches what: the caller is inside world.Read or world.Write.
type searching struct {
	state *world.State
	me    *world.User            // nil: nobody
	now   time.Time              // for @today
	sees  func(*world.Repo) bool // which repositories may be found; nil: all that are not hidden
	sort  string                 // created, updated, comments, reactions, …; empty: as the query says, else best match
	order string                 // asc or desc, of sort; empty: desc
}

// maxFound is how many results a search gives away at most, whatever it counts.
const maxFound = 1000

// issues finds everything that matches, in the order asked for. A problem names what the query may not ask.
func (q *searchQuery) issues(in searching) ([]*world.GitHubIssue, *searchProblem) {
	if in.sees == nil {
		in.sees = func(*world.Repo) bool { return true }
	}
	c := searchCompiler{searching: in}
	if problem := c.known(q.root); problem != nil {
		return nil, problem
	}
	test, problem := c.compile(q.root)
	if problem != nil {
		return nil, problem
	}
	var found []*world.GitHubIssue
	for _, r := range in.state.Repos {
		if r.Hidden || !in.sees(r) || !c.reaches(q.root, r) {
			continue
		}
		for _, i := range r.Issues {
			if visible(i) && test(i) {
				found = append(found, i)
			}
		}
	}
	in.arrange(found, q)
	return found, nil
}

// arrange sorts what was found. Best match prefers words in the title, then younger issues.
func (in searching) arrange(found []*world.GitHubIssue, q *searchQuery) {
	field, direction := in.sort, in.order
	if field == "" {
		field, direction, _ = strings.Cut(q.order, "-")
	}
	if rest, ok := strings.CutPrefix(q.order, "reactions-"); ok && in.sort == "" && rest != "asc" && rest != "desc" {
		field, direction = "reactions-"+strings.TrimSuffix(strings.TrimSuffix(rest, "-asc"), "-desc"), ""
		if strings.HasSuffix(rest, "-asc") {
			direction = "asc"
		}
	}
	key := in.sortKey(field, q)
	slices.SortStableFunc(found, func(a, b *world.GitHubIssue) int {
		down := cmp.Or(cmp.Compare(key(b), key(a)), b.Created.Compare(a.Created), cmp.Compare(b.ID, a.ID))
		if direction == "asc" {
			return -down
		}
		return down
	})
}

func (in searching) sortKey(field string, q *searchQuery) func(*world.GitHubIssue) int64 {
	switch {
	case field == "created":
		return func(i *world.GitHubIssue) int64 { return i.Created.Unix() }
	case field == "updated":
		return func(i *world.GitHubIssue) int64 { return i.Updated.Unix() }
	case field == "comments":
		return func(i *world.GitHubIssue) int64 { return int64(commentCount(i)) }
	case field == "interactions":
		return func(i *world.GitHubIssue) int64 { return int64(commentCount(i) + len(in.state.Reactions(i, nil))) }
	case strings.HasPrefix(field, "reactions"):
		_, content, _ := strings.Cut(field, "-")
		return func(i *world.GitHubIssue) int64 {
			return int64(countReactions(in.state.Reactions(i, nil), reactionNamed(content)))
		}
	}
	words := searchWords(q.root)
	return func(i *world.GitHubIssue) int64 {
		hits := int64(0)
		title := strings.ToLower(i.Title)
		for _, w := range words {
			if strings.Contains(title, w) {
				hits++
			}
		}
		return hits
	}
}

// reactionNamed is the reaction that a sort names by the name of its picture.
func reactionNamed(name string) string {
	switch name {
	case "smile":
		return "laugh"
	case "tada":
		return "hooray"
	case "thinking_face":
		return "confused"
	}
	return name
}

// searchWords are the texts of a query in lower case, those behind NOT apart.
func searchWords(n *searchNode) []string {
	switch {
	case n == nil || n.op == searchNot:
		return nil
	case n.op == searchLeaf && n.name == "":
		return []string{strings.ToLower(n.value[0])}
	}
	var out []string
	for _, o := range n.of {
		out = append(out, searchWords(o)...)
	}
	return out
}

func commentCount(i *world.GitHubIssue) int { return len(i.Comments) + i.CommentsCut }

// countReactions counts those of one content, or all of them.
func countReactions(list []*world.Reaction, content string) int {
	n := 0
	for _, r := range list {
		if content == "" || r.Content == content {
			n++
		}
	}
	return n
}
