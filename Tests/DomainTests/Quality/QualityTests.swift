import Kernel
import Lake
import Persistence
import Policy
import Quality
import TestKit
import Testing

private let today = Instant.morning.date()

private func draft(_ check: Check, _ severity: Rule.Severity = .blocking, failing ppm: Int = 0) -> RuleDraft {
    RuleDraft(check, severity: severity, failedShareMax: Share(partsPerMillion: ppm), effectiveFrom: today)
}

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
                draft(.notNull(column: "code")), draft(.citizenID(column: "id")),
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
            RuleDraft(check, severity: .blocking, effectiveFrom: today, condition: condition)
        }
        let report = try await judge(
            [
                judged(.notNull(column: "id")), judged(.citizenID(column: "id")),
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
        let read = try RuleDraft(json: json, today: today)
        #expect(try RuleDraft(json: read.json, today: today) == read)
        func fault(_ json: JSON) throws -> Problem.Place? {
            let error = #expect(throws: QualityError.self) { try RuleDraft(json: json, today: today) }
            return error?.problem.places.first
        }
        let unfit = try fault(["check": "unique", "columns": ["id"], "where": "code = 'A'"])
        #expect(unfit?.name == "where" && unfit?.message.key == "quality.fault.condition-unfit")
        #expect(try fault(["check": "not-null", "column": "id", "where": "code = "])?.name == "where")
        let missing = try await judge(
            [
                RuleDraft(
                    .notNull(column: "id"), severity: .blocking, effectiveFrom: today,
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
            .notNull(column: "id"), severity: .warning, effectiveFrom: today.adding(days: -9),
            effectiveTo: today.adding(days: -1))
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
            try await judge([draft(.citizenID(column: "id"))], on: blank)
        }
        #expect(error?.problem.message.key == "quality.nothing-executed")
    }

    @Test func `lengths, identifiers and conditions over several columns are counted`() async throws {
        let schema: Schema = [
            Column("plate", .text), Column("from", .date), Column("to", .date),
        ]
        let (early, late) = (today, today.adding(days: 30))
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
            let day = today.adding(days: -age)
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
                draft(.citizenID(column: "day")),
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
            .unique(columns: ["code"]), severity: .warning, indicator: .repetition, effectiveFrom: today)
        let result = try await judge([inverse], on: try table()).results[0]
        #expect(result.share == Share(partsPerMillion: 500_000))
        #expect(result.score == Share(partsPerMillion: 500_000))
        #expect(Share(0, of: 0) == nil)
    }
}

@Suite struct `The rules of an entry` {
    @Test(arguments: [
        Check.notNull(column: "a"), .unique(columns: ["a", "b"]),
        .enumeration(column: "a", values: ["甲", "乙"]),
        .range(column: "a", low: "1", high: nil), .citizenID(column: "身份证号"), .uscc(column: "a"),
        .freshness(column: "a", days: 31), .rowCount(low: 1, high: nil), .rowCount(low: 0, high: 7),
        .length(column: "a", low: nil, high: 12), .length(column: "a", low: 1, high: 1),
        .identifier(column: "a", .plate), .identifier(column: "a", .organisationCode),
        .condition(.compare(.lessOrEqual, .column("起始日期"), .column("截止日期"))),
    ])
    func `survive the way to JSON and back`(_ check: Check) throws {
        let rule = RuleDraft(
            check, severity: .warning, failedShareMax: Share(partsPerMillion: 7), effectiveFrom: today,
            effectiveTo: today.adding(days: 1), citation: "GB 11643-1999")
        #expect(try RuleDraft(json: JSON.parse(rule.json.canonical), today: .init(daysSince1970: 0)) == rule)
    }

    @Test func `name every fault of a rule`() throws {
        let json: JSON = [
            "check": "range", "column": "a", "severity": "fatal", "failedShareMaxPpm": 2_000_000, "x": 1,
        ]
        let error = #expect(throws: QualityError.self) { try RuleDraft(json: json, today: today) }
        #expect(error?.problem.places.map(\.name) == ["low", "severity", "failedShareMaxPpm", "x"])
        for (rule, places) in [
            (["check": "length", "column": "a"], ["low"]),
            (["check": "length", "column": "a", "low": 9, "high": 3], ["high"]),
            (["check": "length", "column": "a", "low": -1], ["low"]),
            (["check": "length", "column": "a", "low": "x"], ["low", "low"]),
            (["check": "condition"], ["expression"]),
            (["check": "condition", "expression": "a <="], ["expression"]),
            (["check": "condition", "expression": "a <= b", "column": "a"], ["column"]),
            (["check": "plate"], ["column"]), (["check": "freshness", "column": "a"], ["days"]),
            (["check": "freshness", "column": "a", "days": -1], ["days"]), (["check": "row-count"], ["low"]),
            (["check": "row-count", "low": 1, "where": "a = 1"], ["where"]),
        ] as [(JSON, [String])] {
            let error = #expect(throws: QualityError.self) { try RuleDraft(json: rule, today: today) }
            #expect(error?.problem.places.map(\.name) == places, "\(rule.canonical)")
        }
        let pattern: JSON = ["check": "pattern", "column": "a", "pattern": "(["]
        let second = #expect(throws: QualityError.self) { try RuleDraft(json: pattern, today: today) }
        #expect(second?.problem.places.map(\.name) == ["pattern"])
    }

