package githubsim

import (
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// cardFilter is the query argument of a board's items. It is a small language of its own and not issue search:
// qualifiers that it does not know match nothing, silently, which is how a reader of boards went blind for weeks.
//
//	updated:>=2026-06-24 updated:>@today-3d   days only; the time of day is dropped
//	is:open is:closed is:issue is:pr is:draft
//	status:"In progress" and any other field's name with hyphens for spaces
//	words                                     stand in the title
type cardFilter struct {
	tests []func(*world.ProjectItem) bool
}

func parseCardFilter(query string, now time.Time) cardFilter {
	var f cardFilter
	for _, word := range quotedWords(query) {
		name, value, qualified := strings.Cut(word, ":")
		switch {
		case !qualified:
			f.add(func(c *world.ProjectItem) bool {
				return !redacted(c) && strings.Contains(strings.ToLower(titleOf(c)), strings.ToLower(word))
			})
		case name == "updated":
			f.add(updatedTest(value, now))
		case name == "is":
			f.add(func(c *world.ProjectItem) bool { return isTest(c, value) })
		default:
			f.add(func(c *world.ProjectItem) bool { return fieldTest(c, name, value) })
		}
	}
	return f
}

func (f *cardFilter) add(test func(*world.ProjectItem) bool) { f.tests = append(f.tests, test) }

func (f cardFilter) match(c *world.ProjectItem) bool {
	for _, test := range f.tests {
		if !test(c) {
			return false
		}
	}
	return true
}

// updatedTest compares days. What it cannot read matches nothing.
func updatedTest(value string, now time.Time) func(*world.ProjectItem) bool {
	sign := strings.TrimRight(value[:min(2, len(value))], "@0123456789")
	day, ok := dayOf(strings.TrimPrefix(value, sign), now)
	return func(c *world.ProjectItem) bool {
		if !ok {
			return false
		}
		is := c.Updated.UTC().Format(time.DateOnly)
		switch sign {
		case ">=":
			return is >= day
		case ">":
			return is > day
		case "<=":
			return is <= day
		case "<":
			return is < day
		}
		return sign == "" && is == day
	}
}

func dayOf(text string, now time.Time) (string, bool) {
	if rest, ok := strings.CutPrefix(text, "@today"); ok {
		days := 0
		if rest != "" {
			n, err := strconv.Atoi(strings.TrimSuffix(rest, "d"))
			if err != nil {
				return "", false
			}
			days = n
		}
		return now.UTC().AddDate(0, 0, days).Format(time.DateOnly), true
	}
	text, _, _ = strings.Cut(text, "T")
	_, err := time.Parse(time.DateOnly, text)
	return text, err == nil
}

func isTest(c *world.ProjectItem, value string) bool {
	if redacted(c) {
		return false
	}
	switch value {
	case "draft":
		return c.Draft != nil
	case "issue":
		return c.Issue != nil && !c.Issue.PullRequest
	case "pr":
		return c.Issue != nil && c.Issue.PullRequest
	case "open":
		return c.Issue == nil || !c.Issue.Closed
	case "closed":
		return c.Issue != nil && c.Issue.Closed
	}
	return false
}

func fieldTest(c *world.ProjectItem, name, value string) bool {
	for _, v := range c.Values {
		if !strings.EqualFold(strings.ReplaceAll(v.Field.Name, " ", "-"), name) {
			continue
		}
		return v.Option != nil && strings.EqualFold(v.Option.Name, value) ||
			v.Iteration != nil && strings.EqualFold(v.Iteration.Title, value) ||
			v.Text != "" && strings.EqualFold(v.Text, value)
	}
	return false
}

// quotedWords splits at spaces outside quotes and drops the quotes.
func quotedWords(text string) []string {
	var words []string
	var word strings.Builder
	quoted := false
	for _, r := range text + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			if word.Len() > 0 {
				words = append(words, word.String())
			}
			word.Reset()
		default:
			word.WriteRune(r)
		}
	}
	return words
}
