package githubsim

// getRoot lists a few of the doors, as api.github.com does.
func getRoot(c *call) reply {
	return ok(map[string]string{
		"current_user_url": c.at.api + "/user", "rate_limit_url": c.at.api + "/rate_limit",
		"repository_url": c.at.api + "/repos/{owner}/{repo}", "user_url": c.at.api + "/users/{user}",
	})
}

func getMeta(*call) reply {
	return ok(map[string]any{"verifiable_password_authentication": false})
}

func getZen(*call) reply { return ok("Speak like a human.") }

// getViewer is the account that the token belongs to.
func getViewer(c *call) reply { return ok(c.at.profile(c.me)) }

// getUser shows a person, a bot or an organisation.
func getUser(c *call) reply {
	g := &graph{s: c.s}
	if u := g.account(c.params["login"]); u != nil {
		return ok(c.at.profile(u))
	}
	return refused(notFound())
}

// getRateLimit tells how the quotas stand; asking costs nothing.
func (s *Simulator) getRateLimit(c *call) reply {
	if s.options.Limit < 0 {
		return refused(refuse(404, "Rate limiting is not enabled."))
	}
	now := c.s.Now()
	resources := map[string]balance{}
	for _, name := range []string{"core", "graphql", "search"} {
		resources[name] = s.quota.spend(c.me.Login, name, 0, now)
	}
	return ok(map[string]any{"resources": resources, "rate": resources["core"]})
}
