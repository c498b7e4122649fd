package jirasim_test

import (
	"net/http"
	"testing"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
)

// published lets nothing pass between a test and the simulator that Jira's published contracts do not allow.
func published(t *testing.T, f jirasim.Flavour, simulator http.Handler) http.Handler {
	t.Helper()
	api := contract.JiraCloud
	if f == jirasim.DataCenter {
		api = contract.DataCenter
	}
	return contract.Watch(t, api, contract.Anyone).Handler(simulator)
}
