package world

// Told writes a client's change of a Jira issue into the journal, with the
// people who were told of it.
func (s *State) Told(i *JiraIssue, op string, by *User, detail string) {
	s.log(i, op, by, Entry{Detail: detail, Notified: s.notify(i, by)})
}

// Untold is the same of a change that nobody is told of.
func (s *State) Untold(i *JiraIssue, op string, by *User, detail string) {
	s.log(i, op, by, Entry{Detail: detail})
}

// Quietly runs f, and nobody is told of what it writes.
func (s *State) Quietly(f func() error) error {
	s.quiet = true
	defer func() { s.quiet = false }()
	return f()
}

// AttachFile adds a file to an issue.
func (s *State) AttachFile(i *JiraIssue, f File, by *User) *File {
	f.ID, f.Author, f.Created = s.id("attachment", 10000), by, i.stamp(s.Now())
	i.aside().Files = append(i.aside().Files, &f)
	e := s.Edit(i)
	e.note(ChangeItem{Field: "Attachment", To: idText(f.ID), ToString: f.Name}, "attachment")
	e.Done(by)
	s.log(i, "attach", by, Entry{Bytes: len(f.Content), Detail: f.Name})
	return &f
}

// LogWork adds an entry to an issue's worklog.
func (s *State) LogWork(i *JiraIssue, w Work, by *User) *Work {
	w.ID, w.Author, w.Logged = s.id("worklog", 10000), by, i.stamp(s.Now())
	if w.Started.IsZero() {
		w.Started = w.Logged
	}
	i.aside().Work = append(i.aside().Work, &w)
	e := s.Edit(i)
	e.note(ChangeItem{Field: "WorklogId", To: idText(w.ID), ToString: idText(w.ID)}, "worklog", "timespent", "timetracking")
	e.Done(by)
	s.log(i, "worklog", by, Entry{Bytes: len(w.Text)})
	return &w
}
