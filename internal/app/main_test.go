package app_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"strata/internal/app"
)

// daemonOf makes the test binary a daemon on the config that the variable names:
// a process that can be killed.
const daemonOf = "STRATA_TEST_DAEMON"

func TestMain(m *testing.M) {
	if config := os.Getenv(daemonOf); config != "" {
		fmt.Fprintln(os.Stderr, run(config))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func run(config string) error {
	a, err := app.Open(context.Background(), config, app.Options{Version: "test"})
	if err != nil {
		return err
	}
	return a.Run(context.Background())
}
