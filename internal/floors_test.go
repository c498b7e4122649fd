package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors is the house: what each package may import of the house. Imports go
// down the stairs, or along a floor in the order written here. The map is held
// against the files themselves, because the test cache would not see a change
// that `go list` reports.
var floors = map[string][]string{
	// ground
	"internal/work":     {},
	"internal/duration": {},
	"internal/secret":   {},
	"internal/markup":   {"internal/work"},
	"internal/facts":    {"internal/work", "internal/markup", "internal/duration"},

	// floor 1: pure
	"internal/graph":         {"internal/work"},
	"internal/refine":        {"internal/work", "internal/markup", "internal/facts", "internal/duration", "internal/graph"},
	"internal/refine/rules":  {"internal/work", "internal/markup", "internal/facts", "internal/graph", "internal/refine"},
	"internal/refine/checks": {"internal/work", "internal/markup", "internal/facts", "internal/graph", "internal/refine"},
	// how rules and checks are held against their examples; only tests import it
	"internal/refine/refinetest": {"internal/work", "internal/markup", "internal/facts", "internal/graph", "internal/refine"},
	"internal/comment":           {"internal/work", "internal/markup", "internal/facts", "internal/duration", "internal/refine"},
	"internal/brief":             {"internal/work", "internal/markup", "internal/facts", "internal/graph", "internal/refine", "internal/comment"},
	"internal/plan":              {"internal/work", "internal/duration", "internal/comment"},

	// floor 2: the doors to the street
	"internal/tracker":             {"internal/work", "internal/markup", "internal/comment"},
	"internal/tracker/wire":        {"internal/work", "internal/duration", "internal/secret", "internal/tracker"},
	"internal/tracker/jira":        {"internal/work", "internal/markup", "internal/facts", "internal/duration", "internal/secret", "internal/comment", "internal/tracker", "internal/tracker/wire"},
	"internal/tracker/github":      {"internal/work", "internal/markup", "internal/facts", "internal/duration", "internal/secret", "internal/comment", "internal/tracker", "internal/tracker/wire"},
	"internal/tracker/memory":      {"internal/work", "internal/markup", "internal/comment", "internal/tracker"},
	"internal/tracker/trackertest": {"internal/work", "internal/markup", "internal/comment", "internal/tracker"},
	"internal/store":               {"internal/work", "internal/facts", "internal/refine", "internal/comment", "internal/plan", "internal/tracker"},

	// floor 3
	"internal/cycle": {
		"internal/work", "internal/markup", "internal/facts", "internal/duration", "internal/graph", "internal/refine",
		"internal/comment", "internal/brief", "internal/plan", "internal/tracker", "internal/store",
	},

	// floor 4: metrics and web never meet
	"internal/metrics": {"internal/work", "internal/facts", "internal/graph", "internal/refine", "internal/comment", "internal/plan", "internal/tracker", "internal/cycle"},
	"internal/web":     {"internal/work", "internal/refine", "internal/plan", "internal/cycle"},
	"internal/config": {
		"internal/work", "internal/duration", "internal/secret", "internal/facts", "internal/refine", "internal/comment", "internal/plan",
		"internal/tracker", "internal/tracker/wire", "internal/tracker/jira", "internal/tracker/github", "internal/store", "internal/cycle", "internal/metrics", "internal/web",
	},

	// floor 5
	"internal/app": {"internal/..."},

	// the simulated trackers: their truth is their own
	"internal/sandbox":                   {"internal/sandbox/..."},
	"internal/sandbox/richtext":          {},
	"internal/sandbox/jql":               {},
	"internal/sandbox/world":             {"internal/sandbox/richtext"},
	"internal/sandbox/control":           {"internal/sandbox/world"},
	"internal/sandbox/githubsim/graphql": {},
	"internal/sandbox/jirasim":           {"internal/sandbox/world", "internal/sandbox/control", "internal/sandbox/richtext", "internal/sandbox/jql"},
	"internal/sandbox/githubsim":         {"internal/sandbox/world", "internal/sandbox/control", "internal/sandbox/githubsim/graphql"},
	// the published contracts of both; only tests import it
	"internal/sandbox/contract": {},

	// the roof
	"cmd/strata":  {"internal/app", "internal/comment", "internal/cycle", "internal/markup", "internal/plan", "internal/refine", "internal/work"},
	"cmd/sandbox": {"internal/app", "internal/cycle", "internal/refine", "internal/sandbox/..."},
	// writes the dashboards, with the words of the rules and checks
	"internal/tools/dashboards": {"internal/work", "internal/refine/rules", "internal/refine/checks"},
}

