// Package memory is a tracker that exists only in memory: the one fake that
// stands for Jira and GitHub wherever Strata is tested without a network.
//
// It keeps the whole contract and can be told to break: to answer the next
// calls with an error of any kind, or to write a comment and lose the answer.
package memory
