package import Kernel
import Policy
package import Web

/// One entry: what it is, what came before and follows, and what this reader may do with it.
package struct EntryViewPage: Page {
    /// A button that acts at once.
    package struct Desk: Sendable {
        package let action: String
        package let title: Message
        package let revision: Int
        package let isPrimary: Bool
    }

    package static let template = "catalogue/entry"
    package let title: Message
    package let head: Head
    package let withdrawnBecause: String?
    package let returnedBecause: String?
    /// A proposal beside what is published.
    package let pending: Message?
    /// What is served may be out of date: the department is late.
    package let lateness: Message?
    package let callOnly: Message?
    package let consent: Message?
    package let desk: [Desk]
    /// Where giving up the draft is confirmed.
    package let discardHref: String?
    package let facts: Facts
    package let items: Table
    /// Nil: it is asked live and has none.
    package let versions: Table?
    package let quality: [Chart]
    package let ruleResults: Table?
    package let holders: Table
    package let history: Timeline?

    init(
        _ entry: Entry, _ aspects: EntryAspects, history: [EntryEvent]?, actors: Actors = Actors(),
        may: (Action) -> Bool
    ) {
        let card = entry.card
        title = Message("catalogue.entry-title", ["title": card.title])
        if case .withdrawn(_, _, let reason) = entry.standing {
            withdrawnBecause = reason
        } else {
            withdrawnBecause = nil
        }
        returnedBecause = entry.proposal?.returnReason
        let isBeside = entry.standing != .unpublished
        pending = entry.proposal.flatMap { proposal in
            isBeside ? Message("catalogue.pending.\(proposal.stage.rawValue)") : nil
        }
        lateness = aspects.lateness
        callOnly = aspects.callOnly
        consent = aspects.consent
        head = Self.head(entry, aspects, may)
        desk = Self.desk(entry, may)
        discardHref = Self.mayDiscard(entry, may) ? "/catalogue/\(entry.id)/discard" : nil
        facts = Self.facts(card)
        items = Self.items(card, aspects.grades)
        let hasNone = aspects.callOnly != nil && aspects.versions.isEmpty
        versions = hasNone ? nil : Self.versions(aspects.versions)
        quality = aspects.quality
        ruleResults = aspects.ruleResults
        holders = Self.holders(aspects.holders)
        self.history = history.map { events in
            Timeline(
                events.map { event in
                    Timeline.Event(
                        at: event.at, .word(event.act.message), actor: actors[event.actor],
                        detail: event.reason.map(Label.data)
                            ?? (event.changes.isEmpty
                                ? nil
                                : .word(
                                    Message(
                                        "catalogue.changed-fields", ["count": String(event.changes.count)]))),
                        tone: event.act == .returned || event.act == .withdrawn ? .warn : .neutral)
                })
        }
    }

    private static func head(
        _ entry: Entry, _ aspects: EntryAspects, _ may: (Action) -> Bool
    ) -> Head {
        let path = "/catalogue/\(entry.id)"
        var acts: [Act] = []
        let isInReview = entry.proposal?.stage == .inReview
        if isInReview, may(.publishEntry) || may(.reviewEntry) {
            acts.append(Act(Message("catalogue.review"), "\(path)/review"))
        }
        if let request = aspects.requestHref, entry.state == .published {
            acts.append(Act(Message("catalogue.request"), request))
            if let application = aspects.applicationHref {
                acts.append(Act(Message("catalogue.into-application"), application))
            }
        }
        if !isInReview, may(.draftEntry) { acts.append(Act(Message("catalogue.edit"), "\(path)/draft")) }
        if may(.editRules) { acts.append(Act(Message("catalogue.rules"), "\(path)/rules")) }
        if may(.decideGrade) { acts.append(Act(Message("catalogue.grades"), "\(path)/grades")) }
        if let consent = aspects.consentHref {
            acts.append(Act(Message("catalogue.demand-consent"), consent))
        }
        if let ends = aspects.endsHref { acts.append(Act(Message("catalogue.announce-ends"), ends)) }
        if entry.state == .published, !isInReview, may(.withdrawEntry) {
            acts.append(Act(Message("catalogue.withdraw"), "\(path)/withdrawal"))
        }
        // A draft's next step is its submission, which has a button of its own.
        let isDraft = entry.proposal?.stage == .draft && may(.draftEntry)
        return Head(
            .data(entry.card.title), subtitle: .data(entry.card.provider),
            crumbs: [Head.Crumb(.word(Message("catalogue.list")), "/catalogue")],
            chain: ChainBar(at: .entry, aspects.chain),
            chips: [.state(entry.state), .sharing(entry.card.share.type)], act: isDraft ? nil : acts.first,
            otherActs: isDraft ? acts : Array(acts.dropFirst()))
    }

    private static func desk(_ entry: Entry, _ may: (Action) -> Bool) -> [Desk] {
        guard may(.draftEntry), let stage = entry.proposal?.stage else { return [] }
        let isDraft = stage != .inReview
        return [
            Desk(
                action: "/catalogue/\(entry.id)/\(isDraft ? "submission" : "recall")",
                title: Message(isDraft ? "catalogue.submit" : "catalogue.recall"), revision: entry.revision,
                isPrimary: isDraft)
        ]
    }

    private static func mayDiscard(_ entry: Entry, _ may: (Action) -> Bool) -> Bool {
        may(.draftEntry) && entry.standing != .unpublished
            && entry.proposal.map { $0.stage != .inReview } ?? false
    }

    private static func facts(_ card: EntryCard) -> Facts {
        func text(_ text: String, isCode: Bool = false) -> Table.Cell {
            Table.Cell(text.isEmpty ? .nothing : .data(text), isCode: isCode)
        }
        func word(_ message: Message?, note: String = "") -> Table.Cell {
            Table.Cell(message.map(Label.word) ?? .nothing, note: note.isEmpty ? nil : .data(note))
        }
        let group = CategoryCode(card.category).map { CategoryScheme.message(group: $0.group) }
        let share = card.share.type == .withheld ? card.share.legalBasis : card.share.condition
        return Facts([
            (CardField.resourceCode.message, text(card.resourceCode, isCode: true)),
            (CardField.category.message, word(group, note: card.category)),
            (CardField.provider.message, Table.Cell(.data(card.provider), note: .data(card.providerUSCC))),
            (CardField.abstract.message, text(card.abstract)),
            (CardField.formatClass.message, word(card.format.formatClass?.message, note: card.format.type)),
            (CardField.shareType.message, word(card.share.type?.message, note: share)),
            (CardField.shareMode.message, word(card.share.mode?.message)),
            (CardField.openType.message, word(card.open.type?.message, note: card.open.condition)),
            (CardField.updateCycle.message, word(card.updateCycle?.message)),
            (CardField.publishDate.message, Table.Cell(card.publishDate.map(Label.date) ?? .nothing)),
            (CardField.relatedCodes.message, text(card.relatedCodes.joined(separator: ", "))),
        ])
    }

    private static func items(_ card: EntryCard, _ grades: [String: GradeLevel]) -> Table {
        Table(
            id: "items", caption: CardField.items.message,
            columns: [
                Table.Column(CardField.itemName.message), Table.Column(CardField.itemColumn.message),
                Table.Column(CardField.itemType.message),
                Table.Column(CardField.itemLength.message, isFigure: true),
                Table.Column(CardField.itemShareType.message), Table.Column(CardField.grade.message),
            ],
            rows: card.items.map { item in
                [
                    Table.Cell(
                        .data(item.name), note: item.description.isEmpty ? nil : .data(item.description)),
                    Table.Cell(.data(item.column), isCode: true),
                    Table.Cell(item.type.map { .word($0.message) } ?? .nothing),
                    Table.Cell(item.length.map(Label.count) ?? .nothing),
                    Table.Cell(.sharing(item.shareType ?? card.share.type)),
                    Table.Cell(.grade(grades[item.column])),
                ]
            }, count: card.items.count, empty: EmptyState(Message("catalogue.no-items")))
    }

    private static func versions(_ versions: [EntryAspects.VersionRow]) -> Table {
        Table(
            id: "versions", caption: Message("catalogue.versions"),
            columns: [
                Table.Column(Message("catalogue.version-number")),
                Table.Column(Message("catalogue.version-at")),
                Table.Column(Message("catalogue.version-rows"), isFigure: true),
                Table.Column(Message("catalogue.version-rejected"), isFigure: true),
                Table.Column(Message("catalogue.version-digest")), Table.Column(CardField.state.message),
            ],
            rows: versions.map { version in
                [
                    Table.Cell(
                        .word(Message("catalogue.version-named", ["number": String(version.number)]))),
                    Table.Cell(.moment(version.at)), Table.Cell(.count(version.rows)),
                    Table.Cell(.count(version.rejected)),
                    Table.Cell(.data(version.digest), isCode: true),
                    version.isServed
                        ? Table.Cell(Chip(Message("catalogue.version-served"), .good))
                        : Table.Cell(Chip(Message("catalogue.version-past"))),
                ]
            }, count: versions.count, empty: EmptyState(Message("catalogue.no-versions")))
    }

    private static func holders(_ holders: [EntryAspects.Holder]) -> Table {
        Table(
            id: "holders", caption: Message("catalogue.holders"),
            columns: [
                Table.Column(Message("catalogue.holder")), Table.Column(Message("catalogue.holder-purpose")),
                Table.Column(Message("catalogue.holder-until")), Table.Column(CardField.state.message),
            ],
            rows: holders.map {
                [
                    Table.Cell($0.name, href: $0.href), Table.Cell(.data($0.purpose)),
                    Table.Cell($0.until.map(Label.date) ?? .nothing), Table.Cell($0.state),
                ]
            }, count: holders.count, empty: EmptyState(Message("catalogue.no-holders")))
    }

    package static var samples: [EntryViewPage] {
        let chart = Chart(
            id: "quality", title: Message("catalogue.versions"), kind: .line,
            categories: [.data("1"), .data("2")], series: [Chart.Series(.data("x"), [98, 99])])
        let at = Instant(microseconds: 1_767_578_400_000_000)
        var aspects = EntryAspects(
            chain: [.hook: ChainBar.Link("/hooks/1")], grades: ["id_number": .l4, "born_on": .core],
            versions: [
                .init(number: 2, at: at, rows: 1_234, rejected: 3, digest: "lt1:8885d9ef7725", isServed: true)
            ], quality: [chart],
            ruleResults: Table(
                id: "rule-results", caption: Message("catalogue.rules"), columns: [], rows: [],
                empty: EmptyState(Message("catalogue.no-versions"))),
            holders: [
                .init(
                    name: .data("市民政局"), purpose: "救助对象核对", until: CalendarDate(daysSince1970: 21_000),
                    state: Chip(Entry.State.published.message, .good), href: "/grants/1")
            ], requestHref: "/requests/new")
        aspects.lateness = Message("catalogue.no-versions")
        aspects.callOnly = Message("catalogue.no-versions")
        aspects.consent = Message("catalogue.no-versions")
        aspects.consentHref = "/catalogue/consent"
        aspects.endsHref = "/catalogue/announced-ends"
        let event = EntryEvent(
            revision: 2, act: .returned, actor: "account:1", at: at, reason: "摘要过简",
            changes: [FieldChange(field: "title", before: "a", after: "b")])
        return Entry.samples.map { EntryViewPage($0, aspects, history: [event]) { _ in true } }
            + [EntryViewPage(Entry.samples[0], EntryAspects(), history: nil) { _ in false }]
    }
}
