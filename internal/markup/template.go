package markup

import "strings"

// template says whether text is what a template left to fill in, or no words at all.
func template(text string) bool {
	if strings.IndexFunc(text, wordRune) < 0 {
		return text != "-" && text != "–" && text != "—"
	}
	if len(text) > 2*maxEntry {
		return strings.HasPrefix(strings.ToLower(text[:11]), "lorem ipsum")
	}
	text = strings.TrimRight(text, ".…: ")
	open := mayBeOpen(text)
	if !open && !mayBegin(text, templateFirst) && !mayEnd(text) {
		return false
	}
	lower := strings.ToLower(text)
	if strings.HasPrefix(lower, "lorem ipsum") || open && enclosed(lower, text) {
		return true
	}
	gaps, rest := 0, lower
	if open {
		gaps, rest = gapsIn(lower)
	}
	if gaps >= 2 || onlyConnects(rest, gaps) {
		return true
	}
	words := normal(lower)
	return templateLines[words] || instructs(words) || numberedOnly(words) || signsInstruct(words)
}

// mayBeOpen says, in one look, whether text may hold a gap that somebody is to fill.
func mayBeOpen(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '<', '[', '{', '_', "…"[0]:
			return true
		case '.', 'x', 'X':
			if i+1 < len(text) && text[i+1]|0x20 == text[i]|0x20 {
				return true
			}
		}
	}
	return false
}

// enclosed says whether a placeholder is all there is: <criterion>, [criterion 1], {{criterion}}, _____.
func enclosed(lower, text string) bool {
	if strings.HasPrefix(lower, "{{") && strings.HasSuffix(lower, "}}") {
		return true
	}
	for _, pair := range []string{"<>", "[]", "{}"} {
		if lower[0] == pair[0] && lower[len(lower)-1] == pair[1] && !strings.ContainsAny(lower[1:len(lower)-1], pair) {
			return !key(strings.Trim(text, "[]<>{}.: "))
		}
	}
	return false
}

