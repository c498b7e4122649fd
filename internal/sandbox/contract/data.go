package contract

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Folder is where the public material lies: $STRATA_TESTDATA, else ../shared/data beside the project. Without it the test
// is skipped, and says so.
func Folder(t testing.TB) string {
	t.Helper()
	folder, err := folder()
	if err != nil {
		t.Skipf("SKIPPED: the public contracts are not here: %v (set STRATA_TESTDATA)", err)
	}
	return folder
}

// folder is the same without a test.
var folder = sync.OnceValues(func() (string, error) {
	found := os.Getenv("STRATA_TESTDATA")
	if found == "" {
		root, err := project()
		if err != nil {
			return "", err
		}
		found = filepath.Join(root, "..", "shared", "data")
	}
	if _, err := os.Stat(filepath.Join(found, "contract", "openapi")); err != nil {
		return "", err
	}
	return found, nil
})

// project is the folder of go.mod: tests run inside it.
func project() (string, error) {
	at, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at, nil
		}
		up := filepath.Dir(at)
		if up == at {
			return "", fmt.Errorf("no go.mod above the working directory")
		}
		at = up
	}
}
