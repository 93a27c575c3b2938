import Foundation
package import Kernel
package import Web

package let qualityPageFolder = PageFolder("quality", Bundle.module)
package let qualityPages: [any Page.Type] = [
    RulesPage.self, RulePage.self, FailingRowsPage.self, ProfilePage.self,
    RevealFormPage.self, RevealedPage.self, RevealsPage.self,
]

/// The rules of one entry: what they demand, how they last fared, what the profile suggests, and a form for one more.
package struct RulesPage: Page {
    package struct Suggestions: Sendable {
        package let choices: Field
    }

    /// The rules that go with an identifier, adopted by one button.
    package struct Pack: Sendable {
        package let column: String
        package let title: Message
        package let demands: [Message]
    }

    package static let template = "quality/rules"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let rules: Table
    package let scores: Table?
    package let scoreHistory: Chart?
    package let packs: [Pack]
    package let suggestions: Suggestions?
    package let nothingSuggested: Message?
    package let action: String
    package let fields: [Field]
    package let known: Message?
    package let backHref: String

    /// `suggestions` is nil when nobody asked for them.
    init(
        entry: EntryID, named entryTitle: String, rules: [Rule], reports: [StoredReport],
        suggestions: [RuleSuggestion]?, packs: [RulePack] = [], columns: [String] = [],
        form: SubmittedForm = SubmittedForm(),
        errors: FormErrors = FormErrors()
    ) {
        let path = "/catalogue/\(entry)"
        let last = reports.first?.report
        title = Message("quality.rules")
        head = Head(
            .word(title), subtitle: .data(entryTitle),
            crumbs: [
                Head.Crumb(.word(Message("quality.catalogue")), "/catalogue"),
                Head.Crumb(.data(entryTitle), path),
            ],
            chain: ChainBar(
                at: .quality,
                [.entry: ChainBar.Link(path), .version: ChainBar.Link("\(path)#versions")]),
            chips: last.map { [Self.gate($0.gate)] } ?? [],
            otherActs: [
                Act(Message("quality.profile"), "\(path)/profile"),
                Act(Message("quality.suggest"), "\(path)/rules?suggest=1"),
            ])
        self.rules = Self.table(rules, last, path: path)
        scores = last.map(ScoreTable.table)
        scoreHistory = ScoreTable.history(reports)
        self.packs = packs.map { pack in
            Pack(
                column: pack.column,
                title: Message("quality.pack", ["column": pack.column, "kind": pack.identifier.rawValue]),
                demands: pack.drafts.map(\.demand.message))
        }
        let found = suggestions ?? []
        self.suggestions =
            found.isEmpty
            ? nil
            : Suggestions(
                choices: .ticks(
                    "suggested", Message("quality.suggestions"),
                    found.map {
                        Field.Option($0.draft.json.canonical, .word($0.draft.demand.message), hint: $0.reason)
                    }))
        nothingSuggested = suggestions?.isEmpty == true ? Message("quality.nothing-suggested") : nil
        action = "\(path)/rules"
        let fields = RuleForm.fields(form).map { $0.checked(errors) }
        known = RuleForm.known(columns)
        self.fields = fields
        self.errors = errors.summary(of: fields)
        backHref = path
    }

    private static func gate(_ gate: QualityReport.Gate) -> Chip {
        Chip(gate.message, gate == .open ? .good : gate == .blocked ? .bad : .warn)
    }

    private static func table(_ rules: [Rule], _ last: QualityReport?, path: String) -> Table {
        Table(
            id: "rules", caption: Message("quality.rules"),
            columns: [
                Table.Column(Message("quality.rule")), Table.Column(Message("quality.severity")),
                Table.Column(Message("quality.indicator")),
                Table.Column(Message("quality.threshold"), isFigure: true),
                Table.Column(Message("quality.effective")), Table.Column(Message("quality.last-verdict")),
                Table.Column(Message("quality.evaluated"), isFigure: true),
                Table.Column(Message("quality.failed"), isFigure: true),
            ],
            rows: rules.map { rule in
                let result = last?.results.first { $0.rule == rule.id }
                let draft = rule.draft
                return [
                    Table.Cell(
                        .word(draft.demand.message), href: "\(path)/rules/\(rule.id)",
                        note: draft.citation.isEmpty ? nil : .data(draft.citation)),
                    Table.Cell(
                        Chip(draft.severity.message, draft.severity == .blocking ? .bad : .warn)),
                    Table.Cell(.word(draft.indicator.message)),
                    Table.Cell(
                        .data("\(draft.failedShareMax.percentText) %"),
                        note: draft.warnedShareMax.map {
                            .word(Message("quality.warned-beyond", ["share": $0.percentText]))
                        }),
                    Table.Cell(
                        .date(draft.effectiveFrom),
                        note: draft.effectiveTo.map {
                            .word(Message("quality.until", ["to": $0.description]))
                        }),
                    result.map { Table.Cell($0.chip) } ?? Table.Cell(.nothing),
                    result.map { Table.Cell(.count(Int($0.evaluated))) } ?? Table.Cell(.nothing),
                    result.map { found in
                        Table.Cell(
                            .count(Int(found.failed)),
                            href: found.failed > 0 && !draft.check.isOfTable
                                ? "\(path)/rules/\(rule.id)/rows" : nil)
                    } ?? Table.Cell(.nothing),
                ]
            }, count: rules.count, empty: EmptyState(Message("quality.no-rules-yet")))
    }

    package static var samples: [RulesPage] {
        let at = Instant(microseconds: 1_767_578_400_000_000)
        let id = EntryID(high: 0x019B_8BE1_F500_7000, low: 1 << 63)
        let draft = RuleDraft(
            .identifier(column: "sfzh", .citizenID), severity: .blocking,
            failedShareMax: Share(partsPerMillion: 10_000), warnedShareMax: Share(partsPerMillion: 1_000),
            effectiveFrom: at.date(),
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
        func report(_ last: UInt64, failed: Int64) -> StoredReport {
            StoredReport(
                report: QualityReport(
                    id: QualityRunID(high: 0x019B_8BE1_F500_7000, low: 1 << 63 | last), entry: id,
                    rows: 1_000,
                    at: at,
                    results: [
                        RuleResult(
                            rule: rule.id, revision: 1, check: .identifier(.citizenID), columns: ["sfzh"],
                            demand: draft.demand.message, severity: .blocking, indicator: .contentCorrect,
                            evaluated: 1_000, failed: failed, failedShareMax: .none, verdict: .failed,
                            fault: nil,
                            failingRows: [7])
                    ]), version: VersionID(high: 0x019B_8BE1_F500_7000, low: 1 << 63 | last))
        }
        var errors = FormErrors()
        errors.add("column", Message("quality.fault.required"))
        let suggestion = RuleSuggestion(
            draft: fresh.draft, reason: Message("quality.suggested.no-nulls", ["rows": "1000"]))
        return [
            RulesPage(
                entry: id, named: "出生医学证明信息", rules: [rule, fresh],
                reports: [report(2, failed: 3), report(1, failed: 9)], suggestions: [suggestion],
                packs: [RulePack(column: "sfzh", identifier: .citizenID, drafts: [draft])], columns: ["sfzh"],
                errors: errors),
            RulesPage(entry: id, named: "出生医学证明信息", rules: [], reports: [], suggestions: []),
        ]
    }
}
