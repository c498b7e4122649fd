package githubsim

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// farthest is how deep a list of issues may be read by page numbers; further on only cursors lead. The links of longer
// lists carry them.
const farthest = 10_000

// pagedIssues cuts a list of issues, which stands in ascending order. github.com gives no page that ends at the ten
// thousandth issue or later, and links of such lists lead on by cursor.
func pagedIssues(c *call, ascending []*world.GitHubIssue, field string) reply {
	size, page := c.page()
	down := c.query.Get("direction") != "asc"
	at := func(n int) *world.GitHubIssue {
		if down {
			return ascending[len(ascending)-1-n]
		}
		return ascending[n]
	}
	from := (page - 1) * size
	after, before := c.query.Get("after"), c.query.Get("before")
	switch {
	case after != "" || before != "":
		place, ok := placeOf(ascending, field, after+before, down)
		if !ok {
			return refused(unprocessable("The `after` or `before` cursor is not valid."))
		}
		from = place.behind
		if before != "" {
			from = max(0, place.at-size)
		}
	case page*size >= farthest && len(ascending) > farthest-size && !c.sim.enterprise():
		return refused(unprocessable("Pagination with the page parameter is not supported for large datasets, please use cursor based pagination (after/before)"))
	}
	from = min(from, len(ascending))
	to := min(from+size, len(ascending))
	out := make([]*issueJSON, 0, to-from)
	for n := from; n < to; n++ {
		out = append(out, c.showIssue(at(n)))
	}
	answer := ok(out)
	links := c.links(page, max(1, (len(ascending)+size-1)/size))
	if len(ascending) >= farthest || after != "" || before != "" {
		links = c.cursorLinks(page, from, to, len(ascending), at, field)
	}
	if links != "" {
		answer.header = http.Header{"Link": {links}}
	}
	return answer
}

func (c *call) cursorLinks(page, from, to, total int, at func(int) *world.GitHubIssue, field string) string {
	var out []string
	if from > 0 {
		out = append(out, c.link("prev", "after", "", "before", cursorOf(at(from), field), "page", strconv.Itoa(max(1, page-1))))
	}
	if to < total {
		out = append(out, c.link("next", "before", "", "after", cursorOf(at(to-1), field), "page", strconv.Itoa(page+1)))
	}
	return strings.Join(out, ", ")
}

// cursorOf names the place of an issue in an order, so that the list may change around it.
func cursorOf(i *world.GitHubIssue, field string) string {
	key := i.Created.Unix()
	switch field {
	case "UPDATED_AT":
		key = i.Updated.Unix()
	case "COMMENTS":
		key = int64(commentCount(i))
	}
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "cursor:v2:%d:%d", key, i.ID))
}

// place is where a cursor points: at an issue (or where it would be), and behind it.
type place struct{ at, behind int }

func placeOf(ascending []*world.GitHubIssue, field, cursor string, down bool) (place, bool) {
	raw, err := base64.StdEncoding.DecodeString(cursor)
	var key, id int64
	if n, bad := fmt.Sscanf(string(raw), "cursor:v2:%d:%d", &key, &id); err != nil || bad != nil || n != 2 {
		return place{}, false
	}
	mark := &world.GitHubIssue{ID: id, Created: time.Unix(key, 0), Updated: time.Unix(key, 0)}
	if field == "COMMENTS" {
		mark.CommentsCut = int(key)
	}
	n, found := slices.BinarySearchFunc(ascending, mark, func(a, b *world.GitHubIssue) int { return compareBy(field, a, b) })
	width := 0
	if found {
		width = 1
	}
	if down {
		return place{at: len(ascending) - n - width, behind: len(ascending) - n}, true
	}
	return place{at: n, behind: n + width}, true
}
