package jirasim

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// jqlField is one field that JQL may name.
type jqlField struct {
	ops     string // "|=|!=|…|", a bar around each
	empty   func(*world.JiraIssue) bool
	date    func(*world.JiraIssue) time.Time
	match   func(k *compiler, name, op string, v jqlValue) (test, error)
	compare func(a, b *world.JiraIssue) int // ORDER BY; nil: not sortable
}

const (
	opsEqual = "|=|!=|in|not in|is|is not|"
	opsText  = "|~|!~|is|is not|"
	opsOrder = "|=|!=|in|not in|<|<=|>|>=|"
	opsDate  = opsOrder + "is|is not|"
)

var jqlFields = fieldTable()

func fieldTable() map[string]jqlField {
	key := jqlField{ops: opsDate, match: matchKey, compare: byKey}
	sprint := jqlField{ops: opsEqual, match: matchSprint, empty: func(i *world.JiraIssue) bool { return len(i.Sprints) == 0 }}
	kind := jqlField{ops: opsEqual, match: matchType, compare: by(func(i *world.JiraIssue) string { return i.Type.Name })}
	points := jqlField{ops: opsDate, match: matchPoints, empty: func(i *world.JiraIssue) bool { return i.Points == nil },
		compare: by(func(i *world.JiraIssue) float64 {
			if i.Points == nil {
				return -1
			}
			return *i.Points
		})}
	epic := jqlField{ops: opsEqual, match: matchParent, empty: func(i *world.JiraIssue) bool { return epicLink(i) == nil }}
	parent := jqlField{ops: opsEqual, match: matchParent, empty: func(i *world.JiraIssue) bool { return i.Parent == nil }}
	date := func(f func(*world.JiraIssue) time.Time) jqlField {
		return jqlField{ops: opsDate, date: f, empty: func(i *world.JiraIssue) bool { return f(i).IsZero() },
			compare: func(a, b *world.JiraIssue) int { return f(a).Compare(f(b)) }}
	}
	resolved := date(func(i *world.JiraIssue) time.Time { return i.Resolved })
	due := date(func(i *world.JiraIssue) time.Time {
		t, _ := time.Parse(time.DateOnly, i.Due)
		return t
	})
	summary := jqlField{ops: opsText, match: matchText(func(i *world.JiraIssue) string { return i.Summary }),
		compare: by(func(i *world.JiraIssue) string { return i.Summary })}
	labels := jqlField{ops: opsEqual, match: matchNames(func(i *world.JiraIssue) []string { return i.Labels }),
		empty: func(i *world.JiraIssue) bool { return len(i.Labels) == 0 }}
	component := jqlField{ops: opsEqual, match: matchNames(func(i *world.JiraIssue) []string { return i.Components }),
		empty: func(i *world.JiraIssue) bool { return len(i.Components) == 0 }}
	t := map[string]jqlField{
		"key": key, "issuekey": key, "issue": key, "id": key,
		"project":        {ops: opsEqual, match: matchProject, compare: by(func(i *world.JiraIssue) string { return i.Project.Name })},
		"status":         {ops: opsEqual, match: matchStatus, compare: by(func(i *world.JiraIssue) int64 { return i.Status.ID })},
		"statuscategory": {ops: opsEqual, match: matchCategory},
		"resolution":     {ops: opsEqual, match: matchResolution, empty: func(i *world.JiraIssue) bool { return i.Resolution == nil }},
		"priority": {ops: opsEqual, match: matchPriority, empty: func(i *world.JiraIssue) bool { return i.Priority == nil },
			compare: by(func(i *world.JiraIssue) int64 {
				if i.Priority == nil {
					return 1 << 40
				}
				return i.Priority.ID
			})},
		"issuetype": kind, "type": kind,
		"updated": date(func(i *world.JiraIssue) time.Time { return i.Updated }), "updateddate": date(func(i *world.JiraIssue) time.Time { return i.Updated }),
		"created": date(func(i *world.JiraIssue) time.Time { return i.Created }), "createddate": date(func(i *world.JiraIssue) time.Time { return i.Created }),
		"resolved": resolved, "resolutiondate": resolved, "due": due, "duedate": due,
		"sprint": sprint, "cf[10020]": sprint,
		"labels": labels, "label": labels, "component": component, "components": component,
		"assignee": userField(func(i *world.JiraIssue) *world.User { return i.Assignee }),
		"reporter": userField(func(i *world.JiraIssue) *world.User { return i.Reporter }),
		"creator":  userField(func(i *world.JiraIssue) *world.User { return i.Reporter }),
		"parent":   parent, "epic link": epic, "cf[10014]": epic,
		"story points": points, "cf[10016]": points,
		"rank":        {ops: "|", compare: by(func(i *world.JiraIssue) string { return i.Rank })},
		"summary":     summary,
		"description": {ops: opsText, match: matchText(func(i *world.JiraIssue) string { return i.Description }), empty: func(i *world.JiraIssue) bool { return i.Description == "" }},
		"text":        {ops: "|~|", match: matchText(func(i *world.JiraIssue) string { return i.Summary + "\n" + i.Description })},
	}
	return t
}

