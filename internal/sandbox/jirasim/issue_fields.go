package jirasim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// selection is which fields of an issue were asked for.
type selection struct {
	all, navigable bool
	with, without  []string
	onlyID         bool // Cloud's search gives nothing but the id unless asked
}

// choose reads a list of fields: names, *all, *navigable, -name.
func choose(list []string, otherwise string) selection {
	if len(list) == 0 {
		list = []string{otherwise}
	}
	var s selection
	plain := 0
	for _, f := range list {
		switch {
		case f == "*all":
			s.all = true
		case f == "*navigable":
			s.navigable = true
		case strings.HasPrefix(f, "-"):
			s.without = append(s.without, f[1:])
		default:
			plain++
			s.with = append(s.with, f)
		}
	}
	if len(s.without) == len(list) { // only exclusions: from everything
		s.all = otherwise == "*all"
		s.navigable = otherwise != "*all"
	}
	s.onlyID = plain == len(list) && !slices.ContainsFunc(s.with, func(f string) bool { return f != "id" })
	return s
}

// heavy fields are not navigable: they come with *all or by name.
var heavy = map[string]bool{"comment": true, "worklog": true, "attachment": true}

func (s selection) wants(name string) bool {
	if slices.Contains(s.without, name) {
		return false
	}
	return s.all || slices.Contains(s.with, name) || (s.navigable && !heavy[name])
}

// fields are what an issue shows: the record where there is one and nobody
// changed it, else what the world knows.
func (c *call) fields(st *world.State, i *world.JiraIssue, sel selection) obj {
	out := obj{}
	for _, f := range i.Recorded {
		if sel.wants(f.Name) {
			out[f.Name] = f.Value
		}
	}
	for name, value := range c.known() {
		if !sel.wants(name) {
			continue
		}
		if _, recorded := out[name]; recorded && !c.foreign(name, i) {
			continue
		}
		out[name] = value(st, i)
	}
	c.sprintField(i, sel, out)
	return out
}

// foreign fields cannot be served as recorded: a version writes texts in its
// own form, and a changed issue shows its own comments.
func (c *call) foreign(name string, i *world.JiraIssue) bool {
	if name != "description" && name != "comment" {
		return false
	}
	v, _ := i.Recorded.Get(name)
	return c.version == 3 || (name == "description" && len(v) > 0 && v[0] == '{')
}

func (c *call) sprintField(i *world.JiraIssue, sel selection, out obj) {
	name := i.SprintField
	if name == "" {
		name = world.SprintFieldID
	}
	if _, done := out[name]; done || !sel.wants(name) {
		return
	}
	if len(i.Sprints) == 0 {
		out[name] = nil
		return
	}
	list := []any{}
	for _, sp := range i.Sprints {
		if c.s.cloud() {
			list = append(list, sprintJSON(sp))
		} else {
			list = append(list, sprintText(sp))
		}
	}
	out[name] = list
}

type fieldValue = func(*world.State, *world.JiraIssue) any

// known are the fields that the world can show for any issue.
func (c *call) known() map[string]fieldValue {
	if c.values == nil {
		c.values = c.allKnown()
	}
	return c.values
}

