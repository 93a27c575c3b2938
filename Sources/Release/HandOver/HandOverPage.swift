package import Kernel
import Policy
package import Web

/// The form of a hand-over: who takes what on which medium.
package struct NewHandOverPage: Page {
    package static let template = "release/hand-over-new"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let action: String
    package let fields: [Field]
    package let backHref: String

    /// What was typed, or what is suggested.
    struct Answers {
        var takenBy = ""
        var medium = ""
        var size = Size.fat
        var isSealed: Bool

        /// Largest files that usual media hold.
        enum Size: String, CaseIterable {
            case disc = "700"
            case fat = "4095"
            case large = "8191"

            /// A FAT volume is one byte short of its mebibytes; the others have room beside.
            var bytes: Int { self == .fat ? HandOver.fatBytesMax : (Int(rawValue) ?? 700) << 20 }
        }
    }

    init(
        _ release: FileRelease, entry: String, _ answers: Answers, isSensitive: Bool,
        errors: FormErrors = FormErrors()
    ) {
        title = Message("hand-over.new")
        backHref = "/releases/\(release.id)"
        action = "\(backHref)/hand-overs"
        head = Head(
            .word(title), subtitle: .word(Message("hand-over.new-why")),
            crumbs: [
                Head.Crumb(.word(Message("release.releases")), "/receipts"),
                Head.Crumb(.data(entry), backHref),
            ])
        fields = [
            Field.text("takenBy", Message("hand-over.taken-by"), value: answers.takenBy).required()
                .hint(Message("hand-over.taken-by-hint")),
            Field.text("medium", Message("hand-over.medium"), value: answers.medium).required()
                .hint(Message("hand-over.medium-hint")),
            Field.select(
                "volumeBytes", Message("hand-over.volume"),
                Answers.Size.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("hand-over.volume.\($0.rawValue)")),
                        isChosen: $0 == answers.size)
                }),
            Field.radios(
                "seal", Message("hand-over.seal"),
                [
                    Field.Option(
                        "yes", .word(Message("hand-over.seal-yes")),
                        hint: isSensitive ? Message("hand-over.seal-sensitive") : nil,
                        isChosen: answers.isSealed),
                    Field.Option("no", .word(Message("hand-over.seal-no")), isChosen: !answers.isSealed),
                ]),
            Field.text("password", Message("hand-over.password"), type: "password")
                .hint(Message("hand-over.password-hint")).asked(when: "seal", is: ["yes"]),
            Field.text("again", Message("hand-over.password-again"), type: "password")
                .asked(when: "seal", is: ["yes"]),
        ].map { $0.checked(errors) }
        self.errors = errors.summary(of: fields)
    }

    package static let samples: [NewHandOverPage] = {
        var errors = FormErrors()
        errors.add("takenBy", Message("hand-over.text-needed", ["max": "80"]))
        return [
            NewHandOverPage(
                .sample, entry: "最低生活保障对象信息", Answers(isSealed: true), isSensitive: true),
            NewHandOverPage(
                .sample, entry: "最低生活保障对象信息", Answers(isSealed: false), isSensitive: false, errors: errors),
        ]
    }()
}

