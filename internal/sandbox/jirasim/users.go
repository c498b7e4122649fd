package jirasim

import (
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

func userRoutes(t table) {
	t.on("GET /user", getUser)
	t.on("GET /user/search", searchUsers)
	t.on("GET /user/assignable/search", searchAssignable)
	t.on("GET /user/assignable/multiProjectSearch", searchAssignable)
	t.on("GET /user/viewissue/search", searchUsers)
	t.on("GET /user/permission/search", searchByPermission)
	t.on("GET /user/picker", pickUsers)
	t.cloud("GET /user/bulk", usersByID)
	t.cloud("GET /user/groups", userGroups)
	t.cloud("GET /users/search", listUsers)
	t.cloud("GET /users", listUsers)
	t.on("GET /group/member", groupMembers)
	t.on("GET /groups/picker", pickGroups)
}

// isHere says whether a user of the world is one of this Jira's: not all of
// them have an account on both trackers.
func isHere(u *world.User) bool {
	return u.Kind != "Organization" && (u.AccountID != "" || u.Key != "")
}

func notThere() error {
	return refuse(http.StatusNotFound, "Specified user does not exist or you do not have required permissions")
}

// userAsked is the user of ?accountId= on Cloud, ?username= or ?key= on Data
// Center.
func (c *call) userAsked(st *world.State) (*world.User, error) {
	if err := c.needsUser(); err != nil {
		return nil, err
	}
	q := c.URL.Query()
	name := q.Get("accountId")
	if !c.s.cloud() {
		if name = q.Get("username"); name == "" {
			name = q.Get("key")
		}
	}
	if name == "" {
		return nil, refuse(http.StatusBadRequest, "The query parameter '"+c.either("accountId", "username")+"' must be provided.")
	}
	u := st.User(name)
	if u == nil || !isHere(u) {
		return nil, notThere()
	}
	return u, nil
}

func getUser(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		u, err := c.userAsked(st)
		if err != nil {
			return nil, err
		}
		out := c.person(u)
		out["expand"] = "groups,applicationRoles"
		mine, items := groupsOf(u), []any{}
		if slices.Contains(c.words("expand"), "groups") {
			items = each(mine, func(name string) any { return c.groupJSON(name) })
		}
		out["groups"] = obj{"size": len(mine), "items": items}
		out["applicationRoles"] = obj{"size": 1, "items": []any{}}
		return out, nil
	})
}

// meant says whether the question of a search fits a user.
//
//	flavour     | the question
//	Cloud       | accountId, exactly, or query, the beginning of a name or an address
//	Data Center | username, the beginning of a login, a name or an address
func (c *call) meant(u *world.User) bool {
	q := c.URL.Query()
	begins := func(text, with string) bool {
		text, with = strings.ToLower(text), strings.ToLower(with)
		return text != "" && (strings.HasPrefix(text, with) || strings.Contains(text, " "+with))
	}
	if !c.s.cloud() {
		with := q.Get("username")
		if with == "." || with == "%" { // a well-known way to ask for everybody
			with = ""
		}
		return begins(loginOf(u), with) || begins(u.Name, with) || begins(u.Email, with)
	}
	if asked := q.Get("accountId"); asked != "" {
		return accountOf(u) == asked
	}
	with := q.Get("query")
	if with == "" {
		with = q.Get("username")
	}
	return begins(u.Name, with) || begins(u.Email, with)
}

// someUsers answers a page of the users for whom a test holds.
func (c *call) someUsers(holds func(u *world.User) bool) error {
	w, err := c.window(50, 1000)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		if err := c.needsUser(); err != nil {
			return nil, err
		}
		var all []*world.User
		for _, u := range st.Users {
			if isHere(u) && holds(u) {
				all = append(all, u)
			}
		}
		return each(cut(w, all), c.userJSON), nil
	})
}

