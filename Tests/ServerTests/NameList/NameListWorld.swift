import Exchange
import Foundation
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// The sample chain with two grants that lists can be matched against, and a county officer with a list.
struct NameListWorld {
    let table: GrantedTable
    /// Of the same entry, every row, two other columns.
    let second: GrantID
    let folder: URL

    var node: Node { table.node }
    var desk: NameListDesk { node.nameLists }
    var consumer: Principal { table.consumer }

    static let key = "身份证号"
    static let caseNumber = "受理编号"

    init(_ table: GrantedTable, clauses: [Clause] = [], rowsWanted: Int64 = 100_000) async throws {
        self.table = table
        folder = table.node.folder.root.appending(path: "brought")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let today = table.node.clock.now().date()
        let wish = RequestWish(
            columns: [Self.key, "手机号", "救助类别"], purpose: "临时救助发放核对", legalBasis: "社会救助暂行办法第四十八条",
            businessItem: "临时救助发放", deliveries: [.nameList], expectedRows: rowsWanted, from: today,
            to: today.adding(days: 100), retentionDays: 30, isCommitted: true, contactPost: "民政业务经办岗")
        second = try await SampleChain(table.node, table.people, rows: 1) { _ in }.granted(
            table.release.entry, wish,
            offering: [
                .mask(column: Self.key, .keepEnds(first: 6, last: 4)),
                .mask(column: "手机号", .keepEnds(first: 3, last: 2)),
            ] + clauses)
    }

    /// Every row of the table as it was uploaded, by column.
    func source() throws -> [[String]] {
        let path = "\(node.hooking.uploadsFolder)/最低生活保障对象.csv"
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// A new version with these rows of the table a second time, and more often.
    func republish(repeating rows: [(row: [String], times: Int)]) async throws {
        let path = "\(node.hooking.uploadsFolder)/最低生活保障对象.csv"
        let more = rows.flatMap { Array(repeating: $0.row.joined(separator: ",") + "\r\n", count: $0.times) }
        let text = try String(contentsOfFile: path, encoding: .utf8) + more.joined()
        try Data(text.utf8).write(to: URL(filePath: path))
        let steward = try table.people.principal("steward")
        let hook = try #require(try await node.hooking.hook(of: table.release.entry, for: steward))
        let attempt = try await node.hooking.publish(hook.id, by: steward)
        if case .failed(let problem) = attempt.outcome { throw problem }
        for grant in [table.grant, second] { node.prepared.forget(grant) }
    }

    /// Numbers that stand once in the table, and that the first grant keeps back.
    func withheldKeys(_ count: Int) throws -> [String] {
        let rows = try source()
        let times = Dictionary(rows.map { ($0[0], 1) }, uniquingKeysWith: +)
        let found = rows.filter {
            ($0[5] != "源城区" || $0[11] != "在保") && times[$0[0]] == 1 && CitizenID.isValid($0[0])
                && !$0.contains("2019-02-30")
        }.map { $0[0] }
        try #require(found.count >= count)
        return Array(found.prefix(count))
    }

    /// Valid numbers of nobody in the table, no two of which follow each other.
    static func strangers(_ count: Int, from first: Int = 0) -> [String] {
        (first..<first + count).map { number in
            SampleNumbers.citizenID(
                birth: CalendarDate(daysSince1970: -18_000 + number * 3), serial: 900 - number * 7 % 800)
        }
    }

    @discardableResult
    func write(_ rows: [[String]], as name: String = "名单.csv") throws -> String {
        let path = folder.appending(path: name).path
        let text = rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
        try Data(("\u{FEFF}" + text).utf8).write(to: URL(filePath: path))
        return path
    }

    /// A list of keys with a case number each.
    func list(_ keys: [String], name: String = "名单.csv", key: String? = nil) async throws -> NameList {
        let rows =
            [[Self.caseNumber, Self.key, "备注"]]
            + keys.enumerated().map { ["LS2026-\($0.offset + 1)", $0.element, "第\($0.offset + 1)户"] }
        return try await desk.bring(
            try write(rows, as: name), named: name, idempotencyKey: key, by: consumer)
    }

    func choice(_ grants: [GrantID], withCases: Bool = true) -> NameListChoice {
        NameListChoice(
            key: Self.key, kind: .citizenID, caseNumber: withCases ? Self.caseNumber : nil,
            parts: grants.map { NameListChoice.Part(grant: $0, keyColumn: Self.key) },
            language: .simplifiedChinese)
    }

    /// Brought, checked, released.
    func matched(_ keys: [String], _ grants: [GrantID]) async throws -> NameList {
        let list = try await list(keys)
        try await desk.choose(choice(grants), for: list.id, by: consumer)
        return try await desk.release(list.id, by: consumer)
    }

    func use(_ grant: GrantID) async throws -> Int64 {
        let (ledger, now) = (node.ledger, node.clock.now())
        return try await node.database.read { try ledger.use(of: grant, at: now, in: $0) }.total
    }

    /// The workbook that went back, as the reader of every other workbook reads it: header first.
    func result(of list: NameList, sheet: String? = nil) async throws -> [[String]] {
        let download = try await desk.download(list.id, by: consumer)
        let copy = folder.appending(path: "\(UUID().uuidString).xlsx")
        try FileManager.default.copyItem(atPath: download.path, toPath: copy.path)
        return try await Self.read(copy.path, node, sheet: sheet)
    }

    static func read(_ path: String, _ node: Node, sheet: String? = nil) async throws -> [[String]] {
        let confinement = SourceConfinement(folders: [URL(filePath: path).deletingLastPathComponent().path])
        let probe = try await node.engine.run(
            ProbeTask(
                source: .workbook(path: path),
                overrides: ReadingOverrides(header: .line(1), sheet: sheet), confinement: confinement))
        let rows = Rows()
        _ = try await node.engine.read(
            ReadListTask(
                source: .workbook(path: path), mapping: probe.mapping, watched: [],
                confinement: confinement, rowsMax: 1_000_000)
        ) { await rows.add($0.map(\.cells)) }
        return await rows.all
    }

    func leaves(_ type: String) async throws -> [JSON] { try await table.leaves(type) }

    func remains(of list: NameList) -> [String] {
        let folder = node.folder.root.appending(path: "name-lists").path
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(list.id.text) }.sorted()
    }
}

private actor Rows {
    var all: [[String]] = []
    func add(_ rows: [[String]]) { all += rows }
}

func withNameLists(
    _ dialect: Dialect, rows: Int = 300, environment: [String: String] = [:], clock: Clock = .system,
    clauses: [Clause] = [], rowsWanted: Int64 = 100_000, _ body: (NameListWorld) async throws -> Void
) async throws {
    try await withGrantedTable(dialect, rows: rows, environment: environment, clock: clock) { table in
        try await body(try await NameListWorld(table, clauses: clauses, rowsWanted: rowsWanted))
    }
}
