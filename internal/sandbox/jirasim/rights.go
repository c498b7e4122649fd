package jirasim

import (
	"net/http"
	"strings"

	"strata/internal/sandbox/world"
)

// granted says whether a user has a permission in the projects they see.
func granted(u *world.User, permission string) bool {
	switch permission {
	case "BROWSE_PROJECTS", "ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS":
		return u != nil
	case "EDIT_ISSUES", "LINK_ISSUES":
		return u.MayEdit()
	case "ADMINISTER_PROJECTS":
		return u != nil && u.Administers()
	}
	return false
}

// searchByPermission lists the active users whom the question fits and who have
// every permission. Only who administers the project may ask.
//
//	flavour     | the question                                     | empty
//	Cloud       | accountId, exactly, or query, in name or address | 400
//	Data Center | username, the beginning of a name or an address  | everybody
func searchByPermission(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	start, err := c.number("startAt", 0)
	if err != nil {
		return err
	}
	size, err := c.number("maxResults", 50)
	if err != nil {
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
	return c.read(func(st *world.State) (any, error) {
		if key := q.Get("issueKey"); key != "" && !c.sees(st.JiraIssue(key)) {
			return nil, gone()
		}
		if key := q.Get("projectKey"); key != "" && !c.seesProject(st.Project(key)) {
			return nil, refuse(http.StatusNotFound, "No project could be found with key '"+key+"'.")
		}
		if !c.user.Administers() {
			return nil, refuse(http.StatusForbidden, "You do not have the permission to search for users by their permissions.")
		}
		var all []*world.User
		for _, u := range st.Users {
			fits := !u.Inactive && u.Kind != "Organization" && c.meant(u)
			for _, p := range asked {
				fits = fits && granted(u, p)
			}
			if fits {
				all = append(all, u)
			}
		}
		return each(all[min(start, len(all)):min(start+min(size, 1000), len(all))], func(u *world.User) any { return c.userJSON(u) }), nil
	})
}

// meant says whether the question fits a user.
func (c *call) meant(u *world.User) bool {
	q := c.URL.Query()
	begins := func(text, with string) bool { return strings.HasPrefix(strings.ToLower(text), strings.ToLower(with)) }
	if !c.s.cloud() {
		with := q.Get("username")
		return u.Login != "" && (begins(u.Login, with) || begins(u.Name, with) || u.Email != "" && begins(u.Email, with))
	}
	if id := q.Get("accountId"); id != "" {
		return u.AccountID == id
	}
	return u.AccountID != "" && (begins(u.Name, q.Get("query")) || begins(u.Email, q.Get("query")))
}
