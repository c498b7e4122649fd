package jirasim

import (
	"strings"

	"strata/internal/sandbox/world"
)

// categories are fixed in every Jira.
var categories = map[string]struct {
	id    int
	name  string
	color string
}{
	"undefined":     {1, "No Category", "medium-gray"},
	"new":           {2, "To Do", "blue-gray"},
	"done":          {3, "Done", "green"},
	"indeterminate": {4, "In Progress", "yellow"},
}

func (c *call) categoryJSON(key string) any {
	return c.once("category", key, func() any {
		k := categories[key]
		return obj{"self": c.self("statuscategory/%d", k.id), "id": k.id, "key": key, "name": c.tongue(k.name), "colorName": k.color}
	})
}

func (c *call) statusJSON(st *world.Status) any {
	if st == nil {
		return nil
	}
	return c.once("status", st, func() any {
		if st.Raw != nil {
			return st.Raw
		}
		return obj{"self": c.self("status/%d", st.ID), "id": id(st.ID), "name": c.tongue(st.Name), "description": "",
			"iconUrl": c.base + "/images/icons/statuses/generic.png", "statusCategory": c.categoryJSON(st.Category)}
	})
}

// namedJSON is a resolution or a priority.
func (c *call) namedJSON(list string, n *world.Named) any {
	if n == nil {
		return nil
	}
	return c.once(list, n, func() any {
		if n.Raw != nil {
			return n.Raw
		}
		out := obj{"self": c.self("%s/%d", list, n.ID), "id": id(n.ID), "name": c.tongue(n.Name)}
		if list == "resolution" {
			out["description"] = ""
		} else {
			out["iconUrl"] = c.base + "/images/icons/priorities/" + strings.ToLower(n.Name) + ".svg"
		}
		return out
	})
}

// typeJSON is an issue type as it stands on an issue; only there Cloud tells
// its untranslated name.
func (c *call) typeJSON(t *world.IssueType) any {
	if t == nil {
		return nil
	}
	return c.once("type", t, func() any {
		if t.Raw != nil {
			return t.Raw
		}
		out := c.issueType(t)
		if c.s.cloud() {
			out["untranslatedName"] = t.Name
		}
		return out
	})
}

// plainType is an issue type in a list.
func (c *call) plainType(t *world.IssueType) any {
	if t == nil {
		return nil
	}
	return c.once("plain type", t, func() any {
		if t.Raw != nil {
			return t.Raw
		}
		return c.issueType(t)
	})
}

func (c *call) issueType(t *world.IssueType) obj {
	out := obj{"self": c.self("issuetype/%d", t.ID), "id": id(t.ID), "name": c.tongue(t.Name), "description": "", "subtask": t.Subtask, "avatarId": 10300 + t.ID%100,
		"iconUrl": c.base + "/images/icons/issuetypes/" + strings.ToLower(strings.ReplaceAll(t.Name, " ", "")) + ".svg"}
	if c.s.cloud() {
		out["hierarchyLevel"] = t.Level
	}
	return out
}

// projectJSON is a project as it stands on an issue.
func (c *call) projectJSON(p *world.Project) any {
	return c.once("project", p, func() any {
		if p.Raw != nil {
			return p.Raw
		}
		return c.project(p)
	})
}

func (c *call) project(p *world.Project) obj {
	out := obj{"self": c.self("project/%d", p.ID), "id": id(p.ID), "key": p.Key, "name": p.Name, "projectTypeKey": p.Kind,
		"avatarUrls": c.pictures("/secure/projectavatar?pid=" + id(p.ID) + "&avatarId=10324")}
	if c.s.cloud() {
		out["simplified"] = false
	}
	return out
}

func (c *call) linkTypeJSON(t *world.LinkType) any {
	return c.once("link type", t, func() any {
		return obj{"self": c.self("issueLinkType/%d", t.ID), "id": id(t.ID), "name": t.Name, "inward": t.Inward, "outward": t.Outward}
	})
}

func (c *call) componentJSON(p *world.Project, k world.Component) obj {
	return obj{"self": c.self("component/%d", k.ID), "id": id(k.ID), "name": k.Name, "project": p.Key, "projectId": p.ID,
		"assigneeType": "PROJECT_DEFAULT", "isAssigneeTypeValid": false}
}

func (c *call) versionJSON(p *world.Project, v *world.Version) obj {
	out := obj{"self": c.self("version/%d", v.ID), "id": id(v.ID), "name": v.Name, "description": v.Description, "archived": v.Archived,
		"released": v.Released, "projectId": p.ID}
	for name, day := range map[string]string{"startDate": v.Start, "releaseDate": v.Release} {
		if day != "" {
			out[name] = day
		}
	}
	return out
}

func (c *call) levelJSON(l *world.Level) any {
	if l == nil {
		return nil
	}
	return obj{"self": c.self("securitylevel/%d", l.ID), "id": id(l.ID), "name": l.Name, "description": ""}
}
