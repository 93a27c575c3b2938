import Cryptography
import Evidence
import Foundation
package import Identity
import Kernel
import Lake
import Persistence
import Policy

/// Files that a person brings: copied into the data folder first, so that a worker reads nothing outside of it.
extension Hooking {
    /// The same bytes brought again by the same unit are the upload that is there already.
    ///
    /// - Returns: the path of the copy, for `Source.text` or `Source.parquet`.
    package func upload(file: String, name: String, by principal: Principal) async throws -> String {
        guard let account = principal.account, let owner = principal.party else {
            throw PolicyError.notPermitted(.hookSource)
        }
        _ = try parts.permissions.permit(
            .hookSource, on: .new(kind: HookNoun.kind, owner: owner), for: principal)
        let plain = URL(filePath: name).lastPathComponent
        guard !plain.isEmpty, plain.utf8.count <= 200, !plain.hasPrefix(".") else {
            throw HookingError.uploadNotFound
        }
        let now = parts.clock.now()
        let id = UploadID.new(at: now)
        let folder = "\(uploadsFolder)/\(id)"
        do {
            let (bytes, digest) = try copy(file, into: folder, as: plain)
            let known = try await parts.database.read { connection in
                try connection.row(
                    """
                    SELECT id, name FROM upload WHERE owner = \(owner) AND sha256 = \(digest)
                    AND name = \(plain) ORDER BY id LIMIT 1
                    """)
            }
            if let known {
                let path = "\(uploadsFolder)/\(try known.value("id", as: String.self))/\(plain)"
                if FileManager.default.fileExists(atPath: path) {
                    try? FileManager.default.removeItem(atPath: folder)
                    return path
                }
            }
            let evidence = parts.evidence
            try await parts.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO upload (id, owner, name, bytes, sha256, uploaded_by, uploaded_at)
                    VALUES (\(id), \(owner), \(plain), \(bytes), \(digest), \(account), \(now))
                    """)
                try evidence.append(
                    Leaf(
                        id: LeafID.new(at: now), type: "upload.received", at: now, actor: principal.actor,
                        subjects: [Leaf.Subject(id), Leaf.Subject(owner)],
                        payload: ["bytes": .integer(bytes), "sha256": .string(digest)]), in: connection)
            }
            return "\(folder)/\(plain)"
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    private func copy(_ file: String, into folder: String, as name: String) throws -> (Int64, String) {
        guard let from = FileHandle(forReadingAtPath: file) else { throw HookingError.uploadNotFound }
        defer { try? from.close() }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(name)"
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let to = FileHandle(forWritingAtPath: path)
        else { throw HookingError.uploadNotFound }
        defer { try? to.close() }
        var running = RunningDigest(.sha256)
        var bytes: Int64 = 0
        while let block = try from.read(upToCount: 1 << 20), !block.isEmpty {
            bytes += Int64(block.count)
            guard bytes <= parts.limits.fileBytesMax else {
                throw HookingError.uploadTooLarge(bytesMax: Int(parts.limits.fileBytesMax))
            }
            block.withUnsafeBytes { running.update($0) }
            try to.write(contentsOf: block)
        }
        try to.synchronize()
        return (bytes, running.finish().hex)
    }
}
