package jirasim

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

var keyForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*-[0-9]{1,18}$`)

// item finds the issue that a value names, by key or id. One that is not there,
// or hidden, fails the whole query, as in Jira.
func (k *compiler) item(a ask) (*world.JiraIssue, error) {
	text := a.value.Value()
	found := k.st.JiraIssue(text)
	_, err := strconv.ParseInt(text, 10, 64)
	switch numeric := err == nil; {
	case k.c.sees(found):
		return found, nil
	case numeric:
		return nil, badJQL("A value with ID '%s' does not exist for the field '%s'.", text, a.name)
	case !keyForm.MatchString(text):
		return nil, badJQL("The issue key '%s' for field '%s' is invalid.", text, a.name)
	}
	return nil, badJQL("An issue with key '%s' does not exist for field '%s'.", text, a.name)
}

func matchKey(k *compiler, a ask) (part, error) {
	switch a.call() {
	case "":
	case "linkedissues":
		return k.linked(a)
	case "watchedissues":
		return part{holds: func(i *world.JiraIssue) bool { return slices.Contains(i.Rare().Watching, k.c.user) }}, nil
	case "votedissues":
		return part{holds: func(i *world.JiraIssue) bool { return slices.Contains(i.Rare().Voters, k.c.user) }}, nil
	default:
		return part{}, a.unfit()
	}
	found, err := k.item(a)
	if err != nil {
		return part{}, err
	}
	if a.op != jql.Less && a.op != jql.LessEqual && a.op != jql.Greater && a.op != jql.GreaterEqual {
		return part{holds: func(i *world.JiraIssue) bool { return i == found }, among: exactly(found)}, nil
	}
	if text := a.value.Value(); keyForm.MatchString(text) && !strings.EqualFold(text, found.Key) {
		return part{}, badJQL("Operator '%s' cannot be applied to moved issue key '%s'.", a.op, text)
	}
	return part{ // keys of other projects are neither before nor after
		holds: func(i *world.JiraIssue) bool {
			return i.Project == found.Project && ordered(a.op, world.CompareKeys(i, found))
		},
		among: func() [][]*world.JiraIssue { return whole(k.st.JiraIn(found.Project)) },
	}, nil
}

// ordered says whether a comparison came out as an operator wants it. Negation is
// the term's matter.
func ordered(op jql.Op, c int) bool {
	switch op {
	case jql.Less:
		return c < 0
	case jql.LessEqual:
		return c <= 0
	case jql.Greater:
		return c > 0
	case jql.GreaterEqual:
		return c >= 0
	}
	return c == 0
}

func matchProject(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	text := a.value.Value()
	p := k.st.Project(text)
	if !k.c.seesProject(p) {
		p = nil
		for _, o := range k.st.Projects {
			if strings.EqualFold(o.Name, text) && k.c.seesProject(o) {
				p = o
			}
		}
	}
	if p == nil {
		return part{}, a.unknown()
	}
	return part{holds: func(i *world.JiraIssue) bool { return i.Project == p }, among: func() [][]*world.JiraIssue { return whole(k.st.JiraIn(p)) }, apart: true}, nil
}

// matchParent knows every level's parent on Cloud, a sub-task's on Data Center.
func matchParent(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	p, err := k.item(a)
	if err != nil {
		return part{}, err
	}
	all := k.c.s.cloud() || p.Type.Level < 1 // an epic's children have an Epic Link there
	return part{holds: func(i *world.JiraIssue) bool { return i.Parent == p && (all || i.Type.Subtask) }, among: exactly(slices.Clone(p.Children)...)}, nil
}

// matchEpic knows epics by key, id or summary.
func matchEpic(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	text := a.value.Value()
	if e := k.st.JiraIssue(text); k.c.sees(e) {
		return part{holds: func(i *world.JiraIssue) bool { return epicOf(i) == e }, among: exactly(slices.Clone(e.Children)...)}, nil
	}
	var epics []*world.JiraIssue
	k.timed = true // a summary changes without its stories being told
	for _, i := range k.st.Jira {
		if i.Type != nil && i.Type.Level >= 1 && strings.EqualFold(i.Summary, text) && k.c.sees(i) {
			epics = append(epics, i)
		}
	}
	if len(epics) == 0 {
		return part{}, badJQL("No issues have a parent epic with key or name '%s'.", text)
	}
	return part{holds: func(i *world.JiraIssue) bool { return slices.Contains(epics, epicOf(i)) }}, nil
}

// linked is linkedIssues(A-1) or linkedIssues(A-1, "is blocked by"): the phrase is
// what A-1 says of the others.
func (k *compiler) linked(a ask) (part, error) {
	key := a.value.Args[0]
	of := k.st.JiraIssue(key)
	if !k.c.sees(of) {
		return part{}, badJQL("Issue '%s' could not be found in function '%s'.", key, a.value.Text)
	}
	phrase := ""
	if len(a.value.Args) > 1 {
		phrase = a.value.Args[1]
		if !slices.ContainsFunc(k.st.LinkTypes, func(t *world.LinkType) bool {
			return strings.EqualFold(t.Inward, phrase) || strings.EqualFold(t.Outward, phrase)
		}) {
			return part{}, badJQL("Issue link type '%s' could not be found in function '%s'.", phrase, a.value.Text)
		}
	}
	var others []*world.JiraIssue
	for _, l := range of.Links {
		other, said := farEnd(l, of)
		if other != nil && (phrase == "" || strings.EqualFold(said, phrase)) {
			others = append(others, other)
		}
	}
	among := exactly(others...)
	return part{holds: func(i *world.JiraIssue) bool { return slices.Contains(others, i) }, among: among}, nil
}

// farEnd is the other issue of a link, nil when it is outside of the world, and
// what this one says of it.
func farEnd(l *world.Link, of *world.JiraIssue) (other *world.JiraIssue, phrase string) {
	if l.From.Issue == of {
		return l.To.Issue, l.Type.Outward
	}
	return l.From.Issue, l.Type.Inward
}

// matchLinkType knows a type by its name and by both phrases, of which an issue
// says one.
func matchLinkType(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	text := a.value.Value()
	for _, t := range k.st.LinkTypes {
		if strings.EqualFold(t.Name, text) || strings.EqualFold(t.Inward, text) || strings.EqualFold(t.Outward, text) {
			return part{holds: func(i *world.JiraIssue) bool {
				return slices.ContainsFunc(i.Links, func(l *world.Link) bool {
					_, said := farEnd(l, i)
					return strings.EqualFold(l.Type.Name, text) || strings.EqualFold(said, text)
				})
			}}, nil
		}
	}
	return part{}, a.unknown()
}

// matchLinked finds what is linked to an issue, by any type.
func matchLinked(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	found, err := k.item(a)
	if err != nil {
		return part{}, err
	}
	a.value = jql.Operand{Kind: jql.Function, Text: "linkedIssues", Args: []string{found.Key}}
	return k.linked(a)
}

func matchNumber(f func(*world.JiraIssue) (float64, bool)) func(*compiler, ask) (part, error) {
	return func(_ *compiler, a ask) (part, error) {
		n, err := strconv.ParseFloat(a.value.Value(), 64)
		if err != nil || a.call() != "" {
			return part{}, badJQL("'%s' is an invalid number for the field '%s'.", a.value.Value(), a.name)
		}
		return part{holds: func(i *world.JiraIssue) bool {
			have, ok := f(i)
			return ok && ordered(a.op, cmp.Compare(have, n))
		}}, nil
	}
}
