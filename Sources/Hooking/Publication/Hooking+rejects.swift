package import Foundation
package import Identity
package import Kernel
package import Lake
import Policy

/// Some of an attempt's rejected cells, in the order of the source.
package struct RejectPage: Sendable {
    package let rejects: [Reject]
    /// Where the next page begins, in bytes; nil at the end.
    package let next: Int?
}

extension Hooking {
    /// Excerpts of rejected rows are data: only those who publish for the department see them, and nobody is told that they exist.
    package func rejectsFile(of attempt: JobID, for principal: Principal) async throws -> URL? {
        let found = try await self.attempt(attempt, for: principal)
        let hook = try await find(found.hook, for: principal)
        guard parts.permissions.allows(.publishVersion, on: hooks.subject(hook), for: principal) else {
            throw HookingError.notFound
        }
        let path = "\(rejectsFolder)/\(attempt).ndjson"
        return FileManager.default.fileExists(atPath: path) ? URL(filePath: path) : nil
    }

    /// How many cells were rejected.
    package func rejectCount(of attempt: JobID, for principal: Principal) async throws -> Int64 {
        guard let file = try await rejectsFile(of: attempt, for: principal),
            let handle = FileHandle(forReadingAtPath: file.path)
        else { return 0 }
        defer { try? handle.close() }
        var count: Int64 = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            count += piece.reduce(into: 0) { $0 += $1 == 0x0A ? 1 : 0 }
        }
        return count
    }

    /// The offset is `next` of the page before. A made-up one shows whole lines all the same.
    package func rejects(
        of attempt: JobID, from offset: Int = 0, limit: Int, for principal: Principal
    ) async throws -> RejectPage {
        guard let file = try await rejectsFile(of: attempt, for: principal),
            let handle = FileHandle(forReadingAtPath: file.path)
        else { return RejectPage(rejects: [], next: nil) }
        defer { try? handle.close() }
        let end = try handle.seekToEnd()
        guard offset >= 0, UInt64(offset) < end else { return RejectPage(rejects: [], next: nil) }
        try handle.seek(toOffset: UInt64(offset))
        var rejects: [Reject] = []
        var at = offset
        var pending = Data()
        while rejects.count < limit {
            guard let line = pending.firstIndex(of: 0x0A) else {
                guard let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty else { break }
                pending += piece
                continue
            }
            if let reject = try? JSONDecoder().decode(Reject.self, from: pending[..<line]) {
                rejects.append(reject)
            }
            at += line - pending.startIndex + 1
            pending = pending[(line + 1)...]
        }
        return RejectPage(rejects: rejects, next: UInt64(at) < end ? at : nil)
    }
}
