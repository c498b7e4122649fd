package world

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// boardBook is what GitHub remembers beside issues and cards, for the few that have it.
type boardBook struct {
	edits     map[int64]IssueEdit      // of texts, by issue
	pins      map[int64][]*GitHubIssue // by repository, in order
	reviewers map[int64]Reviewers      // by pull request
}

// IssueEdit says who changed an issue's text last.
type IssueEdit struct {
	By *User // nil: nobody remembers
	At time.Time
}

// Reviewers are who was asked to look at a pull request.
type Reviewers struct {
	Users []*User
	Teams []*OrgTeam
}

// LastEdit answers who changed an issue's text last, and whether anybody did.
func (s *State) LastEdit(i *GitHubIssue) (IssueEdit, bool) {
	e, ok := s.boards.edits[i.ID]
	return e, ok
}

// edited notes a change of an issue's text.
func (s *State) edited(i *GitHubIssue, by *User) {
	if s.boards.edits == nil {
		s.boards.edits = map[int64]IssueEdit{}
	}
	s.boards.edits[i.ID] = IssueEdit{By: by, At: i.stamp(s.Now())}
}

// EditBody is SetBody by somebody who is known.
func (s *State) EditBody(i *GitHubIssue, body string, by *User) {
	s.SetBody(i, body)
	s.edited(i, by)
}

// MostPinned is how many issues a repository pins.
const MostPinned = 3

// Pinned lists a repository's pinned issues.
func (s *State) Pinned(r *Repo) []*GitHubIssue {
	return slices.DeleteFunc(slices.Clone(s.boards.pins[r.ID]), func(i *GitHubIssue) bool { return i.Repo != r || s.githubByID[i.ID] != i })
}

// Pin pins an issue; false when it is pinned or three others are.
func (s *State) Pin(i *GitHubIssue, by *User) bool {
	list := s.Pinned(i.Repo)
	if slices.Contains(list, i) || len(list) >= MostPinned {
		return false
	}
	if s.boards.pins == nil {
		s.boards.pins = map[int64][]*GitHubIssue{}
	}
	s.boards.pins[i.Repo.ID] = append(slices.Clone(list), i)
	s.happened(i, IssueEvent{Kind: "pinned", By: by})
	s.changed(i)
	return true
}

// Unpin takes the pin away; false when there was none.
func (s *State) Unpin(i *GitHubIssue, by *User) bool {
	list := s.Pinned(i.Repo)
	if !slices.Contains(list, i) {
		return false
	}
	s.boards.pins[i.Repo.ID] = without(list, i)
	s.happened(i, IssueEvent{Kind: "unpinned", By: by})
	s.changed(i)
	return true
}

// ReviewersOf answers who was asked to look at a pull request.
func (s *State) ReviewersOf(i *GitHubIssue) Reviewers { return s.boards.reviewers[i.ID] }

// AskReview asks people and teams to look at a pull request, in place of whoever was asked before.
func (s *State) AskReview(i *GitHubIssue, who Reviewers) {
	if s.boards.reviewers == nil {
		s.boards.reviewers = map[int64]Reviewers{}
	}
	s.boards.reviewers[i.ID] = who
	s.changed(i)
}

// MarkDuplicate says that an issue is the same as another one.
func (s *State) MarkDuplicate(i, of *GitHubIssue, by *User) {
	if i.DuplicateOf == of {
		return
	}
	s.happened(i, IssueEvent{Kind: "marked_as_duplicate", Other: of, By: by})
	i.DuplicateOf = of
	s.changed(i)
}

// UnmarkDuplicate takes that back; false when it was not so.
func (s *State) UnmarkDuplicate(i, of *GitHubIssue, by *User) bool {
	if i.DuplicateOf == nil || i.DuplicateOf != of {
		return false
	}
	s.happened(i, IssueEvent{Kind: "unmarked_as_duplicate", Other: of, By: by})
	i.DuplicateOf = nil
	s.changed(i)
	return true
}

