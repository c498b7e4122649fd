package jirasim

import (
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// browser are the User-Agents that Jira takes for a browser's.
var browser = regexp.MustCompile(`^(Mozilla|Opera)/`)

// gate refuses what no handler sees: a write from a browser's User-Agent that
// could be forged, and a body that is not JSON.
func (c *call) gate() error {
	switch c.Method {
	case http.MethodPost, http.MethodPut, http.MethodDelete:
	default:
		return nil
	}
	h := c.Request.Header
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	token := strings.ToLower(h.Get("X-Atlassian-Token"))
	files := strings.HasSuffix(c.URL.Path, "/attachments")
	forged := (browser.MatchString(h.Get("User-Agent")) && !c.sameOrigin()) || files
	if forged && token != "no-check" && token != "nocheck" {
		return refuse(http.StatusForbidden, "XSRF check failed")
	}
	if files {
		if kind != "multipart/form-data" {
			return refuse(http.StatusUnsupportedMediaType, "HTTP 415 Unsupported Media Type")
		}
		return nil
	}
	if c.ContentLength != 0 && kind != "application/json" {
		return refuse(http.StatusUnsupportedMediaType, "HTTP 415 Unsupported Media Type")
	}
	return nil
}

// sameOrigin says whether a browser's request comes from our own pages.
func (c *call) sameOrigin() bool {
	for _, name := range []string{"Origin", "Referer"} {
		if from := c.Request.Header.Get(name); from != "" {
			u, err := url.Parse(from)
			return err == nil && u.Host == c.Host
		}
	}
	return false
}