/// One hand-over, as it is signed for: what was taken, by whom, on which medium, and the volumes to copy. Printed, it is the 交接单.
package struct HandOverPage: Page {
    package static let template = "release/hand-over"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let volumes: Table
    package let gone: Message?
    package let verifyCommand: String
    package let signatures: [Signature]

    package struct Signature: Sendable {
        package let title: Message
        package let unit: String
    }

    struct Surroundings {
        let entry: String
        let provider: String
        let recipient: String
        let madeBy: String?
        let kid: String
        let mayCopy: Bool
        let now: Instant
    }

    init(_ handOver: HandOver, _ around: Surroundings) {
        title = Message("hand-over.sheet")
        let path = "/hand-overs/\(handOver.id)"
        head = Head(
            .word(title), subtitle: .data(around.entry),
            crumbs: [
                Head.Crumb(.word(Message("release.releases")), "/receipts"),
                Head.Crumb(.data(around.entry), "/releases/\(handOver.release)"),
            ],
            chips: [
                handOver.isSealed
                    ? Chip(Message("hand-over.sealed"), .good) : Chip(Message("hand-over.open"), .warn)
            ])
        facts = Facts([
            (Message("hand-over.number"), Table.Cell(.data(handOver.id.text), isCode: true)),
            (
                Message("hand-over.release"),
                Table.Cell(.data(handOver.release.text), href: "/releases/\(handOver.release)", isCode: true)
            ),
            (Message("release.column.provider"), Table.Cell(.data(around.provider))),
            (Message("release.column.consumer"), Table.Cell(.data(around.recipient))),
            (Message("hand-over.taken-by"), Table.Cell(.data(handOver.takenBy))),
            (Message("hand-over.medium"), Table.Cell(.data(handOver.medium))),
            (Message("hand-over.at"), Table.Cell(.moment(handOver.madeAt))),
            (
                Message("hand-over.made-by"), Table.Cell(around.madeBy.map { .data($0) } ?? .nothing)
            ),
            (Message("hand-over.kid"), Table.Cell(.data(around.kid), isCode: true)),
        ])
        let isKept = handOver.isKept(at: around.now)
        volumes = Table(
            id: "volumes", caption: Message("hand-over.volumes"),
            columns: [
                Table.Column(Message("hand-over.volume-number"), isFigure: true),
                Table.Column(Message("hand-over.volume-file")),
                Table.Column(Message("release.file-bytes"), isFigure: true),
                Table.Column(Message("release.file-sha256")),
            ],
            rows: handOver.volumes.map { volume in
                [
                    Table.Cell(.count(volume.number)),
                    Table.Cell(
                        .data(volume.name),
                        href: isKept && around.mayCopy ? "\(path)/volumes/\(volume.number)" : nil),
                    Table.Cell(.bytes(volume.bytes)), Table.Cell(.data(volume.sha256), isCode: true),
                ]
            }, count: handOver.volumes.count, empty: EmptyState(Message("hand-over.none")))
        gone =
            isKept
            ? nil : Message("hand-over.volumes-gone", ["days": String(HandOver.keptDays)])
        let secret = handOver.isSealed ? " --password-file password.txt" : ""
        verifyCommand =
            "headwaters package verify \(handOver.volumes.first?.name ?? "") --trust \(ReleaseAPI.keysFile) --out data\(secret)"
        signatures = [
            Signature(title: Message("hand-over.sign-giver"), unit: around.provider),
            Signature(title: Message("hand-over.sign-taker"), unit: around.recipient),
        ]
    }

    package static let samples: [HandOverPage] = [(true, 1), (false, 2)].map { isSealed, count in
        HandOverPage(
            .sample(isSealed: isSealed, volumes: count),
            Surroundings(
                entry: "最低生活保障对象信息", provider: "市民政局", recipient: "源城区人民政府",
                madeBy: isSealed ? "数据使用岗" : nil, kid: "5a963cc073e7aba15f916e33a8877565",
                mayCopy: isSealed, now: Grant.sample.signedAt + .seconds(isSealed ? 60 : 86_400 * 30)))
    }
}

extension HandOver {
    static func sample(isSealed: Bool, volumes: Int) -> HandOver {
        HandOver(
            id: PackageID(high: 12 << 48, low: 1 << 63), release: FileRelease.sample.id,
            grant: Grant.sample.id, provider: Grant.sample.provider,
            recipient: PartyID(high: 4 << 48, low: 1 << 63), takenBy: "领取人", medium: "U-2026-001",
            isSealed: isSealed,
            volumes: (1...volumes).map {
                Volume(
                    number: $0, name: "headwaters-000000000000-v3.00\($0).hwo", bytes: 54_440,
                    sha256: "5a963cc073e7aba15f916e33a88775655a963cc073e7aba15f916e33a8877565")
            }, madeBy: Grant.sample.signedBy, madeAt: Grant.sample.signedAt,
            leaf: LeafID(high: 13 << 48, low: 1 << 63))
    }

    /// On the page of the release.
    static func table(of handOvers: [HandOver]) -> Table {
        Table(
            id: "hand-overs", caption: Message("hand-over.register"),
            columns: [
                Table.Column(Message("hand-over.at")), Table.Column(Message("hand-over.taken-by")),
                Table.Column(Message("hand-over.medium")),
                Table.Column(Message("hand-over.volumes"), isFigure: true),
                Table.Column(Message("release.file-bytes"), isFigure: true),
                Table.Column(Message("hand-over.seal")),
            ],
            rows: handOvers.map { handOver in
                [
                    Table.Cell(.moment(handOver.madeAt), href: "/hand-overs/\(handOver.id)"),
                    Table.Cell(.data(handOver.takenBy)), Table.Cell(.data(handOver.medium)),
                    Table.Cell(.count(handOver.volumes.count)), Table.Cell(.bytes(handOver.bytes)),
                    Table.Cell(
                        .word(Message(handOver.isSealed ? "hand-over.sealed" : "hand-over.open"))),
                ]
            }, count: handOvers.count, empty: EmptyState(Message("hand-over.none")))
    }
}
