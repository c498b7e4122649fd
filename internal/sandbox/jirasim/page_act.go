package jirasim

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// act carries out a form of an issue's page as the chosen person, and shows the
// page anew: what was done is not done again when the page is reloaded.
func (s *server) act(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 2<<20)
	if err := r.ParseForm(); err != nil {
		s.showIssue(w, r, "The form could not be read: "+err.Error(), "")
		return
	}
	c := s.pageCall(w, r)
	key, refusal := "", ""
	s.world.Read(func(st *world.State) {
		c.frame(st)
		if u := st.User(r.PostForm.Get("person")); u != nil {
			c.user = u
		}
		if i := st.JiraIssue(r.PathValue("issue")); c.sees(i) {
			key, refusal = i.Key, c.refusal(i, r.PostForm)
		}
	})
	if key == "" {
		s.showIssue(w, r, "", "")
		return
	}
	text := strings.ReplaceAll(r.PostForm.Get("body"), "\r\n", "\n")
	if refusal != "" {
		s.showIssue(w, r, refusal, text)
		return
	}
	anchor, err := s.carryOut(key, loginOf(c.user), r.PostForm, text)
	if err != nil {
		s.showIssue(w, r, err.Error(), text)
		return
	}
	if r.PostForm.Get("person") != "" {
		actAs(w, r, loginOf(c.user))
	}
	http.Redirect(w, r, "/browse/"+url.PathEscape(key)+anchor, http.StatusSeeOther) //nolint:gosec // the key is an issue's own
}

// refusal says why a person may not do what a form asks; empty: they may.
func (c *call) refusal(i *world.JiraIssue, form url.Values) string {
	op := form.Get("op")
	switch {
	case i.Archived:
		return "This issue is archived, and archived issues are read-only."
	case op == "comment" && i.Locked:
		return "This issue takes no comments."
	case op == "comment", op == "edit-comment" && c.owns(i, form), op == "delete-comment" && c.owns(i, form):
		return ""
	case !c.user.MayEdit():
		return c.user.Name + " may comment on this issue and not edit it."
	}
	return ""
}

func (c *call) owns(i *world.JiraIssue, form url.Values) bool {
	n, _ := strconv.ParseInt(form.Get("comment"), 10, 64) // 0: no comment
	m, err := world.CommentOf(i, n)
	return err == nil && m.Author == c.user
}

// wish is a mutation of the world, as the control API takes it.
type wish = map[string]any

// carryOut brings a form to the world; it answers where on the page to look.
func (s *server) carryOut(key, person string, form url.Values, text string) (anchor string, err error) {
	do := func(w wish) (world.Outcome, error) {
		if w["item"] == nil {
			w["item"] = key
		}
		w["author"] = person
		raw, err := json.Marshal(w)
		if err != nil {
			return world.Outcome{}, fmt.Errorf("write the wish: %w", err)
		}
		return s.world.Mutate(raw)
	}
	switch op := form.Get("op"); op {
	case "comment":
		if strings.TrimSpace(text) == "" {
			return "", errors.New("Comment body can not be empty!") //nolint:staticcheck // Jira's sentence
		}
		out, err := do(wish{"op": "comment", "body": text})
		return "#comment-" + id(out.Comment), err
	case "edit-comment":
		out, err := do(wish{"op": op, "body": text, "comment": form.Get("comment")})
		return "#comment-" + id(out.Comment), err
	case "delete-comment":
		_, err = do(wish{"op": op, "comment": form.Get("comment")})
		return "#comments", err
	case "close":
		if name := form.Get("resolution"); !strings.EqualFold(name, "done") && name != "" {
			_, err = do(wish{"op": "drop", "resolution": name})
			return "", err
		}
		_, err = do(wish{"op": "close"})
	case "reopen", "doing":
		_, err = do(wish{"op": op})
	case "sprint":
		_, err = do(wish{"op": op, "sprint": form.Get("sprint")})
	case "assign":
		_, err = do(wish{"op": op, "assignee": form.Get("assignee")})
	case "link", "unlink":
		err = join(do, key, form)
		anchor = "#links"
	case "edit":
		err = rewrite(do, form, text)
	default:
		err = fmt.Errorf("there is no form %q", op)
	}
	return anchor, err
}

// rewrite changes summary and description, each when it is another than the form
// showed: a browser alters blanks and line ends.
func rewrite(do func(wish) (world.Outcome, error), form url.Values, text string) error {
	was := func(name string) string { return strings.ReplaceAll(form.Get(name), "\r\n", "\n") }
	if title := form.Get("title"); title != was("was-title") {
		if strings.TrimSpace(title) == "" {
			return errors.New("You must specify a summary of the issue.") //nolint:staticcheck // Jira's sentence
		}
		if _, err := do(wish{"op": "title", "title": title}); err != nil {
			return err
		}
	}
	if text == was("was-body") {
		return nil
	}
	_, err := do(wish{"op": "body", "body": text})
	return err
}

// join makes or cuts a link. A phrase that begins with "in:" is said by the other
// item.
func join(do func(wish) (world.Outcome, error), key string, form url.Values) error {
	op, other := form.Get("op"), strings.TrimSpace(form.Get("other"))
	if other == "" {
		return errors.New("say which item: a key such as WEB-1, owner/repo#number, or its address")
	}
	side, name, _ := strings.Cut(form.Get("type"), ":")
	w := wish{"op": op, "to": other, "type": name}
	switch {
	case op == "unlink":
		w = wish{"op": op, "to": other}
		if t := form.Get("type"); t != "" {
			w["type"] = t
		}
	case side == "in" && strings.EqualFold(name, "blocks"):
		w = wish{"op": op, "blocker": other}
	case side == "in":
		w = wish{"op": op, "item": other, "to": key, "type": name}
	}
	_, err := do(w)
	return err
}
