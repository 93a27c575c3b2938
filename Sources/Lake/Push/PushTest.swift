import Cryptography
import Kernel
package import Policy

/// 联调测试 of a push: made-up rows go by the machinery of pushes into a table beside the recipient's own, and never into that.
package struct PushTest: Hashable, Sendable, Codable {
    package static let suffix = "_joint_test"
    /// In place of a version, in the record that the target keeps.
    package static let version = "joint-test"
    /// A test waits for no more: somebody sits before it.
    package static let statementSecondsMax = 60
    package static let lockSecondsMax = 10
    private static let digestCharacters = 6

    /// The recipient's own table.
    package let table: String
    /// What the test's table says of itself: by it the platform knows its own.
    package let mark: String

    package init(table: String, mark: String) {
        self.table = table
        self.mark = mark
    }

    /// Beside `table`, of a length that every database takes. Long names that begin alike stay apart.
    package static func name(beside table: String) -> String {
        let whole = table + suffix
        guard whole.utf8.count > PushPlace.nameBytesMax else { return whole }
        let ending =
            "_" + DigestAlgorithm.sha256.digest(Array(table.utf8)).hex.prefix(digestCharacters) + suffix
        var stem = table
        while stem.utf8.count + ending.utf8.count > PushPlace.nameBytesMax { stem.removeLast() }
        return stem + ending
    }
}

extension PushPlace {
    /// Where tests of it go.
    package var forTests: PushPlace {
        PushPlace(
            kind: kind, host: host, port: port, database: database, user: user, schema: schema,
            table: PushTest.name(beside: table))
    }
}

/// What stands in a test's table now.
package struct PushTestReport: Codable, Hashable, Sendable {
    package let rowsOut: Int64
    package let bytes: Int64
    /// Of the rows as they were read back from the table, as `VersionManifest.contentDigest`.
    package let contentDigest: String
    /// Nil: there was no such table before.
    package let rowsBefore: Int64?
    package let rowsAfter: Int64
    /// Names and types as the database declares them.
    package let columns: [String]
}

extension Engine {
    /// Brings what `test` lets out of made-up rows into the test's table. `folder` is where the engine may put them while it works.
    ///
    /// - Throws: `PushError`, `cancelled`, and what workers can end with.
    package func push(
        _ test: TestPlan, over rows: [[Value]], of schema: Schema, as order: PushOrder, password: String,
        in folder: String, pseudonymKey: [UInt8]?
    ) async throws -> PushTestReport {
        let made = try MadeParquet(test, rows, schema, in: folder, pseudonymKey: pseudonymKey)
        return try await supervisor.run(JointPushTask(made: made, order: order, password: password))
    }

    /// Removes the table of tests, and what the target's record says of it. False: there was none.
    ///
    /// - Throws: `PushError.testTableForeign` when it is not ours.
    package func dropTest(_ order: PushOrder, password: String) async throws -> Bool {
        try await supervisor.run(JointPushDropTask(order: order, password: password))
    }
}

/// The push of a test, from rows that come with the request.
struct JointPushTask: WorkerTask {
    static let name = "lake.joint-push"

    let made: MadeParquet
    let order: PushOrder
    /// Crosses the worker's socket only.
    let password: String

    func run(in context: WorkerContext) throws -> PushTestReport {
        defer { made.remove() }
        let connection = try context.connect()
        try made.write(on: connection)
        made.query.prepare(context)
        let push = PushTask(query: made.query, order: order, password: password, rowsMax: made.count)
        let schema = try made.query.schema()
        let session = try order.session(password: password, schema, isCancelled: context.isCancelled)
        let before = try session.prepareTest(schema, order)
        let report = try push.bring(session, schema, context, connection)
        return PushTestReport(
            rowsOut: report.rowsOut, bytes: report.bytes, contentDigest: report.contentDigest,
            rowsBefore: before, rowsAfter: try session.rowCount(),
            columns: try session.look()?.columns.map { "\($0.name) \($0.declared)" } ?? [])
    }
}

struct JointPushDropTask: WorkerTask {
    static let name = "lake.joint-push-drop"

    let order: PushOrder
    let password: String

    func run(in context: WorkerContext) throws -> Bool {
        let session = try order.session(password: password, [], isCancelled: context.isCancelled)
        guard try session.isTestThere(order) else { return false }
        try session.dropTest()
        return true
    }
}

extension PushSession {
    /// - Throws: `PushError.testTableForeign` when something stands there that is not ours.
    func isTestThere(_ order: PushOrder) throws -> Bool {
        guard try look() != nil else { return false }
        guard let test = order.test, try mark() == test.mark else {
            throw PushError.testTableForeign(place.name)
        }
        return true
    }

    /// Makes the table as the recipient's own is declared. Where there is none yet, the push makes it, as the first real one would. One that
    /// an earlier test made stays with its rows, while it is still like the recipient's own: so the manner shows. Answers its rows.
    func prepareTest(_ schema: Schema, _ order: PushOrder) throws -> Int64? {
        guard let test = order.test else { throw PushError.testTableForeign(place.name) }
        let own = try look(at: test.table)
        if try isTestThere(order) {
            let there = try look()
            let stays =
                if let own { there.map { own.isLike($0, in: schema, self) } ?? false } else {
                    (try? fits(schema, order, there)) != nil
                }
            if stays { return try rowCount() }
            try dropTest()
        }
        if let own { try makeTest(like: own) }
        return nil
    }
}

extension TargetTable {
    /// What the database adds by itself is left out of account.
    fileprivate func isLike(
        _ other: TargetTable, in schema: Schema, _ session: any PushSession
    ) -> Bool {
        guard columns.map(\.name) == other.columns.map(\.name), Set(uniqueKeys) == Set(other.uniqueKeys)
        else {
            return false
        }
        return zip(columns, other.columns).allSatisfy { own, there in
            own.definition == there.definition
                && (own.isNullable == there.isNullable
                    || !schema.contains { session.isSameName($0.name, own.name) })
        }
    }
}
