import Cryptography
import Foundation

/// Files on their way into a backup and out of it: copied with their digest, on disk before anything relies on them.
enum BackupFiles {
    private static let blockBytes = 1 << 20

    /// What of a data folder is kept in files. `master.key` is in no backup, `cache/` is built again, and a database is copied
    /// table by table.
    static let kept = [
        "node.json", "settings.json", "keys", "lake", "uploads", "rejects", "releases", "receipts",
        "name-lists", "letters",
    ]

    /// Paths below `root` of the files to be kept, in order. What is still being written has not happened yet.
    static func list(in root: String) throws -> [String] {
        var found: [String] = []
        for name in kept {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder) else {
                continue
            }
            if !isFolder.boolValue {
                found.append(name)
                continue
            }
            guard let walk = FileManager.default.enumerator(atPath: "\(root)/\(name)") else {
                throw failure("\(root)/\(name)")
            }
            for case let inner as String in walk {
                let path = "\(name)/\(inner)"
                guard isKept(path) else { continue }
                guard found.count < BackupManifest.filesMax else {
                    throw BackupError.tooManyFiles(max: BackupManifest.filesMax)
                }
                if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular { found.append(path) }
            }
        }
        return found.sorted()
    }

    private static func isKept(_ path: String) -> Bool {
        !path.hasPrefix("lake/staging") && !path.hasSuffix(".draft") && path != "keys/.lock"
    }

    /// Copies a file, readable by its owner only, and answers what was copied; on disk on return. Nil when there is no such file.
    static func copy(_ from: String, to target: String) throws -> (bytes: Int64, sha256: String)? {
        let source = open(from, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(from)
        }
        defer { close(source) }
        try makeFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
        let copy = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard copy >= 0 else { throw failure(target) }
        defer { close(copy) }
        var digest = RunningDigest(.sha256)
        var bytes: Int64 = 0
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockBytes, alignment: 16)
        defer { block.deallocate() }
        while true {
            let count = read(source, block.baseAddress, blockBytes)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(from) }
            if count == 0 { break }
            digest.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
            try write(UnsafeRawBufferPointer(rebasing: block[..<count]), to: copy, target)
            bytes += Int64(count)
        }
        guard fsync(copy) == 0 else { throw failure(target) }
        return (bytes, digest.finish().hex)
    }

    static func digest(of path: String) throws -> (bytes: Int64, sha256: String) {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw failure(path) }
        defer { close(source) }
        var digest = RunningDigest(.sha256)
        var bytes: Int64 = 0
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockBytes, alignment: 16)
        defer { block.deallocate() }
        while true {
            let count = read(source, block.baseAddress, blockBytes)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return (bytes, digest.finish().hex) }
            digest.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
            bytes += Int64(count)
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        try bytes.withUnsafeBytes { try write($0, to: file, path) }
        guard fsync(file) == 0 else { throw failure(path) }
    }

    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw BackupError.fileFailed(path, reason: error.localizedDescription) }
    }

    /// The new name is on disk on return.
    static func rename(_ old: String, to new: String) throws {
        guard Foundation.rename(old, new) == 0 else { throw failure(new) }
        let folder = open(URL(fileURLWithPath: new).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(new) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure(new) }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, _ path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let wrote = Foundation.write(file, rest.baseAddress, rest.count)
            if wrote < 0 && errno == EINTR { continue }
            guard wrote > 0 else { throw failure(path) }
            rest = UnsafeRawBufferPointer(rebasing: rest[wrote...])
        }
    }

    private static func failure(_ path: String) -> BackupError {
        .fileFailed(path, reason: String(cString: strerror(errno)))
    }
}
