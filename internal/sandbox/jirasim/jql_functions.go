package jirasim

import (
	"strings"

	"strata/internal/sandbox/jql"
)

// function is one that a query may call.
type function struct {
	name        string
	list        bool // gives many values
	least, most int  // arguments
	refused     bool // Jira has it, this server does not
}

// functions of JQL by name in lower case. Those that Jira has and this server
// cannot answer are refused by name: they must not find nothing.
var functions = functionTable(
	function{name: "currentUser"},
	function{name: "membersOf", list: true, least: 1, most: 1},
	function{name: "openSprints", list: true}, function{name: "closedSprints", list: true}, function{name: "futureSprints", list: true},
	function{name: "now"},
	function{name: "startOfDay", most: 1}, function{name: "endOfDay", most: 1}, function{name: "startOfWeek", most: 1}, function{name: "endOfWeek", most: 1},
	function{name: "startOfMonth", most: 1}, function{name: "endOfMonth", most: 1}, function{name: "startOfYear", most: 1}, function{name: "endOfYear", most: 1},
	function{name: "linkedIssues", list: true, least: 1, most: 2},
	function{name: "standardIssueTypes", list: true}, function{name: "subtaskIssueTypes", list: true},
	function{name: "releasedVersions", list: true, most: 100}, function{name: "unreleasedVersions", list: true, most: 100},
	function{name: "latestReleasedVersion", least: 1, most: 1}, function{name: "earliestUnreleasedVersion", least: 1, most: 1},
	function{name: "watchedIssues", list: true}, function{name: "votedIssues", list: true},

	function{name: "issueHistory", list: true, refused: true}, function{name: "updatedBy", list: true, refused: true},
	function{name: "currentLogin", refused: true}, function{name: "lastLogin", refused: true},
	function{name: "projectsLeadByUser", list: true, refused: true}, function{name: "componentsLeadByUser", list: true, refused: true},
	function{name: "projectsWhereUserHasPermission", list: true, refused: true}, function{name: "projectsWhereUserHasRole", list: true, refused: true},
	function{name: "cascadeOption", refused: true}, function{name: "approved", refused: true}, function{name: "breached", refused: true},
	function{name: "portfolioChildIssuesOf", list: true, refused: true}, function{name: "childIssuesOf", list: true, refused: true},
	function{name: "choiceOption", list: true, refused: true}, function{name: "spacesLeadByUser", list: true, refused: true},
	function{name: "linkedWorkItems", list: true, refused: true}, function{name: "organizationMembers", list: true, refused: true},
)

func functionTable(all ...function) map[string]function {
	out := map[string]function{}
	for _, f := range all {
		out[strings.ToLower(f.name)] = f
	}
	return out
}

func isFunction(name string) bool {
	_, ok := functions[strings.ToLower(name)]
	return ok
}

func unknownFunction(v jql.Operand) error {
	return badJQL("Unable to find JQL function '%s'.", jql.Operand{Kind: jql.Function, Text: v.Text})
}

// arguments checks how a function is called. Those of dates check their one
// argument themselves.
func (k *compiler) arguments(v jql.Operand) error {
	f, ok := functions[strings.ToLower(v.Text)]
	n := len(v.Args)
	switch {
	case !ok:
		return unknownFunction(v)
	case f.refused:
		return badJQL("The JQL function '%s()' is not supported by this server.", v.Text)
	case n >= f.least && n <= f.most || jql.IsDate(v.Text):
		return nil
	case f.least == f.most:
		return badJQL("Function '%s' expected '%d' arguments but received '%d'.", v.Text, f.least, n)
	}
	return badJQL("Function '%s' expected between '%d' and '%d' arguments but received '%d'.", v.Text, f.least, f.most, n)
}
