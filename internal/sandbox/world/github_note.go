package world

// Note writes a client's change of a GitHub issue into the journal: a person
// who closes or links through the API leaves the same trace as one who does it
// through the control API.
func (s *State) Note(i *GitHubIssue, op string, by *User, detail string) {
	s.log(i, op, by, Entry{Detail: detail})
}
