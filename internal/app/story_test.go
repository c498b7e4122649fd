package app_test

import (
	"fmt"
	"strings"
	"testing"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// Teams of the generated product.
const (
	web      = "Web"  // in Jira, by component
	core     = "Core" // in Jira, by label
	api      = "Api"  // in GitHub
	platform = "Platform"
)

// Sprints as the mutations name them.
const (
	backlog = ""
	active  = "active"
	next    = "next"
	later   = "+2"
)

// story makes an item of a team, planned for a Sprint or in the backlog.
func (h *house) story(team, title, sprint string) string {
	h.t.Helper()
	wish := map[string]any{"op": "create", "title": title, "body": "h2. Acceptance criteria\n\n* it works"}
	switch team {
	case web:
		wish["project"], wish["type"] = "WEB", "Story"
	case core:
		wish["project"], wish["type"] = "CORE", "Story"
	case api:
		wish["repository"] = "acme/api"
	case platform:
		wish["repository"] = "acme/platform"
	}
	item := h.mutate(wish).Item
	err := h.box.World.Write(func(s *world.State) error {
		if i := s.JiraIssue(item); i != nil && team == web {
			i.Components = []string{"Web"}
		} else if i != nil {
			i.Labels = []string{"team-core"}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	if sprint != backlog {
		h.do("sprint", item, "sprint", sprint)
	}
	return item
}

// wait makes one item wait for another, as people would say it there.
func (h *house) wait(waiting, blocker string) {
	h.t.Helper()
	h.do("link", waiting, "blocker", blocker)
}

// A place is where a flagged pair stands: two teams of one tracker.
type place struct {
	name            string
	flavour         jirasim.Flavour
	waiting, blocks string // teams
}

// places are all the trackers there are: a scenario runs in each.
func places() []place {
	return []place{
		{"jira cloud", jirasim.Cloud, web, core},
		{"jira data center", jirasim.DataCenter, web, core},
		{"github", jirasim.Cloud, api, platform},
		{"github waits for jira", jirasim.DataCenter, api, core},
		{"jira waits for github", jirasim.Cloud, web, api},
	}
}

// own are the places whose pair lives in one tracker.
func own() []place { return places()[:3] }

// pair makes W, planned for the next Sprint, wait for B, planned for the one
// after: DEP01, off track, on W.
func (h *house) pair(p place) (waiting, blocker string) {
	h.t.Helper()
	waiting = h.story(p.waiting, "Show the price "+p.name, next)
	blocker = h.story(p.blocks, "Offer the price "+p.name, later)
	h.wait(waiting, blocker)
	return waiting, blocker
}

func (h *house) tracker(item string) world.Tracker {
	if h.onGitHub(item) {
		return world.GitHub
	}
	return world.Jira
}

// comment lets a person say something.
func (h *house) comment(item, author, body string) int64 {
	h.t.Helper()
	return h.do("comment", item, "author", author, "body", body).Comment
}

func (p place) String() string { return fmt.Sprintf("%s (%s)", p.name, p.flavour) }

// fill names a pair of items in a text: KEY and JIRA are the Jira item's key and
// address, ISSUE and GITHUB the GitHub item's.
func (h *house) fill(text, inJira, onGitHub string) string {
	repo, number, _ := strings.Cut(onGitHub, "#")
	return strings.NewReplacer(
		"KEY", inJira, "JIRA", h.box.JiraURL+"/browse/"+inJira,
		"ISSUE", onGitHub, "GITHUB", h.box.GitHubURL+"/"+repo+"/issues/"+number,
	).Replace(text)
}

// only narrows a config's scopes to one project or repository.
func only(t *testing.T, config, name string) string {
	t.Helper()
	var kept []string
	for line := range strings.Lines(config) {
		switch {
		case strings.Contains(line, "jql:") && !strings.Contains(name, "/"):
			line = fmt.Sprintf("      - {name: jira, tracker: jira, jql: 'project = %s'}\n", name)
		case strings.Contains(line, "repositories: [") && strings.Contains(name, "/"):
			line = fmt.Sprintf("      - {name: repositories, tracker: github, repositories: [%s]}\n", name)
		case strings.Contains(line, "tracker: github, project:") && strings.Contains(name, "/"):
			continue
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "")
}
