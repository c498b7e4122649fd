package githubsim

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// paged cuts a list to the page that the query asks for and builds only that page's entries. Link headers name the
// repository by its id, as recorded: next never repeats the path that was asked for.
func paged[T, J any](c *call, list []T, show func(T) J) reply {
	size, page := c.page()
	from := min((page-1)*size, len(list))
	to := min(from+size, len(list))
	out := make([]J, 0, to-from)
	for _, entry := range list[from:to] {
		out = append(out, show(entry))
	}
	answer := ok(out)
	last := max(1, (len(list)+size-1)/size)
	if links := c.links(page, last); links != "" {
		answer.header = http.Header{"Link": {links}}
	}
	return answer
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
		out = append(out, fmt.Sprintf(`<%s>; rel="%s"`, c.pageURL(n), rel))
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

func (c *call) pageURL(n int) string {
	query := url.Values{}
	for name, values := range c.query {
		query[name] = values
	}
	query.Set("page", strconv.Itoa(n))
	path := c.path
	if r, no := c.repository(); no == nil && c.params["owner"] != "" {
		path = "/repositories/" + strconv.FormatInt(r.ID, 10) + strings.TrimPrefix(path, "/repos/"+c.params["owner"]+"/"+c.params["repo"])
	}
	return c.at.api + path + "?" + query.Encode()
}
