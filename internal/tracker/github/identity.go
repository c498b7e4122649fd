package github

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"strata/internal/comment"
	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

// identity is the account we write as.
type identity struct {
	login string
	id    int64 // 0 where GitHub does not tell
}

// selfLife is how long an account is believed in: a token file may be renewed
// with another account's token.
const selfLife = time.Hour

// whoami asks GitHub for our account, once an hour.
func (g *GitHub) whoami(ctx context.Context) (identity, error) {
	g.selfMu.Lock()
	defer g.selfMu.Unlock()
	if g.self != nil && time.Since(g.selfAt) < selfLife {
		return *g.self, nil
	}
	var q struct {
		Viewer struct {
			Login      string
			DatabaseID int64 `graphql:"databaseId"`
		}
	}
	ctx = wire.Safe(wire.Route(ctx, "graphql/viewer"))
	if err := g.small.Query(ctx, &q, nil); err != nil {
		return identity{}, smallError("ask who we are", wire.Read, err)
	}
	if q.Viewer.Login == "" {
		return identity{}, &tracker.Error{Kind: tracker.Unauthorized, Op: "ask who we are", Err: errors.New("the token names no account")}
	}
	g.self, g.selfAt = &identity{login: q.Viewer.Login, id: q.Viewer.DatabaseID}, time.Now()
	return *g.self, nil
}

// ours says whether our account wrote a comment. Logins can be given to another
// person once they are free, so the id decides where it is known. A comment of
// our App bears the App, whatever the account of its installation is called.
func (g *GitHub) ours(self identity, c *restComment) bool {
	if c.User == nil {
		return false // the account was deleted
	}
	if app := g.cfg.Auth.App; app != nil && c.App != nil && c.App.ID == app.ID && c.User.Type == "Bot" {
		return true
	}
	if self.id != 0 && self.id == c.User.ID || self.id == 0 && strings.EqualFold(self.login, c.User.Login) {
		return true
	}
	for _, former := range g.cfg.FormerAccounts {
		if strings.EqualFold(former, c.User.Login) {
			return true
		}
	}
	return false
}

// comment turns a comment into the contract's words. The item is the caller's to set.
func (g *GitHub) comment(self identity, c *restComment) tracker.Comment {
	out := tracker.Comment{
		ID:      strconv.FormatInt(c.ID, 10),
		URL:     c.HTMLURL,
		Ours:    g.ours(self, c),
		Hidden:  c.hidden(),
		Body:    c.Body,
		Created: c.CreatedAt,
		Updated: c.UpdatedAt,
		Replied: c.Reactions != nil && c.Reactions.Total > 0,
	}
	if c.User != nil {
		out.Author = c.User.Login
	}
	out.Marker, out.Marked = comment.Parse(c.Body)
	return out
}

// hidden says whether the comment is minimised, as far as the server tells.
func (c *restComment) hidden() bool {
	return len(c.Minimized) > 0 && string(c.Minimized) != "null"
}

// person says that a person wrote the comment, as far as GitHub knows.
func (c *restComment) person() bool { return c.User != nil && c.User.Type == "User" }
