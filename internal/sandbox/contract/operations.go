package contract

import (
	"slices"
	"strings"
)

// Operation is a published route: "GET /rest/api/3/issue/{issueIdOrKey}", as it is asked for.
type Operation struct{ Method, Path string }

// Operations lists what the published files of an API have, sorted. GraphQL is not among them.
func (a API) Operations() ([]Operation, error) {
	files := map[API][]func() (*document, error){JiraCloud: {library.cloud, library.agile}, DataCenter: {library.datacenter}, GitHub: {library.github}}
	prefix := ""
	if a == DataCenter {
		prefix = "/rest"
	}
	var all []Operation
	for _, file := range files[a] {
		d, err := file()
		if err != nil {
			return nil, err
		}
		for path, item := range d.described.Paths.Map() {
			for method := range item.Operations() {
				all = append(all, Operation{method, prefix + path})
			}
		}
	}
	slices.SortFunc(all, func(a, b Operation) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
	return all, nil
}
