package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"strata/internal/app"
	"strata/internal/cycle"
	"strata/internal/work"
)

// known is the form of the ids of rules and checks; everything else names an item.
var known = regexp.MustCompile(`^(?i)(DEP[0-9]{1,2}|[XT][0-9]{1,2})$`)

func explainCommand(file *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain RULE|CHECK|ITEM",
		Short: "Explain a rule, a check, or all that is known about one item",
		Long: `Of a rule or check: what it asks, why it matters, how it resolves, how to change
it, and an example. Of an item, by key or URL: everything that Strata knows and
concludes about it, why it says so or keeps silent, and what would change that.
For an item it reads the trackers; it writes nothing.`,
		Example: `  strata explain DEP01
  strata explain T2
  strata explain WEB-42
  strata explain acme/api#7 -o json`,
		Args: cobra.ExactArgs(1),
	}
	out := outputFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if known.MatchString(args[0]) {
			return explainRule(cmd.OutOrStdout(), *out, args[0])
		}
		a, err := open(cmd.Context(), *file, app.Options{Log: os.Stderr, LogLevel: slog.LevelError, Preview: true})
		if err != nil {
			return err
		}
		defer a.Close()
		dossiers, err := a.Dossiers(cmd.Context(), args[0])
		switch {
		case err != nil:
			return exit{exitFailed, err}
		case len(dossiers) == 0:
			return exit{exitUsage, fmt.Errorf("explain %q: no such item in the products' scopes, and no rule or check; want a key such as WEB-42 or acme/api#7", args[0])}
		}
		for _, d := range dossiers {
			if *out == "json" {
				err = json.NewEncoder(cmd.OutOrStdout()).Encode(d)
			} else {
				printDossier(cmd.OutOrStdout(), d)
			}
			if err != nil {
				return exit{exitFailed, err}
			}
		}
		return nil
	}
	return cmd
}

func explainRule(w io.Writer, o output, id string) error {
	explained, err := app.Explain(strings.ToUpper(id))
	if err != nil {
		return exit{exitUsage, err}
	}
	if o == "json" {
		err = json.NewEncoder(w).Encode(map[string]string{"id": strings.ToUpper(id), "text": explained})
	} else {
		_, err = fmt.Fprintln(w, explained)
	}
	return err
}

// printDossier tells a person all about an item, what matters most first.
func printDossier(w io.Writer, d *cycle.Dossier) {
	s := screenOf(w)
	fmt.Fprintf(s, "%s  %s\n", s.strong(clean(d.Key)), clean(d.Title))
	fmt.Fprintf(s, "%s\n", clean(d.URL))
	if d.Unread != "" {
		fmt.Fprintf(s, "Not read: %s.\n", d.Unread)
	}
	if d.Outside {
		fmt.Fprintln(s, "It is in no scope of the product: it is judged as a blocker, and nothing is written to it.")
	}
	fmt.Fprintln(s)
	s.table([]string{"fact", "value"}, facts(d))
	part(s, "Waits for", []string{"item", "team", "state", "health", "slack", "title"}, ties(s, d.WaitsFor))
	part(s, "Is waited for by", []string{"item", "team", "state", "health", "slack", "title"}, ties(s, d.Blocks))
	printFindings(s, d)
	printChecks(s, d)
	var answers, changes, comments, writes [][]string
	for _, a := range d.Answers {
		answers = append(answers, []string{a.At.Format("2 Jan 2006"), clean(a.By), clean(a.What)})
	}
	for _, why := range d.Misheard {
		answers = append(answers, []string{"", "", "not understood: " + clean(why)})
	}
	for _, c := range d.Changes {
		changes = append(changes, []string{c.At.Format("2 Jan 2006"), string(c.What), strings.TrimSpace(clean(c.From) + " → " + clean(c.To))})
	}
	for _, c := range d.Comments {
		comments = append(comments, []string{string(c.Kind), c.State, clean(c.URL)})
	}
	for _, a := range d.Writes {
		writes = append(writes, []string{s.paint(string(a.Op)), string(a.Kind), string(a.Held), clean(a.Why)})
	}
	part(s, "People said", []string{"on", "who", "what"}, answers)
	part(s, "What happened", []string{"on", "change", "from and to"}, changes)
	part(s, "Comments", []string{"kind", "state", "where"}, comments)
	part(s, "Would be written", []string{"write", "kind", "held back by", "why"}, writes)
	fmt.Fprintln(s)
}

