package jirasim

import (
	"cmp"
	"strings"
	"time"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// jqlField is one field that JQL may name.
type jqlField struct {
	ops     string // "|=|!=|…|", a bar around each
	empty   test   // nil: always has a value
	never   bool   // has an empty state that nobody may ask for
	match   func(k *compiler, a ask) (part, error)
	compare func(a, b *world.JiraIssue) int // ORDER BY; nil: not sortable
	desc    bool                            // its own direction, when ORDER BY says none
	index   world.Order                     // a list of the world in its order; empty: there is none
	history string                          // its name in the changelog; empty: WAS and CHANGED are refused
}

const (
	opsSame  = "|=|!=|in|not in|"
	opsEqual = opsSame + "is|is not|"
	opsText  = "|~|!~|is|is not|"
	opsOrder = opsSame + "<|<=|>|>=|"
	opsAll   = opsOrder + "is|is not|"
)

// jqlFields are the fields by name in lower case.
var jqlFields = fieldTable()

func fieldTable() map[string]jqlField {
	t := map[string]jqlField{}
	add := func(f jqlField, names ...string) {
		for _, n := range names {
			t[strings.ToLower(n)] = f
		}
	}
	add(jqlField{ops: opsAll, never: true, empty: nothing, match: matchKey, compare: world.CompareKeys, index: world.ByKey}, "key", "issuekey", "issue", "id", "workItem", "workItemKey")
	add(jqlField{ops: opsEqual, empty: nothing, match: matchProject, compare: by(func(i *world.JiraIssue) string { return i.Project.Name })}, "project", "space")
	listFields(add)
	textFields(add)
	dateFields(add)
	peopleFields(add)
	planFields(add)
	return t
}

type adder = func(f jqlField, names ...string)

// listFields are those whose values an administrator lists.
func listFields(add adder) {
	add(jqlField{ops: opsEqual, empty: nothing, match: matchStatus, history: "status", compare: by(func(i *world.JiraIssue) int64 { return i.Status.ID })}, "status")
	add(jqlField{ops: opsEqual, empty: nothing, match: matchCategory, compare: by(func(i *world.JiraIssue) int { return categories[i.Status.Category].id })}, "statusCategory")
	add(jqlField{ops: opsEqual, empty: nothing, match: matchType, compare: by(func(i *world.JiraIssue) string { return i.Type.Name })}, "issuetype", "type", "workType")
	add(jqlField{ops: opsOrder + "is|is not|", match: matchResolution, history: "resolution", empty: func(i *world.JiraIssue) bool { return i.Resolution == nil },
		compare: by(func(i *world.JiraIssue) int64 { return idOf(i.Resolution) })}, "resolution")
	add(jqlField{ops: opsAll, match: matchPriority, history: "priority", empty: func(i *world.JiraIssue) bool { return i.Priority == nil }, desc: true,
		compare: by(func(i *world.JiraIssue) int64 { return -idOf(i.Priority) })}, "priority") // the highest has the lowest id
	add(jqlField{ops: opsEqual, match: matchLabels, empty: func(i *world.JiraIssue) bool { return len(i.Labels) == 0 },
		compare: by(func(i *world.JiraIssue) string { return strings.Join(i.Labels, " ") })}, "labels", "label")
	add(jqlField{ops: opsEqual, match: matchComponent, empty: func(i *world.JiraIssue) bool { return len(i.Components) == 0 },
		compare: by(func(i *world.JiraIssue) string { return strings.Join(i.Components, " ") })}, "component", "components")
	fix := func(i *world.JiraIssue) []*world.Version { return i.Rare().FixVersions }
	affected := func(i *world.JiraIssue) []*world.Version { return i.Rare().Versions }
	add(jqlField{ops: opsAll, match: matchVersion(fix), history: "fix version", empty: func(i *world.JiraIssue) bool { return len(fix(i)) == 0 }, compare: byVersion(fix)}, "fixVersion", "fixVersions")
	add(jqlField{ops: opsAll, match: matchVersion(affected), empty: func(i *world.JiraIssue) bool { return len(affected(i)) == 0 }, compare: byVersion(affected)}, "affectedVersion", "affectedVersions")
	add(jqlField{ops: opsEqual, match: matchLevel, empty: func(i *world.JiraIssue) bool { return i.Rare().Level == nil }}, "level")
}

func textFields(add adder) {
	text := func(f func(*world.JiraIssue) string) jqlField {
		return jqlField{ops: opsText, match: matchText(func(_ *call, i *world.JiraIssue) []string { return []string{f(i)} }), empty: func(i *world.JiraIssue) bool { return f(i) == "" },
			compare: by(f)}
	}
	add(text(func(i *world.JiraIssue) string { return i.Summary }), "summary")
	add(text(func(i *world.JiraIssue) string { return i.Description }), "description")
	add(text(func(i *world.JiraIssue) string { return i.Rare().Environment }), "environment")
	add(jqlField{ops: "|~|!~|", match: matchText(commentTexts)}, "comment")
	add(jqlField{ops: "|~|", match: matchText(func(c *call, i *world.JiraIssue) []string {
		return append([]string{i.Summary, i.Description, i.Rare().Environment}, commentTexts(c, i)...)
	})}, "text", "textfields")
}

func dateFields(add adder) {
	at := func(f func(*world.JiraIssue) time.Time, index world.Order) jqlField {
		return jqlField{ops: opsAll, match: matchDate(f, index), empty: func(i *world.JiraIssue) bool { return f(i).IsZero() }, desc: true, index: index,
			compare: func(a, b *world.JiraIssue) int { return f(a).Compare(f(b)) }}
	}
	add(at(func(i *world.JiraIssue) time.Time { return i.Updated }, world.ByUpdated), "updated", "updatedDate")
	add(at(func(i *world.JiraIssue) time.Time { return i.Created }, world.ByCreated), "created", "createdDate")
	add(at(func(i *world.JiraIssue) time.Time { return i.Resolved }, ""), "resolved", "resolutionDate")
	add(at(func(i *world.JiraIssue) time.Time { return i.Moved }, ""), "statusCategoryChangedDate")
	add(jqlField{ops: opsAll, match: matchDue, empty: func(i *world.JiraIssue) bool { return i.Due == "" },
		compare: by(func(i *world.JiraIssue) string { return cmp.Or(i.Due, "9999") })}, "due", "duedate")
}

// planFields are those of plans and boards, links and votes.
func planFields(add adder) {
	add(jqlField{ops: opsEqual, match: matchSprint, empty: func(i *world.JiraIssue) bool { return len(i.Sprints) == 0 },
		compare: by(func(i *world.JiraIssue) int64 {
			if len(i.Sprints) == 0 {
				return 1 << 62
			}
			return i.Sprints[len(i.Sprints)-1].ID
		})}, "sprint")
	add(jqlField{ops: opsEqual, match: matchParent, empty: func(i *world.JiraIssue) bool { return i.Parent == nil }}, "parent")
	add(jqlField{ops: opsEqual, match: matchEpic, empty: func(i *world.JiraIssue) bool { return epicOf(i) == nil }}, "Epic Link")
	add(jqlField{ops: opsAll, match: matchNumber(points), empty: func(i *world.JiraIssue) bool { return i.Points == nil }, compare: by(func(i *world.JiraIssue) float64 {
		n, _ := points(i)
		return n
	})}, "Story Points", "Story point estimate")
	add(jqlField{ops: "|", compare: by(func(i *world.JiraIssue) string { return i.Rank }), index: world.ByRank}, "rank")
	add(jqlField{ops: opsEqual, match: matchTeam, empty: func(i *world.JiraIssue) bool { return len(teamsOf(i)) == 0 },
		compare: by(func(i *world.JiraIssue) string { return strings.Join(teamsOf(i), " ") })}, "Team")
	add(jqlField{ops: opsEqual, match: matchLinkType, empty: func(i *world.JiraIssue) bool { return len(i.Links) == 0 }}, "issueLinkType", "workItemLinkType")
	add(jqlField{ops: opsEqual, match: matchLinked, empty: func(i *world.JiraIssue) bool { return len(i.Links) == 0 }}, "issueLink", "linkedIssue", "linkedWorkItem")
	add(jqlField{ops: opsAll, match: matchNumber(func(i *world.JiraIssue) (float64, bool) { return float64(len(i.Rare().Voters)), true }),
		compare: by(func(i *world.JiraIssue) int { return len(i.Rare().Voters) }), desc: true}, "votes")
	add(jqlField{ops: opsAll, match: matchNumber(func(i *world.JiraIssue) (float64, bool) { return float64(i.Watchers()), true }),
		compare: by(func(i *world.JiraIssue) int { return i.Watchers() }), desc: true}, "watchers")
	add(jqlField{ops: opsOrder, match: matchNumber(func(i *world.JiraIssue) (float64, bool) { return float64(i.Type.Level), true }),
		compare: by(func(i *world.JiraIssue) int { return i.Type.Level })}, "hierarchyLevel")
	add(jqlField{ops: "|is|is not|", empty: func(i *world.JiraIssue) bool { return len(i.Rare().Files) == 0 }, match: matchNumber(points)}, "attachments")
}

// worldFields are the custom fields that the world gives a meaning to.
var worldFields = map[string]string{
	world.SprintFieldID: "sprint", world.PointsFieldID: "story points", world.EpicLinkFieldID: "epic link", world.RankFieldID: "rank", world.TeamFieldID: "team",
}

// field finds a field: by a name of Jira's own, by a custom field's number or
// name.
func (k *compiler) field(ref jql.Field) (jqlField, bool) {
	name := strings.ToLower(strings.TrimSpace(ref.Name))
	if ref.Property != "" {
		return jqlField{}, false // entity properties are searched only where an app declares an index, and here none does
	}
	if f, ok := jqlFields[name]; ok {
		return f, true
	}
	id := name
	if number, ok := strings.CutPrefix(name, "cf["); ok {
		id = "customfield_" + strings.TrimSuffix(number, "]")
	}
	var ids []string
	for _, def := range k.st.Fields {
		if isCustom(def) && (def.ID == id || strings.EqualFold(def.Name, name)) {
			if known := worldFields[def.ID]; known != "" {
				return jqlFields[known], true
			}
			if strings.HasSuffix(def.Custom, ":gh-sprint") {
				return jqlFields["sprint"], true
			}
			ids = append(ids, def.ID)
		}
	}
	return customField(ids), len(ids) > 0
}

func idOf(n *world.Named) int64 {
	if n == nil {
		return 1 << 40
	}
	return n.ID
}

func points(i *world.JiraIssue) (float64, bool) {
	if i.Points == nil {
		return -1, false
	}
	return *i.Points, true
}

func by[T cmp.Ordered](f func(*world.JiraIssue) T) func(a, b *world.JiraIssue) int {
	return func(a, b *world.JiraIssue) int { return cmp.Compare(f(a), f(b)) }
}

// epicOf is the epic that an issue belongs to; sub-tasks have none of their own.
func epicOf(i *world.JiraIssue) *world.JiraIssue {
	if i.Parent == nil || i.Type.Subtask || i.Parent.Type.Level < 1 {
		return nil
	}
	return i.Parent
}
