package jira

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"strata/internal/tracker"
)

// members are the groups of accounts, by account; only those that the config asks about.
type members map[string][]string

// mostMembers bounds how many accounts of a group are read: a larger one is
// everybody, and no team.
const mostMembers = 2000

// memberPage is how many members Jira gives at once.
const memberPage = 50

// groups reads who is in the groups by which teams are recognised. What Jira does
// not let us read is left out and told by Check; without such rules nothing is asked.
func (t *Tracker) groups(ctx context.Context) (members, []error, error) {
	var refused []error
	all := members{}
	for _, group := range t.cfg.Groups {
		err := t.group(ctx, group, all)
		switch kind := tracker.KindOf(err); {
		case err == nil:
		case kind == tracker.NotFound || kind == tracker.Rejected:
			refused = append(refused, err)
		default:
			return nil, nil, err
		}
	}
	for account := range all {
		slices.Sort(all[account])
	}
	return all, refused, nil
}

func (t *Tracker) group(ctx context.Context, group string, all members) error {
	for start := 0; start < mostMembers; {
		var answer struct {
			Last   bool   `json:"isLast"`
			Values []user `json:"values"`
		}
		query := url.Values{"groupname": {group}, "startAt": {strconv.Itoa(start)}, "maxResults": {strconv.Itoa(memberPage)}}
		_, err := t.do(ctx, call{op: fmt.Sprintf("read the members of group %q", group), route: "group/member", query: query, apart: true}, &answer)
		if err != nil {
			return err
		}
		for _, u := range answer.Values {
			if id := u.id(); id != "" && !slices.Contains(all[id], group) {
				all[id] = append(all[id], group)
			}
		}
		if start += len(answer.Values); answer.Last || len(answer.Values) == 0 {
			return nil
		}
	}
	return &tracker.Error{Kind: tracker.Rejected, Op: fmt.Sprintf("read the members of group %q", group), Status: http.StatusOK,
		Err: fmt.Errorf("more than %d members: no team is that large", mostMembers)}
}
