import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Lake
import NIOCore
import Persistence
import Web

extension Node {
    /// For monitoring: alive, ready, figures. Not behind the door, and without a word about data.
    func operationsRoutes(_ routes: inout Routes) {
        routes.get("/healthz", .public) { visit in visit.json(["status": "alive"]) }
        routes.get("/readyz", .public) { visit in
            let health = try await evidence.health(of: database)
            let secondsMax = settings.integer(.checkpointAge)
            let isStale = health.isStale(at: visit.now, secondsMax: secondsMax)
            return visit.json(
                [
                    "status": isStale ? "evidence-stale" : "ready",
                    "database": .string(database.dialect.rawValue),
                    "leaves": .integer(health.size), "checkpoint": .integer(health.checkpointSize),
                ], status: isStale ? .serviceUnavailable : .ok)
        }
        routes.get("/metrics", .public) { _ in
            let text = try await metrics()
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }

    /// Prometheus text format 0.0.4.
    private func metrics() async throws -> String {
        let health = try await evidence.health(of: database)
        let now = clock.now()
        let waiting =
            health.waitingSince.map { max(0, (now.microseconds - $0.microseconds) / 1_000_000) } ?? 0
        let workers = await supervisor.processes.count
        let counts = try await database.read { connection in
            try connection.row(
                """
                SELECT (SELECT COUNT(*) FROM policy_grant WHERE state = 'active') AS grants,
                    (SELECT COUNT(*) FROM publication WHERE outcome = 'running') AS publications,
                    (SELECT COUNT(*) FROM release WHERE state = 'authorised') AS releases
                """)
        }
        var lines: [String] = []
        func add(_ name: String, _ help: String, _ kind: String, _ value: Int64) {
            lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(kind)", "\(name) \(value)"]
        }
        add("headwaters_evidence_leaves", "Leaves in the chain.", "counter", health.size)
        add(
            "headwaters_evidence_waiting_seconds", "Age of the oldest leaf without a checkpoint.", "gauge",
            waiting)
        add("headwaters_grants_active", "Grants in force.", "gauge", try counts?.value("grants") ?? 0)
        add(
            "headwaters_publications_running", "Versions being made.", "gauge",
            try counts?.value("publications") ?? 0)
        add(
            "headwaters_releases_open", "Releases authorised and not settled.", "gauge",
            try counts?.value("releases") ?? 0)
        add("headwaters_workers", "Worker children alive.", "gauge", Int64(workers))
        add("headwaters_resident_bytes", "Resident memory of this process.", "gauge", Self.residentBytes)
        return lines.joined(separator: "\n") + "\n"
    }

    private static var residentBytes: Int64 {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
