package import Cryptography
import Evidence
import Foundation

/// A filing's package of which every byte was looked at: signed by a trusted key, and each member what the manifest says.
package struct VerifiedPackage {
    package let package: DataPackage
    /// Of the key that signed it.
    package var kid: String { archive.kid }
    private let archive: SealedArchive

    /// `bytesMax` is of the whole file.
    ///
    /// - Throws: `PackageFault` naming the member; what the envelope says of a signer nobody trusts.
    package init(_ path: String, trusting keys: TrustedKeys, bytesMax: Int) throws {
        archive = try SealedArchive(path, type: DataPackage.type, trusting: keys, bytesMax: bytesMax) {
            try DataPackage(manifest: $0).table.map { [$0.archived] } ?? []
        }
        package = try DataPackage(manifest: archive.payload)
    }

    /// Writes the table to a file that is not there yet; checks its digest once more on the way.
    func unpack(to path: String) throws {
        guard let table = package.table else { return }
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw PackageFault.unwritable(path: path) }
        defer { try? handle.close() }
        try archive.read(table.archived) { piece in
            do { try handle.write(contentsOf: piece) } catch { throw PackageFault.unwritable(path: path) }
        }
    }
}

extension DataPackage.Table {
    fileprivate var archived: ArchiveMember { ArchiveMember(member, bytes: bytes, sha256: sha256) }
}
