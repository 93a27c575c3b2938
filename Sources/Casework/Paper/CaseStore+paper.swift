import Evidence
import Identity
package import Kernel
package import Persistence

/// Signatures on paper and their scans, in the control database.
extension CaseStore {
    package func insert(_ scan: PaperScan, in connection: any Connection) throws {
        let unused =
            try connection.row(
                """
                SELECT COUNT(*) AS n FROM paper_scan s WHERE s.case_id = \(scan.caseID) AND NOT EXISTS
                    (SELECT 1 FROM paper_approval a WHERE a.scan_id = s.id)
                """)?.value("n", as: Int.self) ?? 0
        guard unused < PaperScan.unusedMax else {
            throw PaperError.tooManyScans(scansMax: PaperScan.unusedMax)
        }
        try connection.execute(
            """
            INSERT INTO paper_scan (id, case_id, name, media_type, bytes, sha256, is_scanned, brought_by, brought_at)
            VALUES (\(scan.id), \(scan.caseID), \(scan.name), \(scan.mediaType), \(scan.bytes), \(scan.sha256),
                \(scan.isScanned), \(scan.broughtBy), \(scan.broughtAt))
            """)
    }

    package func scan(_ id: PaperScanID, in connection: any Connection) throws -> PaperScan? {
        try connection.row("SELECT * FROM paper_scan WHERE id = \(id)").map(Self.scan)
    }

    /// Whether it was entered with an approval.
    package func isUsed(_ id: PaperScanID, in connection: any Connection) throws -> Bool {
        try connection.row("SELECT id FROM paper_approval WHERE scan_id = \(id)") != nil
    }

    /// Scans that nothing was entered with since `moment` are forgotten; their ids.
    package func forgetScans(
        before moment: Instant, linesMax: Int, in connection: any Connection
    ) throws -> [PaperScanID] {
        let ids: [PaperScanID] = try connection.rows(
            """
            SELECT s.id AS id FROM paper_scan s WHERE s.brought_at < \(moment) AND NOT EXISTS
                (SELECT 1 FROM paper_approval a WHERE a.scan_id = s.id)
            ORDER BY s.brought_at, s.id LIMIT \(linesMax)
            """
        ).map { try $0.value("id") }
        for id in ids { try connection.execute("DELETE FROM paper_scan WHERE id = \(id)") }
        return ids
    }

    /// With its record.
    package func insert(
        _ approval: PaperApproval, of value: Case, in connection: any Connection
    ) throws {
        let (signer, opinion) = (approval.signer, approval.opinion)
        try connection.execute(
            """
            INSERT INTO paper_approval (id, case_id, kind, case_state, step, place, party_id, role, holder_post,
                position, signer, signer_post, is_deputy, act, comment, legal_basis, signed_on, is_judged_by_signed,
                reason, scan_id, entered_by, entered_post, entered_at, counted_revision, due_on, next_on, level, state)
            VALUES (\(approval.id), \(approval.caseID), \(approval.kind), \(approval.caseState),
                \(approval.position.step), \(approval.place), \(approval.holder.party),
                \(approval.holder.role.rawValue), \(approval.holder.post), \(try Self.encoded(approval.position)),
                \(signer.account), \(signer.post), \(signer.isDeputy), \(opinion.act), \(opinion.comment),
                \(opinion.legalBasis), \(opinion.signedOn), \(opinion.isJudgedBySigned), \(opinion.reason),
                \(approval.scan.id), \(approval.entered.account), \(approval.entered.post), \(approval.entered.at),
                \(approval.countedRevision), \(approval.dueOn), \(approval.dueOn), \(0), \(approval.state.rawValue))
            """)
        try record(
            "paper-approval.entered", approval, of: value, by: approval.entered,
            [
                "act": .string(opinion.act), "step": .integer(Int64(approval.position.step + 1)),
                "signer": .string("account:\(signer.account)"), "post": .string(signer.post.text),
                "party": .string(approval.holder.party.text), "deputy": .boolean(signer.isDeputy),
                "signedOn": .string(opinion.signedOn.description), "sha256": .string(approval.scan.sha256),
                "bytes": .integer(Int64(approval.scan.bytes)), "scanned": .boolean(approval.scan.isScanned),
                "judgedBySigned": .boolean(opinion.isJudgedBySigned),
                "counts": .boolean(approval.countedRevision != nil),
            ], personal: ["reason": .string(opinion.reason)], in: connection)
    }

    package func approvals(of id: CaseID, in connection: any Connection) throws -> [PaperApproval] {
        try approvals(where: "a.case_id = \(id) ORDER BY a.id LIMIT \(Case.actsMax)", in: connection)
    }

    package func approval(_ id: PaperApprovalID, in connection: any Connection) throws -> PaperApproval? {
        try approvals(where: "a.id = \(id)", in: connection).first
    }

