import Cryptography
import Evidence
import Foundation
import HTTPTypes
import Hummingbird
package import Identity
package import Kernel
package import NIOCore
import Persistence
import Policy
import Web

/// Leave to hand over the workbook of one list, a block at a time, for as long as every grant in it lets it.
package struct NameListDownload: Sendable {
    package let list: NameList
    package let path: String
    let watches: [GrantWatch.Stream]

    /// - Throws: `PolicyError.grantMoved` or `.watchLost`; `ReleaseError.fileGone`.
    package func blocks(_ consume: (ByteBuffer) async throws -> Void) async throws {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw ReleaseError.fileGone }
        defer { try? handle.close() }
        while true {
            for watch in watches { try watch.check() }
            guard let block = try handle.read(upToCount: FileDownload.blockBytes), !block.isEmpty else {
                return
            }
            try await consume(ByteBuffer(bytes: block))
        }
    }

    func response(_ desk: NameListDesk, _ visit: Visit) throws -> Response {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int64
        guard let size, size == list.result?.bytes else { throw ReleaseError.fileGone }
        let body = ResponseBody(contentLength: Int(size)) { writer in
            var sent: Int64 = 0
            do {
                try await blocks { block in
                    try await writer.write(block)
                    sent += Int64(block.readableBytes)
                }
            } catch let error as PolicyError {
                try await desk.downloadStopped(list, after: sent, error.problem)
                // The connection breaks off: shorter than it said, the file cannot be taken for whole.
                throw error
            }
            try await writer.finish(nil)
        }
        var response = visit.download(
            body, as: list.resultName,
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension NameListDesk {
    /// Leave to hand over the workbook: its recipient's alone, recorded before the first byte, and only while every grant of it is in
    /// force under the terms that it was made under.
    package func download(_ id: ReleaseID, by principal: Principal) async throws -> NameListDownload {
        try await parts.tally.watching {
            try await recorded { try await parts.freshness.require() }
            let list = try await own(id, by: principal)
            guard list.state == .settled, let result = list.result else { throw ReleaseError.fileGone }
            let (evidence, grants, store) = (parts.evidence, parts.grants, store)
            let now = parts.clock.now()
            let seen = try await parts.database.read { connection in
                try list.parts.map { try grants.get($0.grant, in: connection) }
            }
            let watches = seen.map { parts.watch.stream($0.id, revision: $0.revision) }
            try await parts.watch.poll(parts.database)
            do {
                try await recorded {
                    try await parts.database.write { connection in
                        let receipt = try store.receipt(of: list.id, in: connection).map {
                            try JSON.parse($0)
                        }
                        let signed = receipt?["payload"]?["parts"]?.array ?? []
                        for (part, known) in zip(list.parts, seen) {
                            let grant = try grants.get(part.grant, in: connection)
                            guard grant.state == .active else {
                                throw PolicyError.grantNotActive(grant.id, grant.state)
                            }
                            let isSigned = signed.contains {
                                $0["grant"]?["id"]?.string == grant.id.text
                                    && $0["plan"]?.string == grant.planDigest
                            }
                            guard grant.revision == known.revision, isSigned else {
                                throw PolicyError.grantMoved(grant.id)
                            }
                            try grants.demand(grant, at: now)
                        }
                        try evidence.append(
                            Leaf(
                                id: LeafID.new(at: now), type: "release.downloaded", at: now,
                                actor: principal.actor, subjects: list.subjects(list.parts),
                                payload: ["sha256": .string(result.sha256)]), in: connection)
                    }
                }
            } catch let error as PolicyError {
                try await refuseDownload(list, error.problem, principal)
                throw error
            }
            return NameListDownload(list: list, path: parts.folder.result(of: list.id), watches: watches)
        }
    }

    private func refuseDownload(
        _ list: NameList, _ problem: Problem, _ principal: Principal
    ) async throws {
        let now = parts.clock.now()
        _ = try await recorded {
            try await parts.evidence.recordOnly(
                Leaf(
                    id: LeafID.new(at: now), type: "release.refused", at: now, actor: principal.actor,
                    subjects: list.subjects(list.parts),
                    payload: ["delivery": "download", "problem": .string(problem.message.key)]),
                in: parts.database)
        }
    }

    func downloadStopped(_ list: NameList, after bytes: Int64, _ problem: Problem) async throws {
        let now = parts.clock.now()
        _ = try await parts.evidence.recordOnly(
            Leaf(
                id: LeafID.new(at: now), type: "release.download-stopped", at: now, actor: "system",
                subjects: list.subjects(list.parts),
                payload: ["bytes": .integer(bytes), "problem": .string(problem.message.key)]),
            in: parts.database)
    }

    /// The receipt with its proofs, for the recipient and for those who see everything: a provider's own part is a release of its
    /// own, and the others are none of its business. Waits for the next checkpoint, at most `secondsMax`.
    ///
    /// - Throws: `NameListError.notFound`; `EvidenceError.leafWaiting` when no checkpoint came.
    package func document(
        of id: ReleaseID, for principal: Principal, secondsMax: Double = 3
    ) async throws -> ReceiptDocument {
        let list = try await find(id, for: principal)
        guard list.state == .settled, let authorised = list.authorisedLeaf, let settled = list.settledLeaf
        else { throw NameListError.notFound }
        let (evidence, store) = (parts.evidence, store)
        let deadline = parts.clock.now() + .milliseconds(Int64(secondsMax * 1000))
        while true {
            do {
                return try await parts.database.read { connection in
                    guard let text = try store.receipt(of: id, in: connection) else {
                        throw NameListError.notFound
                    }
                    return ReceiptDocument(
                        envelope: try Envelope(JSON.parse(text)),
                        authorised: try evidence.proven(authorised, in: connection),
                        settled: try evidence.proven(settled, in: connection))
                }
            } catch EvidenceError.leafWaiting where parts.clock.now() < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    // MARK: - Holds

    /// What holds lists under a grant, and what held them before; for whoever may know of the grant.
    package func holds(on grant: GrantID, limit: Int = 20) async throws -> [NameListHold] {
        let store = store
        return try await parts.database.read { try store.holds(on: grant, limit: limit, in: $0) }
    }

    /// Lets lists be matched again: an act of those who may resume the grant.
    ///
    /// - Throws: `ReleaseError.reasonNeeded`; `NameListError.holdNotFound`; `PolicyError.notPermitted`, `.grantNotFound`.
    package func lift(
        _ id: GrantID, because reason: String, isExpected: Bool, by principal: Principal
    ) async throws {
        guard !reason.isEmpty, reason.count <= GrantActs.reasonCharactersMax else {
            throw ReleaseError.reasonNeeded
        }
        let (evidence, grants, store, now) = (parts.evidence, parts.grants, store, parts.clock.now())
        let seen = try await parts.database.read { try grants.get(id, in: $0) }
        let permit = try parts.permissions.permit(.resumeGrant, on: seen, for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            guard
                try store.lift(
                    id, by: mandate.actor, because: reason, isExpected: isExpected, at: now, in: connection)
            else {
                throw NameListError.holdNotFound
            }
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "name-list.lifted", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id)],
                    payload: ["reason": .string(reason), "expected": .boolean(isExpected)]), in: connection)
        }
    }
}
