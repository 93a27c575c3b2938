import Evidence
import Foundation
import HTTPTypes
import Hooking
import Hummingbird
import Kernel
import Lake
import NIOCore
import Persistence
import Policy
import Release
import Web

extension Node {
    /// For monitoring: alive, ready, figures. Not behind the door, and without a word about data.
    func operationsRoutes(_ routes: inout Routes) {
        routes.get("/healthz", .public) { visit in visit.json(["status": "alive"]) }
        routes.get("/readyz", .public) { visit in await readiness(visit) }
        routes.get("/metrics", .public) { _ in
            let text = try await metrics()
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }

    private func readiness(_ visit: Visit) async -> Response {
        let status = await readiness.status(at: visit.now)
        var response = visit.json(
            ["status": .string(status.word), "database": .string(database.dialect.rawValue)],
            status: status.isReady ? .ok : .serviceUnavailable)
        if !status.isReady { response.headers[.retryAfter] = "5" }
        return response
    }

    private func metrics() async throws -> String {
        var figures = Exposition()
        addRequests(to: &figures)
        addRows(to: &figures)
        addLive(await hooking.liveFigures(), to: &figures)
        add(try await self.figures(), to: &figures)
        return figures.text
    }

    private func addRequests(to figures: inout Exposition) {
        let now = requests.now
        figures.add(
            "headwaters_requests_total", .counter, "Requests answered, by class of status.", by: "status",
            (1...5).map { ("\($0)xx", now.byStatusClass[$0] ?? 0) })
        figures.add(
            "headwaters_request_microseconds_total", .counter, "Time spent on requests.", now.microseconds)
        figures.add(
            "headwaters_request_faults_total", .counter, "Requests that met an unforeseen error.", now.faults)
    }

    private func addRows(to figures: inout Exposition) {
        let now = rowDesk.figures.now
        func add(_ name: String, _ help: String, _ figure: (RowFigures.Figures) -> Int64) {
            figures.add(
                name, .counter, help, by: "delivery",
                [DeliveryKind.lookup, .pages, .verify].map {
                    ($0.rawValue, figure(now[$0] ?? RowFigures.Figures()))
                })
        }
        add("headwaters_row_answers_total", "Look-ups and pages answered.") { $0.answered }
        add("headwaters_row_refusals_total", "Look-ups and pages refused by a rule.") { $0.refused }
        add("headwaters_row_failures_total", "Look-ups and pages that failed otherwise.") { $0.failed }
        add("headwaters_rows_out_total", "Rows that left by look-up or page.") { $0.rowsOut }
        add("headwaters_rows_withheld_total", "Rows found and kept back.") { $0.rowsWithheld }
        figures.add(
            "headwaters_releases_refused_total", .counter,
            "Answers, files and downloads that were refused or failed.", by: "problem",
            tally.refusals.map { ($0.code, $0.count) })
    }

    private func addLive(_ now: LiveGates.Figures, to figures: inout Exposition) {
        figures.add(
            "headwaters_live_calls_total", .counter, "Calls of live sources, by how they ended.",
            by: "outcome",
            [("answered", now.answered), ("failed", now.failed)])
        figures.add(
            "headwaters_live_sources_resting", .gauge, "Live sources that are not asked after faults.",
            now.resting)
    }

    private func add(_ node: NodeFigures, to figures: inout Exposition) {
        let health = node.evidence
        let waiting = health.waitingSince.map {
            max(0, (clock.now().microseconds - $0.microseconds) / 1_000_000)
        }
        figures.add(
            "headwaters_evidence_leaves_total", .counter, "Leaves in the chain.", health.size)
        figures.add(
            "headwaters_evidence_checkpoint_leaves", .gauge, "Leaves under a signed checkpoint.",
            health.checkpointSize)
        figures.add(
            "headwaters_evidence_waiting_seconds", .gauge, "Age of the oldest leaf without a checkpoint.",
            waiting ?? 0)
        figures.add(
            "headwaters_evidence_witness_behind", .gauge, "1 while the witness file lacks checkpoints.",
            node.isWitnessBehind ? 1 : 0)
        figures.add("headwaters_grants_active", .gauge, "Grants in force.", node.grantsActive)
        figures.add(
            "headwaters_publications_running", .gauge, "Versions being made.", node.publicationsRunning)
        figures.add(
            "headwaters_file_releases", .gauge, "Releases of files, by state.", by: "state",
            FileRelease.State.allCases.map { ($0.rawValue, node.releasesByState[$0.rawValue] ?? 0) })
        figures.add("headwaters_workers", .gauge, "Worker children alive.", Int64(node.workers))
        figures.add(
            "headwaters_worker_starts_total", .counter, "Worker children started.", node.workerStarts)
        figures.add(
            "headwaters_worker_crashes_total", .counter, "Worker children that ended untold.",
            node.workerCrashes)
        figures.add(
            "headwaters_resident_bytes", .gauge, "Resident memory of this process.", node.residentBytes)
        figures.add(
            "headwaters_data_free_bytes", .gauge, "Free space where the data folder lies.",
            node.dataFreeBytes)
    }
}
