package world

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
)

// githubLoader collects, beside the issues, repositories, people, labels,
// milestones and types that they mention.
type githubLoader struct {
	s     *State
	waits map[*GitHubIssue][]json.RawMessage // embedded blockers
	under map[*GitHubIssue]string            // parent_issue_url
}

func newGitHubLoader(s *State) *githubLoader {
	return &githubLoader{s: s, waits: map[*GitHubIssue][]json.RawMessage{}, under: map[*GitHubIssue]string{}}
}

var repoURL = regexp.MustCompile(`/repos/([^/]+)/([^/]+)(?:/|$)`)
var pageURL = regexp.MustCompile(`^https?://[^/]+/([^/]+)/([^/]+)/(?:issues|pull)/\d+`)

// issue makes an item of one record; pull requests stay pull requests.
func (l *githubLoader) issue(raw json.RawMessage) (again bool, err error) {
	f, err := split(raw)
	if err != nil {
		return false, &unfit{"not a JSON object", err}
	}
	if _, numbered := f.Get("number"); !numbered && f.word("issue_url") != "" {
		return l.comment(f)
	}
	i, err := l.read(f)
	if err != nil {
		return false, err
	}
	if old := l.s.githubByID[i.ID]; old != nil {
		if old.Repo != i.Repo || old.Number != i.Number {
			return false, &unfit{"id taken by another issue", nil}
		}
		comments := old.Comments
		*old = *i
		old.Comments, old.home = comments, l.s
		l.later(old, f)
		return true, nil
	}
	if i.Repo.byNumber[i.Number] != nil {
		return false, &unfit{"number taken by another id", nil}
	}
	l.s.addGitHub(i)
	l.later(i, f)
	return false, nil
}

// comment puts a recorded comment on its issue, which must be known by then.
func (l *githubLoader) comment(f Fields) (again bool, err error) {
	var id num
	f.decode("id", &id)
	it, err := l.s.Find(strings.TrimPrefix(f.word("issue_url"), "https://api.github.com/repos/"))
	i, ok := it.(*GitHubIssue)
	if err != nil || !ok || id <= 0 {
		return false, &unfit{"comment of an unknown issue", err}
	}
	if _, known := l.s.Comment(GitHub, int64(id)); known != nil {
		return true, nil
	}
	raw, _ := f.Get("user")
	c := &Comment{ID: int64(id), Author: l.s.accountOf(raw), Body: f.word("body"), Created: when(f.word("created_at")), Updated: when(f.word("updated_at")), Node: f.word("node_id")}
	i.Comments = append(i.Comments, c)
	i.CommentsCut = max(i.CommentsCut-1, 0)
	l.s.comments[GitHub][c.ID] = place{i, c}
	l.s.reserve("comment-github", c.ID)
	if c.Node != "" {
		l.s.nodes[c.Node] = c
	}
	slices.SortFunc(i.Comments, func(a, b *Comment) int { return cmp.Compare(a.ID, b.ID) })
	return false, nil
}

// later keeps what can only be joined when all records are read.
func (l *githubLoader) later(i *GitHubIssue, f Fields) {
	var list []json.RawMessage
	if f.decode("blocked_by", &list) {
		l.waits[i] = list
	}
	if u := f.word("parent_issue_url"); u != "" {
		l.under[i] = u
	}
}

func (l *githubLoader) read(f Fields) (*GitHubIssue, error) {
	m := repoURL.FindStringSubmatch(f.word("repository_url"))
	if m == nil {
		m = repoURL.FindStringSubmatch(f.word("url"))
	}
	if m == nil {
		m = pageURL.FindStringSubmatch(f.word("html_url"))
	}
	var number, id num
	f.decode("number", &number)
	f.decode("id", &id)
	switch {
	case m == nil:
		return nil, &unfit{"no repository", nil}
	case number <= 0:
		return nil, &unfit{"no number", nil}
	case id <= 0:
		return nil, &unfit{"no id", nil}
	}
	r := l.s.AddRepo(m[1], m[2])
	i := &GitHubIssue{ID: int64(id), Node: f.word("node_id"), Repo: r, Number: int(number), Title: f.word("title"), Body: f.word("body"),
		Closed: f.word("state") == "closed", StateReason: f.word("state_reason"), LockReason: f.word("active_lock_reason"),
		Created: when(f.word("created_at")), Updated: when(f.word("updated_at")), ClosedAt: when(f.word("closed_at")), Recorded: f}
	f.decode("locked", &i.Locked)
	f.decode("draft", &i.Draft)
	if i.Created.IsZero() {
		i.Created = l.s.Now().Add(-24 * time.Hour).Truncate(time.Second)
	}
	if i.Updated.Before(i.Created) {
		i.Updated = i.Created
	}
	if i.Closed && i.ClosedAt.IsZero() {
		i.ClosedAt = i.Updated
	}
	var pull struct {
		Merged string `json:"merged_at"`
	}
	i.PullRequest = f.decode("pull_request", &pull)
	i.Merged = when(pull.Merged)
	l.people(i, f)
	l.marks(i, f)
	f.decode("comments", &i.CommentsCut)
	return i, nil
}

