package jira

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"strata/internal/tracker"
	"strata/internal/work"
)

// mostUsers is how many users we ask for at once; Jira gives no more.
const mostUsers = 1000

// MayEdit asks whether an account has the permission EDIT_ISSUES on an item.
// Jira tells this only to accounts that administer the project, in one request.
// Cloud is asked by account id, Data Center by a part of the name, for which it
// gives everybody who fits; a user there of whom this process read no remark is
// looked up first.
func (t *Tracker) MayEdit(ctx context.Context, item work.Ref, author string) (bool, error) {
	if author == "" {
		return false, nil
	}
	s, err := t.session(ctx)
	if err != nil {
		return false, err
	}
	op := "ask who may edit " + t.written(item.ID)
	k, err := t.lookUp(ctx, op, item.ID)
	if err != nil {
		return false, err
	}
	who, asked := user{AccountID: author}, url.Values{"accountId": {author}}
	if !s.cloud {
		if who, err = t.userOf(ctx, op, author); err != nil {
			return false, err
		}
		asked = url.Values{"username": {who.Name}}
	}
	asked.Set("issueKey", k.key)
	asked.Set("permissions", "EDIT_ISSUES")
	asked.Set("maxResults", strconv.Itoa(mostUsers))
	for start := 0; ; start += mostUsers {
		asked.Set("startAt", strconv.Itoa(start))
		var allowed []user
		if err := t.askRights(ctx, op, asked, &allowed); err != nil {
			return false, err
		}
		if slices.ContainsFunc(allowed, who.is) {
			return true, nil
		}
		if len(allowed) < mostUsers {
			return false, nil
		}
	}
}

func (t *Tracker) askRights(ctx context.Context, op string, asked url.Values, allowed *[]user) error {
	_, err := t.do(ctx, call{op: op, route: "user/permission/search", query: asked, apart: true}, allowed)
	var judged *tracker.Error
	if errors.As(err, &judged) && judged.Status == http.StatusForbidden {
		judged.Err = fmt.Errorf("%w (the account needs the permission %s for this)", judged.Err, asking)
	}
	return err
}

// userOf finds a user of Data Center by what is remembered of them: the name, or
// the key where the name is an e-mail address.
func (t *Tracker) userOf(ctx context.Context, op, author string) (user, error) {
	if known, ok := t.met(author); ok {
		return known, nil
	}
	for _, by := range []string{"username", "key"} {
		var found user
		_, err := t.do(ctx, call{op: op, route: "user", query: url.Values{by: {author}}, apart: true}, &found)
		if err == nil && found.person() == author {
			t.meet(found)
			return found, nil
		}
		if err != nil && tracker.KindOf(err) != tracker.NotFound {
			return user{}, err
		}
	}
	return user{}, &tracker.Error{Kind: tracker.NotFound, Op: op, Err: fmt.Errorf("no user %q is known", author)}
}
