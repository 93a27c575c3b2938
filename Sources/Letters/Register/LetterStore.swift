import Identity
import Kernel
import Persistence
import Policy

/// The only SQL on series, counters and letters.
struct LetterStore: Sendable {
    static let listMax = 200
    static let scopeColumns = Scope.Columns(owner: "owner")

    // MARK: - Series

    func insert(_ series: LetterSeries, by account: AccountID, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO letter_series (id, owner, code, set_by, set_at)
            VALUES (\(series.id), \(series.owner), \(series.code), \(account), \(series.setAt))
            """)
    }

    func series(coded code: String, in connection: any Connection) throws -> LetterSeries? {
        try connection.row("SELECT * FROM letter_series WHERE code = \(code)").map(Self.series)
    }

    func series(_ id: LetterSeriesID, in connection: any Connection) throws -> LetterSeries? {
        try connection.row("SELECT * FROM letter_series WHERE id = \(id)").map(Self.series)
    }

    /// Those of a unit, in the order in which they were set.
    func series(of owner: PartyID, in connection: any Connection) throws -> [LetterSeries] {
        try connection.rows(
            "SELECT * FROM letter_series WHERE owner = \(owner) ORDER BY id LIMIT \(LetterLimits.seriesMax)"
        ).map(Self.series)
    }

    func setEnd(_ instant: Instant?, of id: LetterSeriesID, in connection: any Connection) throws {
        try connection.execute("UPDATE letter_series SET ended_at = \(instant) WHERE id = \(id)")
    }

    private static func series(_ row: Row) throws -> LetterSeries {
        LetterSeries(
            id: try row.value("id"), owner: try row.value("owner"), code: try row.value("code"),
            setAt: try row.value("set_at"), endedAt: try row.optional("ended_at"))
    }

    // MARK: - Numbers

    /// Taken with the transaction: who comes at the same time waits, and gets the one after.
    func takeNumber(of register: String, year: Int, in connection: any Connection) throws -> Int {
        try connection.execute(
            """
            INSERT INTO letter_counter (register, year, last) VALUES (\(register), \(year), 1)
            ON CONFLICT (register, year) DO UPDATE SET last = letter_counter.last + 1
            """)
        let last = try lastNumber(of: register, year: year, in: connection)
        guard last <= DocumentNumber.serialMax else { throw LetterError.numbersUsedUp }
        return last
    }

    func lastNumber(of register: String, year: Int, in connection: any Connection) throws -> Int {
        try connection.row("SELECT last FROM letter_counter WHERE register = \(register) AND year = \(year)")?
            .value("last") ?? 0
    }

    /// What was numbered elsewhere this year; only before the first number is taken here.
    func begin(
        _ register: String, year: Int, after last: Int, in connection: any Connection
    ) throws {
        try connection.execute(
            "INSERT INTO letter_counter (register, year, last) VALUES (\(register), \(year), \(last))")
    }

    // MARK: - Letters

    func insert(_ letter: Letter, key: String?, in connection: any Connection) throws {
        let search = [DocumentNumber.key(letter.number), letter.title, letter.counterpart]
            .joined(separator: "\n").lowercased()
        try connection.execute(
            """
            INSERT INTO letter (id, owner, direction, state, series_id, year, serial, number, title, counterpart,
                mark, body, dated, received_on, case_id, case_words, copies, search_text, made_by, made_at,
                request_key)
            VALUES (\(letter.id), \(letter.owner), \(letter.direction.rawValue), \(letter.state.rawValue),
                \(letter.series), \(letter.year), \(letter.serial), \(letter.number), \(letter.title),
                \(letter.counterpart), \(letter.mark), \(letter.body), \(letter.dated), \(letter.receivedOn),
                \(letter.caseID), \(JSON.object(letter.caseWords.mapValues { .string($0) })),
                \(JSON.array(letter.copies.map { .string($0) })), \(search), \(letter.madeBy),
                \(letter.madeAt), \(key))
            """)
    }

    func letter(_ id: LetterID, in connection: any Connection) throws -> Letter? {
        try connection.row("SELECT * FROM letter WHERE id = \(id)").map(Self.letter)
    }

    func letter(key: String, by account: AccountID, in connection: any Connection) throws -> Letter? {
        try connection.row("SELECT * FROM letter WHERE made_by = \(account) AND request_key = \(key)").map(
            Self.letter)
    }

    /// 收文号 under which a letter with that number stands in the register already; nil also for letters without a number.
    func registered(_ number: String, by owner: PartyID, in connection: any Connection) throws -> String? {
        guard !number.isEmpty else { return nil }
        let row = try connection.row(
            """
            SELECT year, serial FROM letter WHERE owner = \(owner) AND direction = 'in' AND number = \(number)
            AND state <> 'voided' ORDER BY id LIMIT 1
            """)
        return try row.map { "\(try $0.value("year", as: Int.self))-\(try $0.value("serial", as: Int.self))" }
    }

    func void(
        _ id: LetterID, because reason: String, by account: AccountID, at now: Instant,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE letter SET state = 'voided', voided_because = \(reason), voided_by = \(account),
                voided_at = \(now) WHERE id = \(id)
            """)
    }

    func setSealed(_ id: LetterID, in connection: any Connection) throws {
        try connection.execute("UPDATE letter SET state = 'sealed' WHERE id = \(id)")
    }

    /// Newest first.
    func page(
        _ filter: LetterFilter, scope: Scope, before cursor: LetterID?, limit: Int,
        in connection: any Connection
    ) throws -> LetterPage {
        try page(
            filter, seen: scope.condition(Self.scopeColumns), before: cursor, limit: limit, in: connection)
    }

    /// All letters of a case that the reader may know of, whichever unit's they are.
    func letters(of caseID: CaseID, in connection: any Connection) throws -> [Letter] {
        try connection.rows(
            "SELECT * FROM letter WHERE case_id = \(caseID) ORDER BY id DESC LIMIT \(Self.listMax)"
        ).map(Self.letter)
    }

    func years(scope: Scope, in connection: any Connection) throws -> [Int] {
        let seen = scope.condition(Self.scopeColumns)
        return try connection.rows(
            "SELECT DISTINCT year FROM letter WHERE \(seen) ORDER BY year DESC LIMIT \(Self.listMax)"
        ).map { try $0.value("year") }
    }

    private func page(
        _ filter: LetterFilter, seen: SQL, before cursor: LetterID?, limit: Int, in connection: any Connection
    ) throws -> LetterPage {
        var condition = seen
        if let direction = filter.direction {
            condition = condition + " AND direction = \(direction.rawValue)"
        }
        if let year = filter.year { condition = condition + " AND year = \(year)" }
        if let series = filter.series { condition = condition + " AND series_id = \(series)" }
        if let state = filter.state { condition = condition + " AND state = \(state.rawValue)" }
        if let caseID = filter.caseID { condition = condition + " AND case_id = \(caseID)" }
        if !filter.text.isEmpty {
            let number = Self.pattern(DocumentNumber.key(filter.text))
            let words = Self.pattern(filter.text.lowercased())
            condition =
                condition
                + " AND (search_text LIKE \(number) ESCAPE '\\' OR search_text LIKE \(words) ESCAPE '\\')"
        }
        let count: Int =
            try connection.row("SELECT COUNT(*) AS n FROM letter WHERE \(condition)")?.value("n") ?? 0
        if let cursor { condition = condition + " AND id < \(cursor)" }
        let letters = try connection.rows(
            "SELECT * FROM letter WHERE \(condition) ORDER BY id DESC LIMIT \(limit + 1)"
        ).map(Self.letter)
        let shown = Array(letters.prefix(limit))
        return LetterPage(
            letters: shown, count: count, next: letters.count > limit ? shown.last?.id : nil)
    }

    /// What was typed, found anywhere: nothing in it is a wildcard.
    private static func pattern(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return "%\(plain)%"
    }

    static func letter(_ row: Row) throws -> Letter {
        func word<Word: RawRepresentable>(_ column: String) throws -> Word where Word.RawValue == String {
            let text: String = try row.value(column)
            guard let word = Word(rawValue: text) else {
                throw DatabaseError.unexpected(column: column, found: .text(text))
            }
            return word
        }
        let words = try JSON.parse(row.value("case_words", as: String.self)).object ?? [:]
        let copies = try JSON.parse(row.value("copies", as: String.self)).array ?? []
        return Letter(
            id: try row.value("id"), owner: try row.value("owner"), direction: try word("direction"),
            state: try word("state"), series: try row.optional("series_id"), year: try row.value("year"),
            serial: try row.value("serial"), number: try row.value("number"), title: try row.value("title"),
            counterpart: try row.value("counterpart"), mark: try row.value("mark"),
            body: try row.value("body"),
            dated: try row.value("dated"), receivedOn: try row.optional("received_on"),
            caseID: try row.optional("case_id"), caseWords: words.compactMapValues(\.string),
            copies: copies.compactMap(\.string), madeBy: try row.value("made_by"),
            madeAt: try row.value("made_at"), voided: try voiding(row))
    }

    private static func voiding(_ row: Row) throws -> Letter.Voiding? {
        guard let reason: String = try row.optional("voided_because") else { return nil }
        return Letter.Voiding(
            reason: reason, by: try row.value("voided_by"), at: try row.value("voided_at"))
    }
}
