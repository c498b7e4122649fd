package githubsim

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// paged cuts a list to the page that the query asks for and builds only that page's entries. Link headers name the
// repository by its id, as recorded: next never repeats the path that was asked for.
func paged[T, J any](c *call, list []T, show func(T) J) reply {
	answer, out := cut(c, list, show)
	answer.body = out
	return answer
}

// cut is paged with the page apart from the answer, for lists that stand inside an object.
func cut[T, J any](c *call, list []T, show func(T) J) (reply, []J) {
	size, page := c.page()
	from := min((page-1)*size, len(list))
	to := min(from+size, len(list))
	out := make([]J, 0, to-from)
	for _, entry := range list[from:to] {
		out = append(out, show(entry))
	}
	answer := ok(nil)
	last := max(1, (len(list)+size-1)/size)
	if links := c.links(page, last); links != "" {
		answer.header = http.Header{"Link": {links}}
	}
	return answer, out
}

// page reads per_page (30 when absent, at most 100) and page.
func (c *call) page() (size, page int) {
	size, page = 30, 1
	if n, err := strconv.Atoi(c.query.Get("per_page")); err == nil && n > 0 {
		size = min(n, 100)
	}
	if n, err := strconv.Atoi(c.query.Get("page")); err == nil && n > 0 {
		page = min(n, 1<<20)
	}
	return size, page
}

func (c *call) links(page, last int) string {
	var out []string
	add := func(rel string, n int) {
		out = append(out, c.link(rel, "page", strconv.Itoa(n)))
	}
	if page > 1 {
		add("prev", min(page-1, last))
	}
	if page < last {
		add("next", page+1)
		add("last", last)
	}
	if page > 1 {
		add("first", 1)
	}
	return strings.Join(out, ", ")
}

// link is one entry of a Link header: the question as it was asked, and behind it what has changed, as pairs of name
// and value; an empty value goes. The order matters to clients that look for the page behind the first parameter.
func (c *call) link(rel string, changed ...string) string {
	var query []string
	for _, pair := range strings.Split(c.raw, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if at := slices.Index(changed, name); pair != "" && (at < 0 || at%2 == 1) {
			query = append(query, pair)
		}
	}
	for n := 0; n < len(changed); n += 2 {
		if changed[n+1] != "" {
			query = append(query, changed[n]+"="+url.QueryEscape(changed[n+1]))
		}
	}
	path := c.path
	if r := c.repo(); r != nil {
		path = "/repositories/" + strconv.FormatInt(r.ID, 10) + c.below()
	}
	return fmt.Sprintf(`<%s>; rel="%s"`, c.at.api+path+"?"+strings.Join(query, "&"), rel)
}

// repo is the repository of the path, whoever may see it; nil where the path names none.
func (c *call) repo() *world.Repo {
	if c.params["repository_id"] != "" {
		return c.s.RepoByID(c.number("repository_id"))
	}
	if c.params["owner"] == "" {
		return nil
	}
	return c.s.Repo(c.params["owner"] + "/" + c.params["repo"])
}
