package main

import (
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// numbers shows the last values, large.
func numbers(f frame, queries ...*prometheus.DataqueryBuilder) *stat.PanelBuilder {
	return paint(stat.NewPanelBuilder(), f, queries...).
		ReduceOptions(lastOf()).
		TextMode(common.BigValueTextModeAuto).
		ColorMode(common.BigValueColorModeValue).
		GraphMode(common.BigValueGraphModeNone).
		JustifyMode(common.BigValueJustifyModeAuto).
		Orientation(common.VizOrientationAuto).
		Thresholds(steps(silent))
}

// bars shows the last values beside each other, by name.
func bars(f frame, queries ...*prometheus.DataqueryBuilder) *bargauge.PanelBuilder {
	return paint(bargauge.NewPanelBuilder(), f, queries...).
		ReduceOptions(lastOf()).
		DisplayMode(common.BarGaugeDisplayModeBasic).
		ValueMode(common.BarGaugeValueModeText).
		NamePlacement(common.BarGaugeNamePlacementLeft).
		ShowUnfilled(true).
		Sizing(common.BarGaugeSizingManual).
		MinVizHeight(16).
		MaxVizHeight(28).
		Orientation(common.VizOrientationHorizontal).
		Min(0).
		ColorScheme(colored(dashboard.FieldColorModeIdThresholds)).
		Thresholds(steps(neutral))
}

// lines shows values over time.
func lines(f frame, queries ...*prometheus.DataqueryBuilder) *timeseries.PanelBuilder {
	return paint(timeseries.NewPanelBuilder(), f, queries...).
		ColorScheme(colored(dashboard.FieldColorModeIdPaletteClassic)).
		LineWidth(1).
		FillOpacity(8).
		ShowPoints(common.VisibilityModeNever).
		AxisSoftMin(0).
		Legend(legend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeMulti).Sort(common.SortOrderDescending))
}

// layers shows values over time on top of each other.
func layers(f frame, queries ...*prometheus.DataqueryBuilder) *timeseries.PanelBuilder {
	return lines(f, queries...).
		FillOpacity(40).
		Stacking(common.NewStackingConfigBuilder().Mode(common.StackingModeNormal).Group("A"))
}

// grid shows rows and columns. Rows of several queries with the same labels are one.
func grid(f frame, columns []column, queries ...*prometheus.DataqueryBuilder) *table.PanelBuilder {
	t := paint(table.NewPanelBuilder(), f, queries...).
		ShowHeader(true).
		CellHeight(common.TableCellHeightSm).
		MinWidth(50).
		Footer(common.NewTableFooterOptionsBuilder().Show(false).Reducer([]string{})).
		ColorScheme(colored(dashboard.FieldColorModeIdThresholds)).
		Thresholds(steps(silent))
	if len(queries) > 1 {
		t.WithTransformation(dashboard.DataTransformerConfig{Id: "merge", Options: map[string]any{}})
	}
	names, order, hide := map[string]string{}, map[string]int{}, map[string]bool{"Time": true}
	for i, c := range columns {
		order[c.field] = i
		if c.title == "" {
			hide[c.field] = true
			continue
		}
		names[c.field] = c.title
		// An empty cell says nothing; the text for no data is for an empty table.
		mappings := append(slices.Clone(c.words), dash("null+nan"), dash("empty"))
		t.OverrideByName(c.title, append([]dashboard.DynamicConfigValue{property("mappings", mappings)}, c.properties...))
	}
	return t.WithTransformation(dashboard.DataTransformerConfig{
		Id: "organize", Options: map[string]any{"excludeByName": hide, "indexByName": order, "renameByName": names},
	})
}

// column is a field of the queries as the reader sees it; without a title it is left out.
type column struct {
	field, title string
	words        []dashboard.ValueMapping
	properties   []dashboard.DynamicConfigValue
}

// col is a column whose values stand as they are.
func col(field, title string, properties ...dashboard.DynamicConfigValue) column {
	return column{field: field, title: title, properties: properties}
}

// said is a column whose values are shown as words.
func said(field, title string, words dashboard.ValueMapping, properties ...dashboard.DynamicConfigValue) column {
	return column{field, title, []dashboard.ValueMapping{words}, properties}
}

func dash(match string) dashboard.ValueMapping {
	return dashboard.ValueMapping{SpecialValueMap: &dashboard.SpecialValueMap{
		Type: dashboard.MappingTypeSpecialValue,
		Options: dashboard.DashboardSpecialValueMapOptions{
			Match: dashboard.SpecialValueMatch(match), Result: dashboard.ValueMappingResult{Text: cog.ToPtr("–"), Color: cog.ToPtr(silent)},
		},
	}}
}

// painted colours the text of a column.
func painted() dashboard.DynamicConfigValue {
	return property("custom.cellOptions", map[string]any{"type": "color-text"})
}

func thresholds(first string, rest ...step) dashboard.DynamicConfigValue {
	return property("thresholds", built(steps(first, rest...)))
}

func built(b *dashboard.ThresholdsConfigBuilder) dashboard.ThresholdsConfig {
	config, _ := b.Build() // fails for no input
	return config
}

// share draws a part of a whole as a bar; its basis stands in the column beside it.
func share(field, title, color string, rest ...step) column {
	return col(field, title,
		property("unit", "percentunit"), property("min", 0), property("max", 1), property("decimals", 0),
		property("custom.cellOptions", map[string]any{"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}), thresholds(color, rest...),
	)
}

func wide(pixels int) dashboard.DynamicConfigValue { return property("custom.width", pixels) }
