package githubsim

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

type homePage struct {
	Groups []homeGroup
	Repos  []repoRow
	Boards []boardRow
	Owner  string // whose page it is; empty: everybody's
}

// homeGroup lists items with comments of the daemon's.
type homeGroup struct {
	Title string
	Items []itemLine
}

type repoRow struct {
	Name, About       string
	Open, Pulls       int
	Private, Archived bool
}

type boardRow struct {
	Title, URL, Owner string
	Number, Cards     int
	Closed            bool
}

// home shows what the daemon wrote to, the boards and the repositories.
func (l *look) home() (string, any) {
	l.Frame.Title = "Repositories"
	return "home.html", l.homeOf("")
}

// owner is home for one organisation or person.
func (l *look) owner() (string, any) {
	u := l.g.account(l.PathValue("owner"))
	if u == nil {
		return "", nil
	}
	l.Frame.Title = u.Login
	return "home.html", l.homeOf(u.Login)
}

func (l *look) homeOf(owner string) homePage {
	page := homePage{Owner: owner}
	if owner == "" {
		page.Groups = l.groups()
	}
	for _, r := range l.s.Repos {
		if owner != "" && !strings.EqualFold(r.Owner, owner) {
			continue
		}
		open := l.sim.shelf.open(l.s, r)
		pulls := len(l.sim.shelf.filtered(l.s, r, "CREATED_AT", "open pulls", func(i *world.GitHubIssue) bool { return i.PullRequest && !i.Closed }))
		page.Repos = append(page.Repos, repoRow{Name: r.FullName(), About: r.About, Open: open - pulls, Pulls: pulls, Private: r.Private, Archived: r.Archived})
	}
	for _, p := range l.s.GitHubProjects {
		if owner == "" || strings.EqualFold(p.Owner, owner) {
			page.Boards = append(page.Boards, boardRow{Title: p.Title, URL: boardPath(l.g, p), Owner: p.Owner, Number: p.Number, Cards: len(p.Items), Closed: p.Closed})
		}
	}
	return page
}

// mostLines bounds each list of the home page.
const mostLines = 40

func (l *look) groups() []homeGroup {
	groups := []homeGroup{
		world.Homes: {Title: "Agendas"}, world.Briefs: {Title: "Epics with a brief"}, world.Flags: {Title: "Flagged"},
		world.Folded: {Title: "With comments that are settled"},
	}
	for _, r := range l.s.Repos {
		for _, i := range r.Issues {
			if shelf := l.s.ShelfOf(i); shelf != world.Others && len(groups[shelf].Items) < mostLines {
				groups[shelf].Items = append(groups[shelf].Items, lineOf(i))
			}
		}
	}
	return slices.DeleteFunc(groups, func(g homeGroup) bool { return len(g.Items) == 0 })
}

type listPage struct {
	Repo, Query, Problem string
	Rows                 []listRow
	Open, Closed, Found  int
	OpenURL, ClosedURL   string
	Prev, Next           string
	Pulls, MayAdd        bool
}

type listRow struct {
	itemLine
	Number, Comments int
	Author           someone
	Assignees        []someone
	Labels           []chip
	When             instant
	Blocked          int // open blockers
	Milestone        string
}

var withoutState = regexp.MustCompile(` (?:state|is):(?:open|closed)\b`)

// pageNumber reads a number of an address; what is none is 0.
func pageNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// listSize is how many rows a list page shows.
const listSize = 50

