package githubsim

import (
	"html/template"
	"net/http"
	"strconv"

	"strata/internal/sandbox/world"
)

type issuePage struct {
	Title, Repo, State, Reason, Author, Created string
	Number                                      int
	Locked                                      bool
	Body                                        template.HTML
	Facts                                       []fact
	Comments                                    []commentView
}

// fact is a line of the side bar; its items link to their own pages where they have one.
type fact struct {
	Name  string
	Items []link
}

type link struct{ Text, URL string }

type commentView struct {
	ID                         int64
	Author, Created, Minimised string
	Edited                     bool
	Body                       template.HTML
}

func (s *Simulator) showIssue(w http.ResponseWriter, r *http.Request) {
	number, _ := strconv.Atoi(r.PathValue("number")) // what is no number is not found
	var page *issuePage
	var moved string
	s.world.Read(func(state *world.State) {
		repo := state.Repo(r.PathValue("owner") + "/" + r.PathValue("repo"))
		if repo == nil {
			return
		}
		if i := repo.Issue(number); i != nil {
			page = pageOf(i)
		} else if i := repo.Moved[number]; i != nil {
			moved = address{}.page(i)
		}
	})
	switch {
	case moved != "":
		http.Redirect(w, r, moved, http.StatusMovedPermanently)
	case page == nil:
		http.NotFound(w, r)
	default:
		show(w, "issue.html", page)
	}
}

func pageOf(i *world.GitHubIssue) *issuePage {
	page := &issuePage{
		Title: i.Title, Repo: i.Repo.FullName(), Number: i.Number, State: stateWord(i.Closed), Reason: i.StateReason,
		Author: loginOf(i.Author), Created: stamp(i.Created), Locked: i.Locked, Body: rendered(i.Body),
	}
	for _, c := range i.Comments {
		page.Comments = append(page.Comments, commentView{
			ID: c.ID, Author: loginOf(c.Author), Created: stamp(c.Created), Minimised: c.Minimised, Edited: c.Editor != nil, Body: rendered(c.Body),
		})
	}
	page.add("Assignees", people(i.Assignees))
	page.add("Labels", texts(i.Labels, func(l *world.Label) string { return l.Name }))
	if i.Type != nil {
		page.add("Type", []link{{Text: i.Type.Name}})
	}
	if i.Milestone != nil {
		page.add("Milestone", []link{{Text: i.Milestone.Title}})
	}
	for _, card := range i.Items {
		var items []link
		for _, v := range card.Values {
			items = append(items, link{Text: v.Field.Name + ": " + valueText(v)})
		}
		page.add(card.Project.Title, items)
	}
	if i.Parent != nil {
		page.add("Parent", issueLinks([]*world.GitHubIssue{i.Parent}))
	}
	page.add("Sub-issues", issueLinks(i.Subs))
	page.add("Blocked by", issueLinks(i.BlockedBy))
	page.add("Blocking", issueLinks(i.Blocking))
	if i.DuplicateOf != nil {
		page.add("Duplicate of", issueLinks([]*world.GitHubIssue{i.DuplicateOf}))
	}
	return page
}

func (p *issuePage) add(name string, items []link) {
	if len(items) > 0 {
		p.Facts = append(p.Facts, fact{name, items})
	}
}

func valueText(v *world.Value) string {
	switch {
	case v.Option != nil:
		return v.Option.Name
	case v.Iteration != nil:
		return v.Iteration.Title
	case v.Number != nil:
		return strconv.FormatFloat(*v.Number, 'f', -1, 64)
	case v.Date != "":
		return v.Date
	}
	return v.Text
}

func issueLinks(list []*world.GitHubIssue) []link {
	return linked(list, func(i *world.GitHubIssue) link {
		return link{Text: i.Handle() + " " + i.Title + " (" + stateWord(i.Closed) + ")", URL: address{}.page(i)}
	})
}

func people(list []*world.User) []link { return texts(list, loginOf) }

func texts[T any](list []T, text func(T) string) []link {
	return linked(list, func(v T) link { return link{Text: text(v)} })
}

func linked[T any](list []T, show func(T) link) []link {
	var out []link
	for _, v := range list {
		out = append(out, show(v))
	}
	return out
}

// loginOf names an author; GitHub shows lost accounts as ghost.
func loginOf(u *world.User) string {
	if u == nil {
		return "ghost"
	}
	return u.Login
}