func by[T cmp.Ordered](f func(*world.JiraIssue) T) func(a, b *world.JiraIssue) int {
	return func(a, b *world.JiraIssue) int { return cmp.Compare(f(a), f(b)) }
}

// byKey sorts by project, then by number: WEB-9 before WEB-10.
func byKey(a, b *world.JiraIssue) int {
	p, n := splitKey(a.Key)
	q, m := splitKey(b.Key)
	return cmp.Or(cmp.Compare(p, q), cmp.Compare(n, m))
}

func splitKey(key string) (string, int) {
	project, number, _ := strings.Cut(key, "-")
	n, _ := strconv.Atoi(number)
	return project, n
}

// matchKey fails the whole query for a key that is not there or hidden, as
// Jira does.
func matchKey(k *compiler, name, op string, v jqlValue) (test, error) {
	if v.isFunction() {
		if strings.EqualFold(v.Word, "linkedIssues") && len(v.Call.Args) == 1 {
			return k.linked(v.Call.Args[0].string())
		}
		return nil, unknownFunction(name, v)
	}
	text := v.string()
	if op != "=" && op != "!=" && op != "in" && op != "not in" { // a comparison only needs the number
		project, n := splitKey(strings.ToUpper(text))
		return func(i *world.JiraIssue) bool {
			p, m := splitKey(i.Key)
			return p == project && ordered(op, cmp.Compare(m, n))
		}, nil
	}
	found := k.st.JiraIssue(text)
	if !k.c.sees(found) {
		if _, err := strconv.Atoi(text); err == nil {
			return nil, badJQL("A value with ID '%s' does not exist for the field '%s'.", text, name)
		}
		return nil, badJQL("An issue with key '%s' does not exist for field '%s'.", text, name)
	}
	return func(i *world.JiraIssue) bool { return i == found }, nil
}

func (k *compiler) linked(key string) (test, error) {
	of := k.st.JiraIssue(key)
	if !k.c.sees(of) {
		return nil, badJQL("Issue '%s' could not be found in function 'linkedIssues'.", key)
	}
	return func(i *world.JiraIssue) bool {
		return i != of && slices.ContainsFunc(of.Links, func(l *world.Link) bool { return l.From.Issue == i || l.To.Issue == i })
	}, nil
}

func ordered(op string, c int) bool {
	switch op {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	}
	return c == 0 // =, !=, in, not in: negation is the clause's matter
}

func matchProject(k *compiler, name, _ string, v jqlValue) (test, error) {
	if v.isFunction() {
		return nil, unknownFunction(name, v)
	}
	p := k.st.Project(v.string())
	if p == nil {
		for _, o := range k.st.Projects {
			if strings.EqualFold(o.Name, v.string()) {
				p = o
			}
		}
	}
	if !k.c.seesProject(p) {
		return nil, unknownValue(name, v)
	}
	return func(i *world.JiraIssue) bool { return i.Project == p }, nil
}

func matchParent(k *compiler, name, _ string, v jqlValue) (test, error) {
	if v.isFunction() {
		return nil, unknownFunction(name, v)
	}
	p := k.st.JiraIssue(v.string())
	if !k.c.sees(p) {
		return nil, badJQL("An issue with key '%s' does not exist for field '%s'.", v.string(), name)
	}
	return func(i *world.JiraIssue) bool { return i.Parent == p }, nil
}

func matchPoints(_ *compiler, name, op string, v jqlValue) (test, error) {
	n, err := strconv.ParseFloat(v.string(), 64)
	if err != nil {
		return nil, badJQL("'%s' is an invalid number for the field '%s'.", v.string(), name)
	}
	return func(i *world.JiraIssue) bool { return i.Points != nil && ordered(op, cmp.Compare(*i.Points, n)) }, nil
}

// matchText is a plain search without case for every word: enough for people,
// not Lucene.
func matchText(f func(*world.JiraIssue) string) func(*compiler, string, string, jqlValue) (test, error) {
	return func(_ *compiler, name, _ string, v jqlValue) (test, error) {
		if v.isFunction() {
			return nil, unknownFunction(name, v)
		}
		words := strings.Fields(strings.ToLower(strings.Trim(v.string(), `"*`)))
		return func(i *world.JiraIssue) bool {
			text := strings.ToLower(f(i))
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.TrimSuffix(w, "*")) })
		}, nil
	}
}

func matchNames(f func(*world.JiraIssue) []string) func(*compiler, string, string, jqlValue) (test, error) {
	return func(_ *compiler, name, _ string, v jqlValue) (test, error) {
		if v.isFunction() {
			return nil, unknownFunction(name, v)
		}
		want := v.string()
		return func(i *world.JiraIssue) bool {
			return slices.ContainsFunc(f(i), func(have string) bool { return strings.EqualFold(have, want) })
		}, nil
	}
}
