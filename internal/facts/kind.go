package facts

import (
	"strings"

	"strata/internal/work"
)

var kinds = []work.Kind{work.Initiative, work.Epic, work.Story, work.Task, work.Bug, work.Spike, work.Subtask}

// typeNames are the usual names of issue types, in lower case. GitHub's own type
// Feature and Jira's New Feature are stories unless their level says more.
var typeNames = map[string]work.Kind{
	"initiative": work.Initiative, "theme": work.Initiative, "legend": work.Initiative, "portfolio epic": work.Initiative,
	"epic": work.Epic, "史诗": work.Epic, "长篇故事": work.Epic,
	"story": work.Story, "user story": work.Story, "feature": work.Story, "new feature": work.Story, "improvement": work.Story,
	"enhancement": work.Story, "requirement": work.Story, "anforderung": work.Story, "故事": work.Story,
	"task": work.Task, "technical task": work.Task, "chore": work.Task, "aufgabe": work.Task, "任务": work.Task,
	"bug": work.Bug, "defect": work.Bug, "incident": work.Bug, "regression": work.Bug, "fehler": work.Bug, "故障": work.Bug, "缺陷": work.Bug,
	"spike": work.Spike, "research": work.Spike, "investigation": work.Spike,
	"sub-task": work.Subtask, "subtask": work.Subtask, "unteraufgabe": work.Subtask, "子任务": work.Subtask,
}

// kind places a record on the product's scale: by the config's word on its issue
// type, then the tracker's level, then the type's usual names; on GitHub a label
// says it where there is no type. What nothing names is a story.
func (m *mapping) kind(r *work.Record) work.Kind {
	if kind, ok := m.kinds[strings.ToLower(r.Type)]; ok {
		return kind
	}
	named := typeNames[strings.ToLower(strings.TrimSpace(r.Type))]
	switch {
	case r.Level >= 2:
		return work.Initiative
	case r.Level == 1:
		return work.Epic
	case r.Level < 0:
		return work.Subtask
	case named != "":
		return named
	case r.Type != "":
		return work.Story
	}
	found := work.Kind("")
	for _, label := range r.Labels {
		name := strings.ToLower(strings.TrimSpace(label))
		for _, prefix := range []string{"type:", "kind:", "type/", "kind/"} {
			name = strings.TrimSpace(strings.TrimPrefix(name, prefix))
		}
		switch kind := typeNames[name]; kind {
		case work.Epic:
			return kind
		case work.Bug, work.Spike, work.Task:
			if found == "" || kind < found {
				found = kind
			}
		}
	}
	if found != "" {
		return found
	}
	return work.Story
}
