package import Kernel
package import Policy

/// One act of giving rows out as a file, from its authorisation on.
package struct FileRelease: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Durable, quota taken; the file is being written, or was when its process died.
        case authorised
        case settled
        /// Nothing left; the quota was given back.
        case failed
        /// Its lease ran out before it settled: charged as reserved.
        case unknown
    }

    package let id: ReleaseID
    package let grant: GrantID
    package let revision: Int
    package let entry: EntryID
    package let version: VersionID
    package let versionNumber: Int
    package let provider: PartyID
    package let recipient: PartyID
    package let delivery: DeliveryKind
    package let state: State
    package let rowsReserved: Int64
    package let rowsOut: Int64?
    package let rowsWithheld: Int64?
    package let bytes: Int64?
    package let sha256: String?
    package let problem: Message?
    package let requestedBy: AccountID
    package let authorisedAt: Instant
    package let leaseUntil: Instant
    package let settledAt: Instant?
    package let authorisedLeaf: LeafID
    package let settledLeaf: LeafID?
    package let hasReceipt: Bool

    /// The file as its recipient saves it.
    package var fileName: String {
        let ending =
            switch delivery {
            case .parquet: "parquet"
            case .excel: "xlsx"
            default: "csv"
            }
        return "headwaters-\(id.text.prefix(8))-v\(versionNumber).\(ending)"
    }
}
