package world

// stateOps close, drop, reopen and start items.
var stateOps = map[string]op{
	"close": {`{"op":"close","item":"WEB-1"}: delivered`, true, func(s *State, in *wish) (Outcome, error) {
		s.finish(in.item, in.by)
		return Outcome{}, nil
	}},
	"drop": {`{"op":"drop","item":"WEB-1","resolution":"Won't Do"}: closed, not delivered; GitHub: not_planned, or duplicate`, true,
		func(s *State, in *wish) (Outcome, error) {
			s.abandon(in.item, in.Resolution, in.by)
			return Outcome{}, nil
		}},
	"reopen": {`{"op":"reopen","item":"WEB-1"}`, true, func(s *State, in *wish) (Outcome, error) {
		s.again(in.item, in.by)
		return Outcome{}, nil
	}},
	"doing": {`{"op":"doing","item":"WEB-1"}: somebody works on it`, true, func(s *State, in *wish) (Outcome, error) {
		s.start(in.item, in.by)
		return Outcome{}, nil
	}},
}

func (s *State) finish(it Item, by *User) {
	switch i := it.(type) {
	case *JiraIssue:
		s.SetStatus(i, s.StatusIn("done"), s.Resolution("Done"), by)
	case *GitHubIssue:
		s.CloseIssue(i, Completed, by)
		s.column(i, "Done") // a board's built-in workflow
	}
}

func (s *State) abandon(it Item, resolution string, by *User) {
	switch i := it.(type) {
	case *JiraIssue:
		if resolution == "" {
			resolution = "Won't Do"
		}
		s.SetStatus(i, s.StatusIn("done"), s.Resolution(resolution), by)
	case *GitHubIssue:
		reason := NotPlanned
		if lower(resolution) == "duplicate" {
			reason = Duplicate
		}
		s.CloseIssue(i, reason, by)
		s.column(i, "Done")
	}
}

func (s *State) again(it Item, by *User) {
	switch i := it.(type) {
	case *JiraIssue:
		s.SetStatus(i, s.StatusIn("new"), nil, by)
	case *GitHubIssue:
		s.ReopenIssue(i, by)
		s.column(i, "Todo")
	}
}

func (s *State) start(it Item, by *User) {
	switch i := it.(type) {
	case *JiraIssue:
		s.SetStatus(i, s.StatusIn("indeterminate"), nil, by)
	case *GitHubIssue:
		if i.Closed {
			s.ReopenIssue(i, by)
		}
		s.column(i, "In Progress")
	}
}

// column sets the Status of every card of an issue, where the board has it.
func (s *State) column(i *GitHubIssue, name string) {
	for _, card := range i.Items {
		f := card.Project.Field("Status")
		if f == nil {
			continue
		}
		if o := f.Option(name); o != nil {
			s.SetValue(card, Value{Field: f, Option: o})
		}
	}
}
