/// What the engine said. No word of it is for end users; callers translate.
package enum DuckDBError: Error, Hashable, Sendable {
    case open(String)
    case setting(name: String, String)
    case statement(String)
    case interrupted
    case outOfMemory(String)
    case input(String)
    case constraint(String)
    case invalidInput(String)
    case bind(index: Int, String)
    case function(String)
    case appender(String)
    /// A column was read as a type that it is not.
    case columnType(name: String, type: DuckType)

    /// By its type, or by its text where an error came another way than with a result and has no type.
    package var isOutOfMemory: Bool {
        if case .outOfMemory = self { return true }
        return detail.contains("Out of Memory Error")
    }

    package var detail: String {
        switch self {
        case .open(let text), .statement(let text), .outOfMemory(let text), .input(let text),
            .constraint(let text), .invalidInput(let text), .function(let text), .appender(let text):
            text
        case .setting(let name, let text): "\(name): \(text)"
        case .interrupted: "interrupted"
        case .bind(let index, let text): "parameter \(index): \(text)"
        case .columnType(let name, let type): "\(name) is \(type)"
        }
    }
}

/// The physical types that this wrapper reads.
package enum DuckType: Hashable, Sendable {
    case boolean
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case hugeint
    case float, double
    case date
    /// Microseconds, no zone.
    case timestamp
    case time
    case text
    case blob
    case decimal(width: Int, scale: Int)
    /// The number that `duckdb.h` gives it.
    case other(Int)
}
