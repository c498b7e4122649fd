package markup

import (
	"strings"
	"unicode/utf8"

	"strata/internal/work"
)

// statesNone holds the ways to say that a section has no content, in normal form.
// Those that speak of dependencies say so wherever they stand.
//
//nolint:misspell // these are other languages
var statesNone = func() map[string]work.SectionName {
	table := map[string]work.SectionName{}
	for _, phrase := range []string{
		"none", "no", "nothing", "n a", "na", "nil", "not applicable", "nope", "no open questions", "no questions", "no open points", "zero",
		"keine", "keiner", "keins", "nichts", "entfällt", "keine offenen Fragen", "keine Fragen", "keine offenen Punkte", "nicht zutreffend", "nicht relevant",
		"aucun", "aucune", "néant", "rien", "sans objet", "aucune question", "aucune question ouverte", "non applicable", "pas de questions",
		"ninguno", "ninguna", "nada", "no aplica", "no procede", "ninguna pregunta", "sin preguntas", "sin preguntas abiertas",
		"nenhum", "nenhuma", "não aplicável", "não se aplica", "nenhuma pergunta", "sem perguntas", "sem questões",
		"nessuno", "nessuna", "niente", "non applicabile", "nessuna domanda", "nessuna domanda aperta",
		"geen", "niets", "nvt", "n v t", "niet van toepassing", "geen vragen", "geen open vragen",
		"brak", "żadne", "żadna", "nie dotyczy", "nic", "brak pytań", "brak otwartych pytań",
		"无", "無", "没有", "暂无", "不适用", "无问题", "没有问题", "なし", "無し", "ありません", "特になし", "該当なし", "とくになし",
	} {
		table[normal(phrase)] = noSection
	}
	for _, phrase := range []string{
		"no dependencies", "no dependency", "no external dependencies", "no cross team dependencies", "no blockers", "not dependent on other teams",
		"no dependencies on other teams", "no dependencies to other teams", "without dependencies",
		"keine Abhängigkeiten", "keine Abhängigkeit", "keine externen Abhängigkeiten", "keine Abhängigkeiten zu anderen Teams", "ohne Abhängigkeiten", "keine Voraussetzungen",
		"aucune dépendance", "pas de dépendance", "pas de dépendances", "aucune dépendance externe", "sans dépendance", "sans dépendances",
		"sin dependencias", "ninguna dependencia", "no hay dependencias", "no tiene dependencias", "sin dependencias externas",
		"sem dependências", "nenhuma dependência", "não há dependências", "não tem dependências", "sem dependências externas",
		"nessuna dipendenza", "senza dipendenze", "non ci sono dipendenze", "nessuna dipendenza esterna",
		"geen afhankelijkheden", "zonder afhankelijkheden", "geen afhankelijkheid", "geen externe afhankelijkheden",
		"brak zależności", "bez zależności", "nie ma zależności", "brak zależności zewnętrznych",
		"无依赖", "没有依赖", "無依賴", "沒有依賴", "无外部依赖", "暂无依赖", "无依赖项", "没有依赖项", "无依赖关系", "没有依赖关系",
		"依存関係なし", "依存なし", "依存関係はなし", "依存関係はありません", "依存はありません",
	} {
		table[normal(phrase)] = work.Dependencies
	}
	return table
}()

// noSection stands for any section whose content is nothing.
const noSection work.SectionName = "-"

// around are words that may stand around a statement of nothing without changing it.
//
//nolint:misspell // these are other languages
var around = func() map[string]bool {
	return normals("known", "identified", "found", "yet", "currently", "now", "right", "at", "the", "this", "moment", "time", "so", "far", "there", "are", "is",
		"we", "have", "has", "story", "item", "any", "all", "expected", "anticipated", "present", "today", "please", "see", "derzeit", "aktuell", "momentan", "bekannt", "bekannte",
		"erkannt", "zurzeit", "es", "gibt", "bisher", "wir", "haben", "connue", "connues", "identifiée", "identifiées", "actuellement", "pour", "le",
		"l", "instant", "à", "ce", "jour", "conocidas", "conocida", "identificadas", "actualmente", "por", "ahora", "conhecidas", "identificadas",
		"atualmente", "momento", "nota", "note", "identificate", "identificata", "al", "attualmente", "bekende", "momenteel", "op", "dit", "er", "zijn",
		"znanych", "obecnie", "obecna", "w", "tej", "chwili")
}()

// noneFirst are the words with which a statement of nothing may begin.
var noneFirst = func() map[string]bool {
	first := map[string]bool{}
	for phrase := range statesNone {
		word, _, _ := strings.Cut(phrase, " ")
		first[word] = true
	}
	for word := range around {
		first[word] = true
	}
	delete(first, "the")
	return first
}()

// saysNone returns "" when text does not state that there is nothing, else what it speaks of.
func saysNone(text string) work.SectionName {
	if len(text) > maxPlain || !mayBegin(text, noneFirst) {
		return ""
	}
	return statesNone[unfilled(normal(text))]
}

// mayBegin says whether a text begins with one of the words, as far as its Latin
// letters without accents tell.
func mayBegin(text string, words map[string]bool) bool {
	end := 0
	for end < len(text) && wordByte(text[end]) {
		end++
	}
	if end == 0 || end < len(text) && text[end] >= utf8.RuneSelf {
		return true
	}
	return end <= 24 && words[strings.ToLower(text[:end])]
}

// unfilled leaves out of words in normal form those that only stand around a
// statement, as long as another word is left.
func unfilled(words string) string {
	if !strings.Contains(words, " ") || statesNone[words] != "" {
		return words
	}
	fields := strings.Fields(words)
	kept := make([]string, 0, len(fields))
	for i, word := range fields {
		ofMoment := word == "no" && i+1 < len(fields) && fields[i+1] == "momento" //nolint:misspell // Portuguese
		if !around[word] && !ofMoment {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}
