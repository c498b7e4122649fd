// Package githubsim is a GitHub that nobody owns: it serves a made-up or recorded product as github.com would,
// over REST and GraphQL, with the same answers, limits, refusals and pages.
//
// A client that works here unchanged works there; a request that is wrong there is refused here. The truth
// belongs to package world: this package only speaks GitHub's dialect and remembers nothing but quotas.
//
// GraphQL is executed by package graphql from schema.graphql, which is a subset of the public schema: a test proves
// that every type, field, argument, default and enum value in it exists there with the same type. A resolver that lacks
// a field of the schema stops the program at its start. REST answers are built from plain structs whose field order and
// names follow recorded answers. The pages show the same world to a person, and their forms go through the same
// mutations, with the same rights and refusals.
package githubsim
