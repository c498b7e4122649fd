package store

import (
	"fmt"

	"github.com/gofrs/flock"
)

// lock takes the file beside the database that says who owns it. The kernel
// frees it when the process ends, so a file that is left behind means nothing.
func lock(path string) (unlock func() error, err error) {
	name := path + ".lock"
	file := flock.New(name, flock.SetPermissions(0o600))
	taken, err := file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("store: lock %s: %w", name, err)
	}
	if !taken {
		return nil, fmt.Errorf("store: %s is in use by another strata, which holds %s: stop that one, or give this one a store.url of its own", path, name)
	}
	return file.Close, nil
}
