package jira

import (
	"fmt"
	"strings"
	"time"
)

// query is a scope's JQL as we ask it: its condition alone, bounded from below
// by a time of change, in the order of keys. The bound is in milliseconds since
// 1970, because dates in words are read in the time zone of the account.
func query(jql string, since time.Time) string {
	condition := condition(jql)
	if !since.IsZero() {
		bound := fmt.Sprintf("updated >= %d", since.UnixMilli())
		if condition == "" {
			condition = bound
		} else {
			condition = "(" + condition + ") AND " + bound
		}
	}
	return strings.TrimSpace(condition + " ORDER BY key ASC")
}

// condition is JQL without its ORDER BY.
func condition(jql string) string {
	var quote byte
	for i := 0; i < len(jql); i++ {
		switch c := jql[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case startsOrder(jql, i):
			return strings.TrimSpace(jql[:i])
		}
	}
	return strings.TrimSpace(jql)
}

// startsOrder says whether "order by" begins at a place outside quotes.
func startsOrder(jql string, i int) bool {
	if i > 0 && !isSpace(jql[i-1]) && jql[i-1] != ')' && jql[i-1] != '"' && jql[i-1] != '\'' {
		return false
	}
	rest := jql[i:]
	if len(rest) < len("order by") || !strings.EqualFold(rest[:len("order")], "order") {
		return false
	}
	after := strings.TrimLeft(rest[len("order"):], " \t\r\n")
	return len(after) < len(rest)-len("order") && len(after) >= 2 && strings.EqualFold(after[:2], "by") &&
		(len(after) == 2 || isSpace(after[2]))
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
