package refinetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"strata/internal/markup"
	"strata/internal/refine"
)

// Findings writes what was found, then every dependency with its health.
func Findings(a refine.Assessment) string {
	var b strings.Builder
	for _, f := range a.Findings {
		fmt.Fprintf(&b, "%s %s on %s", f.Rule, f.Severity, f.Item.ID)
		for _, mark := range []struct {
			set  bool
			text string
		}{{!f.Shown, "only counted"}, {!f.Speaks, "silent"}, {f.Now, "at once"}} {
			if mark.set {
				b.WriteString(", " + mark.text)
			}
		}
		fmt.Fprintf(&b, "\n  %s\n  %s\n  Next: %s\n", Plain(f.Text), Plain(f.Action), Plain(f.Next))
	}
	if len(a.Findings) == 0 {
		b.WriteString("nothing\n")
	}
	for _, c := range a.Cycles {
		keys := make([]string, len(c))
		for i, ref := range c {
			keys[i] = ref.ID
		}
		fmt.Fprintf(&b, "cycle: %s\n", strings.Join(keys, ", "))
	}
	for _, d := range a.Dependencies {
		fmt.Fprintf(&b, "%s waits for %s: %s", d.Waiting.ID, d.Blocker.ID, d.Health)
		if d.Slack != nil {
			fmt.Fprintf(&b, ", slack %d", *d.Slack)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Readiness writes every judged item with its checks.
func Readiness(a refine.Assessment) string {
	var b strings.Builder
	for _, r := range a.Readiness {
		ready := "not ready"
		if r.Ready {
			ready = "ready"
		}
		fmt.Fprintf(&b, "%s (%s) %s:", r.Item.ID, r.Horizon, ready)
		if len(r.Checks) == 0 {
			b.WriteString(" no check")
		}
		for i, id := range slices.SortedFunc(maps.Keys(r.Checks), byNumber) {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, " %s %s", id, r.Checks[id])
		}
		b.WriteString("\n")
	}
	if len(a.Readiness) == 0 {
		b.WriteString("nothing\n")
	}
	return b.String()
}

func byNumber(a, b refine.CheckID) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(string(a), string(b))
}

// Plain writes a sentence without any markup.
func Plain(p markup.Paragraph) string {
	var b strings.Builder
	for _, in := range p {
		switch in := in.(type) {
		case markup.Text:
			b.WriteString(string(in))
		case markup.Strong:
			b.WriteString(string(in))
		case markup.Mono:
			b.WriteString(string(in))
		case markup.Link:
			b.WriteString(in.Text)
		case markup.Item:
			b.WriteString(in.Key)
		}
	}
	return b.String()
}
