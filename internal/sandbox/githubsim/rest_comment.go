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
	since, wrong := c.since()
	if wrong != nil {
		return refused(wrong)
	}
	list := i.Comments
	if !since.IsZero() {
		list = slices.DeleteFunc(slices.Clone(list), func(o *world.Comment) bool { return o.Updated.Before(since) })
	}
	return paged(c, list, func(o *world.Comment) *commentJSON { return c.showComment(i, o) })
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
	since, wrong := c.since()
	if wrong != nil {
		return refused(wrong)
	}
	for field, known := range map[string][]string{"sort": {"", "created", "updated"}, "direction": {"", "asc", "desc"}} {
		if !slices.Contains(known, c.query.Get(field)) {
			return refused(wrongValue("IssueComment", field, c.query.Get(field)))
		}
	}
	var list []said
	for _, i := range c.sort.commented(c.s, r, since) {
		for _, o := range i.Comments {
			if !o.Updated.Before(since) {
				list = append(list, said{i, o})
			}
		}
	}
	by := c.query.Get("sort")
	slices.SortFunc(list, func(a, b said) int {
		first := 0
		switch by {
		case "updated":
			first = a.c.Updated.Compare(b.c.Updated)
		case "created":
			first = a.c.Created.Compare(b.c.Created)
		}
		return cmp.Or(first, cmp.Compare(a.c.ID, b.c.ID))
	})
	if by != "" && c.query.Get("direction") == "desc" {
		slices.Reverse(list)
	}
	return paged(c, list, func(s said) *commentJSON { return c.showComment(s.i, s.c) })
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
	return dated(c.showComment(i, found), found.Updated)
}

// maxComments is after how many comments an issue takes no more.
const maxComments = 2500

func createComment(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	body, wrong := c.text()
	switch {
	case wrong != nil:
		return refused(wrong)
	case i.Locked && !c.mayTalkLocked():
		return refused(refuse(http.StatusForbidden, "Unable to create comment because issue is locked."))
	case commentCount(i) >= maxComments:
		return refused(refuse(http.StatusForbidden, "Commenting is disabled on issues with more than 2500 comments"))
	}
	if wrong := c.restricted(i.Repo); wrong != nil {
		return refused(wrong)
	}
	o := c.s.AddComment(i, c.me, body, nil)
	return created(c.showComment(i, o), c.at.commentURL(i, o))
}

// mayTalkLocked: people with write access go on talking where a conversation is locked. Apps and bots do not, whatever
// they may do otherwise.
func (c *call) mayTalkLocked() bool {
	return c.me != nil && !c.me.Bot && c.me.Kind != botKind && c.reaches(world.Writer)
}

func editComment(c *call) reply {
	i, found, no := c.comment()
	if no != nil {
		return *no
	}
	body, wrong := c.text()
	switch {
	case wrong != nil:
		return refused(wrong)
	case found.Author != c.me && !c.reaches(world.Writer):
		return refused(needAdmin())
	}
	c.s.EditComment(i, found, c.me, body, nil)
	return dated(c.showComment(i, found), found.Updated)
}

func deleteComment(c *call) reply {
	i, found, no := c.comment()
	if no != nil {
		return *no
	}
	if found.Author != c.me && !c.reaches(world.Writer) {
		return refused(needAdmin())
	}
	c.s.DeleteComment(i, found, c.me)
	return noContent()
}

// text reads the body of a comment that shall be written.
func (c *call) text() (string, *refusal) {
	var in struct {
		Body *string `json:"body"`
	}
	if wrong := c.decode(&in); wrong != nil {
		return "", wrong
	}
	switch {
	case in.Body == nil:
		return "", missing("body")
	case strings.TrimSpace(*in.Body) == "":
		return "", invalid(fieldError{Resource: "IssueComment", Code: "unprocessable", Field: "data", Message: "Body cannot be blank"})
	case utf8.RuneCountInString(*in.Body) > maxBody:
		return "", tooLong("IssueComment")
	}
	return *in.Body, nil
}
