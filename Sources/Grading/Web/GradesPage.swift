import Foundation
package import Kernel
import Policy
package import Web

package let gradingPageFolder = PageFolder("grading", Bundle.module)
package let gradingPages: [any Page.Type] = [GradesPage.self]

/// Column by column: what the detectors suggest and why, and what a person decides.
package struct GradesPage: Page {
    package struct Row: Sendable {
        package let column: String
        package let item: String?
        package let suggested: Chip?
        package let certainty: Message?
        package let reasons: [Message]
        package let levels: [Field.Option]
    }

    package static let template = "grading/grades"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let citation: String
    package let action: String
    package let revision: Int
    package let rows: [Row]
    package let reason: Field
    package let history: Timeline
    package let backHref: String

    init(
        _ book: GradeBook, facts: Grading.EntryFacts, named entryTitle: String, rules: GradeRules,
        history: [GradeBook.Event], actors: Actors = Actors(), chosen: [String: GradeLevel] = [:],
        reason: String = "",
        errors: FormErrors = FormErrors()
    ) {
        let path = "/catalogue/\(book.entry)"
        let columns = book.columns(with: facts)
        title = Message("grading.grades")
        head = Head(
            .word(title), subtitle: .data(entryTitle),
            crumbs: [
                Head.Crumb(.word(Message("grading.catalogue")), "/catalogue"),
                Head.Crumb(.data(entryTitle), path),
            ],
            chain: ChainBar(
                at: .grade,
                [
                    .entry: ChainBar.Link(path), .version: ChainBar.Link("\(path)#versions"),
                    .quality: ChainBar.Link("\(path)#rule-results"),
                ]), chips: [book.grade(of: columns).chip])
        citation = rules.citation
        action = "\(path)/grades"
        revision = book.revision
        rows = columns.map { Self.row($0, book, facts, chosen) }
        let field = Field.area("reason", Message("grading.reason"), value: reason, rows: 3)
            .hint(Message("grading.reason-needed")).checked(errors)
        self.reason = field
        self.errors = errors.summary(of: [field])
        self.history = Self.timeline(history, actors)
        backHref = path
    }

    /// One event a decision, however many columns it decided.
    private static func timeline(_ events: [GradeBook.Event], _ actors: Actors) -> Timeline {
        let decisions = Dictionary(grouping: events, by: \.revision).values
        return Timeline(
            decisions.compactMap { columns in
                guard let first = columns.first else { return nil }
                let isLowered = columns.contains { event in event.before.map { event.level < $0 } ?? false }
                let changes = columns.sorted { $0.column < $1.column }.map { event in
                    event.before.map { "\(event.column) \($0.rawValue) → \(event.level.rawValue)" }
                        ?? "\(event.column) \(event.level.rawValue)"
                }
                var detail = changes.joined(separator: "、")
                if let reason = first.reason { detail += "\n" + reason }
                return Timeline.Event(
                    at: first.at,
                    .word(Message("grading.event", ["count": Written.count(columns.count)])),
                    actor: actors[first.actor], detail: .data(detail), tone: isLowered ? .warn : .neutral)
            })
    }

    private static func row(
        _ column: String, _ book: GradeBook, _ facts: Grading.EntryFacts, _ chosen: [String: GradeLevel]
    ) -> Row {
        let suggestion = book.suggestion(for: column)
        // Nothing is decided by leaving it alone: without a decision the choice stands empty.
        let current = chosen[column] ?? book.level(of: column)
        return Row(
            column: column, item: facts.items[column], suggested: suggestion.map { Optional($0.level).chip },
            certainty: suggestion.map { Message("grading.certainty", ["percent": String($0.certainty)]) },
            reasons: suggestion?.reasons ?? [],
            levels: [Field.Option("", .word(Message("grading.level.none")), isChosen: current == nil)]
                + GradeLevel.allCases.map {
                    Field.Option($0.rawValue, .word($0.choice), isChosen: $0 == current)
                })
    }

    package static var samples: [GradesPage] {
        let at = Instant(microseconds: 1_767_578_400_000_000)
        let id = EntryID(high: 0x019B_8BE1_F500_7000, low: 1 << 63)
        let facts = Grading.EntryFacts(
            owner: PartyID(high: 0x019B_8BE1_F500_7000, low: 1 << 63), sharing: .conditional,
            columns: ["sfzh", "amount"], items: ["sfzh": "身份证号"])
        let suggestion = GradeSuggestion(
            column: "sfzh", level: .l4, certainty: 95, findings: [],
            reasons: [Message("grading.reason.name", ["word": "sfzh"])])
        let book = GradeBook(
            entry: id, revision: 1,
            decisions: [
                .init(
                    column: "sfzh", level: .l4, rules: "r", reason: nil, decidedBy: "account:1", decidedAt: at
                )
            ], suggestions: [suggestion])
        let event = GradeBook.Event(
            revision: 1, column: "sfzh", before: nil, level: .l4, reason: "含身份证号", actor: "account:1", at: at)
        var errors = FormErrors()
        errors.add("reason", Message("grading.nothing-decided"))
        let rules = GradeRuleBook.standard().editions.last
        return rules.map { rules in
            [
                GradesPage(
                    book, facts: facts, named: "出生医学证明信息", rules: rules, history: [event], errors: errors),
                GradesPage(
                    GradeBook(entry: id, revision: 0, decisions: [], suggestions: []), facts: facts,
                    named: "出生医学证明信息", rules: rules, history: []),
            ]
        } ?? []
    }
}

extension GradeBook {
    /// The entry's own columns, then those that only the source has.
    func columns(with facts: Grading.EntryFacts) -> [String] {
        facts.columns + suggestions.map(\.column).filter { !facts.columns.contains($0) }
    }
}

extension GradeLevel {
    /// `L3 三级`: the letter beside the word.
    fileprivate var choice: Message { Message("grading.choice.\(rawValue)") }
}

extension GradeLevel? {
    fileprivate var chip: Chip {
        switch self {
        case .some(let level) where level < .important: Chip(grade: level.rawValue)
        case .some(let level): Chip(level.message, .bad)
        case nil: Chip(Message("grading.level.none"))
        }
    }
}
