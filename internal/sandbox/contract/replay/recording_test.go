package replay

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"strata/internal/sandbox/contract"
)

// exchange is a request of another program with the answer it got.
type exchange struct {
	name     string // "jira-cli 3"
	method   string
	path     string
	query    url.Values
	header   http.Header
	body     string
	status   int
	answered http.Header
	answer   string // or its beginning
}

func file(t *testing.T, path ...string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(append([]string{contract.Folder(t)}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %.100s", err, text)
	}
}

// transcript reads a file of exchanges, one a line; of each answer the first 300 characters were kept.
func transcript(t *testing.T, name string) []exchange {
	t.Helper()
	var all []exchange
	scan := bufio.NewScanner(strings.NewReader(file(t, "contract", "transcripts", name+".jsonl")))
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var line struct {
			Method string `json:"m"`
			Path   string
			Query  url.Values        `json:"q"`
			Header map[string]string `json:"h"`
			Body   json.RawMessage   `json:"b"`
			Status int
			Answer string `json:"rb"`
		}
		decode(t, scan.Text(), &line)
		e := exchange{name: name + " " + strconv.Itoa(len(all)), method: line.Method, path: line.Path, query: line.Query, header: http.Header{}, status: line.Status, answer: line.Answer}
		for name, value := range line.Header {
			e.header.Set(name, value)
		}
		if string(line.Body) != `""` {
			e.body = compact(t, line.Body)
		}
		all = append(all, e)
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// compact writes JSON without spaces, so that tables of names can say what they mean.
func compact(t *testing.T, raw []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, raw); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// pygithub reads a file of exchanges of ten lines each, with an empty line after each. Headers are written as Python
// writes them.
func pygithub(t *testing.T, name string) []exchange {
	t.Helper()
	lines := strings.Split(file(t, "records", "github", "dependencies", name+".txt"), "\n")
	var all []exchange
	for ; len(lines) >= 10; lines = lines[min(11, len(lines)):] {
		status, err := strconv.Atoi(lines[7])
		if err != nil {
			t.Fatalf("%s: status %q", name, lines[7])
		}
		e := exchange{
			name: name + " " + strconv.Itoa(len(all)), method: lines[1], path: lines[4], header: http.Header{}, status: status,
			answered: pairs(lines[8]), answer: lines[9],
		}
		if lines[6] != "None" {
			e.body = lines[6]
			e.header.Set("Content-Type", "application/json")
		}
		e.header.Set("Accept", "application/vnd.github+json")
		e.header.Set("User-Agent", "PyGithub/Python")
		all = append(all, e)
	}
	return all
}

// pairs reads [('Date', 'Mon'), ('Server', "…")].
func pairs(text string) http.Header {
	h := http.Header{}
	for part := range strings.SplitSeq(strings.Trim(text, "[]()"), "), (") {
		name, value, _ := strings.Cut(part, ", ")
		h.Add(strings.Trim(name, `'"`), strings.Trim(value, `'"`))
	}
	return h
}

// nock reads exchanges as octokit's fixtures keep them.
func nock(t *testing.T, path ...string) []exchange {
	t.Helper()
	var list []struct {
		Method, Path string
		Status       int
		Response     json.RawMessage
		Headers      map[string]any
	}
	decode(t, file(t, path...), &list)
	var all []exchange
	for n, one := range list {
		at, err := url.Parse(one.Path)
		if err != nil {
			t.Fatal(err)
		}
		e := exchange{
			name: path[len(path)-1] + " " + strconv.Itoa(n), method: strings.ToUpper(one.Method), path: at.Path, query: at.Query(), status: one.Status, answer: string(one.Response),
			header: http.Header{"Accept": {"application/vnd.github.v3+json"}, "User-Agent": {"octokit"}}, answered: http.Header{},
		}
		for name, value := range one.Headers {
			e.answered.Set(name, fmt.Sprint(value))
		}
		all = append(all, e)
	}
	return all
}

// graphql reads recorded questions and their answers.
func graphql(t *testing.T, name string) []exchange {
	t.Helper()
	var list []struct {
		Query     string
		Variables json.RawMessage
		Response  struct {
			Status  int
			Headers map[string]string
			Data    json.RawMessage
		}
	}
	decode(t, file(t, "records", "github", "projects-v2", name+"__fixtures.json"), &list)
	var all []exchange
	for n, one := range list {
		body, err := json.Marshal(map[string]any{"query": one.Query, "variables": one.Variables})
		if err != nil {
			t.Fatal(err)
		}
		e := exchange{
			name: name + " " + strconv.Itoa(n), method: http.MethodPost, path: "/graphql", body: compact(t, body), status: one.Response.Status, answer: string(one.Response.Data),
			header: http.Header{"Content-Type": {"application/json"}, "User-Agent": {"octokit"}}, answered: http.Header{},
		}
		for name, value := range one.Response.Headers {
			e.answered.Set(name, value)
		}
		all = append(all, e)
	}
	return all
}
