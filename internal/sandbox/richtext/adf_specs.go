package richtext

import (
	"maps"
	"strings"
)

// What may stand where in an Atlassian document, from the published schema
// (npm @atlaskit/adf-schema, dist/json-schema/v1/full.json), in our own words.
// A test compares the two on thousands of documents where the schema is at hand.

// spec is what one type of node may have.
type spec struct {
	attrs    []attrs          // one of these must fit
	bare     bool             // attrs may be left out
	noAttrs  bool             // attrs may not be there
	children map[string][]kin // by type; nil: no content
	order    []string         // of children, where a place has its own type
	open     bool             // content may be left out
	least    int              // fewest children
	most     int              // most children; 0: any number
	marks    bool             // the key may be there
	extra    bool             // unknown keys are let through
}

// kin are marks that may stand together on a child.
type kin map[string]bool

// attrs are the attributes a node may have; those with a ! it must have.
type attrs map[string]kind

// kind says whether a value is of the kind that an attribute wants.
type kind func(v any) bool

var (
	anything kind = func(any) bool { return true }
	textual  kind = func(v any) bool { _, ok := v.(string); return ok }
	filled   kind = func(v any) bool { s, ok := v.(string); return ok && s != "" }
	truth    kind = func(v any) bool { _, ok := v.(bool); return ok }
	numeric  kind = func(v any) bool { _, ok := v.(float64); return ok }
	numerics kind = func(v any) bool {
		list, ok := v.([]any)
		for _, n := range list {
			ok = ok && numeric(n)
		}
		return ok
	}
	textuals kind = func(v any) bool {
		list, ok := v.([]any)
		for _, n := range list {
			ok = ok && textual(n)
		}
		return ok && len(list) > 0
	}
	hex6  kind = func(v any) bool { s, ok := v.(string); return ok && len(s) == 7 && hexColor.MatchString(s) }
	hex68 kind = func(v any) bool {
		s, ok := v.(string)
		return ok && (len(s) == 7 && hexColor.MatchString(s) || len(s) == 9 && hexColor.MatchString(s[:7]) && hexColor.MatchString("#"+s[5:]+"00"))
	}
	statusColor kind = func(v any) bool {
		s, _ := v.(string)
		return statusColors[s] != "" || hex6(v)
	}
)

func oneOf(words string) kind {
	all := strings.Fields(words)
	return func(v any) bool {
		for _, w := range all {
			if v == w {
				return true
			}
		}
		return false
	}
}

func between(low, high float64) kind {
	return func(v any) bool { n, ok := v.(float64); return ok && n >= low && n <= high }
}

// family reads "text(em strong|code link) date": types, each with the groups of
// marks that may stand on it.
func family(words string) map[string][]kin {
	out := map[string][]kin{}
	for words = strings.TrimSpace(words); words != ""; words = strings.TrimSpace(words) {
		end := strings.IndexAny(words, " (")
		if end < 0 {
			out[words] = []kin{{}}
			break
		}
		name := words[:end]
		if words[end] == ' ' {
			out[name] = []kin{{}}
			words = words[end:]
			continue
		}
		groups, rest, _ := strings.Cut(words[end+1:], ")")
		for _, g := range strings.Split(groups, "|") {
			k := kin{}
			for _, m := range strings.Fields(g) {
				k[m] = true
			}
			out[name] = append(out[name], k)
		}
		words = rest
	}
	return out
}

const (
	anyLayout      = "wide full-width center wrap-right wrap-left align-end align-start"
	pictures       = " mediaGroup mediaSingle(link)"
	extensionNodes = " extension(dataConsumer fragment)"
	inlineNodes    = "text(link em strong strike subsup underline textColor annotation backgroundColor|code link annotation)" +
		" date emoji hardBreak inlineCard mention placeholder status inlineExtension(dataConsumer fragment) mediaInline(dataConsumer link annotation border)"
	listNodes = " bulletList orderedList taskList"
	smallText = "paragraph(fontSize)"
	freeText  = "paragraph(fontSize alignment|fontSize indentation) heading(alignment|indentation)"
	inNested  = smallText + " heading codeBlock rule panel blockquote decisionList" + listNodes + pictures + extensionNodes
	inExpand  = inNested + " table(fragment) blockCard embedCard nestedExpand"
	cellNodes = "paragraph(fontSize alignment) heading(alignment|indentation) panel blockquote rule codeBlock decisionList blockCard embedCard nestedExpand" + listNodes + pictures + extensionNodes
	inSection = freeText + " blockCard codeBlock decisionList rule panel blockquote embedCard table(fragment) expand bodiedExtension(dataConsumer fragment)" + listNodes + pictures + extensionNodes
)

