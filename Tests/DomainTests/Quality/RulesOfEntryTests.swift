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
        .dateOrder(first: "起始日期", second: "截止日期"), .determined(by: ["a", "b"], column: "c"),
        .reference(column: "a", KeyTable(entry: EntryID(high: 9, low: 1 << 63), key: "代码")),
        .reference(
            column: "a",
            KeyTable(
                entry: EntryID(high: 9, low: 1 << 63), key: "代码", validFrom: "起", validUntil: "止", on: "登记日期")
        ),
        .identifier(column: "a", .divisionCode), .identifier(column: "a", .personName),
    ])
    func `survive the way to JSON and back`(_ check: Check) throws {
        let rule = RuleDraft(
            check, severity: .warning, failedShareMax: Share(partsPerMillion: 7),
            warnedShareMax: Share(partsPerMillion: 2), effectiveFrom: firstDay,
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
            (["check": "date-order", "column": "a"], ["other"]),
            (["check": "date-order", "column": "a", "other": "a"], ["other"]),
            (["check": "determined", "columns": ["a"], "column": "a"], ["columns"]),
            (["check": "determined", "columns": ["a"], "column": "b", "where": "c = 1"], ["where"]),
            (["check": "reference", "column": "a", "entry": "x", "key": "k"], ["entry"]),
            (["check": "reference", "column": "a"], ["entry", "key"]),
            (
                [
                    "check": "reference", "column": "a", "entry": "00000000-0000-0009-8000-000000000000",
                    "key": "k", "on": "d",
                ], ["on"]
            ),
            (["check": "not-null", "column": "a", "warnedShareMaxPpm": 7], ["warnedShareMaxPpm"]),
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
            #expect(added.count == 1)
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

    @Test func `are suggested from shapes, rare values, dependencies and days`() throws {
        func column(
            _ name: String, distinct: Int64, top: [Profile.Top] = [], shapes: [Profile.Top] = []
        ) -> Profile.ColumnProfile {
            .init(
                name: name, type: "text", nulls: 1, distinctApproximately: distinct, minimum: nil,
                maximum: nil, top: top, lengths: [:], identifiers: [:], shapes: shapes)
        }
        let profile = Profile(
            rows: 10_001,
            columns: [
                column(
                    "编号", distinct: 9_000,
                    shapes: [
                        .init(value: "A{2}-9{4}", rows: 9_000), .init(value: "A{2}\\99{4}", rows: 999),
                        .init(value: "A{2}", rows: 2),
                    ]),
                column(
                    "时刻", distinct: 9_000,
                    shapes: [.init(value: "9{1}:9{2}", rows: 9_000), .init(value: "9{2}:9{2}", rows: 1_000)]),
                column("备注", distinct: 9_000, shapes: [.init(value: "汉{9}", rows: 10_000)]),
                column(
                    "状态", distinct: 4,
                    top: [
                        .init(value: "在业", rows: 9_000), .init(value: "注销", rows: 990),
                        .init(value: "在 业", rows: 9), .init(value: "再业", rows: 1),
                    ]),
            ],
            dependencies: [
                .init(by: "编号", column: "状态", groups: 40, rows: 9_000),
                .init(by: "时刻", column: "状态", groups: 40, rows: 9_000),
                .init(by: "备注", column: "状态", groups: 40, rows: 9_000),
                .init(by: "编号", column: "备注", groups: 40, rows: 90),
            ], orders: [.init(first: "起", second: "止", rows: 900), .init(first: "止", second: "起", rows: 9)])
        let suggested = RuleSuggester(profile, today: firstDay).suggestions()
        #expect(
            suggested.map(\.draft.check) == [
                // One shape too many was cut from the list of the first column: nothing is said of it.
                .pattern(column: "时刻", try Pattern("\\d+\\:\\d{2}")),
                .enumeration(column: "状态", values: ["在业", "注销"].sorted()),
                .determined(by: ["编号"], column: "状态"), .determined(by: ["时刻"], column: "状态"),
                .dateOrder(first: "起", second: "止"),
            ])
        #expect(suggested[1].reason.arguments["values"] == "在 业, 再业")
        for suggestion in suggested { #expect(qualityWords.entries[suggestion.reason.key] != nil) }
    }

    @Test func `come as a pack for an identifier, with what other columns repeat of it`() throws {
        func column(
            _ name: String, _ type: String, _ top: [Profile.Top] = [], _ ids: [IdentifierKind: Int64] = [:]
        ) -> Profile.ColumnProfile {
            .init(
                name: name, type: type, nulls: 0, distinctApproximately: 100, minimum: nil, maximum: nil,
                top: top, lengths: [:], identifiers: ids)
        }
        let sexes: [Profile.Top] = [
            .init(value: "男", rows: 60), .init(value: "女", rows: 39), .init(value: "未知", rows: 1),
        ]
        let profile = Profile(
            rows: 100,
            columns: [
                column("证号", "text", [], [.citizenID: 99]), column("出生日期", "date"),
                column("xb", "text", sexes),
                column("车牌", "text", [], [.plate: 100]), column("备注", "text"),
            ])
        let packs = RuleSuggester(profile, today: firstDay).packs()
        #expect(packs.map(\.column) == ["证号", "车牌"])
        #expect(
            packs[0].drafts.map(\.check) == [
                .identifier(column: "证号", .citizenID), .notNull(column: "证号"), .unique(columns: ["证号"]),
                .condition(try Expression(text: "出生日期 = citizen_birth(证号)")),
                .condition(try Expression(text: "xb = citizen_sex(证号)")),
            ])
        #expect(
            packs[0].drafts.map(\.condition) == [
                nil, nil, nil, nil, try Expression(text: "xb IN ('男', '女')"),
            ])
        for draft in packs.flatMap(\.drafts) {
            #expect(try RuleDraft(json: draft.json, today: firstDay) == draft)
        }
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
