import Evidence
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
import TestKit
import Testing

@Suite struct `The rows that fail a rule` {
    private static let rows = CountedRows(
        schema: [Column("id", .text), Column("name", .text), Column("city", .text), Column("code", .text)],
        rows: (1...7).map { number in
            [.text("\(number)"), .text("张三丰"), .text("河源"), number == 4 ? .text("A") : .text("b\(number)")]
        })
    private static let served = ServedRows(
        version: VersionID(high: 7, low: 1 << 63), schema: rows.schema, keyColumns: ["id"]
    ) { try rows.count($0, samplesMax: $1, after: $2) }

    private func rule(_ quality: Quality, _ cast: QualityCast) async throws -> RuleID {
        let check = Check.pattern(column: "code", try Pattern("[A-Z]"))
        let draft = RuleDraft(
            check, severity: .warning, effectiveFrom: firstDay,
            condition: try Expression(text: "name IS NOT NULL AND city IS NOT NULL"))
        return try #require(try await quality.add([draft], to: cast.entry, by: cast.steward).first).id
    }

    private func looks(_ database: any Database) async throws -> [JSON] {
        try await database.read { connection in
            try connection.rows(
                "SELECT payload FROM evidence_leaf WHERE type = 'quality.rows-seen' ORDER BY id"
            )
            .map { try JSON.parse(try $0.value("payload", as: String.self)) }
        }
    }

    @Test(arguments: Dialect.available)
    func `are read page by page by who keeps them, each look on record first`(dialect: Dialect) async throws {
        let cast = QualityCast()
        try await withQuality(dialect, cast, grades: ["code": .l1]) { quality, database in
            let id = try await rule(quality, cast)
            var numbers: [Int64] = []
            var after: Int64? = 0
            while let from = after {
                let page = try await quality.failingRows(
                    of: id, served: Self.served, after: from, limit: 4, for: cast.steward)
                #expect(page.count == 6 && !page.isMasked)
                #expect(page.columns.map(\.name) == ["id", "name", "city", "code"])
                numbers += page.rows.map(\.number)
                after = page.next
            }
            #expect(numbers == [1, 2, 3, 5, 6, 7])
            let looks = try await looks(database)
            #expect(looks.map { $0["rows"]?.integer } == [4, 2])
            #expect(looks.map { $0["last"]?.integer } == [5, 7])
        }
    }

    @Test(arguments: Dialect.available)
    func `are shown by grade to who only knows of the rule, and to nobody else`(dialect: Dialect) async throws
    {
        let cast = QualityCast()
        let grades: [String: GradeLevel] = ["id": .l1, "name": .l2, "city": .l3]
        try await withQuality(dialect, cast, grades: grades) { quality, database in
            let id = try await rule(quality, cast)
            let page = try await quality.failingRows(
                of: id, served: Self.served, limit: 1, for: cast.officer)
            #expect(page.isMasked)
            // Nobody graded the code.
            #expect(page.rows.map(\.cells) == [["1", "张**", "***", "***"]])
            #expect(try await looks(database).first?["masked"] == .boolean(true))
            await #expect(throws: QualityError.ruleUnknown(id)) {
                try await quality.failingRows(of: id, served: Self.served, limit: 1, for: cast.stranger)
            }
        }
    }

    @Test func `leave no record where nothing in sight is above level 1`() async throws {
        let cast = QualityCast()
        let grades: [String: GradeLevel] = ["id": .l1, "name": .l1, "city": .l1, "code": .l1]
        try await withQuality(.sqlite, cast, grades: grades) { quality, database in
            let id = try await rule(quality, cast)
            _ = try await quality.failingRows(of: id, served: Self.served, limit: 9, for: cast.officer)
            #expect(try await looks(database).isEmpty)
        }
    }

    @Test func `are none of a rule of the whole table`() async throws {
        let cast = QualityCast()
        try await withQuality(.sqlite, cast) { quality, _ in
            let added = try await quality.add(
                [draft(.rowCount(low: 9, high: nil))], to: cast.entry, by: cast.steward)
            await #expect(throws: QualityError.noFailingRows) {
                try await quality.failingRows(
                    of: added[0].id, served: Self.served, limit: 9, for: cast.steward)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `cannot be asked for by a rule that refers to what is not the unit's to read`(dialect: Dialect)
        async throws
    {
        let (cast, own, foreign) = (QualityCast(), EntryID.new(at: .morning), EntryID.new(at: .morning))
        let test = try TestEngine()
        let keys = RowSource(try test.stage([Column("k", .text)], ["SELECT 'A' AS k"]))
        try await withQuality(
            dialect, cast,
            references: { id, owner in
                id == own && owner == cast.health
                    ? ReferencedVersion(version: VersionID(high: 8, low: 1 << 63), number: 3, rows: keys)
                    : nil
            }
        ) { quality, _ in
            func refer(_ entry: EntryID) -> RuleDraft {
                draft(.reference(column: "code", KeyTable(entry: entry, key: "k")), .warning)
            }
            let error = await #expect(throws: QualityError.self) {
                try await quality.add([refer(foreign)], to: cast.entry, by: cast.steward)
            }
            #expect(error?.problem.places.map(\.name) == ["entry"])
            await #expect(throws: QualityError.self) {
                try await quality.add([refer(cast.entry)], to: cast.entry, by: cast.steward)
            }
            let added = try await quality.add([refer(own)], to: cast.entry, by: cast.steward)
            let staged = try test.stage(
                [Column("code", .text)], ["SELECT * FROM (VALUES ('A'), ('B'), (NULL)) t(code)"])
            let report = try await quality.judge(cast.entry, schema: [Column("code", .text)]) {
                try await test.engine().measure($0, of: RowSource(staged), samplesMax: $1)
            }
            let result = try #require(report.results.first)
            #expect(result.evaluated == 2 && result.failingRows == [2])
            #expect(result.comparedWith?.number == 3)
            // What the report says of the version stays when it is read again.
            try await quality.keep(report, version: nil)
            let kept = try await quality.reports(of: cast.entry, for: cast.steward)
            #expect(kept.first?.report == report)
            #expect(added.count == 1)
        }
    }
}
