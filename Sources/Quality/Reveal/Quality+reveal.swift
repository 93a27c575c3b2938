import Evidence
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// Values that are masked by grade, for one look and with a reason. The record is durable before anything is shown.
extension Quality {
    /// Whether `reveal` could be permitted: for showing the way to it.
    package func mayReveal(_ principal: Principal) -> Bool {
        permissions.mayEver(.revealRow, principal) && !mayNotSeeRows(principal)
    }

    /// 三员分立: who administers, secures or audits sees no row, masked or not.
    func mayNotSeeRows(_ principal: Principal) -> Bool {
        separatesAdministrators
            && !principal.roles.isDisjoint(with: [.administrator, .securityOfficer, .auditor])
    }

    /// - Throws: `revealWordsMissing`, `revealReasonMissing`; `revealMoved` when another version is served by now; `revealUsed` the second time;
    ///   `revealsTooMany` beyond what one account may in an hour; `PolicyError.confirmationNeeded`.
    package func reveal(
        _ wish: RevealWish, of id: RuleID, served: ServedRows, for principal: Principal
    ) async throws -> FailingRows {
        guard !mayNotSeeRows(principal) else { throw QualityError.rowsNotForAdministrators }
        guard let reason = wish.reason else { throw QualityError.revealReasonMissing }
        let words = wish.words
        guard (Reveal.wordsMin...Reveal.wordsMax).contains(words.count) else {
            throw QualityError.revealWordsMissing
        }
        guard served.version == wish.version else { throw QualityError.revealMoved }
        let account = principal.account
        let scope = permissions.scope(of: .rule, for: principal)
        let (rule, owner, levels) = try await database.read { connection in
            guard account != nil, let rule = try RuleStore.current(id, in: connection),
                let owner = try self.owner(rule.entry, connection), scope.admits(owner: owner)
            else { throw QualityError.ruleUnknown(id) }
            return (rule, owner, try self.grades(rule.entry, connection))
        }
        let permit = try permissions.permit(
            .revealRow, on: Self.subject(rule.entry, owner), for: principal)
        let found = try await rows(wish.extent, of: rule, served, levels)
        guard let first = found.rows.first else { throw QualityError.revealNothing }
        let now = clock.now()
        try await database.write(under: permit) { connection, mandate in
            try admit(wish, by: mandate.principal, at: now, in: connection)
            let made = Made(
                wish: wish, rule: rule, reason: reason, words: words, first: first.number,
                rows: found.rows.count, columns: found.columns.map { $0.name })
            try record(made, by: mandate, at: now, in: connection)
        }
        return found
    }

    private func rows(
        _ extent: Reveal.Extent, of rule: Rule, _ served: ServedRows, _ levels: [String: GradeLevel]
    ) async throws -> FailingRows {
        switch extent {
        case .row(let number):
            let found = try await failingRows(
                of: rule, served: served, after: number - 1, limit: 1, levels: levels
            ) { _ in .plain }
            guard found.rows.first?.number == number else { throw QualityError.revealNothing }
            return found.alone
        case .column(let name, let after):
            let found = try await failingRows(
                of: rule, served: served, after: after, limit: Reveal.rowsMax, levels: levels
            ) { $0 == name ? .plain : CellMask(levels[$0]) }
            guard found.columns.contains(where: { $0.name == name }) else { throw QualityError.revealNothing }
            return found.alone
        }
    }

    /// Once for each form, and only so often in an hour: counted in the transaction that keeps the record.
    private func admit(
        _ wish: RevealWish, by principal: Principal, at now: Instant, in connection: any Connection
    ) throws {
        guard let account = principal.account else { throw QualityError.accountNeeded }
        guard try connection.row("SELECT id FROM quality_reveal WHERE id = \(wish.id)") == nil else {
            throw QualityError.revealUsed
        }
        let hour = now + .seconds(-3_600)
        let counted: Int =
            try connection.row(
                "SELECT COUNT(*) AS made FROM quality_reveal WHERE account = \(account) AND at > \(hour)")?
            .value("made") ?? 0
        guard counted < revealsPerHourMax else {
            throw QualityError.revealsTooMany(max: revealsPerHourMax)
        }
    }

    private struct Made {
        let wish: RevealWish
        let rule: Rule
        let reason: Reveal.Reason
        let words: String
        let first: Int64
        let rows: Int
        let columns: [String]

        var column: String? {
            if case .column(let name, _) = wish.extent { name } else { nil }
        }
    }

    private func record(
        _ made: Made, by mandate: borrowing Mandate, at now: Instant, in connection: any Connection
    ) throws {
        guard let account = mandate.principal.account else { throw QualityError.accountNeeded }
        let leaf = LeafID.new(at: now)
        try evidence.append(
            Leaf(
                id: leaf, type: "quality.row-revealed", at: now, actor: mandate.actor,
                subjects: [
                    Leaf.Subject(made.rule.entry), Leaf.Subject(made.rule.id),
                    Leaf.Subject(made.wish.version),
                ],
                payload: .object([
                    "reveal": .string(made.wish.id.text), "reason": .string(made.reason.rawValue),
                    "column": made.column.map(JSON.string) ?? .null, "first": .integer(made.first),
                    "rows": .integer(Int64(made.rows)), "columns": .array(made.columns.map(JSON.string)),
                    "post": mandate.principal.post.map { .string($0.text) } ?? .null,
                    "confirmed": mandate.principal.confirmed.map { .integer($0.microseconds) } ?? .null,
                ]), personal: ["words": .string(made.words)]), in: connection)
        try connection.execute(
            """
            INSERT INTO quality_reveal (id, at, account, entry, rule, version, column_name, first_row, row_count,
            reason, leaf)
            VALUES (\(made.wish.id), \(now), \(account), \(made.rule.entry), \(made.rule.id), \(made.wish.version),
            \(made.column), \(made.first), \(made.rows), \(made.reason.rawValue), \(leaf))
            """)
    }

    /// All of them, newest first, behind `before`: for whoever reads evidence.
    package func reveals(before: RevealID?, limit: Int, for principal: Principal) async throws -> [Reveal] {
        guard permissions.mayEver(.readEvidence, principal) else {
            throw PolicyError.notPermitted(.readEvidence)
        }
        return try await database.read { connection in
            let after: SQL = before.map { "WHERE id < \($0)" } ?? ""
            return try connection.rows(
                "SELECT * FROM quality_reveal \(after) ORDER BY id DESC LIMIT \(limit)"
            ).map { row in
                let leaf: LeafID = try row.value("leaf")
                // Erased when its time has come: the record of the look stays.
                let words = try? evidence.personal(of: leaf, in: connection)
                return Reveal(
                    id: try row.value("id"), at: try row.value("at"), account: try row.value("account"),
                    entry: try row.value("entry"), rule: try row.value("rule"),
                    version: try row.value("version"),
                    column: try row.optional("column_name"), firstRow: try row.value("first_row"),
                    rows: try row.value("row_count"),
                    reason: Reveal.Reason(rawValue: try row.value("reason")) ?? .other,
                    words: words?["words"]?.string)
            }
        }
    }
}
