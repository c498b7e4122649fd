package github

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/internal/work"
)

// Resolutions of issues and pull requests, as ids that config and judging know.
const (
	completed  = "completed"
	notPlanned = "not_planned"
	duplicate  = "duplicate"
	merged     = "merged"
	unmerged   = "closed"
)

// issue turns an issue into a record.
func (g *GitHub) issue(n *issueNode) work.Record {
	r := work.Record{
		Ref:      g.ref(n.ID),
		Key:      n.place().key(),
		URL:      n.URL,
		Title:    n.Title,
		Status:   issueStatus(n.State),
		Project:  n.Repository.NameWithOwner,
		Labels:   labels(n.Labels),
		Assignee: firstLogin(n.Assignees.Nodes),
		Groups:   g.groupsOf(firstLogin(n.Assignees.Nodes)),
		Private:  n.Repository.IsPrivate,
		Created:  n.CreatedAt,
		Updated:  n.UpdatedAt,
		Parent:   g.end(n.Parent),
	}
	if n.IssueType != nil {
		r.Type = n.IssueType.Name
	}
	if n.Typename == "PullRequest" {
		r.Pull = true
		r.Status, r.Resolution = pullState(n.PullState)
	} else if r.Status.Category == work.CategoryDone {
		r.Resolution = resolution(n.StateReason)
		r.Duplicate = g.end(n.DuplicateOf)
	}
	r.Level = level(r.Type, r.Labels, n.SubIssues)
	if n.ClosedAt != nil && r.Status.Category == work.CategoryDone {
		r.Resolved = *n.ClosedAt
	}
	if n.Milestone != nil {
		r.Due = dueDay(n.Milestone.DueOn)
	}
	r.Texts = texts(n.Body)
	r.Links = g.links(n)
	return r
}

// links are the native dependencies, waiting first, each by its far end.
func (g *GitHub) links(n *issueNode) []work.RecordLink {
	var links []work.RecordLink
	add := func(kind work.LinkKind, name string, ends []*endNode) {
		for _, e := range ends {
			if e == nil {
				continue // the far end is hidden from us
			}
			links = append(links, work.RecordLink{Kind: kind, TypeName: name, Speaks: kind == work.Blocks, Origin: work.Native, To: g.end(e)})
		}
	}
	add(work.Waits, "blocked by", n.BlockedBy.Nodes)
	add(work.Blocks, "blocking", n.Blocking.Nodes)
	slices.SortFunc(links, func(a, b work.RecordLink) int {
		return cmp.Or(-cmp.Compare(a.Kind, b.Kind), a.To.Ref.Compare(b.To.Ref))
	})
	return links
}

func (g *GitHub) end(e *endNode) work.Target {
	if e == nil {
		return work.Target{}
	}
	stub := &work.Stub{Title: e.Title, Status: issueStatus(e.State), Resolved: e.State == "CLOSED"}
	if e.IssueType != nil {
		stub.Type = e.IssueType.Name
	}
	at := place{repo: e.Repository.NameWithOwner, number: e.Number}
	return work.Target{Ref: g.ref(e.ID), Key: at.key(), URL: e.URL, Stub: stub}
}

func (g *GitHub) ref(id string) work.Ref { return work.Ref{Tracker: g.name, ID: id} }

// issueStatus is what GitHub itself knows of an issue: open or closed. Progress
// between the two stands in a project's field.
func issueStatus(state string) work.Status {
	if strings.EqualFold(state, "closed") {
		return work.Status{ID: "closed", Name: "Closed", Category: work.CategoryDone}
	}
	return work.Status{ID: "open", Name: "Open", Category: work.CategoryNew}
}

// resolution is how an issue was closed. Issues closed before 2022 have no reason and get none.
func resolution(reason string) work.Resolution {
	id := strings.ToLower(reason)
	switch id {
	case completed, duplicate:
		return work.Resolution{ID: id, Name: id}
	case notPlanned:
		return work.Resolution{ID: id, Name: "not planned"}
	}
	return work.Resolution{}
}

