package githubsim

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// event is an entry of a timeline. One Go type answers for all kinds: each kind's fields read what its event has.
type event struct {
	g *graph
	i *world.GitHubIssue
	e *world.IssueEvent
}

// eventTypes are GraphQL's names for what REST's timeline calls closed, labeled and so on.
var eventTypes = map[string]string{
	"closed": "ClosedEvent", "reopened": "ReopenedEvent", "labeled": "LabeledEvent", "unlabeled": "UnlabeledEvent",
	"assigned": "AssignedEvent", "unassigned": "UnassignedEvent", "milestoned": "MilestonedEvent", "demilestoned": "DemilestonedEvent",
	"renamed": "RenamedTitleEvent", "locked": "LockedEvent", "unlocked": "UnlockedEvent", "cross-referenced": "CrossReferencedEvent",
	"comment_deleted": "CommentDeletedEvent", "transferred": "TransferredEvent",
	"blocked_by_added": "BlockedByAddedEvent", "blocked_by_removed": "BlockedByRemovedEvent",
	"blocking_added": "BlockingAddedEvent", "blocking_removed": "BlockingRemovedEvent",
	"sub_issue_added": "SubIssueAddedEvent", "sub_issue_removed": "SubIssueRemovedEvent",
	"parent_issue_added": "ParentIssueAddedEvent", "parent_issue_removed": "ParentIssueRemovedEvent",
	"marked_as_duplicate": "MarkedAsDuplicateEvent", "unmarked_as_duplicate": "UnmarkedAsDuplicateEvent",
	"pinned": "PinnedEvent", "unpinned": "UnpinnedEvent",
	"issue_type_added": "IssueTypeAddedEvent", "issue_type_changed": "IssueTypeChangedEvent", "issue_type_removed": "IssueTypeRemovedEvent",
	"added_to_project_v2": "AddedToProjectV2Event", "removed_from_project_v2": "RemovedFromProjectV2Event",
	"project_v2_item_status_changed": "ProjectV2ItemStatusChangedEvent",
	"mentioned":                      "MentionedEvent", "subscribed": "SubscribedEvent", "unsubscribed": "UnsubscribedEvent",
}

// TypeName is the kind's.
func (e *event) TypeName() string { return eventTypes[e.e.Kind] }

const eventPrefix = "EV"

func (e *event) ID() graphql.ID    { return opaque(eventPrefix, e.i.ID, e.e.ID) }
func (e *event) DatabaseID() *int  { return smallID(e.e.ID) }
func (e *event) CreatedAt() string { return stamp(e.e.At) }
func (e *event) Actor() *account   { return e.g.actor(e.e.By) }

// subject is the issue, under each of the names that kinds have for it.
func (e *event) subject() any         { return e.g.item(e.i) }
func (e *event) Closable() any        { return e.subject() }
func (e *event) Labelable() any       { return e.subject() }
func (e *event) Assignable() any      { return e.subject() }
func (e *event) Lockable() any        { return e.subject() }
func (e *event) Subscribable() any    { return e.subject() }
func (e *event) Subject() any         { return e.subject() }
func (e *event) Target() any          { return e.subject() }
func (e *event) Duplicate() any       { return e.subject() }
func (e *event) Issue() *issue        { return &issue{e.g, e.i} }
func (e *event) ResourcePath() string { return fmt.Sprintf("%s#event-%d", address{}.page(e.i), e.e.ID) }
func (e *event) URL() string          { return e.g.at.web + e.ResourcePath() }

// other is the issue at the event's other end, or null where the account may not see it.
func (e *event) other() *issue         { return e.g.other(e.e.Other) }
func (e *event) BlockingIssue() *issue { return e.other() }
func (e *event) BlockedIssue() *issue  { return e.other() }
func (e *event) SubIssue() *issue      { return e.other() }
func (e *event) Parent() *issue        { return e.other() }

func (e *event) otherItem() any {
	if !e.g.shows(e.e.Other) {
		return nil
	}
	return e.g.item(e.e.Other)
}

func (e *event) Canonical() any { return e.otherItem() }
func (e *event) Source() any    { return e.otherItem() }
func (e *event) DuplicateOf() any {
	if e.e.Reason != world.Duplicate || !e.g.shows(e.i.DuplicateOf) {
		return nil
	}
	return e.g.item(e.i.DuplicateOf)
}

func (e *event) IsCrossRepository() bool { return e.e.Other != nil && e.e.Other.Repo != e.i.Repo }
func (e *event) ReferencedAt() string    { return stamp(e.e.At) }
func (e *event) WasAutomated() bool      { return false }
func (e *event) Closer() any             { return nil }

func (e *event) WillCloseTarget() bool {
	return e.e.Other != nil && e.e.Other.PullRequest && slices.Contains(closes(e.g.s, e.e.Other), e.i)
}

func (e *event) StateReason() *string {
	if e.e.Kind == "reopened" {
		return textOrNull("REOPENED")
	}
	return textOrNull(strings.ToUpper(e.e.Reason))
}

// Label may be gone from the repository by now; the event keeps it.
func (e *event) Label() *label {
	if e.e.Label == nil {
		return nil
	}
	return &label{e.g, e.i.Repo, e.e.Label}
}

func (e *event) Assignee() any             { return e.g.actor(e.e.Assignee) }
func (e *event) MilestoneTitle() string    { return e.e.Milestone }
func (e *event) PreviousTitle() string     { return e.e.From }
func (e *event) CurrentTitle() string      { return e.e.To }
func (e *event) PreviousStatus() string    { return e.e.From }
func (e *event) Status() string            { return e.e.To }
func (e *event) LockReason() *string       { return lockReason(e.e.Reason) }
func (e *event) IssueType() *issueKind     { return e.kind(e.e.Type, e.e.Was) }
func (e *event) PrevIssueType() *issueKind { return e.kind(e.e.Was, nil) }

