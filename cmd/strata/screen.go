package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// screen is where a person reads. Only a terminal has colours and a width; what
// goes into a file or a pipe is plain and never cut.
type screen struct {
	io.Writer
	colours bool
	width   int // columns; 0 is without bound
}

// NO_COLOR and a dumb terminal switch colours off, as other programs understand them.
func screenOf(w io.Writer) screen {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return screen{Writer: w}
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		width = 0
	}
	_, plain := os.LookupEnv("NO_COLOR")
	return screen{Writer: w, width: width, colours: !plain && os.Getenv("TERM") != "dumb"}
}

// paint colours a word by what it says; words without a colour stay as they are.
func (s screen) paint(word string) string {
	colour, ok := palette[word]
	if !s.colours || !ok {
		return word
	}
	return text.Colors{colour}.EscapeSeq() + word + text.Reset.EscapeSeq()
}

// strong makes a heading stand out.
func (s screen) strong(words string) string {
	if !s.colours {
		return words
	}
	return text.Bold.EscapeSeq() + words + text.Reset.EscapeSeq()
}

var palette = map[string]text.Color{
	"critical": text.FgHiRed, "warning": text.FgYellow, "info": text.FgCyan,
	"off_track": text.FgHiRed, "at_risk": text.FgYellow, "healthy": text.FgGreen,
	"fail": text.FgYellow, "pass": text.FgGreen, "waived": text.FgCyan, "n/a": text.FgHiBlack,
	"post": text.FgGreen, "edit": text.FgCyan, "fold": text.FgMagenta, "unfold": text.FgMagenta, "erase": text.FgHiRed,
}

// leastWords is the narrowest that a column of sentences becomes, in columns.
const leastWords = 30

// table draws rows under their heads; the last column holds sentences and takes
// what room is left.
func (s screen) table(head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.Options{}
	t.Style().Box.PaddingLeft = ""
	t.Style().Box.PaddingRight = "  "
	t.Style().Format.Header = text.FormatUpper
	taken := 0
	for column := range head[:len(head)-1] {
		widest := len(head[column])
		for _, row := range rows {
			widest = max(widest, text.StringWidthWithoutEscSequences(row[column]))
		}
		taken += widest + 2
	}
	if s.width > 0 {
		t.SetColumnConfigs([]table.ColumnConfig{{
			Number: len(head), WidthMax: max(leastWords, s.width-taken-2), WidthMaxEnforcer: text.WrapSoft,
		}})
	}
	t.AppendHeader(rowOf(head))
	for _, row := range rows {
		t.AppendRow(rowOf(row))
	}
	for line := range strings.Lines(t.Render()) {
		fmt.Fprintln(s, strings.TrimRight(line, " \n"))
	}
}

func rowOf(cells []string) table.Row {
	row := make(table.Row, len(cells))
	for i, c := range cells {
		row[i] = c
	}
	return row
}
