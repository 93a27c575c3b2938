import Kernel
import Lake
import Persistence
import Policy
import Quality
import TestKit
import Testing

private func rules(_ drafts: [RuleDraft]) -> [Rule] {
    drafts.map {
        Rule(
            id: .new(at: .morning), entry: .new(at: .morning), revision: 1, draft: $0, createdAt: .morning,
            createdBy: .new(at: .morning))
    }
}

@Suite struct `Judging the quality of rows` {
    private let schema: Schema = [
        Column("id", .text), Column("code", .text), Column("amount", .decimal(precision: 10, scale: 2)),
        Column("day", .date),
    ]

    private func table() throws -> CountedRows {
        let day = try #require(CalendarDate("2026-01-01"))
        return CountedRows(
            schema: schema,
            rows: [
                [.text("441600199001010013"), .text("A"), .decimal(unscaled: 1000, scale: 2), .date(day)],
                [.text("441600200012310025"), .text("A"), .decimal(unscaled: -1, scale: 2), .date(day)],
                [.text("36042619910102009X"), .text("B"), .null, .date(day)],
                [.null, .text("　 "), .decimal(unscaled: 500, scale: 2), .null],
            ])
    }

    private func judge(_ drafts: [RuleDraft], on table: CountedRows) async throws -> QualityReport {
        try await Evaluation(clock: .fixed(.morning)) { try table.count($0, samplesMax: $1) }
            .run(rules(drafts), entry: .new(at: .morning), schema: table.schema)
    }

    @Test func `each rule counts what it judges and where it fails`() async throws {
        let report = try await judge(
            [
                draft(.notNull(column: "code")), draft(.identifier(column: "id", .citizenID)),
                draft(.unique(columns: ["code"])),
                draft(.enumeration(column: "code", values: ["A", "B", "　 "])),
                draft(.range(column: "amount", low: "0", high: "10.00")),
                draft(.pattern(column: "code", try Pattern("[A-Z]"))),
                draft(.range(column: "day", low: "2026-01-01", high: nil)),
            ], on: try table())
        #expect(report.results.map(\.evaluated) == [4, 3, 4, 4, 3, 4, 3])
        #expect(report.results.map(\.failed) == [1, 1, 2, 0, 1, 1, 0])
        #expect(report.results.map(\.failingRows) == [[4], [3], [1, 2], [], [2], [4], []])
        #expect(report.results[1].share == Share(partsPerMillion: 666_666))
        #expect(report.gate == .blocked)
    }

    @Test func `a rule with a condition judges only the rows that meet it`() async throws {
        let condition = try Expression(text: "amount > 0 OR code = 'B'")
        func judged(_ check: Check) -> RuleDraft {
            RuleDraft(check, severity: .blocking, effectiveFrom: firstDay, condition: condition)
        }
        let report = try await judge(
            [
                judged(.notNull(column: "id")), judged(.identifier(column: "id", .citizenID)),
                judged(.enumeration(column: "code", values: ["A"])),
                draft(.notNull(column: "id")),
            ], on: try table())
        // Rows 1, 3 and 4 meet it; of row 2 the amount is below.
        #expect(report.results.map(\.evaluated) == [3, 2, 3, 4])
        #expect(report.results.map(\.failed) == [1, 1, 2, 1])
        #expect(report.results.map(\.failingRows) == [[4], [3], [3, 4], [4]])
        #expect(report.results[0].demand.key == "quality.demand-where.not-null")
        #expect(report.results[0].demand.arguments["condition"] == condition.text)
    }

    @Test func `a condition is read back as it was, and refused where it makes no sense`() async throws {
        let json: JSON = [
            "check": "not-null", "column": "id", "where": "code = 'A' AND amount IS NOT NULL",
            "effectiveFrom": "2026-01-01",
        ]
        let read = try RuleDraft(json: json, today: firstDay)
        #expect(try RuleDraft(json: read.json, today: firstDay) == read)
        func fault(_ json: JSON) throws -> Problem.Place? {
            let error = #expect(throws: QualityError.self) { try RuleDraft(json: json, today: firstDay) }
            return error?.problem.places.first
        }
        let unfit = try fault(["check": "unique", "columns": ["id"], "where": "code = 'A'"])
        #expect(unfit?.name == "where" && unfit?.message.key == "quality.fault.condition-unfit")
        #expect(try fault(["check": "not-null", "column": "id", "where": "code = "])?.name == "where")
        let missing = try await judge(
            [
                RuleDraft(
                    .notNull(column: "id"), severity: .blocking, effectiveFrom: firstDay,
                    condition: try Expression(text: "gone = 1")), draft(.notNull(column: "day"), .warning),
            ], on: try table())
        #expect(missing.results[0].verdict == .faulty)
        #expect(missing.gate == .blocked)
    }

    @Test func `a warning opens the gate with a mark`() async throws {
        let report = try await judge([draft(.notNull(column: "code"), .warning)], on: try table())
        #expect(report.results[0].verdict == .failed)
        #expect(report.gate == .openWithWarnings)
    }

