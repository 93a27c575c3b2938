package import Evidence
import Hummingbird
import Kernel
package import Persistence
package import Policy
package import Web

/// The evidence browser.
package struct EvidenceSite: Sendable {
    private let database: any Database
    private let evidence: EvidenceLog
    private let permissions: Permissions
    private let checkpointAgeSecondsMax: Int
    private let actors: Actors.Reader

    package init(
        database: any Database, evidence: EvidenceLog, permissions: Permissions, checkpointAgeSecondsMax: Int,
        actors: @escaping Actors.Reader
    ) {
        self.database = database
        self.evidence = evidence
        self.permissions = permissions
        self.checkpointAgeSecondsMax = checkpointAgeSecondsMax
        self.actors = actors
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/evidence", .action(.readEvidence)) { try await browse($0) }
        routes.get("/evidence/:id", .action(.readEvidence)) { try await leaf($0) }
    }

    private func browse(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "-at")
        let query = Self.query(visit)
        let (evidence, limit) = (evidence, min(asked.limit, EvidenceQuery.pageRowsMax))
        let cursor = asked.isCSV ? nil : asked.after.flatMap { EvidenceCursor($0) }
        let health = try await database.read { try evidence.health(in: $0) }
        var entries: [EvidenceEntry] = []
        var next = cursor
        repeat {
            let start = next
            let page = try await database.read {
                try evidence.page(query, after: start, rowsMax: limit, in: $0)
            }
            entries += page.entries
            next = page.next
        } while asked.isCSV && next != nil && entries.count < TableQuery.exportRowsMax
        let page = EvidencePage(
            EvidencePage.Found(
                entries: entries,
                actors: try await Actors(of: entries.map(\.record.actor), reader: actors),
                firstHref: asked.firstHref, nextHref: asked.nextHref(next?.description),
                exportHref: asked.exportHref), health: health,
            isStale: health.isStale(at: visit.now, secondsMax: checkpointAgeSecondsMax), query: query)
        if asked.isCSV { return visit.csv(page.table, as: visit.text(Message("evidence.leaves")) + ".csv") }
        return try visit.page(page)
    }

    private static func query(_ visit: Visit) -> EvidenceQuery {
        func text(_ name: String) -> String? { visit.query[name].isEmpty ? nil : visit.query[name] }
        var subject: Leaf.Subject?
        if let kind = text("kind"), let id = text("subject") { subject = Leaf.Subject(kind: kind, id: id) }
        return EvidenceQuery(
            type: text("type"), subject: subject, actor: text("actor"),
            from: visit.query.date("from").map(Instant.init(startOf:)),
            to: visit.query.date("to").map { Instant(startOf: $0.adding(days: 1)) })
    }

    private func leaf(_ visit: Visit) async throws -> Response {
        let id: LeafID = try visit.id()
        let evidence = self.evidence
        let (found, proof) = try await database.read { connection in
            let entry = try evidence.entry(id, in: connection)
            let proof: LeafProof?
            do { proof = try evidence.inclusionProof(of: id, in: connection) } catch EvidenceError.leafWaiting
            {
                proof = nil
            } catch EvidenceError.leafUnknown { proof = nil }
            return (entry, proof)
        }
        guard let found else { throw Visit.notFound }
        let (permissions, principal) = (permissions, visit.principal)
        // A link only where it surely leads somewhere: to readers of every thing of its kind.
        func seesAll(_ noun: Scope.Noun) -> Bool { permissions.scope(of: noun, for: principal).admits() }
        return try visit.page(
            LeafPage(
                found, proof: proof,
                actors: try await Actors(of: [found.record.actor], reader: actors)
            ) { subject in
                switch subject.kind {
                case "entry": seesAll(.entry) ? "/catalogue/\(subject.id)" : nil
                case "grant": seesAll(.grant) ? "/grants/\(subject.id)" : nil
                default: nil
                }
            })
    }
}

extension Instant {
    /// Midnight in China's civil time, where a day of the record begins.
    fileprivate init(startOf day: CalendarDate) {
        self =
            Instant(microseconds: Int64(day.daysSince1970) * 86_400_000_000)
            + .seconds(-Int64(CivilTime.chinaOffsetSeconds))
    }
}
