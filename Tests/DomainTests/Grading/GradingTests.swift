import Cryptography
import Evidence
import Grading
import Identity
import Kernel
import Lake
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Suggesting a grade` {
    private let rules = GradeRuleBook.standard().editions[1]

    private func suggest(
        _ column: String, item: String? = nil, sharing: SharingKind? = nil,
        identifiers: [IdentifierKind: Int64] = [:], within: [IdentifierKind: Int64] = [:],
        wrong: [IdentifierKind: Int64] = [:], rows: Int64 = 100
    ) -> GradeSuggestion {
        let profile = Profile(
            rows: rows,
            columns: [
                .init(
                    name: column, type: "text", nulls: 0, distinctApproximately: 100, minimum: nil,
                    maximum: nil,
                    top: [], lengths: [:], identifiers: identifiers, identifiersWithin: within,
                    wrongChecks: wrong)
            ])
        return GradeSuggester(rules: rules, sharing: sharing).suggestions(
            columns: [column], items: item.map { [column: $0] } ?? [:], profile: profile)[0]
    }

    @Test(arguments: [
        ("sfzh", PersonalKind.citizenID, GradeLevel.l4), ("ID_Number", .citizenID, .l4),
        ("身份证号", .citizenID, .l4),
        ("xm", .name, .l2), ("lxdh", .phone, .l3), ("mobilePhone", .phone, .l3), ("csrq", .birth, .l2),
        ("patient_diagnosis", .health, .l4), ("home_address", .address, .l3), ("e-mail", .email, .l2),
    ])
    func `reads Chinese, English and pinyin names`(
        _ column: String, _ kind: PersonalKind, _ level: GradeLevel
    ) {
        let suggestion = suggest(column)
        #expect(suggestion.findings.map(\.kind).contains(kind))
        #expect(suggestion.level == level)
        #expect(!suggestion.reasons.isEmpty)
    }

    @Test(arguments: ["amount", "count", "station", "机构名称", "文件名", "xmbh", "phoneme"])
    func `leaves other names alone`(_ column: String) {
        #expect(suggest(column).level == .l1)
    }

    @Test func `reads the item's Chinese name`() {
        #expect(suggest("f017", item: "监护人身份证号码").level == .l4)
    }

    @Test func `trusts a check digit even where few values have it`() {
        let suggestion = suggest("note", identifiers: [.citizenID: 6])
        #expect(suggestion.level == .l4)
        #expect(suggestion.findings.first?.isBinding == true)
        #expect(suggest("note", identifiers: [.citizenID: 4]).level == .l1)
    }

    @Test func `hears citizen numbers among other words, however few, and binds once three have it`() {
        let few = suggest("remarks", within: [.citizenID: 1], rows: 1_000_000)
        #expect(few.level == .l4)
        #expect(few.findings.map(\.isBinding) == [false])
        #expect(
            few.reasons.first
                == Message("grading.reason.within.citizen-id", ["found": "1", "rows": "1000000"]))
        let some = suggest("remarks", within: [.citizenID: 3], rows: 1_000_000)
        #expect(some.level == .l4)
        #expect(some.findings.map(\.isBinding) == [true])
        #expect(suggest("remarks", within: [.bankCard: 3]).findings.map(\.isBinding) == [true])
    }

    /// One in eleven of what has the form has the check digit.
    @Test func `takes no serial number for a citizen number, within words or alone`() {
        let serial = suggest("remarks", within: [.citizenID: 90], wrong: [.citizenID: 910], rows: 1_000)
        #expect(serial.level == .l1)
        #expect(serial.findings.map(\.certainty) == [30])
        #expect(
            serial.findings.first?.reasons == [
                Message(
                    "grading.reason.within-doubtful.citizen-id",
                    ["found": "90", "rows": "1000", "wrong": "910"])
            ])
        #expect(suggest("slh", identifiers: [.citizenID: 9], wrong: [.citizenID: 91]).level == .l1)
        // More than chance gives, less than half: said, and left to a person.
        let mixed = suggest("remarks", within: [.citizenID: 30], wrong: [.citizenID: 60])
        #expect(mixed.level == .l4)
        #expect(mixed.findings.map(\.isBinding) == [false])
    }

    @Test(arguments: [
        (IdentifierKind.mobile, PersonalKind.phone, GradeLevel.l3), (.email, .email, .l2),
        (.plate, .plate, .l3),
    ])
    func `asks for a level where a form without a check digit stands in a few texts, and does not bind`(
        _ identifier: IdentifierKind, _ kind: PersonalKind, _ level: GradeLevel
    ) {
        let few = suggest("remarks", within: [identifier: 1])
        #expect(few.findings.map(\.kind) == [kind])
        #expect(few.findings.map(\.isBinding) == [false])
        #expect(few.level == level)
        #expect(suggest("remarks", within: [identifier: 60]).findings.map(\.isBinding) == [true])
    }

    @Test func `mentions what is weak among words and asks for nothing`() {
        for identifier in [IdentifierKind.landLine, .passport, .ipAddress] {
            let suggestion = suggest("remarks", within: [identifier: 2])
            #expect(suggestion.level == .l1)
            #expect(suggestion.findings.count == 1)
        }
        #expect(suggest("remarks", within: [.uscc: 90]).findings.isEmpty)
        // Lines and mobiles are one kind, and the surer is heard.
        #expect(suggest("remarks", within: [.landLine: 60, .mobile: 60]).findings.map(\.certainty) == [85])
    }

    @Test func `does not bind on a name alone, nor on surnames in place names`() {
        #expect(suggest("xm").findings.first?.isBinding == false)
        #expect(suggest("city", identifiers: [.personName: 90]).findings.first?.isBinding == false)
        #expect(suggest("xm", identifiers: [.personName: 90]).findings.first?.isBinding == true)
    }

    /// From the source's rows through a worker's scan to what a person reads.
    @Test func `finds the three citizen numbers in a thousand remarks`() async throws {
        let test = try TestEngine(childrenMax: 1)
        let staged = try test.stage(
            [Column("bz", .text), Column("sl", .text)],
            [
                """
                SELECT CASE WHEN i IN (7, 400, 999) THEN '回访' || i || '：申请人身份证441600199001010013，已办结'
                ELSE '材料齐全，第' || i || '件已办结' END AS bz,
                '受理号4416022024' || lpad((1 + i % 12)::VARCHAR, 2, '0') || '15' || (1000 + i % 8999) || '。' AS sl
                FROM range(1000) t(i)
                """
            ])
        let profile = try await test.engine().profile(RowSource(staged))
        let suggestions = GradeSuggester(rules: rules, sharing: nil).suggestions(
            columns: ["bz", "sl"], items: [:], profile: profile)
        #expect(suggestions.map(\.level) == [.l4, .l1])
        #expect(suggestions[0].findings.map(\.kind) == [.citizenID])
        #expect(suggestions[0].findings.map(\.isBinding) == [true])
        #expect(
            suggestions[0].reasons.first
                == Message("grading.reason.within.citizen-id", ["found": "3", "rows": "1000"]))
        // One case number in eleven has a citizen number's check digit, and nobody is meant.
        #expect(suggestions[1].findings.map(\.certainty) == [30])
    }

    @Test func `follows the kind of sharing where nothing is found`() {
        #expect(suggest("amount", sharing: .conditional).level == .l2)
        #expect(suggest("amount", sharing: .notShared).level == .l4)
    }

    @Test func `goes by the edition in force that day`() throws {
        let book = GradeRuleBook.standard(sensitiveFloor: .l3)
        for (day, edition) in [
            ("2021-12-30", nil), ("2024-09-30", "tc260-pg-20212a"), ("2024-10-01", "gbt-43697-2024-h"),
        ] {
            let date = try #require(CalendarDate(day))
            #expect(book.rules(on: date)?.id == edition)
        }
        #expect(book.editions[1].level(of: .citizenID) == .l3)
    }

    @Test func `has every word it may say, in both languages`() {
        #expect(gradingWords.faults.isEmpty)
        for identifier in IdentifierKind.allCases {
            for wrong: Int64 in [0, ProseWalk.checkedKinds.contains(identifier) ? 9 : 0] {
                let suggestion = suggest("remarks", within: [identifier: 5], wrong: [identifier: wrong])
                for message in suggestion.findings.flatMap(\.reasons) {
                    #expect(gradingWords.entries[message.key] != nil, "\(message.key)")
                }
            }
        }
        for message in PersonalKind.allCases.map(\.message) + GradeLevel.allCases.map(\.message) {
            #expect(gradingWords.entries[message.key] != nil, "\(message.key)")
        }
    }
}

