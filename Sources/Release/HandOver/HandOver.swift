import Cryptography
package import Kernel

/// A file release that was taken away on a medium: who took it, on which one, and what the volumes are.
package struct HandOver: Sendable, Hashable {
    /// What whoever takes it says.
    package struct Terms: Sendable, Hashable {
        /// The person who carries it away.
        package var takenBy: String
        /// As it is written on the medium.
        package var medium: String
        package var volumeBytesMax: Int
        /// Nil: what is carried is not sealed.
        package var password: String?

        package init(takenBy: String, medium: String, volumeBytesMax: Int, password: String?) {
            self.takenBy = takenBy
            self.medium = medium
            self.volumeBytesMax = volumeBytesMax
            self.password = password
        }
    }

    package struct Volume: Sendable, Hashable, Codable {
        /// From 1.
        package let number: Int
        package let name: String
        package let bytes: Int
        /// Hex.
        package let sha256: String
    }

    package static let ending = ".hwo"
    package static let textMax = 80
    package static let volumeBytes = (128 << 10)...(8 << 30) - 1
    package static let volumesMax = 999
    /// FAT32 holds no larger file.
    package static let fatBytesMax = (4 << 30) - 1
    /// So long its volumes lie ready to be copied; then it is made anew.
    package static let keptDays = 7

    package let id: PackageID
    package let release: ReleaseID
    package let grant: GrantID
    package let provider: PartyID
    package let recipient: PartyID
    package let takenBy: String
    package let medium: String
    package let isSealed: Bool
    package let volumes: [Volume]
    package let madeBy: AccountID
    package let madeAt: Instant
    package let leaf: LeafID

    package var bytes: Int { volumes.reduce(0) { $0 + $1.bytes } }
    package func isKept(at now: Instant) -> Bool { now < madeAt + .seconds(Self.keptDays * 86_400) }

    package var apiJSON: JSON {
        [
            "id": .string(id.text), "release": .string(release.text), "grant": .string(grant.text),
            "takenBy": .string(takenBy), "medium": .string(medium), "sealed": .boolean(isSealed),
            "madeAt": .string(madeAt.description), "leafId": .string(leaf.text),
            "volumes": .array(
                volumes.map {
                    [
                        "number": .integer(Int64($0.number)), "name": .string($0.name),
                        "bytes": .integer(Int64($0.bytes)), "sha256": .string($0.sha256),
                    ]
                }),
        ]
    }
}

extension HandOver.Terms {
    /// What is wrong, field by field.
    var faults: [Problem.Place] {
        func needed(_ name: String, _ text: String) -> Problem.Place? {
            guard text.isEmpty || text.count > HandOver.textMax else { return nil }
            return Problem.Place(
                name, Message("hand-over.text-needed", ["max": String(HandOver.textMax)]))
        }
        var places = [needed("takenBy", takenBy), needed("medium", medium)].compactMap(\.self)
        if !HandOver.volumeBytes.contains(volumeBytesMax) {
            places.append(Problem.Place("volumeBytes", Message("hand-over.volume-range")))
        }
        if let password, !PasswordKey.passwordBytes.contains(password.utf8.count) {
            places.append(
                Problem.Place(
                    "password",
                    Message(
                        "hand-over.password-short", ["min": String(PasswordKey.passwordBytes.lowerBound)])))
        }
        return places
    }
}
