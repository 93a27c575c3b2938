import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

/// What joint tests of pushes do at a database, whatever ends them.
@Suite struct `A table of made-up rows beside a recipient's own` {
    private static let schema: Schema = [
        Column("select", .text), Column("order", .integer), Column("有\"引`号'", .text),
    ]
    private static let rows: [[Value]] = (0..<250).map {
        [.text("k\($0)"), .integer(Int64($0)), $0 % 7 == 0 ? .null : .text("'\\\"`;--\($0)")]
    }

    private func world(_ kind: PushPlace.Kind) async throws -> PushWorld {
        try await PushWorld(
            kind, Self.schema,
            "SELECT 'x' AS \"select\", CAST(1 AS BIGINT) AS \"order\", 'y' AS \"有\"\"引`号'\" FROM range(3)")
    }

    private func order(
        _ world: PushWorld, _ manner: PushManner = .replace, keys: [String] = [], mark: String = "test's mark"
    ) -> PushOrder {
        var order = world.order(manner, keys: keys, table: PushTest.name(beside: "persons"))
        order.test = PushTest(table: "persons", mark: mark)
        return order
    }

    private func task(_ world: PushWorld, _ order: PushOrder, rows: [[Value]] = rows) throws -> JointPushTask
    {
        let noon = PolicySample.today.start + .seconds(12 * 3_600)
        let test = try world.plan().jointTest(
            by: .push, on: Occasion(at: noon, from: nil, calendar: try WorkingDayCalendar(tsv: "")))
        return JointPushTask(
            made: try MadeParquet(test, rows, Self.schema, in: world.test.folder, pseudonymKey: nil),
            order: order, password: "")
    }

    private func drop(_ world: PushWorld, _ order: PushOrder) throws -> Bool {
        try JointPushDropTask(order: order, password: "").run(in: world.context { false })
    }

    @Test(arguments: TestTarget.available)
    func `takes reserved words and quotes as names, and gives back what was sent`(
        _ kind: PushPlace.Kind
    ) async throws {
        let world = try await world(kind)
        let order = order(world, .upsert, keys: ["select"])
        let made = try task(world, order).run(in: world.context { false })
        #expect(made.rowsBefore == nil && made.rowsOut == 250 && made.rowsAfter == 250)
        #expect(made.columns.map { String($0.prefix(6)) }.first == "select")
        let fewer = try task(
            world, self.order(world, .upsert, keys: ["select"]), rows: Array(Self.rows[..<40])
        )
        .run(in: world.context { false })
        #expect(fewer.rowsBefore == 250 && fewer.rowsOut == 40 && fewer.rowsAfter == 250)
        #expect(throws: PushError.testTableForeign(order.place.name)) {
            _ = try drop(world, self.order(world, mark: "of another node"))
        }
        #expect(try drop(world, order))
        #expect(try !drop(world, order))
        #expect(try world.target.tables() == ["headwaters_push"])
    }

    @Test(arguments: TestTarget.available)
    func `leaves nothing behind when it ends at any point, and never touches the recipient's own`(
        _ kind: PushPlace.Kind
    ) async throws {
        let world = try await world(kind)
        let names = Self.schema.map {
            kind == .mysql
                ? "`\($0.name.replacing("`", with: "``"))`" : "\"\($0.name.replacing("\"", with: "\"\""))\""
        }
        try world.makeTable(
            "\(names[0]) varchar(20) UNIQUE, \(names[1]) bigint, \(names[2]) varchar(40), own integer NOT NULL DEFAULT 7"
        )
        try world.target.run("INSERT INTO \(world.target.name("persons")) (own) VALUES (1)")
        var asks = 0
        while true {
            let (order, stop) = (order(world), StopAfter(asks))
            asks += 1
            _ = try? task(world, order).run(in: world.context { stop() })
            _ = try world.abandon(order)
            _ = try drop(world, order)
            #expect(try world.target.tables().filter { $0 != "headwaters_push" } == ["persons"])
            guard stop.wasReached else { break }
        }
        #expect(asks > 8)
        #expect(try world.target.count("persons") == 1)
    }

    @Test func `has a name of its own, however long the recipient's is`() {
        #expect(PushTest.name(beside: "dibao") == "dibao_joint_test")
        let long = String(repeating: "民", count: 21)
        let names = [
            long, String(long.dropLast()) + "政", String(repeating: "a", count: 52) + PushTest.suffix,
        ]
        .map(PushTest.name)
        #expect(Set(names).count == 3 && names.allSatisfy { $0.utf8.count <= PushPlace.nameBytesMax })
        #expect(names.allSatisfy { $0.hasSuffix(PushTest.suffix) } && !names.contains(long))
    }
}
