package jirasim

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// obj is a JSON object; its keys come out sorted.
type obj = map[string]any

func id(n int64) string { return strconv.FormatInt(n, 10) }

func (c *call) self(path string, args ...any) string {
	version := "2"
	if c.version == 3 {
		version = "3"
	}
	return c.base + "/rest/api/" + version + "/" + fmt.Sprintf(path, args...)
}

func (c *call) userJSON(u *world.User) any {
	if u == nil {
		return nil
	}
	out := obj{"displayName": u.Name, "active": !u.Inactive, "timeZone": u.TimeZone, "avatarUrls": obj{}}
	if c.s.cloud() {
		out["self"] = c.self("user?accountId=%s", u.AccountID)
		out["accountId"], out["accountType"] = u.AccountID, "atlassian"
		if u.Kind == "Bot" {
			out["accountType"] = "app"
		}
		if u.Email != "" && u == c.user {
			out["emailAddress"] = u.Email // others' addresses are mostly hidden
		}
		return out
	}
	out["self"] = c.self("user?username=%s", u.Login)
	out["name"], out["key"], out["emailAddress"] = u.Login, u.Key, u.Email
	return out
}

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

func (c *call) categoryJSON(key string) obj {
	k := categories[key]
	return obj{"self": c.self("statuscategory/%d", k.id), "id": k.id, "key": key, "name": k.name, "colorName": k.color}
}

func (c *call) statusJSON(st *world.Status) any {
	if st == nil {
		return nil
	}
	if st.Raw != nil {
		return st.Raw
	}
	return obj{"self": c.self("status/%d", st.ID), "id": id(st.ID), "name": st.Name, "description": "",
		"iconUrl": c.base + "/", "statusCategory": c.categoryJSON(st.Category)}
}

func (c *call) namedJSON(list string, n *world.Named) any {
	if n == nil {
		return nil
	}
	if n.Raw != nil {
		return n.Raw
	}
	out := obj{"self": c.self("%s/%d", list, n.ID), "id": id(n.ID), "name": n.Name}
	if list == "resolution" {
		out["description"] = ""
	}
	return out
}

func (c *call) typeJSON(t *world.IssueType) any {
	if t == nil {
		return nil
	}
	if t.Raw != nil {
		return t.Raw
	}
	out := obj{"self": c.self("issuetype/%d", t.ID), "id": id(t.ID), "name": t.Name, "description": "", "subtask": t.Subtask}
	if c.s.cloud() {
		out["hierarchyLevel"], out["untranslatedName"] = t.Level, t.Name
	}
	return out
}

func (c *call) projectJSON(p *world.Project) any {
	if p.Raw != nil {
		return p.Raw
	}
	out := obj{"self": c.self("project/%d", p.ID), "id": id(p.ID), "key": p.Key, "name": p.Name, "projectTypeKey": p.Kind, "avatarUrls": obj{}}
	if c.s.cloud() {
		out["simplified"], out["style"] = false, "classic"
	}
	return out
}

func (c *call) linkTypeJSON(t *world.LinkType) obj {
	return obj{"self": c.self("issueLinkType/%d", t.ID), "id": id(t.ID), "name": t.Name, "inward": t.Inward, "outward": t.Outward}
}

// stubJSON is an issue as it stands inside another one.
func (c *call) stubJSON(i *world.JiraIssue) obj {
	return obj{"id": id(i.ID), "key": i.Key, "self": c.self("issue/%d", i.ID), "fields": obj{
		"summary": i.Summary, "status": c.statusJSON(i.Status), "priority": c.namedJSON("priority", i.Priority), "issuetype": c.typeJSON(i.Type)}}
}

// linksJSON leaves out links to issues that the asker may not see. On the
// issue that speaks the outward phrase the other is the outwardIssue.
func (c *call) linksJSON(i *world.JiraIssue) []obj {
	out := []obj{}
	for _, l := range i.Links {
		end, side := l.To, "outwardIssue"
		if l.To.Issue == i {
			end, side = l.From, "inwardIssue"
		}
		var stub any = end.Stub
		if end.Issue != nil {
			if !c.sees(end.Issue) {
				continue
			}
			stub = c.stubJSON(end.Issue)
		}
		out = append(out, obj{"id": id(l.ID), "self": c.self("issueLink/%d", l.ID), "type": c.linkTypeJSON(l.Type), side: stub})
	}
	return out
}

// sprintJSON is the sprint field on Cloud: an object.
func sprintJSON(s *world.Sprint) any {
	if s.Raw != nil {
		return s.Raw
	}
	out := obj{"id": s.ID, "name": s.Name, "state": s.State, "boardId": s.Board, "goal": s.Goal}
	for name, t := range map[string]time.Time{"startDate": s.Start, "endDate": s.End, "completeDate": s.Complete} {
		if !t.IsZero() {
			out[name] = t.UTC().Format("2006-01-02T15:04:05.000Z")
		}
	}
	return out
}

// sprintText is the sprint field on Data Center: a Java object's toString, with
// <null> for what is missing and the state in capitals.
func sprintText(s *world.Sprint) string {
	at := func(t time.Time) string {
		if t.IsZero() {
			return "<null>"
		}
		return t.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	goal := s.Goal
	if goal == "" {
		goal = "<null>"
	}
	return fmt.Sprintf("com.atlassian.greenhopper.service.sprint.Sprint@%x[id=%d,rapidViewId=%d,state=%s,name=%s,startDate=%s,endDate=%s,"+
		"completeDate=%s,activatedDate=%s,sequence=%d,goal=%s,synced=false,autoStartStop=false]",
		0xa88a698+s.ID, s.ID, s.Board, strings.ToUpper(s.State), s.Name, at(s.Start), at(s.End), at(s.Complete), at(s.Start), s.ID, goal)
}
