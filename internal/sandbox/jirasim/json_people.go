package jirasim

import (
	"strings"

	"strata/internal/sandbox/world"
)

// userJSON is a person as they stand on an issue. Addresses of others are
// mostly hidden on Cloud.
func (c *call) userJSON(u *world.User) any {
	if u == nil {
		return nil
	}
	return c.once("user", u, func() any { return c.person(u) })
}

func (c *call) person(u *world.User) obj {
	out := obj{"displayName": u.Name, "active": !u.Inactive, "timeZone": zoneOf(u), "avatarUrls": c.avatars(u)}
	if c.s.cloud() {
		out["self"] = c.self("user?accountId=%s", escapeQuery(accountOf(u)))
		out["accountId"], out["accountType"] = accountOf(u), "atlassian"
		if u.Kind == "Bot" {
			out["accountType"] = "app"
		}
		if u.Email != "" && u == c.user {
			out["emailAddress"] = u.Email
		}
		return out
	}
	out["self"] = c.self("user?username=%s", escapeQuery(u.Login))
	out["name"], out["key"], out["emailAddress"] = loginOf(u), keyOf(u), u.Email
	return out
}

// accountOf is Cloud's account id of a user; who was met on Data Center has the
// key for one.
func accountOf(u *world.User) string {
	if u.AccountID == "" {
		return keyOf(u)
	}
	return u.AccountID
}

// loginOf is Data Center's name of a user; who was met on Cloud has the account
// id for one.
func loginOf(u *world.User) string {
	if u.Login == "" {
		return u.AccountID
	}
	return u.Login
}

func keyOf(u *world.User) string {
	if u.Key == "" {
		return loginOf(u)
	}
	return u.Key
}

func zoneOf(u *world.User) string {
	if u.TimeZone == "" {
		return "UTC"
	}
	return u.TimeZone
}

func (c *call) avatars(u *world.User) obj {
	name := ""
	if u.Name != "" {
		name = "&initial=" + escapeQuery(strings.ToUpper(string([]rune(u.Name)[:1])))
	}
	return c.pictures("/secure/useravatar?avatarId=10122" + name)
}

// pictures are the four sizes in which Jira names a picture.
func (c *call) pictures(path string) obj {
	out := obj{}
	for side, size := range map[string]string{"16x16": "xsmall", "24x24": "small", "32x32": "medium", "48x48": "large"} {
		out[side] = c.base + path + "&size=" + size
	}
	return out
}
