package githubsim

import "strata/internal/sandbox/world"

// What the account may do with an issue or a pull request.

// edits reports whether the account may close, label, assign and link what is in a repository: who may triage, may.
func (g *graph) edits(r *world.Repo) bool { return g.reaches(r, world.Triager) }

// reaches reports whether the account has at least a role in a repository that takes changes.
func (g *graph) reaches(r *world.Repo, role world.Role) bool {
	if r.Archived {
		return false
	}
	if grant := g.call.who.grant; grant != nil && grant.installation != nil {
		return grant.permits("issues=write")
	}
	return world.Reaches(g.me, role)
}

func (i *issue) editable() bool { return i.g.edits(i.i.Repo) }
func (i *issue) own() bool      { return i.i.Author == i.g.me && !i.i.Repo.Archived }

func (i *issue) ViewerCanUpdate() bool     { return i.g.reaches(i.i.Repo, world.Writer) || i.own() }
func (i *issue) ViewerCanClose() bool      { return !i.i.Closed && (i.editable() || i.own()) }
func (i *issue) ViewerCanReopen() bool     { return i.i.Closed && (i.editable() || i.own()) }
func (i *issue) ViewerCanLabel() bool      { return i.editable() }
func (i *issue) ViewerCanDelete() bool     { return i.editable() && i.g.me.Administers() }
func (i *issue) ViewerCanReact() bool      { return i.g.maySpeak(i.i) == nil }
func (i *issue) ViewerCanSetFields() *bool { may := i.editable(); return &may }
func (i *issue) IsReadByViewer() *bool     { read := true; return &read }

func (i *issue) ViewerCannotUpdateReasons() []string {
	return cannotUpdate(i.ViewerCanUpdate(), i.i)
}

// cannotUpdate says why a text is not the account's to change.
func cannotUpdate(may bool, i *world.GitHubIssue) []string {
	switch {
	case may:
		return []string{}
	case i.Repo.Archived:
		return []string{"ARCHIVED"}
	case i.Locked:
		return []string{"LOCKED"}
	}
	return []string{"INSUFFICIENT_ACCESS"}
}

func (i *issue) ViewerSubscription() *string {
	state := "UNSUBSCRIBED"
	if subscribed(i.i, i.g.me) {
		state = "SUBSCRIBED"
	}
	return &state
}

func (i *issue) ViewerThreadSubscriptionStatus() *string {
	state := "NONE"
	if subscribed(i.i, i.g.me) {
		state = "SUBSCRIBED_TO_THREAD"
	}
	return &state
}

func (i *issue) ViewerThreadSubscriptionFormAction() *string {
	action := "SUBSCRIBE"
	if subscribed(i.i, i.g.me) {
		action = "UNSUBSCRIBE"
	}
	return &action
}
