package jql_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jql"
)

// TestMistakesAreToldInJirasWords holds the messages and places that Jira gives.
func TestMistakesAreToldInJirasWords(t *testing.T) {
	const (
		operators = " The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'."
		escapes   = ` The valid escape sequences are \', \", \t, \n, \r, \\, '\ ' and \uXXXX.`
		number    = " is not a valid number. Numbers must be between -9,223,372,036,854,775,808 and 9,223,372,036,854,775,807."
	)
	for query, want := range map[string]string{
		`comment ~ 'test`:                  `The quoted string 'test' has not been completed. (line 1, character 11)`,
		"priority=\"test\nword":            `The quoted string 'test word' has not been completed. (line 1, character 10)`,
		`comment ~ '`:                      `The quoted string has not been completed. (line 1, character 11)`,
		`comme\unt ~ 'test`:                `'\un' is an illegal JQL escape sequence.` + escapes + ` (line 1, character 6)`,
		"status =\n\n\n \\csss":            `'\c' is an illegal JQL escape sequence.` + escapes + ` (line 4, character 2)`,
		"status =\n\\":                     `The escape sequence has not been completed.` + escapes + ` (line 2, character 1)`,
		`mine{www = qwwr`:                  `The character '{' is a reserved JQL character. You must enclose it in a string or use the escape '\u007b' instead. (line 1, character 5)`,
		`reporter=a/user/with/slash`:       `The character '/' is a reserved JQL character. You must enclose it in a string or use the escape '\u002f' instead. (line 1, character 11)`,
		`updated >= 2026/03/11`:            `The character '/' is a reserved JQL character. You must enclose it in a string or use the escape '\u002f' instead. (line 1, character 16)`,
		"minewww =\u007fqwwr":              `The character 'U+007F' on line 1 at position 10 must be escaped. Use the escape '\u007f' instead. (line 1, character 10)`,
		"mqwwr=\"\u007f is broken\"":       `The character 'U+007F' on line 1 at position 8 must be escaped. Use the escape '\u007f' instead. (line 1, character 8)`,
		`a=-3482094382084092840932`:        `'-3482094382084092840932'` + number + ` (line 1, character 3)`,
		`cf[10020202020020202020202020]=a`: `'10020202020020202020202020'` + number + ` (line 1, character 4)`,
		`a =b order`:                       `Expecting 'by' before the end of the query.`,
		`a =b order summary`:               `Expecting 'by' but got 'summary'. (line 1, character 12)`,
		`a =b order by`:                    `Expecting a field name at the end of the query.`,
		`a =b order by asc`:                `Expecting a field name but got 'asc'. You must surround 'asc' in quotation marks to use it as a field name. (line 1, character 15)`,
		`a =b order by ajsks blah`:         `Expecting either 'ASC' or 'DESC' but got 'blah'. (line 1, character 21)`,
		`a =b order by "" desc`:            `A field name cannot be empty. (line 1, character 15)`,
		`'' = c`:                           `A field name cannot be empty. (line 1, character 1)`,
		`a = ''()`:                         `A function name cannot be empty. (line 1, character 5)`,
		`a`:                                `Expecting operator before the end of the query.` + operators,
		`a blah >`:                         `Expecting operator but got 'blah'.` + operators + ` (line 1, character 3)`,
		`a =a and j not is empty`:          `Expecting 'IN' but got 'is'. (line 1, character 16)`,
		`a =a and j is ! empty`:            `Expecting 'NOT' but got '!'. (line 1, character 15)`,
		`a not was "Open"`:                 `Expecting 'IN' but got 'was'. (line 1, character 7)`,
		`cf`:                               `Expecting '[' before the end of the query.`,
		`a = b and not (cf = 6)`:           `Expecting '[' but got '='. (line 1, character 19)`,
		`cf[`:                              `Expecting a custom field id (a positive number) before the end of the query.`,
		`cf[] = 1`:                         `Expecting a custom field id (a positive number) but got ']'. (line 1, character 4)`,
		`cf[29829k] = `:                    `Expecting a custom field id (a positive number) but got '29829k'. (line 1, character 4)`,
		`cf[-29829] = `:                    `Expecting a custom field id (a positive number) but got '-29829'. (line 1, character 4)`,
		`cf[29829 = world`:                 `Expecting ']' but got '='. (line 1, character 10)`,
		`cf[29829`:                         `Expecting ']' before the end of the query.`,
		`a = func(`:                        `Expecting ')' before the end of the query.`,
		`a = func(, and not (a = x)`:       `Expecting ')' but got ','. (line 1, character 10)`,
		`b=func(bad`:                       `Expecting ')' before the end of the query.`,
		`bas=func(bad,)`:                   `Function argument must be specified. (line 1, character 14)`,
		`bas=func(bad,`:                    `Expecting a function argument at the end of the query.`,
		`k = func(!`:                       `Expecting a function argument but got '!'. You must surround '!' in quotation marks to use it as an argument. (line 1, character 10)`,
		`k = func(abc, jk!)`:               `Expecting ')' or ',' but got '!'. (line 1, character 17)`,
		`(a=b and c = d`:                   `Expecting ')' before the end of the query.`,
		`b in ((12, (288)`:                 `Expecting ')' before the end of the query.`,
		`abc IN ((foo) abc = a`:            `Expecting ')' but got 'abc'. (line 1, character 15)`,
		`a in (b c)`:                       `Expecting ',' or ')' but got 'c'. (line 1, character 9)`,
		`a=`:                               `Expecting either a value, list or function before the end of the query.`,
		`a was`:                            `Expecting either a value, list or function before the end of the query.`,
		`a=!`:                              `Expecting either a value, list or function but got '!'. You must surround '!' in quotation marks to use it as a value. (line 1, character 3)`,
		`a=b c=d`:                          `Expecting either 'OR' or 'AND' but got 'c'. (line 1, character 5)`,
		`a=b !c=d`:                         `Expecting either 'OR' or 'AND' but got '!'. (line 1, character 5)`,
		`status = In Progress`:             `Expecting either a value, list or function but got 'In'. You must surround 'In' in quotation marks to use it as a value. (line 1, character 10)`,
		`a=(a,`:                            `Expecting either a value, list or function before the end of the query.`,
		`a=(a,(,bad))`:                     `Expecting either a value, list or function but got ','. You must surround ',' in quotation marks to use it as a value. (line 1, character 7)`,
		`comment !~ "b" and`:               `Expecting a field name at the end of the query.`,
		`order by a desc d`:                `Expecting ',' but got 'd'. (line 1, character 17)`,
		`, a = b`:                          `Expecting a field name but got ','. You must surround ',' in quotation marks to use it as a field name. (line 1, character 1)`,
		`a = b and [78] = q`:               `Expecting a field name but got '['. Did you mean 'cf['? (line 1, character 11)`,
		`status = "Open" by admin`:         `The EQUALS operator does not support the use of the by "admin" predicate.`,
		`fixVersion changed 4 by "x"`:      `The CHANGED operator does not support the use of values without predicates. You must prefix the 4 value with a suitable predicate.`,
		`pri notin (x)`:                    `'notin' is a reserved JQL word. You must surround it in quotation marks to use it in a query. (line 1, character 5)`,
		`summary ~ Field`:                  `'Field' is a reserved JQL word. You must surround it in quotation marks to use it in a query. (line 1, character 11)`,
		"a = b\nand c d":                   `Expecting operator but got 'd'.` + operators + ` (line 2, character 7)`,
		strings.Repeat("(", 100000):        `The query is too complex: more than 500 clauses stand within each other. (line 1, character 501)`,
	} {
		_, err := jql.Parse(query)
		if err == nil {
			t.Errorf("%.60q was read", query)
			continue
		}
		if diff := cmp.Diff(err.Error(), "Error in the JQL Query: "+want); diff != "" {
			t.Errorf("%.60q (-got +want)\n%s", query, diff)
		}
	}
}

