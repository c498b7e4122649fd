package jirasim

import (
	"encoding/json"

	"strata/internal/sandbox/world"
)

// stubJSON is an issue as it stands inside another one.
func (c *call) stubJSON(i *world.JiraIssue) json.RawMessage {
	var fields members
	fields.add("summary", i.Summary)
	fields.add("status", c.statusJSON(i.Status))
	fields.add("priority", c.namedJSON("priority", i.Priority))
	fields.add("issuetype", c.plainType(i.Type))
	var out members
	out.add("id", id(i.ID))
	out.add("key", i.Key)
	out.add("self", c.self("issue/%d", i.ID))
	out.add("fields", fields.end())
	return out.end()
}

// linksJSON leaves out links to issues that the asker may not see. On the
// issue that speaks the outward phrase the other is the outwardIssue.
func (c *call) linksJSON(i *world.JiraIssue) []json.RawMessage {
	out := []json.RawMessage{}
	for _, l := range i.Links {
		end, side := l.To, "outwardIssue"
		if l.To.Issue == i {
			end, side = l.From, "inwardIssue"
		}
		stub := end.Stub
		if end.Issue != nil {
			if !c.sees(end.Issue) {
				continue
			}
			stub = c.stubJSON(end.Issue)
		}
		var link members
		link.add("id", id(l.ID))
		link.add("self", c.self("issueLink/%d", l.ID))
		link.add("type", c.linkTypeJSON(l.Type))
		link.add(side, stub)
		out = append(out, link.end())
	}
	return out
}

// remoteJSON is a remote link; the platform's version 3 serves the same.
func (c *call) remoteJSON(i *world.JiraIssue, l *world.RemoteLink) any {
	if l.Raw != nil {
		return l.Raw
	}
	object := any(obj{"url": l.URL, "title": l.Title, "icon": obj{}, "status": obj{"resolved": l.Resolved, "icon": obj{}}})
	if l.Object != nil {
		object = l.Object
	}
	application := any(obj{})
	if l.Application != nil {
		application = l.Application
	}
	out := obj{"id": l.ID, "self": c.self("issue/%s/remotelink/%d", i.Key, l.ID), "application": application, "object": object}
	if l.GlobalID != "" {
		out["globalId"] = l.GlobalID
	}
	if l.Relationship != "" {
		out["relationship"] = l.Relationship
	}
	return out
}
