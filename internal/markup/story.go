package markup

import (
	"strings"
)

// mostValues and longestStory bound what is kept of user stories: the first few,
// and of each the first words in bytes.
const (
	mostValues   = 3
	longestStory = 600
)

// storyForms are how a user or job story begins, and what must follow in the same
// sentence, in normal form with a space on either side.
var storyForms = []struct {
	begins []string
	wants  []string
}{
	{[]string{"as a ", "as an ", "as the ", "as someone ", "as somebody ", "as our "}, []string{" i want ", " i need ", " i would like ", " i d like ", " i can ", " i wish ", " i should ", " i must ", " we want ", " we need ", " we would like ", " i expect ", " i am able ", " i don t want "}},
	{[]string{"when ", "whenever ", "while "}, []string{" i want to ", " i need to ", " i would like to ", " i d like to ", " we want to ", " they want to "}},
	{[]string{"in order to ", "so that "}, []string{" i want ", " i need ", " we need ", " we want ", " as a ", " as an "}},
	{[]string{"als "}, []string{" mochte ich ", " will ich ", " brauche ich ", " kann ich ", " wunsche ich ", " ich mochte ", " ich will ", " wurde ich ", " benotige ich ", " mochten wir ", " muss ich ", " wil ik ", " ik wil ", " kan ik ", " moet ik ", " wens ik ", " heb ik ", " zou ik ", " willen we "}},
	{[]string{"wenn "}, []string{" mochte ich ", " will ich "}},
	{[]string{"en tant que ", "en tant qu ", "en qualite de "}, []string{" je veux ", " je souhaite ", " je voudrais ", " je peux ", " je dois ", " j ai besoin ", " j aimerais ", " nous voulons ", " je desire "}},
	{[]string{"como "}, []string{" quiero ", " necesito ", " deseo ", " puedo ", " querria ", " quisiera ", " me gustaria ", " quero ", " preciso ", " desejo ", " gostaria ", " posso ", " queremos "}},
	{[]string{"eu como ", "yo como "}, []string{" quero ", " quiero "}},
	{[]string{"come ", "in qualita di "}, []string{" voglio ", " vorrei ", " desidero ", " ho bisogno ", " posso ", " devo ", " vogliamo "}},
	{[]string{"jako "}, []string{" chce ", " chcę ", " chcialbym ", " chcialabym ", " potrzebuje ", " potrzebuję ", " moge ", " mogę ", " chcemy "}},
}

// storySigns are the same in scripts without spaces between words.
var storySigns = []struct {
	begins []string
	wants  []string
	within bool // the first words stand within the sentence
}{
	{[]string{"作为", "作為", "身为"}, []string{"我想", "我希望", "我需要", "我要", "我可以", "我能", "希望", "想要"}, false},
	{[]string{"として"}, []string{"したい", "ほしい", "欲しい", "できる", "できるように", "たい", "必要"}, true},
}

// storyIn returns the first user or job story that begins with a line of a block,
// "" when there is none: "As a customer I want to pay with one click, so that …".
// One that a template left to fill in is none.
func storyIn(stream string) string {
	for rest := stream; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		if beginsStory(line) {
			sentence := visible(rest[:wholeRunes(rest, longestStory)])
			_, sentence = splitBox(sentence)
			if isStory(sentence) && !template(sentence) {
				return strings.Clone(Shorten(sentence, maxEntry)) // not the paragraph around it
			}
		}
		rest = after
	}
	return ""
}

// beginsStory says, from its first bytes, whether a line may begin a story.
func beginsStory(line string) bool {
	line = strings.TrimLeft(line, " \t*_-[]>\"“„«"+string(boldMark)+string(seamMark))
	if line == "" {
		return false
	}
	if line[0] >= 0x80 {
		return true
	}
	first, _, _ := strings.Cut(line[:min(len(line), 12)], " ")
	switch strings.ToLower(strings.TrimRight(first, string(boldMark)+string(seamMark)+",")) {
	case "as", "when", "whenever", "while", "in", "so", "als", "wenn", "en", "como", "eu", "yo", "come", "jako":
		return true
	}
	return false
}

func isStory(sentence string) bool {
	if words := normal(sentence); words != "" && words[0] < 0x80 {
		for _, form := range storyForms {
			for _, begin := range form.begins {
				if rest, ok := strings.CutPrefix(words, begin); ok && wants(" "+rest+" ", form.wants) {
					return true
				}
			}
		}
		return false
	}
	for _, form := range storySigns {
		for _, begin := range form.begins {
			i := strings.Index(sentence, begin)
			if i < 0 || !form.within && i > 0 || form.within && i > 120 {
				continue
			}
			for _, want := range form.wants {
				if strings.Contains(sentence[i+len(begin):], want) {
					return true
				}
			}
		}
	}
	return false
}

// wants looks for what the person of a story wants, with somebody before it and something behind.
func wants(words string, phrases []string) bool {
	for _, phrase := range phrases {
		if i := strings.Index(words, phrase); i > 0 && len(words) > i+len(phrase) {
			return true
		}
	}
	return false
}
