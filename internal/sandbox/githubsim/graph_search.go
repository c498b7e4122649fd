package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// searchIssues finds issues and pull requests, as REST's search does. A query that asks for what nobody may see finds
// nothing in GraphQL; one that makes no sense is an error.
func (g *graph) searchIssues(query string) ([]any, error) {
	parsed, problem := parseSearch(query)
	if problem != nil {
		return nil, failure("UNPROCESSABLE", "%s", problem.message)
	}
	list, problem := parsed.issues(searching{state: g.s, me: g.me, now: g.s.Now(), sees: g.sees})
	if problem != nil && (problem.message == unknownPlaces || problem.message == unknownUsers) {
		return []any{}, nil
	}
	if problem != nil {
		return nil, failure("UNPROCESSABLE", "%s", problem.message)
	}
	out := make([]any, len(list))
	for n, i := range list {
		out[n] = i
	}
	return out, nil
}

// qualifiers takes a query of repositories or people apart: words, and name:value pairs.
func qualifiers(query string) (words []string, pairs map[string][]string) {
	pairs = map[string][]string{}
	for _, word := range quotedWords(query) {
		name, value, qualified := strings.Cut(word, ":")
		if !qualified {
			words = append(words, strings.ToLower(word))
			continue
		}
		name = strings.ToLower(name)
		pairs[name] = append(pairs[name], value)
	}
	return words, pairs
}

// searchRepositories knows org: user: repo: archived: is:public is:private topic: language: in: and words of the name
// and the description.
func (g *graph) searchRepositories(query string) []any {
	words, pairs := qualifiers(query)
	places := slices.Concat(pairs["org"], pairs["user"], pairs["owner"])
	var out []any
	for _, r := range g.s.Repos {
		text := strings.ToLower(r.FullName() + " " + r.About)
		fits := g.sees(r) && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) &&
			anyFold(places, r.Owner) && anyFold(pairs["repo"], r.FullName()) &&
			anyFold(pairs["language"], r.Language) && fitsEach(pairs["topic"], func(t string) bool { return slices.Contains(r.Topics, t) }) &&
			fitsEach(pairs["archived"], func(v string) bool { return v == "true" == r.Archived }) &&
			fitsEach(pairs["is"], func(v string) bool { return v != "public" && v != "private" || v == "private" == r.Private })
		if fits {
			out = append(out, &repository{g, r})
		}
	}
	return out
}

// anyFold: no wish is none that fails.
func anyFold(wanted []string, has string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w string) bool { return strings.EqualFold(w, has) })
}

func fitsEach(wanted []string, is func(string) bool) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !is(w) })
}

// searchPeople knows type: user: org: and words of login and name.
func (g *graph) searchPeople(query string) []any {
	words, pairs := qualifiers(query)
	places := slices.Concat(pairs["org"], pairs["user"])
	var out []any
	for _, u := range append(slices.Clone(g.s.People()), g.organizations()...) {
		text := strings.ToLower(u.Login + " " + u.Name)
		kind := strings.ToLower(strings.TrimSuffix(kindOf(u), "anization")) // user, org
		fits := !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) &&
			anyFold(pairs["type"], kind) && anyFold(places, u.Login)
		if fits {
			out = append(out, g.actor(u))
		}
	}
	return out
}

// login is what clients call a person whom they may assign or mention.
func (r *repository) people() []*world.User { return r.g.s.People() }

func (r *repository) AssignableUsers(args suggestedArgs) (*connection[*account], error) {
	return r.g.people("assignableUsers", args.span, r.g.named(r.people(), args.Query))
}

func (r *repository) MentionableUsers(args suggestedArgs) (*connection[*account], error) {
	return r.g.people("mentionableUsers", args.span, r.g.named(r.people(), args.Query))
}

type collaboratorsArgs struct {
	suggestedArgs
	Affiliation, Login *string
}

func (r *repository) Collaborators(args collaboratorsArgs) (*connection[*account], error) {
	list := r.g.named(r.people(), args.Query)
	if args.Login != nil {
		list = slices.DeleteFunc(slices.Clone(list), func(u *world.User) bool { return !strings.EqualFold(u.Login, *args.Login) })
	}
	return r.g.people("collaborators", args.span, list)
}

type suggestedActorArgs struct {
	suggestedArgs
	Capabilities []string
	LoginNames   *string
}

// SuggestedActors are who may be assigned or mentioned here.
func (r *repository) SuggestedActors(args suggestedActorArgs) (*connection[any], error) {
	return r.g.assignees("suggestedActors", args.span, r.g.named(r.people(), args.Query))
}

func (r *repository) Watchers(args span) (*connection[*account], error) {
	return r.g.people("watchers", args, nil)
}
