package githubsim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// media is how a client wants texts: as Markdown (raw), plain (text), rendered (html), or all three (full).
type media struct {
	raw, text, html bool
	param           string // as the header says it back; empty: not said
}

var plainMedia = media{raw: true}

var mediaParams = map[string]media{
	"raw": {raw: true, param: "raw"}, "text": {text: true, param: "text"}, "html": {html: true, param: "html"},
	"full": {raw: true, text: true, html: true, param: "full"},
}

// mediaOf reads the Accept header: the first type that GitHub speaks decides. application/vnd.github.full+json and
// application/vnd.github.v3.full+json are the same. Nothing of it is JSON: 415.
func mediaOf(header string) (media, *refusal) {
	if strings.TrimSpace(header) == "" {
		return plainMedia, nil
	}
	for _, entry := range strings.Split(header, ",") {
		kind, _, _ := strings.Cut(entry, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
		switch {
		case kind == "*/*", kind == "application/*", kind == "application/json":
			return plainMedia, nil
		case strings.HasPrefix(kind, "application/vnd.github"):
			return githubMedia(kind), nil
		}
	}
	return plainMedia, refuse(http.StatusUnsupportedMediaType, fmt.Sprintf("Unsupported 'Accept' header: %q. Must accept 'application/json'.", header))
}

func githubMedia(kind string) media {
	kind, _, _ = strings.Cut(strings.TrimPrefix(kind, "application/vnd.github"), "+")
	for _, part := range strings.Split(kind, ".") {
		if m, ok := mediaParams[part]; ok {
			return m
		}
	}
	return plainMedia // the version, or a preview that is none any more
}

// header is how the answer names the media type.
func (m media) header() string {
	if m.param == "" {
		return "github.v3; format=json"
	}
	return "github.v3; param=" + m.param + "; format=json"
}

// The versions of the REST API. Enterprise Server knows the first only.
const (
	firstVersion = "2022-11-28"
	lateVersion  = "2026-03-10" // the first that leaves something out: the singular assignee of issues
)

func (s *Simulator) versions() []string {
	if s.enterprise() {
		return []string{firstVersion}
	}
	return []string{firstVersion, lateVersion}
}

// enterprise reports a simulator without limits, which is how Enterprise Server comes.
func (s *Simulator) enterprise() bool { return s.options.Limit < 0 }

// versionOf reads the version that the client speaks; none is the first.
func (s *Simulator) versionOf(header string) (string, *refusal) {
	known := s.versions()
	if header == "" {
		return firstVersion, nil
	}
	if slices.Contains(known, header) {
		return header, nil
	}
	var list []string
	for n := len(known) - 1; n >= 0; n-- {
		list = append(list, fmt.Sprintf("%q", known[n]))
	}
	list[0] += " (most recent)"
	no := refuse(http.StatusBadRequest, fmt.Sprintf("Bad Request: The version you specified in the \"X-GitHub-API-Version\" request header, %q, is not a supported version. "+
		"The following versions are currently supported: %s.", header, strings.Join(list, ", ")))
	no.Docs = docs + "/about-the-rest-api/api-versions"
	return firstVersion, no
}
