package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// board finds a board that the account may change.
func (m mutation) board(id graphql.ID, name string) (*world.GitHubProject, error) {
	p, ok := m.g.find(id).(*project)
	if !ok {
		return nil, unresolved(id)
	}
	return p.p, m.boardRight(p.p, name)
}

func (m mutation) boardRight(p *world.GitHubProject, name string) error {
	grant := m.g.call.who.grant
	switch {
	case m.g.editsBoard(p):
		return nil
	case grant != nil && grant.fine():
		return failure("FORBIDDEN", "%s", m.g.call.inaccessible().Message)
	}
	return m.g.incapable(name)
}

// card finds a card of a board that the account may change.
func (m mutation) card(board, id graphql.ID, name string) (*world.ProjectItem, error) {
	p, err := m.board(board, name)
	if err != nil {
		return nil, err
	}
	item, ok := m.g.find(id).(*projectItem)
	if !ok {
		return nil, unresolved(id)
	}
	if item.c.Project != p {
		return nil, failure("NOT_FOUND", "The item does not exist in the project")
	}
	return item.c, nil
}

type addItemInput struct {
	echo
	ProjectID, ContentID graphql.ID
}

type itemPayload struct {
	echo
	Item *projectItem
}

// AddProjectV2ItemByID puts an issue or pull request on a board. One that is there already keeps its card.
func (m mutation) AddProjectV2ItemByID(args struct{ Input addItemInput }) (*itemPayload, error) {
	p, err := m.board(args.Input.ProjectID, "AddProjectV2ItemById")
	if err != nil {
		return nil, err
	}
	i, err := m.g.issueOf(args.Input.ContentID)
	if err != nil {
		return nil, err
	}
	return &itemPayload{args.Input.echo, &projectItem{m.g, m.g.s.PutOnBoard(p, i, m.g.me)}}, nil
}

type addDraftInput struct {
	echo
	ProjectID   graphql.ID
	Title       string
	Body        *string
	AssigneeIDs []graphql.ID
}

type draftItemPayload struct {
	echo
	ProjectItem *projectItem
}

func (m mutation) AddProjectV2DraftIssue(args struct{ Input addDraftInput }) (*draftItemPayload, error) {
	in := args.Input
	p, err := m.board(in.ProjectID, "AddProjectV2DraftIssue")
	if err != nil {
		return nil, err
	}
	if err := fits(&in.Title, in.Body); err != nil {
		return nil, err
	}
	draft := world.DraftIssue{Title: in.Title}
	if in.Body != nil {
		draft.Body = *in.Body
	}
	if draft.Assignees, err = m.g.usersOf(in.AssigneeIDs); err != nil {
		return nil, err
	}
	return &draftItemPayload{in.echo, &projectItem{m.g, m.g.s.AddDraft(p, draft, m.g.me)}}, nil
}

type editDraftInput struct {
	echo
	DraftIssueID graphql.ID
	Title, Body  *string
	AssigneeIDs  *[]graphql.ID
}

type draftPayload struct {
	echo
	DraftIssue *draftIssue
}

func (m mutation) UpdateProjectV2DraftIssue(args struct{ Input editDraftInput }) (*draftPayload, error) {
	in := args.Input
	d, ok := m.g.find(in.DraftIssueID).(*draftIssue)
	if !ok {
		return nil, unresolved(in.DraftIssueID)
	}
	if err := m.boardRight(d.cards()[0].Project, "UpdateProjectV2DraftIssue"); err != nil {
		return nil, err
	}
	if err := fits(in.Title, in.Body); err != nil {
		return nil, err
	}
	var people []*world.User
	if in.AssigneeIDs != nil {
		var err error
		if people, err = m.g.usersOf(*in.AssigneeIDs); err != nil {
			return nil, err
		}
	}
	m.g.s.EditDraft(d.d, m.g.me, func(d *world.DraftIssue) {
		if in.Title != nil {
			d.Title = *in.Title
		}
		if in.Body != nil {
			d.Body = *in.Body
		}
		if in.AssigneeIDs != nil {
			d.Assignees = people
		}
	})
	return &draftPayload{in.echo, d}, nil
}