func with(a attrs, more ...attrs) []attrs {
	out := attrs{"localId": textual}
	maps.Copy(out, a)
	list := []attrs{out}
	for _, m := range more {
		next := attrs{"localId": textual}
		maps.Copy(next, m)
		list = append(list, next)
	}
	return list
}

var specs = map[string]spec{
	"doc": {noAttrs: true, children: family(strings.Replace(strings.Replace(inSection, " codeBlock", " codeBlock(breakout)", 1), " expand", " expand(breakout)", 1) +
		" layoutSection(breakout) syncBlock(breakout) bodiedSyncBlock(breakout)")},
	"paragraph":   {attrs: with(nil), bare: true, children: family(inlineNodes), open: true, marks: true},
	"heading":     {attrs: with(attrs{"level!": between(1, 6)}), children: family(inlineNodes), open: true, marks: true},
	"text":        {noAttrs: true, marks: true},
	"hardBreak":   {attrs: with(attrs{"text": oneOf("\n")}), bare: true},
	"rule":        {attrs: with(nil), bare: true},
	"date":        {attrs: with(attrs{"timestamp!": filled})},
	"emoji":       {attrs: with(attrs{"shortName!": textual, "id": textual, "text": textual})},
	"mention":     {attrs: with(attrs{"id!": textual, "text": textual, "accessLevel": textual, "userType": oneOf("DEFAULT SPECIAL APP")})},
	"placeholder": {attrs: with(attrs{"text!": textual})},
	"status":      {attrs: with(attrs{"text!": filled, "color!": statusColor, "style": textual})},
	"inlineCard":  {attrs: with(attrs{"url!": textual}, attrs{"data!": anything})},
	"blockCard":   {attrs: with(attrs{"url!": textual}, attrs{"data!": anything}, attrs{"datasource!": datasource, "url": textual, "width": numeric, "layout": oneOf(anyLayout)})},
	"embedCard": {attrs: with(attrs{"url!": textual, "layout!": oneOf(anyLayout), "width": between(0, 100), "originalHeight": numeric,
		"originalWidth": numeric})},
	"bulletList":  {attrs: with(nil), bare: true, children: family("listItem"), least: 1},
	"orderedList": {attrs: with(attrs{"order": func(v any) bool { n, ok := v.(float64); return ok && n >= 0 }}), bare: true, children: family("listItem"), least: 1},
	"listItem":    {attrs: with(nil), bare: true, children: family(smallText + " codeBlock mediaSingle(link)" + listNodes + extensionNodes), least: 1},
	"taskList":    {attrs: with(attrs{"localId!": textual}), children: family("taskItem taskList blockTaskItem"), least: 1},
	"taskItem":    {attrs: with(attrs{"localId!": textual, "state!": oneOf("TODO DONE")}), children: family(inlineNodes), open: true},
	"blockTaskItem": {attrs: with(attrs{"localId!": textual, "state!": oneOf("TODO DONE")}),
		children: family(smallText + extensionNodes), least: 1},
	"decisionList": {attrs: with(attrs{"localId!": textual}), children: family("decisionItem"), least: 1},
	"decisionItem": {attrs: with(attrs{"localId!": textual, "state!": textual}), children: family(inlineNodes), open: true},
	"blockquote":   {attrs: with(nil), bare: true, children: family("paragraph orderedList bulletList codeBlock" + pictures + extensionNodes), least: 1},
	"codeBlock": {attrs: with(attrs{"language": textual, "uniqueId": textual, "wrap": truth, "hideLineNumbers": truth}), bare: true,
		children: family("text"), open: true, marks: true},
	"panel": {attrs: with(attrs{"panelType!": oneOf("info note tip warning error success custom"), "panelIcon": textual, "panelIconId": textual,
		"panelIconText": textual, "panelColor": textual}), children: family(smallText + " heading blockCard codeBlock rule decisionList" + listNodes + pictures + extensionNodes), least: 1},
	"expand":       {attrs: with(attrs{"title": textual}), bare: true, children: family(inExpand), least: 1, marks: true},
	"nestedExpand": {attrs: with(attrs{"title": textual}), children: family(inNested), least: 1},
	"table": {attrs: with(attrs{"localId": filled, "displayMode": oneOf("default fixed"), "isNumberColumnEnabled": truth, "width": numeric,
		"layout": oneOf("wide full-width center align-end align-start default")}), bare: true, children: family("tableRow"), least: 1, marks: true},
	"tableRow":    {attrs: with(nil), bare: true, children: family("tableCell tableHeader")},
	"tableCell":   cellSpec,
	"tableHeader": cellSpec,
	"mediaGroup":  {noAttrs: true, children: family("media(dataConsumer link annotation border)"), least: 1},
	"mediaSingle": {attrs: with(attrs{"layout!": oneOf(anyLayout), "width": between(0, 100), "widthType": oneOf("percentage")},
		attrs{"layout!": oneOf(anyLayout), "width!": func(v any) bool { n, ok := v.(float64); return ok && n >= 0 }, "widthType!": oneOf("pixel")}),
		bare: true, children: family("media(dataConsumer link annotation border) caption"), order: []string{"media", "caption"}, least: 1, most: 2, marks: true, extra: true},
	"media": {attrs: with(attrs{"type!": oneOf("link file"), "id!": filled, "collection!": textual, "alt": textual, "height": numeric, "width": numeric, "occurrenceKey": filled},
		attrs{"type!": oneOf("external"), "url!": textual, "alt": textual, "height": numeric, "width": numeric}), marks: true},
	"mediaInline": {attrs: with(attrs{"id!": filled, "collection!": textual, "type": oneOf("link file image"), "alt": textual, "occurrenceKey": filled,
		"width": numeric, "height": numeric, "data": anything}), marks: true},
	"caption":         {attrs: with(nil), bare: true, children: family(strings.Split(inlineNodes, " inlineExtension")[0]), open: true},
	"layoutSection":   {attrs: with(nil), bare: true, children: family("layoutColumn"), least: 2, most: 3, marks: true},
	"layoutColumn":    {attrs: with(attrs{"width!": between(0, 100), "valign": oneOf("top middle bottom")}), children: family(inSection), least: 1},
	"extension":       {attrs: extension(attrs{"layout": oneOf("wide full-width default")}), marks: true},
	"inlineExtension": {attrs: extension(nil), marks: true},
	"bodiedExtension": {attrs: extension(attrs{"layout": oneOf("wide full-width default")}), children: family(strings.Replace(inExpand, " nestedExpand", "", 1)), least: 1, marks: true},
	"syncBlock":       {attrs: with(attrs{"resourceId!": textual, "localId!": textual}), marks: true},
	"bodiedSyncBlock": {attrs: with(attrs{"resourceId!": textual, "localId!": textual}), marks: true, least: 1,
		children: family(strings.Replace(inSection, "table(fragment)", "table(fragment) layoutSection(breakout)", 1))},
}

