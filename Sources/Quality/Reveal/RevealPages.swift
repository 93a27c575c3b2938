package import Kernel
import Lake
package import Web

/// Why somebody wants to see what is masked: asked before it is shown, each time.
package struct RevealFormPage: Page {
    package static let template = "quality/reveal"
    package let title: Message
    package let head: Head
    package let what: Message
    package let action: String
    package let carried: [Table.Pair]
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String

    struct Content {
        let rule: Rule
        let entryTitle: String
        let extent: Reveal.Extent
        let version: VersionID
        let id: RevealID
        let perHourMax: Int
    }

    init(_ content: Content, answers: SubmittedForm = SubmittedForm(), errors: FormErrors = FormErrors()) {
        let path = "/catalogue/\(content.rule.entry)/rules/\(content.rule.id)/rows"
        title = Message("quality.reveal.title")
        head = Head(
            .word(title), subtitle: .word(content.rule.draft.demand.message),
            crumbs: [
                Head.Crumb(.data(content.entryTitle), "/catalogue/\(content.rule.entry)"),
                Head.Crumb(.word(Message("quality.failing-rows")), path),
            ])
        switch content.extent {
        case .row(let number):
            what = Message(
                "quality.reveal.row-why",
                ["row": String(number), "max": String(content.perHourMax)])
            carried = [Table.Pair("row", String(number))]
        case .column(let name, let after):
            what = Message(
                "quality.reveal.column-why",
                [
                    "column": name, "rows": String(Reveal.rowsMax), "max": String(content.perHourMax),
                ])
            carried = [Table.Pair("column", name), Table.Pair("after", String(after))]
        }
        action = "\(path)/reveal?version=\(content.version)&once=\(content.id)"
        backHref = path
        let shown = [
            Field.select(
                "reason", Message("quality.reveal.reason"),
                [Field.Option("", .word(Message("quality.reveal.choose")))]
                    + Reveal.Reason.allCases.map {
                        Field.Option(
                            $0.rawValue, .word($0.message), isChosen: $0.rawValue == answers["reason"])
                    }
            ).required().checked(errors),
            Field.area("words", Message("quality.reveal.words"), value: answers["words"], rows: 3)
                .hint(Message("quality.reveal.words-hint")).required().checked(errors),
        ]
        fields = shown
        self.errors = errors.summary(of: shown)
    }

    package static let samples: [RevealFormPage] = {
        func content(_ extent: Reveal.Extent) -> Content {
            Content(
                rule: .sample, entryTitle: "出生医学证明信息", extent: extent, version: VersionID(high: 1, low: 1),
                id: RevealID(high: 1, low: 1), perHourMax: 20)
        }
        var errors = FormErrors()
        errors.add("words", Message("web.field-needed"))
        return [
            RevealFormPage(content(.row(7))),
            RevealFormPage(content(.column("sfzh", after: 0)), errors: errors),
        ]
    }()
}

/// What was asked for, once: the page is an answer, and is nowhere to be fetched again.
package struct RevealedPage: DataPage {
    package static let template = "quality/revealed"
    package let title: Message
    package let head: Head
    package let table: Table
    package let backHref: String
    package let isPersonal: Bool

    init(_ rule: Rule, named entryTitle: String, _ found: FailingRows) {
        let path = "/catalogue/\(rule.entry)/rules/\(rule.id)/rows"
        title = Message("quality.reveal.shown")
        head = Head(
            .word(title), subtitle: .word(rule.draft.demand.message),
            crumbs: [
                Head.Crumb(.data(entryTitle), "/catalogue/\(rule.entry)"),
                Head.Crumb(.word(Message("quality.failing-rows")), path),
            ])
        table = FailingRowsPage.table(found, id: "revealed")
        backHref = path
        isPersonal = true
    }

    package static var samples: [RevealedPage] {
        [RevealedPage(.sample, named: "出生医学证明信息", .sample(isMasked: false))]
    }
}

/// Who looked at what, and what for: for those who read evidence.
package struct RevealsPage: Page {
    package static let template = "quality/reveals"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ reveals: [Reveal], actors: Actors, titles: [EntryID: String], next: RevealID?, query: TableQuery) {
        title = Message("quality.reveals")
        head = Head(.word(title), subtitle: .word(Message("quality.reveals-why")))
        table = Table(
            id: "reveals", caption: title,
            columns: [
                .init(Message("quality.reveal.at")), .init(Message("quality.reveal.who")),
                .init(Message("quality.reveal.entry")), .init(Message("quality.reveal.extent")),
                .init(Message("quality.reveal.reason")), .init(Message("quality.reveal.words")),
            ],
            rows: reveals.map { reveal in
                [
                    Table.Cell(.moment(reveal.at)), Table.Cell(actors["account:\(reveal.account)"]),
                    Table.Cell(.data(titles[reveal.entry] ?? reveal.entry.text)),
                    Table.Cell(.word(reveal.extent)), Table.Cell(.word(reveal.reason.message)),
                    Table.Cell(
                        reveal.words.map { .data($0) } ?? .word(Message("quality.reveal.words-erased"))),
                ]
            }, nextHref: query.nextHref(next?.text), firstHref: query.firstHref,
            exportHref: query.exportHref, empty: EmptyState(Message("quality.reveals-none")))
    }

    package static let samples: [RevealsPage] = {
        let query = TableQuery(path: "/reveals", query: SubmittedForm(), sortable: [], order: "")
        func reveal(_ column: String?, _ words: String?) -> Reveal {
            Reveal(
                id: RevealID(high: 1, low: 1), at: Instant(microseconds: 0),
                account: AccountID(high: 1, low: 1),
                entry: EntryID(high: 1, low: 1), rule: RuleID(high: 1, low: 1),
                version: VersionID(high: 1, low: 1),
                column: column, firstRow: 7, rows: 1, reason: .complaint, words: words)
        }
        return [
            RevealsPage(
                [reveal(nil, "核对投诉所涉记录"), reveal("sfzh", nil)], actors: Actors(), titles: [:],
                next: RevealID(high: 1, low: 1), query: query),
            RevealsPage([], actors: Actors(), titles: [:], next: nil, query: query),
        ]
    }()
}

extension Reveal {
    fileprivate var extent: Message {
        guard let column else { return Message("quality.reveal.one-row", ["row": String(firstRow)]) }
        return Message(
            "quality.reveal.one-column",
            ["column": column, "row": String(firstRow), "rows": String(rows)])
    }
}
