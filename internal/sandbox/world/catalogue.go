package world

// Custom fields of the generated Jira, with the ids that a Cloud site usually
// gives them. Loaded records bring their own beside these.
const (
	SprintFieldID   = "customfield_10020"
	PointsFieldID   = "customfield_10016"
	EpicLinkFieldID = "customfield_10014"
	RankFieldID     = "customfield_10019"
	TeamFieldID     = "customfield_10001"
)

// AddUser registers a person or an account under every name they have.
func (s *State) AddUser(u *User) *User {
	if u.ID == 0 {
		u.ID = s.id("user", 9_000_001)
	}
	if u.Kind == "" {
		u.Kind = "User"
	}
	s.Users = append(s.Users, u)
	for _, name := range []string{u.Login, u.AccountID, u.Key} {
		if name != "" {
			s.userByName[lower(name)] = u
		}
	}
	return u
}

// StatusIn is the first status of a category: new, indeterminate or done.
// A world that has none gets one.
func (s *State) StatusIn(category string) *Status {
	for _, st := range s.Statuses {
		if st.Category == category {
			return st
		}
	}
	name := map[string]string{"new": "To Do", "indeterminate": "In Progress", "done": "Done"}[category]
	st := &Status{ID: s.id("status", 10000), Name: name, Category: category}
	s.Statuses = append(s.Statuses, st)
	return st
}

// Resolution finds a resolution by name, or makes it.
func (s *State) Resolution(name string) *Named {
	for _, r := range s.Resolutions {
		if lower(r.Name) == lower(name) {
			return r
		}
	}
	r := &Named{ID: s.id("resolution", 10000), Name: name}
	s.Resolutions = append(s.Resolutions, r)
	return r
}

// typeAt is the first issue type of a level, or a new one.
func (s *State) typeAt(level int) *IssueType {
	for _, t := range s.Types {
		if t.Level == level {
			return t
		}
	}
	name := map[int]string{-1: "Sub-task", 0: "Story", 1: "Epic"}[level]
	t := &IssueType{ID: s.id("type", 10000), Name: name, Level: level, Subtask: level < 0}
	s.Types = append(s.Types, t)
	return t
}
