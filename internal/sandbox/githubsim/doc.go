// Package githubsim is a GitHub that nobody owns: it serves a made-up or recorded product as github.com would,
// over REST and GraphQL, with the same answers, limits, refusals and pages.
//
// A client that works here unchanged works there; a request that is wrong there is refused here. The truth
// belongs to package world: this package only speaks GitHub's dialect and remembers nothing but quotas.
//
// GraphQL is executed by a library from schema.graphql, which is a subset of the public schema: a test proves
// that every type, field, argument and enum value in it exists there with the same type. REST answers are built
// from plain structs whose field order and names follow recorded answers.
package githubsim