func (e *event) kind(t, otherwise *world.GitHubType) *issueKind {
	if t == nil {
		t = otherwise
	}
	if t == nil {
		return nil
	}
	return &issueKind{e.g, t}
}

func (e *event) User() *account {
	if e.e.Assignee == nil || kindOf(e.e.Assignee) != "User" {
		return nil
	}
	return e.g.actor(e.e.Assignee)
}

func (e *event) DeletedCommentAuthor() *account {
	if e.e.Comment == nil {
		return nil
	}
	return e.g.actor(e.e.Comment.Author)
}

func (e *event) FromRepository() *repository {
	if r := e.g.s.Repo(e.e.From); r != nil && e.g.sees(r) {
		return &repository{e.g, r}
	}
	return nil
}

func (e *event) Project() *project {
	if e.e.Project == nil || !e.g.reads(e.e.Project) {
		return nil
	}
	return &project{e.g, e.e.Project}
}

type timelineArgs struct {
	span
	ItemTypes *[]string
	Since     *dateTime
	Skip      *int
}

// timelinePage is a page of what happened.
type timelinePage struct {
	*connection[any]
	FilteredCount, PageCount int
	UpdatedAt                string
}

// TimelineItems are what happened and what was said, oldest first.
func (i *issue) TimelineItems(args timelineArgs) (*timelinePage, error) {
	all := i.timeline()
	list := all
	if args.ItemTypes != nil {
		list = slices.DeleteFunc(slices.Clone(all), func(e happened) bool { return !slices.Contains(*args.ItemTypes, itemType(e.thing)) })
	}
	total := len(list)
	if args.Since != nil {
		list = slices.DeleteFunc(slices.Clone(list), func(e happened) bool { return e.at.Before(args.Since.Time) })
	}
	if args.Skip != nil {
		list = list[min(max(*args.Skip, 0), len(list)):]
	}
	page, err := connect("timelineItems", args.span, len(list), func(n int) any { return list[n].thing })
	if err != nil {
		return nil, err
	}
	page.TotalCount = total
	out := &timelinePage{connection: page, FilteredCount: len(list), PageCount: len(page.Nodes), UpdatedAt: i.UpdatedAt()}
	if len(all) > 0 {
		out.UpdatedAt = stamp(all[len(all)-1].at)
	}
	return out, nil
}

type happened struct {
	at    time.Time
	thing any // *event or *comment
}

// timeline mixes events and comments. An event about something the account may not see is left out where nothing of
// it could be shown.
func (i *issue) timeline() []happened {
	return slices.DeleteFunc(i.everything(), func(h happened) bool {
		e, ok := h.thing.(*event)
		return ok && e.e.Other != nil && !i.g.shows(e.e.Other)
	})
}

// everything is the timeline with what the account may not see.
func (i *issue) everything() []happened {
	var out []happened
	for _, e := range i.g.s.IssueEvents(i.i) {
		if eventTypes[e.Kind] != "" && !e.At.IsZero() {
			out = append(out, happened{e.At, &event{i.g, i.i, e}})
		}
	}
	for _, c := range i.i.Comments {
		out = append(out, happened{c.Created, &comment{i.g, i.i, c}})
	}
	slices.SortStableFunc(out, func(a, b happened) int { return a.at.Compare(b.at) })
	return out
}

// itemType is how the itemTypes argument names a kind: LABELED_EVENT, ISSUE_COMMENT, ADDED_TO_PROJECT_V2_EVENT.
func itemType(thing any) string {
	e, ok := thing.(*event)
	if !ok {
		return "ISSUE_COMMENT"
	}
	kind := strings.ToUpper(strings.ReplaceAll(e.e.Kind, "-", "_"))
	switch e.e.Kind {
	case "cross-referenced":
		return "CROSS_REFERENCED_EVENT"
	case "renamed":
		return "RENAMED_TITLE_EVENT"
	}
	return kind + "_EVENT"
}

func (g *graph) eventByID(i *world.GitHubIssue, id int64) any {
	for _, e := range g.s.IssueEvents(i) {
		if e.ID == id && eventTypes[e.Kind] != "" {
			return &event{g, i, e}
		}
	}
	return nil
}

// pinned is an issue that its repository shows first.
type pinned struct {
	g *graph
	i *world.GitHubIssue
}

const pinPrefix = "PI"

func (p *pinned) ID() graphql.ID          { return opaque(pinPrefix, p.i.Repo.ID, p.i.ID) }
func (p *pinned) DatabaseID() *int        { return smallID(p.i.ID) }
func (p *pinned) FullDatabaseID() *string { return bigID(p.i.ID) }
func (p *pinned) Issue() *issue           { return &issue{p.g, p.i} }
func (p *pinned) Repository() *repository { return &repository{p.g, p.i.Repo} }

func (p *pinned) PinnedBy() *account {
	for _, e := range slices.Backward(p.g.s.IssueEvents(p.i)) {
		if e.Kind == "pinned" && e.By != nil {
			return p.g.actor(e.By)
		}
	}
	return p.Repository().Owner()
}

func (r *repository) PinnedIssues(args span) (*connection[*pinned], error) {
	list := r.g.seen(r.g.s.Pinned(r.r))
	return connect("pinnedIssues", args, len(list), func(n int) *pinned { return &pinned{r.g, list[n]} })
}
