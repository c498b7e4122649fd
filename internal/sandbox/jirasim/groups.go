package jirasim

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// groups are those of the site. Who belongs to them follows from what people
// may do.
var groups = []string{"jira-administrators", "jira-software-users"}

// groupsOf are the groups that a user belongs to.
func groupsOf(u *world.User) []string {
	switch {
	case u == nil || u.Kind == "Organization":
		return nil
	case u.Administers():
		return groups
	}
	return groups[1:]
}

// roles are those of every project, with the ids of a new site.
var roles = []struct {
	id   int64
	name string
	has  func(*world.User) bool
}{
	{10002, "Administrators", func(u *world.User) bool { return u.Administers() }},
	{10001, "Developers", func(u *world.User) bool { return u.MayEdit() }},
	{10000, "Users", func(*world.User) bool { return true }},
}

func roleNames() []string {
	var out []string
	for _, r := range roles {
		out = append(out, r.name)
	}
	return out
}

// rolesOf are the project roles that a user has.
func rolesOf(u *world.User) []string {
	var out []string
	for _, r := range roles {
		if u != nil && r.has(u) {
			out = append(out, r.name)
		}
	}
	return out
}

// groupID is the id that Cloud gives a group, in the form of a UUID.
func groupID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return fmt.Sprintf("%x-%x-4%x-8%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])[:36]
}

func (c *call) groupJSON(name string) obj {
	if c.s.cloud() {
		return obj{"name": name, "groupId": groupID(name), "self": c.self("group?groupId=%s", groupID(name))}
	}
	return obj{"name": name, "self": c.self("group?groupname=%s", name)}
}

// groupAsked is the group that a request names.
func (c *call) groupAsked() (string, error) {
	q := c.URL.Query()
	for _, name := range groups {
		if q.Get("groupname") == name || q.Get("groupName") == name || q.Get("groupId") == groupID(name) {
			return name, nil
		}
	}
	return "", refuse(http.StatusNotFound, "The group named '"+q.Get("groupname")+q.Get("groupId")+"' does not exist.")
}

// membersOf lists a group's people.
func membersOf(st *world.State, group string) []*world.User {
	return slices.DeleteFunc(slices.Clone(st.Users), func(u *world.User) bool { return !slices.Contains(groupsOf(u), group) })
}

func groupMembers(c *call) error {
	name, err := c.groupAsked()
	if err != nil {
		return err
	}
	w, err := c.window(50, 50)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		if err := c.needsUser(); err != nil {
			return nil, err
		}
		out := page(w, membersOf(st, name))
		out["self"] = c.base + c.URL.RequestURI()
		out["values"] = each(cut(w, membersOf(st, name)), func(u *world.User) any { return c.userJSON(u) })
		return out, nil
	})
}

// pickGroups finds groups by a part of their name.
func pickGroups(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	list := []obj{}
	for _, name := range groups {
		if strings.Contains(name, strings.ToLower(c.URL.Query().Get("query"))) {
			one := obj{"name": name, "html": name, "labels": []any{}}
			if c.s.cloud() {
				one["groupId"] = groupID(name)
			}
			list = append(list, one)
		}
	}
	return c.json(http.StatusOK, obj{"header": fmt.Sprintf("Showing %d of %d matching groups", len(list), len(list)), "total": len(list), "groups": list})
}

// userGroups lists the groups of a user.
func userGroups(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		u, err := c.userAsked(st)
		if err != nil {
			return nil, err
		}
		return each(groupsOf(u), func(name string) any { return c.groupJSON(name) }), nil
	})
}

func rolesOfProject(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		p, err := c.projectOf(st)
		if err != nil {
			return nil, err
		}
		out := obj{}
		for _, r := range roles {
			out[r.name] = c.self("project/%d/role/%d", p.ID, r.id)
		}
		return out, nil
	})
}

func roleOfProject(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		p, err := c.projectOf(st)
		if err != nil {
			return nil, err
		}
		for _, r := range roles {
			if id(r.id) != c.PathValue("role") {
				continue
			}
			actors := []obj{}
			for _, u := range st.Users {
				if u.Kind == "User" && r.has(u) {
					actors = append(actors, obj{"id": u.ID, "displayName": u.Name, "type": "atlassian-user-role-actor", "actorUser": obj{c.either("accountId", "name"): c.nameOf(u)}})
				}
			}
			return obj{"self": c.self("project/%d/role/%d", p.ID, r.id), "name": r.name, "id": r.id, "description": "", "actors": actors}, nil
		}
		return nil, refuse(http.StatusNotFound, "Can not retrieve a role actor for a null project role.")
	})
}