func facts(d *cycle.Dossier) (rows [][]string) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, []string{name, clean(value)})
		}
	}
	state := string(d.State)
	if d.Status != "" && !strings.EqualFold(d.Status, state) {
		state += " (" + d.Status + ")"
	}
	if d.Resolution != "" {
		state += ", closed as " + d.Resolution
	}
	if d.Original != "" {
		state += ", a duplicate of " + d.Original
	}
	if d.Blocked {
		state += ", marked as blocked"
	}
	teams := make([]string, len(d.Teams))
	for i, team := range d.Teams {
		teams[i] = string(team)
	}
	owner := cmp.Or(strings.Join(teams, " and "), "no team")
	if d.Ownership != "" {
		owner += ": " + d.Ownership
	}
	add("is", fmt.Sprintf("%s, %s layer, in %s", d.Kind, d.Layer, d.Tracker))
	add("state", state)
	add("owned by", owner)
	add("assigned to", d.Assignee)
	add("planned", planned(d.Plan))
	add("belongs to", d.Parent)
	add("children", strings.Join(d.Children, ", "))
	add("serves", strings.Join(d.Objectives, ", "))
	return rows
}

func planned(p cycle.Planned) string {
	var parts []string
	if p.Sprint != "" {
		parts = append(parts, p.Sprint)
	}
	day := func(d work.Day) string { return cmp.Or(d.String(), "?") }
	switch {
	case p.Start != 0 || p.End != 0:
		parts = append(parts, day(p.Start)+" to "+day(p.End))
	case p.Sprint == "":
		parts = append(parts, "not planned")
	}
	if p.From == "children" {
		parts = append(parts, "by its children")
	}
	if p.From == "forecast" {
		parts = append(parts, "forecast from its rank and the team's velocity")
	}
	if p.NeededBy != 0 {
		parts = append(parts, "needs its blockers by "+p.NeededBy.String())
	}
	return strings.Join(parts, ", ")
}

// part prints a titled table, or nothing when there is none.
func part(s screen, title string, head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(s, "\n%s\n", s.strong(title))
	s.table(head, rows)
}

func ties(s screen, all []cycle.Tie) (rows [][]string) {
	for _, t := range all {
		slack := ""
		if t.Slack != nil {
			slack = fmt.Sprintf("%+d d", *t.Slack)
		}
		rows = append(rows, []string{clean(t.Key), clean(cmp.Or(string(t.Team), "no team")), string(t.State), s.paint(string(t.Health)), slack, clean(t.Title)})
	}
	return rows
}

// printFindings says what is wrong, why it is said or not, and what ends it.
func printFindings(s screen, d *cycle.Dossier) {
	fmt.Fprintf(s, "\n%s\n", s.strong("Findings"))
	if len(d.Findings) == 0 {
		fmt.Fprintln(s, "None: no rule has anything to say about it.")
		return
	}
	for _, f := range d.Findings {
		fmt.Fprintf(s, "%s %s on %s, since %s: %s\n", s.paint(f.Severity), f.Rule, clean(f.On), f.Since.Format("2 Jan 2006"), clean(f.Text))
		fmt.Fprintf(s, "  next step: %s\n  ends when: %s\n", clean(f.Action), f.Resolves)
		switch {
		case f.Silent != "":
			fmt.Fprintf(s, "  not in a comment: %s\n", f.Silent)
		case f.Acknowledged:
			fmt.Fprintln(s, "  answered: silent until its facts get worse")
		}
	}
}

func printChecks(s screen, d *cycle.Dossier) {
	fmt.Fprintf(s, "\n%s\n", s.strong("Readiness"))
	if d.Ready == nil {
		fmt.Fprintln(s, "Not asked: it is not planned within the lookahead, or it is over.")
		return
	}
	verdict := "Ready: all required checks pass."
	if !*d.Ready {
		verdict = "Not ready yet: a required check fails."
	}
	fmt.Fprintln(s, verdict)
	slices.SortStableFunc(d.Checks, func(a, b cycle.Check) int {
		order := func(c cycle.Check) int {
			switch {
			case c.Result == "fail" && c.Required:
				return 0
			case c.Result == "fail":
				return 1
			}
			return 2
		}
		return cmp.Compare(order(a), order(b))
	})
	var rows [][]string
	for _, c := range d.Checks {
		need := ""
		if c.Required {
			need = "required"
		}
		rows = append(rows, []string{string(c.ID), s.paint(string(c.Result)), need, strings.TrimSpace(c.Title + ". " + c.Resolves)})
	}
	s.table([]string{"check", "result", "", "what, and what it lacks"}, rows)
}