@Suite struct `Deciding a grade` {
    private let entry = EntryID.new(at: .morning)
    private let health = PartyID.new(at: .morning)

    private func person(_ role: Role, _ party: PartyID? = nil) -> Principal {
        Principal(
            account: .new(at: .morning), party: party ?? health, post: nil, roles: [role],
            channel: .commandLine,
            displayName: "")
    }

    private func withGrading<Result>(
        _ dialect: Dialect, _ body: (Grading, any Database) async throws -> Result
    ) async throws -> Result {
        let told = Migration("told", 1, "CREATE TABLE told (entry TEXT PRIMARY KEY, grade TEXT);")
        return try await withDatabase(dialect, evidenceMigrations + gradingMigrations + [told]) { database in
            let evidence = EvidenceLog(node: "n441600", digest: .sm3)
            try await evidence.prepare(database)
            let facts = Grading.EntryFacts(
                owner: health, sharing: .conditional, columns: ["sfzh", "amount"], items: ["sfzh": "身份证号"])
            let grading = Grading(
                database: database, permissions: Permissions(), evidence: evidence, clock: .fixed(.morning),
                entry: { [entry] id, _ in id == entry ? facts : nil },
                tell: { grade, id, connection in
                    try connection.execute(
                        """
                        INSERT INTO told (entry, grade) VALUES (\(id), \(grade?.rawValue))
                        ON CONFLICT (entry) DO UPDATE SET grade = excluded.grade
                        """)
                })
            return try await body(grading, database)
        }
    }

