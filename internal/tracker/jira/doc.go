// Package jira reads items from a Jira site and writes our comments there, on
// Jira Cloud and on Jira Data Center.
//
// The flavour is asked from the server. Both are spoken to in version 2 of the
// REST interface, whose texts are wiki markup. The ways in which they differ:
//
//	              | Cloud                       | Data Center
//	login         | user and API token, Basic   | personal access token, Bearer (or Basic)
//	search        | POST search/jql, page token | POST search, offsets
//	fetch by id   | POST issue/bulkfetch        | POST search without validation
//	sprint values | objects                     | strings (objects on some versions)
//	properties of | POST comment/list           | GET issue/{id}/comment?expand=properties
//	comments      |                             |
//
// Readings go through a scope in the order of keys, which hardly ever change,
// and never in the order of changes, which moves under the reader. A later
// reading asks for what changed since the time at which the reading before began, by
// the server's clock and with an overlap, because the search index lags behind.
//
// Jira answers a broken login with an empty result and status 200. So who we are
// is verified at the start, every hour and whenever a search finds nothing, and
// the login headers are looked at on every answer.
package jira
