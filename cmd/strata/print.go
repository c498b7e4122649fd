package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"strata/internal/app"
	"strata/internal/cycle"
	"strata/internal/markup"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

// printReport shows a report to a person: what could not be read, then team by
// team what is found and what will be written, each with its reason.
func printReport(w io.Writer, r *cycle.Report) {
	s := screenOf(w)
	j := r.JSON()
	items := 0
	for _, c := range j.Items {
		items += c.Count
	}
	fmt.Fprintf(s, "%s: %s, %s, %s\n", s.strong(clean(j.Product)), count(items, "item", "items"),
		count(len(j.Dependencies), "unresolved dependency", "unresolved dependencies"), count(len(j.Findings), "finding", "findings"))
	for _, scope := range slices.Sorted(maps.Keys(j.Unread)) {
		fmt.Fprintf(s, "  unread: %s: %s\n", clean(scope), clean(j.Unread[scope]))
	}
	for _, tracker := range slices.Sorted(maps.Keys(r.Outside)) {
		fmt.Fprintf(s, "  unread: outside the scopes: %s: %s\n", clean(tracker), clean(r.Outside[tracker].Error()))
	}
	found, writes := findingsByTeam(s, r), writesByTeam(s, r)
	for _, team := range teamsOf(r, found, writes) {
		fmt.Fprintf(s, "\n%s\n", s.strong(clean(cmp.Or(string(team), "without a team"))))
		s.table([]string{"finding", "rule", "on", "what, and the next step"}, found[team])
		if len(found[team]) > 0 && len(writes[team]) > 0 {
			fmt.Fprintln(s)
		}
		s.table([]string{"write", "item", "kind", "held back by", "why"}, writes[team])
	}
	for _, o := range j.Outcomes {
		if o.Error != "" {
			fmt.Fprintf(s, "\nfailed: %s on %s: %s\n", o.Op, clean(o.Item), clean(o.Error))
		}
	}
	if n := len(r.Plan.Actions); !r.Wrote && n+len(r.Plan.Later) > 0 {
		fmt.Fprintf(s, "\n%s would be written now, %d held back. Nothing was written.\n", count(n, "comment", "comments"), len(r.Plan.Later))
	}
}

// teamsOf are the teams with something to show, in the config's order; what
// belongs to no team comes last.
func teamsOf(r *cycle.Report, parts ...map[work.TeamID][][]string) (teams []work.TeamID) {
	for _, t := range r.Snapshot.Teams {
		teams = append(teams, t.ID)
	}
	var more []work.TeamID
	for _, part := range parts {
		for team := range part {
			if !slices.Contains(teams, team) && !slices.Contains(more, team) {
				more = append(more, team)
			}
		}
	}
	slices.SortFunc(more, func(a, b work.TeamID) int {
		return cmp.Or(-cmp.Compare(min(len(a), 1), min(len(b), 1)), strings.Compare(string(a), string(b)))
	})
	return slices.DeleteFunc(append(teams, more...), func(team work.TeamID) bool {
		return !slices.ContainsFunc(parts, func(part map[work.TeamID][][]string) bool { return len(part[team]) > 0 })
	})
}

// findingsByTeam lists the findings of each acting team, the worst first.
func findingsByTeam(s screen, r *cycle.Report) map[work.TeamID][][]string {
	findings := slices.Clone(r.Assessment.Findings)
	slices.SortStableFunc(findings, func(a, b refine.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	rows := map[work.TeamID][][]string{}
	for i := range findings {
		f := &findings[i]
		on := ""
		if it := r.Item(f.Item); it != nil {
			on = it.Key
		}
		rows[f.Team] = append(rows[f.Team], []string{
			s.paint(f.Severity.String()), string(f.Rule), clean(on),
			clean(strings.TrimSpace(markup.PlainInline(f.Text) + " " + markup.PlainInline(f.Action))),
		})
	}
	return rows
}

// writesByTeam lists what would be written, the allowed first, with what holds the rest back.
func writesByTeam(s screen, r *cycle.Report) map[work.TeamID][][]string {
	rows := map[work.TeamID][][]string{}
	add := func(a plan.Action, held plan.Reason) {
		var team work.TeamID
		if it := r.Item(a.Identity.Item); it != nil {
			team = it.Team()
		}
		rows[team] = append(rows[team], []string{
			s.paint(string(a.Op)), clean(a.Key), string(a.Identity.Kind), string(held), a.Why,
		})
	}
	for _, a := range r.Plan.Actions {
		add(a, "")
	}
	for _, h := range r.Plan.Later {
		add(h.Action, h.Reason)
	}
	return rows
}

func printProblems(w io.Writer, problems []app.Problem) error {
	if len(problems) == 0 {
		_, err := fmt.Fprintln(w, "The config is right and the trackers agree with it.")
		return err
	}
	for _, p := range problems {
		where := p.Tracker
		if p.Scope != "" {
			where += ", scope " + p.Scope
		}
		if _, err := fmt.Fprintf(w, "%s: %s: %s\n    %s\n", p.Severity, clean(where), clean(p.Text), clean(p.Remedy)); err != nil {
			return err
		}
	}
	return nil
}

func problemsExit(err error, problems []app.Problem) error {
	if err != nil {
		return exit{exitFailed, err}
	}
	if slices.ContainsFunc(problems, app.Problem.IsFault) {
		return exit{code: exitFailed}
	}
	return nil
}

// clean keeps a tracker's text from steering the terminal.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) {
			return ' '
		}
		return r
	}, text)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
