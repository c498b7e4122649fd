package githubsim

import (
	"encoding/json"
	"net/http"
	"strings"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// hooks are how GitHub sends webhooks: signed, in order, never again.
func (s *Simulator) hooks() *control.Hooks {
	return control.NewHooks(s.world, s.faults, control.Custom{
		Letters: s.letters, Hello: ping, Signature: "X-Hub-Signature-256", ID: "X-GitHub-Delivery",
	})
}

// ping is what a new hook hears first.
func ping(h control.Hook) []control.Letter {
	events := h.Events
	if len(events) == 0 {
		events = []string{"*"}
	}
	return []control.Letter{letter("ping", "", map[string]any{
		"zen": "Keep it logically awesome.", "hook_id": h.ID, "hook": map[string]any{
			"type": "Repository", "id": h.ID, "name": "web", "active": true, "events": events,
			"config": map[string]any{"content_type": "json", "insecure_ssl": "0", "url": h.URL},
		},
	})}
}

// letter writes one event.
func letter(event, item string, payload map[string]any) control.Letter {
	body, err := json.Marshal(payload)
	if err != nil {
		body = []byte("{}")
	}
	return control.Letter{Event: event, Item: item, Body: body, Head: http.Header{
		"X-Github-Event": {event}, "User-Agent": {"GitHub-Hookshot/5ab0000"}, "X-Github-Hook-Id": {"1"},
		"X-Github-Hook-Installation-Target-Type": {"repository"}, "X-Github-Hook-Installation-Target-Id": {"1"},
	}}
}

// letters are what a write to an issue is told as.
func (s *Simulator) letters(st *world.State, h world.Happening) []control.Letter {
	i, ok := h.Item.(*world.GitHubIssue)
	if !ok {
		return nil
	}
	web := strings.TrimRight(st.Calendar().GitHubURL, "/")
	c := &call{sim: s, s: st, sort: s.shelf, faults: s.faults, at: address{api: web, web: web, media: plainMedia}}
	if h.By != nil {
		c.me = h.By
	}
	base := func(action string) map[string]any {
		out := map[string]any{"action": action, "repository": c.at.repository(i.Repo, c.sort.open(st, i.Repo), c.me), "sender": c.at.user(h.By)}
		if owner := ownerOf(i.Repo); owner != nil {
			out["organization"] = c.at.org(owner)
		}
		return out
	}
	switch h.Op {
	case "comment", "edit-comment", "delete-comment":
		return c.remarked(i, h, base)
	}
	var out []control.Letter
	for _, e := range h.Events {
		out = append(out, c.told(i, e, base)...)
	}
	if action := spoken[h.Op]; len(out) == 0 && action != "" {
		payload := base(action)
		payload["issue"] = c.showIssue(i)
		if action == "edited" {
			payload["changes"] = map[string]any{}
		}
		out = append(out, letter("issues", i.Handle(), payload))
	}
	for _, card := range i.Items {
		if carded[h.Op] != "" {
			out = append(out, c.card(i, card, h, base))
		}
	}
	return out
}

// spoken is what writes are called that leave no event of their own.
var spoken = map[string]string{"create": "opened", "body": "edited", "title": "edited", "delete": "deleted", "edit": "edited", "update": "edited", "close": "closed", "reopen": "reopened"}

// carded is what writes to a board's item are called.
var carded = map[string]string{
	"sprint": "edited", "doing": "edited", "board-value": "edited", "board-add": "created", "board-archive": "archived", "board-restore": "restored",
	"board-convert": "converted", "board-remove": "deleted", "board-move": "reordered",
}

func (c *call) remarked(i *world.GitHubIssue, h world.Happening, base func(string) map[string]any) []control.Letter {
	payload := base(map[string]string{"comment": "created", "edit-comment": "edited", "delete-comment": "deleted"}[h.Op])
	payload["issue"] = c.showIssue(i)
	comment := &world.Comment{ID: h.Comment, Author: h.By, Created: h.Time, Updated: h.Time}
	if found, err := world.CommentOf(i, h.Comment); err == nil {
		comment = found
	}
	for _, e := range h.Events {
		if e.Comment != nil && e.Comment.ID == h.Comment {
			comment = e.Comment
		}
	}
	payload["comment"] = c.showComment(i, comment)
	if h.Op == "edit-comment" {
		payload["changes"] = map[string]any{"body": map[string]any{"from": ""}}
	}
	return []control.Letter{letter("issue_comment", i.Handle(), payload)}
}

// told is an event of an issue's timeline as webhooks tell it: links tell both of their ends by name.
func (c *call) told(i *world.GitHubIssue, e *world.IssueEvent, base func(string) map[string]any) []control.Letter {
	link := func(event, first, second string, a, b *world.GitHubIssue) []control.Letter {
		payload := base(e.Kind)
		payload[first+"_id"], payload[first] = a.ID, c.showIssue(a)
		payload[second+"_id"], payload[second] = b.ID, c.showIssue(b)
		payload[second+"_repo"] = c.at.repository(b.Repo, c.sort.open(c.s, b.Repo), c.me)
		return []control.Letter{letter(event, i.Handle(), payload)}
	}
	switch e.Kind {
	case "blocked_by_added", "blocked_by_removed":
		return link("issue_dependencies", "blocked_issue", "blocking_issue", i, e.Other)
	case "blocking_added", "blocking_removed":
		return link("issue_dependencies", "blocked_issue", "blocking_issue", i, e.Other)
	case "sub_issue_added", "sub_issue_removed":
		return link("sub_issues", "parent_issue", "sub_issue", i, e.Other)
	case "parent_issue_added", "parent_issue_removed":
		return link("sub_issues", "parent_issue", "sub_issue", e.Other, i)
	case "renamed":
		payload := base("edited")
		payload["issue"], payload["changes"] = c.showIssue(i), map[string]any{"title": map[string]any{"from": e.From}}
		return []control.Letter{letter("issues", i.Handle(), payload)}
	case "closed", "reopened", "labeled", "unlabeled", "assigned", "unassigned", "milestoned", "demilestoned", "locked", "unlocked", "transferred", "pinned", "unpinned":
		payload := base(e.Kind)
		payload["issue"] = c.showIssue(i)
		if e.Label != nil {
			payload["label"] = c.at.label(i.Repo, e.Label)
		}
		if e.Assignee != nil {
			payload["assignee"] = c.at.user(e.Assignee)
		}
		return []control.Letter{letter("issues", i.Handle(), payload)}
	}
	return nil
}

// card is a change of a board's item; it names the content by its node alone.
func (c *call) card(i *world.GitHubIssue, card *world.ProjectItem, h world.Happening, base func(string) map[string]any) control.Letter {
	payload := base(carded[h.Op])
	delete(payload, "repository") // boards are the organisation's
	if carded[h.Op] == "edited" {
		payload["changes"] = map[string]any{"field_value": map[string]any{"field_node_id": "", "field_type": "iteration"}}
	}
	payload["projects_v2_item"] = map[string]any{
		"id": card.ID, "node_id": card.NodeID(), "project_node_id": card.Project.NodeID(), "content_node_id": i.Node, "content_type": "Issue",
		"creator": c.at.user(card.Author), "created_at": stamp(card.Created), "updated_at": stamp(card.Updated), "archived_at": nil,
	}
	return letter("projects_v2_item", h.Entry.Item, payload)
}
