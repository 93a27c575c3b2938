import Cryptography
import Evidence
import Foundation
import Kernel

/// Writes the volumes of a package: tars of which every byte is prescribed, none larger than the medium's files may be.
struct HandOverVolumes {
    /// What the first volume holds beside its part of the content.
    struct File {
        let name: String
        let content: [UInt8]
    }

    let id: PackageID
    let about: JSON
    let content: HandOverManifest.Content
    let files: [File]
    /// The content as it is carried: sealed, or as it is.
    let carried: String
    let volumeBytesMax: Int
    let signer: Signer
    /// Asked again and again: throws to stop.
    let between: () throws -> Void

    /// A header, an envelope without a list in it, and what fills its last block.
    private static let volumeManifestBytes = 8 << 10
    private static let manifestBytes = 64 << 10
    private static let manifestBytesPerPart = 512

    /// Into `folder`; they are named after `name`.
    func write(into folder: String, named name: String) throws -> [HandOver.Volume] {
        let parts = try digested(try sizes(), named: name)
        let count = parts.count
        guard let handle = FileHandle(forReadingAtPath: carried) else { throw ReleaseError.fileGone }
        defer { try? handle.close() }
        var volumes: [HandOver.Volume] = []
        var offset = parts[0].bytes
        // The first one comes last: it says what the others are.
        for number in 1..<max(count, 1) {
            let part = parts[number]
            let volumeName = Self.name(name, number + 1, of: count)
            let envelope = try Envelope.sign(
                type: HandOverManifest.volumeType, version: 1,
                payload: HandOverManifest.volume(number + 1, of: count, in: id, part), with: signer)
            let written = try archive("\(folder)/\(volumeName)", envelope, []) { writer in
                try writer.add(part.name, file: handle, from: offset, bytes: part.bytes, sha256: part.sha256)
            }
            offset += part.bytes
            volumes.append(
                HandOver.Volume(
                    number: number + 1, name: volumeName, bytes: written.bytes, sha256: written.sha256))
        }
        let manifest = HandOverManifest(
            id: id, about: about, content: content,
            files: files.map { ArchiveMember($0.name, $0.content) },
            parts: parts.enumerated().map { position, part in
                let volume = position == 0 ? nil : volumes[position - 1]
                return HandOverManifest.Part(
                    member: part,
                    volume: volume.map { ArchiveMember($0.name, bytes: $0.bytes, sha256: $0.sha256) })
            })
        let envelope = try Envelope.sign(
            type: HandOverManifest.type, version: 1, payload: manifest.payload, with: signer)
        let first = Self.name(name, 1, of: count)
        let written = try archive("\(folder)/\(first)", envelope, files) { writer in
            try writer.add(
                parts[0].name, file: handle, from: 0, bytes: parts[0].bytes, sha256: parts[0].sha256)
        }
        return [HandOver.Volume(number: 1, name: first, bytes: written.bytes, sha256: written.sha256)]
            + volumes
    }

    static func name(_ name: String, _ number: Int, of count: Int) -> String {
        count == 1 ? name + HandOver.ending : "\(name).\(digits(number))\(HandOver.ending)"
    }

    private static func digits(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 3 - String(number).count)) + String(number)
    }

    private func archive(
        _ path: String, _ envelope: Envelope, _ files: [File], _ body: (PackageWriter) throws -> Void
    ) throws -> (bytes: Int, sha256: String) {
        try between()
        let writer = try PackageWriter(to: path)
        do {
            try writer.add(SealedArchive.manifestMember, envelope.json.canonicalBytes)
            for file in files { try writer.add(file.name, file.content) }
            try body(writer)
            return try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
    }

    /// How the content is cut, so that no volume is too large.
    private func sizes() throws -> [Int] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: carried)
        guard let total = (attributes?[.size] as? Int64).map(Int.init(clamping:)) else {
            throw ReleaseError.fileGone
        }
        let fixed = PackageArchive.blockBytes * 2 + PackageArchive.endBytes
        let further = volumeBytesMax - Self.volumeManifestBytes - fixed
        let about = total / max(1, further) + 2
        guard about <= HandOver.volumesMax else {
            throw HandOverError.tooManyVolumes(max: HandOver.volumesMax)
        }
        let beside = files.reduce(0) { $0 + $1.content.count + PackageArchive.blockBytes * 2 }
        let first =
            volumeBytesMax - Self.manifestBytes - Self.manifestBytesPerPart * about - beside - fixed
        guard first > 0 else { throw HandOverError.tooManyVolumes(max: HandOver.volumesMax) }
        var sizes = [min(total, first, PackageArchive.memberBytesMax)]
        var left = total - sizes[0]
        while left > 0 {
            let size = min(left, further, PackageArchive.memberBytesMax)
            sizes.append(size)
            left -= size
        }
        return sizes
    }

    private func digested(_ sizes: [Int], named name: String) throws -> [ArchiveMember] {
        guard let handle = FileHandle(forReadingAtPath: carried) else { throw ReleaseError.fileGone }
        defer { try? handle.close() }
        let base = "data/\(content.name)\(content.sealing == nil ? "" : ".sealed")"
        return try sizes.enumerated().map { position, size in
            var digest = RunningDigest(.sha256)
            var left = size
            while left > 0 {
                try between()
                guard let piece = try handle.read(upToCount: min(left, 1 << 20)), !piece.isEmpty else {
                    throw PackageFault.changedWhileRead
                }
                digest.update([UInt8](piece))
                left -= piece.count
            }
            return ArchiveMember(
                sizes.count == 1 ? base : "\(base).\(Self.digits(position + 1))", bytes: size,
                sha256: digest.finish().hex)
        }
    }
}
