package githubsim

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

func listLabels(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	return c.showLabels(r, r.Labels)
}

func (c *call) showLabels(r *world.Repo, list []*world.Label) reply {
	return paged(c, list, func(l *world.Label) labelJSON { return c.at.label(r, l) })
}

// label finds the label of the path.
func (c *call) label() (*world.Repo, *world.Label, *reply) {
	r, no := c.repository()
	if no != nil {
		return nil, nil, no
	}
	l := r.Label(c.params["label"])
	if l == nil {
		return nil, nil, stop(refused(notFound()))
	}
	return r, l, nil
}

func getLabel(c *call) reply {
	r, l, no := c.label()
	if no != nil {
		return *no
	}
	return ok(c.at.label(r, l))
}

type labelInput struct {
	Name    *string `json:"name"`
	NewName *string `json:"new_name"`
	Color   *string `json:"color"`
	About   *string `json:"description"`
}

var labelColor = regexp.MustCompile(`^[0-9a-fA-F]{6}$`)

// Limits of GitHub's labels, in characters.
const (
	maxLabelName  = 50
	maxLabelAbout = 100
)

// check refuses a label that shall be called name, beside the one that it was (nil: a new one).
func (in labelInput) check(r *world.Repo, name string, was *world.Label) *refusal {
	switch {
	case strings.TrimSpace(name) == "":
		return invalid(fieldError{Resource: "Label", Code: "missing_field", Field: "name"})
	case utf8.RuneCountInString(name) > maxLabelName:
		return wrongValue("Label", "name", name)
	case in.Color != nil && !labelColor.MatchString(*in.Color):
		return wrongValue("Label", "color", *in.Color)
	case in.About != nil && utf8.RuneCountInString(*in.About) > maxLabelAbout:
		return invalid(fieldError{Resource: "Label", Code: "custom", Field: "description", Message: "description is too long (maximum is 100 characters)"})
	}
	if taken := r.Label(name); taken != nil && taken != was {
		return invalid(fieldError{Resource: "Label", Code: "already_exists", Field: "name"})
	}
	return nil
}

func createLabel(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(notFound())
	}
	var in labelInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	if in.Name == nil {
		return refused(missing("name"))
	}
	if wrong := in.check(r, *in.Name, nil); wrong != nil {
		return refused(wrong)
	}
	l := c.s.LabelIn(r, *in.Name)
	c.s.EditLabel(r, l, *in.Name, strings.ToLower(valueOr(in.Color, l.Color)), valueOr(in.About, ""), c.me)
	shown := c.at.label(r, l)
	return created(shown, shown.URL)
}

func editLabel(c *call) reply {
	r, l, no := c.label()
	if no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(notFound())
	}
	var in labelInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	name := valueOr(in.NewName, valueOr(in.Name, l.Name))
	if wrong := in.check(r, name, l); wrong != nil {
		return refused(wrong)
	}
	c.s.EditLabel(r, l, name, strings.ToLower(valueOr(in.Color, l.Color)), valueOr(in.About, l.About), c.me)
	return ok(c.at.label(r, l))
}

func deleteLabel(c *call) reply {
	r, l, no := c.label()
	if no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(notFound())
	}
	c.s.DeleteLabel(r, l, c.me)
	return noContent()
}

// valueOr is a value that a client may have left out.
func valueOr[T any](v *T, otherwise T) T {
	if v == nil {
		return otherwise
	}
	return *v
}

func listIssueLabels(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return c.showLabels(i.Repo, i.Labels)
}

// labelsGiven reads labels as {"labels":["a"]}, {"labels":[{"name":"a"}]} or a bare list.
func (c *call) labelsGiven() (*[]json.RawMessage, *refusal) {
	var bare []json.RawMessage
	if json.Unmarshal(c.body, &bare) == nil && bare != nil {
		return &bare, nil
	}
	var in struct {
		Labels *[]json.RawMessage `json:"labels"`
	}
	if wrong := c.decodeOptional(&in); wrong != nil {
		return nil, wrong
	}
	return in.Labels, nil
}

// triaged is issue for those who may sort issues.
func (c *call) triaged() (*world.GitHubIssue, *reply) {
	i, no := c.issue()
	if no != nil {
		return nil, no
	}
	if !c.reaches(world.Triager) {
		return nil, stop(refused(needAdmin()))
	}
	return i, nil
}

func addIssueLabels(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	names, wrong := c.labelsGiven()
	if wrong != nil {
		return refused(wrong)
	}
	labels := slices.Clone(i.Labels)
	for _, l := range c.labelsOf(i.Repo, names) {
		if !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	c.relabel(i, labels)
	return ok(c.at.labels(i.Repo, i.Labels))
}

func setIssueLabels(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	names, wrong := c.labelsGiven()
	if wrong != nil {
		return refused(wrong)
	}
	c.relabel(i, c.labelsOf(i.Repo, names))
	return ok(c.at.labels(i.Repo, i.Labels))
}

func clearIssueLabels(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	c.relabel(i, nil)
	return noContent()
}

func removeIssueLabel(c *call) reply {
	i, no := c.triaged()
	if no != nil {
		return *no
	}
	at := slices.IndexFunc(i.Labels, func(l *world.Label) bool { return strings.EqualFold(l.Name, c.params["label"]) })
	if at < 0 {
		return refused(refuse(http.StatusNotFound, "Label does not exist"))
	}
	c.relabel(i, slices.Delete(slices.Clone(i.Labels), at, at+1))
	return ok(c.at.labels(i.Repo, i.Labels))
}
