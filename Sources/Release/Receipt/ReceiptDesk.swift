import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Persistence
package import Policy

/// Shows releases, hands over their files and receipts, and closes what never settled.
package struct ReceiptDesk: Sendable {
    let database: any Database
    let evidence: EvidenceLog
    let permissions: Permissions
    let grants: GrantStore
    private let ledger: QuotaLedger
    private let freshness: EvidenceFreshness
    private let watch: GrantWatch
    private let files: FileReleases
    private let lists: NameListFolder
    private let tally: ReleaseTally
    private let calendars: CalendarInForce
    private var calendar: WorkingDayCalendar { calendars.now }
    private let clock: Clock
    private let store = FileReleaseStore()

    package init(
        database: any Database, evidence: EvidenceLog, permissions: Permissions, grants: GrantStore,
        ledger: QuotaLedger, freshness: EvidenceFreshness, watch: GrantWatch, files: FileReleases,
        lists: NameListFolder, tally: ReleaseTally, calendars: CalendarInForce, clock: Clock
    ) {
        self.database = database
        self.evidence = evidence
        self.permissions = permissions
        self.grants = grants
        self.ledger = ledger
        self.freshness = freshness
        self.watch = watch
        self.files = files
        self.lists = lists
        self.tally = tally
        self.calendars = calendars
        self.clock = clock
    }

    package func find(_ id: ReleaseID, for principal: Principal) async throws -> FileRelease {
        let (store, scope) = (store, permissions.scope(of: .release, for: principal))
        return try await database.read { try store.release(id, scope: scope, in: $0) }
    }

    /// Newest first, with the number of all that the principal may see.
    package func list(
        _ filter: ReleaseFilter, for principal: Principal, before: ReleaseID? = nil, limit: Int = 50
    ) async throws -> (releases: [FileRelease], count: Int) {
        let (store, scope) = (store, permissions.scope(of: .release, for: principal))
        return try await database.read { connection in
            (
                try store.list(filter, scope: scope, before: before, limit: limit, in: connection),
                try store.count(filter, scope: scope, in: connection)
            )
        }
    }

    package func list(
        grant: GrantID? = nil, for principal: Principal, before: ReleaseID? = nil, limit: Int = 50
    ) async throws -> (releases: [FileRelease], count: Int) {
        try await list(ReleaseFilter(grant: grant), for: principal, before: before, limit: limit)
    }

    /// The receipt with its proofs. Waits for the next checkpoint, at most `secondsMax`.
    ///
    /// - Throws: `ReleaseError.notFound`; `EvidenceError.leafWaiting` when no checkpoint came.
    package func document(
        of id: ReleaseID, for principal: Principal, secondsMax: Double = 3
    ) async throws -> ReceiptDocument {
        let release = try await find(id, for: principal)
        guard let settled = release.settledLeaf, release.hasReceipt else { throw ReleaseError.notFound }
        let (evidence, store) = (evidence, store)
        let deadline = clock.now() + .milliseconds(Int64(secondsMax * 1000))
        while true {
            do {
                return try await database.read { connection in
                    guard let text = try store.receipt(of: id, in: connection) else {
                        throw ReleaseError.notFound
                    }
                    return ReceiptDocument(
                        envelope: try Envelope(JSON.parse(text)),
                        authorised: try evidence.proven(release.authorisedLeaf, in: connection),
                        settled: try evidence.proven(settled, in: connection))
                }
            } catch EvidenceError.leafWaiting where clock.now() < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Leave to hand over the file: the recipient's alone, and recorded before the first byte. The download asks its grant before
    /// every block, so that a revocation also ends one that is under way.
    package func download(_ id: ReleaseID, by principal: Principal) async throws -> FileDownload {
        try await tally.watching {
            try await recorded { try await freshness.require() }
            let release = try await find(id, for: principal)
            guard release.state == .settled, DeliveryKind.files.contains(release.delivery) else {
                throw ReleaseError.fileGone
            }
            do {
                let subject = Subject(
                    Leaf.Subject(release.grant), owner: release.provider, recipient: release.recipient,
                    revision: release.revision
                ) { _ in release.revision }
                _ = try permissions.permit(.releaseRows, on: subject, for: principal)
                return FileDownload(
                    release: release, path: files.path(of: release.id),
                    watch: try await begin(release, by: principal))
            } catch let error as PolicyError {
                try await refuse(release, error.problem, principal)
                throw error
            }
        }
    }

    /// A grant that was suspended and is in force again lets its files out again: they were made and charged under the same terms.
    private func begin(_ release: FileRelease, by principal: Principal) async throws -> GrantWatch.Stream {
        let now = clock.now()
        let occasion = Occasion(at: now, from: principal.address, calendar: calendar)
        let (evidence, grants, store) = (evidence, grants, store)
        let seen = try await database.read { try grants.get(release.grant, in: $0) }
        // Opened before the look at the grant that counts: what moves it afterwards ends the stream.
        let stream = watch.stream(seen.id, revision: seen.revision)
        try await watch.poll(database)
        return try await recorded {
            try await database.write { connection in
                let grant = try grants.get(release.grant, in: connection)
                guard grant.state == .active else { throw PolicyError.grantNotActive(grant.id, grant.state) }
                let receipt = try store.receipt(of: release.id, in: connection).map { try JSON.parse($0) }
                guard grant.revision == seen.revision,
                    receipt?["payload"]?["plan"]?.string == grant.planDigest
                else { throw PolicyError.grantMoved(grant.id) }
                try grants.demand(grant, at: now)
                try Circumstances(grant.clauses).demand(occasion, under: grant.id)
                try evidence.append(
                    Leaf(
                        id: LeafID.new(at: now), type: "release.downloaded", at: now, actor: principal.actor,
                        subjects: [Leaf.Subject(release.id), Leaf.Subject(release.grant)],
                        payload: ["sha256": release.sha256.map { .string($0) } ?? .null]), in: connection)
            }
            return stream
        }
    }

    private func refuse(_ release: FileRelease, _ problem: Problem, _ principal: Principal) async throws {
        let now = clock.now()
        _ = try await recorded {
            try await evidence.recordOnly(
                Leaf(
                    id: LeafID.new(at: now), type: "release.refused", at: now, actor: principal.actor,
                    subjects: [Leaf.Subject(release.id), Leaf.Subject(release.grant)],
                    payload: ["delivery": "download", "problem": .string(problem.message.key)]),
                in: database)
        }
    }

    /// A download that its grant ended half way: how much had left is evidence.
    func stopped(_ release: FileRelease, after bytes: Int64, _ problem: Problem) async throws {
        let now = clock.now()
        try await evidence.recordOnly(
            Leaf(
                id: LeafID.new(at: now), type: "release.download-stopped", at: now, actor: "system",
                subjects: [Leaf.Subject(release.id), Leaf.Subject(release.grant)],
                payload: ["bytes": .integer(bytes), "problem": .string(problem.message.key)]),
            in: database)
    }

    /// Closes releases past their lease as *unknown*: charged as reserved, recorded, never silently forgotten.
    @discardableResult
    package func closeLapsed() async throws -> Int {
        let now = clock.now()
        let (ledger, evidence, store) = (ledger, evidence, store)
        let (lapsed, lists) = try await database.write { connection in
            let lapsed = try ledger.lapse(at: now, in: connection)
            for id in lapsed {
                let leaf = LeafID.new(at: now)
                _ = try store.close(id, .unknown, nil, leaf: leaf, receipt: nil, at: now, in: connection)
                try evidence.append(
                    Leaf(
                        id: leaf, type: "release.unknown", at: now, actor: "system",
                        subjects: [Leaf.Subject(id)], payload: [:]), in: connection)
            }
            try PushStore().lapse(lapsed, in: connection)
            let lists = try NameListStore().lapse(parts: lapsed, at: now, in: connection)
            for id in lists {
                try evidence.append(
                    Leaf(
                        id: LeafID.new(at: now), type: "release.unknown", at: now, actor: "system",
                        subjects: [Leaf.Subject(id)], payload: ["outcome": "unknown"]), in: connection)
            }
            return (lapsed, lists)
        }
        for id in lapsed { files.discard(id) }
        for id in lists { self.lists.discardResult(of: id) }
        return lapsed.count
    }
}

extension GrantStore {
    /// The revision of a grant that is active; nil otherwise.
    static let activeRevision: @Sendable (GrantID, any Connection) throws -> Int? = { id, connection in
        try connection.row("SELECT revision FROM policy_grant WHERE id = \(id) AND state = 'active'")?
            .optional("revision")
    }
}
