package githubsim

import (
	"net/http"
	"slices"

	"strata/internal/sandbox/world"
)

func listIssueReactions(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return c.listReactions(i, nil)
}

func listCommentReactions(c *call) reply {
	i, o, no := c.comment()
	if no != nil {
		return *no
	}
	return c.listReactions(i, o)
}

func (c *call) listReactions(i *world.GitHubIssue, o *world.Comment) reply {
	content := c.query.Get("content")
	if content != "" && !slices.Contains(world.Feelings, content) {
		return refused(wrongValue("Reaction", "content", content))
	}
	var list []*world.Reaction
	for _, r := range c.s.Reactions(i, o) {
		if content == "" || r.Content == content {
			list = append(list, r)
		}
	}
	return paged(c, list, c.at.reaction)
}

func addIssueReaction(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return c.react(i, nil)
}

func addCommentReaction(c *call) reply {
	i, o, no := c.comment()
	if no != nil {
		return *no
	}
	return c.react(i, o)
}

// react answers 201 for a new reaction and 200 for one that was there.
func (c *call) react(i *world.GitHubIssue, o *world.Comment) reply {
	var in struct {
		Content *string `json:"content"`
	}
	switch wrong := c.decode(&in); {
	case wrong != nil:
		return refused(wrong)
	case in.Content == nil:
		return refused(missing("content"))
	case !slices.Contains(world.Feelings, *in.Content):
		return refused(wrongValue("Reaction", "content", *in.Content))
	case i.Locked && !c.mayTalkLocked():
		return refused(refuse(http.StatusForbidden, "Unable to create reaction because issue is locked."))
	}
	if wrong := c.restricted(i.Repo); wrong != nil {
		return refused(wrong)
	}
	r, fresh := c.s.React(i, o, c.me, *in.Content)
	if !fresh {
		return ok(c.at.reaction(r))
	}
	out := ok(c.at.reaction(r))
	out.status = http.StatusCreated
	return out
}

func removeIssueReaction(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return c.unreact(i, nil)
}

func removeCommentReaction(c *call) reply {
	i, o, no := c.comment()
	if no != nil {
		return *no
	}
	return c.unreact(i, o)
}

// unreact takes back one's own; those of others only with write access.
func (c *call) unreact(i *world.GitHubIssue, o *world.Comment) reply {
	id := c.number("reaction_id")
	list := c.s.Reactions(i, o)
	at := slices.IndexFunc(list, func(r *world.Reaction) bool { return r.ID == id })
	if at < 0 || list[at].By != c.me && !c.reaches(world.Writer) {
		return refused(notFound())
	}
	c.s.Unreact(i, o, id, c.me)
	return noContent()
}