func (c *call) allKnown() map[string]fieldValue {
	return map[string]fieldValue{
		"summary":        func(_ *world.State, i *world.JiraIssue) any { return i.Summary },
		"description":    func(_ *world.State, i *world.JiraIssue) any { return c.text(i.Description) },
		"status":         func(_ *world.State, i *world.JiraIssue) any { return c.statusJSON(i.Status) },
		"resolution":     func(_ *world.State, i *world.JiraIssue) any { return c.namedJSON("resolution", i.Resolution) },
		"priority":       func(_ *world.State, i *world.JiraIssue) any { return c.namedJSON("priority", i.Priority) },
		"issuetype":      func(_ *world.State, i *world.JiraIssue) any { return c.typeJSON(i.Type) },
		"project":        func(_ *world.State, i *world.JiraIssue) any { return c.projectJSON(i.Project) },
		"created":        func(_ *world.State, i *world.JiraIssue) any { return c.stamp(i.Created) },
		"updated":        func(_ *world.State, i *world.JiraIssue) any { return c.stamp(i.Updated) },
		"resolutiondate": func(_ *world.State, i *world.JiraIssue) any { return c.stamp(i.Resolved) },
		"statuscategorychangedate": func(_ *world.State, i *world.JiraIssue) any {
			return c.stamp(i.Moved)
		},
		"duedate":     func(_ *world.State, i *world.JiraIssue) any { return orNil(i.Due) },
		"assignee":    func(_ *world.State, i *world.JiraIssue) any { return c.userJSON(i.Assignee) },
		"reporter":    func(_ *world.State, i *world.JiraIssue) any { return c.userJSON(i.Reporter) },
		"creator":     func(_ *world.State, i *world.JiraIssue) any { return c.userJSON(i.Reporter) },
		"labels":      func(_ *world.State, i *world.JiraIssue) any { return append([]string{}, i.Labels...) },
		"fixVersions": func(*world.State, *world.JiraIssue) any { return []string{} },
		"components":  func(_ *world.State, i *world.JiraIssue) any { return c.components(i) },
		"issuelinks":  func(_ *world.State, i *world.JiraIssue) any { return c.linksJSON(i) },
		"subtasks":    func(_ *world.State, i *world.JiraIssue) any { return c.subtasks(i) },
		"parent":      func(_ *world.State, i *world.JiraIssue) any { return c.parent(i) },
		"comment":     func(_ *world.State, i *world.JiraIssue) any { return c.embedded(i) },
		"watches": func(_ *world.State, i *world.JiraIssue) any {
			return obj{"self": c.self("issue/%s/watchers", i.Key), "watchCount": i.Watchers(), "isWatching": false}
		},
		world.PointsFieldID: func(_ *world.State, i *world.JiraIssue) any {
			if i.Points == nil {
				return nil
			}
			return *i.Points
		},
		world.RankFieldID:     func(_ *world.State, i *world.JiraIssue) any { return orNil(i.Rank) },
		world.EpicLinkFieldID: func(_ *world.State, i *world.JiraIssue) any { return epicLink(i) },
		world.TeamFieldID:     func(_ *world.State, i *world.JiraIssue) any { return c.team(i) },
	}
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (c *call) components(i *world.JiraIssue) any {
	out := []obj{}
	for _, name := range i.Components {
		part := obj{"name": name}
		for _, p := range i.Project.Components {
			if p.Name == name {
				part["id"], part["self"] = id(p.ID), c.self("component/%d", p.ID)
			}
		}
		out = append(out, part)
	}
	return out
}

// subtasks lists sub-task children only, not the stories of an epic.
func (c *call) subtasks(i *world.JiraIssue) any {
	out := []obj{}
	for _, child := range i.Children {
		if child.Type != nil && child.Type.Subtask && c.sees(child) {
			out = append(out, c.stubJSON(child))
		}
	}
	return out
}

// parent is every level's parent on Cloud, a sub-task's only on Data Center.
func (c *call) parent(i *world.JiraIssue) any {
	if i.Parent == nil || !c.sees(i.Parent) || (!c.s.cloud() && !i.Type.Subtask) {
		return nil
	}
	return c.stubJSON(i.Parent)
}

func epicLink(i *world.JiraIssue) any {
	if i.Parent == nil || i.Type.Subtask {
		return orNil(i.ParentKey)
	}
	return i.Parent.Key
}

func (c *call) team(i *world.JiraIssue) any {
	if i.Team == "" {
		return nil
	}
	if c.s.cloud() {
		return obj{"id": "team-" + strings.ToLower(i.Team), "name": i.Team, "title": i.Team}
	}
	return i.Team
}

// text is a rich text in the version's form.
func (c *call) text(wiki string) any {
	if wiki == "" {
		return nil
	}
	if c.version == 3 {
		return toADF(wiki)
	}
	return wiki
}
