import Foundation
import Kernel
import Policy
import Postgres
import TestKit
import Testing

@testable import Lake

@Suite struct `A push that is refused` {
    private static let schema: Schema = [Column("证号", .text), Column("人数", .integer)]
    private static let select = "SELECT '44160' || n AS 证号, n AS 人数 FROM range(300) t(n)"

    private func world(_ kind: PushPlace.Kind, _ select: String = select) async throws -> PushWorld {
        try await PushWorld(kind, Self.schema, select)
    }

    private func refusal(_ body: () throws -> Void) -> PushError? {
        do {
            try body()
            return nil
        } catch { return error as? PushError }
    }

    @Test(arguments: TestTarget.available)
    func `names every column that stands against it, shows the table it would make, and touches nothing`(
        _ kind: PushPlace.Kind
    ) async throws {
        let world = try await world(kind)
        try world.makeTable("\(world.quoted("人数")) date, must integer NOT NULL")
        guard
            case .tableUnfit(_, let misfits, let definition) = refusal({ _ = try world.look(world.order()) })
        else {
            Issue.record("it was not refused")
            return
        }
        #expect(misfits.map(\.column) == ["证号", "人数", "must"])
        #expect(misfits.map(\.why) == [.missing, .otherType, .demanded])
        #expect(definition.hasPrefix("CREATE TABLE"))
        #expect(definition.contains(world.quoted("证号")))
        #expect(try world.target.tables() == ["persons"])
    }

    @Test(arguments: TestTarget.available)
    func `names row and column of a value that the target cannot hold`(_ kind: PushPlace.Kind) async throws {
        let world = try await world(kind)
        try world.makeTable("\(world.quoted("证号")) varchar(20), \(world.quoted("人数")) smallint")
        try world.target.run("INSERT INTO \(world.target.name("persons")) VALUES ('old', 1)")
        let wide = try await PushWorld(
            kind, Self.schema,
            "SELECT 'a' AS 证号, CASE WHEN n = 250 THEN 40000 ELSE n END AS 人数 FROM range(300) t(n)")
        try wide.makeTable("\(wide.quoted("证号")) varchar(20), \(wide.quoted("人数")) smallint")
        let found = refusal { try wide.push(wide.order()) }
        guard case .valueUnfit("人数", row: 251, let type) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(type.hasPrefix("smallint"))
        #expect(try wide.target.count("persons") == 0)
    }

    @Test(arguments: TestTarget.available)
    func `when the table changes what it is given, and the rows before stay`(
        _ kind: PushPlace.Kind
    ) async throws {
        let world = try await world(kind)
        try world.makeTable("\(world.quoted("证号")) varchar(20), \(world.quoted("人数")) bigint")
        let table = world.target.name("persons")
        try world.target.run("INSERT INTO \(table) VALUES ('old', 1)")
        if kind == .mysql {
            try world.target.run(
                "CREATE TRIGGER \(world.target.name("bend")) BEFORE INSERT ON \(table) FOR EACH ROW SET NEW.`人数` = 7"
            )
        } else {
            let bend = world.target.name("bend")
            try world.target.run(
                "CREATE FUNCTION \(bend)() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.\"人数\" := 7; RETURN NEW; END'",
                "CREATE TRIGGER bend BEFORE INSERT ON \(table) FOR EACH ROW EXECUTE FUNCTION \(bend)()")
        }
        let order = world.order()
        #expect(refusal { try world.push(order) } == .contentDiffers(sent: 300, found: 300))
        #expect(try world.target.count("persons") == 1)
        #expect(try !world.abandon(order))
        #expect(try world.target.tables() == ["headwaters_push", "persons"])
    }

