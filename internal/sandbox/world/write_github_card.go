package world

import (
	"fmt"
	"slices"
	"time"
)

// PutOnBoard puts an issue or pull request on a board, or answers the card that it has there.
func (s *State) PutOnBoard(p *GitHubProject, i *GitHubIssue, by *User) *ProjectItem {
	for _, card := range i.Items {
		if card.Project == p {
			if card.Archived {
				s.ArchiveCard(card, false, by)
			}
			return card
		}
	}
	s.happened(i, IssueEvent{Kind: "added_to_project_v2", Project: p, By: by})
	card := s.AddCard(p, i, nil, by)
	s.cardNote(card, "board-add", by, "")
	return card
}

// AddDraft puts a note on a board.
func (s *State) AddDraft(p *GitHubProject, draft DraftIssue, by *User) *ProjectItem {
	d := &draft
	d.ID, d.Author = s.id("draft", 9_500_001), by
	d.Created = s.Now().Truncate(time.Second)
	d.Updated = d.Created
	card := s.AddCard(p, nil, d, by)
	s.cardNote(card, "board-add", by, "draft")
	return card
}

// EditDraft changes a note by f.
func (s *State) EditDraft(d *DraftIssue, by *User, f func(*DraftIssue)) {
	f(d)
	d.Updated = s.Now().Truncate(time.Second)
	if card := s.cardOf(d); card != nil {
		card.Updated = d.Updated
		s.cardNote(card, "board-draft", by, "")
	}
}

func (s *State) cardOf(d *DraftIssue) *ProjectItem {
	for _, p := range s.GitHubProjects {
		for _, card := range p.Items {
			if card.Draft == d {
				return card
			}
		}
	}
	return nil
}

// DraftCard answers the card that a note is on; nil when it is gone.
func (s *State) DraftCard(d *DraftIssue) *ProjectItem { return s.cardOf(d) }

// Convert makes an issue of a card's note; the card keeps its id and values.
func (s *State) Convert(card *ProjectItem, r *Repo, by *User) *GitHubIssue {
	d := card.Draft
	i := s.CreateGitHub(r, GitHubIssue{Title: d.Title, Body: d.Body, Assignees: d.Assignees}, by)
	card.Draft, card.Issue = nil, i
	i.Items = append(i.Items, card)
	delete(s.drafts, d.ID)
	s.Note(i, "create", by, "from a draft")
	s.cardNote(card, "board-convert", by, "")
	return i
}

// ChangeValue is SetValue by somebody who is known; a change of Status stands in the issue's timeline.
func (s *State) ChangeValue(card *ProjectItem, v Value, by *User) {
	was := ""
	if old := card.Value(v.Field.Name); old != nil && old.Option != nil {
		was = old.Option.Name
	}
	if card.Issue != nil && v.Field.Name == "Status" && v.Option != nil && v.Option.Name != was {
		s.happened(card.Issue, IssueEvent{Kind: "project_v2_item_status_changed", From: was, To: v.Option.Name, Project: card.Project, By: by})
	}
	s.SetValue(card, v)
	s.cardNote(card, "board-value", by, v.Field.Name)
}

// Unset is ClearValue by somebody who is known.
func (s *State) Unset(card *ProjectItem, f *ProjectField, by *User) {
	s.ClearValue(card, f)
	s.cardNote(card, "board-value", by, f.Name)
}

// ArchiveCard takes a card out of sight, or brings it back.
func (s *State) ArchiveCard(card *ProjectItem, on bool, by *User) {
	card.Archived = on
	card.Updated = s.Now().Truncate(time.Second)
	s.cardNote(card, map[bool]string{true: "board-archive", false: "board-restore"}[on], by, "")
}

// DeleteCard takes a card off its board; the issue stays.
func (s *State) DeleteCard(card *ProjectItem, by *User) {
	s.cardNote(card, "board-remove", by, "")
	card.Project.Items = without(card.Project.Items, card)
	card.Project.Updated = s.Now().Truncate(time.Second)
	if i := card.Issue; i != nil {
		s.happened(i, IssueEvent{Kind: "removed_from_project_v2", Project: card.Project, By: by})
		i.Items = without(i.Items, card)
	}
	if card.Draft != nil {
		delete(s.drafts, card.Draft.ID)
	}
	delete(s.cards, card.ID)
}

// MoveCard puts a card right after another one of its board, or (after nil) first.
func (s *State) MoveCard(card, after *ProjectItem, by *User) {
	p := card.Project
	list := without(p.Items, card)
	at := 0
	if after != nil {
		at = slices.Index(list, after) + 1
	}
	p.Items, p.moved = slices.Insert(list, at, card), true
	p.Updated = s.Now().Truncate(time.Second)
	s.cardNote(card, "board-move", by, "")
}

// cardNote writes a change of a card into the journal, under what the card shows.
func (s *State) cardNote(card *ProjectItem, op string, by *User, detail string) {
	s.carded(card)
	if card.Issue != nil {
		s.log(card.Issue, op, by, Entry{Detail: detail})
		return
	}
	p := card.Project
	e := Entry{Seq: len(s.Journal) + 1, Time: s.Now(), Tracker: GitHub, Op: op, Item: fmt.Sprintf("%s/%d", p.Owner, p.Number), Author: authorName(by), Detail: detail}
	s.Journal = append(s.Journal, e)
	s.announce(nil, by, e)
}
