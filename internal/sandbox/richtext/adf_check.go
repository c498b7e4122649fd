package richtext

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check says what is wrong with a document, and where; nil when Jira takes it.
func Check(raw []byte) error {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return fmt.Errorf("the document is no JSON: %w", err)
	}
	doc, ok := v.(map[string]any)
	if !ok {
		return errors.New("the document must be an object of type doc")
	}
	if doc["type"] != "doc" {
		return errors.New(`the document's type must be "doc"`)
	}
	if doc["version"] != 1.0 {
		return errors.New("the document's version must be 1")
	}
	delete(doc, "version")
	return check(doc, "doc", []kin{{}})
}

// FromADF reads a document; an error names what is wrong and where.
func FromADF(raw []byte) (Document, error) {
	if err := Check(raw); err != nil {
		return Document{}, err
	}
	var d Document
	if err := json.Unmarshal(raw, &d); err != nil {
		return Document{}, fmt.Errorf("read the document: %w", err)
	}
	return d, nil
}

// check judges a node at a place, with the groups of marks that may stand on it.
func check(n map[string]any, at string, groups []kin) error {
	name, _ := n["type"].(string)
	s, ok := specs[name]
	if !ok {
		return fmt.Errorf("%s: there is no node of type %q", at, name)
	}
	if err := keys(n, s, at); err != nil {
		return err
	}
	if err := checkAttrs(n, s, at); err != nil {
		return err
	}
	if err := checkMarks(n, at, groups); err != nil {
		return err
	}
	if name == "text" {
		if t, _ := n["text"].(string); t == "" {
			return fmt.Errorf("%s: a text may not be empty", at)
		}
	}
	return content(n, s, at)
}

// keys refuses members that a node may not have.
func keys(n map[string]any, s spec, at string) error {
	for k := range n {
		allowed := k == "type" || k == "attrs" && !s.noAttrs || k == "content" && s.children != nil || k == "marks" && s.marks || k == "text" && n["type"] == "text"
		if !allowed && !s.extra {
			return fmt.Errorf("%s: %v may not have %q", at, n["type"], k)
		}
	}
	return nil
}

func checkAttrs(n map[string]any, s spec, at string) error {
	v, there := n["attrs"]
	if !there {
		if s.bare || s.noAttrs {
			return nil
		}
		return fmt.Errorf("%s: %v needs attrs", at, n["type"])
	}
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: attrs must be an object", at)
	}
	var err error
	for _, a := range s.attrs {
		if err = a.fits(m); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%s: %v: %w", at, n["type"], err)
}

func (a attrs) fits(m map[string]any) error {
	for k, v := range m {
		want := a[k]
		if want == nil {
			want = a[k+"!"]
		}
		if want == nil {
			return fmt.Errorf("there is no attribute %q", k)
		}
		if !want(v) {
			return fmt.Errorf("the attribute %q cannot be %s", k, brief(v))
		}
	}
	for k := range a {
		if name, must := strings.CutSuffix(k, "!"); must {
			if _, there := m[name]; !there {
				return fmt.Errorf("the attribute %q is missing", name)
			}
		}
	}
	return nil
}

func brief(v any) string {
	b, err := json.Marshal(v)
	if err != nil || len(b) > 40 {
		return "this value"
	}
	return string(b)
}

func checkMarks(n map[string]any, at string, groups []kin) error {
	v, there := n["marks"]
	if !there {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		return fmt.Errorf("%s: marks must be a list", at)
	}
	var types []string
	for _, item := range list {
		m, _ := item.(map[string]any)
		name, _ := m["type"].(string)
		if err := checkMark(m, name); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		types = append(types, name)
	}
	for _, g := range groups {
		if !slices.ContainsFunc(types, func(t string) bool { return !g[t] }) {
			return nil
		}
	}
	return fmt.Errorf("%s: the marks %s cannot stand together on %v here", at, strings.Join(types, ", "), n["type"])
}

func checkMark(m map[string]any, name string) error {
	want, ok := markAttrs[name]
	if !ok {
		return fmt.Errorf("there is no mark of type %q", name)
	}
	for k := range m {
		if k != "type" && (k != "attrs" || want == nil) {
			return fmt.Errorf("the mark %s may not have %q", name, k)
		}
	}
	if want == nil {
		return nil
	}
	a, ok := m["attrs"].(map[string]any)
	if !ok {
		return fmt.Errorf("the mark %s needs attrs", name)
	}
	if err := want.fits(a); err != nil {
		return fmt.Errorf("the mark %s: %w", name, err)
	}
	return nil
}

func content(n map[string]any, s spec, at string) error {
	v, there := n["content"]
	if s.children == nil {
		return nil
	}
	if !there {
		if s.open {
			return nil
		}
		return fmt.Errorf("%s: %v needs content", at, n["type"])
	}
	list, ok := v.([]any)
	if !ok {
		return fmt.Errorf("%s: content must be a list", at)
	}
	if len(list) < s.least || s.most > 0 && len(list) > s.most {
		return fmt.Errorf("%s: %v may not have %d children", at, n["type"], len(list))
	}
	for i, item := range list {
		place := fmt.Sprintf("%s.content[%d]", at, i)
		child, ok := item.(map[string]any)
		if !ok {
			return fmt.Errorf("%s: a node must be an object", place)
		}
		name, _ := child["type"].(string)
		groups, ok := s.children[name]
		if !ok || s.order != nil && s.order[i] != name {
			return fmt.Errorf("%s: %q may not stand in %v", place, name, n["type"])
		}
		if err := check(child, place, groups); err != nil {
			return err
		}
	}
	return nil
}
