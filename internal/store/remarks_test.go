package store_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

func remark(item, id, body string) work.Remark {
	return work.Remark{
		Item: work.Ref{Tracker: "jira", ID: item}, ID: id, URL: "https://jira.example/browse/WEB-" + item + "?focusedCommentId=" + id,
		Author: work.Person{ID: "712020:ada", Name: "Ada A."}, Bot: id == "702", Dialect: work.JiraWiki, Body: body, Created: noon, Updated: noon.Add(time.Minute),
	}
}

func TestARemarkIsReplacedByItsEdit(t *testing.T) {
	s, path := open(t)
	first, edited, other := remark("1", "701", "/strata need +1"), remark("1", "701", "/strata need +2"), remark("1", "99", "/strata ack")
	edited.Updated, edited.Author.Name = noon.Add(time.Hour), "Ada B."
	must(t, s.Apply(t.Context(), "shop", store.Delta{Remarks: []work.Remark{first}}))
	must(t, s.Apply(t.Context(), "shop", store.Delta{Remarks: []work.Remark{edited, other}}))
	must(t, s.Close())
	if diff := cmp.Diff(load(t, reopen(t, path), "shop").Remarks, []work.Remark{other, edited}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestARemarkIsKeptOnlySoFar(t *testing.T) {
	s, _ := open(t)
	long := "/strata takeaway first\n" + strings.Repeat("ä", tracker.RemarkSize)
	must(t, s.Apply(t.Context(), "shop", store.Delta{Remarks: []work.Remark{remark("1", "701", long)}}))
	if got := load(t, s, "shop").Remarks[0].Body; got != "/strata takeaway first" {
		t.Errorf("%d bytes kept: %.40q; want the line that fits", len(got), got)
	}
}

func TestAnItemThatComesBackBringsNoOldRemarks(t *testing.T) {
	s, _ := open(t)
	item := work.Ref{Tracker: "jira", ID: "1"}
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("1", "one")}, Remarks: []work.Remark{remark("1", "701", "/strata ack")}}))
	must(t, s.Apply(t.Context(), "shop", store.Delta{Gone: []work.Ref{item}}))
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("1", "one")}}))
	if got := load(t, s, "shop").Remarks; len(got) != 0 {
		t.Errorf("remarks = %+v; want none", got)
	}
}

func TestAMemoryFromBeforeRemarksIsReadAnew(t *testing.T) {
	s, path := open(t)
	reading := store.Reading{Scope: "web", Selector: "project = WEB", Cursor: "c1", Read: noon, Full: noon}
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("1", "one")}, Reading: &reading}))
	must(t, s.Close())
	db, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = db.Exec("DROP TABLE pasts; DROP TABLE missing; DROP TABLE judged; DROP TABLE remarks; DELETE FROM goose_db_version WHERE version_id >= 2")
	must(t, err)
	must(t, db.Close())

	reading.Cursor = ""
	state := load(t, reopen(t, path), "shop")
	if diff := cmp.Diff(state.Readings, map[string]store.Reading{"web": reading}); diff != "" || len(state.Records) != 1 {
		t.Errorf("%d records kept; readings (-got +want):\n%s", len(state.Records), diff)
	}
}
