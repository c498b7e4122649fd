package githubsim

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// listComments lists an issue's comments, oldest first; since means updated at or after.
func listComments(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	since, wrong := c.since("IssueComment")
	if wrong != nil {
		return refused(wrong)
	}
	var list []*world.Comment
	for _, o := range i.Comments {
		if !o.Updated.Before(since) {
			list = append(list, o)
		}
	}
	return paged(c, list, func(o *world.Comment) *commentJSON { return c.at.comment(i, o) })
}

// said is a comment with the issue it stands on.
type said struct {
	i *world.GitHubIssue
	c *world.Comment
}

// listRepositoryComments lists every comment of a repository, by id unless asked otherwise.
func listRepositoryComments(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	since, wrong := c.since("IssueComment")
	if wrong != nil {
		return refused(wrong)
	}
	var list []said
	for _, i := range r.Issues {
		if !visible(i) {
			continue
		}
		for _, o := range i.Comments {
			if !o.Updated.Before(since) {
				list = append(list, said{i, o})
			}
		}
	}
	slices.SortFunc(list, func(a, b said) int {
		first := 0
		switch c.query.Get("sort") {
		case "updated":
			first = a.c.Updated.Compare(b.c.Updated)
		case "created":
			first = a.c.Created.Compare(b.c.Created)
		}
		return cmp.Or(first, cmp.Compare(a.c.ID, b.c.ID))
	})
	if c.query.Get("sort") != "" && c.query.Get("direction") == "desc" {
		slices.Reverse(list)
	}
	return paged(c, list, func(s said) *commentJSON { return c.at.comment(s.i, s.c) })
}

// comment finds the comment of the path in the repository of the path.
func (c *call) comment() (*world.GitHubIssue, *world.Comment, *reply) {
	r, no := c.repository()
	if no != nil {
		return nil, nil, no
	}
	item, found := c.s.Comment(world.GitHub, c.number("comment_id"))
	i, isIssue := item.(*world.GitHubIssue)
	if found == nil || !isIssue || i.Repo != r || !visible(i) {
		return nil, nil, stop(refused(notFound()))
	}
	return i, found, nil
}

func getComment(c *call) reply {
	i, found, no := c.comment()
	if no != nil {
		return *no
	}
	return ok(c.at.comment(i, found))
}

func createComment(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	body, wrong := c.text(i)
	if wrong != nil {
		return refused(wrong)
	}
	if i.Locked {
		return refused(refuse(http.StatusForbidden, "Unable to create comment because issue is locked."))
	}
	out := c.at.comment(i, c.s.AddComment(i, c.me, body, nil))
	return created(out, out.URL)
}

func editComment(c *call) reply {
	i, found, no := c.comment()
	if no != nil {
		return *no
	}
	body, wrong := c.text(i)
	if wrong != nil {
		return refused(wrong)
	}
	c.s.EditComment(i, found, c.me, body, nil)
	return ok(c.at.comment(i, found))
}

func deleteComment(c *call) reply {
	i, found, no := c.comment()
	if no != nil {
		return *no
	}
	if i.Repo.Archived {
		return refused(archived())
	}
	c.s.DeleteComment(i, found, c.me)
	return reply{status: http.StatusNoContent}
}

// text reads the body of a comment that shall be written.
func (c *call) text(i *world.GitHubIssue) (string, *refusal) {
	var in struct {
		Body *string `json:"body"`
	}
	if wrong := c.decode(&in); wrong != nil {
		return "", wrong
	}
	if i.Repo.Archived {
		return "", archived()
	}
	if in.Body == nil || strings.TrimSpace(*in.Body) == "" {
		return "", invalid(fieldError{Resource: "IssueComment", Code: "missing_field", Field: "body"})
	}
	if utf8.RuneCountInString(*in.Body) > maxBody {
		return "", tooLong("IssueComment")
	}
	return c.stored(*in.Body), nil
}

// stored is a text as the server keeps it.
func (c *call) stored(body string) string {
	if _, on := c.faults.On(faultNormalise); !on {
		return body
	}
	lines := strings.Split(strings.ReplaceAll(body, "\r\n", "\n"), "\n")
	for n, line := range lines {
		lines[n] = strings.TrimRight(line, " \t")
	}
	return strings.TrimRight(strings.Join(lines, "\r\n"), "\r\n")
}