// told shows a query as the parser understood it, every group in brackets.
func told(c jql.Clause) string {
	join := func(list []jql.Clause, with string) string {
		parts := make([]string, 0, len(list))
		for _, in := range list {
			parts = append(parts, told(in))
		}
		return "(" + strings.Join(parts, with) + ")"
	}
	switch c := c.(type) {
	case jql.Or:
		return join(c, " or ")
	case jql.And:
		return join(c, " and ")
	case jql.Not:
		return "not " + told(c.Clause)
	case *jql.Term:
		out := c.Field.String() + " " + string(c.Op)
		if c.Operand != nil {
			out += " " + c.Operand.String()
		}
		for _, p := range c.Predicates {
			out += " " + p.Op + " " + p.Operand.String()
		}
		return out
	}
	return "everything"
}

func TestQueriesAreUnderstood(t *testing.T) {
	for query, want := range map[string]string{
		``:                                  `everything`,
		`a=1 OR b=2 AND c=3`:                `(a = 1 or (b = 2 and c = 3))`,
		`a=1 AND b=2 OR c=3 AND d=4`:        `((a = 1 and b = 2) or (c = 3 and d = 4))`,
		`(a=1 OR b=2) AND NOT c=3`:          `((a = 1 or b = 2) and not c = 3)`,
		`NOT a=1 AND b=2`:                   `(not a = 1 and b = 2)`,
		`!(a=1||b=2)&&c=3`:                  `(not (a = 1 or b = 2) and c = 3)`,
		`a=1 | b=2 & c=3`:                   `(a = 1 or (b = 2 and c = 3))`,
		`not not a = 1`:                     `not not a = 1`,
		`status in (Open, "In Progress",3)`: `status in ("Open", "In Progress", 3)`,
		`status NOT  IN (x)`:                `status not in ("x")`,
		`x is not null`:                     `x is not EMPTY`,
		`x = empty`:                         `x = EMPTY`,
		`x = "empty"`:                       `x = "empty"`,
		`cf[10020] = 7`:                     `cf[10020] = 7`,
		`"Epic Link" = A-1`:                 `Epic Link = "A-1"`,
		`'Story Points' >= -5`:              `Story Points >= -5`,
		`due < 2026-03-11`:                  `due < "2026-03-11"`,
		`updated >= -90m`:                   `updated >= "-90m"`,
		`key in linkedIssues(A-1, "is blocked by")`:                `key in linkedIssues(A-1, is blocked by)`,
		`sprint in (openSprints(), closedSprints())`:               `sprint in (openSprints(), closedSprints())`,
		`summary ~ "say \"hi\"\u0021" AND a\ b = c`:                `(summary ~ "say "hi"!" and a b = "c")`,
		`status was not in (x, y) before "2026/01/01" by ada`:      `status was not in ("x", "y") before "2026/01/01" by "ada"`,
		`status changed from x to y after -1w AND before now()`:    `status changed from "x" to "y" after "-1w" before now()`,
		`status changed after -1w and a = b`:                       `(status changed after "-1w" and a = "b")`,
		`issue.property[our.key].x = 1`:                            `issue.property[our.key].x = 1`,
		"project=\"EX\" AND type=\"Epic\"\nORDER\tBY created Desc": `(project = "EX" and type = "Epic")`,
		`((((a = 1))))`: `a = 1`,
	} {
		q, err := jql.Parse(query)
		if err != nil {
			t.Errorf("%q: %v", query, err)
			continue
		}
		if got := told(q.Where); got != want {
			t.Errorf("%q\n got %s\nwant %s", query, got, want)
		}
	}
	q, err := jql.Parse(`order by rank, "Story Points" desc, cf[10020] ASC`)
	if err != nil {
		t.Fatal(err)
	}
	want := []jql.Sort{{Field: jql.Field{Name: "rank"}}, {Field: jql.Field{Name: "Story Points"}, Desc: true, Said: true}, {Field: jql.Field{Name: "cf[10020]"}, Said: true}}
	if diff := cmp.Diff(q.Order, want); diff != "" {
		t.Errorf("order (-got +want)\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	for _, q := range []string{`a=1 OR b in (x, "y") AND NOT (cf[1] is not empty) ORDER BY key desc, "x y"`, `s changed from a to b during ("2026/01/01", now()) by ada`,
		`a ~ "\u0021\t"`, `x was not in (f(1, 2))`, `"`, `\`, `((`, `issue.property[a].b = 1`} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := jql.Parse(text)
		if err != nil && !strings.HasPrefix(err.Error(), "Error in the JQL Query: ") {
			t.Fatalf("%q: %v", text, err)
		}
		if err == nil {
			_ = told(q.Where)
		}
	})
}
