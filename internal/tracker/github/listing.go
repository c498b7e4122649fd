package github

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"strata/internal/tracker"
	"strata/internal/work"
)

// takeComments reads a page of a repository's comments by update time.
func (s *step) takeComments(ctx context.Context) error {
	op := "read comments of " + s.Repo
	var rows []*restComment
	path := "repos/" + s.Repo + "/issues/comments?" + s.Walk.query()
	if err := s.get(ctx, op, "repos/{owner}/{repo}/issues/comments", path, &rows); err != nil {
		return err
	}
	s.note(s.Repo, func(m *marks) { m.Comments = younger(m.Comments, s.mark().Comments) })
	for _, row := range rows {
		if row == nil || row.ID == 0 || row.UpdatedAt.IsZero() {
			return &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("a comment without id or time")}
		}
		s.note(s.Repo, func(m *marks) { m.Comments = younger(m.Comments, row.UpdatedAt.UTC()) })
		at, ok := parseIssueURL(row.IssueURL)
		if !ok || strings.Contains(row.HTMLURL, "/pull/") {
			continue
		}
		if row.person() {
			s.reading.spoken[at.number] = max(s.reading.spoken[at.number], row.ID)
		}
		if c := s.comment(s.self, row); c.Ours {
			s.reading.ours[row.ID] = said{Comment: c, number: at.number}
			continue
		}
		if r, bears := row.remark(); bears {
			s.mem.meet(r.Author)
			s.reading.remarks[row.ID] = heard{Remark: r, number: at.number}
		} else {
			s.reading.unsay(row.ID, s.Whole)
		}
	}
	if len(rows) > 0 {
		if next, goOn := s.Walk.next(len(rows), rows[0].UpdatedAt.UTC(), rows[len(rows)-1].UpdatedAt.UTC()); goOn {
			s.Walk = next
			return nil
		}
	}
	return s.endComments(ctx)
}

// endComments gives the comments of ours and the remarks, and says on which items they are all.
//
//	read from            | this process knows the comments before | → given                      | said to be all
//	the first comment    | –                                      | all                          | on every item of the reading
//	where it ended last  | yes                                    | all on the items, and news   | on every item of the reading
//	where it ended last  | no (just started)                      | news                         | nowhere
func (s *step) endComments(ctx context.Context) error {
	if err := s.locate(ctx); err != nil {
		return err
	}
	key := strings.ToLower(s.Repo)
	read := map[work.Ref]bool{}
	for _, ref := range s.reading.items[key] {
		read[ref] = true
	}
	given, remarks := s.reading.ours, s.reading.remarks
	s.mem.with(s.Repo, func(r *repository) {
		complete := s.Whole
		if !complete && r.listed && !s.mark().Comments.After(r.upTo) {
			complete = true
			given = maps.Clone(r.ours)
			maps.Copy(given, s.reading.ours)
			remarks = maps.Clone(r.remarks)
			maps.Copy(remarks, s.reading.remarks)
			maps.DeleteFunc(remarks, func(_ int64, h heard) bool { return h.none() })
			for number, id := range r.spoken {
				s.reading.spoken[number] = max(s.reading.spoken[number], id)
			}
		}
		if !complete {
			return
		}
		r.listed, r.upTo = true, younger(r.upTo, s.New[key].Comments)
		r.ours, r.remarks, r.spoken = maps.Clone(given), maps.Clone(remarks), s.reading.spoken
		s.page.Commented = slices.SortedFunc(maps.Keys(read), work.Ref.Compare)
	})
	for id, c := range given {
		if _, news := s.reading.ours[id]; c.Item.IsZero() || !news && !read[c.Item] {
			continue
		}
		c.Replied = c.Replied || s.reading.spoken[c.number] > id
		s.page.Comments = append(s.page.Comments, c.Comment)
	}
	slices.SortFunc(s.page.Comments, oldestFirst)
	for id, h := range remarks {
		if _, news := s.reading.remarks[id]; !h.Item.IsZero() && (news || read[h.Item]) {
			s.page.Remarks = append(s.page.Remarks, h.Remark)
		}
	}
	slices.SortFunc(s.page.Remarks, tracker.CompareRemarks)
	s.note(s.Repo, func(m *marks) { m.Listed = true })
	s.leave()
	return nil
}

// locate finds the items under which comments of ours and remarks stand. One that is gone keeps no item.
func (s *step) locate(ctx context.Context) error {
	var unknown []place
	look := func(number int) {
		at := place{repo: s.Repo, number: number}
		if _, ok := s.mem.id(at); !ok {
			unknown = append(unknown, at)
		}
	}
	for _, c := range s.reading.ours {
		look(c.number)
	}
	for _, h := range s.reading.remarks {
		if !h.none() {
			look(h.number)
		}
	}
	slices.SortFunc(unknown, func(a, b place) int { return cmp.Compare(a.number, b.number) })
	if _, err := s.issuesAt(ctx, slices.Compact(unknown)); err != nil {
		return err
	}
	for id, c := range s.reading.ours {
		if item, ok := s.mem.id(place{repo: s.Repo, number: c.number}); ok {
			c.Item = s.ref(item)
			s.reading.ours[id] = c
		}
	}
	for id, h := range s.reading.remarks {
		if item, ok := s.mem.id(place{repo: s.Repo, number: h.number}); ok && !h.none() {
			h.Item = s.ref(item)
			s.reading.remarks[id] = h
		}
	}
	return nil
}

func oldestFirst(a, b tracker.Comment) int {
	return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID))
}
