package main

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// frame is what every panel has.
type frame struct {
	title string
	// tells is the question that the panel answers, and how to read it.
	tells string
	unit  string
	// none is what stands where there is no data: why, and what to do.
	none string
	w, h uint32 // of 24 columns; rows of 30 pixels
}

// painter is what the builders of all kinds of panels have in common.
type painter[T any] interface {
	Title(string) T
	Description(string) T
	Datasource(common.DataSourceRef) T
	Unit(string) T
	NoValue(string) T
	Span(uint32) T
	Height(uint32) T
	WithTarget(cog.Builder[variants.Dataquery]) T
}

// paint puts a panel into its frame and gives it its queries, named A, B, C.
func paint[T painter[T]](panel T, f frame, queries ...*prometheus.DataqueryBuilder) T {
	panel.Title(f.title)
	panel.Description(f.tells)
	panel.Datasource(source)
	panel.Unit(f.unit)
	panel.NoValue(f.none)
	panel.Span(f.w)
	panel.Height(f.h)
	for i, q := range queries {
		panel.WithTarget(q.RefId(string(rune('A' + i))))
	}
	return panel
}

// source is the Prometheus that the reader chose.
var source = common.DataSourceRef{Type: cog.ToPtr("prometheus"), Uid: cog.ToPtr("${datasource}")}

// over queries the whole range of time.
func over(expression, legend string) *prometheus.DataqueryBuilder {
	return prometheus.NewDataqueryBuilder().Expr(expression).LegendFormat(legend).Range().Datasource(source)
}

// now queries the end of the range.
func now(expression, legend string) *prometheus.DataqueryBuilder {
	return prometheus.NewDataqueryBuilder().Expr(expression).LegendFormat(legend).Instant().Datasource(source)
}

// rows queries the end of the range for a table: a column for each label.
func rows(expression string) *prometheus.DataqueryBuilder {
	return now(expression, "").Format(prometheus.PromQueryFormatTable)
}

// The colours, by what they mean.
const (
	good    = "green"
	careful = "orange"
	bad     = "red"
	neutral = "blue"
	silent  = "text"
)

// step is where a colour begins.
type step struct {
	from  float64
	color string
}

// steps colours numbers: first below every step, then from each step on.
func steps(first string, rest ...step) *dashboard.ThresholdsConfigBuilder {
	list := []dashboard.Threshold{{Color: first}}
	for _, s := range rest {
		list = append(list, dashboard.Threshold{Value: cog.ToPtr(s.from), Color: s.color})
	}
	return dashboard.NewThresholdsConfigBuilder().Mode(dashboard.ThresholdsModeAbsolute).Steps(list)
}

func colored(mode dashboard.FieldColorModeId) *dashboard.FieldColorBuilder {
	return dashboard.NewFieldColorBuilder().Mode(mode)
}

// word is a text in place of a value, in a colour or in none.
type word struct{ value, text, color string }

// words shows texts in place of values, in their order.
func words(list ...word) dashboard.ValueMapping {
	options := map[string]dashboard.ValueMappingResult{}
	for i, w := range list {
		result := dashboard.ValueMappingResult{Text: cog.ToPtr(w.text), Index: cog.ToPtr(int32(i))}
		if w.color != "" {
			result.Color = cog.ToPtr(w.color)
		}
		options[w.value] = result
	}
	return dashboard.ValueMapping{ValueMap: &dashboard.ValueMap{Type: dashboard.MappingTypeValueToText, Options: options}}
}

// property is a setting of a column or a series.
func property(id string, value any) dashboard.DynamicConfigValue {
	return dashboard.DynamicConfigValue{Id: id, Value: value}
}

// fixed gives a series its colour.
func fixed(color string) dashboard.DynamicConfigValue {
	return property("color", map[string]any{"mode": "fixed", "fixedColor": color})
}

func lastOf() *common.ReduceDataOptionsBuilder {
	return common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"}).Fields("").Values(false)
}

func legend(calcs ...string) *common.VizLegendOptionsBuilder {
	return common.NewVizLegendOptionsBuilder().DisplayMode(common.LegendDisplayModeList).Placement(common.LegendPlacementBottom).ShowLegend(true).Calcs(append([]string{}, calcs...))
}
