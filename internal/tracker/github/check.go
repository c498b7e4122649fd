package github

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

// Check asks whether the token is good, and whether each scope can be read and
// written to with the fields that the config names. It writes nothing.
func (g *GitHub) Check(ctx context.Context, scopes []tracker.Scope) []tracker.Problem {
	c := &check{GitHub: g, ctx: ctx}
	if !c.credential() || !c.speaks() {
		return c.problems
	}
	for _, group := range g.cfg.Groups {
		if _, err := g.group(ctx, group); err != nil {
			c.fault(err.Error(), "correct the group in products[].teams[].match, or let the token read the organisation's members")
		}
	}
	for _, scope := range scopes {
		c.scope = scope.Name
		if _, err := selector(scope); err != nil {
			c.fault(err.Error(), "name either one project or the repositories in the scope")
			continue
		}
		if scope.Project != "" {
			c.project(scope.Project)
		}
		for _, repo := range scope.Repositories {
			c.repository(repo)
		}
	}
	return c.problems
}

type check struct {
	*GitHub
	ctx      context.Context
	scope    string
	problems []tracker.Problem
}

func (c *check) fault(text, remedy string) { c.add(tracker.Fault, text, remedy) }

func (c *check) notice(text, remedy string) { c.add(tracker.Notice, text, remedy) }

func (c *check) add(severity tracker.Severity, text, remedy string) {
	c.problems = append(c.problems, tracker.Problem{Severity: severity, Tracker: c.name, Scope: c.scope, Text: text, Remedy: remedy})
}

// credential asks GitHub's limits, which costs none of them and tells of the token in its headers.
func (c *check) credential() bool {
	op := "check the credential"
	req, err := c.build.NewRequest(http.MethodGet, "rate_limit", nil)
	if err != nil {
		c.fault(err.Error(), "correct the tracker's url")
		return false
	}
	resp, raw, err := send(c.http, req.WithContext(wire.Route(c.ctx, "rate_limit")))
	// An Enterprise Server without limits answers 404 here, which is good news.
	if err != nil || resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNotFound {
		c.refused(wire.ErrorOf(op, resp, raw, err, wire.Read))
		return false
	}
	if _, err := c.whoami(c.ctx); err != nil {
		c.refused(err)
		return false
	}
	if until := expiry(resp.Header); !until.IsZero() && until.Sub(serverTime(resp)) < soon {
		c.notice("the token expires on "+until.UTC().Format("2 Jan 2006 15:04 MST"), "renew it before then; Strata reads a token file again at each use")
	}
	if scopes := resp.Header.Values("X-OAuth-Scopes"); len(scopes) > 0 {
		c.classicScopes(scopes[0])
	}
	return true
}

// speaks asks for nothing in the words that readings use: an older server says
// which of them it does not know.
func (c *check) speaks() bool {
	answer, err := ask[nodesAnswer](c.ctx, c.GitHub, "check the server's schema", nodesQuery, map[string]any{"ids": []string{}})
	if err == nil {
		err = answer.whole("check the server's schema")
	}
	switch {
	case tracker.KindOf(err) == tracker.Rejected:
		c.fault(err.Error(), "update the Enterprise Server: issues with dependencies, sub-issues and types need version 3.19 or newer")
	case err != nil:
		c.refused(err)
	}
	return err == nil
}

// soon is how long before its end a token is worth a word.
const soon = 30 * 24 * time.Hour

// expiry is when a personal access token ends, in either of the two forms that GitHub writes.
func expiry(h http.Header) time.Time {
	text := h.Get("github-authentication-token-expiration")
	for _, layout := range []string{"2006-01-02 15:04:05 MST", "2006-01-02 15:04:05 -0700"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at
		}
	}
	return time.Time{}
}

// classicScopes looks at what a classic token may do; other tokens do not carry the header.
func (c *check) classicScopes(header string) {
	has := map[string]bool{}
	for s := range strings.SplitSeq(header, ",") {
		has[strings.TrimSpace(s)] = true
	}
	if !has["repo"] && !has["public_repo"] {
		c.notice("the token has neither the scope repo nor public_repo: it cannot comment", "add the scope repo to the token")
	}
	if !has["project"] && !has["read:project"] {
		c.notice("the token lacks the scope read:project: it cannot read projects", "add the scope read:project to the token")
	}
}

func (c *check) refused(err error) {
	remedy := "see whether the url is right and GitHub can be reached from here"
	switch tracker.KindOf(err) {
	case tracker.Unauthorized:
		remedy = "make a new token, or install the App, with access to the scopes' repositories and projects; an organisation with single sign-on must authorise it"
	case tracker.RateLimited:
		remedy = "wait until the limit is over, or use an account of its own"
	}
	c.fault(err.Error(), remedy)
}