// BoardsOf lists an owner's boards by number.
func (s *State) BoardsOf(owner string) []*GitHubProject {
	var out []*GitHubProject
	for _, p := range s.GitHubProjects {
		if strings.EqualFold(p.Owner, owner) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *GitHubProject) int { return a.Number - b.Number })
	return out
}

// builtInFields are those that GitHub gives every board.
var builtInFields = []struct{ name, kind string }{
	{"Title", "TITLE"}, {"Assignees", "ASSIGNEES"}, {"Status", "SINGLE_SELECT"}, {"Labels", "LABELS"},
	{"Linked pull requests", "LINKED_PULL_REQUESTS"}, {"Milestone", "MILESTONE"}, {"Repository", "REPOSITORY"},
	{"Reviewers", "REVIEWERS"}, {"Parent issue", "PARENT_ISSUE"}, {"Sub-issues progress", "SUB_ISSUES_PROGRESS"}, {"Type", "ISSUE_TYPE"},
}

// AddBoard opens a board with the fields that GitHub gives every board.
func (s *State) AddBoard(owner, title string, by *User) *GitHubProject {
	now := s.Now().Truncate(time.Second)
	p := &GitHubProject{ID: s.id("board-github", 17_000_001), Owner: owner, Number: 1, Title: title, Created: now, Updated: now, Creator: by}
	for _, o := range s.BoardsOf(owner) {
		p.Number = max(p.Number, o.Number+1)
	}
	for _, f := range builtInFields {
		added := s.AddField(p, f.name, f.kind)
		if f.name == "Status" {
			for n, name := range []string{"Todo", "In Progress", "Done"} {
				added.Options = append(added.Options, &Option{ID: s.optionID(added, n), Name: name, Color: []string{"GREEN", "YELLOW", "PURPLE"}[n]})
			}
		}
	}
	s.GitHubProjects = append(s.GitHubProjects, p)
	s.noteBoard(p, "board-create", by, title)
	return p
}

// furnish gives a board the built-in fields that it lacks, and the three views that people make first.
func (s *State) furnish(p *GitHubProject) {
	for _, f := range builtInFields {
		if p.Field(f.name) == nil {
			s.AddField(p, f.name, f.kind)
		}
	}
	p.Views = []*ProjectView{
		{ID: p.ID*10 + 1, Number: 1, Name: "Backlog", Layout: "TABLE_LAYOUT"},
		{ID: p.ID*10 + 2, Number: 2, Name: "Board", Layout: "BOARD_LAYOUT", Filter: "is:issue", GroupBy: []*ProjectField{p.Field("Status")}},
		{ID: p.ID*10 + 3, Number: 3, Name: "Roadmap", Layout: "ROADMAP_LAYOUT"},
	}
	if it := p.Field("Iteration"); it != nil {
		p.Views[2].GroupBy, p.Views[0].SortBy = []*ProjectField{it}, []*ProjectField{it}
	}
}

// usualLabels are those that every repository begins with.
var usualLabels = []Label{
	{Name: "bug", Color: "d73a4a", About: "Something isn't working"}, {Name: "documentation", Color: "0075ca"},
	{Name: "duplicate", Color: "cfd3d7", About: "Said elsewhere already"}, {Name: "enhancement", Color: "a2eeef", About: "New feature or request"},
	{Name: "good first issue", Color: "7057ff"}, {Name: "help wanted", Color: "008672"}, {Name: "invalid", Color: "e4e669"},
	{Name: "question", Color: "d876e3"}, {Name: "wontfix", Color: "ffffff"},
}

// furnishRepo gives a repository the labels that GitHub gives every one.
func (s *State) furnishRepo(r *Repo) *Repo {
	for _, usual := range usualLabels {
		l := s.LabelIn(r, usual.Name)
		l.Color, l.About, l.Default = usual.Color, usual.About, true
	}
	return r
}

