package jirasim

import (
	"encoding/json"
	"maps"
	"net/http"
	"time"

	"strata/internal/sandbox/world"
)

// merged lays what was recorded over what the world knows.
func merged(over obj, raw json.RawMessage) obj {
	var recorded map[string]any
	if json.Unmarshal(raw, &recorded) == nil {
		maps.Copy(over, recorded)
	}
	return over
}

func roleID(name string) int64 {
	for _, r := range roles {
		if r.name == name {
			return r.id
		}
	}
	return 0
}

func getComponent(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		for _, p := range c.projects(st) {
			for _, k := range p.Components {
				if id(k.ID) == c.PathValue("component") {
					return c.componentJSON(p, k), nil
				}
			}
		}
		return nil, refuse(http.StatusNotFound, "The component with id "+c.PathValue("component")+" does not exist.")
	})
}

func getVersion(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		for _, p := range c.projects(st) {
			for _, v := range p.Versions {
				if id(v.ID) == c.PathValue("version") {
					return c.versionJSON(p, v), nil
				}
			}
		}
		return nil, refuse(http.StatusNotFound, "Could not find version for id '"+c.PathValue("version")+"'")
	})
}

// createVersion makes a version of a project, for who administers it.
func createVersion(c *call) error {
	var in struct {
		Name        string      `json:"name"`
		Description string      `json:"description"`
		Project     string      `json:"project"`
		ProjectID   json.Number `json:"projectId"`
		Start       string      `json:"startDate"`
		Release     string      `json:"releaseDate"`
		Released    bool        `json:"released"`
		Archived    bool        `json:"archived"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	for name, day := range map[string]string{"startDate": in.Start, "releaseDate": in.Release} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return refuseField(name, "The date "+day+" is not valid.")
		}
	}
	return c.write(func(st *world.State) (int, any, error) {
		if in.Project == "" {
			in.Project = in.ProjectID.String()
		}
		p := st.Project(in.Project)
		switch {
		case !c.seesProject(p):
			return 0, nil, refuse(http.StatusNotFound, "No project could be found with key '"+in.Project+"'.")
		case !c.user.Administers():
			return 0, nil, refuse(http.StatusForbidden, "You must have global or project administrator rights in order to modify versions.")
		case in.Name == "":
			return 0, nil, refuseField("name", "You must specify a valid version name")
		}
		for _, v := range p.Versions {
			if v.Name == in.Name {
				return 0, nil, refuseField("name", "A version with this name already exists in this project.")
			}
		}
		v := st.VersionOf(p, in.Name)
		v.Description, v.Start, v.Release, v.Released, v.Archived = in.Description, in.Start, in.Release, in.Released, in.Archived
		return http.StatusCreated, c.versionJSON(p, v), nil
	})
}
