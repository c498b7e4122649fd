package jirasim

import (
	"encoding/json"
	"net/http"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// mostRemote is how many remote links an issue may have.
const mostRemote = 2000

// remoteLinks are an array, whatever the published description says; one is
// answered alone when it is asked for by its global id.
func remoteLinks(c *call) error {
	global := c.URL.Query().Get("globalId")
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		out := []any{}
		for _, l := range i.Remote {
			if global != "" && l.GlobalID == global {
				return c.remoteJSON(i, l), nil
			}
			out = append(out, c.remoteJSON(i, l))
		}
		if global != "" {
			return nil, noRemote(global)
		}
		return out, nil
	})
}

func noRemote(name string) error {
	return refuse(http.StatusNotFound, "The remote link with id '"+name+"' does not exist.")
}

// remoteWish is a remote link as a client asks for it; what is left out is null
// afterwards.
func (c *call) remoteWish() (world.RemoteLink, error) {
	var in struct {
		GlobalID     string          `json:"globalId"`
		Application  json.RawMessage `json:"application"`
		Relationship string          `json:"relationship"`
		Object       json.RawMessage `json:"object"`
	}
	if err := c.body(&in, false); err != nil {
		return world.RemoteLink{}, err
	}
	var object struct {
		URL    string `json:"url"`
		Title  string `json:"title"`
		Status struct {
			Resolved bool `json:"resolved"`
		} `json:"status"`
	}
	if clip(in.Object) == nil || json.Unmarshal(in.Object, &object) != nil {
		return world.RemoteLink{}, refuseField("object", "'object' is required.")
	}
	wrong := map[string]string{}
	if object.URL == "" {
		wrong["url"] = "'url' is required."
	}
	if object.Title == "" {
		wrong["title"] = "'title' is required."
	}
	if utf8.RuneCountInString(in.GlobalID) > 255 {
		wrong["globalId"] = "The globalId exceeds the maximum length of 255 characters."
	}
	if len(wrong) > 0 {
		return world.RemoteLink{}, &problem{status: http.StatusBadRequest, fields: wrong}
	}
	return world.RemoteLink{GlobalID: in.GlobalID, Relationship: in.Relationship, URL: object.URL, Title: object.Title, Resolved: object.Status.Resolved,
		Application: clip(in.Application), Object: clip(in.Object)}, nil
}

// addRemoteLink makes a link, or replaces the one of the same global id. Cloud
// answers 201 and 200, Data Center publishes 200 for both.
func addRemoteLink(c *call) error {
	wish, err := c.remoteWish()
	if err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.remoteWritten(st)
		if err != nil {
			return 0, nil, err
		}
		if len(i.Remote) >= mostRemote {
			return 0, nil, refuse(http.StatusRequestEntityTooLarge, "The issue has reached the limit of 2000 remote links.")
		}
		l, made := st.PutRemote(i, wish, c.user)
		status := http.StatusOK
		if made && c.s.cloud() {
			status = http.StatusCreated
		}
		return status, obj{"id": l.ID, "self": c.self("issue/%s/remotelink/%d", i.Key, l.ID)}, nil
	})
}

// remoteWritten is the issue whose remote links the asker may write: Jira
// refuses with 403.
func (c *call) remoteWritten(st *world.State) (*world.JiraIssue, error) {
	i, err := c.issue(st)
	switch {
	case err != nil:
		return nil, err
	case !c.user.MayEdit():
		return nil, refuse(http.StatusForbidden, "You do not have the permission to link this issue.")
	}
	return i, c.touch(i, toLink)
}

// remote is the remote link of the path.
func (c *call) remote(i *world.JiraIssue) (*world.RemoteLink, error) {
	for _, l := range i.Remote {
		if id(l.ID) == c.PathValue("link") {
			return l, nil
		}
	}
	return nil, noRemote(c.PathValue("link"))
}

func getRemoteLink(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		l, err := c.remote(i)
		if err != nil {
			return nil, err
		}
		return c.remoteJSON(i, l), nil
	})
}

func editRemoteLink(c *call) error {
	wish, err := c.remoteWish()
	if err != nil {
		return err
	}
	return c.changeRemote(func(st *world.State, i *world.JiraIssue, l *world.RemoteLink) { st.SetRemote(i, l, wish, c.user) })
}

func dropRemoteLink(c *call) error {
	return c.changeRemote(func(st *world.State, i *world.JiraIssue, l *world.RemoteLink) { st.DropRemote(i, l, c.user) })
}

func (c *call) changeRemote(change func(*world.State, *world.JiraIssue, *world.RemoteLink)) error {
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.remoteWritten(st)
		if err != nil {
			return 0, nil, err
		}
		l, err := c.remote(i)
		if err != nil {
			return 0, nil, err
		}
		change(st, i, l)
		return http.StatusNoContent, nil, nil
	})
}

// dropRemoteLinks removes a link by its global id.
func dropRemoteLinks(c *call) error {
	global := c.URL.Query().Get("globalId")
	if global == "" {
		return refuse(http.StatusBadRequest, "The globalId query parameter was not provided.")
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.remoteWritten(st)
		if err != nil {
			return 0, nil, err
		}
		for _, l := range i.Remote {
			if l.GlobalID == global {
				st.DropRemote(i, l, c.user)
				return http.StatusNoContent, nil, nil
			}
		}
		return 0, nil, noRemote(global)
	})
}
