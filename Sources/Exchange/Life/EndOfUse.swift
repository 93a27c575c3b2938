package import Kernel

/// What a grant left with its recipient when it ended, and whether its destruction has been certified.
package struct EndOfUse: Sendable, Hashable {
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        case owed, overdue, given
    }

    /// A file or a push that was taken away.
    package struct Taken: Sendable, Hashable, Codable {
        package let release: ReleaseID
        package let at: Instant
        package let delivery: String
        package let rows: Int64
        /// Of the file; a push has none.
        package let sha256: String?
        /// Of a push, the table that is to be emptied: what its target is called, and where it is.
        package let target: String?

        package init(
            release: ReleaseID, at: Instant, delivery: String, rows: Int64, sha256: String?,
            target: String? = nil
        ) {
            self.target = target
            self.release = release
            self.at = at
            self.delivery = delivery
            self.rows = rows
            self.sha256 = sha256
        }
    }

    package let grant: GrantID
    package let entry: EntryID
    package let provider: PartyID
    package let recipient: PartyID
    package let endedAt: Instant
    package let dueOn: CalendarDate
    /// By which the days are counted.
    package let clause: String
    package let taken: [Taken]
    package internal(set) var certificate: DestructionCertificate?

    package func standing(on day: CalendarDate) -> Standing {
        certificate != nil ? .given : day > dueOn ? .overdue : .owed
    }
}

/// 销毁证明: what was destroyed, how, when, by whom and before whose eyes.
package struct DestructionCertificate: Sendable, Hashable, Codable {
    package struct Attachment: Sendable, Hashable, Codable {
        package let name: String
        package let bytes: Int
        /// Hex SHA-256; the file itself stays with the recipient.
        package let sha256: String

        package init(name: String, bytes: Int, sha256: String) {
            self.name = name
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    package static let textCharactersMax = 500
    package static let attachmentsMax = 10

    package let what: String
    package let how: String
    package let on: CalendarDate
    package let byWhom: String
    package let witness: String
    package let attachments: [Attachment]
    package internal(set) var givenAt: Instant?
    package internal(set) var givenBy: AccountID?

    package init(
        what: String, how: String, on: CalendarDate, byWhom: String, witness: String,
        attachments: [Attachment]
    ) {
        self.what = what
        self.how = how
        self.on = on
        self.byWhom = byWhom
        self.witness = witness
        self.attachments = attachments
    }

    /// Not before the use ended would be too strict: what is no longer needed is destroyed earlier.
    func faults(on today: CalendarDate) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        for (name, text) in [("what", what), ("how", how), ("byWhom", byWhom), ("witness", witness)] {
            if text.allSatisfy(\.isWhitespace) {
                faults.append(Problem.Place(name, Message("exchange.field-required")))
            } else if text.unicodeScalars.count > Self.textCharactersMax {
                faults.append(
                    Problem.Place(
                        name,
                        Message(
                            "exchange.field-too-long", ["charactersMax": "\(Self.textCharactersMax)"])))
            }
        }
        if !byWhom.isEmpty, byWhom == witness {
            faults.append(Problem.Place("witness", Message("life.witness-same")))
        }
        if on > today { faults.append(Problem.Place("on", Message("life.destroyed-later"))) }
        if attachments.count > Self.attachmentsMax {
            faults.append(
                Problem.Place(
                    "attachments", Message("life.attachments-max", ["max": "\(Self.attachmentsMax)"])))
        }
        return faults
    }

    var json: JSON {
        [
            "what": .string(what), "how": .string(how), "on": .string(on.description),
            "byWhom": .string(byWhom), "witness": .string(witness),
            "attachments": .array(
                attachments.map {
                    [
                        "name": .string($0.name), "bytes": .integer(Int64($0.bytes)),
                        "sha256": .string($0.sha256),
                    ]
                }),
        ]
    }
}
