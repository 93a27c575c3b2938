package import Cryptography
import Foundation
package import Kernel

/// One file of a package, as the manifest prescribes it.
package struct ArchiveMember: Sendable, Hashable {
    package let name: String
    package let bytes: Int
    /// Hex.
    package let sha256: String

    package init(_ name: String, bytes: Int, sha256: String) {
        self.name = name
        self.bytes = bytes
        self.sha256 = sha256
    }

    package init(_ name: String, _ content: [UInt8]) {
        self.init(name, bytes: content.count, sha256: DigestAlgorithm.sha256.digest(content).hex)
    }
}

/// A package of which every byte was looked at: a manifest signed by a trusted key, then the members that it prescribes, in its order.
package struct SealedArchive {
    package static let manifestMember = "manifest.json"
    package static let manifestBytesMax = 4 << 20

    package let payload: JSON
    /// Of the key that signed it.
    package let kid: String
    package let bytes: Int
    private let reader: PackageReader
    private let offsets: [ArchiveMember: Int]

    /// `members` reads them from the manifest, once that is believed; `bytesMax` is of the whole file.
    ///
    /// - Throws: `PackageFault` naming the member; what the envelope says of a signer nobody trusts.
    package init(
        _ path: String, type: String, trusting keys: TrustedKeys, bytesMax: Int,
        members: (JSON) throws -> [ArchiveMember]
    ) throws {
        let reader = try PackageReader(path, bytesMax: bytesMax)
        let (envelope, end) = try Self.manifest(reader)
        payload = try envelope.verify(trusting: keys, type: type)
        var offset = end
        var offsets: [ArchiveMember: Int] = [:]
        for member in try members(payload) {
            let header = try reader.read(PackageArchive.blockBytes, at: offset, of: member.name)
            guard header == PackageArchive.header(member.name, bytes: member.bytes) else {
                throw PackageFault.headerDamaged(member: member.name, byteOffset: offset)
            }
            offset += PackageArchive.blockBytes
            offsets[member] = offset
            try Self.read(member, reader, at: offset) { _ in }
            offset = try Self.skipPadding(
                after: member.bytes, of: member.name, reader, at: offset + member.bytes)
        }
        let trailer = try reader.read(PackageArchive.endBytes, at: offset, of: "end")
        guard trailer.allSatisfy({ $0 == 0 }) else {
            throw PackageFault.headerDamaged(member: "end", byteOffset: offset)
        }
        guard reader.bytes == offset + PackageArchive.endBytes else {
            throw PackageFault.somethingAfterEnd(byteOffset: offset + PackageArchive.endBytes)
        }
        kid = envelope.kid
        bytes = reader.bytes
        self.reader = reader
        self.offsets = offsets
    }

    /// Of what type a package says to be; nothing of it is believed.
    package static func type(of path: String) throws -> String {
        try manifest(PackageReader(path, bytesMax: .max)).envelope.type
    }

    /// Piece by piece; its digest is checked once more on the way.
    package func read(_ member: ArchiveMember, _ consume: ([UInt8]) throws -> Void) throws {
        guard let offset = offsets[member] else { throw PackageFault.manifestMalformed(member: member.name) }
        try Self.read(member, reader, at: offset, consume)
    }

    package func content(of member: ArchiveMember) throws -> [UInt8] {
        var content: [UInt8] = []
        try read(member) { content += $0 }
        return content
    }

    /// Of the whole file.
    package func sha256() throws(PackageFault) -> String {
        var digest = RunningDigest(.sha256)
        var offset = 0
        while offset < bytes {
            let piece = try reader.read(min(1 << 20, bytes - offset), at: offset, of: reader.path)
            digest.update(piece)
            offset += piece.count
        }
        return digest.finish().hex
    }

    /// The manifest's envelope, not believed yet, and where it ends.
    private static func manifest(_ reader: PackageReader) throws -> (envelope: Envelope, end: Int) {
        let name = manifestMember
        let header = try reader.read(PackageArchive.blockBytes, at: 0, of: name)
        guard let bytes = PackageArchive.statedBytes(header),
            header == PackageArchive.header(name, bytes: bytes)
        else { throw PackageFault.headerDamaged(member: name, byteOffset: 0) }
        guard bytes <= manifestBytesMax else {
            throw PackageFault.tooLarge(bytes: bytes, bytesMax: manifestBytesMax)
        }
        let content = try reader.read(bytes, at: PackageArchive.blockBytes, of: name)
        guard let json = try? JSON.parse(content), let envelope = try? Envelope(json),
            envelope.json.canonicalBytes == content
        else { throw PackageFault.manifestMalformed(member: name) }
        let end = try skipPadding(
            after: bytes, of: name, reader, at: PackageArchive.blockBytes + bytes)
        return (envelope, end)
    }

    private static func read(
        _ member: ArchiveMember, _ reader: PackageReader, at offset: Int,
        _ consume: ([UInt8]) throws -> Void
    ) throws {
        var digest = RunningDigest(.sha256)
        var done = 0
        while done < member.bytes {
            let piece = try reader.read(min(1 << 20, member.bytes - done), at: offset + done, of: member.name)
            digest.update(piece)
            done += piece.count
            try consume(piece)
        }
        let found = digest.finish().hex
        guard found == member.sha256 else {
            throw PackageFault.contentDamaged(member: member.name, expected: member.sha256, found: found)
        }
    }

    private static func skipPadding(
        after bytes: Int, of member: String, _ reader: PackageReader, at offset: Int
    ) throws(PackageFault) -> Int {
        let count = PackageArchive.paddingBytes(after: bytes)
        guard try reader.read(count, at: offset, of: member).allSatisfy({ $0 == 0 }) else {
            throw .headerDamaged(member: member, byteOffset: offset)
        }
        return offset + count
    }
}