type convertInput struct {
	echo
	ItemID, RepositoryID graphql.ID
}

func (m mutation) ConvertProjectV2DraftIssueItemToIssue(args struct{ Input convertInput }) (*itemPayload, error) {
	item, ok := m.g.find(args.Input.ItemID).(*projectItem)
	if !ok {
		return nil, unresolved(args.Input.ItemID)
	}
	r, err := m.g.repoOf(args.Input.RepositoryID)
	if err != nil {
		return nil, err
	}
	if err := m.boardRight(item.c.Project, "ConvertProjectV2DraftIssueItemToIssue"); err != nil {
		return nil, err
	}
	if item.c.Draft == nil {
		return nil, failure("UNPROCESSABLE", "The item is not a draft issue")
	}
	m.g.s.Convert(item.c, r, m.g.me)
	return &itemPayload{args.Input.echo, item}, nil
}

type itemInput struct {
	echo
	ProjectID, ItemID graphql.ID
}

func (m mutation) ArchiveProjectV2Item(args struct{ Input itemInput }) (*itemPayload, error) {
	return m.archive(args.Input, true, "ArchiveProjectV2Item")
}

func (m mutation) UnarchiveProjectV2Item(args struct{ Input itemInput }) (*itemPayload, error) {
	return m.archive(args.Input, false, "UnarchiveProjectV2Item")
}

func (m mutation) archive(in itemInput, on bool, name string) (*itemPayload, error) {
	card, err := m.card(in.ProjectID, in.ItemID, name)
	if err != nil {
		return nil, err
	}
	if card.Archived != on {
		m.g.s.ArchiveCard(card, on, m.g.me)
	}
	return &itemPayload{in.echo, &projectItem{m.g, card}}, nil
}

type deletedItemPayload struct {
	echo
	DeletedItemID *graphql.ID
}

func (m mutation) DeleteProjectV2Item(args struct{ Input itemInput }) (*deletedItemPayload, error) {
	card, err := m.card(args.Input.ProjectID, args.Input.ItemID, "DeleteProjectV2Item")
	if err != nil {
		return nil, err
	}
	id := graphql.ID(card.NodeID())
	m.g.s.DeleteCard(card, m.g.me)
	return &deletedItemPayload{args.Input.echo, &id}, nil
}

type moveInput struct {
	itemInput
	AfterID *graphql.ID
}

type movePayload struct {
	echo
	p *project
}

// Items is the board as it is after the move.
func (p *movePayload) Items(args span) (*connection[*projectItem], error) {
	return p.p.Items(itemArgs{span: args, ArchivedStates: []string{"NOT_ARCHIVED"}})
}

func (m mutation) UpdateProjectV2ItemPosition(args struct{ Input moveInput }) (*movePayload, error) {
	in := args.Input
	card, err := m.card(in.ProjectID, in.ItemID, "UpdateProjectV2ItemPosition")
	if err != nil {
		return nil, err
	}
	var after *world.ProjectItem
	if in.AfterID != nil {
		if after, err = m.card(in.ProjectID, *in.AfterID, "UpdateProjectV2ItemPosition"); err != nil {
			return nil, err
		}
	}
	if after != card {
		m.g.s.MoveCard(card, after, m.g.me)
	}
	return &movePayload{in.echo, &project{m.g, card.Project}}, nil
}

type createBoardInput struct {
	echo
	OwnerID              graphql.ID
	RepositoryID, TeamID *graphql.ID
	Title                string
}

type boardPayload struct {
	echo
	ProjectV2 *project
}

