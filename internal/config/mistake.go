package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is one thing in the file that cannot be meant.
type Mistake struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"` // 0: the file as a whole
	// Path is the field: "products[0].teams[1].planning". Empty for the file as a whole.
	Path string `json:"path,omitempty"`
	Text string `json:"text"` // what is wrong, and what to write instead
}

// Error writes the mistake on one line: "strata.yaml:14: products[0].teams: …".
func (m Mistake) Error() string {
	var b strings.Builder
	b.WriteString(m.File)
	if m.Line > 0 {
		fmt.Fprintf(&b, ":%d", m.Line)
	}
	b.WriteString(": ")
	if m.Path != "" {
		b.WriteString(m.Path + ": ")
	}
	b.WriteString(m.Text)
	return b.String()
}

// Mistakes is every mistake of a file at once, by line.
type Mistakes []Mistake

// Error writes one mistake a line.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.Error()
	}
	return strings.Join(lines, "\n")
}

// sorted returns the mistakes by line, each once.
func (ms Mistakes) sorted() Mistakes {
	slices.SortFunc(ms, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(ms)
}