    /// Those that an account signed, or that somebody else of its unit entered; oldest first.
    package func waitingApprovals(
        for account: AccountID, of party: PartyID, linesMax: Int, in connection: any Connection
    ) throws -> [PaperApproval] {
        try approvals(
            where: """
                (a.signer = \(account) AND a.state IN ('waiting', 'compared'))
                OR (a.party_id = \(party) AND a.state = 'waiting' AND a.entered_by <> \(account))
                ORDER BY a.due_on, a.id LIMIT \(linesMax)
                """, in: connection)
    }

    /// Not confirmed by their day, and told of fewer than `levelMax` times.
    package func overdueApprovals(
        on day: CalendarDate, levelMax: Int, linesMax: Int, in connection: any Connection
    ) throws -> [(approval: PaperApproval, level: Int)] {
        let due: SQL = "a.state = 'waiting' AND a.next_on < \(day) AND a.level < \(levelMax)"
        let levels = try connection.rows(
            "SELECT a.id AS id, a.level AS level FROM paper_approval a WHERE " + due
                + " ORDER BY a.next_on, a.id LIMIT \(linesMax)")
        return try levels.compactMap { row in
            try approval(row.value("id"), in: connection).map { ($0, try row.value("level")) }
        }
    }

    /// False when another process was there first.
    package func raise(
        _ id: PaperApprovalID, from level: Int, next: CalendarDate, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE paper_approval SET level = \(level + 1), next_on = \(next)
            WHERE id = \(id) AND level = \(level) AND state = 'waiting'
            """) == 1
    }

    private func approvals(where condition: SQL, in connection: any Connection) throws -> [PaperApproval] {
        try connection.rows(
            """
            SELECT a.*, s.name AS scan_name, s.media_type AS scan_media_type, s.bytes AS scan_bytes,
                s.sha256 AS scan_sha256, s.is_scanned AS scan_is_scanned, s.brought_by AS scan_brought_by,
                s.brought_at AS scan_brought_at
            FROM paper_approval a JOIN paper_scan s ON s.id = a.scan_id WHERE
            """ + " " + condition
        ).map(Self.approval)
    }

    private static func approval(_ row: Row) throws -> PaperApproval {
        let (role, state): (String, String) = (try row.value("role"), try row.value("state"))
        guard let role = Role(rawValue: role), let state = PaperApproval.State(rawValue: state) else {
            throw DatabaseError.unexpected(column: "role", found: .text(role))
        }
        func hand(_ name: String) throws -> PaperApproval.Hand? {
            guard let account = try row.optional("\(name)_by", as: AccountID.self) else { return nil }
            return PaperApproval.Hand(
                account, try row.optional("\(name)_post"), at: try row.value("\(name)_at"))
        }
        guard let entered = try hand("entered") else {
            throw DatabaseError.unexpected(column: "entered_by", found: row["entered_by"])
        }
        let caseID: CaseID = try row.value("case_id")
        return PaperApproval(
            id: try row.value("id"), caseID: caseID, kind: try row.value("kind"),
            caseState: try row.value("case_state"),
            holder: CaseHolder(
                party: try row.value("party_id"), role: role, post: try row.optional("holder_post")),
            place: try row.value("place"), position: try decoded(row.value("position")),
            signer: PaperSigner(
                account: try row.value("signer"), post: try row.value("signer_post"),
                isDeputy: try row.value("is_deputy")),
            opinion: PaperOpinion(
                act: try row.value("act"), comment: try row.optional("comment"),
                legalBasis: try row.optional("legal_basis"), signedOn: try row.value("signed_on"),
                isJudgedBySigned: try row.value("is_judged_by_signed"), reason: try row.value("reason")),
            scan: PaperScan(
                id: try row.value("scan_id"), caseID: caseID, name: try row.value("scan_name"),
                mediaType: try row.value("scan_media_type"), bytes: try row.value("scan_bytes"),
                sha256: try row.value("scan_sha256"), isScanned: try row.value("scan_is_scanned"),
                broughtBy: try row.value("scan_brought_by"), broughtAt: try row.value("scan_brought_at")),
            entered: entered, countedRevision: try row.optional("counted_revision"),
            dueOn: try row.value("due_on"), state: state, compared: try hand("compared"),
            closed: try hand("closed"), closingWords: try row.optional("closing_words"))
    }

    private static func scan(_ row: Row) throws -> PaperScan {
        PaperScan(
            id: try row.value("id"), caseID: try row.value("case_id"), name: try row.value("name"),
            mediaType: try row.value("media_type"), bytes: try row.value("bytes"),
            sha256: try row.value("sha256"), isScanned: try row.value("is_scanned"),
            broughtBy: try row.value("brought_by"), broughtAt: try row.value("brought_at"))
    }
}
