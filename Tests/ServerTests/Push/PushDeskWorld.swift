import Exchange
import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Postgres
import Release
import Server
import TestKit
import Testing

/// The sample chain with a grant that may be pushed, and a database of the recipient's own.
struct PushDeskWorld {
    let table: GrantedTable
    let target: TestTarget
    let grant: GrantID

    var node: Node { table.node }
    var desk: PushDesk { node.pushes }
    var consumer: Principal { table.consumer }

    init(_ table: GrantedTable, _ target: TestTarget, clauses: [Clause] = []) async throws {
        self.table = table
        self.target = target
        let today = table.node.clock.now().date()
        let wish = RequestWish(
            columns: ["身份证号", "姓名", "救助类别", "月保障金额"], purpose: "临时救助发放核对",
            legalBasis: "社会救助暂行办法第四十八条", businessItem: "临时救助发放", deliveries: [.push],
            expectedRows: 100_000, from: today, to: today.adding(days: 100), retentionDays: 30,
            isCommitted: true, contactPost: "民政业务经办岗")
        grant = try await SampleChain(table.node, table.people, rows: 1) { _ in }.granted(
            table.release.entry, wish,
            offering: [
                .mask(column: "身份证号", .keepEnds(first: 6, last: 4)), .mask(column: "姓名", .surname),
            ] + clauses)
    }

    func add(
        _ manner: PushManner = .replace, keys: [String] = [], table: String = "dibao", label: String = "前置机",
        password: String = ""
    ) async throws -> PushTarget {
        try await desk.addTarget(
            PushTargetDraft(
                label: label, place: target.place(table), manner: manner, keyColumns: keys),
            password: password, by: consumer)
    }

    func use() async throws -> Int64 {
        let (ledger, now, grant) = (node.ledger, node.clock.now(), grant)
        return try await node.database.read { try ledger.use(of: grant, at: now, in: $0) }.total
    }

    func change(_ act: GrantActs.Act) async throws {
        try await node.grantActs.perform(
            act, on: grant, because: "核查用途", by: table.people.principal("cdo"))
    }

    /// Until it is as wanted; a push that never comes there fails the test.
    func wait(
        for id: ReleaseID, until isThere: @Sendable (Push) -> Bool
    ) async throws -> Push {
        for _ in 0..<600 {
            let push = try await desk.find(id, for: consumer)
            if isThere(push) { return push }
            try await Task.sleep(for: .milliseconds(50))
        }
        let push = try await desk.find(id, for: consumer)
        Issue.record("it stayed \(push.state) \(push.stage): \(String(describing: push.problem))")
        return push
    }

    /// Somebody at the target holds the table, so that a push into it stands still between staging and swap.
    func hold(_ table: String = "dibao") throws -> PostgresConnection {
        try target.run(
            """
            CREATE TABLE IF NOT EXISTS \(target.name(table)) ("身份证号" text, "姓名" text, "救助类别" text, \
            "月保障金额" numeric(12,2))
            """)
        let holder = try target.postgres()
        try holder.command("BEGIN")
        try holder.command("LOCK TABLE \(target.name(table)) IN SHARE MODE")
        return holder
    }

    /// Begun, all rows staged, and stopped before the swap.
    func stalled(_ target: PushTarget) async throws -> Push {
        let push = try await desk.begin(under: grant, into: target.id, by: consumer)
        for _ in 0..<400 {
            let waits = try self.target.rows(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'headwaters push' "
                    + "AND wait_event_type = 'Lock' AND query LIKE '%\(self.target.schema)%'")
            if waits.first?.first != "0" { return push }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("no push waits for the lock")
        return push
    }

    var staged: Bool {
        get throws { try target.tables().contains { $0.contains("__headwaters_") } }
    }
}

/// Inside a fresh node that may push to a fresh target.
func withPushes(
    _ dialect: Dialect, _ kind: PushPlace.Kind = .postgres, environment: [String: String] = [:],
    clauses: [Clause] = [], clock: Clock = .system, _ body: (PushDeskWorld) async throws -> Void
) async throws {
    let target = try TestTarget(kind)
    var environment = environment
    environment[Setting.pushHosts.environmentName] = target.host
    try await withGrantedTable(dialect, environment: environment, clock: clock) { table in
        try await body(try await PushDeskWorld(table, target, clauses: clauses))
    }
}