// pure are the packages that take values and return values: no clock of their
// own, no context, no network, no files, no log.
var pure = []string{
	"internal/work", "internal/duration", "internal/markup", "internal/facts",
	"internal/graph", "internal/refine", "internal/refine/rules", "internal/refine/checks", "internal/comment", "internal/brief", "internal/plan",
}

// street are the imports that pure packages never need.
var street = []string{"context", "net", "net/http", "os", "log", "log/slog", "database/sql"}

const module = "strata/"

type imported struct {
	file, pkg, path string
	test            bool
}

func TestImportsGoDownTheStairs(t *testing.T) {
	for _, i := range imports(t) {
		if i.test || !strings.HasPrefix(i.path, module) {
			continue
		}
		allowed, known := floors[i.pkg]
		if !known {
			t.Errorf("%s: package %s has no place in the house: add it to floors", i.file, i.pkg)
			continue
		}
		if to := strings.TrimPrefix(i.path, module); !permits(allowed, to) {
			t.Errorf("%s: %s may not import %s", i.file, i.pkg, to)
		}
	}
}

func TestPurePackagesHaveNoDoorToTheStreet(t *testing.T) {
	for _, i := range imports(t) {
		if !i.test && slices.Contains(pure, i.pkg) && slices.Contains(street, i.path) {
			t.Errorf("%s: %s is pure and may not import %s", i.file, i.pkg, i.path)
		}
	}
}

func TestOnlyMetricsKnowsPrometheus(t *testing.T) {
	for _, i := range imports(t) {
		if !i.test && i.pkg != "internal/metrics" && strings.HasPrefix(i.path, "github.com/prometheus/") {
			t.Errorf("%s: only internal/metrics imports %s", i.file, i.path)
		}
	}
}

func TestTheProductionBinaryContainsNoSimulator(t *testing.T) {
	for _, i := range imports(t) {
		inside := strings.HasPrefix(i.pkg, "internal/sandbox") || i.pkg == "cmd/sandbox" || i.test
		if !inside && strings.HasPrefix(i.path, module+"internal/sandbox") {
			t.Errorf("%s: %s imports the simulator %s", i.file, i.pkg, i.path)
		}
	}
}

func TestContractsAreForTestsAlone(t *testing.T) {
	const contract = "internal/sandbox/contract"
	for _, i := range imports(t) {
		if !i.test && !strings.HasPrefix(i.pkg, contract) && strings.HasPrefix(i.path, module+contract) {
			t.Errorf("%s: only tests hold what is said against the published contracts", i.file)
		}
	}
}

func TestEveryPlaceInTheHouseIsLivedIn(t *testing.T) {
	lived := map[string]bool{}
	for _, i := range imports(t) {
		lived[i.pkg] = true
	}
	for pkg := range floors {
		if _, err := os.Stat(filepath.Join("..", pkg)); err != nil {
			t.Errorf("floors names %s, which does not exist", pkg)
		}
	}
	if len(lived) < len(floors)/2 {
		t.Errorf("only %d packages were read; want most of %d", len(lived), len(floors))
	}
}

func permits(allowed []string, to string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		if prefix, ok := strings.CutSuffix(a, "/..."); ok {
			return to == prefix || strings.HasPrefix(to, prefix+"/")
		}
		return a == to
	})
}

func imports(t *testing.T) []imported {
	t.Helper()
	var all []imported
	for _, root := range []string{"../cmd", "."} {
		err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".go") {
				return err
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			at := path.Join("internal", filepath.ToSlash(file))
			for _, spec := range parsed.Imports {
				p, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				all = append(all, imported{at, path.Dir(at), p, strings.HasSuffix(at, "_test.go")})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}
