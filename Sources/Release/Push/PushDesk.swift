package import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Lake
package import Persistence
package import Policy

/// Pushes into tables of recipients' own databases: targets registered, rows brought once, receipts signed.
package struct PushDesk: Sendable {
    /// What it stands on.
    package struct Parts: Sendable {
        package let database: any Database
        package let grants: GrantStore
        package let permissions: Permissions
        package let ledger: QuotaLedger
        package let evidence: EvidenceLog
        package let freshness: EvidenceFreshness
        package let watch: GrantWatch
        package let engine: Engine
        package let sources: ReleaseSources
        package let signer: Signer
        /// Seals the passwords of targets.
        package let cipher: @Sendable () throws -> Cipher
        /// `host:port` that rows may be pushed to.
        package let hosts: [String]
        package let leaseSeconds: Int
        package let delivered: ReleaseJournal.Delivered
        package let tally: ReleaseTally
        private let calendars: CalendarInForce
        package var calendar: WorkingDayCalendar { calendars.now }
        package let clock: Clock

        package init(
            database: any Database, grants: GrantStore, permissions: Permissions, ledger: QuotaLedger,
            evidence: EvidenceLog, freshness: EvidenceFreshness, watch: GrantWatch, engine: Engine,
            sources: ReleaseSources, signer: Signer, cipher: @escaping @Sendable () throws -> Cipher,
            hosts: [String], leaseSeconds: Int, delivered: @escaping ReleaseJournal.Delivered,
            tally: ReleaseTally, calendars: CalendarInForce, clock: Clock
        ) {
            self.database = database
            self.grants = grants
            self.permissions = permissions
            self.ledger = ledger
            self.evidence = evidence
            self.freshness = freshness
            self.watch = watch
            self.engine = engine
            self.sources = sources
            self.signer = signer
            self.cipher = cipher
            self.hosts = hosts
            self.leaseSeconds = leaseSeconds
            self.delivered = delivered
            self.tally = tally
            self.calendars = calendars
            self.clock = clock
        }
    }

    package let parts: Parts
    let store = PushStore()
    let running = RunningReleases()

    package init(_ parts: Parts) { self.parts = parts }

    package var hosts: [String] { parts.hosts }

    /// One that the principal's scope of releases shows.
    package func find(_ id: ReleaseID, for principal: Principal) async throws -> Push {
        let (store, scope) = (store, parts.permissions.scope(of: .release, for: principal))
        guard let push = try await parts.database.read({ try store.push(id, scope: scope, in: $0) }) else {
            throw PushFault.notFound
        }
        return push
    }

    /// Newest first, with the number of all that the principal may see.
    package func pushes(
        grant: GrantID? = nil, for principal: Principal, before: ReleaseID? = nil, limit: Int = 50
    ) async throws -> (pushes: [Push], count: Int) {
        let (store, scope) = (store, parts.permissions.scope(of: .release, for: principal))
        return try await parts.database.read { connection in
            (
                try store.pushes(
                    grant: grant, scope: scope, before: before, limit: limit, in: connection),
                try store.count(grant: grant, scope: scope, in: connection)
            )
        }
    }

    /// Asks the process that works on it to stop. Nothing stays at the target, nothing is charged, unless the rows are in the table already.
    package func cancel(_ id: ReleaseID, by principal: Principal) async throws {
        let push = try await find(id, for: principal)
        _ = try parts.permissions.permit(.releaseRows, on: push.subject, for: principal)
        let store = store
        guard try await parts.database.write({ try store.askCancel(push.id, in: $0) }) else {
            throw PushFault.notRunning
        }
    }

    /// Ends what this process works on: it is left as it is, for the next process to go on with.
    package func stop() async { await running.stop() }

    func password(of target: PushTargetID) async throws -> String {
        let store = store
        guard let sealed = try await parts.database.read({ try store.credential(of: target, in: $0) }) else {
            return ""
        }
        guard let bytes = try? parts.cipher().open(sealed, aad: Self.place(target)) else {
            throw PushFault.credentialUnreadable
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func place(_ target: PushTargetID) -> [UInt8] { Array("push-target/\(target)".utf8) }
}

extension Push {
    /// What a permit on it is about.
    var subject: Subject {
        Subject(Leaf.Subject(id), owner: provider, recipient: recipient, revision: 0) { _ in 0 }
    }

    var subjects: [Leaf.Subject] {
        [
            Leaf.Subject(id), Leaf.Subject(grant), Leaf.Subject(entry), Leaf.Subject(recipient),
            Leaf.Subject(target),
        ]
    }
}
