package config

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
	"go.yaml.in/yaml/v3"
)

// scalar fills a text, a number or a truth value.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		if !d.isKind(n, yaml.ScalarNode, path, "text") {
			return
		}
		if n.Tag == "!!bool" {
			d.mistake(n, path, "want text; to mean the word %s write it in quotes", n.Value)
			return
		}
		v.SetString(n.Value) // numbers and dates too, as they are written: ids often are numbers
	case reflect.Bool:
		if !d.isKind(n, yaml.ScalarNode, path, "true or false") {
			return
		}
		if n.Tag != "!!bool" {
			d.mistake(n, path, "want true or false, found %s", quote(n.Value))
			return
		}
		v.SetBool(strings.EqualFold(n.Value, "true"))
	case reflect.Int, reflect.Int64:
		if !d.isKind(n, yaml.ScalarNode, path, "a whole number") {
			return
		}
		number, err := strconv.ParseInt(n.Value, 10, v.Type().Bits())
		switch {
		case err != nil || n.Tag != "!!int":
			d.mistake(n, path, "want a whole number, found %s", quote(n.Value))
		case number < 0:
			d.mistake(n, path, "must not be negative: %d", number)
		default:
			v.SetInt(number)
		}
	case reflect.Float64:
		if !d.isKind(n, yaml.ScalarNode, path, "a number") {
			return
		}
		number, err := strconv.ParseFloat(n.Value, 64)
		switch {
		case err != nil || math.IsInf(number, 0) || math.IsNaN(number) || n.Tag != "!!int" && n.Tag != "!!float":
			d.mistake(n, path, "want a number, found %s", quote(n.Value))
		case number < 0:
			d.mistake(n, path, "must not be negative: %v", number)
		default:
			v.SetFloat(number)
		}
	default:
		d.mistake(n, path, "cannot be set here")
	}
}

// proposal says what to write in place of an unknown name. What it proposes is
// not missing: it is meant to be there.
func (d *decoder) proposal(path, name string, known map[string][]target) string {
	names := make([]string, 0, len(known))
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	if near := nearest(name, names); near != "" {
		d.spoilt[join(parent(path), near)] = true
		return "did you mean " + near + "?"
	}
	return "want one of " + strings.Join(names, ", ")
}

// nearest returns the word that was most likely meant, or "".
func nearest(word string, words []string) string {
	best, least := "", len(word)/3+1 // the distance that is no longer a slip
	if len(word) > 3 {
		least = max(least, 3)
	}
	for _, w := range words {
		if distance := levenshtein.ComputeDistance(strings.ToLower(word), w); distance < least {
			best, least = w, distance
		}
	}
	return best
}

// quote shows a value of the file, cut to a length that fits a line.
func quote(value string) string {
	const most = 40
	if runes := []rune(value); len(runes) > most {
		value = string(runes[:most]) + "…"
	}
	return strconv.Quote(value)
}

// plain writes an error of the YAML library without its name.
func plain(err error) string {
	return strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: ")
}
