package githubsim

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// press carries out what a form asks for, as the person it names, and leads back to where the result is seen. What is
// refused is said on the page itself, and the form's words are not lost: the browser still has them.
func (s *Simulator) press(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the form cannot be read: "+err.Error(), http.StatusBadRequest)
		return
	}
	to := ""
	err := s.world.Write(func(state *world.State) error {
		l := &look{Request: r, sim: s}
		l.enter(state)
		if as := r.PostFormValue("as"); as != "" {
			who := slices.IndexFunc(persons(state), func(u *world.User) bool { return strings.EqualFold(u.Login, as) })
			if who < 0 {
				return fmt.Errorf("nobody here has the login %q", as)
			}
			l.g = s.graphFor(r, state, persons(state)[who])
		}
		var err error
		to, err = (&press{l, mutation{l.g}}).do()
		return err
	})
	var refused *graphql.Error
	switch {
	case err == nil:
		http.Redirect(w, r, to, http.StatusSeeOther)
	case errors.As(err, &refused) && refused.Kind == "NOT_FOUND":
		s.sayNo(w, r, http.StatusNotFound, err)
	case errors.As(err, &refused) && refused.Kind == "FORBIDDEN":
		s.sayNo(w, r, http.StatusForbidden, err)
	default:
		s.sayNo(w, r, http.StatusUnprocessableEntity, err)
	}
}

