package githubsim

import (
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// itemLine is an issue or pull request as a line that leads to it.
type itemLine struct {
	URL, Handle, Title, State string
	Foreign                   bool // in the other tracker
	Known                     bool // in this simulator
	ID                        string
}

// State words of a line, which are also the names of its colours: open, closed, dropped, merged, draft.
func stateOf(i *world.GitHubIssue) string {
	switch {
	case !i.Merged.IsZero():
		return "merged"
	case i.PullRequest && i.Draft && !i.Closed:
		return "draft"
	case i.Closed && (i.StateReason == world.NotPlanned || i.StateReason == world.Duplicate):
		return "dropped"
	case i.Closed && i.PullRequest:
		return "shut"
	case i.Closed:
		return "closed"
	}
	return "open"
}

func lineOf(i *world.GitHubIssue) itemLine {
	return itemLine{URL: address{}.page(i), Handle: i.Handle(), Title: titled(i.Title), State: stateOf(i), Known: true, ID: i.NodeID()}
}

// titled is a title that can be seen.
func titled(title string) string {
	if strings.TrimSpace(title) == "" {
		return "(no title)"
	}
	return title
}

func linesOf(list []*world.GitHubIssue) []itemLine {
	out := make([]itemLine, 0, len(list))
	for _, i := range list {
		out = append(out, lineOf(i))
	}
	return out
}

// chip is a label.
type chip struct{ Name, Color, URL, About string }

func chipsOf(r *world.Repo, list []*world.Label) []chip {
	var out []chip
	for _, l := range list {
		color, ok := colorOf(l.Color)
		if !ok {
			color = "888888"
		}
		out = append(out, chip{l.Name, "#" + color, "/" + r.FullName() + "/labels/" + pathEscape(l.Name), l.About})
	}
	return out
}

// someone is a person on a page; nobody is a ghost.
type someone struct{ Login, URL string }

func personOf(u *world.User) someone {
	if u == nil || u.Login == "" {
		return someone{Login: "ghost"}
	}
	return someone{Login: u.Login, URL: "/avatars/" + pathEscape(u.Login)}
}

func personsOf(list []*world.User) []someone {
	out := make([]someone, 0, len(list))
	for _, u := range list {
		out = append(out, personOf(u))
	}
	return out
}

// loginOf names an author; GitHub shows lost accounts as ghost.
func loginOf(u *world.User) string { return personOf(u).Login }

var safeLogin = regexp.MustCompile(`^[\w.\[\]-]{1,100}$`)

// avatar draws the first letter of a login.
func avatar(w http.ResponseWriter, r *http.Request) {
	login := r.PathValue("login")
	if !safeLogin.MatchString(login) {
		http.NotFound(w, r)
		return
	}
	first, _ := utf8.DecodeRuneInString(login)
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(%d 45%% 45%%)"/>`+
		`<text x="20" y="27" font-family="sans-serif" font-size="20" fill="#fff" text-anchor="middle">%s</text></svg>`, hashOf(login)%360, template.HTMLEscapeString(string(unicode.ToUpper(first))))
}

// instant is when something happened.
type instant struct{ At time.Time }

// stepText says what an event did, after the name of who did it. Empty: nothing that a page tells.
func (l *look) stepText(e *world.IssueEvent) (text string, other *itemLine) {
	if e.Other != nil {
		line := lineOf(e.Other)
		other = &line
	}
	switch e.Kind {
	case "closed":
		if e.Reason == "" {
			return "closed this", nil
		}
		return "closed this as " + strings.ReplaceAll(e.Reason, "_", " "), nil
	case "labeled", "unlabeled":
		return map[bool]string{true: "added the label ", false: "removed the label "}[e.Kind == "labeled"] + e.Label.Name, nil
	case "assigned", "unassigned":
		return e.Kind + " " + loginOf(e.Assignee), nil
	case "milestoned", "demilestoned":
		return map[bool]string{true: "put this under ", false: "took this from under "}[e.Kind == "milestoned"] + e.Milestone, nil
	case "renamed":
		return fmt.Sprintf("changed the title from “%s” to “%s”", e.From, e.To), nil
	case "transferred":
		return "moved this here from " + e.From, nil
	case "project_v2_item_status_changed":
		return fmt.Sprintf("moved this from %s to %s on %s", orNothing(e.From), e.To, e.Project.Title), nil
	case "added_to_project_v2", "removed_from_project_v2":
		return map[bool]string{true: "put this on ", false: "took this off "}[e.Kind == "added_to_project_v2"] + e.Project.Title, nil
	case "issue_type_added", "issue_type_changed":
		return "made this a " + e.Type.Name, nil
	}
	return steps[e.Kind], other
}

func orNothing(text string) string {
	if text == "" {
		return "nowhere"
	}
	return text
}

// steps are the events that need no more words.
var steps = map[string]string{
	"reopened": "reopened this", "locked": "locked the conversation", "unlocked": "unlocked the conversation", "comment_deleted": "deleted a comment",
	"pinned": "pinned this", "unpinned": "unpinned this", "issue_type_removed": "took the type away", "cross-referenced": "mentioned this in",
	"blocked_by_added": "made this wait for", "blocked_by_removed": "freed this from", "blocking_added": "made this block", "blocking_removed": "let this no longer block",
	"sub_issue_added": "added the sub-issue", "sub_issue_removed": "removed the sub-issue", "parent_issue_added": "put this under", "parent_issue_removed": "took this from under",
	"marked_as_duplicate": "marked this as a duplicate of", "unmarked_as_duplicate": "no longer takes this for a duplicate of",
}

func valueText(v *world.Value) string {
	switch {
	case v.Option != nil:
		return v.Option.Name
	case v.Iteration != nil:
		return v.Iteration.Title
	case v.Number != nil:
		return strconv.FormatFloat(*v.Number, 'f', -1, 64)
	case v.Date != "":
		return v.Date
	}
	return v.Text
}