    @Test(arguments: TestTarget.available)
    func `when keys repeat, are empty or have no index`(_ kind: PushPlace.Kind) async throws {
        let twice = try await world(kind, "SELECT 'k' || (n % 290) AS 证号, n AS 人数 FROM range(300) t(n)")
        #expect(
            refusal { try twice.push(twice.order(keys: ["证号"])) } == .keyRepeated(["证号"], count: 10))
        let empty = try await world(
            kind, "SELECT CASE WHEN n = 7 THEN NULL ELSE 'k' || n END AS 证号, n AS 人数 FROM range(300) t(n)")
        #expect(refusal { try empty.push(empty.order(keys: ["证号"])) } == .keyEmpty("证号", row: 8))
        let plain = try await world(kind)
        try plain.makeTable("\(plain.quoted("证号")) varchar(20), \(plain.quoted("人数")) bigint")
        guard case .keyWithoutIndex = refusal({ try plain.push(plain.order(.upsert, keys: ["证号"])) }) else {
            Issue.record("a key without an index was taken")
            return
        }
        #expect(refusal { try plain.push(plain.order(keys: ["没有"])) } == .keyUnknown("没有"))
    }

    @Test(arguments: TestTarget.available)
    func `when its host is not allowed, before anybody connects`(_ kind: PushPlace.Kind) async throws {
        let world = try await world(kind)
        #expect(
            refusal { try world.push(world.order(hosts: ["10.0.0.1:5432"])) }
                == .hostNotAllowed(world.target.host))
    }

    @Test(arguments: TestTarget.available)
    func `when the place is a view, or the server is away`(_ kind: PushPlace.Kind) async throws {
        let world = try await world(kind)
        try world.target.run("CREATE VIEW \(world.target.name("persons")) AS SELECT 1 AS one")
        guard case .notATable = refusal({ try world.push(world.order()) }) else {
            Issue.record("a view was taken")
            return
        }
        let nowhere = PushPlace(
            kind: kind, host: "127.0.0.1", port: 1, database: "x", user: "x", schema: "x", table: "x")
        let order = PushOrder(
            release: .new(), place: nowhere, manner: .replace, keyColumns: [], version: "x",
            hosts: ["127.0.0.1:1"])
        guard case .away = refusal({ _ = try world.look(order) }) else {
            Issue.record("nobody answered, and it went on")
            return
        }
    }

    @Test(.enabled(if: TestMariaDB.isPresent))
    func `when the table has no transactions`() async throws {
        let world = try await world(.mysql)
        try world.makeTable("`证号` varchar(20), `人数` bigint", " ENGINE=MyISAM")
        guard case .withoutTransactions(_, "MyISAM") = refusal({ try world.push(world.order()) }) else {
            Issue.record("MyISAM was taken")
            return
        }
    }

    @Test(.enabled(if: TestMariaDB.isPresent))
    func `when a text column cannot hold every character`() async throws {
        let world = try await world(.mysql)
        try world.makeTable("`证号` varchar(20) CHARACTER SET latin1, `人数` bigint")
        guard case .tableUnfit(_, let misfits, _) = refusal({ try world.push(world.order()) }) else {
            Issue.record("latin1 was taken")
            return
        }
        #expect(misfits.map(\.why) == [.otherCharacters])
    }

    @Test(.enabled(if: TestTarget.available.contains(.postgres)))
    func `when the account lacks a right, which is named`() async throws {
        let world = try await world(.postgres)
        let user = "u\(world.target.schema.suffix(12))"
        try world.target.run(
            "CREATE ROLE \(user) LOGIN", "GRANT USAGE ON SCHEMA \(world.target.schema) TO \(user)")
        let order = PushOrder(
            release: .new(), place: world.target.place(user: user), manner: .replace, keyColumns: [],
            version: "x", hosts: [world.target.host])
        #expect(try world.look(order).rightsMissing == ["CREATE"])
        guard case .rightMissing = refusal({ try world.push(order) }) else {
            Issue.record("it wrote without a right")
            return
        }
    }

    @Test(.enabled(if: TestTarget.available.contains(.postgres)))
    func `for now when somebody holds the table, and goes on afterwards`() async throws {
        let world = try await world(.postgres)
        try world.makeTable("\"证号\" text, \"人数\" bigint")
        let holder = try world.target.postgres()
        try holder.command("BEGIN")
        try holder.command("LOCK TABLE \(world.target.name("persons")) IN SHARE MODE")
        let order = world.order()
        guard case .held = refusal({ try world.push(order) }) else {
            Issue.record("it did not wait for the lock")
            return
        }
        try holder.command("ROLLBACK")
        #expect(try world.push(order).rowsResumed == 300)
    }

    @Test(.enabled(if: TestTarget.available.contains(.postgres)))
    func `by its allowance leaves no more rows at the target than were allowed`() async throws {
        let world = try await world(.postgres)
        let order = world.order()
        #expect(throws: LakeError.rowsBeyondAllowance(rows: 251, rowsMax: 250)) {
            try world.push(order, rowsMax: 250)
        }
        #expect(try !world.target.tables().contains("persons"))
        #expect(try !world.abandon(order))
        #expect(try world.target.tables() == ["headwaters_push"])
    }
}
