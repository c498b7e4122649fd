package facts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/facts"
	"strata/internal/work"
)

// said returns the sections of a description in the usual words.
func said(t testing.TB, dialect work.Dialect, text string) work.Item {
	t.Helper()
	return mapped(t, facts.Config{}, facts.TrackerConfig{}, work.Record{Texts: []work.SourceText{{Dialect: dialect, Text: text}}})
}

// The same story in ten languages, as people of each write it.
func TestSectionsAreReadInTenLanguages(t *testing.T) {
	for language, c := range map[string]struct {
		dialect work.Dialect
		text    string
		value   string
		entries []string
	}{
		"English": {work.GitHubMarkdown, "As a shopper, I want to pay with one click so that I save time.\n\n### Acceptance Criteria\n\n- [ ] the button is shown\n- [x] the payment is taken\n\n### Dependencies\nNo known dependencies.\n\n### Open Questions\n- [ ] Which currencies?\n",
			"As a shopper, I want to pay with one click so that I save time.", []string{"the button is shown", "the payment is taken"}},
		"German": {work.JiraWiki, "Als Kundin möchte ich mit einem Klick bezahlen, damit ich Zeit spare.\n\nh3. Akzeptanzkriterien:\n* Der Knopf wird angezeigt\n* Die Zahlung wird verbucht\n\n*Abhängigkeiten:* keine\n\n*Offene Fragen*\n* [ ] Welche Währungen?\n",
			"Als Kundin möchte ich mit einem Klick bezahlen, damit ich Zeit spare.", []string{"Der Knopf wird angezeigt", "Die Zahlung wird verbucht"}},
		"French": {work.GitHubMarkdown, "**En tant que** cliente, **je veux** payer en un clic **afin de** gagner du temps.\n\n## Critères d’acceptation\n1. Le bouton est affiché\n2. Le paiement est pris\n\n## Dépendances\nAucune.\n\n## Questions ouvertes\n- [ ] Quelles devises ?\n",
			"En tant que cliente, je veux payer en un clic afin de gagner du temps.", []string{"Le bouton est affiché", "Le paiement est pris"}},
		"Spanish": {work.GitHubMarkdown, "Como clienta quiero pagar con un clic para ahorrar tiempo.\n\n**Criterios de aceptación**\n\n* Se muestra el botón\n* Se cobra el pago\n\n**Dependencias:** ninguna\n\n**Preguntas abiertas**\n\n- [ ] ¿Qué monedas?\n",
			"Como clienta quiero pagar con un clic para ahorrar tiempo.", []string{"Se muestra el botón", "Se cobra el pago"}},
		"Portuguese": {work.JiraWiki, "Como cliente, eu quero pagar com um clique para poupar tempo.\n\nh2. Critérios de Aceitação\n# O botão aparece\n# O pagamento é cobrado\n\nh2. Dependências\nNão há dependências\n\nh2. Perguntas em aberto\n* [] Quais moedas?\n",
			"Como cliente, eu quero pagar com um clique para poupar tempo.", []string{"O botão aparece", "O pagamento é cobrado"}},
		"Italian": {work.GitHubMarkdown, "Come cliente vorrei pagare con un clic per risparmiare tempo.\n\nCriteri di accettazione:\n- Il pulsante è visibile\n- Il pagamento è preso\n\nDipendenze: nessuna\n\nDomande aperte:\n- [ ] Quali valute?\n",
			"Come cliente vorrei pagare con un clic per risparmiare tempo.", []string{"Il pulsante è visibile", "Il pagamento è preso"}},
		"Dutch": {work.JiraWiki, "Als klant wil ik met één klik betalen zodat ik tijd bespaar.\n\n*Acceptatiecriteria*\n- De knop is zichtbaar\n- De betaling is gedaan\n\n*Afhankelijkheden*\nn.v.t.\n\n*Open vragen*\n- [ ] Welke valuta?\n",
			"Als klant wil ik met één klik betalen zodat ik tijd bespaar.", []string{"De knop is zichtbaar", "De betaling is gedaan"}},
		"Polish": {work.GitHubMarkdown, "Jako klient chcę płacić jednym kliknięciem, aby oszczędzać czas.\n\nKryteria akceptacji\n===\n\n- Przycisk jest widoczny\n- Płatność jest pobrana\n\nZależności\n---\n\nBrak\n\nOtwarte pytania\n---\n\n- [ ] Jakie waluty?\n",
			"Jako klient chcę płacić jednym kliknięciem, aby oszczędzać czas.", []string{"Przycisk jest widoczny", "Płatność jest pobrana"}},
		"Chinese": {work.GitHubMarkdown, "作为顾客，我想一键付款，以便节省时间。\n\n## 验收标准\n- 显示按钮\n- 完成付款\n\n**依赖**：无\n\n待确认问题：\n- [ ] 支持哪些货币？\n",
			"作为顾客，我想一键付款，以便节省时间。", []string{"显示按钮", "完成付款"}},
		"Japanese": {work.JiraWiki, "顧客として、ワンクリックで支払いたい。\n\nh3. 受け入れ基準\n* ボタンが表示される\n* 支払いが完了する\n\nh3. 依存関係\nなし\n\nh3. 未解決の質問\n* [ ] 対応する通貨は？\n",
			"顧客として、ワンクリックで支払いたい。", []string{"ボタンが表示される", "支払いが完了する"}},
	} {
		it := said(t, c.dialect, c.text)
		if diff := cmp.Diff(it.Sections[work.AcceptanceCriteria].Entries, c.entries); diff != "" {
			t.Errorf("%s: acceptance criteria (-got +want):\n%s", language, diff)
		}
		if got := it.Sections[work.Value].Entries; len(got) != 1 || got[0] != c.value {
			t.Errorf("%s: got the value %q, want %q", language, got, c.value)
		}
		if got := it.Sections[work.Dependencies]; !got.None {
			t.Errorf("%s: got dependencies %+v, want none", language, got)
		}
		if got := it.Sections[work.OpenQuestions]; got.Unchecked != 1 || len(got.Entries) != 1 {
			t.Errorf("%s: got open questions %+v, want one without a tick", language, got)
		}
	}
}

