package githubsim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// limitJSON is who may still interact; the answer for no limit is an empty object.
type limitJSON struct {
	Limit   string `json:"limit"`
	Origin  string `json:"origin"`
	Expires string `json:"expires_at"`
}

// limitsWords are how GitHub names those who may go on.
var limitsWords = map[string]string{
	"existing_users": "users that have existed for more than 24 hours", "contributors_only": "users that have contributed to this repository in the past",
	"collaborators_only": "users that are collaborators on this repository",
}

// restricted refuses whoever an interaction limit leaves out: collaborators_only everybody who may only read,
// contributors_only those of them who have said nothing here before.
func (c *call) restricted(r *world.Repo) *refusal {
	limit := r.Limit.InForce(c.s.Now())
	if limit == "" && !r.Private {
		limit = c.s.OrgLimit(r.Owner).InForce(c.s.Now())
	}
	switch {
	case limit == "" || c.reaches(world.Triager), limit == "existing_users", limit == "contributors_only" && contributed(r, c.me):
		return nil
	}
	return refuse(http.StatusForbidden, fmt.Sprintf("An owner of this repository has limited the ability to comment to %s.", limitsWords[limit]))
}

func contributed(r *world.Repo, u *world.User) bool {
	return slices.ContainsFunc(r.Issues, func(i *world.GitHubIssue) bool { return i.Author == u })
}

func (c *call) showLimit(l world.InteractionLimit, origin string) reply {
	if l.InForce(c.s.Now()) == "" {
		return ok(struct{}{})
	}
	return ok(limitJSON{Limit: l.Who, Origin: origin, Expires: stamp(l.Ends)})
}

// limitSpans are how long a limit may last.
var limitSpans = map[string]time.Duration{
	"one_day": 24 * time.Hour, "three_days": 72 * time.Hour, "one_week": 7 * 24 * time.Hour, "one_month": 30 * 24 * time.Hour, "six_months": 180 * 24 * time.Hour,
}

func (c *call) limitGiven() (world.InteractionLimit, *refusal) {
	var in struct {
		Limit  *string `json:"limit"`
		Expiry string  `json:"expiry"`
	}
	if wrong := c.decode(&in); wrong != nil {
		return world.InteractionLimit{}, wrong
	}
	if in.Expiry == "" {
		in.Expiry = "one_day"
	}
	span, known := limitSpans[in.Expiry]
	switch {
	case in.Limit == nil:
		return world.InteractionLimit{}, missing("limit")
	case !slices.Contains(world.Limits, *in.Limit):
		return world.InteractionLimit{}, wrongValue("InteractionLimit", "limit", *in.Limit)
	case !known:
		return world.InteractionLimit{}, wrongValue("InteractionLimit", "expiry", in.Expiry)
	}
	return world.InteractionLimit{Who: *in.Limit, Ends: c.s.Now().Add(span).Truncate(time.Second)}, nil
}

// administered is repository for those who administer it.
func (c *call) administered() (*world.Repo, *reply) {
	r, no := c.repository()
	if no != nil {
		return nil, no
	}
	if !c.reaches(world.Admin) {
		return nil, stop(refused(needAdmin()))
	}
	return r, nil
}

func getLimit(c *call) reply {
	r, no := c.administered()
	if no != nil {
		return *no
	}
	return c.showLimit(r.Limit, "repository")
}

func setLimit(c *call) reply {
	r, no := c.administered()
	if no != nil {
		return *no
	}
	limit, wrong := c.limitGiven()
	switch {
	case wrong != nil:
		return refused(wrong)
	case c.s.OrgLimit(r.Owner).InForce(c.s.Now()) != "":
		return refused(refuse(http.StatusConflict, "Conflict"))
	}
	c.s.SetLimit(r, limit, c.me)
	return c.showLimit(limit, "repository")
}

func endLimit(c *call) reply {
	r, no := c.administered()
	if no != nil {
		return *no
	}
	c.s.SetLimit(r, world.InteractionLimit{}, c.me)
	return noContent()
}

func getOrgLimit(c *call) reply {
	if no := c.ownedOrg(); no != nil {
		return *no
	}
	return c.showLimit(c.s.OrgLimit(c.params["login"]), "organization")
}

func setOrgLimit(c *call) reply {
	if no := c.ownedOrg(); no != nil {
		return *no
	}
	limit, wrong := c.limitGiven()
	if wrong != nil {
		return refused(wrong)
	}
	c.s.SetOrgLimit(strings.ToLower(c.params["login"]), limit)
	return c.showLimit(limit, "organization")
}

func endOrgLimit(c *call) reply {
	if no := c.ownedOrg(); no != nil {
		return *no
	}
	c.s.SetOrgLimit(strings.ToLower(c.params["login"]), world.InteractionLimit{})
	return noContent()
}
