package githubsim

import (
	"hash/fnv"
	"net/url"
	"strings"

	"strata/internal/sandbox/world"
)

// steadyID gives an account that nobody described an id that never changes.
func steadyID(login string) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.ToLower(login))) // a hash takes everything
	return int64(h.Sum32()>>2) + 1
}

// sameName compares as GitHub does, without regard to case.
func sameName(r *world.Repo, owner, name string) bool {
	return strings.EqualFold(r.Owner, owner) && strings.EqualFold(r.Name, name)
}

func pathEscape(text string) string { return url.PathEscape(text) }