func (l *githubLoader) people(i *GitHubIssue, f Fields) {
	raw, _ := f.Get("user")
	i.Author = l.s.accountOf(raw)
	var list []json.RawMessage
	f.decode("assignees", &list)
	for _, raw := range list {
		if u := l.s.accountOf(raw); u != nil {
			i.Assignees = append(i.Assignees, u)
		}
	}
}

// accountOf finds or registers the account of a recorded GitHub user.
func (s *State) accountOf(raw json.RawMessage) *User {
	var in struct {
		Login string `json:"login"`
		ID    int64  `json:"id"`
		Node  string `json:"node_id"`
		Type  string `json:"type"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &in) != nil || in.Login == "" {
		return nil
	}
	if u := s.User(in.Login); u != nil {
		return u
	}
	u := s.AddUser(&User{ID: in.ID, Login: in.Login, Name: in.Login, Kind: in.Type, Node: in.Node})
	if u.Node != "" {
		s.nodes[u.Node] = u
	}
	return u
}

func (l *githubLoader) marks(i *GitHubIssue, f Fields) {
	var labels []struct {
		ID    int64  `json:"id"`
		Name  string `json:"name"`
		Color string `json:"color"`
		About string `json:"description"`
	}
	f.decode("labels", &labels)
	for _, in := range labels {
		if in.Name == "" {
			continue
		}
		label := l.s.LabelIn(i.Repo, in.Name)
		if in.ID != 0 {
			label.ID, label.Color, label.About = in.ID, in.Color, in.About
		}
		i.Labels = append(i.Labels, label)
	}
	var stone struct {
		ID     int64  `json:"id"`
		Number int    `json:"number"`
		Title  string `json:"title"`
		State  string `json:"state"`
		Due    string `json:"due_on"`
	}
	if f.decode("milestone", &stone) && stone.Title != "" {
		for _, m := range i.Repo.Stones {
			if m.ID == stone.ID {
				i.Milestone = m
			}
		}
		if i.Milestone == nil {
			i.Milestone = &Milestone{ID: stone.ID, Number: stone.Number, Title: stone.Title, Closed: stone.State == "closed", Due: when(stone.Due)}
			i.Repo.Stones = append(i.Repo.Stones, i.Milestone)
		}
	}
	var kind struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
	}
	if f.decode("type", &kind) && kind.Name != "" {
		for _, t := range l.s.GitHubTypes {
			if t.Name == kind.Name {
				i.Type = t
			}
		}
		if i.Type == nil {
			i.Type = &GitHubType{ID: kind.ID, Name: kind.Name}
			l.s.GitHubTypes = append(l.s.GitHubTypes, i.Type)
		}
	}
}

// finish joins what the records say of each other and orders the lists.
func (l *githubLoader) finish(*Load) {
	for i, list := range l.waits {
		for _, raw := range list {
			if b := l.other(i, raw); b != nil && b != i {
				l.s.Block(i, b)
			}
		}
	}
	for i, u := range l.under {
		if it, err := l.s.Find(strings.TrimPrefix(u, "https://api.github.com/repos/")); err == nil {
			if p, ok := it.(*GitHubIssue); ok && p != i && i.Parent == nil {
				i.Parent = p
				p.Subs = append(p.Subs, i)
			}
		}
	}
	for _, r := range l.s.Repos {
		slices.SortFunc(r.Issues, func(a, b *GitHubIssue) int { return cmp.Compare(a.Number, b.Number) })
		for _, i := range r.Issues {
			byNumber := func(a, b *GitHubIssue) int { return cmp.Compare(a.ID, b.ID) }
			slices.SortFunc(i.BlockedBy, byNumber)
			slices.SortFunc(i.Blocking, byNumber)
			slices.SortFunc(i.Subs, byNumber)
		}
	}
	l.s.guess()
}

// other finds an embedded blocker: an issue object, a database id, or a number
// of the same repository.
func (l *githubLoader) other(i *GitHubIssue, raw json.RawMessage) *GitHubIssue {
	var in struct {
		ID     num    `json:"id"`
		Number int    `json:"number"`
		URL    string `json:"html_url"`
	}
	if json.Unmarshal(raw, &in) == nil && in.ID != 0 {
		return l.s.githubByID[int64(in.ID)]
	}
	var n num
	_ = n.UnmarshalJSON(raw) // never fails
	if b := l.s.githubByID[int64(n)]; b != nil {
		return b
	}
	return i.Repo.byNumber[int(n)]
}
