package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"go.yaml.in/yaml/v3"
)

// mayBeEmpty are the expressions that a healthy sandbox has no data for, by
// panel and legend (or, without one, expression) or by alert and selector, with the reason.
var mayBeEmpty = map[string]string{
	"Writes that failed / {{tracker}} {{outcome}}":                                                                    "no write fails in a healthy sandbox",
	"StrataCriticalFinding / " + `strata_open_finding_info{severity="critical", horizon="current"}`:                   "the sandbox may have no critical finding in the current Sprint",
	`Goals, stock and load / sum by (team) (strata_team_load_ratio{product="$product",team=~"$team",horizon="next"})`: "the next Sprint may not be estimated far enough to say",
	"Held back, by reason / {{reason}}":                                                                               "the sandbox holds nothing back",
}

// patience is how long the first scrapes and the first writes may take.
const patience = 60 * time.Second

// check executes the expression of every panel, variable and alert on a
// Prometheus that scrapes a daemon, and joins everything that is wrong: errors,
// warnings, and expressions without data that no reason is known for.
func check(address string, all []written, file string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*patience)
	defer cancel()
	alerts, err := readAlerts(file)
	if err != nil {
		return err
	}
	p := &prober{address: address}
	// Rates need some scrapes, and the counters of comments a first comment.
	if err := p.wait(ctx, `count_over_time(strata_build_info[5m]) > 20 and on () (sum(strata_comments_total{outcome="ok"}) > 0)`); err != nil {
		return err
	}
	if p.product, err = p.label(ctx, "strata_source_up", "product"); err != nil {
		return err
	}
	if p.team, err = p.label(ctx, `strata_wip_items{team!=""}`, "team"); err != nil {
		return err
	}
	var errs []error
	for _, d := range all {
		errs = append(errs, p.dashboard(ctx, d.model))
	}
	for _, a := range alerts {
		errs = append(errs, p.alert(ctx, a))
	}
	fmt.Printf("%d panels, %d expressions, %d alerts with %d selectors executed; %d empty for a known reason\n", p.panels, p.expressions, len(alerts), p.selectors, p.empty)
	return errors.Join(errs...)
}

// dashboard executes a dashboard's variables and panels.
func (p *prober) dashboard(ctx context.Context, d model) error {
	var errs []error
	for _, v := range d.Templating.List {
		if v.Query == nil || v.Query.String == nil || v.Type != dashboard.VariableTypeQuery {
			continue
		}
		selector, label, ok := labelValues(*v.Query.String)
		if !ok {
			errs = append(errs, fmt.Errorf("variable %s: %q is no label_values(selector, label)", v.Name, *v.Query.String))
			continue
		}
		_, err := p.label(ctx, p.filled(selector, ".*"), label)
		errs = append(errs, err)
	}
	for _, panel := range panelsOf(d) {
		p.panels++
		for i := range panel.Targets {
			q, ok := panel.Targets[i].(prometheus.Dataquery)
			if !ok {
				errs = append(errs, fmt.Errorf("panel %q: a target is no query of Prometheus", *panel.Title))
				continue
			}
			errs = append(errs, p.expression(ctx, nameOf(panel, q), q))
		}
	}
	return errors.Join(errs...)
}

// nameOf is how a panel's query is known: by its legend, or without one by itself.
func nameOf(panel dashboard.Panel, q prometheus.Dataquery) string {
	if q.LegendFormat != nil && *q.LegendFormat != "" {
		return *panel.Title + " / " + *q.LegendFormat
	}
	return *panel.Title + " / " + q.Expr
}

// expression executes a panel's query for all teams, where there must be data,
// and for one team.
func (p *prober) expression(ctx context.Context, name string, q prometheus.Dataquery) error {
	p.expressions++
	ask := p.now
	if q.Range != nil && *q.Range {
		ask = p.over
	}
	series, err := ask(ctx, p.filled(q.Expr, ".*"))
	if err == nil && series == 0 {
		err = p.before(ctx, p.filled(q.Expr, ".*"), name)
	}
	if _, one := ask(ctx, p.filled(q.Expr, p.team)); err == nil {
		err = one
	}
	if err != nil {
		return fmt.Errorf("panel %s: %w in %s", name, err, q.Expr)
	}
	return nil
}

// alert executes an alert. It is quiet in a healthy sandbox, so that what it
// looks at must have data.
func (p *prober) alert(ctx context.Context, a alert) error {
	if _, err := p.now(ctx, a.Expr); err != nil {
		return fmt.Errorf("alert %s: %w in %s", a.Alert, err, a.Expr)
	}
	for _, selector := range selectors.FindAllString(a.Expr, -1) {
		p.selectors++
		series, err := p.now(ctx, selector)
		if err == nil && series == 0 {
			err = p.before(ctx, selector, a.Alert+" / "+selector)
		}
		if err != nil {
			return fmt.Errorf("alert %s: %w for %s", a.Alert, err, selector)
		}
	}
	return nil
}

var errNoData = errors.New("no data")

// before says whether what has no data at this moment had some: the sandbox
// lives, and its findings come and go. Else it must be known that it has none.
func (p *prober) before(ctx context.Context, expression, name string) error {
	series, err := p.over(ctx, expression)
	if _, known := mayBeEmpty[name]; err != nil || series > 0 {
		return err
	} else if !known {
		return errNoData
	}
	p.empty++
	return nil
}

// alert is an alert of a rules file.
type alert struct {
	Alert       string            `yaml:"alert"`
	Expr        string            `yaml:"expr"`
	Labels      map[string]string `yaml:"labels"`
	Annotations map[string]string `yaml:"annotations"`
}

func readAlerts(file string) ([]alert, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var rules struct {
		Groups []struct {
			Rules []alert `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.Unmarshal(text, &rules); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	var alerts []alert
	for _, g := range rules.Groups {
		alerts = append(alerts, g.Rules...)
	}
	return alerts, nil
}

var (
	selectors     = regexp.MustCompile(`\bstrata_[a-z0-9_]+(\{[^}]*\})?`)
	labelValuesOf = regexp.MustCompile(`^label_values\((.+), *([a-z_]+)\)$`)
)

func labelValues(query string) (selector, label string, ok bool) {
	m := labelValuesOf.FindStringSubmatch(query)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// panelsOf are the panels of a dashboard, those of rows among them.
func panelsOf(d model) []dashboard.Panel {
	var all []dashboard.Panel
	for _, p := range d.Panels {
		if p.Panel != nil {
			all = append(all, *p.Panel)
		}
		if p.RowPanel != nil {
			all = append(all, p.RowPanel.Panels...)
		}
	}
	return all
}

// filled puts values in the place of variables.
func (p *prober) filled(expression, team string) string {
	return strings.NewReplacer(
		"$product", p.product, "$team", team,
		"$__rate_interval", "15s", "$__interval", "5s", "$__range", "1m",
	).Replace(expression)
}
