package facts

import "strata/internal/work"

// usualHeadings are the headings of sections as people write them in English,
// German, French, Spanish, Portuguese, Italian, Dutch, Polish, Chinese and Japanese.
//
//nolint:misspell // these are other languages
var usualHeadings = map[work.SectionName][]string{
	work.AcceptanceCriteria: {
		"Acceptance criteria", "Acceptance criterion", "Acceptance tests", "Acceptance conditions", "AC", "ACs", "A/C", "A.C.", "Conditions of satisfaction",
		"Success criteria", "Requirements and acceptance criteria", "Scenarios", "Acceptance scenarios",
		"Akzeptanzkriterien", "Akzeptanzkriterium", "Abnahmekriterien", "Abnahmekriterium", "Erfolgskriterien", "AK", "AKs",
		"Critères d'acceptation", "Critère d'acceptation", "Critères d'acceptance", "Conditions d'acceptation", "Critères de validation", "Critères de succès",
		"Criterios de aceptación", "Criterio de aceptación", "Condiciones de aceptación", "Criterios de éxito",
		"Critérios de aceitação", "Critério de aceitação", "Critérios de aceite", "Critério de aceite", "Condições de aceitação", "Critérios de sucesso",
		"Criteri di accettazione", "Criterio di accettazione", "Criteri d'accettazione", "Criteri di successo",
		"Acceptatiecriteria", "Acceptatiecriterium", "Aanvaardingscriteria", "Acceptatie criteria",
		"Kryteria akceptacji", "Kryterium akceptacji", "Kryteria akceptacyjne", "Warunki akceptacji", "Kryteria odbioru",
		"验收标准", "验收条件", "验收准则", "接受标准", "驗收標準", "驗收條件", "验收要求",
		"受け入れ基準", "受入基準", "受け入れ条件", "受入条件", "受入れ基準", "受入れ条件", "完了条件", "アクセプタンスクライテリア",
	},
	work.DefinitionOfDone: {
		"Definition of done", "DoD", "Done when", "Definition of done checklist",
		"Fertig wenn", "Definition von fertig", "Fertigstellungskriterien",
		"Définition de terminé", "Définition du fini", "Définition de fini", "Critères de fin",
		"Definición de terminado", "Definición de hecho", "Definición de completado",
		"Definição de pronto", "Definição de feito", "Definição de concluído",
		"Definizione di fatto", "Definizione di completato", "Definition of done del team",
		"Definitie van klaar", "Definitie van gereed", "Klaar wanneer",
		"Definicja ukończenia", "Definicja gotowości", "Definicja zakończenia",
		"完成的定义", "完成定义", "完成标准", "完成的定義", "完成の定義", "完了の定義",
	},
	work.Deliverables: {
		"Deliverables", "Deliverable", "What we deliver", "Scope of delivery",
		"Ergebnisse", "Liefergegenstände", "Lieferumfang", "Lieferobjekte", "Arbeitsergebnisse",
		"Livrables", "Livrable", "Entregables", "Entregable", "Entregáveis", "Entregável", "Entregas",
		"Consegne", "Risultati attesi da consegnare", "Risultati da consegnare", "Prodotti da consegnare",
		"Opleveringen", "Op te leveren", "Opleverresultaten", "Produkty", "Rezultaty", "Produkty do dostarczenia",
		"交付物", "可交付成果", "交付成果", "交付内容", "成果物", "納品物",
	},
	work.QualityStandards: {
		"Quality standards", "Quality", "Quality criteria", "Quality requirements", "Non-functional requirements", "Nonfunctional requirements", "NFR", "NFRs",
		"Qualitätsstandards", "Qualität", "Qualitätsanforderungen", "Qualitätskriterien", "Nichtfunktionale Anforderungen", "Nicht-funktionale Anforderungen",
		"Normes de qualité", "Standards de qualité", "Exigences de qualité", "Qualité", "Exigences non fonctionnelles",
		"Estándares de calidad", "Calidad", "Requisitos de calidad", "Requisitos no funcionales",
		"Padrões de qualidade", "Qualidade", "Requisitos de qualidade", "Requisitos não funcionais",
		"Standard di qualità", "Qualità", "Requisiti di qualità", "Requisiti non funzionali",
		"Kwaliteitseisen", "Kwaliteit", "Kwaliteitsnormen", "Kwaliteitsstandaarden", "Niet-functionele eisen",
		"Standardy jakości", "Jakość", "Wymagania jakościowe", "Wymagania niefunkcjonalne",
		"质量标准", "质量要求", "非功能需求", "非功能性需求", "品質標準", "品質基準", "品質要件", "非機能要件",
	},
	work.KeyOutcomes: {
		"Key outcomes", "Key outcome", "Outcomes", "Outcome", "Expected outcomes", "Expected outcome", "Desired outcome", "Value", "Business value", "Customer value",
		"Benefit", "Benefits", "Expected benefits", "Impact",
		"Nutzen", "Wirkung", "Mehrwert", "Erwartete Wirkung", "Kundennutzen", "Geschäftswert", "Erwartete Ergebnisse",
		"Résultats clés", "Résultats attendus", "Bénéfices", "Bénéfice", "Valeur", "Valeur métier", "Impact attendu",
		"Resultados clave", "Resultados esperados", "Beneficios", "Beneficio", "Valor", "Valor de negocio", "Impacto",
		"Resultados-chave", "Resultados chave", "Benefícios", "Benefício", "Valor de negócio",
		"Risultati chiave", "Risultati attesi", "Benefici", "Beneficio atteso", "Valore", "Valore di business", "Impatto",
		"Belangrijkste resultaten", "Verwachte resultaten", "Voordelen", "Waarde", "Bedrijfswaarde",
		"Kluczowe rezultaty", "Oczekiwane rezultaty", "Korzyści", "Wartość", "Wartość biznesowa",
		"关键成果", "关键结果", "预期成果", "预期结果", "价值", "业务价值", "收益", "主要な成果", "期待される成果", "期待効果", "効果", "価値", "ビジネス価値",
	},
	work.ProductGoal: {
		"Product goal", "Objective", "Objectives", "Goal", "Goals", "Produktziel", "Ziel", "Ziele", "Zielsetzung",
		"Objectif produit", "Objectif du produit", "Objectif", "Objectifs",
		"Objetivo del producto", "Objetivo de producto", "Objetivo", "Objetivos", "Meta",
		"Objetivo do produto", "Meta do produto", "Metas",
		"Obiettivo di prodotto", "Obiettivo del prodotto", "Obiettivo", "Obiettivi",
		"Productdoel", "Doel", "Doelen", "Doelstelling", "Cel produktu", "Cel", "Cele",
		"产品目标", "目标", "產品目標", "目標", "プロダクトゴール", "目的", "ゴール",
	},
	work.SprintGoal: {
		"Sprint goal", "Sprint goals", "Sprintziel", "Sprint-Ziel", "Objectif du sprint", "Objectif de sprint", "Objetivo del sprint", "Objetivo de sprint",
		"Objetivo da sprint", "Objetivo do sprint", "Meta da sprint", "Meta do sprint", "Obiettivo dello sprint", "Obiettivo di sprint", "Sprintdoel",
		"Cel sprintu", "Cel sprint", "冲刺目标", "迭代目标", "Sprint 目标", "衝刺目標", "スプリントゴール", "スプリント目標",
	},
	work.Dependencies: {
		"Dependencies", "Dependency", "Dependencies identified", "Depends on", "Blocked by", "Prerequisites", "External dependencies", "Cross-team dependencies", "Dependencies and blockers",
		"Abhängigkeiten", "Abhängigkeit", "Voraussetzungen", "Vorbedingungen", "Hängt ab von",
		"Dépendances", "Dépendance", "Prérequis", "Pré-requis", "Dépend de",
		"Dependencias", "Dependencia", "Requisitos previos", "Prerrequisitos", "Depende de",
		"Dependências", "Dependência", "Pré-requisitos",
		"Dipendenze", "Dipendenza", "Prerequisiti", "Dipende da",
		"Afhankelijkheden", "Afhankelijkheid", "Randvoorwaarden", "Afhankelijk van",
		"Zależności", "Zależność", "Wymagania wstępne", "Zależy od",
		"依赖", "依赖项", "依赖关系", "前置条件", "前置依赖", "依賴", "依賴關係", "依存関係", "依存", "前提条件",
	},
	work.OpenQuestions: {
		"Open questions", "Open question", "Questions", "Open points", "Open issues", "To clarify", "Unresolved questions", "Outstanding questions",
		"Offene Fragen", "Offene Frage", "Offene Punkte", "Fragen", "Zu klären", "Klärungsbedarf",
		"Questions ouvertes", "Question ouverte", "Points ouverts", "Questions en suspens", "À clarifier",
		"Preguntas abiertas", "Pregunta abierta", "Preguntas", "Puntos abiertos", "Cuestiones abiertas", "Dudas", "Por aclarar",
		"Perguntas em aberto", "Perguntas abertas", "Questões em aberto", "Questões abertas", "Perguntas", "Pontos em aberto", "Dúvidas",
		"Domande aperte", "Domanda aperta", "Domande", "Punti aperti", "Da chiarire", "Questioni aperte",
		"Open vragen", "Vragen", "Openstaande vragen", "Open punten",
		"Otwarte pytania", "Pytania", "Pytania otwarte", "Do wyjaśnienia", "Kwestie otwarte",
		"未解决问题", "待解决问题", "开放问题", "待确认", "待确认问题", "疑问", "未決問題", "未解決の質問", "未解決の問題", "未解決事項", "オープンな質問", "未決事項", "確認事項", "質問",
	},
	work.Value: {
		"User story", "User value", "Job story", "Value statement",
		"Anwendergeschichte", "Nutzergeschichte", "Userstory", "Récit utilisateur", "Histoire utilisateur", "Historia de usuario", "História de usuário", "História do usuário",
		"Storia utente", "Gebruikersverhaal", "Historyjka użytkownika", "Historia użytkownika", "用户故事", "用戶故事", "使用者故事", "ユーザーストーリー", "ユーザストーリー",
	},
}

// usualPromises are words by which people promise to write something later.
//
//nolint:misspell // these are other languages
var usualPromises = []string{
	"TBD", "TODO", "tbc", "???", "to be defined", "to be determined", "to be done", "to be confirmed", "to be discussed", "to be decided", "coming soon",
	"noch zu definieren", "noch zu klären", "noch offen", "wird ergänzt", "wird nachgereicht", "folgt noch", "zu definieren",
	"à définir", "à préciser", "a definir", "a preciser", "por definir", "por determinar", "pendiente de definir", "a determinar", "a definir depois",
	"da definire", "da determinare", "nog te bepalen", "nader te bepalen", "n.t.b.", "do ustalenia", "do uzupełnienia później", "do określenia",
	"待定", "待補", "待补充", "待完善", "待确定", "未定", "追って記載", "後で記載", "要検討",
}

// usualQuestions are labels that stand for an open question.
var usualQuestions = []string{"needs-info", "needs info", "question"}
