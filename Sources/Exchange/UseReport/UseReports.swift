import Casework
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Persistence
import Policy

/// Reports of a year's use: owed for every grant that was in force when the year ended.
package struct UseReports: Sendable {
    package static let linesMax = 50
    private static let yearsBackMax = 10

    let exchange: Exchange
    let evidence: EvidenceLog
    /// Files, lists and pushes of a grant that left between two moments: how many, with how many rows.
    let released:
        @Sendable (GrantID, _ from: Instant, _ before: Instant, any Connection) throws -> (Int, Int64)

    package init(
        _ exchange: Exchange, evidence: EvidenceLog,
        released: @escaping @Sendable (GrantID, Instant, Instant, any Connection) throws -> (Int, Int64)
    ) {
        self.exchange = exchange
        self.evidence = evidence
        self.released = released
    }

    private static let scopeColumns = Scope.Columns(owner: "g.provider", recipient: "g.consumer")

    /// The years that can be asked for, the last one first.
    package func years() -> [Int] {
        let last = exchange.clock.now().date().components.year - 1
        return Array((last - Self.yearsBackMax + 1...last).reversed())
    }

    /// Of one year that is over, those given and those not; a grant appears once it was in force on its last day. With the number of all
    /// that `filter` lets through.
    package func list(
        _ filter: UseReportFilter = UseReportFilter(), for principal: Principal, after: GrantID? = nil,
        linesMax: Int = linesMax
    ) async throws -> (lines: [UseReport], count: Int) {
        let last = exchange.clock.now().date().components.year - 1
        let scope = exchange.permissions.scope(of: .grant, for: principal)
        return try await exchange.database.read { connection in
            guard let span = Span(min(filter.year ?? last, last)) else { return ([], 0) }
            let asked: SQL =
                """
                g.consumer IS NOT NULL AND \(scope.condition(Self.scopeColumns)) AND \(span.condition)\(filter
                    .condition(span.year, for: principal))
                """
            let rest = after.map { asked + " AND g.id > \($0)" } ?? asked
            let lines = try connection.rows(
                "SELECT g.* FROM policy_grant g WHERE \(rest) ORDER BY g.id LIMIT \(linesMax)"
            ).map { try report($0, span, in: connection) }
            let count: Int? = try connection.row(
                "SELECT COUNT(*) AS number FROM policy_grant g WHERE \(asked)")?.value("number")
            return (lines, count ?? lines.count)
        }
    }

    package func find(_ grant: GrantID, _ year: Int, for principal: Principal) async throws -> UseReport {
        let scope = exchange.permissions.scope(of: .grant, for: principal)
        let today = exchange.clock.now().date()
        let found = try await exchange.database.read { connection -> UseReport? in
            guard let span = Span(year), span.last < today else { return nil }
            let row = try connection.row(
                """
                SELECT g.* FROM policy_grant g WHERE g.id = \(grant) AND g.consumer IS NOT NULL
                  AND \(scope.condition(Self.scopeColumns)) AND \(span.condition)
                """)
            return try row.map { try report($0, span, in: connection) }
        }
        guard let found else { throw ExchangeError.reportNotFound }
        return found
    }

    package func mayGive(_ report: UseReport, _ principal: Principal) -> Bool {
        report.account == nil
            && exchange.permissions.allows(
                .requestShare, on: Self.subject(of: report, for: principal), for: principal)
    }

    /// Once, with the figures as the ledger has them in the same transaction.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid`, `.reportGiven`; `PolicyError.notPermitted`.
    @discardableResult
    package func give(
        _ grant: GrantID, _ year: Int, use: String, benefit: String, by principal: Principal
    ) async throws -> UseReport {
        let seen = try await find(grant, year, for: principal)
        let permit = try exchange.permissions.permit(
            .requestShare, on: Self.subject(of: seen, for: principal), for: principal)
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let faults = [("use", use), ("benefit", benefit)].flatMap { name, text in
            Exchange.textFaults(name, text, UseReport.textCharactersMax)
        }
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        let now = exchange.clock.now()
        return try await exchange.database.write(under: permit) { connection, mandate in
            guard let span = Span(year) else { throw ExchangeError.reportNotFound }
            let figures = try figures(of: grant, span, in: connection)
            let inserted = try connection.execute(
                """
                INSERT INTO exchange_use_report (grant_id, year, figures, use_text, benefit, given_by, given_at)
                VALUES (\(grant), \(year), \(try Self.text(figures)), \(use), \(benefit), \(account), \(now))
                ON CONFLICT (grant_id, year) DO NOTHING
                """)
            guard inserted == 1 else { throw ExchangeError.reportGiven }
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "use-report.given", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(grant)],
                    payload: [
                        "year": .integer(Int64(year)), "releases": .integer(Int64(figures.releases)),
                        "rows": .integer(figures.rows),
                    ]), in: connection)
            var given = seen
            given.account = UseReport.Account(use: use, benefit: benefit, at: now, by: account)
            return given
        }
    }

    /// A calendar year.
    private struct Span {
        let year: Int
        let first: CalendarDate
        let last: CalendarDate

        init?(_ year: Int) {
            guard let first = CalendarDate(year: year, month: 1, day: 1),
                let last = CalendarDate(year: year, month: 12, day: 31)
            else { return nil }
            self.year = year
            self.first = first
            self.last = last
        }

        /// Signed before the year was over, and not ended before that either.
        var condition: SQL {
            let end = last.adding(days: 1).start
            return """
                g.signed_at < \(end) AND g.valid_to >= \(last) AND NOT EXISTS (
                    SELECT 1 FROM policy_grant_change c WHERE c.grant_id = g.id AND c.at < \(end)
                      AND c.state IN ('revoked', 'expired'))
                """
        }
    }

    private func report(_ row: Row, _ span: Span, in connection: any Connection) throws -> UseReport {
        let grant: GrantID = try row.value("id")
        let given = try connection.row(
            "SELECT * FROM exchange_use_report WHERE grant_id = \(grant) AND year = \(span.year)")
        let next = span.last.adding(days: 1)
        let rule = try exchange.cases.rules.rule(SharingDeadlines.useReport, on: next)
        let due = try exchange.cases.calendar.deadline(
            from: next, workingDays: rule.workingDays, startRule: rule.startRule
        ).date
        var account: UseReport.Account?
        var figures: UseReport.Figures?
        if let given {
            account = UseReport.Account(
                use: try given.value("use_text"), benefit: try given.value("benefit"),
                at: try given.value("given_at"), by: try given.value("given_by"))
            figures = try JSONDecoder().decode(
                UseReport.Figures.self, from: Data(given.value("figures", as: String.self).utf8))
        }
        return UseReport(
            grant: grant, year: span.year, entry: try row.value("entry"),
            provider: try row.value("provider"), recipient: try row.value("consumer"), dueOn: due,
            figures: try figures ?? self.figures(of: grant, span, in: connection), account: account)
    }

    private func figures(
        of grant: GrantID, _ span: Span, in connection: any Connection
    ) throws -> UseReport.Figures {
        let days = try QuotaLedger().useByDay(
            grant: grant, from: span.first, to: span.last, in: connection)
        let (releases, rows) = try released(
            grant, span.first.start, span.last.adding(days: 1).start, connection)
        return UseReport.Figures(
            releases: releases, releasedRows: rows, rows: days.reduce(0) { $0 + $1.rows }, days: days.count)
    }

    /// What a unit that ended still owes is given by whoever followed it.
    private static func subject(
        of report: UseReport, for principal: Principal
    ) -> Subject {
        let recipient = principal.standsFor(report.recipient) ? principal.party : report.recipient
        let grant = report.grant
        return Subject(
            Leaf.Subject(grant), owner: report.provider, recipient: recipient, revision: 1
        ) { connection in
            try connection.row("SELECT id FROM policy_grant WHERE id = \(grant)") == nil ? nil : 1
        }
    }

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
