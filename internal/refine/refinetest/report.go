package refinetest

import (
	"fmt"
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
		}{{!f.Shown, "only counted"}, {!f.Speaks, "silent"}, {f.Now, "at once"}, {f.Ended, "ended"}, {f.Disposition != "", answered(f)}} {
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
	for _, f := range a.Forecasts {
		fmt.Fprintf(&b, "forecast: %s %s to %s\n", f.Item.ID, f.Window.Start.Short(f.Window.End), f.Window.End.Short(f.Window.End))
	}
	for _, n := range a.Bottlenecks {
		fmt.Fprintf(&b, "bottleneck: %s, %d of %d\n", n.Team, n.Blocks, n.Of)
	}
	for _, d := range a.Demoted {
		fmt.Fprintf(&b, "demoted: %s, %d of %d answers say wrong\n", d.Rule, d.Wrong, d.Answers)
	}
	for _, id := range a.Trial {
		fmt.Fprintf(&b, "on trial: %s\n", id)
	}
	return b.String()
}

func answered(f refine.Finding) string {
	if f.Answer == nil {
		return ""
	}
	return string(f.Disposition) + " by " + f.Answer.By
}

// Readiness writes of every judged item what one check says, and whether all
// together make it ready.
func Readiness(check refine.CheckID) func(refine.Assessment) string {
	return func(a refine.Assessment) string { return readiness(a, check) }
}

func readiness(a refine.Assessment, check refine.CheckID) string {
	var b strings.Builder
	for _, r := range a.Readiness {
		ready := "not ready"
		if r.Ready {
			ready = "ready"
		}
		fmt.Fprintf(&b, "%s (%s) %s:", r.Item.ID, r.Horizon, ready)
		result, asked := r.Checks[check]
		if !asked {
			result = "not asked"
		}
		fmt.Fprintf(&b, " %s %s", check, result)
		b.WriteString("\n")
	}
	if len(a.Readiness) == 0 {
		b.WriteString("nothing\n")
	}
	return b.String()
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
