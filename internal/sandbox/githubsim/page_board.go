package githubsim

import (
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

type boardPage struct {
	Title, About, Owner, URL, Query, By string
	Number, Total                       int
	Closed                              bool
	Views                               []viewTab
	Field, Here                         string // the field it is divided by, and where this page is
	May                                 bool
	Groups                              []choice // fields by which it can be divided
	Moves                               []choice // the columns a card can go to
	Columns                             []column
}

type viewTab struct {
	Name, URL string
	On        bool
}

// column is what a board shows below one option, iteration or text.
type column struct {
	ID, Name, About, Color string
	Cards                  []boardCard
	More                   int
}

type boardCard struct {
	itemLine
	Card            string // its node id
	Redacted, Draft bool
	Repo            string
	Number          int
	Labels          []chip
	Assignees       []someone
	Notes           []string // other values
	Blocked         int
}

// mostCards bounds what one column shows.
const mostCards = 60

// board shows a board's cards in columns, by status unless asked for another field.
func (l *look) board() (string, any) {
	p := l.s.GitHubProject(l.PathValue("owner"), pageNumber(l.PathValue("number")))
	if p == nil {
		return "", nil
	}
	l.Frame.Title = p.Title
	page := &boardPage{Title: p.Title, About: p.About, Owner: p.Owner, Number: p.Number, URL: boardPath(l.g, p), Closed: p.Closed, Query: l.FormValue("q"),
		Here: l.URL.RequestURI(), May: l.g.editsBoard(p)}
	tab := viewNumbered(p, max(1, pageNumber(l.PathValue("view"))))
	by := l.division(p, tab, page)
	if tab != nil && !l.URL.Query().Has("q") {
		page.Query = tab.Filter
	}
	for _, v := range viewsOf(p) {
		page.Views = append(page.Views, viewTab{v.Name, page.URL + "/views/" + strconv.Itoa(v.Number), v == tab})
	}
	filter := parseCardFilter(page.Query, cardAsker{now: l.s.Now(), me: l.g.me, redacted: func(*world.ProjectItem) bool { return false }})
	columns := columnsOf(by, l.s)
	for _, card := range p.Items {
		if card.Archived || !filter.match(card) && page.Query != "" {
			continue
		}
		page.Total++
		columns.put(l, card, by)
	}
	for _, id := range columns.order {
		page.Moves = append(page.Moves, choice{Value: id, Text: columns.byID[id].Name})
	}
	page.Columns = columns.list()
	return "board.html", page
}

// division is the field by which the board is divided: the one asked for, the view's, or Status.
func (l *look) division(p *world.GitHubProject, tab *world.ProjectView, page *boardPage) *world.ProjectField {
	by := p.Field("Status")
	if tab != nil && len(tab.GroupBy) > 0 {
		by = tab.GroupBy[0]
	}
	for _, f := range p.Fields {
		if f.Type == "SINGLE_SELECT" || f.Type == "ITERATION" {
			if strings.EqualFold(f.Name, l.FormValue("by")) {
				by = f
			}
			page.Groups = append(page.Groups, choice{Value: f.Name, Text: f.Name})
		}
	}
	for n := range page.Groups {
		page.Groups[n].On = by != nil && page.Groups[n].Value == by.Name
	}
	if by != nil {
		page.By, page.Field = by.Name, by.NodeID()
	}
	return by
}

type columnSet struct {
	order []string
	byID  map[string]*column
}

// Count is how many cards the column has.
func (c column) Count() int { return len(c.Cards) + c.More }

// columnsOf begins with the cards that have no value, as GitHub does. Iterations that are over come last, newest first.
func columnsOf(by *world.ProjectField, s *world.State) *columnSet {
	out := &columnSet{order: []string{""}, byID: map[string]*column{"": {Name: "No value"}}}
	if by == nil {
		out.byID[""].Name = "All"
		return out
	}
	out.byID[""].Name = "No " + strings.ToLower(by.Name)
	for _, o := range by.Options {
		out.order = append(out.order, o.ID)
		out.byID[o.ID] = &column{ID: o.ID, Name: o.Name, About: o.About, Color: strings.ToLower(optionColor(o))}
	}
	var past []string
	for _, it := range by.Iterations {
		about := day(it.Start) + " to " + day(it.End().AddDate(0, 0, -1))
		now := s.Now()
		if !now.Before(it.Start) && now.Before(it.End()) {
			about += ", now"
		}
		if now.Before(it.End()) {
			out.order = append(out.order, it.ID)
		} else {
			past = append([]string{it.ID}, past...)
		}
		out.byID[it.ID] = &column{ID: it.ID, Name: it.Title, About: about}
	}
	out.order = append(out.order, past...)
	return out
}

func (c *columnSet) put(l *look, card *world.ProjectItem, by *world.ProjectField) {
	key := ""
	if by != nil {
		if v := card.Value(by.Name); v != nil && v.Option != nil {
			key = v.Option.ID
		} else if v != nil && v.Iteration != nil {
			key = v.Iteration.ID
		}
	}
	to := c.byID[key]
	if to == nil {
		to = c.byID[""]
	}
	if len(to.Cards) >= mostCards {
		to.More++
		return
	}
	to.Cards = append(to.Cards, l.boardCard(card, by))
}

// list leaves out the column of no value when it is empty.
func (c *columnSet) list() []column {
	var out []column
	for _, id := range c.order {
		if col := c.byID[id]; id != "" || len(col.Cards) > 0 {
			out = append(out, *col)
		}
	}
	return out
}

func (l *look) boardCard(card *world.ProjectItem, by *world.ProjectField) boardCard {
	out := boardCard{Card: card.NodeID()}
	for _, v := range card.Values {
		if v.Field != by {
			out.Notes = append(out.Notes, v.Field.Name+": "+valueText(v))
		}
	}
	switch {
	case card.Draft != nil:
		out.Draft, out.Title, out.State = true, titled(card.Draft.Title), "draft"
		out.Assignees = personsOf(card.Draft.Assignees)
	case card.Issue == nil:
		out.Redacted, out.State = true, "draft"
	default:
		out.itemLine, out.Repo, out.Number = lineOf(card.Issue), card.Issue.Repo.Name, card.Issue.Number
		out.Labels, out.Assignees, out.Blocked = chipsOf(card.Issue.Repo, card.Issue.Labels), personsOf(card.Issue.Assignees), dependenciesOf(card.Issue).BlockedBy
		out.Redacted = card.Redacted || !visible(card.Issue)
	}
	return out
}
