package world

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	reference = regexp.MustCompile(`(?:^|[^\w/#&])(?:([\w.-]+/[\w.-]+))?#(\d{1,9})\b|https?://([\w.:-]+)/([\w.-]+/[\w.-]+)/(?:issues|pull)/(\d{1,9})\b`)
	addressed = regexp.MustCompile(`(?:^|[^\w@/.])@([A-Za-z0-9][A-Za-z0-9-]{0,38})\b`)
	fenced    = regexp.MustCompile("(?ms)^[ \t]*(```+|~~~+).*?(^[ \t]*(```+|~~~+)[ \t]*$|\\z)")
	quoted    = regexp.MustCompile("(?s)``.*?``|`[^`]*`")
	unseen    = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// silentHosts lead to GitHub without telling it: an address there leaves no trace, while the usual address of an issue
// leaves one, also behind a link's text.
var silentHosts = []string{"redirect.github.com", "www.github.com"}

// refer tells the issues that a text names, and the people it addresses. What stands in code or in an HTML comment
// names nobody: that is how a careful writer avoids a trace on somebody else's issue. c is the comment that says it,
// nil when the issue itself does.
func (s *State) refer(i *GitHubIssue, text string, c *Comment, by *User) {
	if s.quiet || !strings.ContainsAny(text, "#@/") {
		return
	}
	text = unseen.ReplaceAllString(quoted.ReplaceAllString(fenced.ReplaceAllString(text, " "), " "), " ")
	for _, m := range reference.FindAllStringSubmatch(text, -1) {
		place, number := m[1]+m[4], m[2]+m[5]
		switch {
		case slices.Contains(silentHosts, strings.ToLower(m[3])):
			continue
		case place == "":
			place = i.Repo.FullName()
		}
		n, _ := strconv.Atoi(number) // digits only
		r := s.Repo(place)
		if r == nil {
			continue
		}
		if o := r.byNumber[n]; o != nil && o != i && !s.told(o, "cross-referenced", func(e *IssueEvent) bool { return e.Other == i }) {
			s.happened(o, IssueEvent{Kind: "cross-referenced", Other: i, Comment: c, By: by})
		}
	}
	for _, m := range addressed.FindAllStringSubmatch(text, -1) {
		u := s.User(m[1])
		if u == nil || u.Login == "" || u == by || s.told(i, "mentioned", func(e *IssueEvent) bool { return e.By == u }) {
			continue
		}
		s.happened(i, IssueEvent{Kind: "mentioned", By: u})
		s.happened(i, IssueEvent{Kind: "subscribed", By: u})
	}
}

// told reports whether an event of this kind is known already.
func (s *State) told(i *GitHubIssue, kind string, is func(*IssueEvent) bool) bool {
	for _, e := range s.book.events[i.ID] {
		if e.Kind == kind && is(e) {
			return true
		}
	}
	return false
}

// Mentions reports whether a text addresses a login, outside of code.
func Mentions(text, login string) bool {
	if !strings.Contains(lower(text), "@"+lower(login)) {
		return false
	}
	text = unseen.ReplaceAllString(quoted.ReplaceAllString(fenced.ReplaceAllString(text, " "), " "), " ")
	for _, m := range addressed.FindAllStringSubmatch(text, -1) {
		if strings.EqualFold(m[1], login) {
			return true
		}
	}
	return false
}
