import Identity
package import Kernel
import Lake
package import Persistence
package import Policy

/// The only SQL on name lists and their parts.
package struct NameListStore: Sendable {
    package static let listMax = 200
    static let scopeColumns = Scope.Columns(recipient: "recipient")

    package init() {}

    func insert(_ list: NameList, idempotencyKey: String?, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO name_list (id, recipient, account, post, state, idempotency_key, file, reading, sheets, choice,
                attachments, rows_done, cancel_asked, made_at)
            VALUES (\(list.id), \(list.recipient), \(list.account), \(list.post), 'draft', \(idempotencyKey),
                \(try Document(list.file)), \(try Document(list.reading)), \(try Document(list.sheets)),
                \(try list.choice.map { try Document($0) }), \(try Document(list.attachments)), 0, 0,
                \(list.madeAt))
            """)
    }

    /// The choice, and what a look at every row found under it. False: it is no draft any more.
    func choose(
        _ choice: NameListChoice, _ findings: NameListFindings, _ attachments: [BroughtFile],
        of id: ReleaseID, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE name_list SET choice = \(try Document(choice)), findings = \(try Document(findings)),
                attachments = \(try Document(attachments))
            WHERE id = \(id) AND state = 'draft'
            """) == 1
    }

    /// Read in another way: what was said of its columns before means nothing any more. False: it is no draft any more.
    func reread(
        _ reading: SourceMapping, _ choice: NameListChoice?, of id: ReleaseID, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE name_list SET reading = \(try Document(reading)), choice = \(try choice.map { try Document($0) }),
                findings = NULL
            WHERE id = \(id) AND state = 'draft'
            """) == 1
    }

    func discard(_ id: ReleaseID, in connection: any Connection) throws -> Bool {
        try connection.execute("DELETE FROM name_list WHERE id = \(id) AND state = 'draft'") == 1
    }

    func drafts(before instant: Instant, limit: Int, in connection: any Connection) throws -> [ReleaseID] {
        try connection.rows(
            """
            SELECT id FROM name_list WHERE state = 'draft' AND made_at < \(instant) ORDER BY made_at
            LIMIT \(limit)
            """
        ).map { try $0.value("id") }
    }

    func authorise(
        _ id: ReleaseID, _ parts: [NameListPart], _ leaf: LeafID, of list: NameList, at now: Instant,
        leaseUntil: Instant, in connection: any Connection
    ) throws -> Bool {
        let isFirst =
            try connection.execute(
                """
                UPDATE name_list SET state = 'authorised', authorised_at = \(now), lease_until = \(leaseUntil),
                    authorised_leaf = \(leaf)
                WHERE id = \(id) AND state = 'draft'
                """) == 1
        guard isFirst else { return false }
        try connection.insert(
            parts.enumerated().map { position, part in
                [
                    part.release.sqlValue, id.sqlValue, Int64(position).sqlValue, part.grant.sqlValue,
                    Int64(part.revision).sqlValue, part.entry.sqlValue, part.provider.sqlValue,
                    list.recipient.sqlValue, list.post.map(\.sqlValue) ?? .null, list.account.sqlValue,
                    part.keyColumn.sqlValue, part.version.sqlValue, Int64(part.versionNumber).sqlValue,
                    part.asOf.sqlValue, now.date().sqlValue, part.keysAsked.sqlValue,
                ]
            }, Self.parts)
        return true
    }

    private static let parts = Insertion(
        into: "name_list_part",
        [
            "release_id", "list", "position", "grant_id", "revision", "entry", "provider", "recipient",
            "post", "account", "key_column", "version", "version_number", "as_of", "day", "keys_asked",
        ])

    /// False: cancelling was asked for, or it is over.
    func progress(_ id: ReleaseID, rows: Int64, in connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE name_list SET rows_done = \(rows)
            WHERE id = \(id) AND state = 'authorised' AND cancel_asked = 0
            """) == 1
    }

    func askCancel(_ id: ReleaseID, in connection: any Connection) throws -> Bool {
        try connection.execute(
            "UPDATE name_list SET cancel_asked = 1 WHERE id = \(id) AND state = 'authorised'") == 1
    }

    /// Of one part: in the list's own books and as a release.
    func settle(
        _ part: NameListPart, _ figures: NameListPart.Figures, leaf: LeafID, at now: Instant,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE name_list_part SET matched = \(figures.matched), ambiguous = \(figures.ambiguous),
                unmatched = \(figures.unmatched), settled_at = \(now)
            WHERE release_id = \(part.release)
            """)
        // How many rows the grant kept back is told to nobody: between two lists it would tell who is there.
        try connection.execute(
            """
            UPDATE release SET state = 'settled', rows_out = \(figures.matched), settled_at = \(now),
                settled_leaf = \(leaf)
            WHERE id = \(part.release) AND state = 'authorised'
            """)
    }

    func settle(
        _ id: ReleaseID, _ result: NameList.ResultFigures, rows: Int64, leaf: LeafID, receipt: JSON,
        at now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE name_list SET state = 'settled', settled_at = \(now), rows_done = \(rows),
                result_bytes = \(result.bytes), result_sha256 = \(result.sha256), settled_leaf = \(leaf),
                receipt = \(receipt)
            WHERE id = \(id) AND state = 'authorised'
            """) == 1
    }

    /// Nothing left: the parts asked nothing. False: closed before, as unknown.
    func fail(
        _ id: ReleaseID, _ problem: Message, leaf: LeafID, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        let text = try Document(problem)
        let isFirst =
            try connection.execute(
                """
                UPDATE name_list SET state = 'failed', settled_at = \(now), settled_leaf = \(leaf),
                    problem = \(text)
                WHERE id = \(id) AND state = 'authorised'
                """) == 1
        guard isFirst else { return false }
        try connection.execute("UPDATE name_list_part SET keys_asked = 0 WHERE list = \(id)")
        try connection.execute(
            """
            UPDATE release SET state = 'failed', settled_at = \(now), settled_leaf = \(leaf), problem = \(text)
            WHERE state = 'authorised' AND id IN (SELECT release_id FROM name_list_part WHERE list = \(id))
            """)
        return true
    }

    /// Closes the lists of parts whose leases ran out; which lists those were.
    func lapse(
        parts: [ReleaseID], at now: Instant, in connection: any Connection
    ) throws -> [ReleaseID] {
        guard !parts.isEmpty else { return [] }
        let lists: [ReleaseID] = try connection.rows(
            """
            SELECT DISTINCT id FROM name_list WHERE state = 'authorised' AND id IN
                (SELECT list FROM name_list_part WHERE release_id IN \(list: parts))
            """
        ).map { try $0.value("id") }
        guard !lists.isEmpty else { return [] }
        let problem = try Document(ReleaseError.lapsed.problem.message)
        try connection.execute(
            """
            UPDATE name_list SET state = 'unknown', settled_at = \(now), problem = \(problem)
            WHERE id IN \(list: lists)
            """)
        return lists
    }
}