func TestHeadingsOfEverySectionAndLanguageAreKnown(t *testing.T) {
	p := product(t, facts.Config{}, nil)
	for name, headings := range map[work.SectionName][]string{
		work.AcceptanceCriteria: {"Acceptance Criteria", "AC", "Akzeptanzkriterien", "Abnahmekriterien", "Critères d'acceptation", "Criteres d'acceptation", "Criterios de aceptación", "Critérios de aceite", "Criteri di accettazione",
			"Acceptatiecriteria", "Kryteria akceptacji", "验收标准", "驗收標準", "受け入れ条件", "受入基準", "Conditions of Satisfaction"},
		work.DefinitionOfDone: {"Definition of Done", "DoD", "Definition of Done (DoD)", "Definition von fertig", "Définition de « terminé »", "Definición de terminado", "Definição de pronto", "Definizione di fatto", "Definitie van klaar",
			"Definicja ukończenia", "完成的定义", "完成の定義"},
		work.Deliverables: {"Deliverables", "Liefergegenstände", "Livrables", "Entregables", "Entregáveis", "Opleveringen", "交付物", "成果物"},
		work.QualityStandards: {"Quality Standards", "Non-functional Requirements", "NFRs", "Qualitätsstandards", "Nicht-funktionale Anforderungen", "Exigences de qualité", "Estándares de calidad", "Padrões de qualidade", "Standard di qualità",
			"Kwaliteitseisen", "Standardy jakości", "质量标准", "品質基準"},
		work.KeyOutcomes:   {"Key Outcomes", "Expected outcome", "Business Value", "Nutzen", "Résultats attendus", "Resultados esperados", "Benefícios", "Risultati attesi", "Verwachte resultaten", "Korzyści", "预期成果", "期待される成果"},
		work.ProductGoal:   {"Product Goal", "Produktziel", "Objectif du produit", "Objetivo del producto", "Objetivo do produto", "Obiettivo di prodotto", "Productdoel", "Cel produktu", "产品目标", "プロダクトゴール"},
		work.SprintGoal:    {"Sprint Goal", "Sprintziel", "Sprint-Ziel", "Objectif du sprint", "Objetivo del sprint", "Meta da sprint", "Obiettivo dello sprint", "Sprintdoel", "Cel sprintu", "冲刺目标", "スプリントゴール"},
		work.Dependencies:  {"Dependencies", "Abhängigkeiten", "Dépendances", "Dependencias", "Dependências", "Dipendenze", "Afhankelijkheden", "Zależności", "依赖", "依存関係"},
		work.OpenQuestions: {"Open questions", "Offene Fragen", "Questions ouvertes", "Preguntas abiertas", "Perguntas em aberto", "Domande aperte", "Open vragen", "Otwarte pytania", "待确认", "未決事項"},
		work.Value:         {"User Story", "User Value", "Nutzergeschichte", "Historia de usuario", "História de usuário", "用户故事", "ユーザーストーリー"},
	} {
		for _, heading := range headings {
			for _, text := range []struct {
				dialect work.Dialect
				text    string
			}{
				{work.GitHubMarkdown, "# " + heading + "\n- one"},
				{work.GitHubMarkdown, "## 🎯 2. " + strings.ToUpper(heading) + ":\n- one"},
				{work.GitHubMarkdown, heading + "\n===\n- one"},
				{work.GitHubMarkdown, "**" + heading + "**\n- one"},
				{work.GitHubMarkdown, heading + ":\n- one"},
				{work.GitHubMarkdown, "Some words before.\n\n" + heading + "\n\n* one"},
				{work.GitHubMarkdown, "<details><summary>" + heading + "</summary>\n\n- one\n\n</details>"},
				{work.JiraWiki, "h3. " + heading + "\n* one"},
				{work.JiraWiki, "*" + heading + ":*\n* one"},
				{work.JiraWiki, "+*" + heading + "*+\n# one"},
				{work.JiraWiki, "{panel:title=" + heading + "}\n* one\n{panel}"},
				{work.JiraWiki, "|*" + heading + "*|one|"},
			} {
				p.Put(issue("1", "WEB-1", says(text.dialect, text.text)))
				got := snapshot(p).Items[0].Sections[name]
				if entries := got.Entries; len(entries) != 1 || entries[0] != "one" {
					t.Errorf("%s %q: got %+v, want one entry", name, text.text, got)
				}
			}
		}
	}
}
