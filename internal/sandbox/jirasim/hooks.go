package jirasim

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// hooks are how Jira sends webhooks: Cloud repeats what failed, Data Center does not.
func (s *server) hooks() *control.Hooks {
	m := &mailer{s: s}
	retries := 0
	if s.cloud() {
		retries = 5
	}
	return control.NewHooks(s.world, s.faults, control.Custom{Letters: m.letters, Hello: m.begin, Signature: "X-Hub-Signature", ID: "X-Atlassian-Webhook-Identifier", Retries: retries})
}

// mailer writes webhooks. It remembers the links of issues, to tell which of them came and went.
type mailer struct {
	s     *server
	once  sync.Once
	ends  map[*world.JiraIssue][]*world.Link
	known map[*world.Link]bool
}

// begin looks at the links that there are, when the first hook comes. Jira greets nobody.
func (m *mailer) begin(control.Hook) []control.Letter {
	m.once.Do(func() {
		m.s.world.Read(func(st *world.State) {
			m.ends, m.known = map[*world.JiraIssue][]*world.Link{}, map[*world.Link]bool{}
			for _, i := range st.Jira {
				m.ends[i] = slices.Clone(i.Links)
				for _, l := range i.Links {
					m.known[l] = true
				}
			}
		})
	})
	return nil
}

// untold are writes of which Jira tells nobody.
var untold = map[string]bool{"comment-property": true, "property": true, "hide": true, "touch": true}

func (m *mailer) letters(st *world.State, h world.Happening) []control.Letter {
	base := strings.TrimRight(st.Calendar().JiraURL, "/")
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, base+"/rest/api/2/", http.NoBody)
	if err != nil {
		return nil
	}
	c := &call{Request: r, s: m.s, version: 2, base: base, user: m.s.bot, st: st, locale: m.s.locale()}
	if h.Sprint != nil {
		event := map[string]string{"create-sprint": "sprint_created", "delete-sprint": "sprint_deleted"}[h.Op]
		if event == "" {
			event = map[string]string{"active": "sprint_started", "closed": "sprint_closed"}[strings.ToLower(h.Sprint.State)]
		}
		if event == "" {
			event = "sprint_updated"
		}
		return []control.Letter{m.letter(h, event, obj{"sprint": c.agileSprint(h.Sprint)})}
	}
	i, ok := h.Item.(*world.JiraIssue)
	if !ok || untold[h.Op] {
		return nil
	}
	var out []control.Letter
	for _, l := range m.changed(i) {
		event := "issuelink_deleted"
		if m.known[l] {
			event = "issuelink_created"
		}
		out = append(out, m.letter(h, event, obj{"issueLink": m.link(l)}))
	}
	kind := map[string]string{"comment": "created", "edit-comment": "updated", "delete-comment": "deleted"}[h.Op]
	if kind != "" {
		out = append(out, m.letter(h, "comment_"+kind, m.remark(c, i, h)))
	}
	return append(out, m.letter(h, event(h.Op), m.issue(c, i, h)))
}

func event(op string) string {
	switch op {
	case "create":
		return "jira:issue_created"
	case "delete":
		return "jira:issue_deleted"
	}
	return "jira:issue_updated"
}

// changed are the links of an issue that came or went since it was last told of.
func (m *mailer) changed(i *world.JiraIssue) (out []*world.Link) {
	for _, l := range i.Links {
		if !m.known[l] {
			m.known[l] = true
			out = append(out, l)
		}
	}
	for _, l := range m.ends[i] {
		if m.known[l] && !slices.Contains(i.Links, l) {
			delete(m.known, l)
			out = append(out, l)
		}
	}
	m.ends[i] = slices.Clone(i.Links)
	for _, l := range out {
		for _, end := range []*world.JiraIssue{l.From.Issue, l.To.Issue} {
			if end != nil {
				m.ends[end] = slices.Clone(end.Links)
			}
		}
	}
	return out
}

// link names its ends by their numbers alone: the source speaks the outward phrase.
func (m *mailer) link(l *world.Link) obj {
	number := func(e world.End) any {
		if e.Issue == nil {
			return nil
		}
		return e.Issue.ID
	}
	kind := obj{"id": l.Type.ID, "name": l.Type.Name, "outwardName": l.Type.Outward, "inwardName": l.Type.Inward, "isSubTaskLinkType": false, "isSystemLinkType": false}
	return obj{"id": l.ID, "sourceIssueId": number(l.From), "destinationIssueId": number(l.To), "issueLinkType": kind, "systemLink": false}
}

// remark tells of a comment; Data Center does not say of which issue, but in the comment's address.
func (m *mailer) remark(c *call, i *world.JiraIssue, h world.Happening) obj {
	comment := &world.Comment{ID: h.Comment, Author: h.By, Created: h.Time, Updated: h.Time}
	if found, err := world.CommentOf(i, h.Comment); err == nil {
		comment = found
	}
	out := obj{"comment": c.remark(i, comment, nil)}
	if m.s.cloud() {
		out["issue"] = c.issueJSON(c.st, i, detail{sel: choose([]string{"summary", "issuetype", "project", "assignee", "priority", "status"}, "")})
	}
	return out
}

// issue tells of an issue with all its fields, and of what changed.
func (m *mailer) issue(c *call, i *world.JiraIssue, h world.Happening) obj {
	out := obj{"issue": c.issueJSON(c.st, i, detail{sel: choose([]string{"*all"}, "")}), "user": c.userJSON(m.s.bot)}
	if h.By != nil {
		out["user"] = c.userJSON(h.By)
	}
	if h.Op == "delete" {
		return out
	}
	out["issue_event_type_name"] = types[h.Op]
	if out["issue_event_type_name"] == "" {
		out["issue_event_type_name"] = "issue_updated"
	}
	if n := len(i.History); n > 0 && types[h.Op] != "issue_commented" {
		items := []any{}
		for _, it := range i.History[n-1].Items {
			items = append(items, c.changeItem(c.st, it))
		}
		out["changelog"] = obj{"id": id(i.History[n-1].ID), "items": items}
	}
	return out
}

// types are Jira's names of what happened to an issue.
var types = map[string]string{
	"create": "issue_created", "comment": "issue_commented", "edit-comment": "issue_comment_edited", "delete-comment": "issue_comment_deleted",
	"close": "issue_resolved", "drop": "issue_resolved", "reopen": "issue_reopened", "assign": "issue_assigned", "move": "issue_moved", "transition": "issue_generic",
}

// letter writes one event.
func (m *mailer) letter(h world.Happening, event string, payload obj) control.Letter {
	payload["timestamp"], payload["webhookEvent"] = h.Time.UnixMilli(), event
	body, err := encode(payload)
	if err != nil {
		body = []byte("{}")
	}
	head := http.Header{"User-Agent": {"Atlassian Webhook HTTP Client"}}
	if m.s.cloud() {
		head.Set("X-Atlassian-Webhook-Flow", "Primary")
	}
	return control.Letter{Event: event, Item: h.Entry.Item, Body: slices.Clone(body), Head: head}
}
