package githubsim

import (
	"net/http"

	"strata/internal/sandbox/world"
)

// rightsJSON is what an account may do in a repository. The older word knows no
// triage and no maintain.
type rightsJSON struct {
	Permission string          `json:"permission"`
	Role       string          `json:"role_name"`
	User       *rightsUserJSON `json:"user"`
}

type rightsUserJSON struct {
	*userJSON
	Permissions map[string]bool `json:"permissions"`
	RoleName    string          `json:"role_name"`
}

// getRights tells what an account may do in a repository, to those who may push.
func getRights(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(refuse(http.StatusForbidden, "Must have push access to view collaborator permission."))
	}
	u := c.s.User(c.params["username"])
	if u == nil || u.Kind == "Organization" {
		return refused(refuse(http.StatusNotFound, c.params["username"]+" is not a user"))
	}
	return ok(c.showRights(r, u))
}

func (c *call) showRights(r *world.Repo, u *world.User) rightsJSON {
	out := rightsJSON{Role: roleName(r, u)}
	out.Permission = map[string]string{"triage": "read", "maintain": "write"}[out.Role]
	if out.Permission == "" {
		out.Permission = out.Role
	}
	level := map[string]int{"none": 0, "read": 1, "triage": 2, "write": 3, "maintain": 4, "admin": 5}[out.Role]
	out.User = &rightsUserJSON{userJSON: c.at.user(u), RoleName: out.Role, Permissions: map[string]bool{
		"pull": level >= 1, "triage": level >= 2, "push": level >= 3, "maintain": level >= 4, "admin": level >= 5,
	}}
	return out
}

// roleName is GitHub's word for a role: whoever has none in a private repository does not see it.
func roleName(r *world.Repo, u *world.User) string {
	role := world.RoleOf(u)
	if role == world.Reader && r.Private {
		return "none"
	}
	return string(role)
}
