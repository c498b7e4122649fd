package jira

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"strata/internal/tracker"
)

// needed are the permissions that reading and commenting take.
var needed = []string{"BROWSE_PROJECTS", "ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS"}

// asking is the permission without which Jira does not tell us what others may do.
const asking = "ADMINISTER_PROJECTS"

// Check asks whether everything is as the config says.
func (t *Tracker) Check(ctx context.Context, scopes []tracker.Scope) []tracker.Problem {
	var problems []tracker.Problem
	report := func(severity tracker.Severity, scope, remedy, format string, args ...any) {
		problems = append(problems, tracker.Problem{Severity: severity, Tracker: t.name, Scope: scope, Text: fmt.Sprintf(format, args...), Remedy: remedy})
	}
	t.forgetLogin() // so that everything is asked anew
	s, err := t.session(ctx)
	if err != nil {
		report(tracker.Fault, "", "check url and auth of the tracker", "%v", err)
		return problems
	}
	for _, wrong := range s.fields.wrong {
		report(tracker.Fault, "", "name a field by its id or its exact name", "%s", wrong)
	}
	if missing := s.fields.missing(); len(missing) > 0 {
		report(tracker.Notice, "", "name the fields in the tracker's fields, if the site has them",
			"the account sees no field for %s", strings.Join(missing, ", "))
	}
	for _, hidden := range s.hidden {
		report(tracker.Fault, "", "correct the group in products[].teams[].match, or let the account browse users and groups", "%v", hidden)
	}
	t.checkLinkTypes(ctx, report)
	for _, scope := range scopes {
		t.checkScope(ctx, s, scope, func(severity tracker.Severity, remedy, format string, args ...any) {
			report(severity, scope.Name, remedy, format, args...)
		})
	}
	return problems
}

func (t *Tracker) checkLinkTypes(ctx context.Context, report func(tracker.Severity, string, string, string, ...any)) {
	var answer struct {
		Types []struct {
			named
			Inward  string `json:"inward"`
			Outward string `json:"outward"`
		} `json:"issueLinkTypes"`
	}
	if _, err := t.do(ctx, call{op: "read the link types", route: "issueLinkType"}, &answer); err != nil {
		report(tracker.Notice, "", "let the account read link types", "%v", err)
		return
	}
	for _, kind := range answer.Types {
		mapped := slices.Contains(t.cfg.LinkTypes, kind.ID) || slices.Contains(t.cfg.LinkTypes, kind.Name)
		switch {
		case strings.EqualFold(kind.Inward, kind.Outward) && mapped:
			report(tracker.Fault, "", "take it out of links, or give it two phrases in Jira",
				"link type %q says %q from both ends: nobody can tell who waits", kind.Name, kind.Inward)
		case t.cfg.LinkTypes != nil && !mapped:
			report(tracker.Notice, "", "add it to links if it is a dependency",
				"link type %q (%s, %s) is not in links and is not read", kind.Name, kind.Outward, kind.Inward)
		}
	}
}

func (t *Tracker) checkScope(ctx context.Context, s *session, scope tracker.Scope, report func(tracker.Severity, string, string, ...any)) {
	ask := search{JQL: query(scope.JQL, parseTime("")), Fields: []string{"project"}, Size: pageSize}
	answer, err := t.find(ctx, s, "search scope "+scope.Name, ask)
	if err != nil {
		report(tracker.Fault, "correct the jql of the scope", "%v", err)
		return
	}
	if len(answer.Issues) == 0 {
		report(tracker.Notice, "check the jql, and what the account may browse", "the scope holds no item that the account may see")
	}
	seen := map[string]bool{}
	for _, raw := range answer.Issues {
		p := get[project](raw.Fields, "project")
		if p.Key == "" || seen[p.Key] {
			continue
		}
		seen[p.Key] = true
		if p.Type == serviceDesk {
			report(tracker.Notice, "leave the project out of the scope", "project %s is of Jira Service Management: nothing is written there, because customers would read it", p.Key)
			continue
		}
		t.checkPermissions(ctx, s, p.Key, report)
	}
}

func (t *Tracker) checkPermissions(ctx context.Context, s *session, project string, report func(tracker.Severity, string, string, ...any)) {
	var answer struct {
		Permissions map[string]struct {
			Have bool `json:"havePermission"`
		} `json:"permissions"`
	}
	asked := url.Values{"projectKey": {project}}
	if s.cloud { // Data Center always tells all of them
		asked.Set("permissions", strings.Join(append(slices.Clone(needed), asking), ","))
	}
	_, err := t.do(ctx, call{op: "read our permissions in " + project, route: "mypermissions", query: asked}, &answer)
	if err != nil {
		report(tracker.Notice, "let the account read its permissions", "%v", err)
		return
	}
	for _, name := range needed {
		if !answer.Permissions[name].Have {
			report(tracker.Fault, "grant it to the account in the permission scheme", "the account lacks the permission %s in project %s", name, project)
		}
	}
	if !answer.Permissions[asking].Have {
		report(tracker.Notice, "grant it to the account, or list in the config who may give commands",
			"the account lacks the permission %s in project %s: Jira does not tell it who may edit an item, so commands that need that right cannot be followed", asking, project)
	}
}
