package jirasim

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"strata/internal/sandbox/world"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// checkProperty holds Jira's limits: a key of 255 characters, a value of
// 32,768, and the value is JSON.
func checkProperty(key string, value json.RawMessage) error {
	switch {
	case key == "" || len(key) > 255:
		return refuse(http.StatusBadRequest, "The property key must be between 1 and 255 characters.")
	case len(value) > 32768:
		return refuse(http.StatusBadRequest, "The property value cannot exceed 32768 characters.")
	case !json.Valid(value):
		return refuse(http.StatusBadRequest, "The property value must be a valid JSON.")
	}
	return nil
}

// noted finds the comment of a property path, wherever it stands.
func (c *call) noted(st *world.State) (*world.JiraIssue, *world.Comment, error) {
	n, _ := strconv.ParseInt(c.PathValue("comment"), 10, 64)
	it, m := st.Comment(world.Jira, n)
	if i, ok := it.(*world.JiraIssue); ok && c.sees(i) {
		return i, m, nil
	}
	return nil, nil, refuse(http.StatusNotFound, "The comment with the id '"+c.PathValue("comment")+"' does not exist.")
}

func listProperties(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		_, m, err := c.noted(st)
		if err != nil {
			return nil, err
		}
		list := []obj{}
		for _, k := range sortedKeys(m.Properties) {
			list = append(list, obj{"key": k, "self": c.self("comment/%d/properties/%s", m.ID, k)})
		}
		return obj{"keys": list}, nil
	})
}

func getProperty(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		_, m, err := c.noted(st)
		if err != nil {
			return nil, err
		}
		v, ok := m.Properties[c.PathValue("key")]
		if !ok {
			return nil, refuse(http.StatusNotFound, "The property with key '"+c.PathValue("key")+"' does not exist.")
		}
		return obj{"key": c.PathValue("key"), "value": v}, nil
	})
}

func setProperty(c *call) error {
	value, err := io.ReadAll(c.Body)
	if err != nil {
		return err
	}
	if err := checkProperty(c.PathValue("key"), value); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		if err := c.needsUser(); err != nil {
			return 0, nil, err
		}
		i, m, err := c.noted(st)
		if err != nil {
			return 0, nil, err
		}
		if m.Author != c.user {
			return 0, nil, refuse(http.StatusForbidden, "You do not have the permission to edit this comment.")
		}
		_, had := m.Properties[c.PathValue("key")]
		st.SetProperty(i, m, c.PathValue("key"), value, c.user)
		if had {
			return http.StatusOK, nil, nil
		}
		return http.StatusCreated, nil, nil
	})
}

func dropProperty(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		if err := c.needsUser(); err != nil {
			return 0, nil, err
		}
		i, m, err := c.noted(st)
		if err != nil {
			return 0, nil, err
		}
		if _, had := m.Properties[c.PathValue("key")]; !had {
			return 0, nil, refuse(http.StatusNotFound, "The property with key '"+c.PathValue("key")+"' does not exist.")
		}
		st.SetProperty(i, m, c.PathValue("key"), nil, c.user)
		return http.StatusNoContent, nil, nil
	})
}
