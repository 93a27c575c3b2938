import Evidence
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
import TestKit
import Testing

@Suite struct `Looking at values that are masked` {
    private static let rows = CountedRows(
        schema: [Column("id", .text), Column("name", .text), Column("code", .text)],
        rows: (1...30).map { [.text("\($0)"), .text("张三丰"), $0 == 4 ? .text("A") : .text("b\($0)")] })
    private static let version = VersionID(high: 7, low: 1 << 63)
    private static let served = ServedRows(version: version, schema: rows.schema, keyColumns: ["id"]) {
        try rows.count($0, samplesMax: $1, after: $2)
    }
    private static let grades: [String: GradeLevel] = ["id": .l1, "name": .l3, "code": .l2]

    private func rule(_ quality: Quality, _ cast: QualityCast) async throws -> RuleID {
        let draft = RuleDraft(
            .pattern(column: "code", try Pattern("[A-Z]")), severity: .warning, effectiveFrom: firstDay,
            condition: try Expression(text: "name IS NOT NULL"))
        return try #require(try await quality.add([draft], to: cast.entry, by: cast.steward).first).id
    }

    private func wish(
        _ extent: Reveal.Extent, id: RevealID = .new(), version: VersionID = Self.version,
        reason: Reveal.Reason? = .complaint, words: String = "核对投诉所涉记录"
    ) -> RevealWish {
        RevealWish(id: id, extent: extent, version: version, reason: reason, words: words)
    }

    @Test(arguments: Dialect.available)
    func
        `shows one row or one column once, on record before it is shown, with the reason where it can be erased`(
            dialect: Dialect
        ) async throws
    {
        let cast = QualityCast()
        try await withQuality(dialect, cast, grades: Self.grades) { quality, database in
            let id = try await rule(quality, cast)
            let masked = try await quality.failingRows(
                of: id, served: Self.served, limit: 1, for: cast.reviewer)
            #expect(masked.rows.first?.cells == ["1", "***", "b*"] && masked.isMasked && masked.isPersonal)
            let row = wish(.row(2))
            let found = try await quality.reveal(row, of: id, served: Self.served, for: cast.reviewer)
            #expect(found.rows.map(\.cells) == [["2", "张三丰", "b2"]] && found.next == nil)
            let column = try await quality.reveal(
                wish(.column("name", after: 3)), of: id, served: Self.served, for: cast.reviewer)
            #expect(column.rows.count == 20 && column.rows.first?.number == 5)
            #expect(column.rows.first?.cells == ["5", "张三丰", "b*"])
            await #expect(throws: QualityError.revealUsed) {
                try await quality.reveal(row, of: id, served: Self.served, for: cast.reviewer)
            }
            let payloads: [String] = try await database.read { connection in
                try connection.rows(
                    "SELECT payload FROM evidence_leaf WHERE type = 'quality.row-revealed' ORDER BY id"
                ).map { try $0.value("payload") }
            }
            #expect(
                payloads.count == 2 && !payloads.joined().contains("核对") && !payloads.joined().contains("张三丰")
            )
            let first = try JSON.parse(payloads[0])
            #expect(first["reason"]?.string == "complaint" && first["first"]?.integer == 2)
            let listed = try await quality.reveals(before: nil, limit: 9, for: cast.auditor)
            #expect(
                listed.map(\.column) == ["name", nil] && listed.map(\.words) == ["核对投诉所涉记录", "核对投诉所涉记录"])
            try await database.write { connection in
                _ = try connection.execute("DELETE FROM evidence_personal")
            }
            #expect(
                try await quality.reveals(before: nil, limit: 9, for: cast.officer).map(\.words) == [
                    nil, nil,
                ])
        }
    }

    @Test
    func `is refused without reason, of another version, of what is not there, and beyond an hour's number`()
        async throws
    {
        let cast = QualityCast()
        try await withQuality(.sqlite, cast, grades: Self.grades, revealsPerHourMax: 2) { quality, database in
            let id = try await rule(quality, cast)
            func refuses(_ wish: RevealWish, _ error: QualityError) async {
                await #expect(throws: error) {
                    try await quality.reveal(wish, of: id, served: Self.served, for: cast.reviewer)
                }
            }
            await refuses(wish(.row(2), reason: nil), .revealReasonMissing)
            await refuses(wish(.row(2), words: "核对"), .revealWordsMissing)
            await refuses(wish(.row(2), version: VersionID(high: 8, low: 1)), .revealMoved)
            await refuses(wish(.row(4)), .revealNothing)
            await refuses(wish(.row(99)), .revealNothing)
            await refuses(wish(.column("city", after: 0)), .revealNothing)
            for _ in 0..<2 {
                _ = try await quality.reveal(wish(.row(1)), of: id, served: Self.served, for: cast.reviewer)
            }
            await refuses(wish(.row(1)), .revealsTooMany(max: 2))
            for principal in [cast.officer, cast.auditor, cast.steward, cast.stranger] {
                await #expect(throws: (any Error).self) {
                    try await quality.reveal(wish(.row(1)), of: id, served: Self.served, for: principal)
                }
            }
            await #expect(throws: PolicyError.notPermitted(.readEvidence)) {
                try await quality.reveals(before: nil, limit: 9, for: cast.reviewer)
            }
        }
    }

    @Test func `asks for the password again where signing does`() async throws {
        let cast = QualityCast()
        let permissions = Permissions(confirmSecondsMax: 60, clock: .fixed(.morning))
        try await withQuality(.sqlite, cast, grades: Self.grades, permissions: permissions) { quality, _ in
            let id = try await rule(quality, cast)
            let session = Principal(
                account: cast.reviewer.account, party: cast.reviewer.party, post: nil,
                roles: [.bureauReviewer],
                channel: .session(.new()), displayName: "")
            await #expect(throws: PolicyError.confirmationNeeded(.revealRow)) {
                try await quality.reveal(wish(.row(1)), of: id, served: Self.served, for: session)
            }
            _ = try await quality.reveal(
                wish(.row(1)), of: id, served: Self.served, for: session.confirmed(at: .morning))
        }
    }

    @Test func `is nobody's of the three administrators, masked or not, where these are three`() async throws
    {
        let cast = QualityCast()
        try await withQuality(.sqlite, cast, grades: Self.grades, separatesAdministrators: true) {
            quality, _ in
            let id = try await rule(quality, cast)
            await #expect(throws: QualityError.rowsNotForAdministrators) {
                try await quality.failingRows(of: id, served: Self.served, limit: 1, for: cast.officer)
            }
            let both = Principal(
                account: cast.officer.account, party: nil, post: nil,
                roles: [.securityOfficer, .bureauReviewer],
                channel: .commandLine, displayName: "")
            #expect(!quality.mayReveal(both) && quality.mayReveal(cast.reviewer))
            await #expect(throws: QualityError.rowsNotForAdministrators) {
                try await quality.reveal(wish(.row(1)), of: id, served: Self.served, for: both)
            }
        }
    }
}
