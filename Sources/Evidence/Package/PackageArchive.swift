import Cryptography
package import Foundation
import Glibc
import Kernel

/// The container of a package: a tar (POSIX ustar) of which every byte is prescribed, so that none can change unseen.
///
/// Members stand one after the other: a header of 512 bytes, the content, zeros up to a multiple of 512; at the end 1,024 zeros and
/// nothing after them. Any `tar` can list and unpack it.
package enum PackageArchive {
    package static let blockBytes = 512
    package static let endBytes = 1_024
    /// What eleven octal digits can say.
    package static let memberBytesMax = 0o77_777_777_777

    /// `name` is ASCII of at most 100 bytes: the program's own, never what a file was called.
    package static func header(_ name: String, bytes: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockBytes)
        func put(_ text: String, at offset: Int) {
            for (position, byte) in text.utf8.enumerated() { block[offset + position] = byte }
        }
        put(name, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(bytes, digits: 11), at: 124)
        put("00000000000", at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6), at: 148)
        block[154] = 0
        return block
    }

    package static func paddingBytes(after bytes: Int) -> Int {
        (blockBytes - bytes % blockBytes) % blockBytes
    }

    /// The size that a header states, when that is written as `header` writes it.
    static func statedBytes(_ block: [UInt8]) -> Int? {
        let digits = block[124..<135]
        guard digits.allSatisfy({ (48...55).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    private static func octal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// Writes one package: whole, under its name, or not at all.
package final class PackageWriter {
    private let draft: String
    private let target: String
    private let handle: FileHandle
    private var running: RunningDigest? = RunningDigest(.sha256)
    private var bytes = 0

    /// - Throws: `PackageFault.unwritable`.
    package init(to target: String) throws(PackageFault) {
        self.target = target
        draft = "\(target).draft-\(UUID().uuidString)"
        guard
            FileManager.default.createFile(
                atPath: draft, contents: nil, attributes: [.posixPermissions: 0o640]),
            let handle = FileHandle(forWritingAtPath: draft)
        else { throw .unwritable(path: target) }
        self.handle = handle
    }

    package func add(_ name: String, _ content: [UInt8]) throws(PackageFault) {
        try write(PackageArchive.header(name, bytes: content.count) + content)
        try write([UInt8](repeating: 0, count: PackageArchive.paddingBytes(after: content.count)))
    }

    /// `bytes` of the file from `offset`; they must still be those that the digest was made of.
    package func add(
        _ name: String, file: FileHandle, from offset: Int = 0, bytes: Int, sha256: String
    ) throws(PackageFault) {
        try write(PackageArchive.header(name, bytes: bytes))
        var digest = RunningDigest(.sha256)
        var left = bytes
        do { try file.seek(toOffset: UInt64(offset)) } catch { throw .changedWhileRead }
        while left > 0 {
            guard let piece = try? file.read(upToCount: min(left, 1 << 20)), !piece.isEmpty else {
                throw .changedWhileRead
            }
            left -= piece.count
            let block = [UInt8](piece)
            digest.update(block)
            try write(block)
        }
        guard digest.finish().hex == sha256 else { throw .changedWhileRead }
        try write([UInt8](repeating: 0, count: PackageArchive.paddingBytes(after: bytes)))
    }

    /// What was written, and its SHA-256 in hex.
    @discardableResult
    package func finish() throws(PackageFault) -> (bytes: Int, sha256: String) {
        try write([UInt8](repeating: 0, count: PackageArchive.endBytes))
        do {
            try handle.synchronize()
            try handle.close()
        } catch { throw .unwritable(path: target) }
        guard rename(draft, target) == 0 else { throw .unwritable(path: target) }
        guard let running = running.take() else { return (bytes, "") }
        return (bytes, running.finish().hex)
    }

    package func abandon() {
        try? handle.close()
        unlink(draft)
    }

    private func write(_ block: [UInt8]) throws(PackageFault) {
        do { try handle.write(contentsOf: block) } catch { throw .unwritable(path: target) }
        running?.update(block)
        bytes += block.count
    }
}

/// Reads a package front to back from a file that was opened once: what was checked is what is taken, even if the path is swapped.
package final class PackageReader {
    package let path: String
    package let bytes: Int
    private let descriptor: Int32

    /// - Throws: `PackageFault.unreadable` for what is no regular file, links included; `.tooLarge`.
    package init(_ path: String, bytesMax: Int) throws(PackageFault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable(path: path)
        }
        guard status.st_size <= bytesMax else {
            close(descriptor)
            throw .tooLarge(bytes: Int(status.st_size), bytesMax: bytesMax)
        }
        self.path = path
        self.descriptor = descriptor
        bytes = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Exactly `count` bytes from `offset`; `member` is named when the file ends before that.
    package func read(_ count: Int, at offset: Int, of member: String) throws(PackageFault) -> [UInt8] {
        guard count >= 0, offset >= 0, offset + count <= bytes else { throw .cutOff(member: member) }
        var block = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = block.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw .cutOff(member: member) }
            done += got
        }
        return block
    }
}
