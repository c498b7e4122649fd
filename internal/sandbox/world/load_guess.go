package world

import (
	"strings"
	"time"
)

// guess makes a calendar of what was loaded: a team for each project and each
// repository, sprints that begin on the Monday of the first one still open.
func (s *State) guess() {
	c := Calendar{TimeZone: "UTC", Every: 14, Goal: "Loaded records", Home: map[Tracker]string{}, JiraURL: s.calendar.JiraURL, GitHubURL: s.calendar.GitHubURL}
	if c.JiraURL == "" {
		c.JiraURL = "https://acme.atlassian.net"
	}
	if c.GitHubURL == "" {
		c.GitHubURL = "https://github.com"
	}
	var from time.Time
	for _, sp := range s.Sprints {
		if sp.State != Closed && !sp.Start.IsZero() && (from.IsZero() || sp.Start.Before(from)) {
			from = sp.Start
		}
	}
	if from.IsZero() || from.After(s.Now()) {
		from = s.Now()
	}
	from = from.UTC()
	c.First = time.Date(from.Year(), from.Month(), from.Day()-(int(from.Weekday())+6)%7, 0, 0, 0, 0, time.UTC)
	for _, p := range s.Projects {
		c.Projects = append(c.Projects, p.Key)
		c.Teams = append(c.Teams, Team{Name: p.Key, TimeZone: "UTC", Planning: "sprint", Home: map[Tracker]string{}, Projects: []string{p.Key}})
	}
	for _, r := range s.Repos {
		c.Repos = append(c.Repos, r.FullName())
		c.Teams = append(c.Teams, Team{Name: strings.ReplaceAll(r.FullName(), "/", "-"), TimeZone: "UTC", Planning: "sprint", Home: map[Tracker]string{}, Repos: []string{r.FullName()}})
	}
	s.calendar = c
}