    @Test(arguments: Dialect.available)
    func `keep every revision`(dialect: Dialect) async throws {
        let cast = QualityCast()
        try await withQuality(dialect, cast) { quality, _ in
            let added = try await quality.add(
                [draft(.notNull(column: "a"))], to: cast.entry, by: cast.steward)
            let id = try #require(added.first).id
            _ = try await quality.revise(
                id, seen: 1, to: draft(.notNull(column: "a"), .warning), by: cast.steward)
            await #expect(throws: QualityError.ruleMoved(expected: 1, found: 2)) {
                try await quality.revise(id, seen: 1, to: draft(.notNull(column: "a")), by: cast.steward)
            }
            #expect(
                try await quality.rules(of: cast.entry, for: cast.steward).map(\.draft.severity) == [.warning]
            )
            try await quality.retire(id, seen: 2, by: cast.steward)
            #expect(try await quality.rules(of: cast.entry, for: cast.steward).isEmpty)
            #expect(try await quality.revisions(of: id, for: cast.steward).map(\.revision) == [3, 2, 1])
        }
    }

    @Test(arguments: Dialect.available)
    func `are all added or none, and not twice`(dialect: Dialect) async throws {
        let cast = QualityCast()
        try await withQuality(dialect, cast) { quality, _ in
            let twice = [draft(.notNull(column: "a")), draft(.notNull(column: "a"), .warning)]
            await #expect(throws: QualityError.self) {
                try await quality.add(twice, to: cast.entry, by: cast.steward)
            }
            let kept = try await quality.rules(of: cast.entry, for: cast.steward)
            #expect(kept.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `are the department's own`(dialect: Dialect) async throws {
        let cast = QualityCast()
        try await withQuality(dialect, cast) { quality, _ in
            await #expect(throws: QualityError.reportUnknown(cast.entry)) {
                try await quality.add([draft(.notNull(column: "a"))], to: cast.entry, by: cast.stranger)
            }
            await #expect(throws: QualityError.reportUnknown(cast.entry)) {
                try await quality.reports(of: cast.entry, for: cast.stranger)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `leave a report with each version`(dialect: Dialect) async throws {
        let cast = QualityCast()
        try await withQuality(dialect, cast) { quality, _ in
            let rows = CountedRows(schema: [Column("a", .text)], rows: [[.text("x")], [.null]])
            let added = try await quality.add(
                [draft(.notNull(column: "a"))], to: cast.entry, by: cast.steward)
            let report = try await quality.judge(cast.entry, schema: rows.schema) {
                try rows.count($0, samplesMax: $1)
            }
            #expect(report.gate == .blocked)
            try await quality.keep(report, version: nil)
            let kept = try await quality.reports(of: cast.entry, for: cast.steward)
            #expect(kept == [StoredReport(report: report, version: nil)])
            let id = try #require(added.first).id
            let failing = try await quality.failingRows(of: id, schema: rows.schema, for: cast.steward) {
                try rows.count($0, samplesMax: $1)
            }
            #expect(failing.samples.map(\.number) == [2])
            await #expect(throws: QualityError.ruleUnknown(id)) {
                try await quality.failingRows(of: id, schema: rows.schema, for: cast.stranger) {
                    try rows.count($0, samplesMax: $1)
                }
            }
        }
    }

    @Test func `are suggested from what held on every profiled row, with the reason`() {
        let profile = Profile(
            rows: 200,
            columns: [
                .init(
                    name: "sfzh", type: "text", nulls: 0, distinctApproximately: 199, minimum: nil,
                    maximum: nil,
                    top: [], lengths: [18: 200], identifiers: [.citizenID: 198]),
                .init(
                    name: "xb", type: "text", nulls: 4, distinctApproximately: 2, minimum: nil, maximum: nil,
                    top: [.init(value: "女", rows: 100), .init(value: "男", rows: 96)], lengths: [1: 196],
                    identifiers: [:]),
                .init(
                    name: "je", type: "decimal(10,2)", nulls: 0, distinctApproximately: 150, minimum: "0.50",
                    maximum: "9.00", top: [], lengths: [:], identifiers: [:]),
            ])
        let suggested = RuleSuggester(profile, today: today).suggestions()
        #expect(
            suggested.map(\.draft.check) == [
                .notNull(column: "sfzh"), .citizenID(column: "sfzh"), .unique(columns: ["sfzh"]),
                .enumeration(column: "xb", values: ["女", "男"]), .notNull(column: "je"),
                .range(column: "je", low: "0", high: nil),
            ])
        #expect(suggested.map(\.draft.severity).filter { $0 == .blocking }.count == 1)
        for suggestion in suggested { #expect(qualityWords.entries[suggestion.reason.key] != nil) }
    }

    @Test func `have every word they may say, in both languages`() {
        #expect(qualityWords.faults.isEmpty)
        let messages =
            Indicator.allCases.map(\.message) + Dimension.allCases.map(\.message)
            + Check.Kind.allCases.map(\.message) + Rule.Severity.allCases.map(\.message)
            + RuleResult.Verdict.allCases.map(\.message) + QualityReport.Gate.allCases.map(\.message)
        for message in messages { #expect(qualityWords.entries[message.key] != nil, "\(message.key)") }
    }
}
