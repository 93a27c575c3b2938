import Foundation
package import Kernel
import Lake
import Web

/// A file that a department's own systems dropped on the server.
package struct InboxFile: Sendable, Hashable {
    package let name: String
    package let path: String
    package let bytes: Int
    package let changedAt: Instant

    var source: Source { Source(file: path) }

    var note: Message {
        Message(
            "hooking.inbox-note", ["bytes": Written.bytes(bytes), "changed": changedAt.date().description])
    }
}

/// The inbox folders of the settings. Each department has a folder of its own below them, and sees no other's.
package struct Inbox: Sendable {
    package static let filesMax = 200
    let folders: [String]

    package init(folders: [String]) { self.folders = folders }

    /// Newest first. `names` are what the department's folder may be called: its name, its USCC, its id.
    package func files(of names: [String]) -> [InboxFile] {
        let plain = names.filter { !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("/") }
        let found = folders.flatMap { folder in
            plain.flatMap { Self.files(in: URL(filePath: folder).appending(path: $0)) }
        }
        return Array(found.sorted { $0.changedAt > $1.changedAt }.prefix(Self.filesMax))
    }

    private static func files(in folder: URL) -> [InboxFile] {
        let keys: Set<URLResourceKey> = [
            .isRegularFileKey, .isSymbolicLinkKey, .fileSizeKey, .contentModificationDateKey,
        ]
        let paths =
            (try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: Array(keys), options: [.skipsHiddenFiles])) ?? []
        return paths.compactMap { path in
            let name = path.lastPathComponent
            guard Upload.endings.contains(where: { name.lowercased().hasSuffix($0) }),
                let values = try? path.resourceValues(forKeys: keys), values.isRegularFile == true,
                values.isSymbolicLink != true
            else { return nil }
            let changed = values.contentModificationDate?.timeIntervalSince1970 ?? 0
            return InboxFile(
                name: name, path: path.path, bytes: values.fileSize ?? 0,
                changedAt: Instant(microseconds: Int64(changed * 1_000_000)))
        }
    }
}
