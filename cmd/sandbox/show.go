package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"strata/internal/app"
	"strata/internal/cycle"
	"strata/internal/sandbox"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// show runs the sandbox until its time is over.
func show(ctx context.Context, o options) error {
	if o.duration > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.duration)
		defer cancel()
	}
	if o.trackersOnly {
		frugal()
	}
	s, err := sandbox.Start(sandbox.Options{
		Seed: o.seed, Items: o.items, Jira: o.records("jira"), GitHub: o.records("github"), Flavour: jirasim.Flavour(o.flavour),
		JiraAddr: o.jiraAddr, GitHubAddr: o.githubAddr, TLS: o.tls,
	})
	if err != nil {
		return err
	}
	defer s.Close()
	told := newTeller(s, o)
	told.loads()
	folder, err := os.MkdirTemp("", "strata-sandbox-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file, text, err := configure(s, o, folder)
	if err != nil {
		return err
	}
	if o.trackersOnly {
		return trackersOnly(ctx, s, o, file, text)
	}
	return withDaemon(ctx, s, o, file, told)
}

// most is what the memory of trackers alone is held to: a million items live in half
// of it, and garbage may take the rest.
const most = 2700 << 20

// frugal lets garbage be collected before it takes more than most, unless the
// environment's GOMEMLIMIT says otherwise.
func frugal() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(most)
	}
}

// configure writes the daemon's config, and the CA of a TLS sandbox beside it.
func configure(s *sandbox.Sandbox, o options, folder string) (file, text string, err error) {
	file = filepath.Join(folder, "strata.yaml")
	if o.writeConfig != "" {
		if file, err = filepath.Abs(o.writeConfig); err != nil {
			return "", "", err
		}
	}
	store := filepath.Join(filepath.Dir(file), "strata.db")
	if o.store != "" {
		if store, err = filepath.Abs(o.store); err != nil {
			return "", "", err
		}
	}
	kept, err := o.kept()
	if err != nil {
		return "", "", err
	}
	settings := sandbox.ConfigOptions{Store: "sqlite://" + store, Internal: o.internal, Interval: "1s", Production: kept}
	if s.CA != nil {
		settings.CAFile = filepath.Join(filepath.Dir(file), "sandbox-ca.pem")
		if err := os.WriteFile(settings.CAFile, s.CA, 0o600); err != nil {
			return "", "", err
		}
	}
	if text, err = s.Config(settings); err != nil {
		return "", "", err
	}
	return file, text, os.WriteFile(file, []byte(text), 0o600)
}

func trackersOnly(ctx context.Context, s *sandbox.Sandbox, o options, file, text string) error {
	if o.writeConfig != "" {
		fmt.Printf("ready jira=%s github=%s config=%s\n", s.JiraURL, s.GitHubURL, file)
	} else {
		fmt.Print(text)
	}
	if o.live {
		live(ctx, s, o, func(world.Day) {})
	}
	<-ctx.Done()
	return nil
}

func withDaemon(ctx context.Context, s *sandbox.Sandbox, o options, file string, told *teller) error {
	var logged io.Writer
	if o.verbose {
		logged = os.Stderr
	}
	account := &account{}
	daemon, err := app.Open(ctx, file, app.Options{
		Version: "sandbox", Log: logged, LogLevel: slog.LevelInfo, Now: s.World.Now,
		Reported: func(r *cycle.Report) {
			account.add(r)
			told.cycle(r)
		},
		Listening: told.listening,
	})
	if err != nil {
		return err
	}
	defer daemon.Close()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return daemon.Run(ctx) })
	if o.live {
		group.Go(func() error { live(ctx, s, o, told.day); return nil })
	}
	err = group.Wait()
	if err != nil {
		account.fail(err)
	}
	return conclude(s, o, account, told)
}

// conclude prints the account and says whether something went wrong.
func conclude(s *sandbox.Sandbox, o options, a *account, told *teller) error {
	a.audit(s, o)
	result := a.result(s.Summary())
	if o.output == "json" {
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(result); err != nil {
			return err
		}
	} else {
		told.end(result)
	}
	switch {
	case len(result.Errors) > 0:
		return errors.New(result.Errors[0])
	case result.Comments.Duplicates > 0:
		return fmt.Errorf("%d comments were said twice", result.Comments.Duplicates)
	}
	return nil
}
