package jirasim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// obj is a JSON object; its keys come out sorted.
type obj = map[string]any

func id(n int64) string { return strconv.FormatInt(n, 10) }

// members are a JSON object that is being written, member by member. Pages of a
// hundred issues with every field are written by hand, because the library takes
// ten times as long for maps.
type members struct{ b []byte }

func (m *members) name(name string) {
	if len(m.b) == 0 {
		m.b = append(m.b, '{')
	} else {
		m.b = append(m.b, ',')
	}
	m.b = append(m.b, '"')
	m.b = append(m.b, name...) // names are ours, or were JSON before
	m.b = append(m.b, '"', ':')
}

// add writes a member.
func (m *members) add(name string, v any) {
	m.name(name)
	m.b = appendJSON(m.b, v)
}

// end closes the object.
func (m *members) end() json.RawMessage {
	if len(m.b) == 0 {
		return json.RawMessage("{}")
	}
	return append(m.b, '}')
}

func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case string:
		return appendText(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case json.RawMessage:
		if v == nil {
			return append(b, "null"...)
		}
		return append(b, v...)
	case float64:
		return appendNumber(b, v)
	case []json.RawMessage:
		return appendList(b, v)
	case []string:
		b = append(b, '[')
		for n, text := range v {
			if n > 0 {
				b = append(b, ',')
			}
			b = appendText(b, text)
		}
		return append(b, ']')
	}
	raw, err := encode(v)
	if err != nil { // a value of ours that is no JSON is a mistake of ours
		panic(err)
	}
	return append(b, raw...)
}

func appendNumber(b []byte, v float64) []byte {
	if whole := int64(v); float64(whole) == v {
		return append(strconv.AppendInt(b, whole, 10), ".0"...) // as Java writes it
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

func appendList(b []byte, list []json.RawMessage) []byte {
	b = append(b, '[')
	for n, raw := range list {
		if n > 0 {
			b = append(b, ',')
		}
		b = append(b, raw...)
	}
	return append(b, ']')
}

// appendText writes a string. What needs no escape is copied.
func appendText(b []byte, s string) []byte {
	ascii := true
	for n := range len(s) {
		c := s[n]
		if c < 0x20 || c == '"' || c == '\\' {
			return appendEscaped(b, s)
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if !ascii && !utf8.ValidString(s) {
		return appendEscaped(b, s)
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func appendEscaped(b []byte, s string) []byte {
	raw, _ := encode(s) // a string is always JSON
	return append(b, raw...)
}

func encode(v any) (json.RawMessage, error) {
	if raw, ok := v.(json.RawMessage); ok {
		return raw, nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// once renders a thing that stands on many issues a single time for a request:
// a status, a person, a project.
func (c *call) once(kind string, thing any, render func() any) json.RawMessage {
	key := memory{kind, thing}
	if known, ok := c.memory[key]; ok {
		return known
	}
	if c.memory == nil {
		c.memory = map[memory]json.RawMessage{}
	}
	raw := json.RawMessage(appendJSON(nil, render()))
	c.memory[key] = raw
	return raw
}

// memory names what was rendered already, and as what.
type memory struct {
	kind  string
	thing any
}

// self is the address of something of the platform API.
func (c *call) self(path string, args ...any) string {
	version := "2"
	if c.version == 3 {
		version = "3"
	}
	return c.base + "/rest/api/" + version + "/" + fmt.Sprintf(path, args...)
}

// each renders a list.
func each[T any](list []T, f func(T) any) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}
