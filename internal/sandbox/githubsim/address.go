package githubsim

import (
	"net/http"
	"strings"
)

// enterprisePrefix is where GitHub Enterprise Server keeps its REST API; the simulator answers with and without it.
const enterprisePrefix = "/api/v3"

// address is where the answers of one request point to: the simulator itself, by the name the client used. A client
// that calls api.NAME is sent to NAME with a browser, as on github.com.
type address struct {
	api     string // where REST paths hang
	web     string // where a browser looks
	version string // of the REST API that the client speaks
	media   media  // how it wants texts
}

func addressOf(r *http.Request) address {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	web := scheme + "://" + strings.TrimPrefix(r.Host, "api.")
	out := address{api: scheme + "://" + r.Host, web: web, version: firstVersion, media: plainMedia}
	if r.URL.Path == enterprisePrefix || strings.HasPrefix(r.URL.Path, enterprisePrefix+"/") {
		out.api = web + enterprisePrefix
	}
	return out
}
