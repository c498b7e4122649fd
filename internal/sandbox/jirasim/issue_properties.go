package jirasim

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// checkProperty holds Jira's limits: a key of 255 characters, a value of
// 32,768, and the value is JSON.
func checkProperty(key string, value json.RawMessage) error {
	switch {
	case key == "" || utf8.RuneCountInString(key) > 255:
		return refuse(http.StatusBadRequest, "The property key must be between 1 and 255 characters.")
	case len(value) == 0:
		return refuse(http.StatusBadRequest, "The property value cannot be empty.")
	case utf8.RuneCount(value) > 32768:
		return refuse(http.StatusBadRequest, "The property value cannot exceed 32768 characters.")
	case !json.Valid(value):
		return refuse(http.StatusBadRequest, "The property value must be a valid JSON.")
	}
	return nil
}

// propertyKeys lists keys with the addresses of their values.
func (c *call) propertyKeys(props map[string]json.RawMessage, path string, args ...any) obj {
	list := []obj{}
	for _, k := range sortedKeys(props) {
		list = append(list, obj{"key": k, "self": c.self(path, args...) + "/" + k})
	}
	return obj{"keys": list}
}

func noProperty(key string) error {
	return refuse(http.StatusNotFound, "The property with key '"+key+"' does not exist.")
}

// value is the value that a request gives to a property.
func (c *call) value() (json.RawMessage, error) {
	value, err := io.ReadAll(c.Body)
	if err != nil {
		return nil, err
	}
	return value, checkProperty(c.PathValue("key"), value)
}

func listIssueProperties(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return c.propertyKeys(i.Rare().Properties, "issue/%d/properties", i.ID), nil
	})
}

func getIssueProperty(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		v, ok := i.Rare().Properties[c.PathValue("key")]
		if !ok {
			return nil, noProperty(c.PathValue("key"))
		}
		return obj{"key": c.PathValue("key"), "value": v}, nil
	})
}

// setIssueProperty answers 201 for a new one and 200 for one that was there.
func setIssueProperty(c *call) error {
	value, err := c.value()
	if err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toEdit)
		if err != nil {
			return 0, nil, err
		}
		_, had := i.Rare().Properties[c.PathValue("key")]
		st.SetIssueProperty(i, c.PathValue("key"), value, c.user)
		if had {
			return http.StatusOK, nil, nil
		}
		return http.StatusCreated, nil, nil
	})
}

func dropIssueProperty(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toEdit)
		if err != nil {
			return 0, nil, err
		}
		if _, had := i.Rare().Properties[c.PathValue("key")]; !had {
			return 0, nil, noProperty(c.PathValue("key"))
		}
		st.SetIssueProperty(i, c.PathValue("key"), nil, c.user)
		return http.StatusNoContent, nil, nil
	})
}