// EditBoard changes a board by f.
func (s *State) EditBoard(p *GitHubProject, by *User, f func(*GitHubProject)) {
	was := p.Closed
	f(p)
	p.Updated = s.Now().Truncate(time.Second)
	switch {
	case p.Closed && !was:
		p.ClosedAt = p.Updated
	case !p.Closed:
		p.ClosedAt = time.Time{}
	}
	s.noteBoard(p, "board-edit", by, p.Title)
}

// DeleteBoard removes a board with its cards; what the cards showed stays.
func (s *State) DeleteBoard(p *GitHubProject, by *User) {
	for _, card := range slices.Clone(p.Items) {
		s.DeleteCard(card, by)
	}
	s.GitHubProjects = without(s.GitHubProjects, p)
	s.noteBoard(p, "board-delete", by, p.Title)
}

// AddField gives a board a field of a ProjectV2FieldType.
func (s *State) AddField(p *GitHubProject, name, kind string) *ProjectField {
	f := &ProjectField{ID: s.id("field", 190_000_001), Name: name, Type: kind, Project: p}
	p.Fields = append(p.Fields, f)
	p.Updated = s.Now().Truncate(time.Second)
	return f
}

// DeleteField removes a field with every card's value for it.
func (s *State) DeleteField(f *ProjectField, by *User) {
	p := f.Project
	for _, card := range p.Items {
		if slices.ContainsFunc(card.Values, func(v *Value) bool { return v.Field == f }) {
			s.ClearValue(card, f)
		}
	}
	p.Fields = without(p.Fields, f)
	for _, v := range p.Views {
		v.GroupBy, v.SortBy = without(v.GroupBy, f), without(v.SortBy, f)
	}
	s.noteBoard(p, "board-field", by, f.Name)
}

// SetOptions replaces a single select's choices; one that keeps its name keeps its id, and its cards.
func (s *State) SetOptions(f *ProjectField, drafts []Option, by *User) {
	var list []*Option
	for n, draft := range drafts {
		o := f.Option(draft.Name)
		if o == nil {
			o = &Option{ID: s.optionID(f, len(f.Options)+n)}
		}
		o.Name, o.Color, o.About = draft.Name, draft.Color, draft.About
		list = append(list, o)
	}
	f.Options = list
	for _, card := range f.Project.Items {
		if v := card.Value(f.Name); v != nil && v.Option != nil && !slices.Contains(list, v.Option) {
			s.ClearValue(card, f)
		}
	}
	s.noteBoard(f.Project, "board-field", by, f.Name)
}

// SetIterations replaces an iteration field's spans, which get new ids as they do on github.com.
func (s *State) SetIterations(f *ProjectField, drafts []Iteration, by *User) {
	f.Iterations = nil
	for _, draft := range drafts {
		draft.ID = fmt.Sprintf("%08x", uint32(s.id("iteration", 0x5b000000)))
		f.Iterations = append(f.Iterations, &draft)
	}
	for _, card := range f.Project.Items {
		if v := card.Value(f.Name); v != nil {
			s.ClearValue(card, f)
		}
	}
	s.noteBoard(f.Project, "board-field", by, f.Name)
}

func (s *State) optionID(f *ProjectField, n int) string {
	return fmt.Sprintf("%08x", uint32(f.ID)*2654435761+uint32(n)*40503+7)
}

// noteBoard writes a change of a board into the journal.
func (s *State) noteBoard(p *GitHubProject, op string, by *User, detail string) {
	s.forget()
	e := Entry{Seq: len(s.Journal) + 1, Time: s.Now(), Tracker: GitHub, Op: op, Item: fmt.Sprintf("%s/%d", p.Owner, p.Number), Author: authorName(by), Detail: detail}
	s.Journal = append(s.Journal, e)
	s.announce(nil, by, e)
}
