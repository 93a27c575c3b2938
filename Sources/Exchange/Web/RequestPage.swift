import Casework
import Identity
package import Kernel
import Policy
package import Web

/// One request: what was asked beside what the grant would do, whose turn it is and until when, and what each may do now.
package struct RequestPage: Page {
    package struct Line: Sendable { package let text: Message }
    package struct Watch: Sendable {
        package let action: String
        /// What pressing it sets: `1` or `0`.
        package let on: String
        package let title: Message
    }
    package struct Link: Sendable {
        package let text: Message
        package let href: String?
        package let title: Message
    }
    package struct Lack: Sendable {
        package let field: Message
        package let message: Message
    }

    package static let template = "exchange/request"
    package let title: Message
    package let head: Head
    package let watch: Watch
    package let turn: Message?
    /// Why this step, and what follows.
    package let next: Message
    package let isLate: Bool
    /// What the bureau wants completed, in its own words.
    package let supplement: Message?
    package let emergency: EmergencyView?
    /// The grant that ends when this is granted.
    package let replaces: String?
    /// Which part of an application for several entries it is; with a link for whoever may see the whole.
    package let place: Message?
    package let placeHref: String?
    /// Where it was before, or goes on.
    package let transfer: Link?
    /// That the department above was asked, and what it said.
    package let superior: [Line]
    package let isSuperiorAsked: Bool
    package let missing: Message?
    /// What keeps a draft from being submitted.
    package let lacks: [Lack]
    package let hasLacks: Bool
    package let asked: Facts
    package let controls: [Line]
    package let promises: [Line]
    package let hasPromises: Bool
    package let refusals: [Line]
    package let hasRefusals: Bool
    package let isOffer: Bool
    /// The terms shown were only tried.
    package let isTried: Bool
    package let trial: TrialView?
    package let sql: String?
    package let clocks: [RequestClock]
    package let endedClocks: [RequestClock]
    package let hasEndedClocks: Bool
    package let acts: [RequestActForm]
    package let hasActs: Bool
    package let steps: [RequestSteps.Step]
    package let letters: CaseLetters?
    package let jointTest: CaseJointTest?
    /// 补录: what was signed on paper.
    package let papers: [PaperLine]
    package let hasPapers: Bool
    package let paperHref: String?
    /// 协调 and 督办 of this case, as far as whoever waits may know.
    package let supervisions: [RelatedCase]

    package struct RelatedCase: Sendable {
        package let text: Message
        /// Nil for who may not open it.
        package let href: String?
        package let link: Message

        init(_ one: Coordination) {
            text = Message("coordination.of-request", ["state": one.file.state])
            href = CoordinationLinks.one(one.id)
            link = Message("coordination.to-coordination")
        }

        init(_ one: CaseSupervision, party: (PartyID) -> String) {
            let supervision = one.supervision
            let arguments = [
                "unit": party(supervision.unit), "level": "\(supervision.level)",
                "state": supervision.file.state, "promised": supervision.promisedOn?.description ?? "",
                "opened": supervision.file.openedAt.date().description,
            ]
            let isPromised = supervision.isOpen && supervision.promisedOn != nil
            text = Message(
                supervision.isOpen
                    ? isPromised ? "supervision.of-case-promised" : "supervision.of-case"
                    : "supervision.of-case-over", arguments)
            link = Message("supervision.to-supervision")
            href = one.mayOpen ? SupervisionLinks.one(supervision.id) : nil
        }
    }

    struct Surroundings {
        let party: (PartyID) -> String
        let post: (PostID) -> String?
        let say: (Message) -> String
        let workflow: Workflow?
        let isUnconditional: Bool
        let acts: [String]
        let explanation: Explanation?
        let lacks: [Problem.Place]
        let today: CalendarDate
        let calendar: WorkingDayCalendar
        /// Makes a double click one act.
        let key: String
        let refused: RefusedAct?
        /// Nil when the reader may not try terms, or there is nothing left to decide.
        var trial: TrialView?
        var tried: TriedTerms?
        var templates: [TermsTemplate] = []
        var isWatched = false
        /// The application that it came of.
        var maySeeWhole = false
        /// Those before and after it that the reader may see.
        var earlier: CaseID?
        var successor: CaseID?
        /// Whose consent every request for the entry needs.
        var consent: EntryConsent?
        /// Letters of the case that can be the reply from above.
        var replies: [RegisteredReply] = []
        var letters: CaseLetters?
        var jointTest: CaseJointTest?
        var supervisions: [CaseSupervision] = []
        var coordinations: [Coordination] = []
        /// The bureau may have a unit of this case supervised.
        var maySupervise = false
        /// Signatures on paper, and how their units and posts are called.
        var papers: [PaperApproval] = []
        var paperWho: (PartyID, PostID?) -> String = { _, _ in "" }
        var mayEnterPaper = false
        /// Posts from which a word can be given.
        var leaders: [Field.Option] = []
    }

    init(_ request: SharingRequest, _ around: Surroundings) {
        let file = request.file
        title = Message("exchange.request-title", ["entry": file.title])
        head = Self.head(request, around)
        watch = Watch(isWatched: around.isWatched, at: "/requests/\(request.id)")
        let readings = file.clocks.map { ($0, $0.reading(on: around.today, calendar: around.calendar)) }
        let due = Self.next(readings)
        let way = RequestSteps(
            file, under: around.workflow, isUnconditional: around.isUnconditional, due: due,
            who: { party, post in
                around.party(party) + (post.flatMap(around.post).map { " · \($0)" } ?? "")
            }, role: { Message("web.role.\($0.rawValue)") }, say: around.say,
            papers: Self.sentences(around))
        steps = way.steps
        letters = around.letters
        jointTest = around.jointTest
        papers = around.papers.map { PaperLine($0, around.paperWho) }
        hasPapers = !papers.isEmpty
        paperHref = around.mayEnterPaper ? PaperLinks.new(request.id) : nil
        supervisions = Self.related(around)
        (turn, next) = (way.turn, Message("\(file.kind).next.\(file.state)"))
        isLate = due?.status == .overdue
        supplement = Self.supplement(file, around.say)
        replaces = request.grant == nil ? request.replaces.map { "/grants/\($0)" } : nil
        place = request.place.map { Message("application.place", ["position": "\($0.position)"]) }
        placeHref = around.maySeeWhole ? request.place.map { "/applications/\($0.application)" } : nil
        transfer = Self.transfer(request, around)
        superior = Self.superior(request, around.consent)
        isSuperiorAsked = !superior.isEmpty
        missing = Self.missing(request)
        emergency = EmergencyView(request, party: around.party)
        lacks = around.lacks.map { Lack(field: Message("exchange.field.\($0.name)"), message: $0.message) }
        hasLacks = !around.lacks.isEmpty
        asked = Self.asked(request.wish, around.say)
        // How each column leaves comes first: it is what a counter-offer changes.
        let treatments = around.explanation?.columns.map(\.treatment) ?? []
        let rows = around.explanation.map { [$0.rows] } ?? []
        controls = (treatments + rows + (around.explanation?.controls ?? [])).map(Line.init)
        promises = around.explanation?.promises.map(Line.init) ?? []
        hasPromises = !promises.isEmpty
        refusals = around.explanation?.refusals.map { Line(text: $0.message) } ?? []
        hasRefusals = !refusals.isEmpty
        isTried = around.tried != nil
        isOffer = request.offer != nil && request.emergency == nil && !isTried
        trial = around.trial
        sql = around.explanation?.sql
        let all = RequestClock.all(readings, around.papers, of: file)
        clocks = all.filter(\.isOpen)
        endedClocks = all.filter { !$0.isOpen }
        hasEndedClocks = !endedClocks.isEmpty
        let open =
            hasLacks ? around.acts.filter { !["submit", "submit-paperwork"].contains($0) } : around.acts
        acts = RequestActForm.forms(
            open, request, key: around.key, isSignable: !hasRefusals, refused: around.refused,
            mayTry: around.trial != nil, tried: around.tried, templates: around.templates,
            leaders: around.leaders, replies: around.replies)
        hasActs = !acts.isEmpty
    }

    private static func next(_ readings: [(CaseClock, ClockReading)]) -> ClockReading? {
        readings.filter { $0.0.isOpen }.map(\.1).min {
            ($0.due?.daysSince1970 ?? .max) < ($1.due?.daysSince1970 ?? .max)
        }
    }

    private static func related(_ around: Surroundings) -> [RelatedCase] {
        around.coordinations.map { RelatedCase($0) }
            + around.supervisions.map { RelatedCase($0, party: around.party) }
    }

    private static func sentences(_ around: Surroundings) -> [PaperApprovalID: Message] {
        Dictionary(
            around.papers.map { ($0.id, PaperLine.sentence($0, around.paperWho)) },
            uniquingKeysWith: { one, _ in one })
    }

    private static func missing(_ request: SharingRequest) -> Message? {
        guard request.file.state == "mapping", let came = request.transfer, !came.missing.isEmpty else {
            return nil
        }
        return Message("transfer.missing", ["items": came.missing.joined(separator: "、")])
    }

    private static func superior(_ request: SharingRequest, _ consent: EntryConsent?) -> [Line] {
        let needed = request.grant == nil ? consent.map { [Line(text: $0.message)] } ?? [] : []
        guard let question = request.superiorQuestion else { return needed }
        let asked = Message(
            "superior.asked",
            [
                "letter": question.letter, "superior": question.superior,
                "sentOn": question.sentOn.description,
            ])
        let reply = request.superiorReply.map { reply in
            Message(
                reply.isConsent ? "superior.consented" : "superior.refused",
                [
                    "number": reply.consent.number, "issuer": reply.consent.issuer,
                    "on": reply.consent.on.description,
                ])
        }
        return ([asked] + [reply].compactMap(\.self)).map(Line.init)
    }

    private static func transfer(_ request: SharingRequest, _ around: Surroundings) -> Link? {
        if request.file.state == "transferred" {
            return Link(
                text: Message("transfer.went"), href: around.successor.map { "/requests/\($0)" },
                title: Message("transfer.to-successor"))
        }
        return request.transfer.map { came in
            Link(
                text: Message(
                    "transfer.came",
                    [
                        "title": came.title, "provider": around.party(came.provider), "reason": came.reason,
                        "daysLost": "\(came.daysLost)",
                    ]), href: around.earlier.map { "/requests/\($0)" },
                title: Message("transfer.to-earlier"))
        }
    }

    private static func head(_ request: SharingRequest, _ around: Surroundings) -> Head {
        let file = request.file
        var chain: [ChainBar.Stage: ChainBar.Link] = [.entry: ChainBar.Link("/catalogue/\(request.entry)")]
        chain[.version] = ChainBar.Link("/catalogue/\(request.entry)#versions")
        chain[.grade] = ChainBar.Link("/catalogue/\(request.entry)#items")
        if let grant = request.grant { chain[.grant] = ChainBar.Link("/grants/\(grant)") }
        var act = request.grant.map { Act(Message("exchange.to-grant"), "/grants/\($0)") }
        if around.acts.contains("confirm-mapping") || around.acts.contains("confirm-mapping-check") {
            act = Act(
                Message("\(file.kind).act.confirm-mapping"), "/requests/\(request.id)/wish")
        } else if around.acts.contains("resubmit") {
            act = Act(Message("exchange.complete"), "/requests/\(request.id)/wish")
        } else if around.acts.contains("save") || around.acts.contains("save-paperwork") {
            act = Act(Message("exchange.edit"), "/requests/\(request.id)/wish")
        }
        return Head(
            .data(file.title),
            subtitle: .data("\(around.party(request.applicant)) → \(around.party(request.provider))"),
            crumbs: [Head.Crumb(.word(Message("exchange.inbox")), "/inbox")],
            chain: ChainBar(at: .request, chain),
            chips: [Chip(Message("\(file.kind).state.\(file.state)"), tone(file.state))]
                + (request.emergency == nil ? [] : [Chip(Message("exchange.emergency-chip"), .warn)]),
            act: act,
            otherActs: [Act(Message("exchange.dossier"), "/requests/\(request.id)/dossier")]
                + (around.maySupervise
                    ? [Act(Message("supervision.open"), "\(SupervisionLinks.new)?case=\(request.id)")] : []))
    }

    static func tone(_ state: String) -> Chip.Tone {
        switch state {
        case "granted", "delivered", "accepted": .good
        case "refused", "not-shared", "closed", "declined", "returned", "lapsed": .bad
        case "supplement", "offer", "coordination", "emergency", "paperwork", "paper-sign-off",
            "confirmation", "confirmation-bureau", "acceptance", "mending",
            "transfer", "mapping":
            .warn
        case "withdrawn", "grant-ended", "transferred": .neutral
        default: .info
        }
    }

    static func supplement(_ file: Case, _ say: (Message) -> String) -> Message? {
        guard file.state == "supplement", let asked = file.history.last(where: { $0.act == "ask-supplement" })
        else { return nil }
        let fields = (asked.content["fields"]?.array ?? []).compactMap(\.string)
        return Message(
            "exchange.supplement-asked",
            [
                "fields": fields.map { say(Message("exchange.field.\($0)")) }.joined(separator: "、"),
                "comment": asked.comment ?? "",
            ])
    }

    private static func asked(_ wish: RequestWish, _ say: (Message) -> String) -> Facts {
        func text(_ value: String) -> Table.Cell { Table.Cell(value.isEmpty ? .nothing : .data(value)) }
        func count(_ value: Int64?, _ unit: String) -> Table.Cell {
            value.map { Table.Cell(.count(Int($0)), unit: Message("exchange.unit-\(unit)")) }
                ?? Table.Cell(.nothing)
        }
        let deliveries = DeliveryKind.allCases.filter(wish.deliveries.contains).map {
            say(Message("exchange.delivery.\($0.rawValue)"))
        }
        return Facts([
            (
                Message("exchange.columns"),
                text(
                    wish.columns.map { column in
                        guard let treatment = wish.treatments[column] else { return column }
                        return "\(column)（\(say(Message("exchange.mask.\(treatment)")))）"
                    }.joined(separator: "、"))
            ),
            (
                Message("exchange.rows"),
                wish.rows.isEmpty ? Table.Cell(.word(Message("exchange.rows-all"))) : text(wish.rows)
            ),
            (Message("exchange.purpose"), text(wish.purpose)),
            (Message("exchange.legal-basis"), text(wish.legalBasis)),
            (Message("exchange.business-item"), text(wish.businessItem)),
            (Message("exchange.deliveries"), text(deliveries.joined(separator: " · "))),
            (Message("exchange.expected-rows"), count(wish.expectedRows, "rows")),
            (Message("exchange.daily-rows"), count(wish.dailyRows, "rows")),
            (Message("exchange.from"), Table.Cell(wish.from.map { .date($0) } ?? .nothing)),
            (Message("exchange.to"), Table.Cell(wish.to.map { .date($0) } ?? .nothing)),
            (Message("exchange.retention"), count(wish.retentionDays.map(Int64.init), "days")),
            (Message("exchange.contact"), text(wish.contactPost)),
            (
                Message("exchange.field.isCommitted"),
                Table.Cell(
                    .word(Message(wish.isCommitted ? "exchange.committed" : "exchange.not-committed")))
            ),
        ])
    }
}
