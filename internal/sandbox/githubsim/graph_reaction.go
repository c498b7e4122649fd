package githubsim

import (
	"slices"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// reactable is an issue, or (c) a comment on it.
type reactable struct {
	g *graph
	i *world.GitHubIssue
	c *world.Comment
}

// subject is the thing itself.
func (r reactable) subject() any {
	if r.c != nil {
		return &comment{r.g, r.i, r.c}
	}
	return r.g.item(r.i)
}

// spelled are GraphQL's words for what REST writes as +1 and the like.
var spelled = map[string]string{
	"+1": "THUMBS_UP", "-1": "THUMBS_DOWN", "laugh": "LAUGH", "hooray": "HOORAY", "confused": "CONFUSED", "heart": "HEART", "rocket": "ROCKET", "eyes": "EYES",
}

// feelingOf is the way back; empty for what is no feeling.
func feelingOf(word string) string {
	for rest, graph := range spelled {
		if graph == word {
			return rest
		}
	}
	return ""
}

type reactionsArgs struct {
	span
	Content *string
	OrderBy *order
}

// reactionPage is a page of reactions.
type reactionPage struct {
	*connection[*reaction]
	ViewerHasReacted bool
}

func (r reactable) reactions(args reactionsArgs) (*reactionPage, error) {
	var list []*world.Reaction
	mine := false
	for _, o := range r.g.s.Reactions(r.i, r.c) {
		mine = mine || o.By == r.g.me
		if args.Content == nil || spelled[o.Content] == *args.Content {
			list = append(list, o)
		}
	}
	if args.OrderBy != nil && args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	page, err := connect("reactions", args.span, len(list), func(n int) *reaction { return &reaction{r, list[n]} })
	return &reactionPage{page, mine}, err
}

// groups has one entry for each feeling, felt or not.
func (r reactable) groups() []*reactionGroup {
	out := make([]*reactionGroup, 0, len(world.Feelings))
	all := r.g.s.Reactions(r.i, r.c)
	for _, feeling := range world.Feelings {
		group := &reactionGroup{r: r, content: feeling}
		for _, o := range all {
			if o.Content == feeling {
				group.list = append(group.list, o)
			}
		}
		out = append(out, group)
	}
	return out
}

func (i *issue) reactable() reactable   { return reactable{i.g, i.i, nil} }
func (c *comment) reactable() reactable { return reactable{c.g, c.i, c.c} }

func (i *issue) ReactionGroups() []*reactionGroup   { return i.reactable().groups() }
func (c *comment) ReactionGroups() []*reactionGroup { return c.reactable().groups() }

func (i *issue) Reactions(args reactionsArgs) (*reactionPage, error) {
	return i.reactable().reactions(args)
}

func (c *comment) Reactions(args reactionsArgs) (*reactionPage, error) {
	return c.reactable().reactions(args)
}

type reaction struct {
	on reactable
	r  *world.Reaction
}

const reactionPrefix = "REA"

// ID leads back through what was reacted to: reactions are kept there.
func (r *reaction) ID() graphql.ID {
	owner := r.on.i.ID
	if r.on.c != nil {
		owner = -r.on.c.ID
	}
	return opaque(reactionPrefix, owner, r.r.ID)
}

func (r *reaction) DatabaseID() *int  { return smallID(r.r.ID) }
func (r *reaction) Content() string   { return spelled[r.r.Content] }
func (r *reaction) CreatedAt() string { return stamp(r.r.At) }
func (r *reaction) Reactable() any    { return r.on.subject() }
func (r *reaction) User() *account    { return r.on.g.actor(r.r.By) }

// reactionByID finds a reaction by what it was to: an issue, or (negative) a comment.
func (g *graph) reactionByID(owner, id int64) any {
	on := reactable{g: g, i: g.s.GitHubIssue(owner)}
	if owner < 0 {
		item, c := g.s.Comment(world.GitHub, -owner)
		on.i, _ = item.(*world.GitHubIssue)
		on.c = c
	}
	if !g.shows(on.i) {
		return nil
	}
	for _, r := range g.s.Reactions(on.i, on.c) {
		if r.ID == id {
			return &reaction{on, r}
		}
	}
	return nil
}

type reactionGroup struct {
	r       reactable
	content string
	list    []*world.Reaction
}

func (g *reactionGroup) Content() string { return spelled[g.content] }
func (g *reactionGroup) Subject() any    { return g.r.subject() }

func (g *reactionGroup) CreatedAt() *string {
	if len(g.list) == 0 {
		return nil
	}
	return stampOrNull(g.list[0].At)
}

func (g *reactionGroup) ViewerHasReacted() bool {
	return slices.ContainsFunc(g.list, func(r *world.Reaction) bool { return r.By == g.r.g.me })
}

func (g *reactionGroup) people() []*world.User {
	out := make([]*world.User, 0, len(g.list))
	for _, r := range g.list {
		out = append(out, r.By)
	}
	return out
}

func (g *reactionGroup) Users(args span) (*connection[*account], error) {
	return g.r.g.people("users", args, g.people())
}

func (g *reactionGroup) Reactors(args span) (*connection[any], error) {
	return g.r.g.assignees("reactors", args, g.people())
}
