import Foundation
package import Kernel
import Persistence
import Policy

/// Running exchanges as they are remembered.
struct RunningStore: Sendable {
    func insert(_ batch: ExchangeBatch, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO exchange_batch (id, file_name, party, brought_by, brought_at, taken, refused)
            VALUES (\(batch.id), \(batch.fileName), \(batch.party), \(batch.broughtBy), \(batch.broughtAt),
                \(batch.taken), \(try Self.text(batch.refused)))
            """)
    }

    func insert(_ running: RunningExchange, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO exchange_running (id, batch_id, line, entry_id, provider, recipient, document, terms,
                is_lacking, state, revision)
            VALUES (\(running.id), \(running.batch), \(running.line), \(running.entry), \(running.provider),
                \(running.recipient), \(running.terms.document), \(running.terms.json),
                \(!running.lacks.isEmpty), \(running.state.rawValue), \(running.revision))
            """)
    }

    /// - Throws: `PolicyError.moved` when somebody else changed it first.
    func save(_ running: RunningExchange, in connection: any Connection) throws {
        let changed = try connection.execute(
            """
            UPDATE exchange_running SET terms = \(running.terms.json), is_lacking = \(!running.lacks.isEmpty),
                state = \(running.state.rawValue), revision = \(running.revision),
                provider_signed_by = \(running.byProvider?.account),
                provider_signed_at = \(running.byProvider?.at), bureau_signed_by = \(running.byBureau?.account),
                bureau_signed_at = \(running.byBureau?.at), grant_id = \(running.grant)
            WHERE id = \(running.id) AND revision = \(running.revision - 1)
            """)
        guard changed == 1 else { throw PolicyError.moved(kind: CaseNoun.kind, id: running.id.text) }
    }

    func load(_ id: CaseID, in connection: any Connection) throws -> RunningExchange? {
        try connection.row("SELECT * FROM exchange_running WHERE id = \(id)").map(Self.running)
    }

    func batch(_ id: ExchangeBatchID, in connection: any Connection) throws -> ExchangeBatch? {
        try connection.row("SELECT * FROM exchange_batch WHERE id = \(id)").map(Self.batch)
    }

    func batches(scope: Scope, linesMax: Int, in connection: any Connection) throws -> [ExchangeBatch] {
        try connection.rows(
            """
            SELECT * FROM exchange_batch b
            WHERE \(scope.condition(Scope.Columns(owner: "b.party"))) OR EXISTS (
                SELECT 1 FROM exchange_running x WHERE x.batch_id = b.id
                  AND \(scope.condition(Scope.Columns(owner: "x.provider", recipient: "x.recipient"))))
            ORDER BY b.id DESC LIMIT \(linesMax)
            """
        ).map(Self.batch)
    }

    static let scopeColumns = Scope.Columns(owner: "provider", recipient: "recipient")

    func list(
        _ filter: RunningFilter, scope: Scope, after: CaseID?, linesMax: Int, in connection: any Connection
    ) throws -> [RunningExchange] {
        var condition = Self.condition(filter, scope)
        if let after { condition = condition + " AND id > \(after)" }
        return try connection.rows(
            "SELECT * FROM exchange_running WHERE \(condition) ORDER BY id LIMIT \(linesMax)"
        ).map(Self.running)
    }

    func count(_ filter: RunningFilter, scope: Scope, in connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS number FROM exchange_running WHERE \(Self.condition(filter, scope))"
        )?.value("number") ?? 0
    }

    /// The same agreement, told before and not removed.
    func isKnown(
        _ entry: EntryID, _ recipient: PartyID, document: String, in connection: any Connection
    ) throws -> Bool {
        try connection.row(
            """
            SELECT id FROM exchange_running
            WHERE entry_id = \(entry) AND recipient = \(recipient) AND document = \(document)
              AND state <> 'dropped'
            """) != nil
    }

    private static func condition(_ filter: RunningFilter, _ scope: Scope) -> SQL {
        var condition = scope.condition(scopeColumns)
        if let batch = filter.batch { condition = condition + " AND batch_id = \(batch)" }
        if let state = filter.state { condition = condition + " AND state = \(state.rawValue)" }
        if let isLacking = filter.isLacking { condition = condition + " AND is_lacking = \(isLacking)" }
        if let provider = filter.unsignedByProvider {
            condition = condition + " AND provider = \(provider) AND provider_signed_at IS NULL"
        }
        if filter.isUnsignedByBureau { condition = condition + " AND bureau_signed_at IS NULL" }
        return condition
    }

    private static func running(_ row: Row) throws -> RunningExchange {
        let state: String = try row.value("state")
        guard let known = RunningExchange.State(rawValue: state) else {
            throw DatabaseError.unexpected(column: "state", found: row["state"])
        }
        func signature(_ side: String) throws -> RunningExchange.Signature? {
            guard let account = try row.optional("\(side)_signed_by", as: AccountID.self) else { return nil }
            return RunningExchange.Signature(account: account, at: try row.value("\(side)_signed_at"))
        }
        return RunningExchange(
            id: try row.value("id"), batch: try row.value("batch_id"), line: try row.value("line"),
            entry: try row.value("entry_id"), provider: try row.value("provider"),
            recipient: try row.value("recipient"),
            terms: try RunningTerms(json: JSON.parse(row.value("terms", as: String.self))), state: known,
            revision: try row.value("revision"), byProvider: try signature("provider"),
            byBureau: try signature("bureau"), grant: try row.optional("grant_id"))
    }

    private static func batch(_ row: Row) throws -> ExchangeBatch {
        let refused: String = try row.value("refused")
        return ExchangeBatch(
            id: try row.value("id"), fileName: try row.value("file_name"), party: try row.value("party"),
            broughtBy: try row.value("brought_by"), broughtAt: try row.value("brought_at"),
            taken: try row.value("taken"),
            refused: try JSONDecoder().decode(
                [ExchangeBatch.RefusedLine].self, from: Data(refused.utf8)))
    }

    private static func text(_ refused: [ExchangeBatch.RefusedLine]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(refused), as: UTF8.self)
    }
}

/// Which running exchanges a list shows.
package struct RunningFilter: Sendable, Hashable {
    package var batch: ExchangeBatchID?
    package var state: RunningExchange.State?
    package var isLacking: Bool?
    package var unsignedByProvider: PartyID?
    package var isUnsignedByBureau = false

    package init(
        batch: ExchangeBatchID? = nil, state: RunningExchange.State? = nil, isLacking: Bool? = nil
    ) {
        self.batch = batch
        self.state = state
        self.isLacking = isLacking
    }
}
