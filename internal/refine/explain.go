package refine

import (
	"fmt"
	"strings"

	"strata/internal/work"
)

// Explain writes what a rule or a check is about: title, why, predicate, where
// it is seen, how it resolves, how to change it, and an example.
func Explain(id string, rules []Rule, checks []Check) (string, error) {
	id = strings.ToUpper(strings.TrimSpace(id))
	for i := range rules {
		if r := &rules[i]; string(r.ID) == id {
			return explainRule(r), nil
		}
	}
	for i := range checks {
		if c := &checks[i]; string(c.ID) == id {
			return explainCheck(c), nil
		}
	}
	return "", fmt.Errorf("explain %q: no such rule or check; want one of %s", id, strings.Join(known(rules, checks), ", "))
}

func known(rules []Rule, checks []Check) (ids []string) {
	for i := range rules {
		ids = append(ids, string(rules[i].ID))
	}
	for i := range checks {
		ids = append(ids, string(checks[i].ID))
	}
	return ids
}

func explainRule(r *Rule) string {
	return explanation(string(r.ID), &r.Documentation, [][2]string{
		{"Why", r.Doc},
		{"When", r.When},
		{"Severity", r.Severity},
		{"Resolves", r.Resolves},
		{"Change", change(r)},
	})
}

// change says how a rule is changed, and by whom.
func change(r *Rule) string {
	line := fmt.Sprintf("in the config, under rules.override, or under override of one product, for example\n%s: {severity: info}    # info, warning, critical or off", r.ID)
	if r.About == UnreadableBlockers {
		line = fmt.Sprintf("in the config, under rules.override, or under override of one product, for example\n%s: {severity: info, reads: 5, for: 72h}    # info, warning, critical or off", r.ID)
	}
	if teamsOwn[r.ID] {
		line += "\nThe matter is the acting team's own: it may do so for itself, under override of the team"
	}
	return line
}

func explainCheck(c *Check) string {
	layer := "the team layer: stories and their like"
	if c.Layer == work.CrossTeam {
		layer = "the cross-team layer: epics and their like"
	}
	return explanation(string(c.ID), &c.Documentation, [][2]string{
		{"Why", c.Doc},
		{"Passes", c.When},
		{"Layer", layer},
		{"Required", "by the profile " + string(leastProfile(c.ID)) + "; otherwise it is information. It never blocks anything and never flags a story by itself"},
		{"Resolves", c.Resolves},
		{"Change", fmt.Sprintf("in the config, under rules.override, for example\n%s: {severity: off}", c.ID)},
	})
}

// leastProfile returns the mildest profile that requires a check.
func leastProfile(id CheckID) Profile {
	for _, p := range []Profile{Starter, Standard} {
		if p.Requires(id) {
			return p
		}
	}
	return Strict
}

func explanation(id string, d *Documentation, parts [][2]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%s\n", id, d.Name, d.Title)
	for _, part := range parts {
		fmt.Fprintf(&b, "\n%s\n", part[0])
		for line := range strings.Lines(part[1]) {
			b.WriteString("  " + line)
		}
		b.WriteString("\n")
	}
	if d.Example != "" {
		b.WriteString("\nExample\n")
		for line := range strings.Lines(strings.TrimRight(d.Example, "\n")) {
			b.WriteString("  " + line)
		}
		b.WriteString("\n")
	}
	return b.String()
}
