import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

@Suite struct `Rows pushed into a recipient's table` {
    private static let keyed: Schema = [Column("证号", .text), Column("金额", .decimal(precision: 12, scale: 2))]
    private static let keyedRows =
        "SELECT '44160' || n AS 证号, CAST(n * 1.25 AS DECIMAL(12,2)) AS 金额 FROM range(300) t(n)"

    private func keyed(_ kind: PushPlace.Kind, _ select: String = keyedRows) async throws -> PushWorld {
        try await PushWorld(kind, Self.keyed, select)
    }

    /// As each database declares them.
    private func columns(_ world: PushWorld, text: String = "varchar(18)", amount: String = "decimal(14,4)")
        -> String
    {
        "\(world.quoted("证号")) \(text) PRIMARY KEY, \(world.quoted("金额")) \(amount)"
    }

    @Test(arguments: TestTarget.available)
    func `make the table when there is none, and are what was sent`(_ kind: PushPlace.Kind) async throws {
        let world = try await PushWorld(kind)
        let report = try world.push(world.order())
        #expect(report.rowsOut == 500)
        #expect(report.rowsWithheld == 0)
        #expect(!report.wasDone)
        #expect(report.contentDigest == world.manifest.contentDigest)
        #expect(try world.target.count("persons") == 500)
        #expect(try world.target.tables() == ["headwaters_push", "persons"])
        let record = try world.target.rows(
            "SELECT state, rows_out, content_digest FROM \(world.target.name("headwaters_push"))")
        #expect(record == [["done", "500", report.contentDigest]])
    }

    @Test(arguments: TestTarget.available)
    func `keep every edge of every type`(_ kind: PushPlace.Kind) async throws {
        let schema: Schema = [
            Column("t", .text), Column("i", .integer), Column("d", .decimal(precision: 38, scale: 10)),
            Column("s", .decimal(precision: 5, scale: 5)), Column("f", .double), Column("b", .boolean),
            Column("day", .date), Column("moment", .timestamp),
        ]
        let select = """
            SELECT CAST(t AS VARCHAR) AS t, CAST(i AS BIGINT) AS i, CAST(d AS DECIMAL(38,10)) AS d, \
            CAST(s AS DECIMAL(5,5)) AS s, CAST(f AS DOUBLE) AS f, CAST(b AS BOOLEAN) AS b, CAST(day AS DATE) AS day, \
            CAST(moment AS TIMESTAMP) AS moment FROM (VALUES \
            ('', -9223372036854775807 - 1, -1234567890123456789012345678.0123456789::DECIMAL(38,10), 0.00001::DECIMAL(5,5), \
            5e-324::DOUBLE, true, DATE '1000-01-01', TIMESTAMP '1999-12-31 23:59:59.999999'), \
            ('''\\\\"%;--' || chr(10) || chr(9) || '柳树𨟠镇', 9223372036854775807, 9999999999999999999999999999.9999999999, \
            -0.99999, 1.7976931348623157e308, false, DATE '9999-12-31', TIMESTAMP '2026-11-27 00:00:00'), \
            ('a', 0, 0, 0, 0.1, NULL, DATE '1970-01-01', TIMESTAMP '1969-12-31 23:59:59'), \
            ('b', 10000, 10000, 0.1, -1e-7, true, DATE '2000-02-29', TIMESTAMP '2001-01-01 15:59:59.000001'), \
            ('c', 1, 0.0000000001, 0.00010, 123456789.123456789, true, DATE '2000-02-29', TIMESTAMP '2001-01-01'), \
            (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) v(t, i, d, s, f, b, day, moment)
            """
        let world = try await PushWorld(kind, schema, select)
        let report = try world.push(world.order())
        #expect(report.contentDigest == world.manifest.contentDigest)
        #expect(report.rowsOut == 6)
    }

