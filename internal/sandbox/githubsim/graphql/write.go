package graphql

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// appendLeaf writes a scalar or an enum's value as JSON.
func appendLeaf(out []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return appendText(out, v), nil
	case *string:
		return appendText(out, *v), nil
	case ID:
		return appendText(out, string(v)), nil
	case bool:
		return strconv.AppendBool(out, v), nil
	case int:
		return strconv.AppendInt(out, int64(v), 10), nil
	case int32:
		return strconv.AppendInt(out, int64(v), 10), nil
	case *int32:
		return strconv.AppendInt(out, int64(*v), 10), nil
	case Appender:
		return v.AppendJSON(out), nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return out, fmt.Errorf("write %T: %w", v, err)
	}
	return append(out, text...), nil
}

// Appender is a scalar that writes itself.
type Appender interface{ AppendJSON(out []byte) []byte }

// appendText writes a JSON string. Plain texts, which are nearly all, are copied as they are.
func appendText(out []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c > 0x7e || c == '"' || c == '\\' {
			return appendOdd(out, text)
		}
	}
	out = append(out, '"')
	out = append(out, text...)
	return append(out, '"')
}

// AppendText writes a JSON string.
func AppendText(out []byte, text string) []byte { return appendText(out, text) }

func appendOdd(out []byte, text string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return append(out, `""`...) // a string always encodes
	}
	return append(out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
