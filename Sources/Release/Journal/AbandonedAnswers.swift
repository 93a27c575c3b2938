package import Evidence
package import Kernel
package import Persistence

/// Look-ups and pages whose process died between their *authorised* record and their settlement: *unknown*, charged as reserved.
package struct AbandonedAnswers: Sendable {
    private static let processesPerRoundMax = 20

    private let database: any Database
    private let evidence: EvidenceLog
    private let clock: Clock

    package init(_ database: any Database, evidence: EvidenceLog, clock: Clock) {
        self.database = database
        self.evidence = evidence
        self.clock = clock
    }

    private struct Process: Sendable {
        let id: String
        let seenAt: Instant
    }

    /// Closes what dead processes left. The number of releases that are unknown now.
    @discardableResult
    package func close() async throws -> Int {
        let now = clock.now()
        let silent = now + .seconds(-2 * AnsweringMark.leaseSeconds)
        let processes = try await database.read { connection in
            try connection.rows(
                """
                SELECT id, seen_at FROM release_answering WHERE seen_at < \(silent)
                ORDER BY seen_at LIMIT \(Self.processesPerRoundMax)
                """
            ).map { Process(id: try $0.value("id"), seenAt: try $0.value("seen_at")) }
        }
        var closed = 0
        for process in processes { closed += try await close(process, at: now) }
        return closed
    }

    /// Every answer of those seconds, whoever gave it, has settled long since or never will.
    private func close(_ process: Process, at now: Instant) async throws -> Int {
        let from = process.seenAt + .seconds(-AnsweringMark.leaseSeconds / 2)
        let to = process.seenAt + .seconds(AnsweringMark.leaseSeconds)
        var settled: Set<String> = []
        try await eachLeaf("release.settled", from: from, to: now) { leaf in
            for subject in leaf.subjects where subject.kind == ReleaseNoun.kind { settled.insert(subject.id) }
        }
        try await eachLeaf("release.unknown", from: from, to: now) { leaf in
            for subject in leaf.subjects where subject.kind == ReleaseNoun.kind { settled.insert(subject.id) }
        }
        var open: [(release: String, rows: Int64)] = []
        try await eachLeaf("release.authorised", from: from, to: to) { leaf in
            // Files have a lease of their own.
            guard let rows = leaf.payload["rows"]?.integer, leaf.payload["keys"] != nil,
                let release = leaf.subjects.first(where: { $0.kind == ReleaseNoun.kind })?.id,
                !settled.contains(release)
            else { return }
            open.append((release, rows))
        }
        let leaves = Self.leaves(open, at: now)
        let evidence = evidence
        let isOurs = try await database.write { connection in
            let gone = try connection.execute(
                "DELETE FROM release_answering WHERE id = \(process.id) AND seen_at = \(process.seenAt)")
            // Closed by another process meanwhile, or alive after all.
            guard gone == 1 else { return false }
            try evidence.append(leaves, in: connection)
            return true
        }
        return isOurs ? open.count : 0
    }

    private static func leaves(_ open: [(release: String, rows: Int64)], at now: Instant) -> [Leaf] {
        stride(from: 0, to: open.count, by: ReleaseJournal.settledPerLeafMax).map { start in
            let batch = open[start..<min(open.count, start + ReleaseJournal.settledPerLeafMax)]
            return Leaf(
                id: LeafID.new(at: now), type: "release.unknown", at: now, actor: "system",
                subjects: batch.map { Leaf.Subject(kind: ReleaseNoun.kind, id: $0.release) },
                payload: [
                    "outcome": "unknown",
                    "releases": .array(batch.map { [.string($0.release), .integer($0.rows)] }),
                ])
        }
    }

    private func eachLeaf(
        _ type: String, from: Instant, to: Instant, _ body: (LeafRecord) -> Void
    ) async throws {
        let query = EvidenceQuery(type: type, from: from, to: to)
        let evidence = evidence
        var cursor: EvidenceCursor?
        repeat {
            let after = cursor
            let page = try await database.read {
                try evidence.page(query, after: after, rowsMax: EvidenceQuery.pageRowsMax, in: $0)
            }
            for entry in page.entries { body(entry.record) }
            cursor = page.next
        } while cursor != nil
    }
}
