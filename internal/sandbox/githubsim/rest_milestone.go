package githubsim

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// listMilestones lists the open ones by due date unless asked otherwise.
func listMilestones(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	state := c.query.Get("state")
	switch {
	case state == "":
		state = "open"
	case !slices.Contains([]string{"open", "closed", "all"}, state):
		return refused(wrongValue("Milestone", "state", state))
	}
	var list []*world.Milestone
	for _, m := range r.Stones {
		if state == "all" || stateWord(m.Closed) == state {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b *world.Milestone) int { return c.compareMilestones(r, a, b) })
	if c.query.Get("direction") == "desc" {
		slices.Reverse(list)
	}
	return paged(c, list, func(m *world.Milestone) *milestoneJSON { return c.showMilestone(r, m) })
}

// compareMilestones puts those without a due date last.
func (c *call) compareMilestones(r *world.Repo, a, b *world.Milestone) int {
	if c.query.Get("sort") == "completeness" {
		return cmp.Or(cmp.Compare(c.completeness(r, a), c.completeness(r, b)), cmp.Compare(a.Number, b.Number))
	}
	if a.Due.IsZero() != b.Due.IsZero() {
		if a.Due.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Number, b.Number))
}

func (c *call) completeness(r *world.Repo, m *world.Milestone) float64 {
	open, closed := c.sort.under(c.s, r, m)
	if open+closed == 0 {
		return 0
	}
	return float64(closed) / float64(open+closed)
}

// milestone finds the milestone of the path.
func (c *call) milestone() (*world.Repo, *world.Milestone, *reply) {
	r, no := c.repository()
	if no != nil {
		return nil, nil, no
	}
	m := r.MilestoneByNumber(int(c.number("number")))
	if m == nil {
		return nil, nil, stop(refused(notFound()))
	}
	return r, m, nil
}

func getMilestone(c *call) reply {
	r, m, no := c.milestone()
	if no != nil {
		return *no
	}
	return ok(c.showMilestone(r, m))
}

type milestoneInput struct {
	Title *string         `json:"title"`
	State *string         `json:"state"`
	About *string         `json:"description"`
	Due   json.RawMessage `json:"due_on"` // an instant or null
}

// due reads the date; ok is false for what is none.
func (in milestoneInput) due() (at time.Time, given, ok bool) {
	text := strings.Trim(strings.TrimSpace(string(in.Due)), `"`)
	if text == "" || text == "null" {
		return time.Time{}, text == "null", true
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true, true
		}
	}
	return time.Time{}, true, false
}

func (in milestoneInput) check(r *world.Repo, was *world.Milestone) *refusal {
	if _, _, ok := in.due(); !ok {
		return wrongValue("Milestone", "due_on", in.Due)
	}
	switch {
	case in.State != nil && *in.State != "open" && *in.State != "closed":
		return wrongValue("Milestone", "state", *in.State)
	case in.Title == nil:
		return nil
	case strings.TrimSpace(*in.Title) == "":
		return invalid(fieldError{Resource: "Milestone", Code: "missing_field", Field: "title"})
	case utf8.RuneCountInString(*in.Title) > titleLimit:
		return invalid(fieldError{Resource: "Milestone", Code: "custom", Field: "title", Message: "title is too long (maximum is 256 characters)"})
	}
	if slices.ContainsFunc(r.Stones, func(m *world.Milestone) bool { return m != was && strings.EqualFold(m.Title, *in.Title) }) {
		return invalid(fieldError{Resource: "Milestone", Code: "already_exists", Field: "title"})
	}
	return nil
}

func (in milestoneInput) into(m *world.Milestone) {
	m.Title, m.About = valueOr(in.Title, m.Title), valueOr(in.About, m.About)
	if in.State != nil {
		m.Closed = *in.State == "closed"
	}
	if at, said, _ := in.due(); said {
		m.Due = at
	}
}

func createMilestone(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	var in milestoneInput
	switch wrong := c.decode(&in); {
	case wrong != nil:
		return refused(wrong)
	case !c.reaches(world.Writer):
		return refused(notFound())
	case in.Title == nil:
		return refused(missing("title"))
	}
	if wrong := in.check(r, nil); wrong != nil {
		return refused(wrong)
	}
	var draft world.Milestone
	in.into(&draft)
	shown := c.showMilestone(r, c.s.AddMilestone(r, draft, c.me))
	return created(shown, shown.URL)
}

func editMilestone(c *call) reply {
	r, m, no := c.milestone()
	if no != nil {
		return *no
	}
	var in milestoneInput
	switch wrong := c.decode(&in); {
	case wrong != nil:
		return refused(wrong)
	case !c.reaches(world.Writer):
		return refused(notFound())
	}
	if wrong := in.check(r, m); wrong != nil {
		return refused(wrong)
	}
	c.s.EditMilestone(r, m, c.me, in.into)
	return ok(c.showMilestone(r, m))
}

func deleteMilestone(c *call) reply {
	r, m, no := c.milestone()
	if no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(notFound())
	}
	c.s.DeleteMilestone(r, m, c.me)
	return noContent()
}

// listMilestoneLabels lists the labels of a milestone's issues.
func listMilestoneLabels(c *call) reply {
	r, m, no := c.milestone()
	if no != nil {
		return *no
	}
	var list []*world.Label
	for _, i := range r.Issues {
		if i.Milestone != m || !visible(i) {
			continue
		}
		for _, l := range i.Labels {
			if !slices.Contains(list, l) {
				list = append(list, l)
			}
		}
	}
	return c.showLabels(r, list)
}