extension NameListStore {
    package func list(_ id: ReleaseID, in connection: any Connection) throws -> NameList? {
        guard let row = try connection.row("SELECT * FROM name_list WHERE id = \(id)") else { return nil }
        return try Self.list(row, parts: try parts(of: [id], in: connection)[id] ?? [])
    }

    /// Not found also when the scope does not show it.
    package func list(_ id: ReleaseID, scope: Scope, in connection: any Connection) throws -> NameList {
        let row = try connection.row(
            "SELECT * FROM name_list WHERE id = \(id) AND \(scope.condition(Self.scopeColumns))")
        guard let row else { throw NameListError.notFound }
        return try Self.list(row, parts: try parts(of: [id], in: connection)[id] ?? [])
    }

    func list(idempotencyKey: String, of account: AccountID, in connection: any Connection) throws
        -> NameList?
    {
        let row = try connection.row(
            "SELECT id FROM name_list WHERE account = \(account) AND idempotency_key = \(idempotencyKey)")
        guard let id: ReleaseID = try row?.value("id") else { return nil }
        return try list(id, in: connection)
    }

    /// The list that a part belongs to.
    package func list(ofPart part: ReleaseID, in connection: any Connection) throws -> ReleaseID? {
        try connection.row("SELECT list FROM name_list_part WHERE release_id = \(part)")?.value("list")
    }

