// Command dashboards writes the Grafana dashboards that people who plan, lead
// and operate look at: deploy/grafana/product.json and operations.json.
//
// A panel is a function, and answers a question that stands in its description.
// The files are generated so that no name in them can be misspelt unseen: a test
// holds them against this code, every metric in them against internal/metrics,
// and with --check a Prometheus that scraped a real daemon executes every
// expression of the panels and of the alerts.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "dashboards: "+err.Error())
		os.Exit(1)
	}
}

func run() error {
	folder := flag.String("folder", "deploy/grafana", "where the dashboards are written")
	address := flag.String("check", "", "write nothing; execute every expression on the Prometheus at this `URL`")
	rules := flag.String("rules", "deploy/prometheus/rules.yaml", "the alerts to check")
	flag.Parse()
	all, err := build()
	if err != nil {
		return err
	}
	if *address != "" {
		return check(*address, all, *rules)
	}
	for _, d := range all {
		text, err := encode(d.model)
		if err != nil {
			return fmt.Errorf("encode %s: %w", d.file, err)
		}
		if err := os.WriteFile(filepath.Join(*folder, d.file), text, 0o644); err != nil { //nolint:gosec // dashboards are for everybody to read
			return err
		}
	}
	return nil
}

// written is a dashboard and its file.
type written struct {
	model
	file string
}

func build() ([]written, error) {
	product, err := productDashboard().Build()
	if err != nil {
		return nil, fmt.Errorf("product dashboard: %w", err)
	}
	operations, err := operationsDashboard().Build()
	if err != nil {
		return nil, fmt.Errorf("operations dashboard: %w", err)
	}
	return []written{{product, "product.json"}, {operations, "operations.json"}}, nil
}

func encode(d model) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(d)
	return out.Bytes(), err
}
