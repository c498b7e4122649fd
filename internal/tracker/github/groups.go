package github

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/internal/tracker"
)

// members are the teams of accounts, by login in lower case; only those that the config asks about.
type members map[string][]string

// memberPages bounds how many members of a team are read: a larger one is
// everybody, and no team of a product.
const memberPages = 20

// learnGroups asks once an hour who is in the GitHub teams by which the config
// recognises teams. A team that GitHub does not show us has no members; Check tells of it.
func (g *GitHub) learnGroups(ctx context.Context) error {
	if len(g.cfg.Groups) == 0 {
		return nil
	}
	g.selfMu.Lock()
	defer g.selfMu.Unlock()
	if g.members.Load() != nil && time.Since(g.membersAt) < selfLife {
		return nil
	}
	all := members{}
	for _, group := range g.cfg.Groups {
		logins, err := g.group(ctx, group)
		if kind := tracker.KindOf(err); err != nil && kind != tracker.NotFound && kind != tracker.Rejected {
			return err
		}
		for _, login := range logins {
			all[login] = append(all[login], group)
		}
	}
	for login := range all {
		slices.Sort(all[login])
	}
	g.members.Store(&all)
	g.membersAt = time.Now()
	return nil
}

// groupsOf returns the teams of an account.
func (g *GitHub) groupsOf(login string) []string {
	if all := g.members.Load(); all != nil {
		return (*all)[strings.ToLower(login)]
	}
	return nil
}

// group lists the logins of a team's members, in lower case.
func (g *GitHub) group(ctx context.Context, group string) (logins []string, err error) {
	op := fmt.Sprintf("read the members of team %q", group)
	org, team, ok := strings.Cut(group, "/")
	if !ok || strings.ContainsAny(group, " ?#%") || strings.Count(group, "/") != 1 {
		return nil, &tracker.Error{Kind: tracker.Rejected, Op: op, Err: errors.New("no team of GitHub has such a name; write organisation/team")}
	}
	for page := 1; page <= memberPages; page++ {
		var rows []account
		path := fmt.Sprintf("orgs/%s/teams/%s/members?per_page=%d&page=%d", org, strings.ToLower(team), pageSize, page)
		if err := g.get(ctx, op, "orgs/{org}/teams/{team}/members", path, &rows); err != nil {
			return nil, err
		}
		for _, row := range rows {
			if login := strings.ToLower(row.Login); login != "" && !slices.Contains(logins, login) {
				logins = append(logins, login)
			}
		}
		if len(rows) < pageSize {
			return logins, nil
		}
	}
	return nil, &tracker.Error{Kind: tracker.Rejected, Op: op, Err: fmt.Errorf("more than %d members: no team is that large", memberPages*pageSize)}
}
