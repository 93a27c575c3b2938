import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// Two versions of one entry.
@Suite struct `A comparison of versions` {
    private func rows(
        _ test: TestEngine, _ schema: Schema, _ values: String, _ names: String
    ) throws -> RowSource {
        RowSource(try test.stage(schema, ["SELECT * FROM (VALUES \(values)) t(\(names))"]))
    }

    private static let schema: Schema = [Column("码", .text), Column("名", .text), Column("额", .integer)]
    private static let before = "('1', '甲', 1::BIGINT), ('2', '乙', 2), ('3', NULL, 3), ('4', '丁', 4)"
    private static let names = "码, 名, 额"

    @Test func `tells by key what came, went and changed, and in which column`() async throws {
        let test = try TestEngine()
        let old = try rows(test, Self.schema, Self.before, Self.names)
        let new = try rows(
            test, Self.schema, "('1', '甲', 1::BIGINT), ('2', '乙', 20), ('3', '丙', 30), ('5', '戊', 5)",
            Self.names)
        let found = try await test.engine().run(
            CompareTask(before: old, after: new, keyColumns: ["码"]))
        let byKey = try #require(found.byKey)
        #expect(found.schema.isEmpty && found.rowsBefore == 4 && found.rowsAfter == 4)
        #expect([byKey.gone, byKey.new, byKey.changed] == [1, 1, 2])
        #expect([found.rowsGone, found.rowsNew] == [3, 3])
        #expect(byKey.goneKeys == [["4"]] && byKey.newKeys == [["5"]])
        #expect(byKey.changesByColumn.map { [$0.column: $0.rows] } == [["名": 1], ["额": 2]])
        let said = byKey.changes.map { change in
            "\(change.key.compactMap(\.self)): "
                + change.cells.map { "\($0.column) \($0.before ?? "∅")→\($0.after ?? "∅")" }.joined(
                    separator: ", ")
        }
        #expect(said == ["[\"2\"]: 额 2→20", "[\"3\"]: 名 ∅→丙, 额 3→30"])
    }

    @Test func `tells which columns came, went and have another type, and compares by the rest`() async throws
    {
        let test = try TestEngine()
        let old = try rows(test, Self.schema, Self.before, Self.names)
        let new = try rows(
            test, [Column("码", .text), Column("额", .text), Column("新", .boolean)],
            "('1', '1', true), ('2', '2', NULL), ('9', '9', false)", "码, 额, 新")
        let found = try await test.engine().run(
            CompareTask(before: old, after: new, keyColumns: ["码"]))
        #expect(found.schema.gone.map(\.name) == ["名"] && found.schema.new.map(\.name) == ["新"])
        #expect(found.schema.retyped.map(\.name) == ["额"] && found.schema.kept.map(\.name) == ["码"])
        let byKey = try #require(found.byKey)
        #expect([byKey.gone, byKey.new, byKey.changed] == [2, 1, 0] && byKey.changesByColumn.isEmpty)
    }

    @Test(arguments: [
        ("a key that repeats", ["码"], "('1', 'x', 1::BIGINT), ('1', 'y', 2), ('2', '乙', 2), ('2', '乙', 2)"),
        ("a key with blanks", ["码"], "(NULL, 'x', 1::BIGINT), ('1', 'y', 2), ('2', '乙', 2), ('2', '乙', 2)"),
        ("no key", [], "('1', 'x', 1::BIGINT), ('1', 'y', 2), ('2', '乙', 2), ('2', '乙', 2)"),
        (
            "a key that is no column", ["无"],
            "('1', 'x', 1::BIGINT), ('1', 'y', 2), ('2', '乙', 2), ('2', '乙', 2)"
        ),
    ])
    func `without a usable key sets whole rows off against each other, as often as each occurs`(
        why: String, keys: [String], values: String
    ) async throws {
        let test = try TestEngine()
        let old = try rows(test, Self.schema, Self.before, Self.names)
        let new = try rows(test, Self.schema, values, Self.names)
        let found = try await test.engine().run(CompareTask(before: old, after: new, keyColumns: keys))
        // One of the two like rows was there.
        #expect(found.byKey == nil && found.rowsGone == 3 && found.rowsNew == 3, "\(why)")
        let same = try await test.engine().run(CompareTask(before: new, after: new, keyColumns: keys))
        #expect(same.rowsGone == 0 && same.rowsNew == 0)
    }

    @Test func `of tables that share no column says so`() async throws {
        let test = try TestEngine()
        let old = try rows(test, [Column("a", .integer)], "(1::BIGINT)", "a")
        let new = try rows(test, [Column("b", .integer)], "(1::BIGINT), (2)", "b")
        let found = try await test.engine().run(CompareTask(before: old, after: new, keyColumns: []))
        #expect(found.rowsGone == nil && found.rowsNew == nil && found.rowsAfter == 2)
    }
}
