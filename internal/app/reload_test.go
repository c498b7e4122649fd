package app_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"strata/internal/app"
	"strata/internal/cycle"
	"strata/internal/sandbox"
)

// log is what a daemon logs, readable while it runs.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// running starts the daemon of a house as Run does; wait returns the first report
// from now on that satisfies a wish.
func running(t *testing.T, h *house, file string) (out *log, wait func(what string, wish func(*cycle.Report) bool)) {
	t.Helper()
	out = &log{}
	reports := make(chan *cycle.Report, 64)
	a, err := app.Open(t.Context(), file, app.Options{
		Version: "test", Log: out, Now: h.clock.now, Watch: time.Millisecond,
		Reported: func(r *cycle.Report) {
			select {
			case reports <- r:
			default:
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return out, func(what string, wish func(*cycle.Report) bool) {
		t.Helper()
		for {
			select {
			case r := <-reports:
				if wish(r) {
					return
				}
			case <-time.After(30 * time.Second):
				t.Fatalf("no report in which %s; log:\n%s", what, out)
			}
		}
	}
}

func wrote(r *cycle.Report) bool  { return len(r.Outcomes) > 0 && r.OK() }
func silent(r *cycle.Report) bool { return len(r.Plan.Actions) == 0 && len(r.Plan.Later) > 0 }

func TestAValidChangeOfTheConfigAppliesWithoutARestart(t *testing.T) {
	h := build(t, settings{production: []sandbox.Limit{sandbox.Mode}, change: fast})
	_, wait := running(t, h, h.config)
	wait("everything is held back", silent)
	h.configure(strings.ReplaceAll(h.text, "report-only", "write"))
	wait("comments are written", wrote)
}

func TestAnInvalidChangeOfTheConfigIsRefusedAndTheOldOneStays(t *testing.T) {
	h := build(t, settings{production: []sandbox.Limit{sandbox.Mode}, change: fast})
	out, wait := running(t, h, h.config)
	wait("everything is held back", silent)
	h.configure(strings.ReplaceAll(h.text, "report-only", "wriet"))
	wait("the refusal is logged", func(r *cycle.Report) bool {
		return silent(r) && strings.Contains(out.String(), "config refused") && strings.Contains(out.String(), "wriet")
	})
	h.configure(strings.ReplaceAll(h.text, "report-only", "write"))
	wait("comments are written", wrote)
}

func TestAConfigThatKubernetesSwapsBySymlinkIsSeen(t *testing.T) {
	h := build(t, settings{production: []sandbox.Limit{sandbox.Mode}, change: fast})
	folder := t.TempDir()
	version := func(name, text string) {
		if err := os.Mkdir(filepath.Join(folder, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name, "strata.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(name, filepath.Join(folder, "..data.new")); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(folder, "..data.new"), filepath.Join(folder, "..data")); err != nil {
			t.Fatal(err)
		}
	}
	version("..2026_03_11", h.text)
	file := filepath.Join(folder, "strata.yaml")
	if err := os.Symlink(filepath.Join("..data", "strata.yaml"), file); err != nil {
		t.Fatal(err)
	}
	_, wait := running(t, h, file)
	wait("everything is held back", silent)
	version("..2026_03_12", strings.ReplaceAll(h.text, "report-only", "write"))
	wait("comments are written", wrote)
}

// fast lets cycles follow each other closely.
func fast(config string) string { return strings.Replace(config, "interval: 1s", "interval: 10ms", 1) }
