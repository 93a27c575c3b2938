import Glibc
import Kernel

extension SourceFile {
    /// What is read as text: this file, or what it packs (gzip; ZIP with one file in it), unpacked to a file without a name in
    /// `folder` that is gone with this process. Bounded by `limits.fileBytesMax` and `limits.packedRatioMax`.
    func text(
        unpackingIn folder: String, _ limits: SourceLimits, isCancelled: () -> Bool
    ) throws(SourceError) -> SourceFile {
        guard let packed = try packedText() else { return self }
        return try unpacked(packed, in: folder, limits, isCancelled: isCancelled)
    }

    /// That piece of this file, unpacked to a file without a name in `folder`.
    func unpacked(
        _ packed: PackedText, in folder: String, _ limits: SourceLimits, isCancelled: () -> Bool
    ) throws(SourceError) -> SourceFile {
        guard let target = NamelessFile(in: folder) else { throw .unwritable(path: folder, errno: errno) }
        var inflation = Inflation(of: self, packed, limits)
        let bytes = try inflation.run(into: target, isCancelled: isCancelled)
        return SourceFile(unpacked: target, bytes: bytes, from: self)
    }

    /// Nil for a file that is not packed.
    private func packedText() throws(SourceError) -> PackedText? {
        let head = try bytes(at: 0, count: 4)
        if head.starts(with: [0x1F, 0x8B]) {
            return PackedText(format: .gzip, offset: 0, bytes: bytes, unpackedBytes: nil, crc: nil)
        }
        guard head.starts(with: [0x50, 0x4B]) else { return nil }
        return try ZipDirectory(of: self).onlyText()
    }
}

/// Where in a file packed text lies, and what is known of it beforehand.
struct PackedText {
    enum Format: String {
        case gzip, deflated, stored
    }

    let format: Format
    let offset: Int64
    let bytes: Int64
    let unpackedBytes: Int64?
    let crc: UInt32?
}
