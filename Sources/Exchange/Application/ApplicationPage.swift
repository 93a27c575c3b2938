import Casework
import Identity
package import Kernel
import Policy
package import Web

/// One application for several entries: while it is a draft what is in it and what it lacks; then how far each of its requests is.
package struct ApplicationPage: Page {
    /// One entry of a draft.
    package struct Part: Sendable {
        package let number: Int
        package let title: String
        package let entryHref: String
        /// Nil where it can no longer be changed.
        package let editHref: String?
        package let note: String
        package let facts: [Message]
        package let lacks: [RequestPage.Lack]
        package let hasLacks: Bool
        /// Where it is moved and taken out.
        package let placeAction: String?
        package let revision: Int
        package let mayRise: Bool
        package let maySink: Bool
    }

    /// Entries by their words, to be added.
    package struct Search: Sendable {
        package let action: String
        package let words: Field
        package let found: Field?
        package let isAsked: Bool
        package let addAction: String
        package let revision: Int
    }

    package static let template = "exchange/application"
    package let title: Message
    package let head: Head
    package let watch: RequestPage.Watch
    package let turn: Message?
    /// Why this step, and what follows.
    package let next: Message
    package let summary: Message?
    package let lacks: [RequestPage.Lack]
    package let hasLacks: Bool
    package let common: Facts
    package let parts: [Part]
    package let hasParts: Bool
    package let limits: Message?
    package let search: Search?
    package let children: Table?
    package let acts: [RequestActForm]
    package let hasActs: Bool
    package let steps: [RequestSteps.Step]

    struct Surroundings {
        let party: (PartyID) -> String
        let post: (PostID) -> String?
        let say: (Message) -> String
        let workflow: Workflow?
        let acts: [String]
        let entries: [EntryID: RequestedEntry]
        var faults: [Problem.Place] = []
        var progress: ApplicationProgress?
        var search: Found?
        /// Makes a double click one act.
        let key: String
        var refused: RefusedAct?
        var isWatched = false
    }

    struct Found {
        let words: String
        let entries: [RequestedEntry]
    }

    init(_ application: Application, _ around: Surroundings) {
        let (file, path) = (application.file, "/applications/\(application.id)")
        let isDraft = around.acts.contains("save")
        title = Message("application.title", ["title": file.title])
        var otherActs = [Act(Message("exchange.dossier"), "\(path)/dossier")]
        if isDraft { otherActs.insert(Act(Message("application.edit-common"), "\(path)/common"), at: 0) }
        head = Head(
            .data(file.title), subtitle: .data(around.party(application.applicant)),
            crumbs: [
                Head.Crumb(.word(Message("exchange.inbox")), "/inbox"),
                Head.Crumb(.word(Message("application.applications")), "/applications"),
            ],
            chips: [
                Chip(Message("\(file.kind).state.\(file.state)"), Self.tone(file.state)),
                Chip(Message("application.chip")),
            ], otherActs: otherActs)
        let way = RequestSteps(
            file, under: around.workflow, isUnconditional: false, due: nil,
            who: { party, post in
                around.party(party) + (post.flatMap(around.post).map { " · \($0)" } ?? "")
            }, role: { Message("web.role.\($0.rawValue)") }, say: around.say)
        steps = way.steps
        watch = RequestPage.Watch(isWatched: around.isWatched, at: path)
        next = Message("\(file.kind).next.\(file.state)")
        turn = file.state == "running" ? nil : way.turn
        summary = around.progress.map(Self.summary)
        lacks = around.faults.filter { !$0.name.hasPrefix("entries[") }.map(Self.lack)
        hasLacks = !lacks.isEmpty
        common = Self.common(application.content.common)
        parts = around.progress == nil ? Self.parts(application, around, isDraft: isDraft, path) : []
        hasParts = !parts.isEmpty
        limits =
            isDraft
            ? Message(
                "application.limits",
                [
                    "entriesMax": "\(ApplicationContent.Limits.entriesMax)",
                    "itemsMax": "\(ApplicationContent.Limits.itemsMax)",
                ]) : nil
        search = isDraft ? Self.search(application, around.search, path) : nil
        children = around.progress.map { Self.table($0, around) }
        let open = around.faults.isEmpty ? around.acts : around.acts.filter { $0 != "submit" }
        acts = ApplicationActs.forms(open, application, key: around.key, refused: around.refused)
        hasActs = !acts.isEmpty
    }

    static func tone(_ state: String) -> Chip.Tone {
        switch state {
        case "ended": .good
        case "withdrawn": .neutral
        default: .info
        }
    }

    private static func lack(_ fault: Problem.Place) -> RequestPage.Lack {
        let name = fault.name.split(separator: ".").last.map(String.init) ?? fault.name
        let word =
            switch name {
            case "entries": Message("application.entries")
            case "entry": Message("exchange.entry")
            default: Message("exchange.field.\(name)")
            }
        return RequestPage.Lack(field: word, message: fault.message)
    }

    private static func summary(_ progress: ApplicationProgress) -> Message {
        var counts = Dictionary(
            ApplicationProgress.Standing.allCases.map { ($0.rawValue, "\(progress.count($0))") },
            uniquingKeysWith: { first, _ in first })
        counts["all"] = "\(progress.lines.count)"
        return Message(progress.isOver ? "application.ended-summary" : "application.summary", counts)
    }

    private static func common(_ wish: RequestWish) -> Facts {
        func text(_ value: String) -> Table.Cell { Table.Cell(value.isEmpty ? .nothing : .data(value)) }
        return Facts([
            (Message("exchange.business-item"), text(wish.businessItem)),
            (Message("exchange.purpose"), text(wish.purpose)),
            (Message("exchange.legal-basis"), text(wish.legalBasis)),
            (Message("exchange.from"), Table.Cell(wish.from.map { .date($0) } ?? .nothing)),
            (Message("exchange.to"), Table.Cell(wish.to.map { .date($0) } ?? .nothing)),
            (
                Message("exchange.retention"),
                wish.retentionDays.map {
                    Table.Cell(.count($0), unit: Message("exchange.unit-days"))
                } ?? Table.Cell(.nothing)
            ),
            (Message("exchange.contact"), text(wish.contactPost)),
            (
                Message("exchange.field.isCommitted"),
                Table.Cell(
                    .word(Message(wish.isCommitted ? "exchange.committed" : "exchange.not-committed")))
            ),
        ])
    }

    private static func parts(
        _ application: Application, _ around: Surroundings, isDraft: Bool, _ path: String
    ) -> [Part] {
        let listed = application.content.parts
        return listed.enumerated().map { position, part in
            let entry = around.entries[part.entry]
            let lacks = ApplicationContent.faults(around.faults, ofEntry: position).map(lack)
            let items = part.wish.columns.map { column in
                guard let treatment = part.wish.treatments[column] else { return column }
                return "\(column)（\(around.say(Message("exchange.mask.\(treatment)")))）"
            }
            let kinds = part.wish.deliveries.sorted { $0.rawValue < $1.rawValue }.map {
                around.say(Message("exchange.delivery.\($0.rawValue)"))
            }
            return Part(
                number: position + 1, title: entry?.title ?? part.entry.text,
                entryHref: "/catalogue/\(part.entry)",
                editHref: isDraft && entry != nil ? "\(path)/entries/\(part.entry)" : nil,
                note: entry.map { around.party($0.provider) } ?? "",
                facts: [
                    Message("application.part-items", ["items": items.joined(separator: "、")]),
                    part.wish.rows.isEmpty
                        ? Message("exchange.rows-all")
                        : Message("application.part-rows", ["rows": part.wish.rows]),
                    Message("application.part-ways", ["ways": kinds.joined(separator: "、")]),
                ], lacks: lacks, hasLacks: !lacks.isEmpty,
                placeAction: isDraft ? "\(path)/entries/\(part.entry)/place" : nil,
                revision: application.file.revision, mayRise: position > 0,
                maySink: position < listed.count - 1)
        }
    }

    private static func search(_ application: Application, _ found: Found?, _ path: String) -> Search {
        let known = Set(application.content.parts.map(\.entry))
        let fresh = found?.entries.filter { !known.contains($0.id) } ?? []
        return Search(
            action: path, words: .search("q", Message("application.search"), value: found?.words ?? ""),
            found: fresh.isEmpty
                ? nil
                : .ticks(
                    "entry", Message("application.found"),
                    fresh.map {
                        Field.Option(
                            $0.id.text, .data($0.title),
                            hint: Message("application.sharing.\($0.sharing.rawValue)"))
                    }), isAsked: found != nil, addAction: "\(path)/entries",
            revision: application.file.revision)
    }

    private static func table(_ progress: ApplicationProgress, _ around: Surroundings) -> Table {
        Table(
            id: "requests", caption: Message("application.requests"),
            columns: [
                Table.Column(Message("application.column.entry")),
                Table.Column(Message("application.number"), isFigure: true),
            ]
                + ["provider", "state", "waits", "due", "grant"].map {
                    Table.Column(Message("application.column.\($0)"))
                },
            rows: progress.lines.map { line in
                let request = line.request
                let units = line.holders.reduce(into: [String]()) { names, holder in
                    let name = around.party(holder.party)
                    if !names.contains(name) { names.append(name) }
                }
                return [
                    Table.Cell(.data(request.file.title), href: "/requests/\(request.id)"),
                    Table.Cell(.count(request.place?.position ?? 0)),
                    Table.Cell(.data(around.party(request.provider))),
                    Table.Cell(
                        Chip(
                            Message("\(request.file.kind).state.\(request.file.state)"),
                            RequestPage.tone(request.file.state))),
                    Table.Cell(units.isEmpty ? .nothing : .data(units.joined(separator: "、"))),
                    Table.Cell(
                        line.due.map { .date($0) } ?? .nothing,
                        note: line.isOverdue ? .word(Message("casework.clock.overdue")) : nil),
                    request.grant.map {
                        Table.Cell(.word(Message("exchange.to-grant")), href: "/grants/\($0)")
                    } ?? Table.Cell(.nothing),
                ]
            }, count: progress.lines.count, empty: EmptyState(Message("application.entries-none")))
    }
}

