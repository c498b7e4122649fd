package githubsim

import (
	"encoding/json"
	"regexp"
)

var (
	mutating = regexp.MustCompile(`(?m)^\s*mutation\b|}\s*mutation\b`)
	creating = regexp.MustCompile(`\b(?:add|create|clone|copy|transfer)[A-Z]\w*\s*\(`)
)

// mutates reports whether a GraphQL request holds a mutation, judged before it is read in earnest.
func mutates(body []byte) bool { return mutating.MatchString(queryText(body)) }

// creates reports whether a mutation makes content: a comment, an issue, a card, a dependency.
func creates(body []byte) bool { return creating.MatchString(queryText(body)) }

func queryText(body []byte) string {
	var in struct {
		Query string `json:"query"`
	}
	_ = json.Unmarshal(body, &in) // what is no JSON is refused later
	return in.Query
}