// pullState is how far a pull request is: open is work being done.
func pullState(state string) (work.Status, work.Resolution) {
	switch strings.ToLower(state) {
	case merged:
		return work.Status{ID: merged, Name: "Merged", Category: work.CategoryDone}, work.Resolution{ID: merged, Name: merged}
	case unmerged:
		return work.Status{ID: unmerged, Name: "Closed", Category: work.CategoryDone}, work.Resolution{ID: unmerged, Name: "closed unmerged"}
	}
	return work.Status{ID: "open", Name: "Open", Category: work.CategoryDoing}, work.Resolution{}
}

// level places an issue on the product's scale by its type, else by a label. A
// feature is an epic once it has sub-issues; issues below a story stay stories,
// because GitHub knows no sub-task.
func level(typeName string, labels []string, subs *subIssues) int {
	is := func(word string) bool {
		return strings.EqualFold(typeName, word) || slices.ContainsFunc(labels, func(l string) bool {
			return strings.EqualFold(l, word) || strings.EqualFold(l, "type: "+word) || strings.EqualFold(l, "type:"+word) || strings.EqualFold(l, "kind/"+word)
		})
	}
	switch {
	case is("initiative"):
		return 2
	case is("epic"):
		return 1
	case strings.EqualFold(typeName, "feature") && subs != nil && subs.Total > 0:
		return 1
	}
	return 0
}

func labels(list *nodes[named]) []string {
	if list == nil {
		return nil
	}
	return names(list.Nodes)
}

func names(list []named) []string {
	var out []string
	for _, l := range list {
		out = append(out, l.Name)
	}
	slices.Sort(out)
	return out
}

func firstLogin(accounts []account) string {
	if len(accounts) == 0 {
		return ""
	}
	return accounts[0].Login
}

// dueDay is a milestone's day. GitHub keeps it as an instant of that day in UTC.
func dueDay(due *time.Time) string {
	if due == nil || due.IsZero() {
		return ""
	}
	return due.UTC().Format(time.DateOnly)
}

func texts(body string) []work.SourceText {
	if strings.TrimSpace(body) == "" {
		return nil
	}
	return []work.SourceText{{Dialect: work.GitHubMarkdown, Text: body}}
}

// rest turns an issue as REST tells it into a record. It knows how many
// dependencies an issue has, not which: see incomplete.
func (g *GitHub) rest(i *restIssue) (work.Record, error) {
	at, ok := parseIssueURL(i.URL)
	if !ok {
		return work.Record{}, fmt.Errorf("issue %d: no address in the answer", i.ID)
	}
	n := issueNode{
		NodeID: i.NodeID, ID: fmt.Sprint(i.ID), Number: i.Number, Title: i.Title, Body: i.Body, URL: i.HTMLURL,
		State: i.State, StateReason: i.StateReason, IssueType: i.Type, Labels: &nodes[named]{Nodes: i.Labels},
		Assignees: nodes[account]{Nodes: i.Assignees}, SubIssues: i.SubIssues, CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt, ClosedAt: i.ClosedAt,
		Repository: repositoryNode{NameWithOwner: at.repo, IsPrivate: i.Repository != nil && i.Repository.Private},
	}
	if i.Milestone != nil {
		n.Milestone = &milestoneNode{DueOn: i.Milestone.DueOn}
	}
	if i.pull() {
		n.Typename, n.PullState = "PullRequest", i.pullState()
	}
	return g.issue(&n), nil
}

func (i *restIssue) pull() bool { return i.PullRequest != nil }

func (i *restIssue) pullState() string {
	if i.pull() && i.PullRequest.MergedAt != nil {
		return merged
	}
	return i.State
}

// incomplete says that REST alone does not tell the issue in full: which issues
// it depends on, its parent, or of what it is a duplicate.
func (i *restIssue) incomplete() bool {
	return i.Dependencies == nil || i.Dependencies.BlockedBy > 0 || i.Dependencies.Blocking > 0 ||
		i.ParentURL != "" || strings.EqualFold(i.StateReason, duplicate)
}
