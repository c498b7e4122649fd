package world

import (
	"cmp"
	"slices"
	"strings"
)

// OrgTeam is a team of a GitHub organisation.
type OrgTeam struct {
	ID      int64
	Org     string // login
	Slug    string
	Name    string
	About   string
	Members []*User
}

// NodeID is the team's GraphQL id.
func (t *OrgTeam) NodeID() string { return nodeID("", "T", t.ID) }

// GitHubTeams lists an organisation's teams by slug: those that were made, or else the product's teams that own one of
// its repositories, with the people who have work there.
func (s *State) GitHubTeams(org string) []*OrgTeam {
	var out []*OrgTeam
	for _, t := range s.book.teams {
		if strings.EqualFold(t.Org, org) {
			out = append(out, t)
		}
	}
	if out == nil {
		out = s.productTeams(org)
	}
	slices.SortFunc(out, func(a, b *OrgTeam) int { return cmp.Compare(a.Slug, b.Slug) })
	return out
}

func (s *State) productTeams(org string) []*OrgTeam {
	var out []*OrgTeam
	for n, team := range s.calendar.Teams {
		t := &OrgTeam{ID: int64(7_000_001 + n), Org: org, Name: team.Name, Slug: slugOf(team.Name)}
		owns := false
		for _, name := range team.Repos {
			r := s.Repo(name)
			if r == nil || !strings.EqualFold(r.Owner, org) {
				continue
			}
			owns = true
			for _, i := range r.Issues {
				for _, u := range i.Assignees {
					if !slices.Contains(t.Members, u) {
						t.Members = append(t.Members, u)
					}
				}
			}
		}
		if owns {
			slices.SortFunc(t.Members, func(a, b *User) int { return cmp.Compare(a.ID, b.ID) })
			out = append(out, t)
		}
	}
	return out
}

// AddGitHubTeam makes a team of an organisation.
func (s *State) AddGitHubTeam(org, name string, members ...*User) *OrgTeam {
	t := &OrgTeam{ID: s.id("team", 7_000_001), Org: org, Name: name, Slug: slugOf(name), Members: members}
	s.book.teams = append(s.book.teams, t)
	return t
}

func slugOf(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '-'
	}, strings.ToLower(name)), "-")
}

// People lists the persons who belong to the organisations of this GitHub: every account that is a person with a
// login, but those who may only read.
func (s *State) People() []*User {
	var out []*User
	for _, u := range s.Users {
		if u.Login != "" && u.Kind == "User" && !u.Inactive && RoleOf(u) != Reader {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b *User) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Reaches reports whether a person at least has a role.
func Reaches(u *User, at Role) bool {
	return slices.Index(roles, RoleOf(u)) >= slices.Index(roles, at)
}
