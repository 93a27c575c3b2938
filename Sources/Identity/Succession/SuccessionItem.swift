package import Cryptography
package import Kernel

/// One thing of a unit that ends: what it is, and whether it goes by itself, with another thing, or not now.
package struct SuccessionItem: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case entry
        /// With its entry.
        case hook
        case schedule
        case folderWatch = "folder-watch"
        case dropTable = "drop-table"
        case filingDuty = "filing-duty"
        case grantGiven = "grant-given"
        case runningGiven = "running-given"
        case caseToDecide = "case-to-decide"
        /// The unit asks for or receives.
        case openCase = "case"
        case grantReceived = "grant-received"
        case runningReceived = "running-received"
        case delivery
        case certificate
        case pushTarget = "push-target"
        case nameList = "name-list"
        case post
        /// A post, of any unit, that administers the unit and what is below it.
        case administration
        case key
        case session
        case approvalChain = "approval-chain"
        /// The unit's signature in a chain of another unit.
        case signature
        case letterSeries = "letter-series"
        case letterTemplate = "letter-template"
        case letter
        /// By which a unit's people are reminded; with its post.
        case channel
        case unitBelow = "unit-below"
        case membership
        /// Rows that leave, or are published, at this moment.
        case underWay = "under-way"
    }

    /// What a choice names.
    package struct Key: Sendable, Hashable, Codable, Comparable {
        package let kind: Kind
        package let id: String

        package init(_ kind: Kind, _ id: String) {
            self.kind = kind
            self.id = id
        }

        package static func < (one: Key, other: Key) -> Bool {
            (one.kind.rawValue, one.id) < (other.kind.rawValue, other.id)
        }
    }

    package enum Fate: String, Sendable, Hashable, Codable {
        case moves
        /// It is not taken over; the list says so.
        case ends
        /// Every successor has it from then on.
        case everyone
        /// Nothing can be moved until it is over.
        case waits
    }

    package let kind: Kind
    package let id: String
    package let title: String
    /// Goes wherever that one goes.
    package let with: Key?
    package let fate: Fate

    package init(_ kind: Kind, id: String, title: String, with: Key? = nil, fate: Fate = .moves) {
        self.kind = kind
        self.id = id
        self.title = title
        self.with = with
        self.fate = fate
    }

    package var key: Key { Key(kind, id) }
    /// Whether somebody has to say where it goes when there are several successors.
    package var isChosen: Bool { with == nil && fate == .moves }
}

/// A thing and where it goes; nil where nobody has said so, or where it goes nowhere.
package struct SuccessionLine: Sendable, Hashable, Codable {
    package let predecessor: PartyID
    package let item: SuccessionItem
    package let heir: PartyID?

    package init(_ predecessor: PartyID, _ item: SuccessionItem, heir: PartyID?) {
        self.predecessor = predecessor
        self.item = item
        self.heir = heir
    }

    fileprivate var json: JSON {
        [
            "from": .string(predecessor.text), "kind": .string(item.kind.rawValue), "id": .string(item.id),
            "title": .string(item.title), "fate": .string(item.fate.rawValue),
            "to": heir.map { .string($0.text) } ?? .null,
        ]
    }

    /// Of a list in its order, as canonical JSON (RFC 8785).
    package static func digest(_ lines: [SuccessionLine]) -> Digest {
        DigestAlgorithm.sha256.digest(JSON.array(lines.map(\.json)).canonicalBytes)
    }
}

/// Why a succession cannot take effect as it stands, each with the thing that it is about.
package struct SuccessionFault: Sendable, Hashable, Codable {
    package enum Reason: String, Sendable, Hashable, Codable {
        case unassigned
        case underWay = "under-way"
        /// The successor, or another unit that goes into it, has one of the same, and there can be only one. Each says what can be done.
        case runningTwice = "running-twice"
        case emergencyTwice = "emergency-twice"
        case grantTwice = "grant-twice"
        case supervisionTwice = "supervision-twice"
        case chainTwice = "chain-twice"
        /// It has to go where the thing that it works with goes.
        case parted
        case tooMany = "too-many"
    }

    package let reason: Reason
    package let item: SuccessionItem
    /// The unit that has it, and the one that has the other of the two; empty when it is about one alone.
    package let units: [String]

    package init(_ reason: Reason, _ item: SuccessionItem, units: [String] = []) {
        self.reason = reason
        self.item = item
        self.units = units
    }

    package var message: Message {
        var parameters = ["title": item.title]
        if units.count == 2 { (parameters["unit"], parameters["other"]) = (units[0], units[1]) }
        return Message("succession.fault.\(reason.rawValue)", parameters)
    }
}
