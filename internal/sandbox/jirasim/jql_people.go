package jirasim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

func peopleFields(add adder) {
	one := func(of func(*world.JiraIssue) *world.User, history string) jqlField {
		return jqlField{
			ops:     opsEqual,
			history: history,
			empty:   func(i *world.JiraIssue) bool { return of(i) == nil },
			match: func(k *compiler, a ask) (part, error) {
				who, err := k.people(a)
				if len(who) == 1 {
					only := who[0]
					return part{holds: func(i *world.JiraIssue) bool { return of(i) == only }}, err
				}
				return part{holds: func(i *world.JiraIssue) bool { return of(i) != nil && slices.Contains(who, of(i)) }}, err
			},
			compare: by(func(i *world.JiraIssue) string {
				if u := of(i); u != nil {
					return u.Name
				}
				return "\uffff"
			}),
		}
	}
	many := func(of func(*world.JiraIssue) []*world.User) jqlField {
		return jqlField{
			ops:   opsEqual,
			empty: func(i *world.JiraIssue) bool { return len(of(i)) == 0 },
			match: func(k *compiler, a ask) (part, error) {
				who, err := k.people(a)
				return part{holds: func(i *world.JiraIssue) bool {
					return slices.ContainsFunc(of(i), func(u *world.User) bool { return slices.Contains(who, u) })
				}}, err
			},
		}
	}
	add(one(func(i *world.JiraIssue) *world.User { return i.Assignee }, "assignee"), "assignee")
	add(one(func(i *world.JiraIssue) *world.User { return i.Reporter }, "reporter"), "reporter")
	add(one(func(i *world.JiraIssue) *world.User { return i.Creator() }, ""), "creator")
	add(many(func(i *world.JiraIssue) []*world.User { return i.Rare().Watching }), "watcher")
	add(many(func(i *world.JiraIssue) []*world.User { return i.Rare().Voters }), "voter")
}

// people are those that a value means: by account id, login, name or address,
// the asker, or a group's members.
func (k *compiler) people(a ask) ([]*world.User, error) {
	switch a.call() {
	case "":
		if u := k.person(a.value.Value()); u != nil {
			return []*world.User{u}, nil
		}
		return nil, a.unknown()
	case "currentuser":
		if k.c.user == nil {
			return nil, nil
		}
		return []*world.User{k.c.user}, nil
	case "membersof":
		group := a.value.Args[0]
		if !slices.Contains(groups, group) {
			return nil, badJQL("Function '%s' can not generate a list of usernames for group '%s'; the group does not exist.", a.value.Text, group)
		}
		return membersOf(k.st, group), nil
	}
	return nil, a.unfit()
}

// person finds one person by what a query may call them.
func (k *compiler) person(name string) *world.User {
	if u := k.st.User(name); u != nil {
		return u
	}
	for _, u := range k.st.Users {
		if strings.EqualFold(u.Name, name) || u.Email != "" && strings.EqualFold(u.Email, name) {
			return u
		}
	}
	return nil
}
