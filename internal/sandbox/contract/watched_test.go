package contract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestEverySimulatorInATestIsWatched reads the tests of the project: none of them serves a simulator with nobody in front
// of it.
func TestEverySimulatorInATestIsWatched(t *testing.T) {
	root, err := project()
	if err != nil {
		t.Fatal(err)
	}
	watched := 0
	for _, folder := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			parsed, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || !called(call, "httptest", "NewServer", "NewTLSServer", "NewUnstartedServer") {
					return true
				}
				if inner, ok := call.Args[0].(*ast.CallExpr); ok {
					if called(inner, "jirasim", "New") || called(inner, "githubsim", "New") {
						t.Errorf("%s: let a contract.Watcher's Handler stand before the simulator", files.Position(call.Pos()))
					} else {
						watched++
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if watched < 5 {
		t.Errorf("only %d servers were found: this test reads the wrong files", watched)
	}
}

// called says whether a call is of one of a package's functions.
func called(call *ast.CallExpr, pkg string, names ...string) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, ok := selector.X.(*ast.Ident)
	if !ok || from.Name != pkg {
		return false
	}
	for _, name := range names {
		if selector.Sel.Name == name {
			return true
		}
	}
	return false
}
