package jirasim

import (
	"encoding/json"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// knownField is a field that the world can show for any issue.
type knownField struct {
	name  string
	only  Flavour // the flavour that has it; empty: both
	value func(c *call, i *world.JiraIssue, v detail) any
}

// known are the names of knownFields.
var known = func() map[string]bool {
	out := map[string]bool{}
	for _, f := range knownFields {
		out[f.name] = true
	}
	return out
}()

// unsaid are the fields that are left out where they have no value.
var unsaid = map[string]bool{"parent": true, "archiveddate": true, "archivedby": true}

var knownFields = append(timeFields(), []knownField{
	{"summary", "", func(_ *call, i *world.JiraIssue, _ detail) any { return i.Summary }},
	{"description", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.text(i.Description) }},
	{"environment", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.text(i.Rare().Environment) }},
	{"status", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.statusJSON(i.Status) }},
	{"statusCategory", Cloud, func(c *call, i *world.JiraIssue, _ detail) any {
		if i.Status == nil {
			return nil
		}
		return c.categoryJSON(i.Status.Category)
	}},
	{"resolution", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.namedJSON("resolution", i.Resolution) }},
	{"priority", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.namedJSON("priority", i.Priority) }},
	{"issuetype", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.typeJSON(i.Type) }},
	{"project", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.projectJSON(i.Project) }},
	{"security", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.levelJSON(i.Rare().Level) }},
	{"assignee", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.userJSON(i.Assignee) }},
	{"reporter", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.userJSON(i.Reporter) }},
	{"creator", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.userJSON(i.Creator()) }},
	{"labels", "", func(_ *call, i *world.JiraIssue, _ detail) any { return i.Labels }},
	{"components", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.components(i) }},
	{"fixVersions", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.versions(i, i.Rare().FixVersions) }},
	{"versions", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.versions(i, i.Rare().Versions) }},
	{"issuelinks", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.linksJSON(i) }},
	{"subtasks", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.subtasks(i) }},
	{"comment", "", func(c *call, i *world.JiraIssue, v detail) any { return c.embeddedComments(i, v.capped) }},
	{"worklog", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.worklog(i, window{0, 20}) }},
	{"attachment", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.files(i) }},
	{"watches", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.watches(i) }},
	{"votes", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.votes(i, false) }},
	{world.PointsFieldID, "", func(_ *call, i *world.JiraIssue, _ detail) any {
		if i.Points == nil {
			return nil
		}
		return *i.Points
	}},
	{world.RankFieldID, "", func(_ *call, i *world.JiraIssue, _ detail) any { return orNil(i.Rank) }},
	{world.EpicLinkFieldID, "", func(_ *call, i *world.JiraIssue, _ detail) any { return epicLink(i) }},
	{world.TeamFieldID, "", func(c *call, i *world.JiraIssue, _ detail) any { return c.team(i) }},
}...)

// timeFields are dates, and the sums that a site without time tracking shows.
func timeFields() []knownField {
	moment := func(name string, only Flavour, f func(*world.JiraIssue) time.Time) knownField {
		return knownField{name, only, func(c *call, i *world.JiraIssue, _ detail) any { return c.stamp(f(i)) }}
	}
	constant := func(name string, value any) knownField {
		return knownField{name, "", func(*call, *world.JiraIssue, detail) any { return value }}
	}
	nothing := json.RawMessage(`{"progress":0,"total":0}`)
	return []knownField{
		moment("created", "", func(i *world.JiraIssue) time.Time { return i.Created }),
		moment("updated", "", func(i *world.JiraIssue) time.Time { return i.Updated }),
		moment("resolutiondate", "", func(i *world.JiraIssue) time.Time { return i.Resolved }),
		moment("statuscategorychangedate", Cloud, func(i *world.JiraIssue) time.Time { return i.Moved }),
		moment("archiveddate", DataCenter, func(i *world.JiraIssue) time.Time { return i.Rare().Archived }),
		{"archivedby", DataCenter, func(c *call, i *world.JiraIssue, _ detail) any { return c.userJSON(i.Rare().ArchivedBy) }},
		{"duedate", "", func(_ *call, i *world.JiraIssue, _ detail) any { return orNil(i.Due) }},
		{"parent", "", func(c *call, i *world.JiraIssue, _ detail) any { return c.parent(i) }},
		{"timespent", "", func(_ *call, i *world.JiraIssue, _ detail) any { return spent(i) }},
		constant("lastViewed", nil), constant("workratio", -1), constant("timeestimate", nil), constant("timeoriginalestimate", nil),
		constant("aggregatetimespent", nil), constant("aggregatetimeestimate", nil), constant("aggregatetimeoriginalestimate", nil),
		constant("progress", nothing), constant("aggregateprogress", nothing), constant("timetracking", json.RawMessage("{}")),
	}
}

func spent(i *world.JiraIssue) any {
	var sum time.Duration
	for _, w := range i.Rare().Work {
		sum += w.Spent
	}
	if sum == 0 {
		return nil
	}
	return int(sum.Seconds())
}

func (c *call) components(i *world.JiraIssue) any {
	out := []json.RawMessage{}
	for _, name := range i.Components {
		var part members
		for _, p := range i.Project.Components {
			if p.Name == name {
				part.add("self", c.self("component/%d", p.ID))
				part.add("id", id(p.ID))
			}
		}
		part.add("name", name)
		out = append(out, part.end())
	}
	return out
}

func (c *call) versions(i *world.JiraIssue, list []*world.Version) any {
	out := []json.RawMessage{}
	for _, v := range list {
		out = append(out, c.once("version", v, func() any {
			version := c.versionJSON(i.Project, v)
			delete(version, "projectId")
			return version
		}))
	}
	return out
}

// subtasks lists sub-task children only, not the stories of an epic.
func (c *call) subtasks(i *world.JiraIssue) any {
	out := []json.RawMessage{}
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
