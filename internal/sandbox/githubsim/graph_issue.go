package githubsim

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type issue struct {
	g *graph
	i *world.GitHubIssue
}

func (i *issue) ID() graphql.ID            { return graphql.ID(i.i.NodeID()) }
func (i *issue) DatabaseID() *int          { return smallID(i.i.ID) }
func (i *issue) FullDatabaseID() *string   { return bigID(i.i.ID) }
func (i *issue) Number() int               { return i.i.Number }
func (i *issue) Title() string             { return i.i.Title }
func (i *issue) TitleHTML() string         { return html.EscapeString(i.i.Title) }
func (i *issue) Body() string              { return i.i.Body }
func (i *issue) BodyHTML() string          { return rendered(i.i.Body) }
func (i *issue) BodyText() string          { return plainText(i.i.Body) }
func (i *issue) URL() string               { return i.g.at.page(i.i) }
func (i *issue) ResourcePath() string      { return address{}.page(i.i) }
func (i *issue) BodyURL() string           { return i.URL() + "#issue-" + *bigID(i.i.ID) }
func (i *issue) BodyResourcePath() string  { return i.ResourcePath() + "#issue-" + *bigID(i.i.ID) }
func (i *issue) State() string             { return strings.ToUpper(stateWord(i.i.Closed)) }
func (i *issue) Closed() bool              { return i.i.Closed }
func (i *issue) CreatedAt() string         { return stamp(i.i.Created) }
func (i *issue) UpdatedAt() string         { return stamp(i.i.Updated) }
func (i *issue) PublishedAt() *string      { return stampOrNull(i.i.Created) }
func (i *issue) ClosedAt() *string         { return stampOrNull(i.i.ClosedAt) }
func (i *issue) Locked() bool              { return i.i.Locked }
func (i *issue) Author() *account          { return i.g.actor(i.i.Author) }
func (i *issue) AuthorAssociation() string { return association(i.i) }
func (i *issue) ViewerDidAuthor() bool     { return i.i.Author == i.g.me }
func (i *issue) Repository() *repository   { return &repository{i.g, i.i.Repo} }
func (i *issue) IncludesCreatedEdit() bool { _, edited := i.g.s.LastEdit(i.i); return edited }

func (i *issue) LastEditedAt() *string {
	e, _ := i.g.s.LastEdit(i.i)
	return stampOrNull(e.At)
}

func (i *issue) Editor() *account {
	e, _ := i.g.s.LastEdit(i.i)
	return i.g.actor(e.By)
}

// StateReason hides duplicates behind NOT_PLANNED from clients that do not ask for them.
func (i *issue) StateReason(args struct{ EnableDuplicate bool }) *string {
	reason := i.i.StateReason
	if reason == world.Duplicate && !args.EnableDuplicate {
		reason = world.NotPlanned
	}
	return textOrNull(strings.ToUpper(reason))
}

func (i *issue) ActiveLockReason() *string {
	if !i.i.Locked {
		return nil
	}
	return lockReason(i.i.LockReason)
}

// lockReason is a reason as GraphQL spells it.
func lockReason(reason string) *string {
	return textOrNull(strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(reason)))
}

func (i *issue) Milestone() *milestone {
	if i.i.Milestone == nil {
		return nil
	}
	return &milestone{i.g, i.i.Repo, i.i.Milestone}
}

func (i *issue) IssueType() *issueKind {
	if i.i.Type == nil {
		return nil
	}
	return &issueKind{i.g, i.i.Type}
}

func (i *issue) IsPinned() *bool {
	pinned := slices.Contains(i.g.s.Pinned(i.i.Repo), i.i)
	return &pinned
}

type orderedSpan struct {
	span
	OrderBy *order
}

func (i *issue) Labels(args orderedSpan) (*connection[*label], error) {
	list := i.i.Labels
	if args.OrderBy != nil && args.OrderBy.Field == "NAME" {
		list = orderedLabels(list, args.OrderBy)
	}
	return i.g.labels(args.span, i.i.Repo, list)
}

func (i *issue) Assignees(args span) (*connection[*account], error) {
	return i.g.people("assignees", args, i.i.Assignees)
}

func (i *issue) AssignedActors(args span) (*connection[any], error) {
	return i.g.assignees("assignedActors", args, i.i.Assignees)
}

type suggestedArgs struct {
	span
	Query *string
}

// SuggestedActors are those who may be assigned.
func (i *issue) SuggestedActors(args suggestedArgs) (*connection[any], error) {
	return i.g.assignees("suggestedActors", args.span, i.g.named(i.g.s.People(), args.Query))
}

// named keeps the people whose login or name holds a text.
func (g *graph) named(list []*world.User, query *string) []*world.User {
	if query == nil || *query == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(u *world.User) bool {
		return !strings.Contains(strings.ToLower(u.Login+" "+u.Name), strings.ToLower(*query))
	})
}

// Participants are those who wrote or have it.
func (i *issue) Participants(args span) (*connection[*account], error) {
	var list []*world.User
	add := func(u *world.User) {
		if u != nil && !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	add(i.i.Author)
	for _, u := range i.i.Assignees {
		add(u)
	}
	for _, c := range i.i.Comments {
		add(c.Author)
	}
	return i.g.people("participants", args, list)
}

// fewer is how many comments a page holds when the server gives fewer than were asked for.
func (c *call) fewer(asked int) int {
	f, on := c.faults.On(faultComments)
	most := max(number(f.Value, 1), 1)
	if !on || asked <= most {
		return asked
	}
	if _, hit := c.faults.Take(c.route.name(), "", faultComments); !hit {
		return asked
	}
	return most
}

// Comments come oldest first, or by their last change.
func (i *issue) Comments(args orderedSpan) (*connection[*comment], error) {
	list := i.i.Comments
	if args.OrderBy != nil {
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(x, y *world.Comment) int { return cmp.Or(x.Updated.Compare(y.Updated), cmp.Compare(x.ID, y.ID)) })
		if args.OrderBy.Direction == "DESC" {
			slices.Reverse(list)
		}
	}
	if args.First != nil {
		few := i.g.call.fewer(*args.First)
		args.First = &few
	}
	return connect("comments", args.span, len(list), func(n int) *comment { return &comment{i.g, i.i, list[n]} })
}

// UserContentEdits are kept by the last one only.
func (i *issue) UserContentEdits(args span) (*connection[any], error) {
	return none("userContentEdits", args)
}

// ProjectCards are of the boards that GitHub has switched off.
func (i *issue) ProjectCards(args struct {
	span
	ArchivedStates []*string
}) (*connection[any], error) {
	return none("projectCards", args.span)
}
