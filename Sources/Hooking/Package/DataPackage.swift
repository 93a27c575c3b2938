package import Cryptography
import Evidence
import Foundation
package import Kernel
package import Lake

/// A department's filing on its way across an air gap: one table, or the word that there is nothing, under a signed manifest.
///
/// Members: `manifest.json`, an envelope (type `headwaters.package`) in its canonical form, and the table as `data/1` with its ending.
package struct DataPackage: Sendable, Hashable {
    package struct Table: Sendable, Hashable {
        /// As people know it.
        package let name: String
        package let bytes: Int
        /// Hex.
        package let sha256: String

        package init(name: String, bytes: Int, sha256: String) {
            self.name = name
            self.bytes = bytes
            self.sha256 = sha256
        }

        var member: String {
            let lowered = name.lowercased()
            return "data/1" + (Upload.endings.first { lowered.hasSuffix($0) } ?? "")
        }
    }

    package static let ending = ".hwp"
    static let type = "headwaters.package"

    package let id: PackageID
    /// The node that made it.
    package let producer: String
    package let madeAt: Instant
    /// The only node that may take it; nil for any.
    package let recipient: String?
    package let entry: EntryID
    package let period: Period?
    package let manner: Filing.Manner?
    /// How the producer reads it: compared with what is confirmed where it arrives.
    package let mapping: SourceMapping?
    /// Nil when there is nothing to report.
    package let table: Table?
    /// Why there is nothing.
    package let reason: String?

    package init(
        id: PackageID, producer: String, madeAt: Instant, recipient: String? = nil, entry: EntryID,
        period: Period?, manner: Filing.Manner? = nil, mapping: SourceMapping? = nil, table: Table?,
        reason: String? = nil
    ) {
        self.id = id
        self.producer = producer
        self.madeAt = madeAt
        self.recipient = recipient
        self.entry = entry
        self.period = period
        self.manner = manner
        self.mapping = mapping
        self.table = table
        self.reason = reason
    }

    // MARK: - The manifest

    func manifest() throws -> JSON {
        func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
        let reading = try mapping.map { try JSON.parse([UInt8](JSONEncoder().encode($0))) } ?? .null
        return [
            "id": .string(id.text), "producer": .string(producer),
            "madeAt": .integer(madeAt.microseconds), "recipient": text(recipient),
            "entry": .string(entry.text), "period": text(period?.description),
            "manner": text(manner?.rawValue), "mapping": reading, "reason": text(reason),
            "files": .array(
                table.map {
                    [
                        [
                            "name": .string($0.name), "bytes": .integer(Int64($0.bytes)),
                            "sha256": .string($0.sha256),
                        ]
                    ]
                } ?? []),
        ]
    }

    init(manifest json: JSON) throws(PackageFault) {
        func fault(_ member: String) -> PackageFault { .manifestMalformed(member: member) }
        func optional<Value>(
            _ name: String, _ read: (String) -> Value?
        ) throws(PackageFault) -> Value? {
            guard let found = json[name], found != .null else { return nil }
            guard let value = found.string.flatMap(read) else { throw fault(name) }
            return value
        }
        let known: Set = [
            "id", "producer", "madeAt", "recipient", "entry", "period", "manner", "mapping", "reason",
            "files",
        ]
        guard let members = json.object else { throw fault("{}") }
        if let stranger = members.keys.filter({ !known.contains($0) }).min() { throw fault(stranger) }
        guard let id = json["id"]?.string.flatMap({ PackageID($0) }) else { throw fault("id") }
        guard let producer = json["producer"]?.string else { throw fault("producer") }
        guard let madeAt = json["madeAt"]?.integer else { throw fault("madeAt") }
        guard let entry = json["entry"]?.string.flatMap({ EntryID($0) }) else { throw fault("entry") }
        guard let files = json["files"]?.array, files.count <= 1 else { throw fault("files") }
        self.id = id
        self.producer = producer
        self.madeAt = Instant(microseconds: madeAt)
        self.entry = entry
        recipient = try optional("recipient") { $0 }
        period = try optional("period") { Period($0) }
        manner = try optional("manner") { Filing.Manner(rawValue: $0) }
        reason = try optional("reason") { $0 }
        if let reading = json["mapping"], reading != .null {
            let bytes = Data(reading.canonicalBytes)
            guard let mapping = try? JSONDecoder().decode(SourceMapping.self, from: bytes) else {
                throw fault("mapping")
            }
            self.mapping = mapping
        } else {
            mapping = nil
        }
        if let file = files.first {
            guard let name = file["name"]?.string, let safe = Upload.safeName(name), safe == name,
                let bytes = file["bytes"]?.integer.flatMap({ Int(exactly: $0) }), bytes > 0,
                bytes <= PackageArchive.memberBytesMax, let sha256 = file["sha256"]?.string,
                [UInt8](hex: sha256)?.count == 32
            else { throw fault("files") }
            table = Table(name: name, bytes: bytes, sha256: sha256)
        } else {
            guard reason != nil, period != nil else { throw fault("files") }
            table = nil
        }
    }
}

// MARK: - Making

extension DataPackage {
    /// Looks at the file that is to be packed.
    ///
    /// - Throws: `PackageFault.unreadable`, `.tooLarge`; `HookingError.uploadEnding`, `.uploadEmpty`.
    package static func table(at path: String) throws -> Table {
        let name = URL(filePath: path).lastPathComponent
        guard let safe = Upload.safeName(name) else { throw HookingError.uploadEnding(name) }
        let reader = try PackageReader(path, bytesMax: PackageArchive.memberBytesMax)
        guard reader.bytes > 0 else { throw HookingError.uploadEmpty }
        var digest = RunningDigest(.sha256)
        var offset = 0
        while offset < reader.bytes {
            let piece = try reader.read(min(1 << 20, reader.bytes - offset), at: offset, of: name)
            digest.update(piece)
            offset += piece.count
        }
        return Table(name: safe, bytes: reader.bytes, sha256: digest.finish().hex)
    }

    /// Writes the package; `file` is the table's.
    package func write(to target: String, file: String?, signedBy signer: Signer) throws {
        let envelope = try Envelope.sign(
            type: Self.type, version: 1, payload: try manifest(), with: signer)
        let writer = try PackageWriter(to: target)
        do {
            try writer.add(SealedArchive.manifestMember, envelope.json.canonicalBytes)
            if let table, let file {
                guard let handle = FileHandle(forReadingAtPath: file) else {
                    throw PackageFault.unreadable(path: file)
                }
                defer { try? handle.close() }
                try writer.add(table.member, file: handle, bytes: table.bytes, sha256: table.sha256)
            }
            try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
    }
}
