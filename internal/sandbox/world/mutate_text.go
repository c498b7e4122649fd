package world

// textOps change what an item says and who has it.
var textOps = map[string]op{
	"title": {`{"op":"title","item":"WEB-1","title":"…"}`, true, func(s *State, in *wish) (Outcome, error) {
		if in.Title == nil {
			return Outcome{}, bad("title needs a title")
		}
		switch i := in.item.(type) {
		case *JiraIssue:
			s.SetSummary(i, *in.Title, in.by)
		case *GitHubIssue:
			s.SetTitle(i, *in.Title)
		}
		return Outcome{}, nil
	}},
	"body": {`{"op":"body","item":"WEB-1","body":"…"}: wiki text in Jira, Markdown in GitHub`, true, func(s *State, in *wish) (Outcome, error) {
		if in.Body == nil {
			return Outcome{}, bad("body needs a body")
		}
		s.rewrite(in.item, *in.Body, in.by)
		return Outcome{}, nil
	}},
	"assign": {`{"op":"assign","item":"WEB-1","assignee":"ada"}: an empty assignee means nobody`, true, func(s *State, in *wish) (Outcome, error) {
		var who *User
		if in.Assignee != "" {
			who = s.person(in.Assignee)
		}
		switch i := in.item.(type) {
		case *JiraIssue:
			s.SetAssignee(i, who, in.by)
		case *GitHubIssue:
			list := []*User{}
			if who != nil {
				list = append(list, who)
			}
			s.SetAssignees(i, list)
		}
		return Outcome{Detail: in.Assignee}, nil
	}},
}
