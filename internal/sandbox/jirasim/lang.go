package jirasim

// locale is the language in which names come: Jira translates them to the one
// of the account's profile. Empty is English.
func (s *server) locale() string {
	f, on := s.faults.On("translated")
	switch {
	case !on:
		return ""
	case f.Value == "":
		return "de_DE"
	}
	return f.Value
}

// tongue is a name in the asker's language. What was renamed by an
// administrator has no translation and stays.
func (c *call) tongue(name string) string {
	if c.locale == "" {
		return name
	}
	if other, ok := translations[c.locale][name]; ok {
		return other
	}
	return name
}

// translations of the names that a new site has.
var translations = map[string]map[string]string{
	"de_DE": {
		"To Do": "Zu erledigen", "In Progress": "In Arbeit", "In Review": "In Prüfung", "Done": "Fertig", "No Category": "Keine Kategorie",
		"Won't Do": "Nicht erledigen", "Duplicate": "Duplikat", "Cancelled": "Abgebrochen", "Declined": "Abgelehnt",
		"Highest": "Höchste", "High": "Hoch", "Medium": "Mittel", "Low": "Niedrig", "Lowest": "Niedrigste",
		"Epic": "Epic", "Story": "Story", "Task": "Aufgabe", "Bug": "Fehler", "Sub-task": "Unteraufgabe",
	},
	"zh_CN": {
		"To Do": "待办", "In Progress": "正在进行", "In Review": "审核中", "Done": "完成", "No Category": "无类别",
		"Won't Do": "不做", "Duplicate": "重复", "Cancelled": "已取消", "Declined": "已拒绝",
		"Highest": "最高", "High": "高", "Medium": "中", "Low": "低", "Lowest": "最低",
		"Epic": "长篇故事", "Story": "故事", "Task": "任务", "Bug": "缺陷", "Sub-task": "子任务",
	},
}