    private let profile = Profile(
        rows: 10,
        columns: [
            .init(
                name: "sfzh", type: "text", nulls: 0, distinctApproximately: 10, minimum: nil, maximum: nil,
                top: [],
                lengths: [:], identifiers: [.citizenID: 10]),
            .init(
                name: "amount", type: "integer", nulls: 0, distinctApproximately: 10, minimum: nil,
                maximum: nil,
                top: [], lengths: [:], identifiers: [:]),
        ])

    @Test(arguments: Dialect.available)
    func `makes the entry's grade its highest column's, once all are graded`(dialect: Dialect) async throws {
        try await withGrading(dialect) { grading, database in
            try await grading.suggest(for: entry, profile: profile)
            let officer = person(.securityOfficer)
            let first = try await grading.decide(["sfzh": .l4], of: entry, seen: 0, reason: nil, by: officer)
            #expect(first.grade(of: ["sfzh", "amount"]) == nil)
            let second = try await grading.decide(
                ["amount": .l2], of: entry, seen: 1, reason: nil, by: officer)
            #expect(second.grade(of: ["sfzh", "amount"]) == .l4)
            let told = try await database.read { try $0.row("SELECT grade FROM told") }
            #expect(try told?.value("grade", as: String.self) == "L4")
            let facts = try await grading.columnFacts(
                of: entry, schema: [Column("sfzh", .text), Column("new", .text)])
            #expect(facts.map(\.grade) == [.l4, nil])
            let history = try await grading.history(of: entry, for: officer)
            #expect(history.map(\.revision) == [2, 1])
        }
    }

    @Test(arguments: Dialect.available)
    func `below the floor is refused, with the clause, whatever the reason`(dialect: Dialect) async throws {
        try await withGrading(dialect) { grading, _ in
            try await grading.suggest(for: entry, profile: profile)
            let error = await #expect(throws: GradingError.self) {
                try await grading.decide(
                    ["sfzh": .l3], of: entry, seen: 0, reason: "内部使用", by: person(.securityOfficer))
            }
            #expect(error?.problem.places.map(\.name) == ["sfzh"])
            #expect(error?.problem.places.first?.message.arguments["citation"] == "GB/T 43697-2024 附录 H")
        }
    }

    @Test(arguments: Dialect.available)
    func `of an entry shared on condition needs a second level somewhere`(dialect: Dialect) async throws {
        try await withGrading(dialect) { grading, _ in
            let error = await #expect(throws: GradingError.self) {
                try await grading.decide(
                    ["sfzh": .l1, "amount": .l1], of: entry, seen: 0, reason: "已核",
                    by: person(.securityOfficer))
            }
            #expect(error?.problem.places.map(\.name) == ["entry"])
        }
    }

    @Test(arguments: Dialect.available)
    func `below the suggestion or above the levels needs a reason`(dialect: Dialect) async throws {
        try await withGrading(dialect) { grading, _ in
            try await grading.suggest(for: entry, profile: profile)
            let officer = person(.securityOfficer)
            await #expect(throws: GradingError.reasonNeeded(["amount"])) {
                try await grading.decide(["amount": .l1], of: entry, seen: 0, reason: " ", by: officer)
            }
            await #expect(throws: GradingError.reasonNeeded(["amount"])) {
                try await grading.decide(["amount": .core], of: entry, seen: 0, reason: nil, by: officer)
            }
            let book = try await grading.decide(
                ["amount": .l1], of: entry, seen: 0, reason: "不涉及个人", by: officer)
            #expect(book.level(of: "amount") == .l1)
        }
    }

    @Test(arguments: Dialect.available)
    func `is for the officer or the department's CDO, on known columns, unmoved`(dialect: Dialect)
        async throws
    {
        try await withGrading(dialect) { grading, _ in
            await #expect(throws: PolicyError.self) {
                try await grading.decide(
                    ["amount": .l2], of: entry, seen: 0, reason: nil, by: person(.steward))
            }
            let stranger = person(.departmentCDO, .new(at: .morning))
            await #expect(throws: GradingError.entryUnknown(entry)) {
                try await grading.decide(["amount": .l2], of: entry, seen: 0, reason: nil, by: stranger)
            }
            let cdo = person(.departmentCDO)
            await #expect(throws: GradingError.columnsUnknown(["nope"])) {
                try await grading.decide(["nope": .l2], of: entry, seen: 0, reason: nil, by: cdo)
            }
            await #expect(throws: GradingError.nothingDecided) {
                try await grading.decide([:], of: entry, seen: 0, reason: nil, by: cdo)
            }
            _ = try await grading.decide(["amount": .l2], of: entry, seen: 0, reason: nil, by: cdo)
            await #expect(throws: GradingError.moved(expected: 0, found: 1)) {
                try await grading.decide(["amount": .l3], of: entry, seen: 0, reason: nil, by: cdo)
            }
        }
    }
}
