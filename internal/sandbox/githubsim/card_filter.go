package githubsim

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// cardFilter is the query argument of a board's items. It is a small language of its own and not issue search:
// qualifiers that it does not know match nothing, silently, which is how a reader of boards went blind for weeks.
//
//	updated:>=2026-06-24 updated:>@today-3d   days only; the time of day is dropped
//	is:open,closed,issue,pr,draft,merged      reason:completed
//	label: assignee:@me milestone: repo: type: title:
//	status:"In progress",Todo estimate:>3     any field's name, hyphens for spaces, alternatives divided by commas
//	iteration:@current @next @previous        due:<=@today
//	no:assignee has:label -status:Done        nothing, something, not
//	words                                     stand in the title
type cardFilter struct{ tests []cardTest }

type cardTest func(*world.ProjectItem) bool

// cardAsker is who filters, and when.
type cardAsker struct {
	now      time.Time
	me       *world.User
	redacted func(*world.ProjectItem) bool
}

func parseCardFilter(query string, asker cardAsker) cardFilter {
	var f cardFilter
	for _, word := range quotedWords(query) {
		word, without := strings.CutPrefix(word, "-")
		name, value, qualified := strings.Cut(word, ":")
		test := asker.titled(word)
		if qualified {
			test = asker.qualified(strings.ToLower(name), value)
		}
		f.tests = append(f.tests, func(c *world.ProjectItem) bool { return !asker.redacted(c) && test(c) != without })
	}
	return f
}

func (f cardFilter) match(c *world.ProjectItem) bool {
	for _, test := range f.tests {
		if !test(c) {
			return false
		}
	}
	return true
}

func (a cardAsker) titled(word string) cardTest {
	return func(c *world.ProjectItem) bool {
		return strings.Contains(strings.ToLower(titleOf(c)), strings.ToLower(word))
	}
}

func (a cardAsker) qualified(name, value string) cardTest {
	switch name {
	case "updated":
		return a.dated(value, func(c *world.ProjectItem) string { return c.Updated.UTC().Format(time.DateOnly) })
	case "title":
		return a.titled(value)
	case "no":
		has := a.has(value)
		return func(c *world.ProjectItem) bool { return !has(c) }
	case "has":
		return a.has(value)
	}
	var tests []cardTest
	for _, v := range strings.Split(value, ",") {
		tests = append(tests, a.one(name, v))
	}
	return func(c *world.ProjectItem) bool {
		return slices.ContainsFunc(tests, func(t cardTest) bool { return t(c) })
	}
}

// one is a qualifier with one of its alternatives.
func (a cardAsker) one(name, value string) cardTest {
	switch name {
	case "is", "state":
		return func(c *world.ProjectItem) bool { return cardIs(c, value) }
	case "reason":
		return onIssue(func(i *world.GitHubIssue) bool {
			return strings.ReplaceAll(i.StateReason, "_", " ") == strings.ReplaceAll(value, "_", " ")
		})
	case "label":
		return onIssue(func(i *world.GitHubIssue) bool { return labelled(&[]string{value}, i) })
	case "milestone":
		return onIssue(func(i *world.GitHubIssue) bool {
			return i.Milestone != nil && strings.EqualFold(i.Milestone.Title, value)
		})
	case "repo":
		return onIssue(func(i *world.GitHubIssue) bool { return strings.EqualFold(i.Repo.FullName(), value) })
	case "type":
		return onIssue(func(i *world.GitHubIssue) bool { return i.Type != nil && strings.EqualFold(i.Type.Name, value) })
	case "assignee":
		return func(c *world.ProjectItem) bool {
			return slices.ContainsFunc(assigneesOf(c), func(u *world.User) bool {
				return strings.EqualFold(u.Login, value) || value == "@me" && u == a.me
			})
		}
	}
	return func(c *world.ProjectItem) bool {
		v := cardValue(c, name)
		return v != nil && a.says(v, value)
	}
}

func onIssue(test func(*world.GitHubIssue) bool) cardTest {
	return func(c *world.ProjectItem) bool { return c.Issue != nil && test(c.Issue) }
}

// has reports whether a card has anything at all for a name.
func (a cardAsker) has(name string) cardTest {
	return func(c *world.ProjectItem) bool {
		switch strings.ToLower(name) {
		case "assignee", "assignees":
			return len(assigneesOf(c)) > 0
		case "label", "labels":
			return c.Issue != nil && len(c.Issue.Labels) > 0
		case "milestone":
			return c.Issue != nil && c.Issue.Milestone != nil
		case "type":
			return c.Issue != nil && c.Issue.Type != nil
		case "parent-issue":
			return c.Issue != nil && c.Issue.Parent != nil
		}
		return cardValue(c, strings.ToLower(name)) != nil
	}
}

func cardValue(c *world.ProjectItem, name string) *world.Value {
	for _, v := range c.Values {
		if strings.EqualFold(strings.ReplaceAll(v.Field.Name, " ", "-"), name) {
			return v
		}
	}
	return nil
}

// says compares a field's value.
func (a cardAsker) says(v *world.Value, value string) bool {
	switch {
	case v.Option != nil:
		return strings.EqualFold(v.Option.Name, value)
	case v.Iteration != nil:
		return strings.EqualFold(v.Iteration.Title, value) || v.Iteration == a.iteration(v.Field, value)
	case v.Number != nil:
		sign, rest := signOf(value)
		n, err := strconv.ParseFloat(rest, 64)
		return err == nil && compares(sign, *v.Number, n)
	case v.Date != "":
		return a.dated(value, func(*world.ProjectItem) string { return v.Date })(nil)
	}
	return strings.EqualFold(v.Text, value)
}

// iteration is what @current, @next and @previous stand for; nil for any other word.
func (a cardAsker) iteration(f *world.ProjectField, word string) *world.Iteration {
	step, ok := map[string]int{"@previous": -1, "@current": 0, "@next": 1}[word]
	for n, it := range f.Iterations {
		if ok && !a.now.Before(it.Start) && a.now.Before(it.End()) && n+step >= 0 && n+step < len(f.Iterations) {
			return f.Iterations[n+step]
		}
	}
	return nil
}

func cardIs(c *world.ProjectItem, value string) bool {
	switch strings.ToLower(value) {
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
	case "merged":
		return c.Issue != nil && !c.Issue.Merged.IsZero()
	}
	return false
}

func signOf(value string) (sign, rest string) {
	rest = strings.TrimLeft(value, "<>=")
	return value[:len(value)-len(rest)], rest
}

func compares[T int | float64](sign string, is, other T) bool {
	switch sign {
	case ">=":
		return is >= other
	case ">":
		return is > other
	case "<=":
		return is <= other
	case "<":
		return is < other
	}
	return sign == "" && is == other
}

// dated compares days. What it cannot read matches nothing.
func (a cardAsker) dated(value string, of func(*world.ProjectItem) string) cardTest {
	sign, rest := signOf(value)
	day, ok := dayOf(rest, a.now)
	return func(c *world.ProjectItem) bool { return ok && compares(sign, strings.Compare(of(c), day), 0) }
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
