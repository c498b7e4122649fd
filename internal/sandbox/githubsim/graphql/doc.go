// Package graphql answers GraphQL requests from a schema and plain Go values, and refuses wrong ones in the words that
// people know from github.com.
//
// A library would do the first half. None does the second: github.com runs on Ruby's implementation, whose refusals
// carry a code, the way through the document and its own sentences, on which clients decide; and which lets one name
// stand for an Issue's state and a PullRequest's in the same answer, as `gh issue view` asks, where every other
// implementation refuses two types under one name. Parsing and the schema's language are a library's.
//
//	schema, err := graphql.New(source, graphql.Bind[*issue]("Issue"), …)   // every field has its method, or err says which lacks
//	doc, refused := schema.Prepare(query)                                  // parsed and validated; keep it, queries repeat
//	op, refused := doc.Operation(name)
//	vars, refused := op.Variables(given)
//	answer := op.Execute(root, vars)                                       // data and errors may stand together
//
// A field is answered by the method of its name (letter case and underscores aside), else by the struct field of its
// name. A method may take one struct, whose fields are the arguments, and may return an error beside its value. Values
// of an interface or union say with TypeName which object they are, unless their Go type is bound to one name only.
package graphql
