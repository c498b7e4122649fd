package world

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// JiraIssue finds an issue by numeric id, key or former key; nil when absent.
func (s *State) JiraIssue(idOrKey string) *JiraIssue {
	if id, err := strconv.ParseInt(idOrKey, 10, 64); err == nil {
		return s.issueByID[id]
	}
	key := strings.ToUpper(idOrKey)
	if i := s.issueByKey[key]; i != nil {
		return i
	}
	return s.formerProject(key)
}

// formerProject finds an issue whose project was renamed since.
func (s *State) formerProject(key string) *JiraIssue {
	prefix, number, ok := strings.Cut(key, "-")
	if !ok {
		return nil
	}
	if p := s.Project(prefix); p != nil && p.Key != prefix {
		return s.issueByKey[strings.ToUpper(p.Key)+"-"+number]
	}
	return nil
}

// Project finds a Jira project by id, key or former key; nil when absent.
func (s *State) Project(idOrKey string) *Project {
	for _, p := range s.Projects {
		if strings.EqualFold(p.Key, idOrKey) || strconv.FormatInt(p.ID, 10) == idOrKey {
			return p
		}
	}
	for _, p := range s.Projects {
		for _, k := range p.FormerKeys {
			if strings.EqualFold(k, idOrKey) {
				return p
			}
		}
	}
	return nil
}

// Board finds a Jira board; nil when absent.
func (s *State) Board(id int64) *Board {
	for _, b := range s.Boards {
		if b.ID == id {
			return b
		}
	}
	return nil
}

// SprintByID finds a sprint; nil when absent.
func (s *State) SprintByID(id int64) *Sprint {
	for _, sp := range s.Sprints {
		if sp.ID == id {
			return sp
		}
	}
	return nil
}

// LinkType finds a link type by id or name; nil when absent.
func (s *State) LinkType(idOrName string) *LinkType {
	for _, t := range s.LinkTypes {
		if strings.EqualFold(t.Name, idOrName) || strconv.FormatInt(t.ID, 10) == idOrName {
			return t
		}
	}
	return nil
}

// LinkByID finds an issue link; nil when absent.
func (s *State) LinkByID(id int64) *Link { return s.links[id] }

// Repo finds a repository by its full name, former ones included.
func (s *State) Repo(fullName string) *Repo { return s.repoByName[strings.ToLower(fullName)] }

// RepoByID finds a repository by its database id; nil when absent.
func (s *State) RepoByID(id int64) *Repo {
	for _, r := range s.Repos {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// GitHubProject finds a board by owner and number; nil when absent.
func (s *State) GitHubProject(owner string, number int) *GitHubProject {
	for _, p := range s.GitHubProjects {
		if strings.EqualFold(p.Owner, owner) && p.Number == number {
			return p
		}
	}
	return nil
}

// GitHubIssue finds an issue or pull request by database id; nil when absent.
func (s *State) GitHubIssue(id int64) *GitHubIssue { return s.githubByID[id] }

// Card finds a project item by its database id; nil when absent.
func (s *State) Card(id int64) *ProjectItem { return s.cards[id] }

// User finds a user by login, account id or key; nil when absent.
func (s *State) User(name string) *User { return s.userByName[strings.ToLower(name)] }

// Comment finds a comment and its item by the comment's id.
func (s *State) Comment(t Tracker, id int64) (Item, *Comment) {
	p := s.comments[t][id]
	return p.item, p.comment
}

// Node resolves a GraphQL id: *GitHubIssue, *ProjectItem, *GitHubProject,
// *ProjectField, *DraftIssue, *Comment, *User, *Repo, *Label, *Milestone,
// *GitHubType, or nil.
func (s *State) Node(node string) any {
	if v, ok := s.nodes[node]; ok {
		return v
	}
	prefix, id, ok := parseNode(node)
	if !ok {
		return nil
	}
	switch prefix {
	case "I", "PR":
		if i := s.githubByID[id]; i != nil && i.Node == "" && i.PullRequest == (prefix == "PR") {
			return i
		}
	case "PVTI":
		if c := s.cards[id]; c != nil {
			return c
		}
	case "DI":
		if d := s.drafts[id]; d != nil {
			return d
		}
	case "IC":
		if p := s.comments[GitHub][id]; p.comment != nil && p.comment.Node == "" {
			return p.comment
		}
	default:
		return s.smallNode(prefix, id)
	}
	return nil
}

func (s *State) smallNode(prefix string, id int64) any {
	switch prefix {
	case "U", "O", "BOT":
		for _, u := range s.Users {
			if u.ID == id {
				return u
			}
		}
	case "R":
		if r := s.RepoByID(id); r != nil {
			return r
		}
	case "IT":
		for _, t := range s.GitHubTypes {
			if t.ID == id {
				return t
			}
		}
	}
	for _, p := range s.GitHubProjects {
		if prefix == "PVT" && p.ID == id {
			return p
		}
		for _, f := range p.Fields {
			if strings.HasPrefix(prefix, "PVT") && f.ID == id && prefix != "PVT" {
				return f
			}
		}
	}
	for _, r := range s.Repos {
		for _, l := range r.Labels {
			if prefix == "LA" && l.ID == id {
				return l
			}
		}
		for _, m := range r.Stones {
			if prefix == "MI" && m.ID == id {
				return m
			}
		}
	}
	return nil
}

var (
	ghHandle = regexp.MustCompile(`^([\w.-]+/[\w.-]+)#(\d+)$`)
	ghURL    = regexp.MustCompile(`([\w.-]+/[\w.-]+)/(?:issues|pull)/(\d+)$`)
	jiraURL  = regexp.MustCompile(`/browse/([A-Za-z][A-Za-z0-9_]*-\d+)$`)
)

// Find finds an item by what a person would type: a Jira key or numeric id,
// owner/repo#number, or the item's URL. A transferred issue is found under
// its former number.
func (s *State) Find(name string) (Item, error) {
	name = strings.TrimSpace(name)
	if m := jiraURL.FindStringSubmatch(name); m != nil {
		name = m[1]
	}
	m := ghHandle.FindStringSubmatch(name)
	if m == nil {
		m = ghURL.FindStringSubmatch(name)
	}
	if m == nil {
		if i := s.JiraIssue(name); i != nil {
			return i, nil
		}
		return nil, fmt.Errorf("no item %q: say a Jira key such as WEB-1, or owner/repo#number", name)
	}
	number, _ := strconv.Atoi(m[2])
	if r := s.Repo(m[1]); r != nil {
		if i := r.byNumber[number]; i != nil {
			return i, nil
		}
		if i := r.Moved[number]; i != nil {
			return i, nil
		}
	}
	return nil, fmt.Errorf("no item %q in the simulated GitHub", name)
}
