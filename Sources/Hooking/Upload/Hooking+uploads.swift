import Cryptography
import Evidence
import Foundation
package import Identity
package import Kernel
package import Lake
import Persistence
package import Policy

/// Files that a person brings: taken into the data folder first, so that a worker reads nothing outside of it.
extension Hooking {
    /// Whether the file that is brought in stays where it was.
    package enum Bringing: Sendable {
        case copying
        /// It is in the data folder already, and ours.
        case moving
    }

    /// Takes a file over into the uploads folder, with its digest and its evidence. The same bytes brought again under the same
    /// name by the same department are the upload that is there already.
    /// `action` is what it is brought for: to be hooked, or to be filed. Nothing is left of a file with a mark of secrecy.
    ///
    /// - Throws: `ClassifiedUpload`; `HookingError.uploadTooLarge`, `.uploadEnding`, `.uploadEmpty`, `.uploadUnwritable`; what Policy says when the entry is not
    ///   the principal's to hook.
    package func upload(
        _ path: String, named name: String, _ bringing: Bringing, for entry: EntryID,
        under action: Action = .hookSource, through door: UploadDoor? = nil, by principal: Principal
    ) async throws -> Upload {
        let facts = try await parts.entry(entry, principal)
        let subject = Subject.new(kind: UploadNoun.kind, owner: facts.owner)
        let permit = try parts.permissions.permit(action, on: subject, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(action) }
        guard let safe = Upload.safeName(name) else { throw HookingError.uploadEnding(name) }
        let now = parts.clock.now()
        let id = UploadID.new(at: now)
        let folder = "\(uploadsFolder)/\(id)"
        do {
            let (digest, bytes) = try bring(path, bringing, to: folder, as: safe)
            try await parts.uploads.admit(
                "\(folder)/\(safe)", named: name, at: door ?? (action == .hookSource ? .hook : .filing),
                by: principal)
            let upload = Upload(
                id: id, owner: facts.owner, name: safe, bytes: bytes, sha256: digest, uploadedBy: account,
                uploadedAt: now)
            if let known = try await same(as: upload) {
                try? FileManager.default.removeItem(atPath: folder)
                return known
            }
            let evidence = parts.evidence
            try await parts.database.write(under: permit) { connection, mandate in
                try UploadStore().insert(upload, in: connection)
                try evidence.append(
                    Leaf(
                        id: LeafID.new(at: now), type: "upload.received", at: now, actor: mandate.actor,
                        subjects: [Leaf.Subject(id), Leaf.Subject(entry)],
                        payload: ["bytes": .integer(Int64(bytes)), "sha256": .string(digest)]),
                    in: connection)
            }
            return upload
        } catch {
            // Without its record the file is nobody's.
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// An upload of the principal's own department; of others nobody knows.
    package func upload(_ id: UploadID, for principal: Principal) async throws -> Upload {
        guard let found = try await parts.database.read({ try UploadStore().upload(id, in: $0) }),
            found.owner == principal.party
        else { throw HookingError.uploadNotFound }
        return found
    }

    package func source(of upload: Upload) -> Source { upload.source(in: uploadsFolder) }

    private func same(as upload: Upload) async throws -> Upload? {
        let known = try await parts.database.read { try UploadStore().same(as: upload, in: $0) }
        return known.flatMap {
            FileManager.default.fileExists(atPath: $0.path(in: uploadsFolder)) ? $0 : nil
        }
    }

    private func bring(
        _ path: String, _ bringing: Bringing, to folder: String, as name: String
    ) throws -> (sha256: String, bytes: Int) {
        guard let from = FileHandle(forReadingAtPath: path) else { throw HookingError.uploadNotFound }
        defer { try? from.close() }
        let target = "\(folder)/\(name)"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            if bringing == .moving {
                try FileManager.default.moveItem(atPath: path, toPath: target)
                return try read(from, into: nil)
            }
            guard
                FileManager.default.createFile(
                    atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]),
                let to = FileHandle(forWritingAtPath: target)
            else { throw HookingError.uploadUnwritable }
            defer { try? to.close() }
            let figures = try read(from, into: to)
            try to.synchronize()
            return figures
        } catch let error as HookingError {
            throw error
        } catch {
            throw HookingError.uploadUnwritable
        }
    }

    /// In pieces: a file may be larger than memory.
    private func read(_ from: FileHandle, into to: FileHandle?) throws -> (sha256: String, bytes: Int) {
        var digest = RunningDigest(.sha256)
        var bytes = 0
        while let piece = try from.read(upToCount: 1 << 20), !piece.isEmpty {
            bytes += piece.count
            guard Int64(bytes) <= parts.limits.fileBytesMax else {
                throw HookingError.uploadTooLarge(bytesMax: Int(parts.limits.fileBytesMax))
            }
            piece.withUnsafeBytes { digest.update($0) }
            try to?.write(contentsOf: piece)
        }
        guard bytes > 0 else { throw HookingError.uploadEmpty }
        return (digest.finish().hex, bytes)
    }
}

extension UploadGate {
    /// A file that a department's own systems dropped on the server and a hook reads there: looked at each time, for it is theirs to change.
    /// What bears a mark does not stay.
    func admit(_ source: Source, outside uploads: String, by principal: Principal) async throws {
        guard let path = source.path, !path.hasPrefix(uploads + "/") else { return }
        do {
            try await admit(path, named: URL(filePath: path).lastPathComponent, at: .inbox, by: principal)
        } catch let refused as ClassifiedUpload {
            try? FileManager.default.removeItem(atPath: path)
            throw refused
        } catch is SourceError {
            // Not there, or not readable: whoever is to read it says so.
            return
        }
    }
}
