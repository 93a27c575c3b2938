import DuckDB
import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

/// A version, a grant over all of it, and a recipient's database. Tasks run in this process, so that a test can end them where it likes.
struct PushWorld {
    static let hosts = ["127.0.0.1:1"]
    let test: TestEngine
    let target: TestTarget
    let manifest: VersionManifest
    let schema: Schema

    init(
        _ kind: PushPlace.Kind, _ schema: Schema = LakeSample.schema,
        _ select: String = LakeSample.select(500)
    ) async throws {
        test = try TestEngine()
        target = try TestTarget(kind)
        self.schema = schema
        manifest = try await test.publish(schema, [select]).manifest
    }

    func plan(_ clauses: [Clause] = []) throws -> Plan {
        let facts = EntryFacts(
            entry: manifest.entry, provider: PolicySample.provider, sharing: .conditional,
            columns: schema.map { ColumnFacts($0, grade: .l1) })
        let terms = try Terms(
            [
                .columns(schema.map(\.name)), .purpose("核对低保资格"), PolicySample.validity,
                .totalQuota(rows: 1_000_000), .delivery([.push]),
            ] + clauses, facts: facts, on: PolicySample.today)
        return try Plan(terms, grant: .new())
    }

    func order(
        _ manner: PushManner = .replace, keys: [String] = [], release: ReleaseID = .new(),
        table: String = "persons", hosts: [String]? = nil
    ) -> PushOrder {
        var order = PushOrder(
            release: release, place: target.place(table), manner: manner, keyColumns: keys,
            version: manifest.version.text, hosts: hosts ?? [target.host])
        order.batchRows = 100
        order.lockSecondsMax = 1
        return order
    }

    @discardableResult
    func push(
        _ order: PushOrder, _ clauses: [Clause] = [], rowsMax: Int64 = 1_000_000,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> PushReport {
        let query = try EngineQuery(
            plan(clauses), of: RowSource(manifest, in: LakeFolder(root: test.folder)), pseudonymKey: nil)
        return try PushTask(query: query, order: order, password: "", rowsMax: rowsMax)
            .run(in: context(isCancelled))
    }

    func abandon(_ order: PushOrder) throws -> Bool {
        try PushAbandonTask(order: order, password: "").run(in: context { false })
    }

    func look(_ order: PushOrder) throws -> PushSight {
        try PushLookTask(order: order, password: "", columns: schema.map(LakeColumn.init))
            .run(in: context { false })
    }

    func context(_ isCancelled: @escaping @Sendable () -> Bool) throws -> WorkerContext {
        let database = try DuckDB.Database()
        return WorkerContext(
            connect: {
                let connection = try database.connect()
                try connection.execute("SET TimeZone = 'UTC'")
                return connection
            }, limits: WorkerLimits(temporaryFolder: test.folder), report: { _ in },
            isCancelled: isCancelled, usePseudonymKey: { _ in }, emit: { _ in })
    }

    func quoted(_ name: String) -> String { target.kind == .mysql ? "`\(name)`" : "\"\(name)\"" }

    /// A table with a key of text and a number, as a recipient would have made it.
    func makeTable(_ columns: String, _ more: String = "") throws {
        try target.run("CREATE TABLE \(target.name("persons")) (\(columns))\(more)")
    }
}

/// Says that it is time to stop when it was asked so often.
final class StopAfter: @unchecked Sendable {
    private let lock = NSLock()
    private var left: Int
    private(set) var wasReached = false
    init(_ asks: Int) { left = asks }

    func callAsFunction() -> Bool {
        lock.withLock {
            left -= 1
            if left < 0 { wasReached = true }
            return left < 0
        }
    }
}
