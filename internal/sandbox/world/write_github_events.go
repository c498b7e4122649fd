package world

import (
	"cmp"
	"slices"
	"time"
)

// IssueEvent is something that happened to a GitHub issue, as its timeline tells it. What its kind does not need is
// empty.
type IssueEvent struct {
	ID        int64
	Kind      string // GitHub's word: closed, labeled, renamed, blocked_by_added, …
	By        *User  // nil: nobody remembers
	At        time.Time
	Label     *Label         // labeled, unlabeled
	Assignee  *User          // assigned, unassigned
	Milestone string         // milestoned, demilestoned
	From, To  string         // renamed; transferred: the repository it came from; project_v2_item_status_changed: the columns
	Reason    string         // closed: the reason for the state; locked: the reason for the lock
	Other     *GitHubIssue   // the other end of sub_issue_*, parent_issue_*, blocked_by_*, blocking_*, marked_as_duplicate, cross-referenced
	Type, Was *GitHubType    // issue_type_*
	Comment   *Comment       // cross-referenced: the comment that names the issue; nil: its text does; comment_deleted: what it was
	Project   *GitHubProject // added_to_project_v2 and its kin
	After     int64          // the issue's last comment at that time, which tells the order within one second; 0: none
}

// githubBook is what GitHub remembers beside its items.
type githubBook struct {
	events    map[int64][]*IssueEvent // by issue; none: nothing has happened since the issue was made or loaded
	fresh     []*IssueEvent           // of the running write, waiting for the journal to say who it was
	version   uint64                  // of the state in which fresh was filled
	reactions map[reacted][]*Reaction
	teams     []*OrgTeam
	outside   map[string]InteractionLimit // of organisations, by login in lower case
	watchers  []func(*State, Happening)
}

// Ids of events. Those that are only concluded from an issue's state are made of the issue's id.
const (
	firstEvent     = 9_000_000_000_000
	concludedPerID = 1000
)

// IssueEvents lists what happened to an issue, oldest first. What happened before the world began to watch it (its
// labels at birth, the end of a loaded issue) is concluded from its state.
func (s *State) IssueEvents(i *GitHubIssue) []*IssueEvent {
	if list, known := s.book.events[i.ID]; known {
		return list
	}
	return concluded(i)
}

// IssueEvent finds an event of a repository by its id, with its issue; nil when there is none.
func (s *State) IssueEvent(r *Repo, id int64) (*GitHubIssue, *IssueEvent) {
	candidates := r.Issues
	if id < firstEvent {
		i := s.githubByID[id/concludedPerID]
		if i == nil || i.Repo != r {
			return nil, nil
		}
		candidates = []*GitHubIssue{i}
	}
	for _, i := range candidates {
		if id >= firstEvent && s.book.events[i.ID] == nil {
			continue
		}
		for _, e := range s.IssueEvents(i) {
			if e.ID == id {
				return i, e
			}
		}
	}
	return nil, nil
}

// happened writes an event down. It is called before the change that it tells, so that what was there before is
// concluded from the old state.
func (s *State) happened(i *GitHubIssue, e IssueEvent) {
	if s.quiet {
		return
	}
	if s.book.events == nil {
		s.book.events = map[int64][]*IssueEvent{}
	}
	list, known := s.book.events[i.ID]
	if !known {
		list = concluded(i)
	}
	e.ID, e.At = s.id("event", firstEvent), i.stamp(s.Now())
	if n := len(i.Comments); n > 0 {
		e.After = i.Comments[n-1].ID
	}
	s.book.events[i.ID] = append(list, &e)
	if s.book.version != s.Version {
		s.book.version, s.book.fresh = s.Version, nil
	}
	s.book.fresh = append(s.book.fresh, &e)
}

// sign says who did what the running write has told so far without a name, and answers all that it has told since the
// last entry of the journal.
func (s *State) sign(by *User) []*IssueEvent {
	if s.book.version != s.Version {
		return nil
	}
	signed := s.book.fresh
	for _, e := range signed {
		if e.By == nil {
			e.By = by
		}
	}
	s.book.fresh = nil
	return signed
}

// concluded tells an issue's past from its state.
func concluded(i *GitHubIssue) []*IssueEvent {
	var out []*IssueEvent
	add := func(at time.Time, by *User, e IssueEvent) {
		e.At, e.By = at, by
		out = append(out, &e)
	}
	for _, l := range i.Labels {
		add(i.Created, i.Author, IssueEvent{Kind: "labeled", Label: l})
	}
	for _, u := range i.Assignees {
		add(i.Created, i.Author, IssueEvent{Kind: "assigned", Assignee: u})
	}
	if i.Milestone != nil {
		add(i.Created, i.Author, IssueEvent{Kind: "milestoned", Milestone: i.Milestone.Title})
	}
	if i.Type != nil {
		add(i.Created, i.Author, IssueEvent{Kind: "issue_type_added", Type: i.Type})
	}
	for _, link := range []struct {
		kind string
		ends []*GitHubIssue
	}{{"parent_issue_added", parents(i)}, {"sub_issue_added", i.Subs}, {"blocked_by_added", i.BlockedBy}, {"blocking_added", i.Blocking}} {
		for _, o := range link.ends {
			add(later(i.Created, o.Created), i.Author, IssueEvent{Kind: link.kind, Other: o})
		}
	}
	if i.Locked {
		add(i.Updated, i.Author, IssueEvent{Kind: "locked", Reason: i.LockReason})
	}
	if i.Closed {
		add(i.ClosedAt, i.ClosedBy, IssueEvent{Kind: "closed", Reason: i.StateReason})
	}
	if i.DuplicateOf != nil {
		add(i.ClosedAt, i.ClosedBy, IssueEvent{Kind: "marked_as_duplicate", Other: i.DuplicateOf})
	}
	slices.SortStableFunc(out, func(a, b *IssueEvent) int { return a.At.Compare(b.At) })
	for n, e := range out {
		e.ID = i.ID*concludedPerID + int64(min(n, concludedPerID-1))
	}
	return out
}

func parents(i *GitHubIssue) []*GitHubIssue {
	if i.Parent == nil {
		return nil
	}
	return []*GitHubIssue{i.Parent}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// forgetEvents drops the past of an issue that is deleted.
func (s *State) forgetEvents(i *GitHubIssue) { delete(s.book.events, i.ID) }

// EventOrder sorts a repository's events, newest first.
func EventOrder(a, b *IssueEvent) int {
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
}
