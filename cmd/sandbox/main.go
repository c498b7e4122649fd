// Command sandbox shows Strata at work without a tracker: it starts a simulated
// Jira and a simulated GitHub with a product in them, and the real daemon on top.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"strata/internal/sandbox"
	"strata/internal/sandbox/jirasim"
)

// options are the flags.
type options struct {
	trackersOnly bool
	writeConfig  string
	store        string
	items        int
	seed         uint64
	live         bool
	pace         time.Duration
	load         []string
	duration     time.Duration
	jiraAddr     string
	githubAddr   string
	internal     string
	flavour      string
	tls          bool
	production   []string
	output       string
	verbose      bool
}

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := command().ExecuteContext(ctx)
	var failed *failure
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		fmt.Fprintln(os.Stderr, "sandbox: "+failed.Error())
		return 1
	}
	fmt.Fprintln(os.Stderr, "sandbox: "+err.Error())
	return 2
}

// failure is an error of the run, not of its usage.
type failure struct{ error }

func command() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Shows Strata at work on simulated trackers",
		Long: `Starts a simulated Jira and a simulated GitHub with a product in them, and the
real daemon on top of them, and tells in plain words what happens. The daemon
writes at once and without limits; --production turns limits back to what a
production would have.`,
		Example: `  sandbox                                   watch it until Ctrl-C
  sandbox --for 20s -o json                 a run for a script
  sandbox --live --pace 3s --for 1m         twenty working days, two Sprints
  sandbox --items 2000 --seed 7             another, larger product
  sandbox --load jira=issues.jsonl          recorded issues instead of a generated product
  sandbox --trackers-only --write-config strata.yaml
                                            trackers alone, for a daemon of your own`,
		Args:         cobra.NoArgs,
		SilenceUsage: true, SilenceErrors: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		PreRunE:           func(cmd *cobra.Command, _ []string) error { return o.complete(cmd) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := show(cmd.Context(), o); err != nil {
				return &failure{err}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.trackersOnly, "trackers-only", false, "start the trackers without the daemon")
	f.StringVar(&o.writeConfig, "write-config", "", "write the daemon's config to this `file`, its store beside it")
	f.StringVar(&o.store, "store", "", "the daemon's database `file` (default: in a temporary folder, or beside --write-config)")
	f.IntVar(&o.items, "items", 300, "how many items the product has, 100 to 1000000")
	f.Uint64Var(&o.seed, "seed", 1, "the product's seed")
	f.BoolVar(&o.live, "live", false, "let the product live, one working day after the other: work starts, slips, is finished, Sprints end (default: when watched)")
	f.DurationVar(&o.pace, "pace", 6*time.Second, "how long one working day of a living product takes")
	f.StringArrayVar(&o.load, "load", nil, "load recorded issues, `jira=FILE` or github=FILE, one JSON a line; repeatable")
	f.DurationVar(&o.duration, "for", 0, "end after this time (default: never)")
	f.StringVar(&o.jiraAddr, "jira-addr", "127.0.0.1:0", "where Jira listens")
	f.StringVar(&o.githubAddr, "github-addr", "127.0.0.1:0", "where GitHub listens")
	f.StringVar(&o.internal, "internal-addr", "127.0.0.1:0", "where the daemon shows health, metrics and reports")
	f.StringVar(&o.flavour, "jira-flavour", string(jirasim.Cloud), "cloud or datacenter")
	f.BoolVar(&o.tls, "tls", false, "serve the trackers over https")
	f.StringSliceVar(&o.production, "production", nil, "limits that keep their production default, of "+limits()+", or all")
	f.StringVarP(&o.output, "output", "o", "text", "text or json: one object at the end")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "show the daemon's log, and what could not be loaded")
	return cmd
}

func limits() string {
	var names []string
	for _, l := range sandbox.Limits() {
		names = append(names, string(l))
	}
	return strings.Join(names, ", ")
}

// complete refuses what cannot be meant and fills in what depends on other flags.
func (o *options) complete(cmd *cobra.Command) error {
	switch {
	case o.items < 100 || o.items > 1_000_000:
		return fmt.Errorf("--items %d: want 100 to 1000000", o.items)
	case o.flavour != string(jirasim.Cloud) && o.flavour != string(jirasim.DataCenter):
		return fmt.Errorf("--jira-flavour %q: want cloud or datacenter", o.flavour)
	case o.output != "text" && o.output != "json":
		return fmt.Errorf("--output %q: want text or json", o.output)
	case o.trackersOnly && o.output == "json":
		return errors.New("--output json reports on the daemon: not with --trackers-only")
	case o.pace <= 0 || o.duration < 0:
		return errors.New("--pace and --for: want a positive time")
	}
	for _, l := range o.load {
		if kind, file, ok := strings.Cut(l, "="); !ok || file == "" || (kind != "jira" && kind != "github") {
			return fmt.Errorf("--load %q: want jira=FILE or github=FILE", l)
		}
	}
	if _, err := o.kept(); err != nil {
		return err
	}
	if !cmd.Flags().Changed("live") {
		o.live = !o.trackersOnly && o.duration == 0 && len(o.load) == 0
	}
	return nil
}

// kept are the limits that keep their production default.
func (o *options) kept() ([]sandbox.Limit, error) {
	var kept []sandbox.Limit
	for _, name := range o.production {
		if name == "all" {
			return sandbox.Limits(), nil
		}
		known := false
		for _, l := range sandbox.Limits() {
			known = known || string(l) == name
		}
		if !known {
			return nil, fmt.Errorf("--production %q: want %s, or all", name, limits())
		}
		kept = append(kept, sandbox.Limit(name))
	}
	return kept, nil
}

// records are the recorded files of one tracker.
func (o *options) records(kind string) []string {
	var files []string
	for _, l := range o.load {
		if k, file, _ := strings.Cut(l, "="); k == kind {
			files = append(files, file)
		}
	}
	return files
}
