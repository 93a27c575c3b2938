import Cryptography
import Kernel

/// What was read for a version: its state is told, and that it stayed the same.
protocol FingerprintedFile {
    /// `part` is the sheet or table of it that is read.
    func fingerprint(part: String?, isCancelled: () -> Bool) throws(SourceError) -> SourceFingerprint
    func requireUnchanged() throws(SourceError)
}

extension ShapeFiles: FingerprintedFile {}

extension SourceFile: FingerprintedFile {
    func fingerprint(part: String?, isCancelled: () -> Bool) throws(SourceError) -> SourceFingerprint {
        try SourceFingerprint.of(self, part: part, isCancelled: isCancelled)
    }
}

extension SourceFingerprint {
    /// Reads the whole file once; of what was unpacked, the file that packs it. `part` is the sheet or table of the file that is read: the
    /// same file read elsewhere is another source.
    static func of(
        _ file: SourceFile, part: String? = nil, isCancelled: () -> Bool
    ) throws(SourceError) -> SourceFingerprint {
        if let packed = file.packed { return try of(packed, part: part, isCancelled: isCancelled) }
        var digest = RunningDigest(.sha256)
        let size = 1 << 20
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { block.deallocate() }
        var offset: Int64 = 0
        while offset < file.bytes {
            if isCancelled() { throw .cancelled }
            let got = try file.read(into: block, count: size, at: offset)
            if got == 0 { break }
            digest.update(UnsafeRawBufferPointer(start: block, count: got))
            offset += Int64(got)
        }
        if let part { Array(part.utf8).withUnsafeBytes { digest.update($0) } }
        try file.requireUnchanged()
        return .file(bytes: file.bytes, modifiedAt: file.modifiedAt, sha256: digest.finish().hex)
    }

    /// Of files that are one source together, in a fixed order.
    static func together(_ states: [SourceFingerprint]) -> SourceFingerprint {
        if states.count == 1 { return states[0] }
        var digests = ""
        var total: Int64 = 0
        var latest = Instant(microseconds: 0)
        for case .file(let bytes, let modifiedAt, let sha256) in states {
            digests += "\(sha256)\n"
            total += bytes
            latest = max(latest, modifiedAt)
        }
        return .file(bytes: total, modifiedAt: latest, sha256: DigestAlgorithm.sha256.digest(digests).hex)
    }
}
