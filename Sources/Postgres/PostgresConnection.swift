import CPostgres

/// One connection to PostgreSQL, for one thread: its calls block until the server has answered.
package final class PostgresConnection {
    private struct Prepared: Hashable {
        let text: String
        let types: [UInt32]
    }

    private static let statementsMax = 500
    let handle: OpaquePointer
    private var names: [Prepared: String] = [:]
    private var namesGiven = 0
    /// True once a failure said that the server is gone.
    package private(set) var isLost = false

    /// `url` is a `postgres://` URL; what it says goes before the time-outs set here.
    package convenience init(
        url: String, connectSecondsMax: Int = 5, applicationName: String = "headwaters"
    ) throws(PostgresFailure) {
        try self.init([("dbname", url)], connectSecondsMax, applicationName, expandsName: true)
    }

    /// Each part is taken as it stands: nothing in a name can say more than a name.
    package convenience init(
        host: String, port: Int, database: String, user: String, password: String,
        connectSecondsMax: Int = 10, applicationName: String = "headwaters"
    ) throws(PostgresFailure) {
        try self.init(
            [
                ("host", host), ("port", String(port)), ("dbname", database), ("user", user),
                ("password", password), ("passfile", "/dev/null/none"),
            ], connectSecondsMax, applicationName, expandsName: false)
    }

    private init(
        _ place: [(String, String)], _ connectSecondsMax: Int, _ applicationName: String, expandsName: Bool
    ) throws(PostgresFailure) {
        let keywords =
            [
                ("connect_timeout", String(connectSecondsMax)), ("application_name", applicationName),
                ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
                ("tcp_user_timeout", "20000"), ("client_encoding", "UTF8"),
            ] + place
        let opened = Self.withCStrings(keywords.map(\.0)) { names in
            Self.withCStrings(keywords.map(\.1)) { values in
                PQconnectdbParams(names, values, expandsName ? 1 : 0)
            }
        }
        guard let opened else {
            throw PostgresFailure(sqlState: nil, message: "out of memory", connectionLost: true)
        }
        guard PQstatus(opened) == CONNECTION_OK else {
            // Everything is stored by now, so deinit runs and closes what was opened.
            throw PostgresFailure(
                sqlState: nil, message: Self.line(PQerrorMessage(opened)), connectionLost: true)
        }
        // Only now: once every property is set, a throw would run `deinit`, and close twice.
        handle = opened
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    /// What the server knows the connection by; for cancelling it from elsewhere.
    package var processID: Int32 { PQbackendPID(handle) }

    /// A command without values: BEGIN, COMMIT, SET. The tag that the server answers with.
    @discardableResult
    package func command(_ text: String) throws(PostgresFailure) -> String {
        let answer = try checked(PQexec(handle, text))
        return answer.tag
    }

    /// A statement with `$1`, `$2` …, prepared once for its text and its values' types.
    package func query(_ text: String, _ values: [PostgresValue], types: [UInt32]? = nil)
        throws(PostgresFailure)
        -> PostgresAnswer
    {
        let name = try prepared(Prepared(text: text, types: types ?? values.map(\.typeID)))
        var storage: [UInt8] = []
        var starts: [Int] = []
        starts.reserveCapacity(values.count)
        for value in values {
            starts.append(storage.count)
            switch value {
            case .null: break
            case .integer(let number): withUnsafeBytes(of: number.bigEndian) { storage += $0 }
            case .text(let text): storage += text.utf8
            case .bytes(let bytes): storage += bytes
            }
        }
        storage.append(0)
        let lengths = zip(starts, starts.dropFirst() + [storage.count - 1]).map { Int32($1 - $0) }
        let formats = [Int32](repeating: 1, count: values.count)
        let result = storage.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                let pointers = zip(values, starts).map { value, start -> UnsafePointer<CChar>? in
                    value == .null ? nil : characters.baseAddress.map { $0 + start }
                }
                return PQexecPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
            }
        }
        return try checked(result)
    }

    private func prepared(_ statement: Prepared) throws(PostgresFailure) -> String {
        if let name = names[statement] { return name }
        if names.count >= Self.statementsMax {
            try command("DEALLOCATE ALL")
            names.removeAll(keepingCapacity: true)
        }
        namesGiven += 1
        let name = "s\(namesGiven)"
        _ = try checked(
            PQprepare(handle, name, statement.text, Int32(statement.types.count), statement.types))
        names[statement] = name
        return name
    }

    @discardableResult
    func checked(_ result: OpaquePointer?) throws(PostgresFailure) -> PostgresAnswer {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_COPY_IN, PGRES_COPY_OUT: return PostgresAnswer(result)
        default:
            defer { PQclear(result) }
            func field(_ code: Character) -> String? {
                PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
            }
            let sqlState = field("C")
            isLost = isLost || PQstatus(handle) == CONNECTION_BAD
            throw PostgresFailure(
                sqlState: sqlState, message: field("M") ?? Self.line(PQerrorMessage(handle)),
                constraint: field("n"), table: field("t"), column: field("c"), connectionLost: isLost)
        }
    }

    static func line(_ message: UnsafePointer<CChar>?) -> String {
        let text = message.map { String(cString: $0) } ?? ""
        return text.split(separator: "\n").joined(separator: " ")
    }

    private static func withCStrings<Answer>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer
    ) -> Answer {
        let storage = texts.map { Array($0.utf8CString) }
        func step(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> Answer {
            guard index < storage.count else {
                return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
            }
            return storage[index].withUnsafeBufferPointer { step(index + 1, pointers + [$0.baseAddress]) }
        }
        return step(0, [])
    }
}

/// What one statement answered, read out of libpq's memory on demand.
package final class PostgresAnswer {
    private let result: OpaquePointer?

    fileprivate init(_ result: OpaquePointer?) { self.result = result }
    deinit { PQclear(result) }

    package var rowCount: Int { Int(PQntuples(result)) }
    package var tag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }
    /// Rows changed.
    package var changed: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }
    package var columnNames: [String] {
        (0..<PQnfields(result)).map { column in PQfname(result, column).map { String(cString: $0) } ?? "" }
    }

    /// Throws for a type that has no exact form here.
    package func value(row: Int, column: Int) throws(PostgresFailure) -> PostgresValue {
        let (row, column) = (Int32(row), Int32(column))
        if PQgetisnull(result, row, column) == 1 { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
        let typeID = PQftype(result, column)
        guard let value = PostgresValue(bytes, typeID: typeID) else {
            throw PostgresFailure(
                sqlState: nil, message: "a column of type \(typeID) has no exact form here: cast it to text",
                connectionLost: false)
        }
        return value
    }
}
