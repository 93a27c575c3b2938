import Foundation
import Kernel
import Lake
import Persistence

extension Hooking {
    private static let uploadSecondsMax = 3_600.0

    /// Removes what processes that are gone left half made: staging and row stores under way, versions that no swap followed, uploads
    /// that were never recorded. Answers how many.
    @discardableResult
    package func removeLeftovers() async throws -> Int {
        var removed = parts.engine.removeLeftovers()
        for entry in parts.engine.entryFolders {
            for version in parts.engine.versionFolders(of: entry)
            where try await isLeftover(version, of: entry) {
                parts.engine.remove(version, of: entry)
                removed += 1
            }
        }
        return removed + (try await removeLostUploads())
    }

    /// Made by an attempt that has ended otherwise. A folder that no attempt accounts for is left alone: the database may be older
    /// than the lake.
    private func isLeftover(_ version: VersionID, of entry: EntryID) async throws -> Bool {
        let (hooks, attempts) = (hooks, attempts)
        return try await parts.database.read { connection in
            guard try hooks.version(version, in: connection) == nil else { return false }
            return try attempts.failed(of: entry, at: version.instant, in: connection)
        }
    }

    /// Copied for longer than an hour ago and in no record.
    private func removeLostUploads() async throws -> Int {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: uploadsFolder)) ?? []
        var removed = 0
        for name in names {
            let path = "\(uploadsFolder)/\(name)"
            let isPart = name.hasSuffix(".part")
            guard let id = UploadID(isPart ? String(name.dropLast(5)) : name),
                let changed = try? manager.attributesOfItem(atPath: path)[.modificationDate] as? Date,
                parts.clock.now() - Instant(changed) > .seconds(Int64(Self.uploadSecondsMax))
            else { continue }
            let isKnown = try await parts.database.read { connection in
                try connection.row("SELECT id FROM upload WHERE id = \(id)") != nil
            }
            if !isKnown, (try? manager.removeItem(atPath: path)) != nil { removed += 1 }
        }
        return removed
    }
}

extension Instant {
    fileprivate init(_ date: Date) { self.init(microseconds: Int64(date.timeIntervalSince1970 * 1_000_000)) }
}
