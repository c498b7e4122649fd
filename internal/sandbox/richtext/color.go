package richtext

import (
	"regexp"
	"strconv"
	"strings"
)

var hexColor = regexp.MustCompile(`^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)

// colorNames are the names of colours that wiki text may use.
var colorNames = map[string]string{
	"aqua": "#00ffff", "black": "#000000", "blue": "#0000ff", "brown": "#a52a2a", "cyan": "#00ffff", "fuchsia": "#ff00ff", "gold": "#ffd700",
	"gray": "#808080", "green": "#008000", "grey": "#808080", "lime": "#00ff00", "magenta": "#ff00ff", "maroon": "#800000", "navy": "#000080",
	"olive": "#808000", "orange": "#ffa500", "pink": "#ffc0cb", "purple": "#800080", "red": "#ff0000", "silver": "#c0c0c0", "teal": "#008080",
	"violet": "#ee82ee", "white": "#ffffff", "yellow": "#ffff00",
}

// color brings a colour to the form #rrggbb; empty when it is none.
func color(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if name := colorNames[text]; name != "" {
		return name
	}
	if !hexColor.MatchString(text) {
		return ""
	}
	if len(text) == 4 {
		return "#" + strings.Repeat(text[1:2], 2) + strings.Repeat(text[2:3], 2) + strings.Repeat(text[3:4], 2)
	}
	return text
}

// panelColors are the backgrounds that Jira Cloud writes for each type of panel
// and reads back.
var panelColors = map[string]string{"info": "#deebff", "note": "#eae6ff", "success": "#e3fcef", "warning": "#fffae6", "error": "#ffebe6"}

// panelType is the type whose background is nearest; without one it is info.
func panelType(background string) string {
	have := color(background)
	if have == "" {
		return "info"
	}
	best, least := "info", 1<<30
	for _, kind := range []string{"info", "note", "success", "warning", "error"} {
		if d := distance(panelColors[kind], have); d < least {
			best, least = kind, d
		}
	}
	return best
}

func distance(a, b string) int {
	sum := 0
	for i := 1; i < 7; i += 2 {
		x, _ := strconv.ParseInt(a[i:i+2], 16, 32)
		y, _ := strconv.ParseInt(b[i:i+2], 16, 32)
		sum += int((x - y) * (x - y))
	}
	return sum
}

// statusColors are how wiki text colours the word of a status.
var statusColors = map[string]string{"neutral": "#97a0af", "purple": "#6554c0", "blue": "#00b8d9", "red": "#ff5630", "yellow": "#ff991f", "green": "#36b37e"}
