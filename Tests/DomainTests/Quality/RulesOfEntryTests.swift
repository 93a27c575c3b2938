import Kernel
import Lake
import Persistence
import Policy
import Quality
import TestKit
import Testing

@Suite struct `The rules of an entry` {
    @Test(arguments: [
        Check.notNull(column: "a"), .unique(columns: ["a", "b"]),
        .enumeration(column: "a", values: ["甲", "乙"]),
        .range(column: "a", low: "1", high: nil), .identifier(column: "身份证号", .citizenID),
        .identifier(column: "a", .uscc),
        .freshness(column: "a", days: 31), .rowCount(low: 1, high: nil), .rowCount(low: 0, high: 7),
        .length(column: "a", low: nil, high: 12), .length(column: "a", low: 1, high: 1),
        .identifier(column: "a", .plate), .identifier(column: "a", .organisationCode),
        .condition(.compare(.lessOrEqual, .column("起始日期"), .column("截止日期"))),
    ])
    func `survive the way to JSON and back`(_ check: Check) throws {
        let rule = RuleDraft(
            check, severity: .warning, failedShareMax: Share(partsPerMillion: 7), effectiveFrom: firstDay,
            effectiveTo: firstDay.adding(days: 1), citation: "GB 11643-1999")
        #expect(try RuleDraft(json: JSON.parse(rule.json.canonical), today: .init(daysSince1970: 0)) == rule)
    }

    @Test func `name every fault of a rule`() throws {
        let json: JSON = [
            "check": "range", "column": "a", "severity": "fatal", "failedShareMaxPpm": 2_000_000, "x": 1,
        ]
        let error = #expect(throws: QualityError.self) { try RuleDraft(json: json, today: firstDay) }
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
            let error = #expect(throws: QualityError.self) { try RuleDraft(json: rule, today: firstDay) }
            #expect(error?.problem.places.map(\.name) == places, "\(rule.canonical)")
        }
        let pattern: JSON = ["check": "pattern", "column": "a", "pattern": "(["]
        let second = #expect(throws: QualityError.self) { try RuleDraft(json: pattern, today: firstDay) }
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
        let suggested = RuleSuggester(profile, today: firstDay).suggestions()
        #expect(
            suggested.map(\.draft.check) == [
                .notNull(column: "sfzh"), .identifier(column: "sfzh", .citizenID), .unique(columns: ["sfzh"]),
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