// sayNo is a page that says why something was not done.
func (s *Simulator) sayNo(w http.ResponseWriter, r *http.Request, status int, why error) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var out strings.Builder
	var err error
	s.world.Read(func(state *world.State) {
		l := &look{Request: r, sim: s}
		l.enter(state)
		l.Frame.Title, l.Frame.Here, l.Frame.Error = "Not done", r.URL.Path, why.Error()
		err = pageSet.ExecuteTemplate(&out, "refused.html", map[string]any{"Frame": &l.Frame, "Page": r.URL.Path})
	})
	if err != nil {
		http.Error(w, "show the page: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(out.String())) // the reader has gone: nobody to tell
}

// press is a form that was sent, with the mutations that carry it out.
type press struct {
	l *look
	m mutation
}

func (p *press) value(name string) string { return strings.TrimSpace(p.l.PostFormValue(name)) }

// body is the text of a form, with the line ends of the rest of the world.
func (p *press) body() string {
	return strings.ReplaceAll(p.l.PostFormValue("body"), "\r\n", "\n")
}

// forms are those of an item's page, by the word in their field "do".
var forms = map[string]func(*press, *world.GitHubIssue) error{
	"close": (*press).close, "reopen": (*press).reopen, "edit": (*press).edit, "marks": (*press).marks, "lock": (*press).lock,
	"comment": (*press).comment, "edit-comment": (*press).editComment, "delete-comment": (*press).deleteComment, "minimize": (*press).minimize,
	"block": (*press).block, "unblock": (*press).unblock, "sub": (*press).sub, "unsub": (*press).unsub,
	"board": (*press).board, "cells": (*press).cells, "off-board": (*press).offBoard,
}

// do carries the form out and says where the result is seen.
func (p *press) do() (string, error) {
	if p.l.PathValue("repo") == "" {
		return p.onBoard()
	}
	r := p.l.s.Repo(p.l.PathValue("owner") + "/" + p.l.PathValue("repo"))
	if r == nil {
		return "", failure("NOT_FOUND", "There is no such repository.")
	}
	if p.l.PathValue("number") == "" {
		return p.open(r)
	}
	i := r.Issue(pageNumber(p.l.PathValue("number")))
	if i == nil {
		return "", failure("NOT_FOUND", "There is no such issue.")
	}
	act := forms[p.value("do")]
	if act == nil {
		return "", fmt.Errorf("a form asks for %q, which is nothing that can be done", p.value("do"))
	}
	if err := act(p, i); err != nil {
		return "", err
	}
	to := address{}.page(i)
	if p.value("do") == "comment" {
		to += "#issuecomment-" + strconv.FormatInt(i.Comments[len(i.Comments)-1].ID, 10)
	} else if at := p.value("at"); safeLogin.MatchString(at) {
		to += "#" + at
	}
	return to, nil
}

func (p *press) open(r *world.Repo) (string, error) {
	body := p.body()
	made, err := p.m.CreateIssue(struct{ Input createIssueInput }{createIssueInput{RepositoryID: graphql.ID(r.NodeID()), Title: p.value("title"), Body: &body}})
	if err != nil {
		return "", err
	}
	return address{}.page(made.Issue.i), nil
}

func idOf(i *world.GitHubIssue) graphql.ID { return graphql.ID(i.NodeID()) }

func (p *press) close(i *world.GitHubIssue) error {
	if i.PullRequest {
		_, err := p.m.ClosePullRequest(struct{ Input pullInput }{pullInput{PullRequestID: idOf(i)}})
		return err
	}
	in := closeInput{IssueID: idOf(i)}
	switch reason := p.value("reason"); reason {
	case "duplicate":
		of, err := p.issue("of", i)
		if err != nil {
			return err
		}
		id := idOf(of)
		in.DuplicateIssueID = &id
	case "completed", "not_planned":
		word := strings.ToUpper(reason)
		in.StateReason = &word
	default:
		return fmt.Errorf("an issue is closed as completed, not planned or duplicate, not as %q", reason)
	}
	_, err := p.m.CloseIssue(struct{ Input closeInput }{in})
	return err
}

func (p *press) reopen(i *world.GitHubIssue) error {
	if i.PullRequest {
		_, err := p.m.ReopenPullRequest(struct{ Input pullInput }{pullInput{PullRequestID: idOf(i)}})
		return err
	}
	_, err := p.m.ReopenIssue(struct{ Input issueInput }{issueInput{IssueID: idOf(i)}})
	return err
}

// found is the item that a person named in a field: #7, acme/api#7, WEB-1 or its address.
func (p *press) found(field string, beside *world.GitHubIssue) (world.Item, error) {
	name := p.value(field)
	if _, err := strconv.Atoi(strings.TrimPrefix(name, "#")); err == nil {
		name = beside.Repo.FullName() + "#" + strings.TrimPrefix(name, "#")
	}
	if strings.HasPrefix(name, "http") {
		name, _, _ = strings.Cut(name, "#")
	}
	if it, err := p.l.s.Find(name); err == nil {
		return it, nil
	}
	return nil, failure("NOT_FOUND", "There is nothing named %q here. Say #7, owner/repo#7, WEB-1, or the address.", p.value(field))
}

// issue is the same where only an issue of this tracker will do.
func (p *press) issue(field string, beside *world.GitHubIssue) (*world.GitHubIssue, error) {
	it, err := p.found(field, beside)
	if err != nil {
		return nil, err
	}
	if i, ok := it.(*world.GitHubIssue); ok {
		return i, nil
	}
	return nil, failure("UNPROCESSABLE", "%s is in the other tracker: only an issue of this one will do.", it.Handle())
}

func (p *press) edit(i *world.GitHubIssue) error {
	title, body := p.value("title"), p.body()
	return p.change(i, updateIssueInput{Title: &title, Body: &body})
}

// change is an edit of what issues and pull requests have in common.
func (p *press) change(i *world.GitHubIssue, in updateIssueInput) error {
	if i.PullRequest {
		_, err := p.m.UpdatePullRequest(struct{ Input updatePullInput }{updatePullInput{
			PullRequestID: idOf(i), Title: in.Title, Body: in.Body, LabelIDs: in.LabelIDs, AssigneeIDs: in.AssigneeIDs, MilestoneID: in.MilestoneID}})
		return err
	}
	in.ID = idOf(i)
	_, err := p.m.UpdateIssue(struct{ Input updateIssueInput }{in})
	return err
}

// marks sets labels, assignees, milestone and type as the form has them.
func (p *press) marks(i *world.GitHubIssue) error {
	ids := func(name string) *[]graphql.ID {
		list := []graphql.ID{}
		for _, v := range p.l.PostForm[name] {
			list = append(list, graphql.ID(v))
		}
		return &list
	}
	one := func(name string) graphql.Optional[graphql.ID] {
		out := graphql.Optional[graphql.ID]{Given: true}
		if v := graphql.ID(p.value(name)); v != "" {
			out.Value = &v
		}
		return out
	}
	return p.change(i, updateIssueInput{LabelIDs: ids("label"), AssigneeIDs: ids("assignee"), MilestoneID: one("milestone"), IssueTypeID: one("type")})
}

func (p *press) lock(i *world.GitHubIssue) error {
	if i.Locked {
		_, err := p.m.UnlockLockable(struct{ Input unlockInput }{unlockInput{LockableID: idOf(i)}})
		return err
	}
	in := lockInput{LockableID: idOf(i)}
	if reason := p.value("reason"); restReason[reason] != "" {
		in.LockReason = &reason
	}
	_, err := p.m.LockLockable(struct{ Input lockInput }{in})
	return err
}

func (p *press) comment(i *world.GitHubIssue) error {
	_, err := p.m.AddComment(struct{ Input addCommentInput }{addCommentInput{SubjectID: idOf(i), Body: p.body()}})
	return err
}

func (p *press) commentID() graphql.ID { return graphql.ID(p.value("comment")) }

func (p *press) editComment(*world.GitHubIssue) error {
	_, err := p.m.UpdateIssueComment(struct{ Input updateCommentInput }{updateCommentInput{ID: p.commentID(), Body: p.body()}})
	return err
}

func (p *press) deleteComment(*world.GitHubIssue) error {
	_, err := p.m.DeleteIssueComment(struct{ Input idInput }{idInput{ID: p.commentID()}})
	return err
}

// classifiers are the reasons for which a comment is folded away.
var classifiers = []string{"OUTDATED", "RESOLVED", "DUPLICATE", "OFF_TOPIC", "SPAM", "ABUSE", "LOW_QUALITY"}

func (p *press) minimize(*world.GitHubIssue) error {
	reason := p.value("reason")
	if reason == "" {
		_, err := p.m.UnminimizeComment(struct{ Input subjectInput }{subjectInput{SubjectID: p.commentID()}})
		return err
	}
	if !slices.Contains(classifiers, reason) {
		return fmt.Errorf("a comment is hidden as one of %s, not as %q", strings.Join(classifiers, ", "), reason)
	}
	_, err := p.m.MinimizeComment(struct{ Input minimizeInput }{minimizeInput{SubjectID: p.commentID(), Classifier: reason}})
	return err
}
