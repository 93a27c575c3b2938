package import Kernel
package import Lake

/// A table of a recipient's own database, registered by that unit.
package struct PushTarget: Sendable, Hashable {
    package static let labelCharactersMax = 60
    package static let keyColumnsMax = 16

    package let id: PushTargetID
    package let unit: PartyID
    /// What the unit calls it.
    package let label: String
    package let place: PushPlace
    package let manner: PushManner
    package let keyColumns: [String]
    package let account: AccountID
    package let madeAt: Instant
    package let revision: Int

    /// As a choice among others.
    var title: String { "\(label) · \(place.name)" }
}

/// What somebody typed about a target; the password apart.
package struct PushTargetDraft: Sendable, Hashable {
    package var label: String
    package var place: PushPlace
    package var manner: PushManner
    package var keyColumns: [String]

    package init(label: String, place: PushPlace, manner: PushManner, keyColumns: [String]) {
        self.label = label
        self.place = place
        self.manner = manner
        self.keyColumns = keyColumns
    }
}

/// One push from its authorisation on. Also a row of `release`, which has what every release has.
package struct Push: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// Rows go into the staging table.
        case staging
        /// They move into the table and are read back.
        case finishing
        /// The target did not answer; it is tried again.
        case waiting
        /// It is given up, and the target has not said yet that it is.
        case clearing
        /// Nothing is left to do at the target.
        case over
    }

    package let id: ReleaseID
    package let target: PushTargetID
    package let recipient: PartyID
    /// As the target was when it began.
    package let place: PushPlace
    package let manner: PushManner
    package let keyColumns: [String]
    package let state: FileRelease.State
    package let stage: Stage
    package let rowsDone: Int64
    package let tries: Int
    /// Until when a process says that it works on it, or before which nobody shall.
    package let runnerUntil: Instant
    package let isCancelAsked: Bool
    /// What stood against it last.
    package let problem: Message?
    package let contentDigest: String?
    package let entry: EntryID
    package let grant: GrantID
    package let revision: Int
    package let provider: PartyID
    package let version: VersionID
    package let versionNumber: Int
    package let rowsReserved: Int64
    package let rowsOut: Int64?
    package let account: AccountID
    package let authorisedAt: Instant
    package let settledAt: Instant?
    package let hasReceipt: Bool

    package var isRunning: Bool { state == .authorised }

    func order(hosts: [String]) -> PushOrder {
        PushOrder(
            release: id, place: place, manner: manner, keyColumns: keyColumns, version: version.text,
            hosts: hosts)
    }
}
