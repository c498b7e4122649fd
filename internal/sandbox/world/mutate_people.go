package world

import (
	"fmt"
	"slices"
)

// peopleOps change what people may do.
var peopleOps = map[string]op{
	"rights": {`{"op":"rights","author":"zoe","role":"read"}: what an account may do: read, triage, write, maintain or admin`, false,
		func(s *State, in *wish) (Outcome, error) {
			role := Role(in.Role)
			if in.Author == "" || !slices.Contains(roles, role) {
				return Outcome{}, bad("rights needs an author and one of the roles %v", roles)
			}
			in.by.Role = role
			for _, t := range []Tracker{Jira, GitHub} { // one person, known to both
				s.Journal = append(s.Journal, Entry{Seq: len(s.Journal) + 1, Time: s.Now(), Tracker: t, Op: in.Op, Author: authorName(in.by), Detail: in.Role})
			}
			return Outcome{Detail: fmt.Sprintf("%s: %s", in.by.Login, role)}, nil
		}},
}
