package import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Lake
package import Persistence
package import Policy

/// Name lists from their arrival to the workbook that goes back: brought, read, checked, released, handed over.
package struct NameListDesk: Sendable {
    /// What it stands on.
    package struct Parts: Sendable {
        package let database: any Database
        package let grants: GrantStore
        package let permissions: Permissions
        package let prepared: PreparedGrants
        package let ledger: QuotaLedger
        package let evidence: EvidenceLog
        package let freshness: EvidenceFreshness
        package let watch: GrantWatch
        package let engine: Engine
        /// Looks at every list that is brought.
        package let uploads: UploadGate
        package let signer: Signer
        /// Names keys and case numbers in evidence.
        package let keyMAC: MAC
        /// Seals what authorises a list.
        package let cipher: Cipher
        package let folder: NameListFolder
        package let leaseSeconds: Int
        package let delivered: ReleaseJournal.Delivered
        package let tally: ReleaseTally
        package let limits: NameListLimits
        package let entryTitle: @Sendable (EntryID) async throws -> String
        package let partyName: @Sendable (PartyID) async throws -> String
        package let text: @Sendable (Message, Language) -> String
        private let calendars: CalendarInForce
        package var calendar: WorkingDayCalendar { calendars.now }
        package let clock: Clock

        package init(
            database: any Database, grants: GrantStore, permissions: Permissions, prepared: PreparedGrants,
            ledger: QuotaLedger, evidence: EvidenceLog, freshness: EvidenceFreshness, watch: GrantWatch,
            engine: Engine, uploads: UploadGate, signer: Signer, keyMAC: MAC, cipher: Cipher,
            folder: NameListFolder,
            leaseSeconds: Int, delivered: @escaping ReleaseJournal.Delivered, tally: ReleaseTally,
            limits: NameListLimits, entryTitle: @escaping @Sendable (EntryID) async throws -> String,
            partyName: @escaping @Sendable (PartyID) async throws -> String,
            text: @escaping @Sendable (Message, Language) -> String, calendars: CalendarInForce,
            clock: Clock
        ) {
            self.database = database
            self.grants = grants
            self.permissions = permissions
            self.prepared = prepared
            self.ledger = ledger
            self.evidence = evidence
            self.freshness = freshness
            self.watch = watch
            self.engine = engine
            self.uploads = uploads
            self.signer = signer
            self.keyMAC = keyMAC
            self.cipher = cipher
            self.folder = folder
            self.leaseSeconds = leaseSeconds
            self.delivered = delivered
            self.tally = tally
            self.limits = limits
            self.entryTitle = entryTitle
            self.partyName = partyName
            self.text = text
            self.calendars = calendars
            self.clock = clock
        }
    }

    package let parts: Parts
    let store = NameListStore()
    let running = RunningReleases()

    package init(_ parts: Parts) { self.parts = parts }

    package var limits: NameListLimits { parts.limits }

    /// A list that the principal's scope of releases shows.
    package func find(_ id: ReleaseID, for principal: Principal) async throws -> NameList {
        let (store, scope) = (store, parts.permissions.scope(of: .release, for: principal))
        return try await parts.database.read { try store.list(id, scope: scope, in: $0) }
    }

    /// A list that the principal may act on: their own unit's, and they may receive rows.
    func own(_ id: ReleaseID, by principal: Principal) async throws -> NameList {
        let list = try await find(id, for: principal)
        _ = try parts.permissions.permit(.releaseRows, on: list.subject, for: principal)
        return list
    }

    /// Newest first, with the number of all that the principal may see.
    package func lists(
        for principal: Principal, before: ReleaseID? = nil, limit: Int = 50
    ) async throws -> (lists: [NameList], count: Int) {
        let (store, scope) = (store, parts.permissions.scope(of: .release, for: principal))
        return try await parts.database.read { connection in
            (
                try store.lists(scope: scope, before: before, limit: limit, in: connection),
                try store.count(scope: scope, in: connection)
            )
        }
    }

    /// Gives up what was brought: nothing of it stays.
    ///
    /// - Throws: `NameListError.notDraft` when it was released.
    package func discard(_ id: ReleaseID, by principal: Principal) async throws {
        let list = try await own(id, by: principal)
        let store = store
        guard try await parts.database.write({ try store.discard(list.id, in: $0) }) else {
            throw NameListError.notDraft
        }
        parts.folder.discard(list.id)
    }

    /// Asks the process that works on it to stop. Nothing is charged, nothing stays.
    package func cancel(_ id: ReleaseID, by principal: Principal) async throws {
        let list = try await own(id, by: principal)
        let store = store
        guard try await parts.database.write({ try store.askCancel(list.id, in: $0) }) else {
            throw NameListError.notRunning
        }
    }

    /// Ends what this process works on; each is recorded as failed.
    package func stop() async { await running.stop() }

    /// What processes that are gone left half made, and drafts that nobody went on with.
    @discardableResult
    package func removeLeftovers() async throws -> Int {
        var removed = WorkFolder.removeAbandoned(in: parts.folder.path) {
            $0.hasSuffix(NameListFolder.workSuffix)
        }
        let before = parts.clock.now() + .seconds(-NameListLimits.draftDaysMax * 86_400)
        let store = store
        let drafts = try await parts.database.read { try store.drafts(before: before, limit: 500, in: $0) }
        for draft in drafts {
            guard try await parts.database.write({ try store.discard(draft, in: $0) }) else { continue }
            parts.folder.discard(draft)
            removed += 1
        }
        return removed
    }
}

extension NameList {
    /// What a permit on it is about: it concerns its recipient alone.
    var subject: Subject {
        Subject(Leaf.Subject(id), owner: nil, recipient: recipient, revision: 0) { _ in 0 }
    }

    /// As the reader of a worker takes it.
    func source(in folder: NameListFolder) -> Source { Source(file: folder.list(id, named: file.name)) }
}

/// What this process releases in the background, so that it can end it before it ends itself.
actor RunningReleases {
    private var tasks: [ReleaseID: Task<Void, Never>] = [:]

    func start(_ release: ReleaseID, _ body: @escaping @Sendable () async throws -> Void) {
        tasks[release] = Task {
            // How it ended is in its row; when even that could not be written, its lease tells.
            try? await body()
            forget(release)
        }
    }

    private func forget(_ release: ReleaseID) { tasks[release] = nil }

    /// Waits for what runs now.
    func settle() async {
        for task in tasks.values { await task.value }
    }

    func stop() async {
        let running = tasks.values
        for task in running { task.cancel() }
        for task in running { await task.value }
    }
}
