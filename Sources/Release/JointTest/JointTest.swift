import Lake
package import Kernel
package import Policy

/// 联调测试: one try of a recipient's programs with made-up rows that went through the plan of a grant.
package struct JointTest: Sendable, Hashable {
    /// Said wherever its rows are shown.
    package static let mark = "联调测试·合成数据"
    /// Of whatever is answered with such rows.
    package static let header = "Headwaters-Joint-Test"
    /// So long its file can be fetched; made again with the same seed it is the same rows.
    package static let keptDays = 30
    package static let perDayMax = 50
    package static let listMax = 200
    package static let rowsStandard = 100
    /// A seed that nobody chose is below it: short enough to be told on the telephone.
    package static let seedMax: Int64 = 999_999_999

    /// What can be tried: every delivery that there is.
    package static let deliveries: [DeliveryKind] = [
        .csv, .excel, .parquet, .lookup, .pages, .verify, .push, .nameList,
    ]

    package let id: JointTestID
    package let grant: GrantID
    package let revision: Int
    /// Of the plan that the rows went through.
    package let planDigest: String
    package let delivery: DeliveryKind
    package let seed: Int64
    package let rowsMade: Int
    /// Let through by the grant's row condition.
    package let rowsOut: Int
    /// Nil of a test of the API.
    package let bytes: Int64?
    /// Of the file, or of the rows as JSON: hex.
    package let sha256: String
    package let madeBy: AccountID
    package let madeAt: Instant
    package let leaf: LeafID

    package var isFile: Bool { Self.isFile(delivery) }
    package var rowsWithheld: Int { rowsMade - rowsOut }

    static func isFile(_ delivery: DeliveryKind) -> Bool { format(delivery) != nil }

    static func format(_ delivery: DeliveryKind) -> Egress.Format? {
        switch delivery {
        case .csv: .csv
        case .excel: .excel
        case .parquet: .parquet
        default: nil
        }
    }

    package func isKept(at now: Instant) -> Bool { isFile && now < madeAt + .seconds(Self.keptDays * 86_400) }

    /// No file of a release is called so.
    package var fileName: String {
        let ending =
            switch delivery {
            case .excel: "xlsx"
            case .parquet: "parquet"
            default: "csv"
            }
        return "\(Self.mark)-\(id).\(ending)"
    }

    var mediaType: String {
        switch delivery {
        case .parquet: "application/vnd.apache.parquet"
        case .excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        default: "text/csv; charset=utf-8"
        }
    }

    package var json: JSON {
        [
            "id": .string(id.text), "synthetic": true, "grant": .string(grant.text),
            "revision": .integer(Int64(revision)), "planDigest": .string(planDigest),
            "delivery": .string(delivery.rawValue), "seed": .integer(seed),
            "rowsMade": .integer(Int64(rowsMade)), "rowsOut": .integer(Int64(rowsOut)),
            "rowsWithheld": .integer(Int64(rowsWithheld)), "bytes": .optional(bytes),
            "sha256": .string(sha256), "madeAt": .string(madeAt.description), "leafId": .string(leaf.text),
        ]
    }
}

/// What the recipient found wrong, and what the provider says to it.
package struct JointTestFault: Sendable, Hashable {
    package static let textMax = 1_000
    package static let perGrantMax = 100

    package let id: JointTestFaultID
    package let grant: GrantID
    package let test: JointTestID?
    package let told: String
    package let toldBy: AccountID
    package let toldAt: Instant
    package let answer: String?
    package let answeredBy: AccountID?
    package let answeredAt: Instant?

    package var isOpen: Bool { answer == nil }

    package var json: JSON {
        [
            "id": .string(id.text), "jointTest": .optional(test?.text), "fault": .string(told),
            "toldAt": .string(toldAt.description), "answer": .optional(answer),
            "answeredAt": .optional(answeredAt),
        ]
    }
}

/// What one side says of the whole.
package struct JointTestWord: Sendable, Hashable {
    package enum Side: String, Sendable, Hashable, CaseIterable { case recipient, provider }
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case passed
        /// By the recipient alone: it does without.
        case waived
    }

    package let side: Side
    package let verdict: Verdict
    package let note: String
    package let by: AccountID
    package let at: Instant
    /// A fault that was told afterwards takes it back.
    package let undoneAt: Instant?

    package var json: JSON {
        [
            "side": .string(side.rawValue), "verdict": .string(verdict.rawValue), "note": .string(note),
            "at": .string(at.description), "undoneAt": .optional(undoneAt),
        ]
    }
}

/// All that is on record of the tests of a grant.
package struct JointTestRecord: Sendable, Hashable {
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        case none, underway, faults
        /// One side has said that it passed.
        case half
        case passed, waived

        package var isOver: Bool { self == .passed || self == .waived }
    }

    package let grant: GrantID
    /// The grant lets nothing out before it.
    package let isRequired: Bool
    /// Newest first.
    package let tests: [JointTest]
    package let faults: [JointTestFault]
    /// Oldest first, those taken back too.
    package let words: [JointTestWord]
    /// Newest first; also those that failed, which are no tests.
    package let pushes: [JointPush]

    package init(
        grant: GrantID, isRequired: Bool, tests: [JointTest], faults: [JointTestFault],
        words: [JointTestWord], pushes: [JointPush] = []
    ) {
        self.grant = grant
        self.isRequired = isRequired
        self.tests = tests
        self.faults = faults
        self.words = words
        self.pushes = pushes
    }

    package var openFaults: Int { faults.count(where: \.isOpen) }

    package func word(of side: JointTestWord.Side) -> JointTestWord? {
        words.last { $0.side == side && $0.undoneAt == nil }
    }

    package var standing: Standing {
        let (recipient, provider) = (word(of: .recipient), word(of: .provider))
        if recipient?.verdict == .waived { return .waived }
        if recipient != nil, provider != nil { return .passed }
        if openFaults > 0 { return .faults }
        if recipient != nil || provider != nil { return .half }
        return tests.isEmpty ? .none : .underway
    }

    /// Whether something waits for that side.
    package func waits(for side: JointTestWord.Side) -> Bool {
        switch (standing, side) {
        case (.faults, .provider): true
        case (.half, _): word(of: side) == nil
        case (.none, .recipient), (.underway, .recipient): isRequired
        default: false
        }
    }

    package var json: JSON {
        [
            "grant": .string(grant.text), "required": .boolean(isRequired),
            "standing": .string(standing.rawValue), "tests": .array(tests.map(\.json)),
            "faults": .array(faults.map(\.json)), "words": .array(words.map(\.json)),
            "pushes": .array(pushes.map(\.json)),
        ]
    }
}

extension JSON {
    static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    static func optional(_ number: Int64?) -> JSON { number.map(JSON.integer) ?? .null }
    static func optional(_ instant: Instant?) -> JSON { .optional(instant?.description) }
}
