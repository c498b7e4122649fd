package jirasim_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"strata/internal/sandbox/jirasim"
)

// raw sends a request as the daemon with headers of its own.
func (k talk) raw(method, path, body string, header map[string]string) (int, http.Header, string) {
	k.t.Helper()
	var in io.Reader
	if body != "" {
		in = strings.NewReader(body)
	}
	req, err := http.NewRequest(method, k.srv.URL+path, in)
	if err != nil {
		k.t.Fatal(err)
	}
	if k.f == jirasim.Cloud {
		req.SetBasicAuth("bot@acme.example", token)
	} else {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for name, v := range header {
		req.Header.Set(name, v)
	}
	resp, err := k.srv.Client().Do(req)
	if err != nil {
		k.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header, string(text)
}

func TestABodyMustBeDeclaredAsJSON(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		at := api + "/issue/WEB-5/comment"
		for kind, status := range map[string]int{"application/json": 201, "application/json;charset=UTF-8": 201, "": 415, "application/x-www-form-urlencoded": 415, "text/plain": 415} {
			if got, _, text := k.raw("POST", at, `{"body":"x"}`, map[string]string{"Content-Type": kind}); got != status {
				t.Errorf("%q: got %d %s; want %d", kind, got, text, status)
			}
		}
		if got, _, text := k.raw("PUT", api+"/issue/WEB-5/properties/k", `1`, nil); got != 415 {
			t.Errorf("a property: got %d %s", got, text)
		}
		if got, _, text := k.raw("DELETE", api+"/issue/WEB-5/properties/k", "", nil); got != 404 {
			t.Errorf("without a body: got %d %s", got, text)
		}
	})
}

func TestABrowserMayNotWriteForOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
		for _, tc := range []struct {
			header map[string]string
			status int
		}{
			{map[string]string{"User-Agent": firefox}, 403},
			{map[string]string{"User-Agent": firefox, "Origin": "https://evil.example"}, 403},
			{map[string]string{"User-Agent": firefox, "X-Atlassian-Token": "no-check"}, 201},
			{map[string]string{"User-Agent": firefox, "Origin": k.srv.URL}, 201},
			{map[string]string{"User-Agent": "Go-http-client/1.1"}, 201},
			{map[string]string{"User-Agent": "axios/1.7.2"}, 201},
		} {
			tc.header["Content-Type"] = "application/json"
			got, _, text := k.raw("POST", api+"/issue/WEB-5/comment", `{"body":"x"}`, tc.header)
			if got != tc.status || (got == 403 && !strings.Contains(text, "XSRF check failed")) {
				t.Errorf("%v: got %d %s; want %d", tc.header, got, text, tc.status)
			}
		}
		if got, _, _ := k.raw("GET", api+"/myself", "", map[string]string{"User-Agent": firefox}); got != 200 {
			t.Errorf("reading: got %d", got)
		}
	})
}

func TestNobodyAndAWrongTokenAreAnsweredByFlavour(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		search := map[jirasim.Flavour]string{jirasim.Cloud: api + "/search/jql?jql=project%3DWEB", jirasim.DataCenter: api + "/search?jql=project%3DWEB"}[k.f]
		wrong := func(r *http.Request) {
			if k.f == jirasim.Cloud {
				r.SetBasicAuth("bot@acme.example", "old")
			} else {
				r.Header.Set("Authorization", "Bearer old")
			}
		}
		failed := map[jirasim.Flavour]int{jirasim.Cloud: 200, jirasim.DataCenter: 401}[k.f]
		for path, status := range map[string][2]int{ // nobody, wrong token
			search: {200, failed}, api + "/myself": {401, 401}, api + "/serverInfo": {200, failed}, api + "/issue/WEB-1": {404, map[int]int{200: 404, 401: 401}[failed]},
			api + "/project": {200, failed}, "/rest/agile/1.0/board": {401, 401},
		} {
			if got := askAs(t, k.srv, "GET", path, nil, nobody); got.status != status[0] || strings.Contains(got.text, "WEB") {
				t.Errorf("%s by nobody: got %d %s; want %d", path, got.status, got.text, status[0])
			}
			got := askAs(t, k.srv, "GET", path, nil, wrong)
			if got.status != status[1] || got.header.Get("X-Seraph-LoginReason") != "AUTHENTICATED_FAILED" || strings.Contains(got.text, "WEB") {
				t.Errorf("%s with a wrong token: got %d %q %s; want %d", path, got.status, got.header.Get("X-Seraph-LoginReason"), got.text, status[1])
			}
		}
		if got := askAs(t, k.srv, "POST", api+"/issue/WEB-5/comment", m{"body": "x"}, nobody); got.status != 401 {
			t.Errorf("a comment by nobody: got %d", got.status)
		}
		if k.f == jirasim.DataCenter {
			if got := askAs(t, k.srv, "GET", search, nil, nobody); got.header.Get("X-AUSERNAME") != "anonymous" {
				t.Errorf("got %q", got.header.Get("X-AUSERNAME"))
			}
			if got := k.as("ada").do("GET", search, nil); got.header.Get("X-AUSERNAME") != "ada" {
				t.Errorf("got %q", got.header.Get("X-AUSERNAME"))
			}
		}
	})
}

func TestUnknownPathsAndMethodsAreTold(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		k.refused(404, "null for uri", "GET", api+"/nonsense", nil)
		k.refused(405, "405", "DELETE", api+"/myself", nil)
		if got := k.do("PUT", api+"/issue/WEB-1/comment", m{}); got.status != 405 || got.header.Get("Allow") != "GET,POST" {
			t.Errorf("got %d, %q", got.status, got.header.Get("Allow"))
		}
		if got, _, _ := k.raw("GET", api+"/myself/", "", nil); got != 200 {
			t.Errorf("with a slash at the end: got %d", got)
		}
		if got := k.do("GET", "/rest/api/3/myself", nil); got.status != map[jirasim.Flavour]int{jirasim.Cloud: 200, jirasim.DataCenter: 404}[k.f] {
			t.Errorf("version 3: got %d", got.status)
		}
		k.must(200, "GET", "/rest/api/latest/myself", nil)
		for path, status := range map[string]int{"/issue/bulkfetch": 405, "/search/approximate-count": 404, "/comment/list": 404} {
			if got := k.do("POST", api+path, m{}); k.f == jirasim.DataCenter && got.status != status {
				t.Errorf("%s on Data Center: got %d; want %d", path, got.status, status)
			}
		}
	})
}