    /// Newest first; `before` is the last id of the page before.
    package func lists(
        scope: Scope, before: ReleaseID? = nil, limit: Int = 50, in connection: any Connection
    ) throws -> [NameList] {
        var condition = scope.condition(Self.scopeColumns)
        if let before { condition = condition + " AND id < \(before)" }
        let rows = try connection.rows(
            """
            SELECT * FROM name_list WHERE \(condition) ORDER BY id DESC
            LIMIT \(min(max(1, limit), Self.listMax))
            """)
        let ids: [ReleaseID] = try rows.map { try $0.value("id") }
        let parts = try parts(of: ids, in: connection)
        return try zip(rows, ids).map { try Self.list($0, parts: parts[$1] ?? []) }
    }

    package func count(scope: Scope, in connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS number FROM name_list WHERE \(scope.condition(Self.scopeColumns))")?
            .value("number") ?? 0
    }

    func receipt(of id: ReleaseID, in connection: any Connection) throws -> String? {
        try connection.row("SELECT receipt FROM name_list WHERE id = \(id)")?.optional("receipt")
    }

    private func parts(
        of lists: [ReleaseID], in connection: any Connection
    ) throws -> [ReleaseID: [NameListPart]] {
        guard !lists.isEmpty else { return [:] }
        let rows = try connection.rows(
            "SELECT * FROM name_list_part WHERE list IN \(list: lists) ORDER BY list, position")
        var parts: [ReleaseID: [NameListPart]] = [:]
        for row in rows { parts[try row.value("list"), default: []].append(try Self.part(row)) }
        return parts
    }

    private static func part(_ row: Row) throws -> NameListPart {
        let matched: Int64? = try row.optional("matched")
        return NameListPart(
            release: try row.value("release_id"), grant: try row.value("grant_id"),
            revision: try row.value("revision"), entry: try row.value("entry"),
            provider: try row.value("provider"), keyColumn: try row.value("key_column"),
            version: try row.value("version"), versionNumber: try row.value("version_number"),
            asOf: try row.value("as_of"), keysAsked: try row.value("keys_asked"),
            figures: try matched.map { matched in
                NameListPart.Figures(
                    matched: matched, ambiguous: try row.value("ambiguous"),
                    unmatched: try row.value("unmatched"))
            })
    }

    private static func list(_ row: Row, parts: [NameListPart]) throws -> NameList {
        let bytes: Int64? = try row.optional("result_bytes")
        let state: String = try row.value("state")
        return NameList(
            id: try row.value("id"), recipient: try row.value("recipient"),
            account: try row.value("account"), post: try row.optional("post"),
            state: NameList.State(rawValue: state) ?? .unknown,
            file: try row.value("file", as: Document<BroughtFile>.self).content,
            reading: try row.value("reading", as: Document<SourceMapping>.self).content,
            sheets: try row.value("sheets", as: Document<[String]>.self).content,
            choice: try row.optional("choice", as: Document<NameListChoice>.self)?.content,
            findings: try row.optional("findings", as: Document<NameListFindings>.self)?.content,
            attachments: try row.value("attachments", as: Document<[BroughtFile]>.self).content,
            parts: parts, rowsDone: try row.value("rows_done"), madeAt: try row.value("made_at"),
            authorisedAt: try row.optional("authorised_at"), leaseUntil: try row.optional("lease_until"),
            settledAt: try row.optional("settled_at"),
            result: try bytes.map {
                NameList.ResultFigures(bytes: $0, sha256: try row.value("result_sha256"))
            }, problem: try row.optional("problem", as: Document<Message>.self)?.content,
            authorisedLeaf: try row.optional("authorised_leaf"),
            settledLeaf: try row.optional("settled_leaf"))
    }
}
