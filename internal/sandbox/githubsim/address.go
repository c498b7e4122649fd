package githubsim

import (
	"net/http"
	"strings"
)

// enterprisePrefix is where GitHub Enterprise Server keeps its REST API; the simulator answers with and without it.
const enterprisePrefix = "/api/v3"

// address is where the answers of one request point to: the simulator itself, by the name the client used.
type address struct {
	api string // where REST paths hang
	web string // where a browser looks
}

func addressOf(r *http.Request) address {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	web := scheme + "://" + r.Host
	if strings.HasPrefix(r.URL.Path, enterprisePrefix+"/") {
		return address{api: web + enterprisePrefix, web: web}
	}
	return address{api: web, web: web}
}
