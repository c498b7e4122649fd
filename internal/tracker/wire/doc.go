// Package wire is how Strata talks to a tracker over the network: slowly enough,
// again where that is harmless, and never twice where it is not.
//
// Every adapter sends through one http.Client of New. What it may rely on:
//
//   - The credential goes to the configured origin alone; a request or a redirect
//     to another origin is refused, and a write is never turned into a read.
//   - Reads, and requests marked with Safe, are repeated after a broken
//     connection, 408, 425, 429, 5xx and a secondary limit. Nothing else is ever repeated.
//   - When the tracker asks to wait for longer than Config.MaxWait the request
//     fails as rate limited, with the time to wait, and so do later requests
//     until that time has passed: without being sent.
//   - An answer is read whole, within Config.Timeout and MaxAnswer, before the
//     adapter sees it; a connection that breaks in mid-answer is a broken request.
//
// ErrorOf decides the kind of every error once.
package wire
