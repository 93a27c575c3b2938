import Foundation
package import Kernel
package import Web

package let qualityPageFolder = PageFolder("quality", Bundle.module)
package let qualityPages: [any Page.Type] = [RulesPage.self]

/// The rules of one entry: what they demand, how they last fared, what the profile suggests, and a form for one more.
package struct RulesPage: Page {
    package struct Row: Sendable {
        package let demand: Message
        package let citation: String?
        package let severity: Chip
        package let indicator: Message
        package let threshold: String
        package let from: CalendarDate
        package let to: CalendarDate?
        package let verdict: Chip?
        package let counted: Message?
        package let action: String
        package let revision: Int
    }

    package struct Suggestions: Sendable {
        package let choices: Field
    }

    package static let template = "quality/rules"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let rules: [Row]
    package let isEmpty: Bool
    package let suggestions: Suggestions?
    package let action: String
    package let fields: [Field]
    package let backHref: String

    init(
        entry: EntryID, named entryTitle: String, rules: [Rule], last: QualityReport?,
        suggestions: [RuleSuggestion], form: SubmittedForm = SubmittedForm(),
        errors: FormErrors = FormErrors()
    ) {
        let path = "/catalogue/\(entry)"
        title = Message("quality.rules")
        head = Head(
            .word(title), subtitle: .data(entryTitle), crumbs: [Head.Crumb(.data(entryTitle), path)],
            chips: last.map { [Self.gate($0.gate)] } ?? [],
            otherActs: [Act(Message("quality.suggest"), "\(path)/rules?suggest=1")])
        self.rules = rules.map { rule in
            Self.row(rule, result: last?.results.first { $0.rule == rule.id }, path: path)
        }
        isEmpty = rules.isEmpty
        self.suggestions =
            suggestions.isEmpty
            ? nil
            : Suggestions(
                choices: .ticks(
                    "suggested", Message("quality.suggestions"),
                    suggestions.map {
                        Field.Option($0.draft.json.canonical, .word($0.draft.check.message), hint: $0.reason)
                    }))
        action = "\(path)/rules"
        let fields = Self.fields(form).map { $0.checked(errors) }
        self.fields = fields
        self.errors = errors.summary(of: fields)
        backHref = path
    }

    private static func gate(_ gate: QualityReport.Gate) -> Chip {
        Chip(gate.message, gate == .open ? .good : gate == .blocked ? .bad : .warn)
    }

    private static func row(_ rule: Rule, result: RuleResult?, path: String) -> Row {
        let verdict = result.map { result in
            Chip(
                result.verdict.message,
                result.verdict == .passed ? .good : result.verdict == .notAssessable ? .neutral : .bad)
        }
        let counted = result.map { result in
            result.fault
                ?? Message(
                    "quality.counted",
                    [
                        "failed": Written.count(Int(result.failed)),
                        "evaluated": Written.count(Int(result.evaluated)),
                    ])
        }
        return Row(
            demand: rule.draft.check.message,
            citation: rule.draft.citation.isEmpty ? nil : rule.draft.citation,
            severity: Chip(rule.draft.severity.message, rule.draft.severity == .blocking ? .bad : .warn),
            indicator: rule.draft.indicator.message, threshold: "\(rule.draft.failedShareMax.percentText) %",
            from: rule.draft.effectiveFrom, to: rule.draft.effectiveTo, verdict: verdict, counted: counted,
            action: "\(path)/rules/\(rule.id)/retirement", revision: rule.revision)
    }

    private static func fields(_ form: SubmittedForm) -> [Field] {
        func option(_ field: String, _ value: String, _ word: Message) -> Field.Option {
            Field.Option(value, .word(word), isChosen: form[field] == value)
        }
        func text(_ name: String, hint: Bool = true) -> Field {
            let field = Field.text(name, Message("quality.field.\(name)"), value: form[name])
            return hint ? field.hint(Message("quality.hint.\(name)")) : field
        }
        return [
            .select(
                "check", Message("quality.field.check"),
                Check.Kind.allCases.map { option("check", $0.rawValue, $0.message) }),
            text("column").required(), text("pattern"), text("values"), text("low"),
            text("high", hint: false),
            .radios(
                "severity", Message("quality.severity"),
                Rule.Severity.allCases.map {
                    Field.Option(
                        $0.rawValue, .word($0.message),
                        isChosen: form["severity"].isEmpty ? $0 == .blocking : form["severity"] == $0.rawValue
                    )
                }),
            .number("failedShareMaxPpm", Message("quality.threshold"), value: form["failedShareMaxPpm"])
                .hint(Message("quality.hint.threshold")),
            text("citation", hint: false),
        ]
    }

    package static var samples: [RulesPage] {
        let at = Instant(microseconds: 1_767_578_400_000_000)
        let id = EntryID(high: 0x019B_8BE1_F500_7000, low: 1 << 63)
        let draft = RuleDraft(
            .citizenID(column: "sfzh"), severity: .blocking, effectiveFrom: at.date(),
            effectiveTo: at.date().adding(days: 30), citation: "GB 11643-1999")
        let account = AccountID(high: 0x019B_8BE1_F500_7000, low: 1 << 63)
        let rule = Rule(
            id: RuleID(high: 0x019B_8BE1_F500_7000, low: 1 << 63), entry: id, revision: 1, draft: draft,
            createdAt: at, createdBy: account)
        let fresh = Rule(
            id: RuleID(high: 0x019B_8BE1_F500_7000, low: 1 << 63 | 1), entry: id, revision: 1,
            draft: RuleDraft(.notNull(column: "xm"), severity: .warning, effectiveFrom: at.date()),
            createdAt: at,
            createdBy: account)
        let report = QualityReport(
            id: QualityRunID(high: 0x019B_8BE1_F500_7000, low: 1 << 63), entry: id, rows: 1_000, at: at,
            results: [
                RuleResult(
                    rule: rule.id, revision: 1, check: .citizenID, columns: ["sfzh"],
                    demand: draft.check.message, severity: .blocking, indicator: .contentCorrect,
                    evaluated: 1_000, failed: 3, failedShareMax: .none, verdict: .failed, fault: nil,
                    failingRows: [7])
            ])
        var errors = FormErrors()
        errors.add("column", Message("quality.fault.required"))
        let suggestion = RuleSuggestion(
            draft: fresh.draft, reason: Message("quality.suggested.no-nulls", ["rows": "1000"]))
        return [
            RulesPage(
                entry: id, named: "出生医学证明信息", rules: [rule, fresh], last: report, suggestions: [suggestion],
                errors: errors),
            RulesPage(entry: id, named: "出生医学证明信息", rules: [], last: nil, suggestions: []),
        ]
    }
}