// searchUsers finds active people, and the others when they are asked for.
func searchUsers(c *call) error {
	q := c.URL.Query()
	if c.s.cloud() && q.Get("query")+q.Get("accountId")+q.Get("username")+q.Get("property") == "" {
		return refuse(http.StatusBadRequest, "The query parameters 'query', 'accountId' and 'property' were not provided.")
	}
	if !c.s.cloud() && !q.Has("username") {
		return refuse(http.StatusBadRequest, "The username query parameter was not provided")
	}
	return c.someUsers(func(u *world.User) bool {
		return c.meant(u) && (!u.Inactive || (!c.s.cloud() && c.flag("includeInactive", false)) || c.s.cloud())
	})
}

// searchAssignable finds whom issues can be given to.
func searchAssignable(c *call) error {
	q := c.URL.Query()
	place := q.Get("project") + q.Get("projectKeys") + q.Get("issueKey") + q.Get("issueId")
	if place == "" {
		return refuse(http.StatusBadRequest, "Either the 'project' or the 'issueKey' query parameter must be provided.")
	}
	var err error
	c.s.world.Read(func(st *world.State) { err = c.assignablePlace(st) })
	if err != nil {
		return err
	}
	return c.someUsers(func(u *world.User) bool { return assignable(u) && c.meant(u) })
}

func (c *call) assignablePlace(st *world.State) error {
	q := c.URL.Query()
	for _, name := range []string{"issueKey", "issueId"} {
		if key := q.Get(name); key != "" && !c.sees(st.JiraIssue(key)) {
			return gone()
		}
	}
	for _, key := range append(c.words("project"), c.words("projectKeys")...) {
		if !c.seesProject(st.Project(key)) {
			return refuse(http.StatusNotFound, "No project could be found with key '"+key+"'.")
		}
	}
	return nil
}

// listUsers lists everybody, on Cloud.
func listUsers(c *call) error {
	return c.someUsers(func(*world.User) bool { return true })
}

// usersByID lists users by their account ids.
func usersByID(c *call) error {
	asked := c.URL.Query()["accountId"]
	if len(asked) == 0 {
		return refuse(http.StatusBadRequest, "The accountId query parameter was not provided.")
	}
	w, err := c.window(10, 200)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		var all []*world.User
		for _, name := range asked {
			if u := st.User(name); u != nil && isHere(u) {
				all = append(all, u)
			}
		}
		out := page(w, all)
		out["values"] = each(cut(w, all), c.userJSON)
		return out, c.needsUser()
	})
}

// pickUsers finds people by a part of their name, for a picker.
func pickUsers(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		list := []obj{}
		q := strings.ToLower(c.URL.Query().Get("query"))
		for _, u := range st.Users {
			if isHere(u) && !u.Inactive && strings.Contains(strings.ToLower(u.Name+" "+u.Login), q) {
				one := obj{"displayName": u.Name, "html": u.Name, c.either("accountId", "name"): c.nameOf(u)}
				list = append(list, one)
			}
		}
		shown := cut(window{0, 50}, list)
		return obj{"users": append([]obj{}, shown...), "total": len(list), "header": "Showing matching users"}, c.needsUser()
	})
}

// searchByPermission lists the active users whom the question fits and who have
// every permission. Only who administers the project may ask. Cloud refuses an
// empty question, Data Center takes it for everybody.
func searchByPermission(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	q, asked := c.URL.Query(), c.words("permissions")
	switch {
	case len(asked) == 0:
		return refuse(http.StatusBadRequest, "The 'permissions' query parameter is required.")
	case q.Get("issueKey") == "" && q.Get("projectKey") == "":
		return refuse(http.StatusBadRequest, "Either the 'issueKey' or the 'projectKey' query parameter must be provided.")
	case c.s.cloud() && q.Get("accountId") == "" && q.Get("query") == "":
		return refuse(http.StatusBadRequest, "The query parameters 'accountId' and 'query' were not provided.")
	}
	var err error
	c.s.world.Read(func(st *world.State) { _, err = c.permissionsOn(st) })
	if err != nil {
		return err
	}
	if !c.user.Administers() {
		return refuse(http.StatusForbidden, "You do not have the permission to search for users by their permissions.")
	}
	return c.someUsers(func(u *world.User) bool {
		return !u.Inactive && c.meant(u) && !slices.ContainsFunc(asked, func(p string) bool { return !granted(u, p) })
	})
}
