package contract

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Property is what a published file says of a place in an answer.
type Property struct {
	Known    bool // the file has it
	Required bool // it may not be absent
	Nullable bool // it may be null
}

// Property looks a place in an answer up: "/issues/0/fields". It knows REST alone, and reads the file as it was published.
func (a API) Property(method, path string, status int, place string) (Property, error) {
	u, err := url.Parse(path)
	if err != nil {
		return Property{}, err
	}
	at, known := a.locate(u.EscapedPath())
	if !known {
		return Property{}, fmt.Errorf("%s is no part of %s", path, a)
	}
	d, err := at.file()
	if err != nil {
		return Property{}, err
	}
	route, _, known := d.find(method, at.path)
	if !known {
		return Property{}, nil
	}
	response := route.Operation.Responses.Status(status)
	if response == nil {
		return Property{}, nil
	}
	media := response.Value.Content.Get("application/json")
	if media == nil || media.Schema == nil {
		return Property{}, nil
	}
	var steps []string
	if place != "" {
		steps = strings.Split(strings.TrimPrefix(place, "/"), "/")
	}
	return property(media.Schema.Value, steps, true), nil
}

// property follows steps; required says whether the place that was reached must be there.
func property(s *openapi3.Schema, steps []string, required bool) (p Property) {
	if len(steps) == 0 {
		return Property{Known: true, Required: required, Nullable: nullable(s)}
	}
	name := steps[0]
	if s.Items != nil && s.Items.Value != nil {
		p = either(p, property(s.Items.Value, steps[1:], true))
	}
	if below := s.Properties[name]; below != nil {
		p = either(p, property(below.Value, steps[1:], slices.Contains(s.Required, name)))
	} else if below := s.AdditionalProperties.Schema; below != nil {
		p = either(p, property(below.Value, steps[1:], false))
	}
	for _, parts := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf} {
		for _, part := range parts {
			p = either(p, property(part.Value, steps, required))
		}
	}
	return p
}

// either joins what two descriptions of one place say: what one of them forgives is forgiven.
func either(a, b Property) Property {
	switch {
	case !a.Known:
		return b
	case !b.Known:
		return a
	}
	return Property{Known: true, Required: a.Required && b.Required, Nullable: a.Nullable || b.Nullable}
}

func nullable(s *openapi3.Schema) bool {
	if s.Nullable || s.IsEmpty() {
		return true
	}
	for _, parts := range []openapi3.SchemaRefs{s.AnyOf, s.OneOf} {
		for _, part := range parts {
			if nullable(part.Value) {
				return true
			}
		}
	}
	return false
}