func (m mutation) CreateProjectV2(args struct{ Input createBoardInput }) (*boardPayload, error) {
	in := args.Input
	who, ok := m.g.find(in.OwnerID).(*account)
	if !ok {
		return nil, unresolved(in.OwnerID)
	}
	grant := m.g.call.who.grant
	if grant != nil && grant.fine() && !grant.permits("organization_projects=write") || !m.g.me.MayEdit() {
		return nil, m.g.incapable("CreateProjectV2")
	}
	if strings.TrimSpace(in.Title) == "" {
		return nil, failure("UNPROCESSABLE", "Title can't be blank")
	}
	p := m.g.s.AddBoard(who.u.Login, in.Title, m.g.me)
	if in.RepositoryID != nil {
		r, err := m.g.repoOf(*in.RepositoryID)
		if err != nil {
			return nil, err
		}
		m.g.s.EditBoard(p, m.g.me, func(p *world.GitHubProject) { p.Repos = append(p.Repos, r) })
	}
	return &boardPayload{in.echo, &project{m.g, p}}, nil
}

type editBoardInput struct {
	echo
	ProjectID                       graphql.ID
	Closed, Public                  *bool
	Readme, ShortDescription, Title *string
}

func (m mutation) UpdateProjectV2(args struct{ Input editBoardInput }) (*boardPayload, error) {
	in := args.Input
	p, err := m.board(in.ProjectID, "UpdateProjectV2")
	if err != nil {
		return nil, err
	}
	if in.Title != nil && strings.TrimSpace(*in.Title) == "" {
		return nil, failure("UNPROCESSABLE", "Title can't be blank")
	}
	m.g.s.EditBoard(p, m.g.me, func(p *world.GitHubProject) {
		for to, from := range map[*string]*string{&p.Title: in.Title, &p.About: in.ShortDescription, &p.Readme: in.Readme} {
			if from != nil {
				*to = *from
			}
		}
		for to, from := range map[*bool]*bool{&p.Closed: in.Closed, &p.Public: in.Public} {
			if from != nil {
				*to = *from
			}
		}
	})
	return &boardPayload{in.echo, &project{m.g, p}}, nil
}

type boardInput struct {
	echo
	ProjectID graphql.ID
}

func (m mutation) DeleteProjectV2(args struct{ Input boardInput }) (*boardPayload, error) {
	p, err := m.board(args.Input.ProjectID, "DeleteProjectV2")
	if err != nil {
		return nil, err
	}
	m.g.s.DeleteBoard(p, m.g.me)
	return &boardPayload{args.Input.echo, &project{m.g, p}}, nil
}

type linkBoardInput struct {
	echo
	ProjectID, RepositoryID graphql.ID
}

type linkBoardPayload struct {
	echo
	Repository *repository
}

func (m mutation) LinkProjectV2ToRepository(args struct{ Input linkBoardInput }) (*linkBoardPayload, error) {
	return m.linkBoard(args.Input, "LinkProjectV2ToRepository", func(list []*world.Repo, r *world.Repo) []*world.Repo {
		return union(list, []*world.Repo{r})
	})
}

func (m mutation) UnlinkProjectV2FromRepository(args struct{ Input linkBoardInput }) (*linkBoardPayload, error) {
	return m.linkBoard(args.Input, "UnlinkProjectV2FromRepository", func(list []*world.Repo, r *world.Repo) []*world.Repo {
		return slices.DeleteFunc(slices.Clone(list), func(o *world.Repo) bool { return o == r })
	})
}

func (m mutation) linkBoard(in linkBoardInput, name string, f func([]*world.Repo, *world.Repo) []*world.Repo) (*linkBoardPayload, error) {
	p, err := m.board(in.ProjectID, name)
	if err != nil {
		return nil, err
	}
	r, err := m.g.repoOf(in.RepositoryID)
	if err != nil {
		return nil, err
	}
	m.g.s.EditBoard(p, m.g.me, func(p *world.GitHubProject) { p.Repos = f(p.Repos, r) })
	return &linkBoardPayload{in.echo, &repository{m.g, r}}, nil
}
