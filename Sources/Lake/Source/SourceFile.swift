import CLinux
import Cryptography
import Glibc
import Kernel

/// `No such file or directory`
func systemText(_ code: Int32) -> String { String(cString: strerror(code)) }

/// A file that may be read, opened once: what was checked is what is read, even if the path is swapped meanwhile.
package final class SourceFile {
    let path: String
    let descriptor: Int32
    let bytes: Int64
    let modifiedAt: Instant
    /// The file that this one was unpacked from, and what it was unpacked to.
    let packed: SourceFile?
    private let unpacked: NamelessFile?

    /// Opens `path` when it lies in one of the folders of `confinement` after all links are resolved.
    package init(
        _ path: String, _ confinement: SourceConfinement, _ limits: SourceLimits
    ) throws(SourceError) {
        guard !path.utf8.contains(0), let real = Self.resolved(path) else { throw .notFound(path: path) }
        let folders = confinement.folders.compactMap(Self.resolved)
        guard folders.contains(where: { real.hasPrefix($0 == "/" ? "/" : $0 + "/") }) else {
            throw .outsideFolders(path: path)
        }
        // O_NONBLOCK: a named pipe must not hang the worker.
        let descriptor = open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw .notFound(path: path) }
            throw .unreadable(path: path, errno: errno)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile(path: path)
        }
        guard Int64(status.st_size) <= limits.fileBytesMax else {
            close(descriptor)
            throw .fileTooLarge(bytes: Int64(status.st_size), bytesMax: limits.fileBytesMax)
        }
        self.path = real
        self.descriptor = descriptor
        bytes = Int64(status.st_size)
        modifiedAt = Self.modified(status)
        packed = nil
        unpacked = nil
    }

    /// What `file` packs, as it was written to `unpacked`.
    init(unpacked: NamelessFile, bytes: Int64, from file: SourceFile) {
        path = file.path
        self.unpacked = unpacked
        descriptor = unpacked.descriptor
        self.bytes = bytes
        modifiedAt = file.modifiedAt
        packed = file
    }

    /// Bytes that are at hand and in no folder: nothing of them touches a disk.
    init(memory bytes: [UInt8]) throws(SourceError) {
        let closingOnExec: UInt32 = 1
        let descriptor = memfd_create("headwaters", closingOnExec)
        guard descriptor >= 0 else { throw .unreadable(path: "", errno: errno) }
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if wrote < 0 {
                if errno == EINTR { continue }
                let code = errno
                close(descriptor)
                throw .unreadable(path: "", errno: code)
            }
            done += wrote
        }
        path = ""
        self.descriptor = descriptor
        self.bytes = Int64(bytes.count)
        var status = stat()
        fstat(descriptor, &status)
        modifiedAt = Self.modified(status)
        packed = nil
        unpacked = nil
    }

    deinit { if unpacked == nil { close(descriptor) } }

    private static func resolved(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(validatingCString: pointer)
    }

    private static func modified(_ status: stat) -> Instant {
        Instant(
            microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000)
    }

    /// Up to `count` bytes from `offset`; fewer only at the end.
    func read(into target: UnsafeMutableRawPointer, count: Int, at offset: Int64) throws(SourceError) -> Int {
        var done = 0
        while done < count {
            let got = pread(descriptor, target + done, count - done, off_t(offset) + off_t(done))
            if got < 0 {
                if errno == EINTR { continue }
                throw .unreadable(path: path, errno: errno)
            }
            if got == 0 { break }
            done += got
        }
        return done
    }

    func bytes(at offset: Int64, count: Int) throws(SourceError) -> [UInt8] {
        let wanted = Int(max(0, min(Int64(count), bytes - offset)))
        var block = [UInt8](repeating: 0, count: wanted)
        guard wanted > 0 else { return block }
        var got = 0
        var failure: SourceError?
        block.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(SourceError) { got = try read(into: base, count: wanted, at: offset) } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return Array(block.prefix(got))
    }

    /// A version made of a file that moved under the reader would hold neither state of it.
    func requireUnchanged() throws(SourceError) {
        if let packed { return try packed.requireUnchanged() }
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int64(status.st_size) == bytes,
            Self.modified(status) == modifiedAt
        else { throw .changedWhileRead(path: path) }
    }

    /// Office systems export pages and call them .xls or .csv.
    private func markup() throws(SourceError) -> String? {
        let head = String(decoding: try bytes(at: 0, count: 512), as: UTF8.self).lowercased()
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if head.hasPrefix("<!doctype html") || head.hasPrefix("<html") || head.hasPrefix("<table") {
            return "HTML"
        }
        return head.hasPrefix("<?xml") ? "XML" : nil
    }

    /// An object, or a list of objects or lists: no table begins so.
    func beginsLikeJSON() throws(SourceError) -> Bool {
        let head = String(decoding: try bytes(at: 0, count: 512), as: UTF8.self)
            .filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
        return head.hasPrefix("{\"") || head.hasPrefix("[{\"") || head.hasPrefix("[[\"")
    }

    /// For readers that open by name: whether the name still leads to the file that was opened here.
    func requireOwnName() throws(SourceError) {
        var (here, there) = (stat(), stat())
        guard fstat(descriptor, &here) == 0, lstat(path, &there) == 0, here.st_dev == there.st_dev,
            here.st_ino == there.st_ino
        else { throw .changedWhileRead(path: path) }
    }

    /// What a file is when it is no text, by its first bytes.
    func foreignFormat() throws(SourceError) -> String? {
        let head = try bytes(at: 0, count: 8)
        let formats: [(String, [UInt8])] = [
            ("Excel (xlsx) / ZIP", [0x50, 0x4B, 0x03, 0x04]), ("Excel (xls)", [0xD0, 0xCF, 0x11, 0xE0]),
            ("gzip", [0x1F, 0x8B]), ("PDF", Array("%PDF".utf8)), ("Parquet", Array("PAR1".utf8)),
            ("7-Zip", [0x37, 0x7A, 0xBC, 0xAF]), ("RAR", Array("Rar!".utf8)),
            ("xz", [0xFD, 0x37, 0x7A, 0x58]),
            ("bzip2", Array("BZh".utf8)), ("zstd", [0x28, 0xB5, 0x2F, 0xFD]),
            ("SQLite", Array("SQLite f".utf8)),
        ]
        if let known = formats.first(where: { head.starts(with: $0.1) }) { return known.0 }
        return try markup()
    }
}