// list shows a repository's issues by GitHub's own search.
func (l *look) list() (string, any) {
	r := l.s.Repo(l.PathValue("owner") + "/" + l.PathValue("repo"))
	if r == nil {
		return "", nil
	}
	page := listPage{Repo: r.FullName(), Pulls: strings.HasSuffix(l.URL.Path, "/pulls"), MayAdd: !r.IssuesOff && !r.Archived}
	kind := map[bool]string{true: "is:pr", false: "is:issue"}[page.Pulls]
	page.Query = l.FormValue("q")
	if !l.URL.Query().Has("q") {
		page.Query = kind + " state:open"
	}
	l.Frame.Title = r.FullName()
	rest := strings.TrimSpace(withoutState.ReplaceAllString(" "+page.Query+" ", " "))
	found, open, closed, problem := l.found(r, page.Query, rest)
	page.Problem, page.Found, page.Open, page.Closed = problem, len(found), open, closed
	here := map[bool]string{true: "/pulls", false: "/issues"}[page.Pulls]
	address := func(query string, from int) string {
		v := url.Values{"q": {strings.TrimSpace(query)}}
		if from > 1 {
			v.Set("page", strconv.Itoa(from))
		}
		return "/" + r.FullName() + here + "?" + v.Encode()
	}
	page.OpenURL, page.ClosedURL = address(rest+" state:open", 1), address(rest+" state:closed", 1)
	number := max(1, pageNumber(l.FormValue("page")))
	from := min((number-1)*listSize, len(found))
	to := min(from+listSize, len(found))
	for _, i := range found[from:to] {
		page.Rows = append(page.Rows, rowOf(i))
	}
	if number > 1 {
		page.Prev = address(page.Query, number-1)
	}
	if to < len(found) {
		page.Next = address(page.Query, number+1)
	}
	return "list.html", page
}

// found is what a query finds, and how many would be open and closed without its word on that.
func (l *look) found(r *world.Repo, query, rest string) (found []*world.GitHubIssue, open, closed int, problem string) {
	all, problem := l.search(r, rest)
	for _, i := range all {
		if i.Closed {
			closed++
		} else {
			open++
		}
	}
	if strings.ContainsAny(query, "()") || strings.Contains(query, " OR ") { // there the word may stand for a part of it
		found, problem = l.search(r, query)
		return found, open, closed, problem
	}
	for _, i := range all {
		if stateFits(i, query) {
			found = append(found, i)
		}
	}
	return found, open, closed, problem
}

// stateFits reports whether an issue is as every word of the query on open and closed says.
func stateFits(i *world.GitHubIssue, query string) bool {
	for _, word := range strings.Fields(query) {
		if withoutState.MatchString(" "+word+" ") && strings.HasSuffix(word, "closed") != i.Closed {
			return false
		}
	}
	return true
}

// search finds in one repository, newest first unless the query says otherwise.
func (l *look) search(r *world.Repo, query string) ([]*world.GitHubIssue, string) {
	parsed, problem := parseSearch("repo:" + r.FullName() + " " + query)
	if problem != nil {
		return nil, problem.message
	}
	in := searching{state: l.s, me: l.g.me, now: l.s.Now()}
	if parsed.order == "" {
		in.sort = "created"
	}
	list, problem := parsed.issues(in)
	if problem != nil {
		return nil, problem.message
	}
	return list, ""
}

func rowOf(i *world.GitHubIssue) listRow {
	row := listRow{itemLine: lineOf(i), Number: i.Number, Comments: commentCount(i), Author: personOf(i.Author), Assignees: personsOf(i.Assignees),
		Labels: chipsOf(i.Repo, i.Labels), When: instant{At: i.Created}, Blocked: dependenciesOf(i).BlockedBy}
	if i.Milestone != nil {
		row.Milestone = i.Milestone.Title
	}
	return row
}

// labelled leads from a label to its issues.
func (l *look) labelled() (string, any) {
	l.to = "/" + l.PathValue("owner") + "/" + l.PathValue("repo") + "/issues?" + url.Values{"q": {`is:issue label:"` + l.PathValue("label") + `"`}}.Encode()
	return "gone.html", nil
}

// under leads from a milestone to its issues.
func (l *look) under() (string, any) {
	r := l.s.Repo(l.PathValue("owner") + "/" + l.PathValue("repo"))
	if r == nil {
		return "", nil
	}
	m := r.MilestoneByNumber(pageNumber(l.PathValue("number")))
	if m == nil {
		return "", nil
	}
	l.to = "/" + r.FullName() + "/issues?" + url.Values{"q": {`milestone:"` + m.Title + `"`}}.Encode()
	return "gone.html", nil
}

type blankPage struct{ Repo string }

// blank is the form of an issue that is still to be opened.
func (l *look) blank() (string, any) {
	r := l.s.Repo(l.PathValue("owner") + "/" + l.PathValue("repo"))
	if r == nil || r.IssuesOff || r.Archived {
		return "", nil
	}
	l.Frame.Title = "New issue"
	return "new.html", blankPage{r.FullName()}
}
