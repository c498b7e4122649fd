package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"strata/internal/app"
	"strata/internal/cycle"
	"strata/internal/plan"
)

// printReport shows a report to a person: what is open, what is wrong, what will be said.
func printReport(w io.Writer, r *cycle.Report) error {
	j := r.JSON()
	items := 0
	for _, c := range j.Items {
		items += c.Count
	}
	fmt.Fprintf(w, "%s: %s, %s, %s\n", clean(j.Product), count(items, "item", "items"),
		count(len(j.Dependencies), "unresolved dependency", "unresolved dependencies"), count(len(j.Findings), "finding", "findings"))
	for _, scope := range slices.Sorted(maps.Keys(j.Unread)) {
		fmt.Fprintf(w, "  unread: %s: %s\n", clean(scope), clean(j.Unread[scope]))
	}
	for _, tracker := range slices.Sorted(maps.Keys(r.Outside)) {
		fmt.Fprintf(w, "  unread: outside the scopes: %s: %s\n", clean(tracker), clean(r.Outside[tracker].Error()))
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	if len(j.Findings) > 0 {
		fmt.Fprintln(t, "\nSEVERITY\tRULE\tON\tTEAM\tWHAT")
		for _, f := range j.Findings {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", f.Severity, f.Rule, clean(f.Item), clean(string(f.Team)), clean(f.Text))
		}
	}
	if len(r.Plan.Actions)+len(r.Plan.Later) > 0 {
		fmt.Fprintln(t, "\nPLAN\tITEM\tKIND\tBECAUSE\tHELD BACK BY\tWHY")
		for _, a := range r.Plan.Actions {
			printAction(t, a, "")
		}
		for _, h := range r.Plan.Later {
			printAction(t, h.Action, h.Reason)
		}
	}
	for _, o := range j.Outcomes {
		if o.Error != "" {
			fmt.Fprintf(t, "\nFAILED\t%s\t%s\t%s\n", o.Op, clean(o.Item), clean(o.Error))
		}
	}
	return t.Flush()
}

func printAction(w io.Writer, a plan.Action, held plan.Reason) {
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", a.Op, clean(a.Key), a.Identity.Kind, strings.Join(a.Reasons, " "), held, a.Why)
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
