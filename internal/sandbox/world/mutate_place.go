package world

import (
	"regexp"
	"strings"
)

// placeOps make, move, hide, lock and delete.
var placeOps = map[string]op{
	"create": {`{"op":"create","project":"WEB","title":"…","body":"…","parent":"WEB-1","sprint":"next"} or {"op":"create","repository":"acme/api","title":"…"}`, false, (*State).mutateCreate},
	"delete": {`{"op":"delete","item":"WEB-1"}: 404 in Jira, 410 in GitHub`, true, func(s *State, in *wish) (Outcome, error) {
		switch i := in.item.(type) {
		case *JiraIssue:
			s.DeleteIssue(i, in.by)
		case *GitHubIssue:
			s.DeleteGitHub(i)
		}
		return Outcome{}, nil
	}},
	"hide": {`{"op":"hide","item":"WEB-1","on":true} or {"op":"hide","project":"WEB"} or {"op":"hide","repository":"acme/api"}: the account may not see it`, false, (*State).mutateHide},
	"lock": {`{"op":"lock","item":"WEB-1","on":true,"reason":"resolved"}: refuses comments`, true, func(s *State, in *wish) (Outcome, error) {
		switch i := in.item.(type) {
		case *JiraIssue:
			i.Locked = in.on()
			i.touch(s.Now())
		case *GitHubIssue:
			s.SetLock(i, in.on(), in.Reason)
		}
		return Outcome{}, nil
	}},
	"move": {`{"op":"move","item":"WEB-1","project":"CORE"}: a new key in Jira, the same id`, true, func(s *State, in *wish) (Outcome, error) {
		i, ok := in.item.(*JiraIssue)
		p := s.Project(in.Project)
		if !ok || p == nil || p == i.Project {
			return Outcome{}, bad("move needs a Jira item and another project; transfer is GitHub's word")
		}
		was := i.Key
		s.MoveIssue(i, p, in.by)
		return Outcome{Detail: was + " is now " + i.Key}, nil
	}},
	"transfer": {`{"op":"transfer","item":"acme/api#7","repository":"acme/web"}: a new number in GitHub, the same id`, true, func(s *State, in *wish) (Outcome, error) {
		i, ok := in.item.(*GitHubIssue)
		r := s.Repo(in.Repository)
		if !ok || r == nil || r == i.Repo {
			return Outcome{}, bad("transfer needs a GitHub item and another repository; move is Jira's word")
		}
		was := i.Handle()
		s.Transfer(i, r)
		return Outcome{Detail: was + " is now " + i.Handle()}, nil
	}},
	"rename-project": {`{"op":"rename-project","project":"WEB","key":"SITE"}: every issue changes its key`, false, func(s *State, in *wish) (Outcome, error) {
		p := s.Project(in.Project)
		key := strings.ToUpper(in.Key)
		if p == nil || !projectKey.MatchString(key) || s.Project(key) != nil {
			return Outcome{}, bad("rename-project needs a project and a free key of capitals and digits")
		}
		s.RenameProject(p, key)
		return Outcome{Detail: "now " + key}, nil
	}},
}

var projectKey = regexp.MustCompile(`^[A-Z][A-Z0-9_]+$`)

func (s *State) mutateCreate(in *wish) (Outcome, error) {
	if in.Title == nil {
		return Outcome{}, bad("create needs a title")
	}
	body := ""
	if in.Body != nil {
		body = *in.Body
	}
	switch p, r := s.Project(in.Project), s.Repo(in.Repository); {
	case p != nil:
		draft := JiraIssue{Summary: *in.Title, Description: body, Reporter: in.by}
		if in.Type != "" {
			for _, t := range s.Types {
				if strings.EqualFold(t.Name, in.Type) {
					draft.Type = t
				}
			}
		}
		if in.Parent != "" {
			draft.Parent = s.JiraIssue(in.Parent)
		}
		in.item = s.CreateIssue(p, draft, in.by)
	case r != nil:
		i := s.CreateGitHub(r, GitHubIssue{Title: *in.Title, Body: body}, in.by)
		for _, p := range s.GitHubProjects {
			if strings.EqualFold(p.Owner, r.Owner) {
				s.AddCard(p, i, nil, in.by)
				s.column(i, "Todo")
				break
			}
		}
		in.item = i
	default:
		return Outcome{}, bad("create needs a project or a repository that exists")
	}
	if name, given := text(in.Sprint); given {
		return s.replan(in.item, name, in.by)
	}
	return Outcome{}, nil
}

func (s *State) mutateHide(in *wish) (Outcome, error) {
	if p := s.Project(in.Project); in.Project != "" && p != nil {
		p.Hidden = in.on()
		s.hid(p, in.on())
		for _, i := range s.Jira {
			if i.Project == p {
				s.stubsOf(i)
			}
		}
		s.forget()
		return Outcome{Detail: "project " + p.Key}, nil
	}
	if r := s.Repo(in.Repository); in.Repository != "" && r != nil {
		r.Hidden = in.on()
		s.hid(r, in.on())
		return Outcome{Detail: "repository " + r.FullName()}, nil
	}
	it, err := s.Find(in.Item)
	if err != nil {
		return Outcome{}, bad("hide needs an item, a project or a repository: %v", err)
	}
	in.item = it
	switch i := it.(type) {
	case *JiraIssue:
		i.Hidden = in.on()
		s.hid(i, in.on())
		s.stubsOf(i)
	case *GitHubIssue:
		i.Hidden = in.on()
		s.hid(i, in.on())
		s.changed(i)
	}
	return Outcome{}, nil
}
