package richtext

// emoticons are what Jira's wiki text turns into an emoji, with the id that the
// document gives it.
var emoticons = map[string]string{
	":)": "1f642", ":-)": "1f642", ":(": "1f61e", ":-(": "1f61e", ":P": "1f61b", ":-P": "1f61b", ":p": "1f61b", ":-p": "1f61b",
	":D": "1f603", ":-D": "1f603", ";)": "1f609", ";-)": "1f609", "(y)": "1f44d", "(n)": "1f44e",
	"(i)": "atlassian-info", "(/)": "atlassian-check_mark", "(x)": "atlassian-cross_mark", "(!)": "atlassian-warning",
	"(+)": "atlassian-plus", "(-)": "atlassian-minus", "(?)": "atlassian-question_mark", "(on)": "atlassian-light_bulb_on",
	"(off)": "atlassian-light_bulb_off", "(*)": "atlassian-yellow_star", "(*y)": "atlassian-yellow_star", "(*r)": "atlassian-red_star",
	"(*g)": "atlassian-green_star", "(*b)": "atlassian-blue_star", "(flag)": "atlassian-flag_on", "(flagoff)": "atlassian-flag_off",
}

// longestEmoticon is the most bytes one has.
const longestEmoticon = len("(flagoff)")

// emojis by id: how a document names them, how wiki text spells them, and how a
// page shows them.
var emojis = map[string]struct{ short, text, wiki, shown string }{
	"1f642":                    {":slight_smile:", "🙂", ":)", "🙂"},
	"1f61e":                    {":disappointed:", "😞", ":(", "😞"},
	"1f61b":                    {":stuck_out_tongue:", "😛", ":P", "😛"},
	"1f603":                    {":smiley:", "😃", ":D", "😃"},
	"1f609":                    {":wink:", "😉", ";)", "😉"},
	"1f44d":                    {":thumbsup:", "👍", "(y)", "👍"},
	"1f44e":                    {":thumbsdown:", "👎", "(n)", "👎"},
	"atlassian-info":           {":info:", ":info:", "(i)", "ℹ️"},
	"atlassian-check_mark":     {":check_mark:", ":check_mark:", "(/)", "✅"},
	"atlassian-cross_mark":     {":cross_mark:", ":cross_mark:", "(x)", "❌"},
	"atlassian-warning":        {":warning:", ":warning:", "(!)", "⚠️"},
	"atlassian-plus":           {":plus:", ":plus:", "(+)", "➕"},
	"atlassian-minus":          {":minus:", ":minus:", "(-)", "➖"},
	"atlassian-question_mark":  {":question:", ":question:", "(?)", "❓"},
	"atlassian-light_bulb_on":  {":light_bulb_on:", ":light_bulb_on:", "(on)", "💡"},
	"atlassian-light_bulb_off": {":light_bulb_off:", ":light_bulb_off:", "(off)", "💡"},
	"atlassian-yellow_star":    {":yellow_star:", ":yellow_star:", "(*)", "⭐"},
	"atlassian-red_star":       {":red_star:", ":red_star:", "(*r)", "⭐"},
	"atlassian-green_star":     {":green_star:", ":green_star:", "(*g)", "⭐"},
	"atlassian-blue_star":      {":blue_star:", ":blue_star:", "(*b)", "⭐"},
	"atlassian-flag_on":        {":flag_on:", ":flag_on:", "(flag)", "🚩"},
	"atlassian-flag_off":       {":flag_off:", ":flag_off:", "(flagoff)", "🏳️"},
}

func emoji(id string) *Node {
	e := emojis[id]
	return &Node{Type: "emoji", Attrs: map[string]any{"id": id, "shortName": e.short, "text": e.text}}
}

// emoticon finds one at the start of a text; a letter or a digit may not follow.
func emoticon(text string) (id string, length int) {
	for n := min(longestEmoticon, len(text)); n >= 2; n-- {
		if id := emoticons[text[:n]]; id != "" && !wordly(text[n:]) {
			return id, n
		}
	}
	return "", 0
}
