package jira

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"strata/internal/tracker"
)

// session is what the site told about itself and about us.
type session struct {
	cloud  bool
	me     user
	fields fieldset
	groups members
	// hidden are the groups of the config that could not be read.
	hidden []error
	at     time.Time
}

// verifyEvery is how long a verified login is believed.
const verifyEvery = time.Hour

// user is an account as comments and myself name it.
type user struct {
	AccountID   string `json:"accountId"` // Cloud
	Name        string `json:"name"`      // Data Center
	Key         string `json:"key"`       // Data Center
	DisplayName string `json:"displayName"`
	Type        string `json:"accountType"` // Cloud: atlassian, customer or app
}

func (u user) id() string { return cmp.Or(u.AccountID, u.Name, u.Key) }

func (u user) is(other user) bool {
	return (u.AccountID != "" && u.AccountID == other.AccountID) ||
		(u.Key != "" && u.Key == other.Key) || (u.Name != "" && u.Name == other.Name)
}

// ours says whether a comment's author is our account or one the operator lists as former.
func (t *Tracker) ours(s *session, author user) bool {
	return author.is(s.me) || slices.ContainsFunc(t.cfg.FormerAccounts, func(id string) bool {
		return id != "" && (id == author.AccountID || id == author.Name || id == author.Key)
	})
}

// session returns the login, verified within the last hour.
func (t *Tracker) session(ctx context.Context) (*session, error) {
	t.login.Lock()
	defer t.login.Unlock()
	if t.as != nil && t.now().Sub(t.as.at) < verifyEvery {
		return t.as, nil
	}
	var next session
	if t.as == nil {
		cloud, err := t.flavour(ctx)
		if err != nil {
			return nil, err
		}
		next.cloud = cloud
	} else {
		next.cloud = t.as.cloud
	}
	var err error
	if next.me, err = t.myself(ctx); err != nil {
		return nil, err
	}
	if next.fields, err = t.discover(ctx); err != nil {
		return nil, err
	}
	if next.groups, next.hidden, err = t.groups(ctx); err != nil {
		return nil, err
	}
	next.at = t.now()
	t.as = &next
	return t.as, nil
}

// verify asks who we are, now: an empty result means nothing while that is not known.
func (t *Tracker) verify(ctx context.Context) error {
	_, err := t.myself(ctx)
	return err
}

// forgetLogin makes the next session start anew.
func (t *Tracker) forgetLogin() {
	// While a session is being made nothing is kept yet.
	if t.login.TryLock() {
		t.as = nil
		t.login.Unlock()
	}
}

func (t *Tracker) flavour(ctx context.Context) (cloud bool, err error) {
	var info struct {
		DeploymentType string `json:"deploymentType"`
	}
	if _, err := t.do(ctx, call{op: "ask " + t.name + " what it is", route: "serverInfo"}, &info); err != nil {
		return false, err
	}
	return info.DeploymentType == "Cloud", nil
}

func (t *Tracker) myself(ctx context.Context) (user, error) {
	op := "log in to " + t.name
	var me user
	if _, err := t.do(ctx, call{op: op, route: "myself"}, &me); err != nil {
		return user{}, err
	}
	if me.id() == "" {
		return user{}, &tracker.Error{Kind: tracker.Unauthorized, Op: op, Err: errors.New("no answer to who we are; check the token")}
	}
	return me, nil
}
