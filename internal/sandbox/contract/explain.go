package contract

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// explain says of the library's errors what was expected where.
func explain(in string, err error) []Mismatch {
	if err == nil {
		return nil
	}
	var found []Mismatch
	each(err, func(one error) { found = append(found, explainOne(in, one)...) })
	return found
}

// each visits the errors of a list of errors.
func each(err error, do func(error)) {
	var many openapi3.MultiError
	if errors.As(err, &many) && !isWrapped(err) {
		for _, one := range many {
			each(one, do)
		}
		return
	}
	do(err)
}

// isWrapped says that a list of errors is inside another error, which tells the place.
func isWrapped(err error) bool {
	switch err.(type) { //nolint:errorlint // only the outermost counts
	case *openapi3filter.RequestError, *openapi3filter.ResponseError, *openapi3.SchemaError:
		return true
	}
	return false
}

func explainOne(in string, err error) []Mismatch {
	var asked *openapi3filter.RequestError
	var answered *openapi3filter.ResponseError
	switch {
	case errors.As(err, &asked) && asked.Parameter != nil:
		return inside(in+" "+asked.Parameter.In, asked.Parameter.Name, asked.Reason, asked.Err)
	case errors.As(err, &asked):
		found := inside(in+" body", "", asked.Reason, asked.Err)
		if strings.Contains(err.Error(), "request body not allowed") { // some clients send one with DELETE, and the trackers pass over it
			found[0].Tolerated = true
		}
		return found
	case errors.As(err, &answered):
		if strings.Contains(answered.Reason, "status is not supported") {
			return []Mismatch{{In: in, Want: "a published status"}}
		}
		return inside(in+" body", "", answered.Reason, answered.Err)
	}
	return inside(in, "", "", err)
}

// inside looks for the places that a schema complains of.
func inside(in, place, reason string, err error) []Mismatch {
	if err == nil {
		return []Mismatch{{In: in, Place: place, Want: explained(reason)}}
	}
	var found []Mismatch
	each(err, func(one error) {
		var s *openapi3.SchemaError
		if !errors.As(one, &s) {
			found = append(found, Mismatch{In: in, Place: place, Want: explained(strings.TrimPrefix(reason+": "+one.Error(), ": "))})
			return
		}
		found = append(found, ofSchema(in, place, s)...)
	})
	return found
}

func ofSchema(in, place string, s *openapi3.SchemaError) []Mismatch {
	at := s.JSONPointer()
	here := strings.TrimSuffix(place+"/"+strings.Join(at, "/"), "/")
	if s.SchemaField == "allOf" && s.Origin != nil { // the parts of one schema: what is wrong is below
		var deeper *openapi3.SchemaError
		if errors.As(s.Origin, &deeper) {
			return ofSchema(in, here, deeper)
		}
	}
	want := s.Reason
	if value, err := json.Marshal(s.Value); err == nil && s.SchemaField != "required" {
		want += "; found " + cut(string(value), 80)
	}
	if s.Origin != nil {
		want += " (" + s.Origin.Error() + ")"
	}
	// Clients send back what they read, and the trackers pass over what nobody may set.
	tolerated := strings.HasPrefix(s.Reason, "readOnly property")
	return []Mismatch{{In: in, Place: here, Want: explained(want), Tolerated: tolerated}}
}

func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// explained keeps a message readable.
func explained(text string) string {
	const most = 300
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
