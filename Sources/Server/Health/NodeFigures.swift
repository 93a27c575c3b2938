import Evidence
import Foundation
import Lake
import Persistence
import Release

/// What a node counts of itself, for monitoring and for the page of its administrator.
struct NodeFigures {
    let evidence: EvidenceHealth
    let isWitnessBehind: Bool
    let grantsActive: Int64
    let publicationsRunning: Int64
    let releasesByState: [String: Int64]
    let workers: Int
    let workerStarts: Int64
    let workerCrashes: Int64
    let residentBytes: Int64
    let dataFreeBytes: Int64
}

extension Node {
    func figures() async throws -> NodeFigures {
        let health = try await evidence.health(of: database)
        let (grants, publications, releases) = try await database.read { connection in
            let counts = try connection.row(
                """
                SELECT (SELECT COUNT(*) FROM policy_grant WHERE state = 'active') AS grants,
                    (SELECT COUNT(*) FROM publication WHERE outcome = 'running') AS publications
                """)
            let releases = try connection.rows("SELECT state, COUNT(*) AS count FROM release GROUP BY state")
                .map { (try $0.value("state", as: String.self), try $0.value("count", as: Int64.self)) }
            return (
                try counts?.value("grants") ?? 0 as Int64, try counts?.value("publications") ?? 0 as Int64,
                releases
            )
        }
        return NodeFigures(
            evidence: health, isWitnessBehind: await sequencer.isWitnessBehind, grantsActive: grants,
            publicationsRunning: publications,
            releasesByState: Dictionary(releases, uniquingKeysWith: +),
            workers: await supervisor.processes.count, workerStarts: await supervisor.births,
            workerCrashes: await supervisor.crashes, residentBytes: Self.residentBytes,
            dataFreeBytes: Self.freeBytes(folder.path))
    }

    private static func freeBytes(_ path: String) -> Int64 {
        var space = statvfs()
        guard statvfs(path, &space) == 0 else { return 0 }
        return Int64(clamping: UInt64(space.f_bavail) * UInt64(space.f_frsize))
    }

    private static var residentBytes: Int64 {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
