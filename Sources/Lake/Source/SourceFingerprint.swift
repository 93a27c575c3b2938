import Cryptography

extension SourceFingerprint {
    /// Reads the whole file once; of what was unpacked, the file that packs it.
    static func of(_ file: SourceFile, isCancelled: () -> Bool) throws(SourceError) -> SourceFingerprint {
        if let packed = file.packed { return try of(packed, isCancelled: isCancelled) }
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
        try file.requireUnchanged()
        return .file(bytes: file.bytes, modifiedAt: file.modifiedAt, sha256: digest.finish().hex)
    }
}
