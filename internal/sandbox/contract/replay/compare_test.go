package replay

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestAnotherShapeIsTold: the comparison itself, one difference of each kind.
func TestAnotherShapeIsTold(t *testing.T) {
	yes, no := func(string) bool { return true }, func(string) bool { return false }
	for _, c := range []struct {
		name, recorded, got string
		lenient             bool // the contract lets places be absent and null, and knows more
		want                string
	}{
		{"the same", `{"a":[{"b":1},{"b":2}],"c":null}`, `{"a":[{"b":7}],"c":"x"}`, false, ""},
		{"a missing field", `{"a":1,"b":2}`, `{"a":1}`, false, "/b: missing, recorded number"},
		{"a field that may be missing", `{"a":1,"b":2}`, `{"a":1}`, true, ""},
		{"a field that only some have", `[{"a":1,"b":2},{"a":1}]`, `[{"a":1}]`, false, ""},
		{"another kind", `{"a":"1"}`, `{"a":1}`, true, "/a: number, recorded text"},
		{"another kind deep down", `{"a":[{"b":{"c":true}}]}`, `{"a":[{"b":{"c":true}},{"b":{"c":"true"}}]}`, true, "/a/*/b/c: text, recorded truth"},
		{"null", `{"a":1}`, `{"a":null}`, false, "/a: null, recorded number"},
		{"null where it may be", `{"a":1}`, `{"a":null}`, true, ""},
		{"a field that nobody knows", `{"a":1}`, `{"a":1,"b":2}`, false, "/b: neither recorded nor published"},
		{"a list for an object", `{"a":{}}`, `{"a":[]}`, true, "/a: list, recorded object"},
		{"the beginning of an answer", `{"a":1,"b":{"c":"x","d":"cut o`, `{"a":1,"b":{"c":"x","d":"whole"}}`, false, ""},
		{"the beginning of another answer", `{"a":1,"b":{"c":"x","d":"cut o`, `{"a":1,"b":{"d":"whole"}}`, false, "/b/c: missing"},
	} {
		comparison := comparison{absent: no, null: no, foreign: yes}
		if c.lenient {
			comparison.absent, comparison.null, comparison.foreign = yes, yes, no
		}
		var got any
		if err := json.Unmarshal([]byte(c.got), &got); err != nil {
			t.Fatal(err)
		}
		comparison.compare(shapeOf(beginning(c.recorded)), got, "")
		if told := strings.Join(comparison.wrong, "; "); c.want == "" && told != "" || !strings.Contains(told, c.want) {
			t.Errorf("%s: told %q, want %q in it", c.name, told, c.want)
		}
	}
}

func TestPlacesAreNamed(t *testing.T) {
	for pattern, places := range map[string][2]string{ // fits, does not
		"/a/*/b":            {"/a/0/b", "/a/b"},
		"…/issuetype/id":    {"/issues/0/fields/issuetype/id", "/issues/0/fields/type/id"},
		"/fields/custom*":   {"/fields/customfield_1", "/fields/summary"},
		"…/fields/custom*":  {"/issues/3/fields/customfield_1", "/issues/3/custom_1"},
		"…/accountId":       {"/accountId", "/account"},
		"/errors":           {"/errors", "/error"},
		"…/values/*/scope*": {"/a/values/0/scope", "/values/scope"},
	} {
		if !fits(pattern, places[0]) || fits(pattern, places[1]) {
			t.Errorf("%s: fits %s %v, %s %v", pattern, places[0], fits(pattern, places[0]), places[1], fits(pattern, places[1]))
		}
	}
}
