import Foundation
import Identity
import Kernel
import Persistence
import Postgres
import TestKit

/// The inbox and the page of a case as people get them: whole pages of a real `headwaters serve`, from a control plane of a million cases.
/// `HEADWATERS_INBOX_CASES` says how many instead, `HEADWATERS_INBOX_DIALECT` on which database alone, `HEADWATERS_INBOX_LEAVES` how many
/// records of evidence lie beside them.
enum InboxBenchmark: Benchmark {
    static let name = "inbox"
    private static let calls = 200
    private static let goalMilliseconds = 30.0
    private static let port = 8291

    static func run() async throws -> [Measurement] {
        let environment = ProcessInfo.processInfo.environment
        let cases = environment["HEADWATERS_INBOX_CASES"].flatMap { Int($0) } ?? 1_000_000
        let leaves = environment["HEADWATERS_INBOX_LEAVES"].flatMap { Int($0) } ?? 0
        let alone = environment["HEADWATERS_INBOX_DIALECT"]
        var measurements: [Measurement] = []
        for dialect in Dialect.available where alone.map({ $0 == dialect.rawValue }) ?? true {
            measurements += try await BenchmarkSite.with(dialect, rows: 1_000) { site in
                let city = try CaseCity(site, cases: cases)
                var lines = try await filled(city, leaves: leaves, of: site, dialect)
                let server = try await RunningServer(site, port: port)
                defer { server.stop() }
                lines.append(
                    Measurement("\(dialect): serve, from start to first answer", server.bootSeconds, "s"))
                for person in ["reviewer", "cdo", "consumer"] {
                    lines += try await pages(of: person, in: city, site, server, dialect)
                }
                return lines
            }
        }
        return measurements
    }

    private static func filled(
        _ city: CaseCity, leaves: Int, of site: BenchmarkSite, _ dialect: Dialect
    ) async throws -> [Measurement] {
        let location = site.databaseLocation
        let database = try await openDatabase(location: location)
        let cases = try await Timing.of { try await database.write { try city.fill($0) } }
        let evidence = try await Timing.of { try await city.addLeaves(leaves, to: database) }
        await database.close()
        // What autovacuum has done in a city that did not get its million cases within two minutes.
        if dialect == .postgres { _ = try PostgresConnection(url: location).command("VACUUM (ANALYZE)") }
        return [
            Measurement("\(dialect): \(city.cases) cases made by SQL", cases.wallSeconds, "s"),
            Measurement("\(dialect): \(leaves) records of evidence beside them", evidence.wallSeconds, "s"),
        ]
    }

    private static func pages(
        of person: String, in city: CaseCity, _ site: BenchmarkSite, _ server: RunningServer,
        _ dialect: Dialect
    ) async throws -> [Measurement] {
        let member = try site.member(person)
        let reader = try await PageReader(server.url, person, member.password)
        let asked: [(String, (Int) -> String)] =
            ["mine", "unit", "waiting", "underway", "closed", "watched"].map { tray in
                ("the inbox, \(tray)", { _ in "/inbox?tray=\(tray)" })
            } + [
                (
                    "newest change first, 20 pages on",
                    { _ in "/inbox?tray=underway&sort=-changed&after=\(city.cursor)" }
                ),
                ("overdue ones of a state", { _ in "/inbox?tray=underway&state=decision&due=overdue" }),
                (
                    "words that 1 of 1,000 titles has",
                    { _ in "/inbox?tray=underway&q=%E7%99%BB%E8%AE%B0%E4%BF%A1%E6%81%AF777" }
                ),
                ("words that every title has", { _ in "/inbox?tray=underway&q=%E7%99%BB%E8%AE%B0" }),
                ("the page of a case", { "/requests/\(city.caseOf(member.principal.party, $0))" }),
            ]
        var lines: [Measurement] = []
        for (what, path) in asked {
            lines.append(try await timed("\(dialect), \(person): \(what)", reader, server, path))
        }
        return lines
    }

    private static func timed(
        _ name: String, _ reader: PageReader, _ server: RunningServer, _ path: (Int) -> String
    ) async throws -> Measurement {
        for number in 0..<5 { try await reader.read(path(number)) }
        var walls: [Double] = []
        let before = server.cpuSeconds()
        for number in 0..<calls {
            let timing = try await Timing.of { try await reader.read(path(number)) }
            walls.append(timing.wallSeconds * 1_000)
        }
        let cpu = server.cpuSeconds() - before
        walls.sort()
        let p99 = walls[min(calls - 1, calls * 99 / 100)]
        return Measurement(
            "\(name), p99 (median \(String(format: "%.2f", walls[calls / 2])))", p99, "ms",
            cpuMicrosecondsPerItem: cpu * 1e6 / Double(calls),
            goal: "≤ \(Int(goalMilliseconds))", holds: p99 <= goalMilliseconds)
    }
}