    @Test(arguments: TestTarget.available)
    func `replace what was there, and leave what the recipient built on it`(
        _ kind: PushPlace.Kind
    ) async throws {
        let world = try await keyed(kind)
        try world.makeTable(columns(world) + ", note varchar(20) DEFAULT 'own'")
        try world.target.run(
            "INSERT INTO \(world.target.name("persons")) VALUES ('old', 1, 'x')",
            "CREATE VIEW \(world.target.name("seen")) AS SELECT * FROM \(world.target.name("persons"))")
        let report = try world.push(
            world.order(), [.rows(.compare(.less, .column("金额"), .literal(.integer(250))))])
        #expect(report.rowsOut == 200)
        #expect(report.rowsWithheld == 100)
        #expect(try world.target.count("seen") == 200)
        #expect(
            try world.target.rows("SELECT DISTINCT note FROM \(world.target.name("persons"))") == [["own"]])
    }

    @Test(arguments: TestTarget.available)
    func `are written over by key, and others stay`(_ kind: PushPlace.Kind) async throws {
        let world = try await keyed(kind)
        try world.makeTable(columns(world))
        try world.target.run("INSERT INTO \(world.target.name("persons")) VALUES ('441600', 9), ('other', 7)")
        try world.push(world.order(.upsert, keys: ["证号"]))
        #expect(try world.target.count("persons") == 301)
        let key = world.quoted("证号")
        let amount = "SELECT CAST(CAST(\(world.quoted("金额")) AS decimal(6,2)) AS char(8)) FROM "
        let first = try world.target.rows(
            amount + "\(world.target.name("persons")) WHERE \(key) IN ('441600', 'other') ORDER BY \(key)")
        #expect(first.map { $0[0]?.trimmingCharacters(in: .whitespaces) } == ["0.00", "7.00"])
    }

    @Test(arguments: TestTarget.available)
    func `are there once when the same release is pushed again`(_ kind: PushPlace.Kind) async throws {
        let world = try await keyed(kind)
        let order = world.order(keys: ["证号"])
        let first = try world.push(order)
        try world.target.run("INSERT INTO \(world.target.name("persons")) VALUES ('since then', 1)")
        let second = try world.push(order)
        #expect(second.wasDone)
        #expect(second.contentDigest == first.contentDigest)
        #expect(try world.target.count("persons") == 301)
        #expect(try world.abandon(order))
    }

    /// From the target's side a worker that is cancelled and one that is killed are the same: the conversation breaks off.
    @Test(arguments: TestTarget.available)
    func `go on after an end at any point, and are there once`(_ kind: PushPlace.Kind) async throws {
        let world = try await keyed(kind)
        try world.makeTable(columns(world))
        try world.target.run("INSERT INTO \(world.target.name("persons")) VALUES ('old', 1)")
        var resumed: Set<Int64> = []
        var points = 0
        for manner in PushManner.allCases {
            var asks = 0
            while true {
                let order = world.order(manner, keys: ["证号"])
                let stop = StopAfter(asks)
                asks += 1
                points += 1
                _ = try? world.push(order) { stop() }
                guard stop.wasReached else { break }
                let report = try world.push(order)
                resumed.insert(report.rowsResumed)
                #expect(report.rowsOut == 300)
                #expect(report.contentDigest == world.manifest.contentDigest)
                let state = try world.target.rows(
                    "SELECT state FROM \(world.target.name("headwaters_push")) WHERE release_id = '\(order.release)'"
                )
                #expect(state == [["done"]])
            }
        }
        #expect(points > 20)
        #expect(resumed.isSuperset(of: [0, 100, 200, 300]))
        #expect(try world.target.tables() == ["headwaters_push", "persons"])
        #expect(try world.target.count("persons") == 300)
    }

    @Test(arguments: TestTarget.available)
    func `leave nothing behind when they are given up at any point`(_ kind: PushPlace.Kind) async throws {
        let world = try await keyed(kind)
        try world.push(world.order(table: "warm"))
        var asks = 0
        while true {
            let order = world.order(keys: ["证号"])
            let stop = StopAfter(asks)
            asks += 1
            _ = try? world.push(order) { stop() }
            guard stop.wasReached else { break }
            if try !world.abandon(order) {
                #expect(throws: PushError.abandoned) { try world.push(order) }
                #expect(try !world.target.tables().contains { $0.contains("persons") })
            } else {
                try world.target.run("DROP TABLE \(world.target.name("persons"))")
            }
        }
        #expect(asks > 10)
    }

    @Test(arguments: TestTarget.available)
    func `are written by one run at a time`(_ kind: PushPlace.Kind) async throws {
        let world = try await keyed(kind)
        let order = world.order()
        let session = try order.session(password: "", world.schema) { false }
        let record = try session.take()
        let fits = try session.fits(world.schema, order, nil)
        _ = try session.openStaging(record, fits)
        let report = try world.push(order)
        #expect(report.rowsOut == 300)
        _ = try RowEncoding.encode([.text("x"), .decimal(unscaled: 1, scale: 2)]).withUnsafeBytes { row in
            #expect(throws: PushError.overtaken) { try session.append(row, number: 1) }
        }
        #expect(try world.target.count("persons") == 300)
    }
}
