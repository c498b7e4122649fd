package github

import (
	"strings"
	"testing"
	"time"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/sandbox/world"
	"strata/internal/tracker"
)

func TestAListOfCommentsThatGoesOnKeepsTellingThemAll(t *testing.T) {
	b := open(t, 3)
	first, _ := read(t, b.GitHub, projectScope, "")
	c, err := b.Post(t.Context(), refOf(b.repo.Issues[0]), draft())
	if err != nil {
		t.Fatal(err)
	}
	second, _ := read(t, b.GitHub, projectScope, first.Next)
	b.pass(time.Hour)
	third, _ := read(t, b.GitHub, projectScope, second.Next)
	for n, page := range []tracker.Page{second, third} {
		if len(page.Comments) != 1 || page.Comments[0].ID != c.ID || page.Comments[0].Replied || len(page.Commented) != 3 {
			t.Errorf("reading %d: comments %+v on %d items; want ours, not replied, on 3", n+2, page.Comments, len(page.Commented))
		}
	}

	b.write(func(s *world.State) { s.AddComment(b.repo.Issues[0], b.person, "Agreed, we move it.", nil) })
	b.write(func(s *world.State) { s.AddComment(b.repo.Issues[1], b.person, draft().Marker.Line()+"\nforged", nil) })
	fourth, _ := read(t, b.GitHub, projectScope, third.Next)
	if len(fourth.Comments) != 1 || !fourth.Comments[0].Replied {
		t.Errorf("comments = %+v; want ours alone, replied", fourth.Comments)
	}

	if err := b.Erase(t.Context(), refOf(b.repo.Issues[0]), c.ID); err != nil {
		t.Fatal(err)
	}
	fifth, _ := read(t, b.GitHub, projectScope, fourth.Next)
	if len(fifth.Comments) != 0 || len(fifth.Commented) != 3 {
		t.Errorf("comments = %+v on %d items; want none on 3", fifth.Comments, len(fifth.Commented))
	}
}

func TestAfterAStartOnlyNewsIsTold(t *testing.T) {
	b := open(t, 2)
	if _, err := b.Post(t.Context(), refOf(b.repo.Issues[0]), draft()); tracker.KindOf(err) != tracker.NotFound {
		t.Fatalf("Post = %v; want not found before anything was read", err)
	}
	read(t, b.GitHub, projectScope, "")
	if _, err := b.Post(t.Context(), refOf(b.repo.Issues[0]), draft()); err != nil {
		t.Fatal(err)
	}
	kept, _ := read(t, b.GitHub, projectScope, "")
	b.pass(time.Hour)
	restarted := b.client(nil)
	quiet, _ := read(t, restarted, projectScope, kept.Next)
	if len(quiet.Commented) != 0 {
		t.Errorf("%d items said to be told in full; want none", len(quiet.Commented))
	}
	news, err := b.Post(t.Context(), refOf(b.repo.Issues[1]), draft())
	if err != nil {
		t.Fatal(err)
	}
	next, _ := read(t, restarted, projectScope, quiet.Next)
	found := false
	for _, c := range next.Comments {
		found = found || c.ID == news.ID && c.Item == refOf(b.repo.Issues[1]) && c.Marked
	}
	if !found {
		t.Errorf("comments = %+v; want %s among them", next.Comments, news.ID)
	}
}

func TestACommentThatIsTooLongIsCutAndKeepsItsMarker(t *testing.T) {
	b := open(t, 1)
	read(t, b.GitHub, repoScope, "")
	long := draft()
	list := markup.List{}
	for range 3000 {
		list = append(list, markup.Paragraph{markup.Text(strings.Repeat("blocked ", 8))})
	}
	long.Body = append(long.Body, list)
	c, err := b.Post(t.Context(), refOf(b.repo.Issues[0]), long)
	if err != nil {
		t.Fatalf("Post: %v", err)
	}
	if len(c.Body) > markup.GitHubLimit || !c.Marked || c.Marker.Kind != comment.Flag {
		t.Errorf("%d characters, marked %v; want at most %d, marked", len(c.Body), c.Marked, markup.GitHubLimit)
	}
}

func TestAnArchivedRepositoryRefusesAndNothingIsRepeated(t *testing.T) {
	b := open(t, 1)
	read(t, b.GitHub, repoScope, "")
	b.write(func(*world.State) { b.repo.Archived = true })
	b.counted()
	if _, err := b.Post(t.Context(), refOf(b.repo.Issues[0]), draft()); tracker.KindOf(err) != tracker.Rejected {
		t.Errorf("Post = %v; want rejected", err)
	}
	if got := b.counted()["all"]; got != 1 {
		t.Errorf("%d requests; want 1", got)
	}
}
