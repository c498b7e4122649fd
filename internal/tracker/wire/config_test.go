package wire_test

import (
	"testing"

	"strata/internal/tracker/wire"
)

func TestPlainHTTPIsForLoopbackOnly(t *testing.T) {
	for origin, ok := range map[string]bool{
		"https://acme.atlassian.net": true, "http://127.0.0.1:8080/jira": true, "http://localhost": true, "http://[::1]:80": true,
		"http://jira.internal": false, "ftp://jira": false, "jira.internal": false, "https://user:pass@jira": false, "": false,
	} {
		if err := wire.Default().CheckOrigin(origin); (err == nil) != ok {
			t.Errorf("CheckOrigin(%q) = %v; want allowed %v", origin, err, ok)
		}
	}
	if err := (wire.Config{InsecureHTTP: true}).CheckOrigin("http://jira.internal"); err != nil {
		t.Errorf("CheckOrigin = %v; want the explicit switch to allow it", err)
	}
}

func TestEveryMistakeOfAConfigIsTold(t *testing.T) {
	bad := wire.Config{Proxy: "proxy:3128:x", ClientCert: "a.pem", RatePerSecond: -1, MaxRetries: -1, Reserve: 1}
	if got := bad.Validate(); len(got) != 5 {
		t.Errorf("Validate = %v; want five errors", got)
	}
	if got := wire.Default().Validate(); len(got) != 0 {
		t.Errorf("Validate of the defaults = %v; want none", got)
	}
}
