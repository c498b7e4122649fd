package github

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestEveryRecordedIssueIsRead reads all the issues that were recorded anywhere: alone, in lists, and in answers to writes.
func TestEveryRecordedIssueIsRead(t *testing.T) {
	var bodies [][]byte
	for _, name := range []string{
		"IssueDependencies.setUp", "IssueDependencies.testAddBlockedBy", "IssueDependencies.testRemoveBlockedBy",
		"SubIssue.testAddSubIssue", "SubIssue.testListSubIssues", "SubIssue.testRemoveSubIssue",
	} {
		for _, body := range exchanges(t, name+".txt") {
			bodies = append(bodies, []byte(body))
		}
	}
	var pages []struct{ Response json.RawMessage }
	raw, err := os.ReadFile(testdata(t, "records", "github", "paginate-issues.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &pages); err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		bodies = append(bodies, page.Response)
	}
	read := 0
	for _, body := range bodies {
		var list []json.RawMessage
		if json.Unmarshal(body, &list) != nil {
			list = []json.RawMessage{body}
		}
		for _, one := range list {
			read++
			readIssue(t, one)
		}
	}
	if read < 30 {
		t.Errorf("%d issues were read; want 30 and more", read)
	}
}

// readIssue holds a record against what was recorded, read plainly.
func readIssue(t *testing.T, raw []byte) {
	t.Helper()
	var row restIssue
	var plain struct {
		Title, State, URL string
		Number            int
		Labels            []struct{ Name string }
	}
	if err := json.Unmarshal(raw, &row); err != nil {
		t.Errorf("%v in %.200s", err, raw)
		return
	}
	if err := json.Unmarshal(raw, &plain); err != nil {
		t.Fatal(err)
	}
	r, err := converter().rest(&row)
	if err != nil {
		t.Errorf("%v in %.200s", err, raw)
		return
	}
	if r.Title != plain.Title || row.Number != plain.Number || len(r.Labels) != len(plain.Labels) || r.Created.IsZero() || r.Updated.IsZero() {
		t.Errorf("%s was read as %+v", plain.URL, r)
	}
	if closed := r.Status.Category == "done"; closed != (plain.State == "closed") {
		t.Errorf("%s is %s, and was read as %s", plain.URL, plain.State, r.Status.Category)
	}
}

func TestEveryRecordedCommentIsRead(t *testing.T) {
	raw, err := os.ReadFile(testdata(t, "records", "github", "ants.comments.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	read := 0
	for lines.Scan() {
		var c restComment
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Errorf("%v in %.200s", err, lines.Bytes())
			continue
		}
		read++
		got := converter().comment(identity{}, &c)
		if got.ID == "" || got.ID == "0" || got.Author == "" || got.Created.IsZero() || !strings.HasPrefix(got.URL, "https://github.com/") || got.Ours || got.Marked || got.Hidden {
			t.Errorf("%.200s was read as %+v", lines.Bytes(), got)
		}
		if at, ok := parseIssueURL(c.IssueURL); !ok || at.repo != "panjf2000/ants" {
			t.Errorf("the issue of %s is not found in %s", got.URL, c.IssueURL)
		}
	}
	if read != 94 {
		t.Errorf("%d comments were read; want 94", read)
	}
}

func TestRecordedErrorsAreUnderstood(t *testing.T) {
	raw, err := os.ReadFile(testdata(t, "contract", "github-graphql-errors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var recorded map[string]graphError
	if err := json.Unmarshal(raw, &recorded); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"NOT_FOUND": weightNotFound, "UNPROCESSABLE": weightRejected, "null": weightRejected} {
		e, there := recorded[name]
		if !there || e.Message == "" || e.at() == "" || weight(e) != want {
			t.Errorf("%s was read as %+v, weight %d; want %d", name, e, weight(e), want)
		}
	}
}
