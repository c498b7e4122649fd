package githubsim

import (
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// typeNamed finds an issue type by its name; nil when there is none, or it is switched off.
func (c *call) typeNamed(name string) *world.GitHubType {
	for _, t := range c.s.GitHubTypes {
		if strings.EqualFold(t.Name, name) && !t.Disabled {
			return t
		}
	}
	return nil
}

// listIssueTypes lists an organisation's types. They come all at once.
func listIssueTypes(c *call) reply {
	if no := c.login(); no != nil {
		return *no
	}
	if c.organization() == nil {
		return refused(notFound())
	}
	out := make([]*typeJSON, 0, len(c.s.GitHubTypes))
	for _, t := range c.s.GitHubTypes {
		out = append(out, issueType(t))
	}
	return ok(out)
}

type typeInput struct {
	Name    *string `json:"name"`
	Enabled *bool   `json:"is_enabled"`
	About   *string `json:"description"`
	Color   *string `json:"color"`
}

// typeColors are those that GitHub knows.
var typeColors = []string{"gray", "blue", "green", "yellow", "orange", "red", "pink", "purple"}

func (in typeInput) check(c *call, was *world.GitHubType) *refusal {
	switch {
	case in.Name == nil && was == nil:
		return missing("name")
	case in.Enabled == nil:
		return missing("is_enabled")
	case in.Name != nil && strings.TrimSpace(*in.Name) == "":
		return invalid(fieldError{Resource: "IssueType", Code: "missing_field", Field: "name"})
	case in.Color != nil && !slices.Contains(typeColors, *in.Color):
		return wrongValue("IssueType", "color", *in.Color)
	}
	if in.Name != nil {
		if taken := c.typeNamed(*in.Name); taken != nil && taken != was {
			return invalid(fieldError{Resource: "IssueType", Code: "already_exists", Field: "name"})
		}
	}
	return nil
}

func (in typeInput) into(t *world.GitHubType) {
	t.Name, t.About, t.Color = valueOr(in.Name, t.Name), valueOr(in.About, t.About), valueOr(in.Color, t.Color)
	t.Disabled = !valueOr(in.Enabled, true)
}

// ownedOrg is organization for those who own it.
func (c *call) ownedOrg() *reply {
	switch {
	case c.login() != nil:
		return c.login()
	case c.organization() == nil:
		return stop(refused(notFound()))
	case c.who.grant.fine() && !c.who.grant.permits(c.route.permission):
		return stop(refused(c.inaccessible()))
	case !c.reaches(world.Admin):
		return stop(refused(refuse(http.StatusForbidden, "Must have admin rights to Organization.")))
	}
	return nil
}

func createIssueType(c *call) reply {
	if no := c.ownedOrg(); no != nil {
		return *no
	}
	var in typeInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	if wrong := in.check(c, nil); wrong != nil {
		return refused(wrong)
	}
	return ok(issueType(c.s.AddGitHubType(in.into)))
}

// issueTypeOfPath finds the type of the path.
func (c *call) issueTypeOfPath() *world.GitHubType {
	for _, t := range c.s.GitHubTypes {
		if t.ID == c.number("type_id") {
			return t
		}
	}
	return nil
}

func editIssueType(c *call) reply {
	if no := c.ownedOrg(); no != nil {
		return *no
	}
	t := c.issueTypeOfPath()
	if t == nil {
		return refused(notFound())
	}
	var in typeInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	if wrong := in.check(c, t); wrong != nil {
		return refused(wrong)
	}
	in.into(t)
	return ok(issueType(t))
}

func deleteIssueType(c *call) reply {
	if no := c.ownedOrg(); no != nil {
		return *no
	}
	t := c.issueTypeOfPath()
	if t == nil {
		return refused(notFound())
	}
	c.s.DeleteGitHubType(t)
	return noContent()
}
