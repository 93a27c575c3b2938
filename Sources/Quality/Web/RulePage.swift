package import Kernel
import Lake
import Policy
package import Web

/// One rule: how it last fared, the rows that failed it, its next revision and those before.
package struct RulePage: Page {
    package static let template = "quality/rule"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let facts: Facts
    package let failing: Table?
    package let failingFault: Message?
    /// All of them, page by page.
    package let rowsHref: String?
    package let action: String
    package let revision: Int
    package let fields: [Field]
    package let known: Message?
    package let history: Timeline
    package let backHref: String

    struct Known {
        let entry: EntryID
        let entryTitle: String
        let revisions: [Rule]
        let last: RuleResult?
        let failing: FailingRows?
        let failingFault: Message?
        let actors: Actors
        let columns: [String]
    }

    init(_ rule: Rule, _ known: Known, form: SubmittedForm? = nil, errors: FormErrors = FormErrors()) {
        let path = "/catalogue/\(known.entry)"
        title = Message("quality.rule-title", ["demand": known.entryTitle])
        head = Head(
            .word(rule.draft.demand.message), subtitle: .data(known.entryTitle),
            crumbs: [
                Head.Crumb(.data(known.entryTitle), path),
                Head.Crumb(.word(Message("quality.rules")), "\(path)/rules"),
            ],
            chips: [
                Chip(rule.draft.severity.message, rule.draft.severity == .blocking ? .bad : .warn)
            ] + (known.last.map { [$0.chip] } ?? []),
            otherActs: [Act(Message("quality.retire"), "\(path)/rules/\(rule.id)/retirement")])
        facts = Self.facts(rule, known.last)
        failing = known.failing.map { FailingRowsPage.table($0, id: "failing") }
        rowsHref = known.failing.map { _ in "\(path)/rules/\(rule.id)/rows" }
        failingFault = known.failingFault
        action = "\(path)/rules/\(rule.id)"
        revision = rule.revision
        let fields = RuleForm.fields(form ?? rule.draft.form).map { $0.checked(errors) }
        self.known = RuleForm.known(known.columns)
        self.fields = fields
        self.errors = errors.summary(of: fields)
        history = Timeline(
            known.revisions.map { revision in
                Timeline.Event(
                    at: revision.createdAt,
                    .word(Message("quality.revision", ["number": String(revision.revision)])),
                    actor: known.actors["account:\(revision.createdBy)"],
                    detail: .word(revision.draft.demand.message))
            })
        backHref = "\(path)/rules"
    }

    private static func facts(_ rule: Rule, _ last: RuleResult?) -> Facts {
        var facts: [(Message, Table.Cell)] = [
            (Message("quality.indicator"), Table.Cell(.word(rule.draft.indicator.message))),
            (
                Message("quality.threshold"),
                Table.Cell(
                    .data("\(rule.draft.failedShareMax.percentText) %"),
                    note: rule.draft.warnedShareMax.map {
                        .word(Message("quality.warned-beyond", ["share": $0.percentText]))
                    })
            ),
            (Message("quality.field.from"), Table.Cell(.date(rule.draft.effectiveFrom))),
            (
                Message("quality.field.to"),
                Table.Cell(rule.draft.effectiveTo.map { .date($0) } ?? .word(Message("quality.open-ended")))
            ),
            (
                Message("quality.field.citation"),
                Table.Cell(rule.draft.citation.isEmpty ? .nothing : .data(rule.draft.citation))
            ),
        ]
        if let last {
            facts.append((Message("quality.last-verdict"), Table.Cell(.word(last.counted))))
            if let compared = last.comparedWith {
                facts.append(
                    (
                        Message("quality.compared-with"),
                        Table.Cell(
                            .word(Message("quality.version-number", ["number": String(compared.number)])),
                            href: "/catalogue/\(compared.entry)")
                    ))
            }
        }
        return Facts(facts)
    }

    package static var samples: [RulePage] {
        let at = Instant(microseconds: 1_767_578_400_000_000)
        let id = EntryID(high: 0x019B_8BE1_F500_7000, low: 1 << 63)
        let draft = RuleDraft(
            .identifier(column: "sfzh", .citizenID), severity: .blocking, effectiveFrom: at.date(),
            citation: "GB 11643-1999")
        let rule = Rule(
            id: RuleID(high: 0x019B_8BE1_F500_7000, low: 1 << 63), entry: id, revision: 1, draft: draft,
            createdAt: at, createdBy: AccountID(high: 0x019B_8BE1_F500_7000, low: 1 << 63))
        func known(_ failing: FailingRows?, fault: Message?) -> Known {
            Known(
                entry: id, entryTitle: "出生医学证明信息", revisions: [rule], last: nil, failing: failing,
                failingFault: fault, actors: Actors(), columns: ["sfzh"])
        }
        let failing = FailingRows.sample(isMasked: false)
        var errors = FormErrors()
        errors.add("column", Message("quality.fault.required"))
        return [
            RulePage(rule, known(failing, fault: nil)),
            RulePage(rule, known(nil, fault: Message("quality.failing-not-now")), errors: errors),
        ]
    }
}

extension RuleResult.Verdict {
    package var tone: Chip.Tone {
        switch self {
        case .passed: .good
        case .warned: .warn
        case .notAssessable: .neutral
        case .failed, .faulty: .bad
        }
    }
}

extension RuleResult {
    var chip: Chip {
        Chip(verdict.message, verdict.tone)
    }

    var counted: Message {
        fault
            ?? Message(
                "quality.counted",
                ["failed": Written.count(Int(failed)), "evaluated": Written.count(Int(evaluated))])
    }
}
