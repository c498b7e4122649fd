package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// MaxSize bounds the file in bytes.
const MaxSize = 1 << 20

// Load reads the file. The error holds every mistake at once, as Mistakes.
// Secrets are not read here: a missing token shows when it is used or checked.
func Load(path string) (*Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("config: %w: name the file with --config or $STRATA_CONFIG", err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return Parse(path, raw)
}

// Parse reads the text of a file; the name serves its mistakes.
func Parse(name string, raw []byte) (*Config, error) {
	config := Default()
	mistakes := parse(name, raw, &config, func(d *decoder) { config.validate(d) })
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	config.lendGroups()
	return &config, nil
}

// parse fills a struct and then asks for what its values cannot mean.
func parse(name string, raw []byte, into any, validate func(*decoder)) Mistakes {
	d := &decoder{file: name, lines: map[string]int{}, spoilt: map[string]bool{}}
	root, mistake := tree(name, raw)
	if mistake != nil {
		return Mistakes{*mistake}
	}
	if root != nil {
		d.decode(root, reflect.ValueOf(into).Elem(), "")
	}
	if !d.spoilt[""] {
		validate(d)
	}
	return d.mistakes.sorted()
}

// tree returns the root of the file's one document, nil for an empty file.
func tree(name string, raw []byte) (*yaml.Node, *Mistake) {
	if len(raw) > MaxSize {
		return nil, &Mistake{File: name, Text: fmt.Sprintf("larger than %d KiB: a config is not that long", MaxSize>>10)}
	}
	reader := yaml.NewDecoder(bytes.NewReader(raw))
	var document, second yaml.Node
	switch err := reader.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, notYAML(name, err)
	}
	switch err := reader.Decode(&second); {
	case errors.Is(err, io.EOF):
		return document.Content[0], nil
	case err != nil:
		return nil, notYAML(name, err)
	}
	return nil, &Mistake{File: name, Line: second.Content[0].Line, Text: "a second document begins here: one file holds one config"}
}

var (
	lineOf = regexp.MustCompile(`line (\d+): `)
	anchor = regexp.MustCompile(`unknown anchor '.*' referenced`)
)

// notYAML tells where the text stops being YAML. The library's message never
// quotes values but for one: a token may begin like an alias.
func notYAML(name string, err error) *Mistake {
	text, line := plain(err), 0
	if at := lineOf.FindStringSubmatch(text); at != nil {
		line, _ = strconv.Atoi(at[1])
		text = lineOf.ReplaceAllString(text, "")
	}
	text = anchor.ReplaceAllString(text, "an alias (*name) without its anchor (&name): a value that begins with * must stand in quotes")
	return &Mistake{File: name, Line: line, Text: "not YAML: " + text}
}
