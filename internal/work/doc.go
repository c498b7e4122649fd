// Package work holds the words everyone speaks: an item, its links, the teams
// and the Sprints of a product, and the snapshot in which a cycle judges them.
//
// There are two forms of an item. A Record is an item as its tracker tells it;
// the store keeps records. An Item is the same after the operator's config gave
// it teams, a state, directions of links and sections; judging reads items. The
// step between them is package facts, so that a changed config never needs the
// trackers to be read again.
package work
