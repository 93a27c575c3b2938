import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// Rules between rows, and between tables.
@Suite struct `Checks of rows against rows` {
    private func rows(
        _ test: TestEngine, _ schema: Schema, _ values: String, _ names: String
    ) throws -> RowSource {
        RowSource(try test.stage(schema, ["SELECT * FROM (VALUES \(values)) t(\(names))"]))
    }

    @Test func `values that disagree with most of their group fail, and a torn group fails whole`()
        async throws
    {
        let test = try TestEngine()
        let source = try rows(
            test, [Column("k", .text), Column("l", .integer), Column("v", .text)],
            """
            ('a', 1::BIGINT, 'x'), ('a', 1, 'x'), ('a', 1, 'y'), ('b', 1, 'x'), ('b', 1, 'y'), ('c', 1, 'z'), (NULL, 1, 'x'), \
            ('a', 1, NULL), ('a', 2, 'y')
            """, "k, l, v")
        let report = try await test.engine().measure(
            [
                Metric(id: "two", .determined(by: ["k", "l"], column: "v")),
                Metric(id: "one", .determined(by: ["k"], column: "v")),
            ], of: source, samplesMax: 10)
        #expect(report.results.map(\.evaluated) == [7, 7])
        #expect(report.results[0].samples.map(\.number) == [3, 4, 5])
        #expect(report.results[0].failed == 3)
        // Two x and two y: none is commoner.
        #expect(report.results[1].samples.map(\.number) == [1, 2, 3, 4, 5, 9])
    }

    private static let codes = """
        ('441600', '河源市', DATE '1988-01-07', NULL::DATE), ('441611', '郊区', DATE '1988-01-07', DATE '1993-11-05'), \
        ('441625', '东源县', DATE '1993-11-06', NULL), ('440000', '广东省', NULL, NULL)
        """
    private static let codeSchema: Schema = [
        Column("代码", .text), Column("名称", .text), Column("起", .date), Column("止", .date),
    ]

    @Test func `a code is valid on the days on which it was in force`() async throws {
        let test = try TestEngine()
        let codes = try rows(test, Self.codeSchema, Self.codes, "代码, 名称, 起, 止")
        let source = try rows(
            test, [Column("区划", .text), Column("登记", .date)],
            """
            ('441611', DATE '1993-11-05'), ('441611', DATE '1993-11-06'), ('441625', DATE '1993-11-05'), \
            ('441625', DATE '1993-11-06'), ('440000', DATE '1950-01-01'), ('999999', DATE '2000-01-01'), \
            (NULL, DATE '2000-01-01'), ('441600', NULL)
            """, "区划, 登记")
        let day = CalendarDate(daysSince1970: 20_000)
        func metric(_ id: String, from: String?, until: String?, on: String?) -> Metric {
            Metric(
                id: id,
                .reference(
                    .init(
                        column: "区划", rows: codes, key: "代码", validFrom: from, validUntil: until, on: on,
                        day: day)))
        }
        let report = try await test.engine().measure(
            [
                metric("then", from: "起", until: "止", on: "登记"),
                metric("now", from: "起", until: "止", on: nil),
                metric("ever", from: nil, until: nil, on: nil),
            ], of: source, samplesMax: 10)
        #expect(report.results.map(\.evaluated) == [6, 7, 7])
        #expect(report.results.map { $0.samples.map(\.number) } == [[2, 3, 6], [1, 2, 6], [6]])
    }

    @Test func `keys of another type, and columns that are not there, are refused`() async throws {
        let test = try TestEngine()
        let codes = try rows(test, Self.codeSchema, Self.codes, "代码, 名称, 起, 止")
        let source = try rows(test, [Column("n", .integer)], "(1::BIGINT)", "n")
        for (key, from) in [("代码", nil), ("无", nil), ("代码", "名称")] as [(String, String?)] {
            let metric = Metric(
                id: "r",
                .reference(
                    .init(
                        column: "n", rows: codes, key: key, validFrom: from,
                        day: CalendarDate(daysSince1970: 0))))
            await #expect(throws: LakeError.self) { try await test.engine().measure([metric], of: source) }
        }
        let itself = Metric(id: "d", .determined(by: ["n"], column: "n"))
        await #expect(throws: LakeError.nothingMeasured) {
            try await test.engine().measure([itself], of: source)
        }
    }

    @Test func `failing rows go on behind the row that was shown last, of every kind of check`() async throws
    {
        let test = try TestEngine()
        let source = RowSource(
            try test.stage(
                [Column("k", .text), Column("v", .integer)],
                ["SELECT (range % 50)::VARCHAR AS k, range AS v FROM range(100)"]))
        let keys = RowSource(try test.stage([Column("k", .text)], ["SELECT 'x' AS k"]))
        let day = CalendarDate(daysSince1970: 0)
        let kinds: [Metric.Kind] = [
            .holds(.compare(.less, .column("v"), .literal(.integer(0)))), .unique(["k"]),
            .memberOf(column: "k", values: [.text("x")]), .determined(by: ["k"], column: "v"),
            .reference(.init(column: "k", rows: keys, key: "k", day: day)),
        ]
        for kind in kinds {
            let report = try await test.engine().measure(
                [Metric(id: "m", kind)], of: source, samplesMax: 3, after: 97)
            #expect(report.results[0].failed == 100)
            #expect(report.results[0].samples.map(\.number) == [98, 99, 100], "\(kind)")
        }
    }

    @Test func `a profile for rules tells shapes, longer lists, what determines what, and the order of days`()
        async throws
    {
        let test = try TestEngine()
        let schema: Schema = [
            Column("code", .text), Column("town", .text), Column("name", .text), Column("start", .date),
            Column("finish", .date),
        ]
        let source = RowSource(
            try test.stage(
                schema,
                [
                    """
                    SELECT 'A' || (range % 40 + 100) AS code, '镇' || (range % 8) AS town, '张三' || repeat('丰', range % 3) AS name,
                    DATE '2026-01-01' + CAST(range % 7 AS INTEGER) AS start, DATE '2026-01-07' + CAST(range % 11 AS INTEGER) AS finish
                    FROM range(400)
                    """
                ]))
        let profile = try await test.engine().profile(source, for: .rules)
        #expect(profile.columns[0].shapes == [.init(value: "A{1}9{3}", rows: 400)])
        #expect(profile.columns[0].top.count == 40)
        #expect(Set(profile.columns[2].shapes.map(\.value)) == ["汉{2}", "汉{3}", "汉{4}"])
        #expect(profile.dependencies == [.init(by: "code", column: "town", groups: 40, rows: 400)])
        #expect(profile.orders == [.init(first: "start", second: "finish", rows: 400)])
        #expect(try await test.engine().profile(source).dependencies.isEmpty)
    }
}
