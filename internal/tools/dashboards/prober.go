package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// prober asks a Prometheus, and counts what it asked.
type prober struct {
	address       string
	product, team string // values for the variables

	panels, expressions, selectors, empty int
}

// answer is what Prometheus answers.
type answer struct {
	Status   string   `json:"status"`
	Error    string   `json:"error"`
	Warnings []string `json:"warnings"`
	Infos    []string `json:"infos"`
	Data     struct {
		Result []struct {
			Metric map[string]string `json:"metric"`
			Value  []any             `json:"value"`
			Values [][]any           `json:"values"`
		} `json:"result"`
	} `json:"data"`
}

// ask returns the answer, an error also for one with a warning.
func (p *prober) ask(ctx context.Context, path string, query url.Values) (*answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address+"/api/v1/"+path+"?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var a answer
	if err := json.NewDecoder(response.Body).Decode(&a); err != nil {
		return nil, fmt.Errorf("%s: %w", response.Status, err)
	}
	if a.Status != "success" {
		return nil, errors.New(a.Error)
	}
	if notes := slices.Concat(a.Warnings, a.Infos); len(notes) > 0 {
		return nil, errors.New("warning: " + strings.Join(notes, "; "))
	}
	return &a, nil
}

// now evaluates an expression at this moment and returns how many series have a number.
func (p *prober) now(ctx context.Context, expression string) (int, error) {
	a, err := p.ask(ctx, "query", url.Values{"query": {expression}})
	if err != nil {
		return 0, err
	}
	return a.series(), nil
}

// over evaluates an expression over the last minutes.
func (p *prober) over(ctx context.Context, expression string) (int, error) {
	end := time.Now()
	a, err := p.ask(ctx, "query_range", url.Values{
		"query": {expression}, "step": {"5"},
		"start": {strconv.FormatInt(end.Add(-5*time.Minute).Unix(), 10)}, "end": {strconv.FormatInt(end.Unix(), 10)},
	})
	if err != nil {
		return 0, err
	}
	return a.series(), nil
}

// series counts those that have at least one number: NaN draws nothing.
func (a *answer) series() int {
	n := 0
	for _, r := range a.Data.Result {
		for _, v := range append(r.Values, r.Value) {
			if len(v) == 2 && v[1] != "NaN" {
				n++
				break
			}
		}
	}
	return n
}

// label returns the first value of a label.
func (p *prober) label(ctx context.Context, selector, label string) (string, error) {
	a, err := p.ask(ctx, "query", url.Values{"query": {fmt.Sprintf("group by (%s) (%s)", label, selector)}})
	if err != nil {
		return "", err
	}
	for _, r := range a.Data.Result {
		if value := r.Metric[label]; value != "" {
			return value, nil
		}
	}
	return "", fmt.Errorf("no value of %s in %s", label, selector)
}

// wait polls until an expression has data.
func (p *prober) wait(ctx context.Context, expression string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		series, err := p.now(ctx, expression)
		if err == nil && series > 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited %s for %s: %w", patience, expression, errors.Join(errNoData, err))
		case <-ticker.C:
		}
	}
}
