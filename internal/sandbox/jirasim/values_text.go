package jirasim

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

func readSummary(_ *form, name string, raw json.RawMessage) (setter, error) {
	var text *string
	if json.Unmarshal(raw, &text) != nil {
		return nil, refuseField(name, "Operation value must be a string")
	}
	switch {
	case text == nil || strings.TrimSpace(*text) == "":
		return nil, refuseField(name, "You must specify a summary of the issue.")
	case utf8.RuneCountInString(*text) > 255:
		return nil, refuseField(name, "Summary must be less than 255 characters.")
	case strings.ContainsAny(*text, "\r\n"):
		return nil, refuseField(name, "The summary is invalid because it contains newline characters.")
	}
	return func(e *world.Edit) { e.Summary(*text) }, nil
}

func readDescription(f *form, name string, raw json.RawMessage) (setter, error) {
	text, err := f.c.wiki(name, raw)
	return func(e *world.Edit) { e.Description(text) }, err
}

func readEnvironment(f *form, name string, raw json.RawMessage) (setter, error) {
	text, err := f.c.wiki(name, raw)
	return func(e *world.Edit) { e.Environment(text) }, err
}

func readDue(_ *form, name string, raw json.RawMessage) (setter, error) {
	var day *string
	if json.Unmarshal(raw, &day) != nil {
		return nil, refuseField(name, "Operation value must be a string")
	}
	if day == nil || *day == "" {
		return func(e *world.Edit) { e.Due("") }, nil
	}
	if _, err := time.Parse(time.DateOnly, *day); err != nil {
		return nil, refuseField(name, "Error parsing date string: "+*day)
	}
	return func(e *world.Edit) { e.Due(*day) }, nil
}

func readPoints(_ *form, name string, raw json.RawMessage) (setter, error) {
	var points *float64
	if json.Unmarshal(raw, &points) != nil {
		return nil, refuseField(name, "Operation value must be a number")
	}
	return func(e *world.Edit) { e.Points(points) }, nil
}

// readTeam takes a team's id, or its name.
func readTeam(f *form, name string, raw json.RawMessage) (setter, error) {
	text := word(raw)
	var object struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	if json.Unmarshal(raw, &object) == nil && object.ID+object.Name != "" {
		if text = object.ID; text == "" {
			text = object.Name
		}
	}
	if text == "" {
		return func(e *world.Edit) { e.Team("") }, nil
	}
	for _, i := range f.st.Jira {
		if i.Team != "" && (strings.EqualFold(i.Team, text) || strings.EqualFold("team-"+i.Team, text)) {
			return func(e *world.Edit) { e.Team(i.Team) }, nil
		}
	}
	return nil, refuseField(name, "Team with id '"+text+"' does not exist.")
}

func readLabels(f *form, name string, raw json.RawMessage) (setter, error) {
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		return nil, refuseField(name, "data was not an array")
	}
	return f.labels(name, list)
}

// labels are words of at most 255 characters, each once.
func (f *form) labels(name string, list []string) (setter, error) {
	kept := []string{}
	for _, label := range list {
		switch {
		case strings.ContainsAny(label, " \t\n"):
			return nil, refuseField(name, "The label '"+label+"' contains spaces which is invalid.")
		case utf8.RuneCountInString(label) > 255:
			return nil, refuseField(name, "The label '"+label+"' exceeds the maximum length of 255 characters.")
		case label != "" && !slices.Contains(kept, label):
			kept = append(kept, label)
		}
	}
	return func(e *world.Edit) { e.Labels(kept) }, nil
}
