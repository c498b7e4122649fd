package jirasim

import (
	"slices"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// matchVersion knows versions by name and id, their order within a project, and
// the functions of released and unreleased ones.
func matchVersion(of func(*world.JiraIssue) []*world.Version) func(*compiler, ask) (part, error) {
	return func(k *compiler, a ask) (part, error) {
		want, err := k.versions(a)
		if err != nil {
			return part{}, err
		}
		return part{holds: func(i *world.JiraIssue) bool {
			return slices.ContainsFunc(of(i), func(v *world.Version) bool { return slices.Contains(want, v) })
		}}, nil
	}
}

// versions are those that a value means.
func (k *compiler) versions(a ask) ([]*world.Version, error) {
	if a.call() != "" {
		return k.versionsOf(a)
	}
	var out []*world.Version
	found := false
	for _, p := range k.st.Projects {
		if !k.c.seesProject(p) {
			continue
		}
		for at, v := range p.Versions {
			if !k.says(a, v.ID, v.Name) {
				continue
			}
			found = true
			switch a.op {
			case jql.Less, jql.LessEqual:
				out = append(out, p.Versions[:at]...)
			case jql.Greater, jql.GreaterEqual:
				out = append(out, p.Versions[at+1:]...)
			}
			if a.op != jql.Less && a.op != jql.Greater {
				out = append(out, v)
			}
		}
	}
	if !found {
		return nil, a.unknown()
	}
	return out, nil
}

// versionsOf answers the functions of versions, of some projects or of all.
func (k *compiler) versionsOf(a ask) ([]*world.Version, error) {
	projects := k.c.projects(k.st)
	if len(a.value.Args) > 0 {
		projects = nil
		for _, name := range a.value.Args {
			p := k.st.Project(name)
			if !k.c.seesProject(p) {
				return nil, badJQL("Could not resolve the project '%s' provided to function '%s'.", name, a.value.Text)
			}
			projects = append(projects, p)
		}
	}
	released := map[string]bool{"releasedversions": true, "latestreleasedversion": true}[a.call()]
	var out []*world.Version
	for _, p := range projects {
		for _, v := range p.Versions {
			if !v.Archived && v.Released == released {
				out = append(out, v)
			}
		}
	}
	switch a.call() {
	case "latestreleasedversion":
		return out[max(len(out)-1, 0):], nil
	case "earliestunreleasedversion":
		return out[:min(len(out), 1)], nil
	case "releasedversions", "unreleasedversions":
		return out, nil
	}
	return nil, a.unfit()
}
