package world

// secrecyOps put Jira issues away, or out of sight.
var secrecyOps = map[string]op{
	"archive": {`{"op":"archive","item":"WEB-1","on":true}: absent from search, and read-only`, true, func(s *State, in *wish) (Outcome, error) {
		i, ok := in.item.(*JiraIssue)
		if !ok {
			return Outcome{}, bad("archive needs a Jira item")
		}
		s.Archive(i, in.on(), in.by)
		return Outcome{}, nil
	}},
	"secure": {`{"op":"secure","item":"WEB-1","level":"Board only"}: a security level that leaves the account out; an empty one lets everybody see it`, true,
		func(s *State, in *wish) (Outcome, error) {
			i, ok := in.item.(*JiraIssue)
			if !ok {
				return Outcome{}, bad("secure needs a Jira item")
			}
			e := s.Edit(i)
			if in.Level == "" {
				e.Security(nil)
			} else {
				e.Security(s.LevelOf(i.Project, in.Level))
			}
			e.Done(in.by)
			s.hid(i, i.Secret(s.JiraBot))
			return Outcome{Detail: in.Level}, nil
		}},
}
