package jira

import "encoding/json"

// issue is an item as Jira sends it. Its fields are decoded one by one, so that
// a value of a form we do not expect costs that value and never the page.
type issue struct {
	ID     string                     `json:"id"`
	Key    string                     `json:"key"`
	Fields map[string]json.RawMessage `json:"fields"`
}

// get decodes a field; what is missing, null or of another form is the zero value.
func get[T any](raw map[string]json.RawMessage, name string) T {
	var value, none T
	if name == "" || len(raw[name]) == 0 || json.Unmarshal(raw[name], &value) != nil {
		return none
	}
	return value
}

type status struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Category struct {
		Key string `json:"key"`
	} `json:"statusCategory"`
}

type issueType struct {
	Name         string `json:"name"`
	Untranslated string `json:"untranslatedName"`
	Subtask      bool   `json:"subtask"`
	Level        *int   `json:"hierarchyLevel"` // Cloud
}

type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type project struct {
	Key  string `json:"key"`
	Type string `json:"projectTypeKey"`
}

// document is a text in the document format: version 3 of the interface has it,
// and the fields of some apps.
type document struct {
	Type    string            `json:"type"`
	Content []json.RawMessage `json:"content"`
}

// serviceDesk is the type of projects whose comments customers read.
const serviceDesk = "service_desk"

// stub is a linked item or a parent inside another item.
type stub struct {
	ID     string `json:"id"`
	Key    string `json:"key"`
	Fields struct {
		Summary string    `json:"summary"`
		Status  status    `json:"status"`
		Type    issueType `json:"issuetype"`
	} `json:"fields"`
}

type link struct {
	ID      string `json:"id"`
	Type    named  `json:"type"`
	Inward  *stub  `json:"inwardIssue"`
	Outward *stub  `json:"outwardIssue"`
}

// comments is the embedded field or a page of the list.
type comments struct {
	Comments []remark `json:"comments"`
	Total    int      `json:"total"`
}

// remark is a comment as Jira sends it; most are not ours and only their author is looked at.
type remark struct {
	ID           string          `json:"id"`
	Author       user            `json:"author"`
	UpdateAuthor user            `json:"updateAuthor"`
	Body         json.RawMessage `json:"body"`
	Created      instant         `json:"created"`
	Updated      instant         `json:"updated"`
	Properties   []property      `json:"properties"`
}

type property struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}
