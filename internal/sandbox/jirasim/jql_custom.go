package jirasim

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// customField is a field that the world gives no meaning to: what was recorded or
// set is compared as a number, a text, or the names and ids of the objects it
// holds.
func customField(ids []string) jqlField {
	values := func(i *world.JiraIssue) []string {
		var out []string
		for _, id := range ids {
			if raw, ok := i.Value(id); ok {
				out = append(out, plainValues(raw)...)
			}
		}
		return out
	}
	return jqlField{
		ops:     opsAll + "~|!~|",
		empty:   func(i *world.JiraIssue) bool { return len(values(i)) == 0 },
		compare: by(func(i *world.JiraIssue) string { return strings.Join(values(i), " ") }),
		match: func(k *compiler, a ask) (part, error) {
			if strings.Contains(string(a.op), "~") {
				return matchText(func(_ *call, i *world.JiraIssue) []string { return values(i) })(k, a)
			}
			if a.call() != "" {
				return part{}, a.unfit()
			}
			want := a.value.Value()
			return part{holds: func(i *world.JiraIssue) bool {
				return slices.ContainsFunc(values(i), func(have string) bool { return ordered(a.op, compareValues(have, want)) })
			}}, nil
		},
	}
}

// compareValues compares as numbers where both are, else as texts without case.
func compareValues(a, b string) int {
	x, err := strconv.ParseFloat(a, 64)
	y, wrong := strconv.ParseFloat(b, 64)
	if err == nil && wrong == nil {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
}

// plainValues are the texts that a recorded value goes by.
func plainValues(raw json.RawMessage) []string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	return valuesOf(v)
}

func valuesOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case float64:
		return []string{strconv.FormatFloat(v, 'f', -1, 64)}
	case bool:
		return []string{strconv.FormatBool(v)}
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, valuesOf(one)...)
		}
		return out
	case map[string]any:
		var out []string
		for _, key := range []string{"value", "name", "displayName", "key", "id", "accountId"} {
			if text, ok := v[key].(string); ok {
				out = append(out, text)
			}
		}
		return out
	}
	return nil
}
