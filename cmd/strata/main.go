// Command strata keeps the dependencies of a product with several Scrum teams
// in sight: as comments in the trackers, as metrics, and as reports here.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"strata/internal/app"
)

// version is set by the linker for releases.
var version = "development"

// The exit codes. Scripts rely on them.
const (
	exitDone    = 0
	exitFailed  = 1 // nothing could be read, or a write failed
	exitUsage   = 2 // wrong usage or config
	exitPartial = 3 // writes are held, or some scope is unread
)

// exit is an error that knows its exit code. A nil error inside has been told already.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e exit) Unwrap() error { return e.err }

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := root().ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var e exit
	if !errors.As(err, &e) {
		e = exit{exitUsage, err} // cobra's own errors are about usage
	}
	if text := e.Error(); text != "" {
		fmt.Fprintln(os.Stderr, "strata: "+text)
	}
	return e.code
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "strata",
		Short: "Finds the dependencies between teams that nobody has resolved",
		Long: `Strata reads epics and stories from Jira and GitHub, finds the dependencies
that nobody has resolved, says so in one comment where people already look, and
exports metrics. It writes nothing until its config says "mode: write".`,
		Example: `  strata check                 is the config right, and do the trackers agree?
  strata plan                  what would be written, and why
  strata once -o json          one cycle, the report as JSON
  strata explain WEB-42        all that is known of one item, and what would change it
  strata run                   the daemon`,
		SilenceUsage: true, SilenceErrors: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              cobra.NoArgs,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	file := os.Getenv("STRATA_CONFIG")
	if file == "" {
		file = "strata.yaml"
	}
	cmd.PersistentFlags().StringVar(&file, "config", file, "the config `file`; also $STRATA_CONFIG")
	cmd.AddCommand(runCommand(&file), onceCommand(&file), planCommand(&file), checkCommand(&file),
		agendaCommand(&file), briefCommand(&file), reviewCommand(&file), explainCommand(&file), versionCommand())
	return cmd
}

// output is the -o flag.
type output string

func (o *output) String() string { return string(*o) }
func (o *output) Type() string   { return "table|json" }
func (o *output) Set(text string) error {
	if text != "table" && text != "json" {
		return fmt.Errorf("want table or json")
	}
	*o = output(text)
	return nil
}

func outputFlag(cmd *cobra.Command) *output {
	o := output("table")
	cmd.Flags().VarP(&o, "output", "o", "`form` of the output")
	return &o
}

// open loads the config and builds the house on it.
func open(ctx context.Context, file string, options app.Options) (*app.App, error) {
	options.Version = version
	a, err := app.Open(ctx, file, options)
	switch {
	case errors.Is(err, app.ErrConfig):
		return nil, exit{exitUsage, err}
	case err != nil:
		return nil, exit{exitFailed, err}
	}
	return a, nil
}
