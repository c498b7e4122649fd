package jirasim

import (
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

func accountRoutes(t table) {
	t.on("GET /serverInfo", serverInfo)
	t.on("GET /myself", myself)
	t.on("GET /mypermissions", permissions)
	t.on("GET /permissions", allPermissions)
	t.on("GET /configuration", configuration)
}

// serverInfo tells the flavour, to anybody.
func serverInfo(c *call) error {
	out := obj{"baseUrl": c.base, "version": "1001.0.0-SNAPSHOT", "versionNumbers": []int{1001, 0, 0}, "deploymentType": "Cloud", "buildNumber": 100290,
		"buildDate": "2026-03-01T00:00:00.000+0000", "scmInfo": "sandbox", "serverTitle": c.s.o.Title, "serverTimeZone": "Europe/Berlin"}
	if c.s.cloud() {
		out["displayUrl"] = c.base
	} else {
		out["version"], out["versionNumbers"], out["deploymentType"], out["buildNumber"] = "10.3.5", []int{10, 3, 5}, "Server", 10030005
		out["databaseBuildNumber"] = 10030005
		delete(out, "serverTimeZone")
	}
	out["serverTime"] = c.stamp(c.s.world.Now())
	return c.json(http.StatusOK, out)
}

// myself is the account, with its groups when they are asked for.
func myself(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	out := c.person(c.user)
	out["locale"], out["expand"] = "en_US", "groups,applicationRoles"
	if c.locale != "" {
		out["locale"] = c.locale
	}
	mine, items := groupsOf(c.user), []any{}
	if slices.Contains(c.words("expand"), "groups") {
		items = each(mine, func(name string) any { return c.groupJSON(name) })
	}
	out["groups"] = obj{"size": len(mine), "items": items}
	out["applicationRoles"] = obj{"size": 1, "items": []any{}}
	return c.json(http.StatusOK, out)
}

// session is who is logged in, as older clients ask.
func session(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	return c.json(http.StatusOK, obj{"self": c.person(c.user)["self"], "name": c.nameOf(c.user), "loginInfo": obj{"failedLoginCount": 0, "loginCount": 1}})
}

// configuration is what a site lets people do.
func configuration(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	return c.json(http.StatusOK, obj{"votingEnabled": true, "watchingEnabled": true, "unassignedIssuesAllowed": true, "subTasksEnabled": true,
		"issueLinkingEnabled": true, "timeTrackingEnabled": true, "attachmentsEnabled": true,
		"timeTrackingConfiguration": obj{"workingHoursPerDay": 8, "workingDaysPerWeek": 5, "timeFormat": "pretty", "defaultUnit": "minute"}})
}

// permissionIDs are the permissions that this Jira knows, with their ids.
var permissionIDs = map[string]string{"ADMINISTER": "0", "ADMINISTER_PROJECTS": "23", "BROWSE_PROJECTS": "10", "CREATE_ISSUES": "11", "EDIT_ISSUES": "12",
	"ASSIGN_ISSUES": "13", "RESOLVE_ISSUES": "14", "ADD_COMMENTS": "15", "DELETE_ISSUES": "16", "ASSIGNABLE_USER": "17", "CLOSE_ISSUES": "18",
	"CREATE_ATTACHMENTS": "19", "WORK_ON_ISSUES": "20", "LINK_ISSUES": "21", "MOVE_ISSUES": "25", "SCHEDULE_ISSUES": "28", "MODIFY_REPORTER": "30",
	"VIEW_VOTERS_AND_WATCHERS": "31", "MANAGE_WATCHERS": "32", "EDIT_ALL_COMMENTS": "34", "EDIT_OWN_COMMENTS": "35", "DELETE_ALL_COMMENTS": "36",
	"DELETE_OWN_COMMENTS": "37", "TRANSITION_ISSUES": "46", "MANAGE_SPRINTS_PERMISSION": "-1"}

// granted says whether a user has a permission in the projects they see.
func granted(u *world.User, permission string) bool {
	switch permission {
	case "BROWSE_PROJECTS", "ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS", "VIEW_VOTERS_AND_WATCHERS", "CREATE_ATTACHMENTS":
		return u != nil
	case "ADMINISTER", "ADMINISTER_PROJECTS", "DELETE_ISSUES", "MANAGE_WATCHERS":
		return u != nil && u.Administers()
	case "EDIT_ALL_COMMENTS", "DELETE_ALL_COMMENTS":
		return false
	}
	return permissionIDs[permission] != "" && u.MayEdit()
}

func (c *call) permission(name string, have bool) obj {
	words := strings.Split(strings.ToLower(name), "_")
	for n, w := range words {
		words[n] = strings.ToUpper(w[:1]) + w[1:]
	}
	kind := "PROJECT"
	if name == "ADMINISTER" {
		kind = "GLOBAL"
	}
	return obj{"id": permissionIDs[name], "key": name, "name": strings.Join(words, " "), "type": kind, "description": "", "havePermission": have}
}

// permissions answers for the account, for a project or for an issue. Cloud
// wants to hear which ones.
func permissions(c *call) error {
	asked := c.words("permissions")
	if c.s.cloud() && len(asked) == 0 {
		return refuse(http.StatusBadRequest, "The 'permissions' query parameter is required.")
	}
	if len(asked) == 0 {
		asked = sortedKeys(permissionIDs)
	}
	for _, p := range asked {
		if permissionIDs[p] == "" {
			return refuse(http.StatusBadRequest, "Unrecognized permission: "+p)
		}
	}
	return c.read(func(st *world.State) (any, error) {
		archived, err := c.permissionsOn(st)
		if err != nil {
			return nil, err
		}
		out := obj{}
		for _, p := range asked {
			out[p] = c.permission(p, granted(c.user, p) && (!archived || p == "BROWSE_PROJECTS"))
		}
		return obj{"permissions": out}, nil
	})
}

// permissionsOn checks the place that is asked about. In an archived issue
// nobody may do anything.
func (c *call) permissionsOn(st *world.State) (archived bool, err error) {
	q := c.URL.Query()
	for _, name := range []string{"issueKey", "issueId"} {
		if key := q.Get(name); key != "" {
			i := st.JiraIssue(key)
			if !c.sees(i) {
				return false, gone()
			}
			return i.Archived, nil
		}
	}
	for _, name := range []string{"projectKey", "projectId"} {
		if key := q.Get(name); key != "" && !c.seesProject(st.Project(key)) {
			return false, refuse(http.StatusNotFound, "No project could be found with key '"+key+"'.")
		}
	}
	return false, nil
}

// allPermissions lists what can be granted at all.
func allPermissions(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	out := obj{}
	for name := range permissionIDs {
		one := c.permission(name, false)
		delete(one, "havePermission")
		delete(one, "id")
		out[name] = one
	}
	return c.json(http.StatusOK, obj{"permissions": out})
}