var cellSpec = spec{attrs: with(attrs{"colspan": numeric, "rowspan": numeric, "colwidth": numerics, "background": textual, "valign": oneOf("top middle bottom")}),
	bare: true, children: family(cellNodes), least: 1}

func extension(more attrs) []attrs {
	out := attrs{"extensionKey!": filled, "extensionType!": filled, "parameters": anything, "text": textual, "localId": filled}
	maps.Copy(out, more)
	return []attrs{out}
}

// datasource is a card's list of items.
func datasource(v any) bool {
	m, ok := v.(map[string]any)
	views, list := m["views"].([]any)
	if !ok || !list || len(views) == 0 || len(m) != 3 || !textual(m["id"]) {
		return false
	}
	if _, ok := m["parameters"]; !ok {
		return false
	}
	for _, view := range views {
		m, ok := view.(map[string]any)
		if !ok || !textual(m["type"]) {
			return false
		}
		for k := range m {
			if k != "type" && k != "properties" {
				return false
			}
		}
	}
	return true
}

// markAttrs are the marks and what each must say; nil attributes may not be there.
var markAttrs = map[string]attrs{
	"strong": nil, "em": nil, "strike": nil, "underline": nil, "code": nil,
	"link":            {"href!": textual, "title": textual, "id": textual, "collection": textual, "occurrenceKey": textual},
	"subsup":          {"type!": oneOf("sub sup")},
	"textColor":       {"color!": hex6},
	"backgroundColor": {"color!": hex6},
	"annotation":      {"id!": textual, "annotationType!": oneOf("inlineComment")},
	"alignment":       {"align!": oneOf("center end")},
	"indentation":     {"level!": between(1, 6)},
	"breakout":        {"mode!": oneOf("wide full-width"), "width": numeric},
	"border":          {"size!": between(1, 3), "color!": hex68},
	"dataConsumer":    {"sources!": textuals},
	"fragment":        {"localId!": filled, "name": textual},
	"fontSize":        {"fontSize!": oneOf("small")},
}
