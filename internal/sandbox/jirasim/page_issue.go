package jirasim

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// remark is a comment on a page.
type remark struct {
	ID                             int64
	Author, Created, Visible, Text string
	Bot, Edited                    bool
	Marker                         string
	Body                           template.HTML
}

// fact is a field on a page.
type fact struct{ Name, Text, Address string }

// change is an entry of the history.
type change struct{ At, Author, Field, From, To string }

// issueView is an issue's page.
type issueView struct {
	row
	Frame                          *frame
	Project, ProjectName           string
	Facts                          []fact
	Text                           string // the description as written, for the form
	Description                    template.HTML
	Children                       []row
	Links                          []linkGroup
	Remarks                        []remark
	History                        []change
	Older                          int // changes that are not shown
	Resolutions                    []string
	Sprints, Phrases, People       []choice
	AssigneeLogin                  string
	Archived, Locked, MayEdit, Own bool
	Said                           string // a comment that could not be posted, to try again
}

// issuePage shows one issue with its comments as Jira would render them.
func (s *server) issuePage(w http.ResponseWriter, r *http.Request) { s.showIssue(w, r, "", "") }

// showIssue is the page, with a mistake of a form and what was typed in it.
func (s *server) showIssue(w http.ResponseWriter, r *http.Request, mistake, said string) {
	s.look(w, r, "issue.html", func(c *call, st *world.State, fr *frame) (any, int) {
		i := st.JiraIssue(r.PathValue("issue"))
		if !c.sees(i) {
			fr.Title = "Not found"
			return nil, http.StatusNotFound
		}
		fr.Title, fr.Error = "["+i.Key+"] "+i.Summary, mistake
		v := c.issueView(st, i)
		v.Frame, v.Said = fr, said
		if mistake != "" {
			return v, http.StatusBadRequest
		}
		return v, http.StatusOK
	})
}

func (c *call) issueView(st *world.State, i *world.JiraIssue) *issueView {
	v := &issueView{row: c.row(st, i), Project: i.Project.Key, ProjectName: i.Project.Name, Facts: c.facts(i), Text: i.Description, Description: c.shown(i.Description),
		Links: c.linkGroups(st, i), Archived: i.Archived, Locked: i.Locked, MayEdit: c.user.MayEdit() && !i.Archived}
	for _, child := range i.Children {
		if c.sees(child) {
			v.Children = append(v.Children, c.row(st, child))
		}
	}
	for _, m := range c.readable(i) {
		v.Remarks = append(v.Remarks, c.pageRemark(m))
	}
	v.History, v.Older = c.changes(st, i)
	v.choices(st, i)
	return v
}

func (c *call) pageRemark(m *world.Comment) remark {
	marker, _ := world.ReadMarker(world.Jira, m)
	k := remark{ID: m.ID, Created: c.moment(m.Created), Edited: m.Editor != nil, Marker: marker.Text, Body: c.shown(m.Body), Text: m.Body, Author: "Anonymous"}
	if m.Author != nil {
		k.Author, k.Bot = m.Author.Name, m.Author.Bot
	}
	if m.Visible != nil {
		k.Visible = m.Visible.Value
	}
	return k
}

// facts are the fields at the side, those with a value.
func (c *call) facts(i *world.JiraIssue) []fact {
	var out []fact
	add := func(name, text, address string) {
		if text != "" {
			out = append(out, fact{name, text, address})
		}
	}
	person := func(u *world.User) string {
		if u == nil {
			return ""
		}
		return u.Name
	}
	add("Assignee", cmp.Or(person(i.Assignee), "Unassigned"), "")
	add("Reporter", person(i.Reporter), "")
	if i.Parent != nil {
		add("Parent", i.Parent.Key+" "+i.Parent.Summary, c.address(i.Parent))
	}
	if i.Resolution != nil {
		add("Resolution", i.Resolution.Name, "")
	}
	if i.Priority != nil {
		add("Priority", i.Priority.Name, "")
	}
	for _, sp := range i.Sprints {
		add("Sprint", sp.Name+map[string]string{world.Active: " (active)", world.Closed: " (closed)"}[sp.State], "/boards/"+id(sp.Board))
	}
	if i.Points != nil {
		add("Story points", strconv.FormatFloat(*i.Points, 'f', -1, 64), "")
	}
	add("Team", i.Team, "")
	add("Components", strings.Join(i.Components, ", "), "")
	add("Labels", strings.Join(i.Labels, ", "), "")
	var versions []string
	for _, ver := range i.Rare().FixVersions {
		versions = append(versions, ver.Name)
	}
	add("Fix versions", strings.Join(versions, ", "), "")
	if l := i.Rare().Level; l != nil {
		add("Security level", l.Name, "")
	}
	add("Due", i.Due, "")
	add("Created", c.moment(i.Created), "")
	add("Updated", c.moment(i.Updated), "")
	add("Resolved", c.moment(i.Resolved), "")
	return out
}

// mostChanges is how much of the history a page shows.
const mostChanges = 50

// changes are the history, the newest first.
func (c *call) changes(st *world.State, i *world.JiraIssue) (out []change, older int) {
	k := &compiler{c: c, st: st}
	for _, h := range slices.Backward(i.History) {
		who, items := h.Author, h.Items
		if len(items) == 0 && h.Raw != nil {
			who, items = k.recorded(h.Raw)
		}
		for _, it := range items {
			if len(out) >= mostChanges {
				older++
				continue
			}
			one := change{At: c.moment(h.At), Author: "Nobody", Field: it.Field, From: cutText(cmp.Or(it.FromString, it.From)), To: cutText(cmp.Or(it.ToString, it.To))}
			if who != nil {
				one.Author = who.Name
			}
			out = append(out, one)
		}
	}
	return out, older
}

// cutText keeps a description from filling the history.
func cutText(text string) string {
	const most = 120
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// choices are what the forms offer.
func (v *issueView) choices(st *world.State, i *world.JiraIssue) {
	for _, r := range st.Resolutions {
		v.Resolutions = append(v.Resolutions, r.Name)
	}
	if !slices.Contains(v.Resolutions, "Done") {
		v.Resolutions = append([]string{"Done"}, v.Resolutions...)
	}
	v.Sprints = planChoices(st, i)
	for _, t := range st.LinkTypes {
		v.Phrases = append(v.Phrases, choice{Value: "out:" + t.Name, Name: t.Outward})
		if t.Inward != t.Outward {
			v.Phrases = append(v.Phrases, choice{Value: "in:" + t.Name, Name: t.Inward, Chosen: t.Name == "Blocks"})
		}
	}
	if i.Assignee != nil {
		v.AssigneeLogin = loginOf(i.Assignee)
	}
	for _, u := range st.Users {
		if u.Kind == "User" && !u.Inactive && !u.Bot && len(v.People) < 200 {
			v.People = append(v.People, choice{loginOf(u), u.Name, u == i.Assignee})
		}
	}
}
