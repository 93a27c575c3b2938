package import Kernel
import Policy
package import Web

/// The joint test of a grant: what was tried, what was found wrong and answered, and what both sides say.
package struct JointTestPage: Page {
    package struct Form: Sendable {
        package let action: String
        package let fields: [Field]
    }
    package struct Fault: Sendable {
        package let number: Int
        package let told: String
        package let toldBy: Label
        package let toldAt: Label
        package let testHref: String?
        package let answer: String?
        package let answeredBy: Label?
        package let answeredAt: Label?
        /// For the provider, while nobody has answered.
        package let form: Form?
    }

    package static let template = "release/joint-test"
    package let title: Message
    package let head: Head
    package let standing: Message
    package let isGood: Bool
    package let errors: FormErrors?
    package let making: Form?
    package let tests: Table
    /// At the recipient's databases; nil when nothing was pushed.
    package let pushes: Table?
    package let needsTarget: Bool
    package let faults: [Fault]
    package let hasFaults: Bool
    package let telling: Form?
    package let words: Table?
    package let saying: Form?
    package let waiving: Form?

    struct Content {
        let grant: Grant
        let entry: String
        let record: JointTestRecord
        var request: String?
        var actors = Actors()
        /// Where pushes can go.
        var targets: [PushTarget] = []
        var rowsMax: Int
        var now: Instant
        var may: (Action) -> Bool
    }

    /// A form that was wrong, as it was filled in. Each form of the page has a name; those of faults have the fault's id.
    struct Refused {
        static let making = "making"
        static let telling = "telling"
        static let waiving = "waiving"
        let form: String
        let typed: SubmittedForm
        let errors: FormErrors

        func typed(in form: String) -> SubmittedForm { form == self.form ? typed : SubmittedForm() }
    }

    init(_ content: Content, refused: Refused? = nil) {
        let (grant, record) = (content.grant, content.record)
        let path = "/grants/\(grant.id)/joint-test"
        title = Message("joint-test.title", ["entry": content.entry])
        head = Head(
            .word(Message("joint-test.joint-test")), subtitle: .word(Message("joint-test.why")),
            crumbs: [
                Head.Crumb(.word(Message("release.grants")), "/grants"),
                Head.Crumb(.data(content.entry), "/grants/\(grant.id)"),
            ],
            chips: [Chip(Message("joint-test.mark"), .warn), record.chip],
            otherActs: content.request.map { [Act(Message("joint-test.to-request"), $0)] } ?? [])
        standing = record.sentence
        isGood = !record.isPressing
        let isOpen = !record.standing.isOver && (grant.state == .active || grant.state == .suspended)
        let kinds = JointTest.deliveries.filter(grant.deliveries.contains)
        let made = Self.shown(Refused.making, refused) { Self.makingFields(kinds, content, $0) }
        making =
            grant.state == .active && content.may(.runJointTest) && !kinds.isEmpty
            ? Form(action: "\(path)s", fields: made) : nil
        needsTarget = making != nil && kinds.contains(.push) && content.targets.isEmpty
        tests = Self.table(record.tests, of: content)
        pushes = record.pushes.isEmpty ? nil : Self.table(record.pushes)
        let told = Self.shown(Refused.telling, refused) { Self.tellingFields(record, $0) }
        telling = isOpen && content.may(.runJointTest) ? Form(action: "\(path)/faults", fields: told) : nil
        faults = Self.faults(content, refused)
        hasFaults = !faults.isEmpty
        words = record.words.isEmpty ? nil : Self.table(record.words, content)
        let side: JointTestWord.Side? =
            content.may(.acceptJointTest) ? .recipient : content.may(.answerJointTest) ? .provider : nil
        let maySay =
            isOpen && !record.tests.isEmpty && record.openFaults == 0
            && side.map { record.word(of: $0) == nil } ?? false
        saying =
            maySay
            ? Form(
                action: "\(path)/word",
                fields: [Field.text("note", Message("joint-test.note")).within(form: "saying")]) : nil
        waiving =
            isOpen && side == .recipient
            ? Form(
                action: "\(path)/word",
                fields: Self.shown(Refused.waiving, refused) { typed in
                    [
                        Field.text("note", Message("joint-test.waive-reason"), value: typed["note"])
                            .required()
                    ]
                }) : nil
        let fields =
            (making?.fields ?? []) + (telling?.fields ?? []) + (waiving?.fields ?? [])
            + faults.flatMap { $0.form?.fields ?? [] }
        errors = refused.flatMap { $0.errors.within(form: $0.form).summary(of: fields) }
    }

    /// The fields of one of several forms: with what was typed and what was wrong, where it is the one that was refused.
    private static func shown(
        _ form: String, _ refused: Refused?, _ fields: (SubmittedForm) -> [Field]
    ) -> [Field] {
        let isRefused = refused?.form == form
        return fields(refused?.typed(in: form) ?? SubmittedForm()).map { field in
            let placed = field.within(form: form)
            return isRefused ? refused.map { placed.checked($0.errors) } ?? placed : placed
        }
    }

    private static func tellingFields(_ record: JointTestRecord, _ typed: SubmittedForm) -> [Field] {
        [
            Field.select(
                "test", Message("joint-test.of-test"),
                [Field.Option("", .word(Message("joint-test.of-no-test")))]
                    + record.tests.prefix(20).map {
                        Field.Option($0.id.text, .word($0.message), isChosen: typed["test"] == $0.id.text)
                    }),
            Field.area("fault", Message("joint-test.fault"), value: typed["fault"], rows: 3).required(),
        ]
    }

    private static func makingFields(
        _ kinds: [DeliveryKind], _ content: Content, _ typed: SubmittedForm
    ) -> [Field] {
        var fields = [
            Field.radios(
                "delivery", Message("joint-test.delivery"),
                kinds.enumerated().map { position, kind in
                    Field.Option(
                        kind.rawValue, .word(Message("release.delivery.\(kind.rawValue)")),
                        isChosen: typed.has("delivery") ? typed["delivery"] == kind.rawValue : position == 0)
                }
            ).required(),
            Field.number(
                "rows", Message("joint-test.rows"),
                value: typed.has("rows")
                    ? typed["rows"] : String(min(JointTest.rowsStandard, content.rowsMax)),
                unit: Message("joint-test.unit-rows")
            ).hint(
                Message(
                    "joint-test.rows-hint",
                    ["min": String(MadeRows.rowsMin), "max": String(content.rowsMax)])),
            Field.number("seed", Message("joint-test.seed"), value: typed["seed"]).hint(
                Message("joint-test.seed-hint")),
        ]
        if kinds.contains(.push), !content.targets.isEmpty {
            fields.insert(target(content.targets, typed["target"]), at: 1)
        }
        return fields
    }

    /// Also on the request's page and in its dossier.
    static func table(_ tests: [JointTest], of content: Content) -> Table {
        Table(
            id: "joint-tests", caption: Message("joint-test.tests"),
            columns: [
                Table.Column(Message("joint-test.made-at")), Table.Column(Message("joint-test.delivery")),
                Table.Column(Message("joint-test.rows-out"), isFigure: true),
                Table.Column(Message("joint-test.rows-withheld"), isFigure: true),
                Table.Column(Message("joint-test.seed"), isFigure: true),
                Table.Column(Message("joint-test.digest")), Table.Column(Message("joint-test.made-by")),
            ],
            rows: tests.map { test in
                [
                    Table.Cell(.moment(test.madeAt), href: "/joint-tests/\(test.id)"),
                    Table.Cell(.word(Message("release.delivery.\(test.delivery.rawValue)"))),
                    Table.Cell(.count(test.rowsOut)), Table.Cell(.count(test.rowsWithheld)),
                    Table.Cell(.data(String(test.seed))),
                    Table.Cell(.data(String(test.sha256.prefix(12))), isCode: true),
                    Table.Cell(content.actors["account:\(test.madeBy)"]),
                ]
            }, count: tests.count, empty: EmptyState(Message("joint-test.no-tests")))
    }

    private static func table(_ words: [JointTestWord], _ content: Content) -> Table {
        Table(
            id: "joint-test-words", caption: Message("joint-test.words"),
            columns: [
                Table.Column(Message("joint-test.said-at")), Table.Column(Message("joint-test.side")),
                Table.Column(Message("joint-test.verdict")), Table.Column(Message("joint-test.note")),
                Table.Column(Message("joint-test.said-by")),
            ],
            rows: words.map { word in
                let verdict = Chip(
                    Message("joint-test.verdict.\(word.verdict.rawValue)"),
                    word.verdict == .passed ? .good : .neutral)
                let chips =
                    word.undoneAt == nil ? [verdict] : [verdict, Chip(Message("joint-test.undone"), .warn)]
                return [
                    Table.Cell(.moment(word.at)),
                    Table.Cell(.word(Message("joint-test.side.\(word.side.rawValue)"))), Table.Cell(chips),
                    Table.Cell(word.note.isEmpty ? .nothing : .data(word.note)),
                    Table.Cell(content.actors["account:\(word.by)"]),
                ]
            }, count: words.count, empty: EmptyState(Message("joint-test.no-words")))
    }

    private static func faults(_ content: Content, _ refused: Refused?) -> [Fault] {
        let faults = content.record.faults
        return faults.enumerated().map { position, fault in
            let answering =
                fault.isOpen && content.may(.answerJointTest)
                ? Form(
                    action: "/joint-test-faults/\(fault.id)/answer",
                    fields: shown(fault.id.text, refused) { typed in
                        [
                            Field.area(
                                "answer", Message("joint-test.answer"), value: typed["answer"], rows: 3
                            ).required()
                        ]
                    }) : nil
            return Fault(
                number: faults.count - position, told: fault.told,
                toldBy: content.actors["account:\(fault.toldBy)"], toldAt: .moment(fault.toldAt),
                testHref: fault.test.map { "/joint-tests/\($0)" }, answer: fault.answer,
                answeredBy: fault.answeredBy.map { content.actors["account:\($0)"] },
                answeredAt: fault.answeredAt.map { .moment($0) }, form: answering)
        }
    }
}

extension JointTest {
    /// In a list of several.
    var message: Message {
        Message(
            "joint-test.one-of",
            ["delivery": delivery.rawValue, "at": madeAt.description, "seed": String(seed)])
    }
}

extension JointTestRecord {
    package var chip: Chip {
        let tone: Chip.Tone =
            switch standing {
            case .passed: .good
            case .waived, .none: .neutral
            case .faults: .bad
            case .underway, .half: .info
            }
        return Chip(Message("joint-test.standing.\(standing.rawValue)"), tone)
    }

    /// Somebody has to do something about it: not where nobody began what nothing demands.
    var isPressing: Bool { !standing.isOver && (isRequired || standing != .none) }

    /// Where it stands, and what it means for the grant.
    package var sentence: Message {
        let need = isRequired ? "required" : "optional"
        return standing.isOver
            ? Message("joint-test.told.\(standing.rawValue)", ["at": words.last?.at.description ?? ""])
            : Message(
                "joint-test.told.\(standing.rawValue)-\(need)",
                ["faults": String(openFaults), "tests": String(tests.count)])
    }
}
