package contract

import (
	"path"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// side is what a relaxation concerns.
type side int

const (
	ofRequests side = 1 << iota
	ofAnswers
)

// relaxation undoes one defect of the published files.
type relaxation struct {
	name   string
	why    string // the defect
	files  string // a pattern
	of     side
	loosen func(*openapi3.T)
}

func (r relaxation) concerns(file string) bool {
	fits, err := path.Match(r.files, file)
	return err == nil && fits
}

// relaxations are all there are. GitHub's file needs none.
var relaxations = []relaxation{
	{"zones without a colon", "Jira writes +0000 where RFC 3339 wants +00:00", "jira-*.json", ofAnswers, zonesWithoutColon},
	{"null in answers", "the files declare nothing as nullable, and Jira answers null everywhere", "jira-*.json", ofAnswers, nullInAnswers},
	{"null as any value", "a schema without a type takes every value, null among them; the library's reading does not", "jira-cloud.json", ofRequests, nullAsAnyValue},
	{"one end of a link", "a link is declared with both of its ends, and Jira gives the one that is not this issue", "jira-cloud.json", ofAnswers, oneEndOfALink},
	{"more in a change", "Cloud adds tmpFromAccountId and tmpToAccountId to changes of people", "jira-cloud.json", ofAnswers, moreInAChange},
	{"remote links are many", "the list of remote links is declared as one link", "jira-cloud.json", ofAnswers, remoteLinksAreMany},
	{"any field", "the fields of an issue, plain and rendered, are declared as objects, and are of every kind", "jira-dc.json", ofRequests | ofAnswers, anyField},
	{"lists of Data Center", "lists are declared as what they hold", "jira-dc.json", ofAnswers, listsOfDataCenter},
	{"properties of Data Center", "the value of a property is declared as the text that the server stores, and is any JSON", "jira-dc.json", ofRequests | ofAnswers, propertiesOfDataCenter},
	{"fields in a query", "fields are declared as a list of objects, and are words", "jira-[ad]*.json", ofRequests, fieldsInAQuery},
}

// jiraTime is what both flavours write and take for date-time.
const jiraTime = `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$`

func zonesWithoutColon(d *openapi3.T) {
	d.SetStringFormatValidator("date-time", openapi3.NewRegexpFormatValidator(jiraTime))
}

func nullInAnswers(d *openapi3.T) {
	seen := map[*openapi3.Schema]bool{}
	for _, item := range d.Paths.Map() {
		for _, operation := range item.Operations() {
			for _, response := range operation.Responses.Map() {
				for _, media := range response.Value.Content {
					visit(media.Schema, seen, func(s *openapi3.Schema) { s.Nullable = true })
				}
			}
		}
	}
}

func nullAsAnyValue(d *openapi3.T) {
	seen := map[*openapi3.Schema]bool{}
	for _, named := range d.Components.Schemas {
		visit(named, seen, func(s *openapi3.Schema) {
			if s.IsEmpty() {
				s.Nullable = true
			}
		})
	}
}

func oneEndOfALink(d *openapi3.T) {
	link := d.Components.Schemas["IssueLink"].Value
	link.Required = slices.DeleteFunc(link.Required, func(name string) bool { return name == "inwardIssue" || name == "outwardIssue" })
}

func moreInAChange(d *openapi3.T) {
	d.Components.Schemas["ChangeDetails"].Value.AdditionalProperties = openapi3.AdditionalProperties{Has: new(true)}
}

func remoteLinksAreMany(d *openapi3.T) { listed(d, "/rest/api/3/issue/{issueIdOrKey}/remotelink") }

func anyField(d *openapi3.T) {
	issue, update := d.Components.Schemas["IssueBean"].Value, d.Components.Schemas["IssueUpdateBean"].Value
	issue.Properties["fields"], issue.Properties["renderedFields"], update.Properties["fields"] = freeForm(), freeForm(), freeForm()
}

func listsOfDataCenter(d *openapi3.T) {
	for _, where := range []string{"/api/2/field", "/api/2/status", "/api/2/statuscategory", "/api/2/issue/{issueIdOrKey}/remotelink"} {
		listed(d, where)
	}
}

func propertiesOfDataCenter(d *openapi3.T) {
	anything := openapi3.NewSchema()
	anything.Nullable = true
	d.Components.Schemas["EntityPropertyBean"].Value.Properties["value"] = anything.NewRef()
}

func fieldsInAQuery(d *openapi3.T) {
	for _, item := range d.Paths.Map() {
		for _, operation := range item.Operations() {
			if p := operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, "fields"); p != nil && p.Schema.Value.Type.Is(openapi3.TypeArray) {
				p.Schema = openapi3.NewStringSchema().NewRef()
			}
		}
	}
}

// listed makes a list of what a route is declared to answer.
func listed(d *openapi3.T, where string) {
	media := answered(d, where)
	many := openapi3.NewArraySchema()
	many.Items = media.Schema
	media.Schema = many.NewRef()
}

func answered(d *openapi3.T, where string) *openapi3.MediaType {
	return d.Paths.Value(where).Get.Responses.Value("200").Value.Content["application/json"]
}

func freeForm() *openapi3.SchemaRef {
	free := openapi3.NewObjectSchema()
	free.Nullable, free.AdditionalProperties = true, openapi3.AdditionalProperties{Has: new(true)}
	return free.NewRef()
}

// visit walks a schema and all below it.
func visit(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool, do func(*openapi3.Schema)) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	s := ref.Value
	seen[s] = true
	do(s)
	for _, p := range s.Properties {
		visit(p, seen, do)
	}
	visit(s.Items, seen, do)
	visit(s.Not, seen, do)
	visit(s.AdditionalProperties.Schema, seen, do)
	for _, alternatives := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf} {
		for _, a := range alternatives {
			visit(a, seen, do)
		}
	}
}
