package main

import "github.com/grafana/grafana-foundation-sdk/go/dashboard"

// The dashboards are written in the format that every Grafana since 9 imports.
// Its successor needs a Grafana of this year, and buys nothing here.
type (
	model   = dashboard.Dashboard        //nolint:staticcheck // see above
	builder = dashboard.DashboardBuilder //nolint:staticcheck // see above
)

func newDashboard(title string) *builder {
	return dashboard.NewDashboardBuilder(title) //nolint:staticcheck // see above
}