    @Test func `a threshold is compared exactly`() async throws {
        let at = try await judge([draft(.notNull(column: "code"), failing: 250_000)], on: try table())
        #expect(at.gate == .open)
        let below = try await judge([draft(.notNull(column: "code"), failing: 249_999)], on: try table())
        #expect(below.gate == .blocked)
    }

    @Test func `without a rule in force there is no pass`() async throws {
        await #expect(throws: QualityError.self) { try await judge([], on: try table()) }
        let over = RuleDraft(
            .notNull(column: "id"), severity: .warning, effectiveFrom: firstDay.adding(days: -9),
            effectiveTo: firstDay.adding(days: -1))
        let error = await #expect(throws: QualityError.self) { try await judge([over], on: try table()) }
        #expect(error?.problem.message.key == "quality.no-rules")
    }

    @Test func `without a row there is no pass`() async throws {
        let empty = CountedRows(schema: schema, rows: [])
        let error = await #expect(throws: QualityError.self) {
            try await judge([draft(.notNull(column: "id"))], on: empty)
        }
        #expect(error?.problem.message.key == "quality.no-rows")
    }

    @Test func `nothing assessable is no pass`() async throws {
        let blank = CountedRows(schema: [Column("id", .text)], rows: [[.null], [.null]])
        let error = await #expect(throws: QualityError.self) {
            try await judge([draft(.identifier(column: "id", .citizenID))], on: blank)
        }
        #expect(error?.problem.message.key == "quality.nothing-executed")
    }

    @Test func `lengths, identifiers and conditions over several columns are counted`() async throws {
        let schema: Schema = [
            Column("plate", .text), Column("from", .date), Column("to", .date),
        ]
        let (early, late) = (firstDay, firstDay.adding(days: 30))
        let table = CountedRows(
            schema: schema,
            rows: [
                [.text("粤P12345"), .date(early), .date(late)], [.text("粤P1234"), .date(late), .date(early)],
                [.text("粤P1234挂"), .date(early), .null], [.null, .date(early), .date(early)],
            ])
        let order = Expression.compare(.lessOrEqual, .column("from"), .column("to"))
        let report = try await judge(
            [
                draft(.identifier(column: "plate", .plate)), draft(.length(column: "plate", low: 7, high: 8)),
                draft(.length(column: "plate", low: nil, high: 6)), draft(.condition(order)),
                draft(.condition(.compare(.equal, .column("from"), .column("gone")))),
                draft(.condition(.column("plate"))), draft(.length(column: "from", low: 1, high: nil)),
            ], on: table)
        #expect(report.results.map(\.evaluated) == [3, 3, 3, 3, 0, 0, 0])
        #expect(report.results.map(\.failed) == [1, 1, 2, 1, 0, 0, 0])
        #expect(report.results[3].failingRows == [2])
        #expect(report.results.suffix(3).map(\.verdict) == [.faulty, .faulty, .faulty])
        #expect(report.results.suffix(3).first?.fault?.key == "quality.fault.column-missing")
    }

    @Test func `freshness and row count judge the table, and blame no row`() async throws {
        let schema: Schema = [Column("day", .date), Column("at", .timestamp)]
        func row(_ age: Int) -> [Value] {
            let day = firstDay.adding(days: -age)
            return [
                .date(day), .timestamp(Instant(microseconds: Int64(day.daysSince1970) * 86_400_000_000)),
            ]
        }
        let report = try await judge(
            [
                draft(.freshness(column: "day", days: 7)), draft(.freshness(column: "day", days: 6)),
                draft(.freshness(column: "at", days: 7)), draft(.freshness(column: "at", days: 6)),
                draft(.rowCount(low: 3, high: 3)), draft(.rowCount(low: 4, high: nil)),
                draft(.rowCount(low: nil, high: 2)),
            ], on: CountedRows(schema: schema, rows: [row(400), row(7), row(30)]))
        #expect(
            report.results.map(\.verdict) == [.passed, .failed, .passed, .failed, .passed, .failed, .failed])
        #expect(report.results.map(\.failed) == [0, 3, 0, 3, 0, 3, 3])
        #expect(report.results.flatMap(\.failingRows).isEmpty)
        #expect(report.scores[.timely] != nil)
    }

    @Test func `a rule on a missing column is reported, blocks, and lets the others run`() async throws {
        let report = try await judge(
            [
                draft(.notNull(column: "gone")), draft(.range(column: "amount", low: "x", high: nil)),
                draft(.identifier(column: "day", .citizenID)),
                draft(.enumeration(column: "code", values: ["A", "B", "　 "])),
            ],
            on: try table())
        #expect(report.results.map(\.verdict) == [.faulty, .faulty, .faulty, .passed])
        #expect(
            report.results.compactMap(\.fault?.key) == [
                "quality.fault.column-missing", "quality.fault.value-unreadable", "quality.fault.type-unfit",
            ])
        #expect(report.gate == .blocked)
    }

    @Test func `a rule that the engine refuses is isolated`() async throws {
        var table = try table()
        let rules = rules([
            draft(.notNull(column: "id"), .warning), draft(.unique(columns: ["id"]), .warning),
        ])
        table.refused = [rules[0].id.text]
        let counted = table
        let report = try await Evaluation(clock: .fixed(.morning)) { try counted.count($0, samplesMax: $1) }
            .run(rules, entry: .new(at: .morning), schema: schema)
        #expect(report.results.map(\.verdict) == [.faulty, .passed])
        table.refused = Set(rules.map(\.id.text))
        let dead = table
        await #expect(throws: CountedRows.Refusal.self) {
            try await Evaluation(clock: .fixed(.morning)) { try dead.count($0, samplesMax: $1) }
                .run(rules, entry: .new(at: .morning), schema: schema)
        }
    }

    @Test func `days in the wrong order fail, and rows that lack one are not judged`() async throws {
        let early = try #require(CalendarDate("2026-01-01"))
        let late = early.adding(days: 60)
        let table = CountedRows(
            schema: [Column("起", .date), Column("止", .date), Column("名", .text)],
            rows: [
                [.date(early), .date(late), .null], [.date(late), .date(early), .null],
                [.date(early), .date(early), .null], [.null, .date(early), .null],
            ])
        let report = try await judge(
            [draft(.dateOrder(first: "起", second: "止")), draft(.dateOrder(first: "起", second: "名"))],
            on: table)
        #expect(report.results.map(\.evaluated) == [3, 0])
        #expect(report.results.map(\.failingRows) == [[2], []])
        #expect(report.results.map(\.indicator) == [.sequence, .sequence])
        #expect(report.results[1].fault?.key == "quality.fault.type-unfit")
    }

    @Test func `where equal keys bear different values, the less common fail, or all when none is commoner`()
        async throws
    {
        func row(_ key: String?, _ value: String?) -> [Value] {
            [key.map { .text($0) } ?? .null, value.map { .text($0) } ?? .null]
        }
        let table = CountedRows(
            schema: [Column("k", .text), Column("v", .text)],
            rows: [
                row("a", "1"), row("a", "1"), row("a", "2"), row("b", "1"), row("b", "2"), row("c", "9"),
                row(nil, "1"), row("a", nil),
            ])
        let report = try await judge([draft(.determined(by: ["k"], column: "v"))], on: table)
        #expect(report.results[0].evaluated == 6)
        #expect(report.results[0].failingRows == [3, 4, 5])
    }

    @Test func `beyond the share that warns a rule warns, and fails only beyond the share that may fail`()
        async throws
    {
        func verdict(_ warned: Int?, _ failed: Int) async throws -> (RuleResult.Verdict, QualityReport.Gate) {
            let rule = RuleDraft(
                .notNull(column: "code"), severity: .blocking, failedShareMax: Share(partsPerMillion: failed),
                warnedShareMax: warned.map { Share(partsPerMillion: $0) }, effectiveFrom: firstDay)
            let report = try await judge([rule], on: try table())
            return (report.results[0].verdict, report.gate)
        }
        // One of four rows fails.
        #expect(try await verdict(nil, 250_000) == (.passed, .open))
        #expect(try await verdict(249_999, 250_000) == (.warned, .openWithWarnings))
        #expect(try await verdict(100, 249_999) == (.failed, .blocked))
    }

    @Test func `a reference without a version to compare with is not assessable, and asks for a look`()
        async throws
    {
        let gone = EntryID.new(at: .morning)
        let report = try await judge(
            [
                draft(.notNull(column: "id"), failing: 900_000),
                draft(.reference(column: "id", KeyTable(entry: gone, key: "k"))),
            ], on: try table())
        #expect(report.results.map(\.verdict) == [.passed, .notAssessable])
        #expect(report.results[1].fault == Message("quality.fault.reference-gone", ["entry": gone.text]))
        #expect(report.gate == .openWithWarnings)
        #expect(report.scores[.consistent] == nil)
        // Alone it is no judgement at all.
        await #expect(throws: QualityError.self) {
            try await judge(
                [draft(.reference(column: "id", KeyTable(entry: gone, key: "k")))], on: try table())
        }
    }

    @Test func `scores go by indicator and dimension, and leave out what is not assessable`() async throws {
        let report = try await judge(
            [
                draft(.notNull(column: "id")), draft(.notNull(column: "code")),
                draft(.enumeration(column: "code", values: ["A", "B", "　 "])),
            ], on: try table())
        #expect(report.scores[.complete] == Share(partsPerMillion: 750_000))
        #expect(report.scores[.normative] == .whole)
        #expect(report.scores[.timely] == nil)
        #expect(report.overall() == Share(partsPerMillion: 875_000))
    }

    @Test func `an inverse indicator counts what is wrong`() async throws {
        let inverse = RuleDraft(
            .unique(columns: ["code"]), severity: .warning, indicator: .repetition, effectiveFrom: firstDay)
        let result = try await judge([inverse], on: try table()).results[0]
        #expect(result.share == Share(partsPerMillion: 500_000))
        #expect(result.score == Share(partsPerMillion: 500_000))
        #expect(Share(0, of: 0) == nil)
    }
}