// gapsIn counts what a template leaves open within text, and returns the rest:
// "As a <role>, I want <goal>", "As a ___ I want …", "As a XXX".
func gapsIn(text string) (gaps int, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); {
		if n := gapAt(text[i:], i == 0 || text[i-1] == ' '); n > 0 {
			gaps++
			b.WriteByte(' ')
			i += n
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return gaps, b.String()
}

// gapAt returns how long the gap is that begins a text, 0 when there is none.
func gapAt(text string, fresh bool) int {
	switch text[0] {
	case '<', '[', '{':
		closing := map[byte]string{'<': ">", '[': "]", '{': "}"}[text[0]]
		end := strings.Index(text[:min(len(text), 62)], closing)
		if end < 4 || strings.ContainsAny(text[1:end], "/=0123456789") {
			return 0
		}
		return end + 1
	case '_', '.':
		n := len(text) - len(strings.TrimLeft(text, text[:1]))
		if n >= 3 && (text[0] == '_' || fresh) {
			return n
		}
	case 'x':
		if n := len(text) - len(strings.TrimLeft(text, "x")); fresh && n >= 2 && (n == len(text) || !wordByte(text[n])) {
			return n
		}
	}
	if fresh && strings.HasPrefix(text, "…") {
		return len("…")
	}
	return 0
}

// onlyConnects says whether words that stand around gaps are those of a form alone.
// A macro that stood for a gap is gone; then only several such words tell.
func onlyConnects(text string, gaps int) bool {
	words := strings.Fields(normal(text))
	if len(words) == 0 || len(words) > 14 || gaps == 0 && len(words) < 4 {
		return false
	}
	for _, word := range words {
		if !connecting[word] {
			return false
		}
	}
	return true
}

var connecting = normals("as", "a", "an", "the", "i", "we", "want", "need", "to", "so", "that", "can", "could", "would", "like", "given", "when", "then", "and", "but", "in", "order", "it", "is",
	"als", "ein", "eine", "möchte", "will", "ich", "dass", "damit", "um", "zu", "kann", "gegeben", "wenn", "dann", "und",
	"en", "tant", "que", "qu", "je", "veux", "souhaite", "afin", "de", "pour", "étant", "donné", "quand", "alors", "et",
	"como", "un", "una", "quiero", "para", "poder", "dado", "cuando", "entonces", "y", "um", "uma", "quero", "quando", "então", "e",
	"come", "voglio", "vorrei", "per", "allora", "een", "wil", "ik", "zodat", "om", "te", "gegeven", "dan", "jako", "chcę", "aby", "żeby", "mając", "gdy", "wtedy", "i")

// numberedOnly says whether words are a placeholder with a number: "Criterion 1", "AC 2".
func numberedOnly(words string) bool {
	word, rest, _ := strings.Cut(words, " ")
	if !placeholderWords[word] {
		word, rest, _ = strings.Cut(strings.TrimRight(words, "0123456789"), " ")
		return placeholderWords[word] && rest == ""
	}
	return rest == "" || number(rest) > 0 || len(rest) == 1
}

var placeholderWords = normals("criterion", "criteria", "item", "question", "deliverable", "outcome", "kriterium", "frage", "ergebnis", "critère", "criterio", "critério",
	"pregunta", "pergunta", "domanda", "vraag", "kryterium", "pytanie", "text", "placeholder", "example", "ac")

// templateLines are what the usual templates say, in normal form.
//
//nolint:misspell // these are other languages
var templateLines = normals(
	"No response", "A clear and concise description of what the problem is. Ex. I'm always frustrated when", "A clear and concise description of what the problem is",
	"A clear and concise description of what you want to happen", "A clear and concise description of any alternative solutions or features you've considered",
	"A clear and concise description of what the bug is", "A clear and concise description of what you expected to happen",
	"Add any other context or screenshots about the feature request here", "Add any other context about the problem here",
	"If applicable, add screenshots to help explain your problem", "Ex. I'm always frustrated when", "See error", "Steps to reproduce the behavior", "Go to", "Click on", "Scroll down to",
	"Is your feature request related to a problem? Please describe", "Describe the solution you'd like", "Describe alternatives you've considered",
	"What needs to be done", "Why is this needed", "What is the problem", "What is the expected outcome", "Your text here", "Text here", "Type here", "Write here", "Placeholder",
	"Hier Text eingeben", "Text hier eingeben", "Hier ausfüllen", "Bitte ausfüllen", "Platzhalter", "Texte ici", "À compléter", "À remplir", "Por completar", "A completar", "A preencher", "Preencher",
	"Da completare", "Da compilare", "Inserire qui", "Inserisci qui", "Hier invullen", "Invullen", "Vul hier in", "Do uzupełnienia", "Uzupełnij", "Wpisz tutaj",
	"待填写", "请填写", "在此填写", "在此输入", "ここに記入", "ここに入力", "記入してください", "入力してください",
)

// instructs says whether words tell the reader to write something in this place:
// "Please describe the criteria here", "Hier die Kriterien beschreiben".
func instructs(words string) bool {
	fields := strings.Fields(words)
	polite := len(fields) > 0 && politeWords[fields[0]]
	if polite {
		fields = fields[1:]
	}
	if len(fields) == 0 || len(fields) > 14 {
		return false
	}
	first, last := fields[0], fields[len(fields)-1]
	here := heres[first] || heres[last] || last == "in" && first == "fill"
	for i, word := range fields {
		here = here || heres[word] && (i == 1 || i == len(fields)-2)
	}
	switch {
	case len(fields) == 1:
		return polite && asks[first]
	case heres[first] && asks[fields[1]]:
		return true
	case asks[last]:
		return here || polite
	}
	return here && asks[first]
}

var (
	politeWords = normals("please", "bitte", "veuillez", "merci", "por", "per", "gelieve", "proszę")
	asks        = normals("describe", "list", "add", "enter", "fill", "write", "insert", "specify", "put", "provide", "type", "paste", "explain", "replace", "document",
		"beschreiben", "beschreibe", "eintragen", "einfügen", "ergänzen", "auflisten", "eingeben", "ausfüllen", "angeben",
		"décrire", "décrivez", "indiquer", "indiquez", "ajouter", "ajoutez", "saisir", "lister", "insérer", "compléter", "renseigner",
		"describir", "describa", "describe", "añadir", "añada", "escribir", "escriba", "indicar", "indique", "insertar", "completar", "rellenar",
		"descrever", "descreva", "adicionar", "adicione", "escrever", "escreva", "inserir", "insira", "preencher", "liste",
		"descrivere", "descrivi", "aggiungere", "aggiungi", "scrivere", "scrivi", "inserire", "inserisci", "elencare", "elenca",
		"beschrijf", "beschrijven", "voeg", "toevoegen", "invullen", "schrijf", "opisz", "dodaj", "wpisz", "uzupełnij", "wymień")
	heres = normals("here", "below", "hier", "ici", "dessous", "aquí", "aqui", "abajo", "abaixo", "qui", "sotto", "hieronder", "tutaj", "tu", "poniżej", "unten")
)

// signsInstruct is instructs for scripts without spaces between words.
func signsInstruct(words string) bool {
	if words == "" || words[0] < 0x80 || len(words) > 120 {
		return false
	}
	for _, sign := range []string{"请描述", "请填写", "请输入", "请列出", "请在此", "在此描述", "在此填写", "在此输入", "此处填写", "請描述", "請填寫",
		"ここに記入", "ここに入力", "ここに記載", "ここに書", "記入してください", "入力してください", "記載してください", "を記述してください"} {
		if strings.Contains(words, sign) {
			return true
		}
	}
	return false
}

// templateFirst are the first words of what templates say, so that most lines
// need no further look.
var templateFirst = func() map[string]bool {
	first := map[string]bool{"lorem": true}
	for _, set := range []map[string]bool{templateLines, politeWords, asks, heres, placeholderWords} {
		for words := range set {
			word, _, _ := strings.Cut(words, " ")
			first[word] = true
		}
	}
	for word := range placeholderWords { // with a number right behind
		for n := range 10 {
			first[word+string(rune('0'+n))] = true
		}
	}
	return first
}()

// mayEnd says whether the last word of a text is one that asks to write something,
// or one that only connects others.
func mayEnd(text string) bool {
	last := text[strings.LastIndexByte(text, ' ')+1:]
	if len(last) > 24 {
		return false
	}
	last = strings.ToLower(last)
	return asks[last] || connecting[last]
}