type projectCheck struct {
	Owner *struct {
		Project *struct {
			Closed bool `json:"closed"`
			Fields nodes[struct {
				Name     string `json:"name"`
				DataType string `json:"dataType"`
			}] `json:"fields"`
		} `json:"projectV2"`
	} `json:"repositoryOwner"`
}

// project asks for the project itself: where the account may not see it, GitHub
// answers nothing rather than an error.
func (c *check) project(project string) {
	owner, number, err := parseProject(project)
	if err != nil {
		c.fault(err.Error(), "write the project as OWNER/NUMBER")
		return
	}
	answer, err := ask[projectCheck](c.ctx, c.GitHub, "check project "+project, projectCheckQuery, map[string]any{"owner": owner, "number": number})
	if err != nil {
		c.refused(err)
		return
	}
	if answer.Data.Owner == nil || answer.Data.Owner.Project == nil {
		c.fault("project "+project+" cannot be read",
			"give the token read access to projects (read:project; for Apps and fine-grained tokens: organisation permission Projects, read); neither of the latter can see the project of a person")
		return
	}
	found := answer.Data.Owner.Project
	if found.Closed {
		c.notice("project "+project+" is closed", "take it out of the scopes, or reopen it")
	}
	types := map[string]string{}
	var available []string
	for _, f := range found.Fields.Nodes {
		types[f.Name] = f.DataType
		available = append(available, f.Name)
	}
	slices.Sort(available)
	for _, f := range c.cfg.ProjectFields.named() {
		got, ok := types[f.name]
		want := wantedTypes[f.alias]
		switch {
		case !ok:
			c.notice(fmt.Sprintf("project %s has no field %q (project_fields.%s)", project, f.name, configKey(f.alias)),
				"name one of its fields: "+strings.Join(available, ", ")+`; or "" where there is none`)
		case !slices.Contains(want, got):
			c.notice(fmt.Sprintf("field %q of project %s (project_fields.%s) is of type %s", f.name, project, configKey(f.alias), strings.ToLower(got)),
				"name a field of type "+strings.ToLower(strings.Join(want, " or ")))
		}
	}
}

// wantedTypes are the types of fields that we can read, by alias.
var wantedTypes = map[string][]string{
	"status": {"SINGLE_SELECT"}, "iteration": {"ITERATION"}, "estimate": {"NUMBER"}, "team": {"SINGLE_SELECT", "TEXT"},
	"start": {"DATE"}, "due": {"DATE"}, "neededBy": {"DATE"},
}

func configKey(alias string) string {
	if alias == "neededBy" {
		return "needed_by"
	}
	return alias
}

type repositoryCheck struct {
	Repository *struct {
		NameWithOwner    string `json:"nameWithOwner"`
		IsArchived       bool   `json:"isArchived"`
		HasIssuesEnabled bool   `json:"hasIssuesEnabled"`
		ViewerPermission string `json:"viewerPermission"`
	} `json:"repository"`
}

func (c *check) repository(repo string) {
	owner, name, _ := strings.Cut(repo, "/")
	answer, err := ask[repositoryCheck](c.ctx, c.GitHub, "check repository "+repo, repositoryCheckQuery, map[string]any{"owner": owner, "name": name})
	if err == nil && answer.Data.Repository == nil {
		err = cmp.Or(answer.whole("check repository "+repo), error(&tracker.Error{Kind: tracker.NotFound, Op: "check repository " + repo, Err: errors.New("not visible")}))
	}
	switch {
	case tracker.KindOf(err) == tracker.NotFound:
		c.fault("repository "+repo+" cannot be seen", "correct its name, or give the account access to it (Issues: read and write, Metadata: read)")
		return
	case err != nil:
		c.refused(err)
		return
	}
	c.mem.with(repo, func(*repository) {})
	found := answer.Data.Repository
	if !strings.EqualFold(found.NameWithOwner, repo) {
		c.notice("repository "+repo+" is now called "+found.NameWithOwner, "write the new name in the scope")
	}
	if !found.HasIssuesEnabled {
		c.fault("repository "+repo+" has issues switched off", "switch them on in its settings, or take it out of the scope")
	}
	if found.IsArchived {
		c.notice("repository "+repo+" is archived: nothing can be written there", "take it out of the scope, or unarchive it")
	}
	if p := found.ViewerPermission; p == "READ" || p == "" {
		c.notice("the account may only read "+repo+": comments on locked issues and hiding comments will be refused", "give it the role triage or write")
	}
}
