package import Kernel
import Persistence

/// A file that was refused for a mark of secrecy. Nothing of it was kept: not its name, not a byte; only by its digest is it known again.
package struct RefusedUpload: Sendable, Hashable {
    package let id: RefusedUploadID
    package let door: UploadDoor
    /// SHA-256, hex.
    package let digest: String
    package let bytes: Int64
    package let finding: SecrecyFinding
    package let party: PartyID?
    /// Nil for what a program of the node brought itself.
    package let account: AccountID?
    package let at: Instant
    package let release: Release?

    /// A false alarm, said by the security officer.
    package struct Release: Sendable, Hashable {
        package let by: AccountID
        package let at: Instant
        package let until: Instant
        package let reason: String

        package init(by: AccountID, at: Instant, until: Instant, reason: String) {
            self.by = by
            self.at = at
            self.until = until
            self.reason = reason
        }
    }

    package init(
        id: RefusedUploadID, door: UploadDoor, digest: String, bytes: Int64, finding: SecrecyFinding,
        party: PartyID?, account: AccountID?, at: Instant, release: Release? = nil
    ) {
        self.id = id
        self.door = door
        self.digest = digest
        self.bytes = bytes
        self.finding = finding
        self.party = party
        self.account = account
        self.at = at
        self.release = release
    }
}

/// The only SQL on refused uploads.
struct RefusedUploadStore: Sendable {
    func insert(_ refused: RefusedUpload, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO refused_upload (id, door, digest, bytes, mark, place, party_id, account_id, at)
            VALUES (\(refused.id), \(refused.door.rawValue), \(refused.digest), \(refused.bytes),
                \(refused.finding.mark), \(refused.finding.placeText), \(refused.party), \(refused.account),
                \(refused.at))
            """)
    }

    func refused(_ id: RefusedUploadID, in connection: any Connection) throws -> RefusedUpload? {
        try connection.row("SELECT * FROM refused_upload WHERE id = \(id)").map(Self.refused)
    }

    /// Newest first.
    func list(before: RefusedUploadID?, limit: Int, in connection: any Connection) throws -> [RefusedUpload] {
        let rows =
            if let before {
                try connection.rows(
                    "SELECT * FROM refused_upload WHERE id < \(before) ORDER BY id DESC LIMIT \(limit)")
            } else {
                try connection.rows("SELECT * FROM refused_upload ORDER BY id DESC LIMIT \(limit)")
            }
        return try rows.map(Self.refused)
    }

    func count(in connection: any Connection) throws -> Int {
        try connection.row("SELECT COUNT(*) AS number FROM refused_upload")?.value("number") ?? 0
    }

    /// Since then, and not released: what the security officer has to hear of.
    func open(since: Instant, limit: Int, in connection: any Connection) throws -> [RefusedUpload] {
        try connection.rows(
            """
            SELECT * FROM refused_upload WHERE at >= \(since) AND released_at IS NULL
            ORDER BY at DESC LIMIT \(limit)
            """
        ).map(Self.refused)
    }

    /// Whether these bytes may come in at that door for now.
    func isReleased(
        _ digest: String, at door: UploadDoor, on now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.row(
            """
            SELECT 1 AS one FROM refused_upload
            WHERE digest = \(digest) AND door = \(door.rawValue) AND released_until > \(now) LIMIT 1
            """) != nil
    }

    /// False when it was released before.
    func release(
        _ id: RefusedUploadID, _ release: RefusedUpload.Release, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE refused_upload SET released_by = \(release.by), released_at = \(release.at),
                released_until = \(release.until), release_reason = \(release.reason)
            WHERE id = \(id) AND released_at IS NULL
            """) == 1
    }

    private static func refused(_ row: Row) throws -> RefusedUpload {
        let (door, mark, place): (String, String, String) = (
            try row.value("door"), try row.value("mark"), try row.value("place")
        )
        guard let known = UploadDoor(rawValue: door), let finding = SecrecyFinding(mark, placeText: place)
        else { throw DatabaseError.unexpected(column: "place", found: .text(place)) }
        var release: RefusedUpload.Release?
        if let by: AccountID = try row.optional("released_by") {
            release = RefusedUpload.Release(
                by: by, at: try row.value("released_at"), until: try row.value("released_until"),
                reason: try row.value("release_reason"))
        }
        return RefusedUpload(
            id: try row.value("id"), door: known, digest: try row.value("digest"),
            bytes: try row.value("bytes"), finding: finding, party: try row.optional("party_id"),
            account: try row.optional("account_id"), at: try row.value("at"), release: release)
    }
}
