package jirasim

import (
	"encoding/json"
	"strings"

	"strata/internal/sandbox/world"
)

// ref names something by id, key or name. Clients send one of them.
type ref struct {
	ID    json.RawMessage `json:"id"`
	Key   string          `json:"key"`
	Name  string          `json:"name"`
	Value string          `json:"value"`
	Set   string          `json:"set"`
}

// readRef reads {"id":…}, {"key":…} or {"name":…}; null and {} name nothing.
func readRef(field string, raw json.RawMessage) (ref, error) {
	var r ref
	if string(raw) != "null" && json.Unmarshal(raw, &r) != nil {
		return r, refuseField(field, "data was not an object")
	}
	return r, nil
}

func (r ref) empty() bool { return r.Key == "" && r.Name == "" && word(r.ID) == "" }

func (r ref) says() string {
	switch {
	case r.Name != "":
		return r.Name
	case r.Key != "":
		return r.Key
	}
	return word(r.ID)
}

// fits says whether the ref means a thing.
func (r ref) fits(n int64, name string) bool {
	if got := word(r.ID); got != "" {
		return got == id(n)
	}
	return r.Name != "" && strings.EqualFold(r.Name, name)
}

func readType(f *form, name string, raw json.RawMessage) (setter, error) {
	r, err := readRef(name, raw)
	if err != nil {
		return nil, err
	}
	for _, t := range f.st.Types {
		if r.fits(t.ID, t.Name) {
			f.kind = t
			return func(e *world.Edit) { e.Type(t) }, nil
		}
	}
	return nil, refuseField(name, "The issue type selected is invalid.")
}

func readPriority(f *form, name string, raw json.RawMessage) (setter, error) {
	r, err := readRef(name, raw)
	if err != nil {
		return nil, err
	}
	if r.empty() {
		return nil, nil // Jira keeps the one it has
	}
	for _, p := range f.st.Priorities {
		if r.fits(p.ID, p.Name) {
			return func(e *world.Edit) { e.Priority(p) }, nil
		}
	}
	return nil, refuseField(name, "The priority selected is invalid.")
}

// readResolution is on the screen of the transitions that close.
func readResolution(f *form, name string, raw json.RawMessage) (setter, error) {
	if !f.closing {
		return nil, refuseField(name, notOnScreen(name))
	}
	r, err := readRef(name, raw)
	if err != nil {
		return nil, err
	}
	for _, known := range f.st.Resolutions {
		if r.fits(known.ID, known.Name) {
			return func(e *world.Edit) { e.Resolution(known) }, nil
		}
	}
	return nil, refuseField(name, "The resolution selected is invalid.")
}

func readSecurity(f *form, name string, raw json.RawMessage) (setter, error) {
	r, err := readRef(name, raw)
	if err != nil {
		return nil, err
	}
	if r.empty() {
		return func(e *world.Edit) { e.Security(nil) }, nil
	}
	if f.project != nil {
		for _, l := range f.project.Levels {
			if r.fits(l.ID, l.Name) {
				return func(e *world.Edit) { e.Security(l) }, nil
			}
		}
	}
	return nil, refuseField(name, "The security level selected is invalid.")
}

func readAssignee(f *form, name string, raw json.RawMessage) (setter, error) {
	u, err := f.person(name, raw)
	if err == nil && u != nil && !assignable(u) {
		err = refuseField(name, "User '"+f.c.nameOf(u)+"' cannot be assigned issues.")
	}
	return func(e *world.Edit) { e.Assignee(u) }, err
}

func readReporter(f *form, name string, raw json.RawMessage) (setter, error) {
	u, err := f.person(name, raw)
	if err == nil && u == nil {
		return nil, refuseField(name, "Reporter is required.")
	}
	return func(e *world.Edit) { e.Reporter(u) }, err
}

// automatic is the name of whom Jira assigns by itself.
const automatic = "-1"

// person reads {"accountId":…} as on Cloud, {"name":…} or {"key":…} as on Data
// Center. Nobody is null, or an empty name.
func (f *form) person(field string, raw json.RawMessage) (*world.User, error) {
	var in struct {
		AccountID *string `json:"accountId"`
		ID        *string `json:"id"`
		Name      *string `json:"name"`
		Key       *string `json:"key"`
	}
	if string(raw) == "null" {
		return nil, nil
	}
	if json.Unmarshal(raw, &in) != nil {
		return nil, refuseField(field, "data was not an object")
	}
	for _, name := range []*string{in.AccountID, in.ID, in.Name, in.Key} {
		if name != nil {
			return f.c.someone(f.st, f.project, field, *name)
		}
	}
	if f.c.s.cloud() {
		return nil, refuseField(field, "expected Object containing an \"accountId\" property")
	}
	return nil, refuseField(field, "expected Object containing a \"name\" property")
}

// someone finds a user by the name that a client gave.
func (c *call) someone(st *world.State, p *world.Project, field, name string) (*world.User, error) {
	switch name {
	case "":
		return nil, nil
	case automatic:
		if p != nil {
			return p.Lead, nil
		}
		return nil, nil
	}
	if u := st.User(name); u != nil {
		return u, nil
	}
	return nil, refuseField(field, "User '"+name+"' does not exist.")
}

// nameOf is what the flavour calls a user.
func (c *call) nameOf(u *world.User) string {
	if c.s.cloud() {
		return accountOf(u)
	}
	return loginOf(u)
}

func assignable(u *world.User) bool { return !u.Inactive && u.Kind != "Organization" && u.MayEdit() }
