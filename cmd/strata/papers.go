package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"strata/internal/app"
	"strata/internal/comment"
	"strata/internal/cycle"
	"strata/internal/markup"
)

func agendaCommand(file *string) *cobra.Command {
	return papersCommand(file, comment.Agenda, &cobra.Command{
		Use:   "agenda [TEAM|crossteam]",
		Short: "Print the agenda of the next refinement",
		Long: `Prints the agenda of the cross-team refinement and of each team, or the one that
is named, as Markdown. It reads the trackers and writes nothing.`,
		Example: `  strata agenda
  strata agenda Web
  strata agenda crossteam -o json`,
	})
}

func briefCommand(file *string) *cobra.Command {
	return papersCommand(file, comment.Flag, &cobra.Command{
		Use:   "brief [EPIC|product]",
		Short: "Print the brief of an epic or of the product",
		Long: `Prints the product brief and the brief of each epic with upcoming work, or the
one that is named, as Markdown. It reads the trackers and writes nothing.`,
		Example: `  strata brief product
  strata brief SHOP-12`,
	})
}

func reviewCommand(file *string) *cobra.Command {
	return papersCommand(file, comment.Review, &cobra.Command{
		Use:   "review [SPRINT]",
		Short: "Print the Sprint Review of the product",
		Long: `Prints the one review of the Sprint that ends or just ended, or of the Sprint that
is named, as Markdown. It reads the trackers and writes nothing.`,
		Example: `  strata review
  strata review "Sprint 7" -o json`,
	})
}

// papersCommand completes a command that prints documents.
func papersCommand(file *string, kind comment.Kind, cmd *cobra.Command) *cobra.Command {
	cmd.Args = cobra.MaximumNArgs(1)
	out := outputFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		a, err := open(cmd.Context(), *file, app.Options{Log: os.Stderr, LogLevel: slog.LevelError, Preview: true})
		if err != nil {
			return err
		}
		defer a.Close()
		name := ""
		if len(args) > 0 {
			name = args[0]
		}
		papers, err := a.Papers(cmd.Context(), kind, name)
		switch {
		case errors.Is(err, cycle.ErrNoDocument):
			return exit{exitUsage, err}
		case err != nil:
			return exit{exitFailed, err}
		}
		if err := printPapers(cmd.OutOrStdout(), *out, papers); err != nil {
			return exit{exitFailed, err}
		}
		return nil
	}
	return cmd
}

// paper is a document as scripts read it.
type paper struct {
	Product  string `json:"product"`
	Name     string `json:"name"`
	Markdown string `json:"markdown"`
}

// printPapers prints one JSON object a line, or the Markdown of all.
func printPapers(w io.Writer, o output, byProduct map[string][]cycle.Paper) error {
	encoder := json.NewEncoder(w)
	for _, product := range slices.Sorted(maps.Keys(byProduct)) {
		for _, p := range byProduct[product] {
			text := markup.GitHub(p.Body)
			if o == "json" {
				if err := encoder.Encode(paper{product, p.Name, text}); err != nil {
					return err
				}
				continue
			}
			if text == "" {
				text = "Nothing to say."
			}
			if _, err := fmt.Fprintf(w, "# %s · %s\n\n%s\n\n", clean(product), clean(p.Name), text); err != nil {
				return err
			}
		}
	}
	return nil
}
