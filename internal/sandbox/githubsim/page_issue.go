package githubsim

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

type issuePage struct {
	itemLine
	Repo, Body, Type, Milestone, DuplicateHandle string
	Number                                       int
	Pull, Closed, Locked, Archived, Hidden, May  bool
	LockReason, Reason                           string
	Author                                       someone
	When                                         instant
	Text                                         template.HTML
	Reactions                                    []felt
	Steps                                        []step
	Parent, Duplicate                            *itemLine
	Subs, BlockedBy, Blocking, Closers           []itemLine
	Said                                         []itemLine // what it waits for by its text alone
	Waiting                                      []itemLine // what waits for it by its own text
	Done                                         int        // of Subs
	Editing, MaySpeak, MayWrite, MayLock         bool
	Labels                                       []chip
	Assignees                                    []someone
	Cards                                        []cardView
	OtherBoards                                  []choice
	LabelChoices, PersonChoices                  []choice
	MilestoneChoices, TypeChoices                []choice
}

// choice is an entry of a list that a person picks from.
type choice struct {
	Value, Text string
	On          bool
}

type felt struct {
	Symbol string
	Count  int
}

// step is something of a thread: a comment, or a line about what happened.
type step struct {
	Comment *commentView
	Who     someone
	Text    string
	Other   *itemLine
	When    instant
}

type commentView struct {
	ID                      int64
	Node, Body              string
	Author                  someone
	When                    instant
	Edited, Minimised, Role string
	May, MayHide, Editing   bool
	Text                    template.HTML
	Reactions               []felt
}

// cardView is what a board says about the item, with what can be set.
type cardView struct {
	ID, Board, Title, URL string
	Archived              bool
	Fields                []cellView
}

type cellView struct {
	ID, Name, Kind, Value string
	Choices               []choice // of a single select or an iteration
}

// item shows an issue or pull request. A transferred one is shown where it went.
func (l *look) item() (string, any) {
	r := l.s.Repo(l.PathValue("owner") + "/" + l.PathValue("repo"))
	number := pageNumber(l.PathValue("number"))
	if r == nil {
		return "", nil
	}
	i := r.Issue(number)
	if moved := r.Moved[number]; i == nil && moved != nil {
		l.to = address{}.page(moved)
		return "gone.html", nil
	}
	if i == nil {
		return "", nil
	}
	if here := (address{}).page(i); l.URL.Path != here { // an issue under /pull, or the other way round
		l.to = here
		return "gone.html", nil
	}
	l.Frame.Title = i.Title
	return "issue.html", l.page(i)
}

func (l *look) page(i *world.GitHubIssue) *issuePage {
	p := &issuePage{
		itemLine: lineOf(i), Repo: i.Repo.FullName(), Number: i.Number, Body: i.Body, Pull: i.PullRequest, Closed: i.Closed, Locked: i.Locked, LockReason: i.LockReason,
		Reason: strings.ReplaceAll(i.StateReason, "_", " "), Archived: i.Repo.Archived, Hidden: !visible(i), Author: personOf(i.Author), When: instant{At: i.Created},
		Text: l.markdown(i.Body, i.Repo), Reactions: feelings(l.s.Reactions(i, nil)), Labels: chipsOf(i.Repo, i.Labels), Assignees: personsOf(i.Assignees),
		Subs: linesOf(i.Subs), BlockedBy: linesOf(i.BlockedBy), Blocking: linesOf(i.Blocking), Closers: linesOf(closers(l.s, i)),
	}
	me := &issue{l.g, i}
	p.May = !p.Hidden && (me.editable() || me.own())
	p.MayWrite, p.MayLock = !p.Hidden && me.ViewerCanUpdate(), !p.Hidden && l.g.reaches(i.Repo, world.Writer)
	for _, sub := range i.Subs {
		if sub.Closed {
			p.Done++
		}
	}
	if i.Parent != nil {
		line := lineOf(i.Parent)
		p.Parent = &line
	}
	if i.DuplicateOf != nil {
		line := lineOf(i.DuplicateOf)
		p.Duplicate = &line
	}
	p.MaySpeak = !p.Hidden && l.g.maySpeak(i) == nil
	p.Editing = p.MayWrite && l.FormValue("edit") == "text"
	p.Said, p.Waiting = l.said(i), l.waiting(i)
	l.steps(p, i)
	l.cards(p, i)
	l.choices(p, i)
	return p
}

// said are the items of either tracker that it waits for by its text alone.
func (l *look) said(i *world.GitHubIssue) []itemLine {
	var out []itemLine
	for _, b := range l.s.Blockers(i) {
		switch b := b.(type) {
		case *world.JiraIssue:
			out = append(out, l.foreign(b))
		case *world.GitHubIssue:
			if !slices.Contains(i.BlockedBy, b) {
				out = append(out, lineOf(b))
			}
		}
	}
	return out
}

// foreign is an item of the simulated Jira as a line; one that the person may not see is a key alone.
func (l *look) foreign(j *world.JiraIssue) itemLine {
	if j.Hidden || j.Project.Hidden || j.Secret(l.g.me) {
		return itemLine{Handle: j.Key, Title: "Not shown to you", State: "draft", Foreign: true}
	}
	state := map[bool]string{true: "closed", false: "open"}[j.Done()]
	return itemLine{URL: l.jiraURL(j.Key), Handle: j.Key, Title: titled(j.Summary), State: state, Foreign: true}
}

