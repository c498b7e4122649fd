// Package richtext is what people write in Jira, in its three forms: the wiki
// text of version 2, the Atlassian document (ADF) of version 3, and the page a
// person reads.
//
// All three go through one tree, Document. What wiki text cannot say it says as
// Jira's own converter does: an expand becomes a bold title and its text, a task
// a list item, a done one struck through, a status a coloured word in brackets,
// and what has no form at all stands as {adf}…{adf} with the node's JSON. So a
// document that comes back from wiki text is what Jira Cloud would show on
// version 3 after an edit on version 2, not always the document that went in.
package richtext