/// The forms of what can be done with an application.
enum ApplicationActs {
    private static let dangers: Set<String> = ["withdraw", "withdraw-rest"]
    private static let consequences: Set<String> = ["submit", "sign-off", "withdraw", "withdraw-rest"]

    static func forms(
        _ acts: [String], _ application: Application, key: String, refused: RefusedAct?
    ) -> [RequestActForm] {
        let file = application.file
        let known = acts.filter { $0 != "save" }
        let ordered =
            known.filter { !dangers.contains($0) } + known.filter { dangers.contains($0) }
        return ordered.enumerated().map { position, act in
            let typed = refused?.name == act ? refused : nil
            let fields = fields(of: act, file, typed?.form ?? SubmittedForm())
            let errors = typed.map { FormErrors($0.problem) } ?? FormErrors()
            let shown = fields.map { $0.within(form: act).checked(errors) }
            return RequestActForm(
                name: act, title: Message("\(file.kind).act.\(act)"),
                consequence: consequences.contains(act)
                    ? Message("application.consequence.\(act)") : nil,
                action: "/applications/\(application.id)/acts/\(act)", revision: file.revision,
                key: "\(key)-\(act)", fields: shown, isDanger: dangers.contains(act),
                isOpen: typed != nil || refused == nil && position == 0 && !dangers.contains(act),
                errors: errors.within(form: act).summary(of: shown), trialAction: nil, template: nil)
        }
    }

    private static func fields(of act: String, _ file: Case, _ typed: SubmittedForm) -> [Field] {
        let comment = Field.area("comment", Message("exchange.comment"), value: typed["comment"], rows: 2)
        return switch act {
        case "sign-off": [comment]
        case "send-back", "withdraw-rest": [comment.required()]
        case "return-sign-off": [RequestActForm.earlierSteps(file, typed), comment.required()]
        default: []
        }
    }

    static func act(_ name: String, _ form: SubmittedForm) -> ApplicationAct? {
        switch name {
        case "submit": .submit
        case "sign-off": .signOff
        case "send-back": .sendBack
        case "return-sign-off": .returnTo(step: form.integer("step") ?? 0)
        case "withdraw": .withdraw
        case "withdraw-rest": .withdrawRest
        default: nil
        }
    }
}
