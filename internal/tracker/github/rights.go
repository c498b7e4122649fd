package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"strata/internal/tracker"
	"strata/internal/work"
)

// restRights is what GitHub says of an account's rights in a repository. The word
// permission knows neither triage nor maintain, and a role may be the
// organisation's own; the account's permissions spell out what it may do.
type restRights struct {
	Permission string `json:"permission"` // admin, write, read or none
	Role       string `json:"role_name"`
	User       *struct {
		ID          int64           `json:"id"`
		Permissions map[string]bool `json:"permissions"`
	} `json:"user"`
}

func (r restRights) mayEdit() bool {
	switch r.Role {
	case "admin", "maintain", "write", "triage":
		return true
	}
	if r.Permission == "admin" || r.Permission == "write" {
		return true
	}
	return r.User != nil && (r.User.Permissions["triage"] || r.User.Permissions["push"])
}

// MayEdit asks whether an account has write or triage rights in an item's
// repository: one request, and one more where its login is not known.
func (g *GitHub) MayEdit(ctx context.Context, item work.Ref, author string) (bool, error) {
	if author == "" {
		return false, nil
	}
	s, err := g.spot(ctx, item)
	if err != nil {
		return false, err
	}
	op := "ask who may edit " + s.at.key()
	if id, err := strconv.ParseInt(author, 10, 64); err != nil || id <= 0 {
		return false, &tracker.Error{Kind: tracker.Rejected, Op: op, Err: fmt.Errorf("%q is not the id of an account on GitHub", author)}
	}
	if login := g.mem.login(author); login != "" {
		rights, err := g.rights(ctx, op, s.at, login)
		if err == nil && rights.of(author) {
			return rights.mayEdit(), nil
		}
		if err != nil && tracker.KindOf(err) != tracker.NotFound {
			return false, err
		}
	}
	// The login is not known, or is another account's by now.
	login, err := g.loginOf(ctx, op, author)
	if err != nil {
		return false, err
	}
	rights, err := g.rights(ctx, op, s.at, login)
	if err != nil {
		return false, err
	}
	if !rights.of(author) {
		return false, &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("GitHub answers for another account")}
	}
	g.mem.meet(work.Person{ID: author, Name: login})
	return rights.mayEdit(), nil
}

// of says whether the answer is about an account.
func (r restRights) of(author string) bool {
	return r.User != nil && strconv.FormatInt(r.User.ID, 10) == author
}

func (g *GitHub) rights(ctx context.Context, op string, at place, login string) (restRights, error) {
	var rights restRights
	path := "repos/" + at.repo + "/collaborators/" + url.PathEscape(login) + "/permission"
	err := g.get(ctx, op, "repos/{owner}/{repo}/collaborators/{login}/permission", path, &rights)
	var judged *tracker.Error
	if errors.As(err, &judged) && judged.Status == http.StatusForbidden && judged.Kind == tracker.Unauthorized {
		judged.Kind = tracker.Rejected
		judged.Err = fmt.Errorf("%w (the account needs write access to the repository for this)", judged.Err)
	}
	return rights, err
}

func (g *GitHub) loginOf(ctx context.Context, op, id string) (string, error) {
	var user restUser
	if err := g.get(ctx, op, "user/{id}", "user/"+id, &user); err != nil {
		return "", err
	}
	if user.Login == "" || strconv.FormatInt(user.ID, 10) != id {
		return "", &tracker.Error{Kind: tracker.NotFound, Op: op, Err: errors.New("GitHub names no such account")}
	}
	return user.Login, nil
}
