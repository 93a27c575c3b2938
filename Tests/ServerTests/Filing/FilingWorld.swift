import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Server
import TestKit
import Testing

@testable import Hooking

/// A hook whose department files a table each month, from September 2026 on.
struct FilingWorld: Sendable {
    let pages: HookPageWorld
    let hook: HookID
    let steward: Principal

    var node: Node { pages.node }

    static let september = "code,amount\na1,10\na2,20\n"
    static let october = "code,amount\nb1,30\n"

    /// Goes on from 25 November 2026, after the deadlines of September and October, whenever the test runs.
    static let november: Clock = {
        let ahead = Instant(microseconds: 1_795_600_000_000_000) - Clock.system.now()
        return Clock { Clock.system.now() + ahead }
    }()

    static func with(
        _ dialect: Dialect = .sqlite, manner: Filing.Manner = .append, clock: Clock = november,
        environment: [String: String] = [:], _ body: (FilingWorld) async throws -> Void
    ) async throws {
        try await SampleNode.with(dialect, environment: environment, clock: clock) { node, people in
            let pages = try await HookPageWorld(node, people)
            let steward = try people.principal("steward")
            let world = try await FilingWorld(pages, steward)
            try await node.hooking.setDuty(Self.terms(manner), of: world.hook, by: steward)
            try await body(world)
        }
    }

    static func terms(_ manner: Filing.Manner = .append) -> FilingDuty.Terms {
        FilingDuty.Terms(
            cadence: .month, deadlineWorkingDays: 5, remindWorkingDays: 3, manner: manner, rowKey: ["code"],
            since: CalendarDate(year: 2026, month: 9, day: 1) ?? CalendarDate(daysSince1970: 0))
    }

    init(_ pages: HookPageWorld, _ steward: Principal) async throws {
        self.pages = pages
        self.steward = steward
        let upload = try await Self.bring(Self.september, "example.csv", pages, steward)
        let source = pages.node.hooking.source(of: upload)
        let probe = try await pages.node.hooking.probe(source, for: pages.entry, by: steward)
        hook = try await pages.node.hooking.define(
            pages.entry, source: source, mapping: probe.mapping, keyColumns: ["code"], by: steward
        ).id
    }

    private static func bring(
        _ text: String, _ name: String, _ pages: HookPageWorld, _ steward: Principal
    ) async throws -> Upload {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await pages.node.hooking.upload(
            path, named: name, .copying, for: pages.entry, under: .publishVersion, by: steward)
    }

    func upload(_ text: String, as name: String = "month.csv") async throws -> Upload {
        try await Self.bring(text, name, pages, steward)
    }

    /// Files and waits for the end.
    @discardableResult
    func file(
        _ text: String, for period: String?, _ manner: Filing.Manner? = nil, as name: String = "month.csv"
    ) async throws -> Filing {
        try await node.hooking.fileToEnd(
            Hooking.Sending(
                try await upload(text, as: name), for: try period.map { try #require(Period($0)) }, manner,
                through: .page),
            of: hook, by: steward)
    }

    /// Rows of the version served.
    func rows() async throws -> Int64? {
        try await node.hooking.currentVersion(of: pages.entry)?.rows
    }

    func state(_ period: String) async throws -> PeriodStanding.State? {
        try await node.hooking.standings(of: hook, for: steward)
            .first { $0.period.description == period }?.state
    }

    func ended(_ filing: Filing) async throws -> Filing {
        var filing = filing
        while filing.isRunning {
            try await Task.sleep(for: .milliseconds(50))
            filing = try await node.hooking.filing(filing.id, for: steward)
        }
        return filing
    }
}

extension Filing {
    var version: VersionID? { if case .published(let id)? = outcome { id } else { nil } }
    var refusal: Problem? { if case .failed(let problem)? = outcome { problem } else { nil } }
}
