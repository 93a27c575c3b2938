import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Persistence

/// 涉密不上网: files with a mark of secrecy are refused at every door, on record; the security officer may say that one was a false alarm.
package struct RefusedUploads: Sendable {
    /// How long exactly those bytes may then be brought at exactly that door.
    package static let releaseHours = 24
    package static let reasonCharactersMax = 500
    private static let listMax = 500
    /// For so long what was refused is in the security officer's inbox.
    private static let noticeDays = 30

    private let database: any Database
    private let evidence: EvidenceLog
    private let permissions: Permissions
    private let clock: Clock
    /// Reads the name and the head of a file.
    private let look: @Sendable (_ path: String, _ name: String) throws -> SecrecyFinding?

    package init(
        database: any Database, evidence: EvidenceLog, permissions: Permissions, clock: Clock,
        look: @escaping @Sendable (_ path: String, _ name: String) throws -> SecrecyFinding?
    ) {
        self.database = database
        self.evidence = evidence
        self.permissions = permissions
        self.clock = clock
        self.look = look
    }

    /// What doors ask.
    package var gate: UploadGate {
        UploadGate { path, name, door, principal in
            guard let finding = try look(path, name) else { return }
            try await refuse(path, finding, at: door, by: principal)
        }
    }

    /// Returns when these bytes were released for this door. Only then, and for the record, is the whole file read.
    private func refuse(
        _ path: String, _ finding: SecrecyFinding, at door: UploadDoor, by principal: Principal
    ) async throws {
        let (digest, bytes) = try Self.digest(of: path)
        let (store, now) = (RefusedUploadStore(), clock.now())
        if try await database.read({ try store.isReleased(digest, at: door, on: now, in: $0) }) { return }
        let refused = RefusedUpload(
            id: .new(at: now), door: door, digest: digest, bytes: bytes, finding: finding,
            party: principal.party, account: principal.account, at: now)
        let (evidence, actor) = (evidence, principal.actor)
        try await database.write { connection in
            try store.insert(refused, in: connection)
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "upload.refused-classified", at: now, actor: actor,
                    subjects: [Leaf.Subject(refused.id)],
                    payload: [
                        "sha256": .string(digest), "bytes": .integer(bytes), "door": .string(door.rawValue),
                    ]), in: connection)
        }
        throw ClassifiedUpload(finding)
    }

    private static func digest(of path: String) throws -> (sha256: String, bytes: Int64) {
        guard let file = FileHandle(forReadingAtPath: path) else { throw RefusedUploadError.unreadable }
        defer { try? file.close() }
        var digest = RunningDigest(.sha256)
        var bytes: Int64 = 0
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            bytes += Int64(piece.count)
            piece.withUnsafeBytes { digest.update($0) }
        }
        return (digest.finish().hex, bytes)
    }

    // MARK: - The security officer

    /// Newest first.
    package func list(
        before: RefusedUploadID? = nil, limit: Int = 50, for principal: Principal
    ) async throws -> (uploads: [RefusedUpload], count: Int) {
        try demand(principal)
        return try await database.read {
            let store = RefusedUploadStore()
            return (
                try store.list(before: before, limit: min(max(1, limit), Self.listMax), in: $0),
                try store.count(in: $0)
            )
        }
    }

    package func find(_ id: RefusedUploadID, for principal: Principal) async throws -> RefusedUpload {
        try demand(principal)
        guard let found = try await database.read({ try RefusedUploadStore().refused(id, in: $0) }) else {
            throw RefusedUploadError.notFound
        }
        return found
    }

    /// What was refused lately and is not released, for the inbox of whoever may release it; empty for others.
    package func notices(for principal: Principal) async throws -> [RefusedUpload] {
        guard permissions.mayEver(.releaseUpload, principal) else { return [] }
        let since = clock.now() + .seconds(-Self.noticeDays * 86_400)
        return try await database.read { try RefusedUploadStore().open(since: since, limit: 100, in: $0) }
    }

    /// A false alarm: exactly these bytes may come in at exactly that door, for a day. Who brought the file cannot say so.
    ///
    /// - Throws: `RefusedUploadError`; `PolicyError.notPermitted`.
    @discardableResult
    package func release(
        _ id: RefusedUploadID, because reason: String, by principal: Principal
    ) async throws -> RefusedUpload {
        let refused = try await find(id, for: principal)
        let reason = String(reason[...].drop(while: \.isWhitespace))
        guard !reason.isEmpty, reason.count <= Self.reasonCharactersMax else {
            throw RefusedUploadError.reasonNeeded
        }
        guard let account = principal.account else { throw PolicyError.notPermitted(.releaseUpload) }
        let subject = Subject(
            Leaf.Subject(id), owner: refused.party, proposer: refused.account, revision: 0
        ) { _ in 0 }
        let permit = try permissions.permit(.releaseUpload, on: subject, for: principal)
        let (evidence, now) = (evidence, clock.now())
        let release = RefusedUpload.Release(
            by: account, at: now, until: now + .seconds(Self.releaseHours * 3_600), reason: reason)
        try await database.write(under: permit) { connection, mandate in
            guard try RefusedUploadStore().release(id, release, in: connection) else {
                throw RefusedUploadError.releasedBefore
            }
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "upload.released", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id)],
                    payload: [
                        "sha256": .string(refused.digest), "door": .string(refused.door.rawValue),
                        "until": .string(release.until.description), "reason": .string(reason),
                    ]), in: connection)
        }
        return try await find(id, for: principal)
    }

    private func demand(_ principal: Principal) throws {
        guard permissions.mayEver(.releaseUpload, principal) else {
            throw PolicyError.notPermitted(.releaseUpload)
        }
    }
}

package enum RefusedUploadError: Error, Sendable, Hashable, ProblemConvertible {
    case notFound
    case reasonNeeded
    case releasedBefore
    /// What is to be looked at cannot be read.
    case unreadable

    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("upload.refused-not-found"))
        case .reasonNeeded:
            Problem(
                .invalid, Message("upload.release-invalid"),
                places: [
                    Problem.Place(
                        "reason",
                        Message(
                            "upload.release-reason-needed",
                            ["charactersMax": "\(RefusedUploads.reasonCharactersMax)"]))
                ])
        case .releasedBefore: Problem(.conflict, Message("upload.released-before"))
        case .unreadable: Problem(.unavailable, Message("upload.unreadable"))
        }
    }
}
