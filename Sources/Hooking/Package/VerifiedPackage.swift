package import Cryptography
import Foundation
import Kernel

/// A package of which every byte was looked at: signed by a trusted key, and each member what the manifest says.
package struct VerifiedPackage {
    package let package: DataPackage
    /// Of the key that signed it.
    package let kid: String
    private let reader: PackageReader
    private let tableOffset: Int

    /// `bytesMax` is of the whole file.
    ///
    /// - Throws: `PackageFault` naming the member; what the envelope says of a signer nobody trusts.
    package init(_ path: String, trusting keys: TrustedKeys, bytesMax: Int) throws {
        let reader = try PackageReader(path, bytesMax: bytesMax)
        let (envelope, end) = try Self.manifest(reader)
        let payload = try envelope.verify(trusting: keys, type: DataPackage.type)
        let package = try DataPackage(manifest: payload)
        var offset = end
        tableOffset = offset + PackageArchive.blockBytes
        if let table = package.table {
            let header = try reader.read(PackageArchive.blockBytes, at: offset, of: table.member)
            guard header == PackageArchive.header(table.member, bytes: table.bytes) else {
                throw PackageFault.headerDamaged(member: table.member, byteOffset: offset)
            }
            try Self.requireDigest(table, reader, at: tableOffset)
            offset = try Self.skipPadding(
                after: table.bytes, of: table.member, reader, at: tableOffset + table.bytes)
        }
        let trailer = try reader.read(PackageArchive.endBytes, at: offset, of: "end")
        guard trailer.allSatisfy({ $0 == 0 }) else {
            throw PackageFault.headerDamaged(member: "end", byteOffset: offset)
        }
        guard reader.bytes == offset + PackageArchive.endBytes else {
            throw PackageFault.somethingAfterEnd(byteOffset: offset + PackageArchive.endBytes)
        }
        self.package = package
        self.kid = envelope.kid
        self.reader = reader
    }

    /// Writes the table to a file that is not there yet; checks its digest once more on the way.
    func unpack(to path: String) throws(PackageFault) {
        guard let table = package.table else { return }
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw .unwritable(path: path) }
        defer { try? handle.close() }
        var digest = RunningDigest(.sha256)
        var offset = 0
        while offset < table.bytes {
            let piece = try reader.read(
                min(1 << 20, table.bytes - offset), at: tableOffset + offset, of: table.member)
            digest.update(piece)
            do { try handle.write(contentsOf: piece) } catch { throw .unwritable(path: path) }
            offset += piece.count
        }
        let found = digest.finish().hex
        guard found == table.sha256 else {
            throw .contentDamaged(member: table.member, expected: table.sha256, found: found)
        }
    }

    /// The manifest's envelope, not believed yet, and where it ends.
    private static func manifest(_ reader: PackageReader) throws -> (Envelope, Int) {
        let name = DataPackage.manifestMember
        let header = try reader.read(PackageArchive.blockBytes, at: 0, of: name)
        guard let bytes = PackageArchive.statedBytes(header),
            header == PackageArchive.header(name, bytes: bytes)
        else { throw PackageFault.headerDamaged(member: name, byteOffset: 0) }
        guard bytes <= DataPackage.manifestBytesMax else {
            throw PackageFault.tooLarge(bytes: bytes, bytesMax: DataPackage.manifestBytesMax)
        }
        let content = try reader.read(bytes, at: PackageArchive.blockBytes, of: name)
        guard let json = try? JSON.parse(content), let envelope = try? Envelope(json),
            envelope.json.canonicalBytes == content
        else { throw PackageFault.manifestMalformed(member: name) }
        let end = try skipPadding(
            after: bytes, of: name, reader, at: PackageArchive.blockBytes + bytes)
        return (envelope, end)
    }

    private static func requireDigest(
        _ table: DataPackage.Table, _ reader: PackageReader, at offset: Int
    ) throws(PackageFault) {
        var digest = RunningDigest(.sha256)
        var done = 0
        while done < table.bytes {
            let piece = try reader.read(
                min(1 << 20, table.bytes - done), at: offset + done, of: table.member)
            digest.update(piece)
            done += piece.count
        }
        let found = digest.finish().hex
        guard found == table.sha256 else {
            throw .contentDamaged(member: table.member, expected: table.sha256, found: found)
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
