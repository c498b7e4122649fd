package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// block makes an issue wait: for another issue by a dependency, for an item of the other tracker by a line in its text.
func (p *press) block(i *world.GitHubIssue) error {
	other, err := p.found("blocker", i)
	if err != nil {
		return err
	}
	if o, ok := other.(*world.GitHubIssue); ok {
		_, err = p.m.AddBlockedBy(struct{ Input blockedByInput }{blockedByInput{IssueID: idOf(i), BlockingIssueID: idOf(o)}})
		return err
	}
	if slices.Contains(p.l.s.Blockers(i), other) {
		return failure("UNPROCESSABLE", "The text says already that this waits for %s.", other.Handle())
	}
	body := strings.TrimLeft(strings.TrimRight(i.Body, "\n")+"\n\nblocked by "+other.Handle()+"\n", "\n")
	return p.change(i, updateIssueInput{Body: &body})
}

// unblock ends the waiting, be it a dependency or said in the text. Which end the form was on, the field "end" says.
func (p *press) unblock(i *world.GitHubIssue) error {
	other, err := p.found("blocker", i)
	if err != nil {
		return err
	}
	var waiting, blocking world.Item = i, other
	if p.value("end") == "blocks" {
		waiting, blocking = other, i
	}
	w, ok := waiting.(*world.GitHubIssue)
	if !ok {
		return failure("UNPROCESSABLE", "%s says so in its text: change it there.", waiting.Handle())
	}
	body := p.l.s.TextWithout(w, blocking)
	b, linked := blocking.(*world.GitHubIssue)
	linked = linked && slices.Contains(w.BlockedBy, b)
	if body == w.Body && !linked {
		return failure("UNPROCESSABLE", "%s does not wait for %s.", w.Handle(), blocking.Handle())
	}
	if linked {
		_, err = p.m.RemoveBlockedBy(struct{ Input blockedByInput }{blockedByInput{IssueID: idOf(w), BlockingIssueID: idOf(b)}})
	}
	if err == nil && body != w.Body {
		err = p.change(w, updateIssueInput{Body: &body})
	}
	return err
}

func (p *press) sub(i *world.GitHubIssue) error {
	other, err := p.issue("sub", i)
	if err != nil {
		return err
	}
	id, replace := idOf(other), true
	_, err = p.m.AddSubIssue(struct{ Input addSubInput }{addSubInput{IssueID: idOf(i), SubIssueID: &id, ReplaceParent: &replace}})
	return err
}

func (p *press) unsub(i *world.GitHubIssue) error {
	other, err := p.issue("sub", i)
	if err != nil {
		return err
	}
	_, err = p.m.RemoveSubIssue(struct{ Input subInput }{subInput{IssueID: idOf(i), SubIssueID: idOf(other)}})
	return err
}
