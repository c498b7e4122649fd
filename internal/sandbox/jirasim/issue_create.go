package jirasim

import (
	"encoding/json"
	"net/http"

	"strata/internal/sandbox/world"
)

// createIssue makes one issue. It answers where the issue is, not what it is.
func createIssue(c *call) error {
	var in filled
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.create(st, in)
		if err != nil {
			return 0, nil, err
		}
		return http.StatusCreated, c.created(i), nil
	})
}

func (c *call) created(i *world.JiraIssue) obj {
	return obj{"id": id(i.ID), "key": i.Key, "self": c.self("issue/%d", i.ID)}
}

// create reads the whole form before it makes anything.
func (c *call) create(st *world.State, in filled) (*world.JiraIssue, error) {
	f := c.form(st, nil, in)
	f.where()
	if _, given := in.Fields["summary"]; !given {
		f.wrong("summary", "You must specify a summary of the issue.")
	}
	if f.project == nil || f.kind == nil {
		return nil, f.refusal()
	}
	for _, p := range in.Properties {
		if err := checkProperty(p.Key, p.Value); err != nil {
			return nil, err
		}
	}
	if !c.user.MayEdit() {
		return nil, refuse(http.StatusBadRequest, "You do not have permission to create issues in this project.")
	}
	if _, below := in.Fields["parent"]; f.kind.Subtask && !below {
		f.wrong("issuetype", "Issue type is a sub-task but parent issue key or id not specified.")
	}
	if err := f.read(); err != nil {
		return nil, err
	}
	return c.make(st, f, in.Properties), nil
}

// make writes the issue, and then what is said of it: a history begins with the
// second thing that happens to an issue.
func (c *call) make(st *world.State, f *form, props []property) *world.JiraIssue {
	draft := &world.JiraIssue{Project: f.project, Type: f.kind, Reporter: c.user, Priority: st.UsualPriority()}
	f.apply(st.Draft(draft))
	i := st.CreateIssue(f.project, *draft, c.user)
	for _, p := range props {
		st.SetIssueProperty(i, p.Key, p.Value, c.user)
	}
	st.Told(i, "create", c.user, i.Summary)
	f.finish(i)
	return i
}

// where finds the project and the type, without which nothing else can be read.
func (f *form) where() {
	raw, given := f.fields["project"]
	r, err := readRef("project", raw)
	switch p := f.st.Project(r.says()); {
	case !given || err != nil || r.empty():
		f.wrong("project", f.c.either("Specify a valid project ID or key", "project is required"))
	case !f.c.seesProject(p):
		f.wrong("project", f.c.either("Specify a valid project ID or key", "valid project is required"))
	default:
		f.project = p
	}
	raw, given = f.fields["issuetype"]
	if !given {
		f.wrong("issuetype", f.c.either("Specify an issue type", "issue type is required"))
	} else if _, err := readType(f, "issuetype", raw); err != nil {
		f.wrong("issuetype", messageOf(err, "issuetype"))
	}
	fields := map[string]json.RawMessage{}
	for name, value := range f.fields {
		if name != "project" && name != "issuetype" {
			fields[name] = value
		}
	}
	f.fields = fields
}

// either is Cloud's word, or Data Center's.
func (c *call) either(cloud, dc string) string {
	if c.s.cloud() {
		return cloud
	}
	return dc
}

// createIssues makes up to 50 issues; those with mistakes are told, the others
// are made.
func createIssues(c *call) error {
	var in struct {
		Updates []filled `json:"issueUpdates"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	if len(in.Updates) == 0 || len(in.Updates) > 50 {
		return refuse(http.StatusBadRequest, "issueUpdates: between 1 and 50 issues can be created at once.")
	}
	return c.write(func(st *world.State) (int, any, error) {
		made, wrong := []obj{}, []obj{}
		for n, one := range in.Updates {
			i, err := c.create(st, one)
			if err == nil {
				made = append(made, c.created(i))
				continue
			}
			p, ok := err.(*problem) //nolint:errorlint // made here, and never wrapped
			if !ok {
				return 0, nil, err
			}
			errs := obj{"errorMessages": append([]string{}, p.messages...), "errors": map[string]string{}}
			if p.fields != nil {
				errs["errors"] = p.fields
			}
			wrong = append(wrong, obj{"status": p.status, "elementErrors": errs, "failedElementNumber": n})
		}
		status := http.StatusCreated
		if len(made) == 0 {
			status = http.StatusBadRequest
		}
		return status, obj{"issues": made, "errors": wrong}, nil
	})
}
