import Cryptography
import Evidence
import Kernel

/// What a package says of itself, signed: what it is a copy of, who took it, every file with size and digest, every volume.
struct HandOverManifest: Sendable, Hashable {
    static let type = "headwaters.hand-over"
    static let volumeType = "headwaters.hand-over-volume"

    /// What the volumes hold when they are put together again.
    struct Content: Sendable, Hashable {
        let name: String
        let bytes: Int64
        let sha256: String
        /// How it is sealed; nil when it is not.
        let sealing: Sealing?
    }

    struct Sealing: Sendable, Hashable {
        let suite: CipherSuite
        let key: PasswordKey
    }

    /// The part of the content in one volume.
    struct Part: Sendable, Hashable {
        let member: ArchiveMember
        /// Of the whole volume; the first one holds the manifest, which cannot hold its own digest.
        let volume: ArchiveMember?
    }

    let id: PackageID
    /// The release, its grant, its units and who took it, as they are told to people and programs.
    let about: JSON
    let content: Content
    /// Beside the content, in the first volume.
    let files: [ArchiveMember]
    let parts: [Part]

    var release: String { about["release"]?.string ?? "" }
    var firstVolumeMembers: [ArchiveMember] { files + parts.prefix(1).map(\.member) }

    init(id: PackageID, about: JSON, content: Content, files: [ArchiveMember], parts: [Part]) {
        self.id = id
        self.about = about
        self.content = content
        self.files = files
        self.parts = parts
    }

    // MARK: - As JSON

    private static func json(_ member: ArchiveMember) -> JSON {
        [
            "name": .string(member.name), "bytes": .integer(Int64(member.bytes)),
            "sha256": .string(member.sha256),
        ]
    }

    private static func member(
        _ json: JSON?, _ place: String, bytesMax: Int = PackageArchive.memberBytesMax
    ) throws(PackageFault) -> ArchiveMember {
        guard let name = json?["name"]?.string, isSafe(name),
            let bytes = json?["bytes"]?.integer.flatMap({ Int(exactly: $0) }), bytes >= 0,
            bytes <= bytesMax, let sha256 = json?["sha256"]?.string,
            [UInt8](hex: sha256)?.count == 32
        else { throw .manifestMalformed(member: place) }
        return ArchiveMember(name, bytes: bytes, sha256: sha256)
    }

    /// Below the folder that it is unpacked into, whatever a manifest says.
    private static func isSafe(_ name: String) -> Bool {
        let letters = name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/")].contains(byte)
        }
        return letters && (1...100).contains(name.utf8.count) && !name.hasPrefix("/") && !name.hasPrefix(".")
            && !name.contains("..")
    }

    var payload: JSON {
        let sealing: JSON =
            content.sealing.map { sealing in
                [
                    "suite": .integer(Int64(sealing.suite.rawValue)), "key": sealing.key.json,
                    "blockBytes": .integer(Int64(HandOverSeal.blockBytes)),
                ]
            } ?? .null
        return [
            "id": .string(id.text), "about": about,
            "content": [
                "name": .string(content.name), "bytes": .integer(content.bytes),
                "sha256": .string(content.sha256), "sealing": sealing,
            ],
            "files": .array(files.map(Self.json)),
            "parts": .array(
                parts.map { part in
                    ["member": Self.json(part.member), "volume": part.volume.map(Self.json) ?? .null]
                }),
        ]
    }

    init(_ json: JSON) throws {
        func fault(_ member: String) -> PackageFault { .manifestMalformed(member: member) }
        guard let members = json.object, Set(members.keys) == ["id", "about", "content", "files", "parts"]
        else { throw fault("{}") }
        guard let id = json["id"]?.string.flatMap({ PackageID($0) }) else { throw fault("id") }
        guard let about = json["about"], about.object != nil else { throw fault("about") }
        let whole = try Self.member(json["content"], "content", bytesMax: .max)
        var sealing: Sealing?
        if let found = json["content"]?["sealing"], found != .null {
            guard
                let suite = found["suite"]?.integer.flatMap({ UInt8(exactly: $0) }).flatMap(
                    CipherSuite.init(rawValue:)),
                found["blockBytes"]?.integer == Int64(HandOverSeal.blockBytes), let key = found["key"]
            else { throw fault("sealing") }
            sealing = Sealing(suite: suite, key: try PasswordKey(key))
        }
        guard let parts = json["parts"]?.array, (1...HandOver.volumesMax).contains(parts.count) else {
            throw fault("parts")
        }
        self.init(
            id: id, about: about,
            content: Content(
                name: whole.name, bytes: Int64(whole.bytes), sha256: whole.sha256, sealing: sealing),
            files: try (json["files"]?.array ?? []).map { try Self.member($0, "files") },
            parts: try parts.enumerated().map { position, part in
                let volume = part["volume"]
                guard (volume == .null) == (position == 0) else { throw fault("parts") }
                return Part(
                    member: try Self.member(part["member"], "parts"),
                    volume: position == 0 ? nil : try Self.member(volume, "parts"))
            })
    }

    // MARK: - Of a further volume

    /// The manifest of a volume after the first: which one of which package, and its part.
    static func volume(_ number: Int, of count: Int, in id: PackageID, _ part: ArchiveMember) -> JSON {
        [
            "id": .string(id.text), "number": .integer(Int64(number)), "of": .integer(Int64(count)),
            "part": json(part),
        ]
    }

    static func part(ofVolume json: JSON) throws(PackageFault) -> ArchiveMember {
        try member(json["part"], "part")
    }
}
