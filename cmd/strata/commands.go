package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"strata/internal/app"
	"strata/internal/cycle"
)

func runCommand(file *string) *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Run the daemon",
		Long: `Runs cycle after cycle until it is told to stop: SIGTERM and Ctrl-C end the
write that is under way and then the daemon. Health, readiness, metrics and the
last report are served on the config's internal address.`,
		Example: `  strata run --config /etc/strata/strata.yaml`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := open(cmd.Context(), *file, app.Options{Log: os.Stderr})
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.Run(cmd.Context()); err != nil {
				return exit{exitFailed, err}
			}
			return nil
		},
	}
}

func onceCommand(file *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "once",
		Short: "Run one cycle and report",
		Long: `Reads, judges, plans, writes what may be written, and reports, once for each
product. With -o json it prints one object a line, a line for each product.

Exit code: 0 done, 1 nothing could be read or a write failed, 2 wrong usage or
config, 3 writes are held or a scope could not be read.`,
		Example: `  strata once
  strata once -o json | jq '.findings[] | select(.severity == "critical")'`,
		Args: cobra.NoArgs,
	}
	out := outputFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		a, err := open(cmd.Context(), *file, app.Options{Log: os.Stderr, LogLevel: quieter(*out)})
		if err != nil {
			return err
		}
		defer a.Close()
		reports, err := a.Once(cmd.Context())
		return show(cmd.OutOrStdout(), *out, reports, err)
	}
	return cmd
}

func planCommand(file *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what would be written, and why; write nothing",
		Long: `Reads and judges like a cycle and shows every comment that would be posted,
edited or folded, with its reasons. It writes nothing: not to a tracker, and not
to the store, of which it reads a copy, so that it may run beside the daemon.
Settling and budgets are not applied; what they would hold back is marked.`,
		Example: `  strata plan
  strata plan -o json`,
		Args: cobra.NoArgs,
	}
	out := outputFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		a, err := open(cmd.Context(), *file, app.Options{Log: os.Stderr, LogLevel: quieter(*out), Preview: true})
		if err != nil {
			return err
		}
		defer a.Close()
		reports, err := a.Plan(cmd.Context())
		return show(cmd.OutOrStdout(), *out, reports, err)
	}
	return cmd
}

func checkCommand(file *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the config, then credentials, permissions, fields and link types",
		Long: `Checks the config file first and names every mistake in it. Then asks each
tracker whether the credential works, what it may do, and whether the fields and
link types that the config names exist. It writes nothing.`,
		Example: `  strata check --config strata.yaml`,
		Args:    cobra.NoArgs,
	}
	out := outputFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		a, err := open(cmd.Context(), *file, app.Options{Log: io.Discard, Preview: true})
		if err != nil {
			return err
		}
		defer a.Close()
		problems := a.Check(cmd.Context())
		if *out == "json" {
			return problemsExit(json.NewEncoder(cmd.OutOrStdout()).Encode(problems), problems)
		}
		return problemsExit(printProblems(cmd.OutOrStdout(), problems), problems)
	}
	return cmd
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Example: "  strata version", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "strata "+version)
			return err
		},
	}
}

// quieter keeps the log out of the way of a report that a script reads.
func quieter(o output) slog.Level {
	if o == "json" {
		return slog.LevelError
	}
	return slog.LevelWarn
}

// show prints the reports, then tells by the exit code how it went.
func show(w io.Writer, o output, reports []*cycle.Report, err error) error {
	encoder := json.NewEncoder(w)
	for _, r := range reports {
		var printErr error
		if o == "json" {
			printErr = encoder.Encode(r.JSON())
		} else {
			printReport(w, r)
		}
		if printErr != nil {
			return exit{exitFailed, printErr}
		}
	}
	if err != nil {
		return exit{exitFailed, err}
	}
	return reportsExit(reports)
}

func reportsExit(reports []*cycle.Report) error {
	code := exitDone
	for _, r := range reports {
		switch {
		case r.NothingRead(), r.Failed() > 0:
			return exit{code: exitFailed}
		case r.Partial(), r.Waits():
			code = exitPartial
		}
	}
	if code == exitDone {
		return nil
	}
	return exit{code: code}
}
