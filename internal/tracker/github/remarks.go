package github

import (
	"maps"
	"strconv"

	"strata/internal/tracker"
	"strata/internal/work"
)

// heard is a remark with the number of its issue.
type heard struct {
	work.Remark
	number int
}

// none stands for a comment that bears no command any more.
func (h heard) none() bool { return h.ID == "" }

// unsay forgets the remark that a comment was before. A reading of all comments
// has no other memory of it; any other must tell what is remembered.
func (r *reading) unsay(id int64, whole bool) {
	if whole {
		delete(r.remarks, id)
	} else {
		r.remarks[id] = heard{}
	}
}

// remark turns a comment into what may bear a command. The item is the caller's
// to set. What an App wrote is no person's, whether it wrote as itself or for one.
func (c *restComment) remark() (work.Remark, bool) {
	body, bears := tracker.RemarkBody(c.Body)
	if !bears {
		return work.Remark{}, false
	}
	r := work.Remark{
		ID: strconv.FormatInt(c.ID, 10), URL: c.HTMLURL, Bot: c.App != nil,
		Dialect: work.GitHubMarkdown, Body: body, Created: c.CreatedAt.UTC(), Updated: c.UpdatedAt.UTC(),
	}
	if c.User != nil { // nil: the account was deleted
		r.Author = work.Person{ID: strconv.FormatInt(c.User.ID, 10), Name: c.User.Login}
		r.Bot = r.Bot || c.User.Type == "Bot"
	}
	return r, true
}

// reviseRemarks takes what a list of all comments of one issue tells, deletions
// included, into what is remembered of its repository.
func (g *GitHub) reviseRemarks(self identity, item work.Ref, at place, rows []*restComment) {
	now := map[int64]heard{}
	for _, row := range rows {
		if r, bears := row.remark(); bears && !g.ours(self, row) {
			r.Item = item
			g.mem.meet(r.Author)
			now[row.ID] = heard{Remark: r, number: at.number}
		}
	}
	g.mem.with(at.repo, func(r *repository) {
		maps.DeleteFunc(r.remarks, func(_ int64, h heard) bool { return h.Item == item })
		maps.Copy(r.remarks, now)
	})
}

// meet remembers the login of an author.
func (m *memory) meet(author work.Person) {
	if author.ID == "" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.logins[author.ID] = author.Name
}

func (m *memory) login(id string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.logins[id]
}
