package import Cryptography
import Evidence
import Foundation
package import Kernel

/// A package that was carried here, every byte of all its volumes looked at: signed by a trusted key, complete, in order, and with a
/// receipt that holds for what it carries.
package struct VerifiedHandOver {
    private let manifest: HandOverManifest
    /// Of the key that signed it.
    package let kid: String
    package let receipt: ReceiptDocument.Findings
    package let volumes: Int
    /// False: it is sealed, and no password was given to compare what is inside with the receipt.
    package let isContentCompared: Bool
    private let archives: [SealedArchive]
    private let seal: HandOverSeal?

    package var id: PackageID { manifest.id }
    /// What the package says of its release, and who took it.
    package var about: JSON { manifest.about }
    package var fileName: String { manifest.content.name }

    /// Whether a file is such a package, by its name or what it says itself: one whose first bytes are damaged is to be told so.
    package static func isOne(_ path: String) -> Bool {
        path.hasSuffix(HandOver.ending) || (try? SealedArchive.type(of: path)) == HandOverManifest.type
    }

    static let receiptMember = "receipt.json"

    /// `path` is the first volume; the others lie beside it under their names.
    ///
    /// - Throws: `PackageFault` naming volume and member; `CryptographyError` for a signer nobody trusts; `ReceiptFault`.
    package init(_ path: String, trusting keys: TrustedKeys, password: String? = nil) throws {
        let first = try SealedArchive(path, type: HandOverManifest.type, trusting: keys, bytesMax: .max) {
            try HandOverManifest($0).firstVolumeMembers
        }
        let manifest = try HandOverManifest(first.payload)
        let folder = URL(filePath: path).deletingLastPathComponent()
        var archives = [first]
        for (position, part) in manifest.parts.enumerated() {
            guard let volume = part.volume else { continue }
            archives.append(
                try Self.volume(position + 1, volume, part.member, of: manifest, in: folder, keys))
        }
        self.manifest = manifest
        self.archives = archives
        kid = first.kid
        volumes = archives.count
        if let sealing = manifest.content.sealing {
            seal = try password.map {
                try HandOverSeal(of: manifest.id, sealing.suite, sealing.key, password: $0)
            }
        } else {
            seal = nil
        }
        guard let member = manifest.files.first(where: { $0.name == Self.receiptMember }),
            let document = try? JSON.parse(first.content(of: member))
        else { throw PackageFault.manifestMalformed(member: Self.receiptMember) }
        isContentCompared = manifest.content.sealing == nil || seal != nil
        receipt = try ReceiptDocument(document).verify(
            trusting: keys, file: (manifest.content.bytes, manifest.content.sha256))
        guard receipt.payload["release"]?.string == manifest.release else {
            throw ReceiptFault.otherLeaf(Self.receiptMember)
        }
        if isContentCompared { try eachPiece { _ in } }
    }

    private static func volume(
        _ number: Int, _ volume: ArchiveMember, _ part: ArchiveMember, of manifest: HandOverManifest,
        in folder: URL, _ keys: TrustedKeys
    ) throws -> SealedArchive {
        let place = folder.appending(path: volume.name).path
        guard FileManager.default.fileExists(atPath: place) else {
            throw PackageFault.volumeMissing(number: number, name: volume.name)
        }
        guard try SealedArchive.type(of: place) == HandOverManifest.volumeType else {
            throw PackageFault.volumeSwapped(name: volume.name, expected: number, found: 1)
        }
        let archive = try SealedArchive(
            place, type: HandOverManifest.volumeType, trusting: keys, bytesMax: .max
        ) { [try HandOverManifest.part(ofVolume: $0)] }
        guard archive.payload["id"]?.string == manifest.id.text else {
            throw PackageFault.volumeOfAnother(name: volume.name)
        }
        guard let found = archive.payload["number"]?.integer, found == Int64(number) else {
            throw PackageFault.volumeSwapped(
                name: volume.name, expected: number, found: Int(archive.payload["number"]?.integer ?? 0))
        }
        let digest = try archive.sha256()
        guard archive.bytes == volume.bytes, digest == volume.sha256,
            try HandOverManifest.part(ofVolume: archive.payload) == part
        else {
            throw PackageFault.contentDamaged(member: volume.name, expected: volume.sha256, found: digest)
        }
        return archive
    }

    /// Digest and length of what goes by.
    private final class Passing {
        private var running: RunningDigest? = RunningDigest(.sha256)
        private(set) var bytes: Int64 = 0

        func add(_ piece: [UInt8]) {
            running?.update(piece)
            bytes += Int64(piece.count)
        }

        func finish() -> String? {
            guard let running = running.take() else { return nil }
            return running.finish().hex
        }
    }

    /// What is carried, opened, front to back; its digest is that of the receipt or this throws.
    private func eachPiece(_ consume: ([UInt8]) throws -> Void) throws {
        let passing = Passing()
        func taken(_ piece: [UInt8]) throws {
            passing.add(piece)
            try consume(piece)
        }
        var opening = seal.map(HandOverSeal.Opening.init)
        for (archive, part) in zip(archives, manifest.parts) {
            try archive.read(part.member) { piece in
                if opening != nil { try opening?.take(piece, taken) } else { try taken(piece) }
            }
        }
        try opening?.finish(taken)
        guard passing.finish() == manifest.content.sha256, passing.bytes == manifest.content.bytes else {
            throw ReceiptFault.otherFile
        }
    }

    /// Writes the content, put together and opened, and what lies beside it into a folder; answers the names.
    ///
    /// - Throws: `PackageFault.passwordWrong` for sealed content without its password; `.unwritable` also for a name that is there.
    package func unpack(into folder: String) throws -> [String] {
        guard isContentCompared else { throw PackageFault.passwordWrong }
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var names: [String] = []
        func write(_ name: String, _ body: ((([UInt8]) throws -> Void)) throws -> Void) throws {
            let place = "\(folder)/\(name)"
            guard !FileManager.default.fileExists(atPath: place),
                FileManager.default.createFile(
                    atPath: place, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: place)
            else { throw PackageFault.unwritable(path: place) }
            defer { try? handle.close() }
            do {
                try body { piece in
                    do { try handle.write(contentsOf: piece) } catch {
                        throw PackageFault.unwritable(path: place)
                    }
                }
            } catch {
                try? FileManager.default.removeItem(atPath: place)
                throw error
            }
            names.append(name)
        }
        try write(manifest.content.name) { try eachPiece($0) }
        for file in manifest.files { try write(file.name) { try archives[0].read(file, $0) } }
        return names
    }
}