// waiting are the items of the other tracker whose text says that they wait for this one.
func (l *look) waiting(i *world.GitHubIssue) []itemLine {
	var out []itemLine
	name, address := fmt.Sprintf("%s#%d", i.Repo.Name, i.Number), fmt.Sprintf("%s/issues/%d", i.Repo.Name, i.Number)
	for _, j := range l.s.Jira {
		if (strings.Contains(j.Description, name) || strings.Contains(j.Description, address)) && slices.Contains(l.s.Blockers(j), world.Item(i)) {
			out = append(out, l.foreign(j))
		}
	}
	return out
}

// steps mixes comments and events, oldest first. What an issue was born with is no event to a reader.
func (l *look) steps(p *issuePage, i *world.GitHubIssue) {
	for _, h := range (&issue{l.g, i}).everything() {
		switch thing := h.thing.(type) {
		case *comment:
			p.Steps = append(p.Steps, step{Comment: l.comment(i, thing.c)})
		case *event:
			if !thing.e.At.After(i.Created) {
				continue
			}
			if text, other := l.stepText(thing.e); text != "" {
				p.Steps = append(p.Steps, step{Who: personOf(thing.e.By), Text: text, Other: other, When: instant{At: thing.e.At}})
			}
		}
	}
}

func (l *look) comment(i *world.GitHubIssue, c *world.Comment) *commentView {
	v := &commentView{
		ID: c.ID, Node: c.NodeID(), Body: c.Body, Author: personOf(c.Author), When: instant{At: c.Created}, Minimised: c.Minimised,
		Text: l.markdown(c.Body, i.Repo), Reactions: feelings(l.s.Reactions(i, c)),
	}
	if me := (&comment{l.g, i, c}); visible(i) {
		v.May, v.MayHide = me.mine(world.Writer), me.mine(world.Triager)
		v.Editing = v.MayHide && l.FormValue("edit") == v.Node
	}
	if c.Editor != nil {
		v.Edited = loginOf(c.Editor)
	}
	if c.Author != nil && c.Author.Bot {
		v.Role = "bot"
	}
	return v
}

var symbols = map[string]string{"+1": "👍", "-1": "👎", "laugh": "😄", "hooray": "🎉", "confused": "😕", "heart": "❤️", "rocket": "🚀", "eyes": "👀"}

func feelings(list []*world.Reaction) []felt {
	var out []felt
	for _, content := range world.Feelings {
		if n := countReactions(list, content); n > 0 {
			out = append(out, felt{symbols[content], n})
		}
	}
	return out
}

func (l *look) cards(p *issuePage, i *world.GitHubIssue) {
	var on []*world.GitHubProject
	for _, card := range i.Items {
		on = append(on, card.Project)
		v := cardView{ID: card.NodeID(), Board: card.Project.NodeID(), Title: card.Project.Title, URL: boardPath(l.g, card.Project), Archived: card.Archived}
		for _, f := range card.Project.Fields {
			if slices.Contains(customTypes, f.Type) {
				v.Fields = append(v.Fields, cellOf(card, f))
			}
		}
		p.Cards = append(p.Cards, v)
	}
	for _, board := range l.s.GitHubProjects {
		if !slices.Contains(on, board) && !board.Closed {
			p.OtherBoards = append(p.OtherBoards, choice{Value: board.NodeID(), Text: board.Title})
		}
	}
}

func cellOf(card *world.ProjectItem, f *world.ProjectField) cellView {
	cell := cellView{ID: f.NodeID(), Name: f.Name, Kind: f.Type}
	v := card.Value(f.Name)
	if v != nil {
		cell.Value = valueText(v)
	}
	for _, o := range f.Options {
		cell.Choices = append(cell.Choices, choice{Value: o.ID, Text: o.Name, On: v != nil && v.Option == o})
	}
	for _, it := range f.Iterations {
		cell.Choices = append(cell.Choices, choice{Value: it.ID, Text: it.Title + ", " + day(it.Start) + " to " + day(it.End().AddDate(0, 0, -1)), On: v != nil && v.Iteration == it})
	}
	return cell
}

func (l *look) choices(p *issuePage, i *world.GitHubIssue) {
	for _, known := range i.Repo.Labels {
		p.LabelChoices = append(p.LabelChoices, choice{known.NodeID(), known.Name, slices.Contains(i.Labels, known)})
	}
	for _, u := range union(i.Assignees, l.s.People()) {
		if len(p.PersonChoices) < mostPeople {
			p.PersonChoices = append(p.PersonChoices, choice{u.NodeID(), u.Login, slices.Contains(i.Assignees, u)})
		}
	}
	for _, m := range i.Repo.Stones {
		if !m.Closed || m == i.Milestone {
			p.MilestoneChoices = append(p.MilestoneChoices, choice{m.NodeID(), m.Title, m == i.Milestone})
		}
	}
	for _, t := range l.s.GitHubTypes {
		p.TypeChoices = append(p.TypeChoices, choice{t.NodeID(), t.Name, t == i.Type})
	}
	if i.Type != nil {
		p.Type = i.Type.Name
	}
	if i.Milestone != nil {
		p.Milestone = i.Milestone.Title
	}
}
