package githubsim

import (
	"hash/fnv"

	"strata/internal/sandbox/githubsim/graphql"
)

type language struct{ name string }

func (l *language) ID() graphql.ID { return opaque("LAN", int64(hashOf(l.name))) }
func (l *language) Name() string   { return l.name }
func (l *language) Color() *string { return nil }

func hashOf(text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // a hash takes everything
	return h.Sum32()
}

func (r *repository) PrimaryLanguage() *language {
	if r.r.Language == "" {
		return nil
	}
	return &language{r.r.Language}
}

// topic is a word that a repository is known by.
type topic struct {
	g    *graph
	name string
}

func (t *topic) ID() graphql.ID       { return opaque("TOP", int64(hashOf(t.name))) }
func (t *topic) Name() string         { return t.name }
func (t *topic) ResourcePath() string { return "/topics/" + pathEscape(t.name) }
func (t *topic) URL() string          { return t.g.at.web + t.ResourcePath() }
func (t *topic) Topic() *topic        { return t }

func (r *repository) RepositoryTopics(args span) (*connection[*topic], error) {
	return connect("repositoryTopics", args, len(r.r.Topics), func(n int) *topic { return &topic{r.g, r.r.Topics[n]} })
}

type projectsArgs struct {
	span
	OrderBy *order
	Search  *string
	States  []string
}

// Projects are of the boards that GitHub has switched off.
func (r *repository) Projects(args projectsArgs) (*connection[any], error) {
	return none("projects", args.span)
}

func (r *repository) Releases(args orderedSpan) (*connection[any], error) {
	return none("releases", args.span)
}

func (a *account) Projects(args projectsArgs) (*connection[any], error) {
	return none("projects", args.span)
}
