// Package jql reads JQL, the language people ask Jira in, and refuses what Jira
// refuses, in its words and with the place.
//
//	query   = [ or ] [ "ORDER" "BY" sort { "," sort } ]
//	or      = and { ( "OR" | "||" | "|" ) and }
//	and     = not { ( "AND" | "&&" | "&" ) not }
//	term    = field operator [ operand ] { history operand }
//	not     = ( "NOT" | "!" ) not | "(" or ")" | term
//	field   = text | "cf" "[" number "]" | field "[" text "]" [ text ]
//	operand = "EMPTY" | text | number | text "(" [ text { "," text } ] ")" | "(" operand { "," operand } ")"
//	history = "FROM" | "TO" | "BY" | "BEFORE" | "AFTER" | "ON" | "DURING"
//	sort    = field [ "ASC" | "DESC" ]
//
// Each rule of the grammar is a function of the parser, not a generated table:
// Jira says of every mistake what it expected at that place.
//
// The package knows words, not trackers: which fields there are and what they
// hold is the simulated Jira's matter. It knows dates, for their forms are a part
// of the language.
package jql
