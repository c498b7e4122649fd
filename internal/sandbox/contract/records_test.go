package contract

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorded reads a file of the public material.
func recorded(t testing.TB, path ...string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(append([]string{Folder(t)}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// lines are the records of a file of one a line, at most so many.
func lines(t testing.TB, most int, path ...string) []string {
	t.Helper()
	var all []string
	scan := bufio.NewScanner(strings.NewReader(string(recorded(t, path...))))
	scan.Buffer(nil, 16<<20)
	for scan.Scan() && len(all) < most {
		all = append(all, scan.Text())
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// list writes records as one JSON list.
func list(t testing.TB, path ...string) string {
	t.Helper()
	return "[" + strings.Join(lines(t, 1000, path...), ",") + "]"
}

// part takes what stands at a path out of JSON: "0/request".
func part(t testing.TB, raw []byte, path string) []byte {
	t.Helper()
	for step := range strings.SplitSeq(path, "/") {
		var object map[string]json.RawMessage
		var many []json.RawMessage
		switch {
		case json.Unmarshal(raw, &object) == nil:
			raw = object[step]
		case json.Unmarshal(raw, &many) == nil && step == "0":
			raw = many[0]
		}
		if raw == nil {
			t.Fatalf("no %s in %s", step, path)
		}
	}
	return raw
}

// said is an exchange that was carried out.
func said(t testing.TB, method, address, body string, status int, answer string) Exchange {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	e := Exchange{
		Method: method, URL: u, Header: http.Header{"User-Agent": {"test"}, "X-Github-Api-Version": {"2022-11-28"}, "X-Atlassian-Token": {"no-check"}}, Body: []byte(body), Status: status, Answer: []byte(answer),
		AnswerHeader: http.Header{"Date": {"Wed, 11 Mar 2026 09:00:00 GMT"}, "Etag": {`"1"`}},
	}
	if body != "" {
		e.Header.Set("Content-Type", "application/json")
	}
	if answer != "" {
		e.AnswerHeader.Set("Content-Type", "application/json")
	}
	return e
}
