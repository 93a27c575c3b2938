package import Cryptography
package import Kernel
package import Policy

/// Rows for keys that the asker already holds: the county's daily question, one person or a thousand at a time.
package struct LookUp: Sendable, Hashable {
    package static let keyBytesMax = 1_024

    package let grant: GrantID
    /// The key column by its name.
    package let column: String
    /// As the asker wrote them; typed by the column.
    package let keys: [String]

    package init(grant: GrantID, column: String, keys: [String]) {
        self.grant = grant
        self.column = column
        self.keys = keys
    }
}

/// What a look-up or a page gave, and where its record is.
package struct RowsAnswer: Sendable {
    package let release: ReleaseID
    /// Of the *authorised* leaf: the answer's receipt until the next checkpoint, and its key to a proof afterwards.
    package let leaf: Digest
    package let leafID: LeafID
    package let grant: GrantID
    package let revision: Int
    let basis: AnswerText.Basis
    /// Nil of a live entry, as its number is.
    package var version: VersionID? { if case .version(let id, _) = basis { id } else { nil } }
    package var versionNumber: Int? { if case .version(_, let number) = basis { number } else { nil } }
    package let columns: Schema
    package let rows: [Row]
    /// Rows that the grant's predicate kept back. For the record; the asker is not told, because how many rows are hidden between
    /// two is knowledge too.
    package let withheld: Int
    /// The cursor of the next page; nil after the last, and for look-ups.
    package let next: String?
    /// The answer as it leaves, without `leaf`.
    let text: AnswerText

    package struct Row: Sendable {
        /// Of the key that found it, from 0; nil on pages.
        package let key: Int?
        package let values: [Value]
    }
}

/// One key, read as the column's type.
enum LookUpKey {
    /// Normalised as staging normalises cells: no surrounding white space.
    static func value(_ text: String, as type: ColumnType, position: Int) throws(ReleaseError) -> Value {
        guard text.utf8.count <= LookUp.keyBytesMax else {
            throw .keyTooLong(position: position, bytesMax: LookUp.keyBytesMax)
        }
        let trimmed = trim(text)
        let value: Value? =
            switch type {
            case .text: trimmed.isEmpty ? nil : .text(trimmed)
            case .integer: Int64(trimmed).map(Value.integer)
            case .date: CalendarDate(trimmed).map(Value.date)
            case .boolean: ["true": true, "false": false][trimmed].map(Value.boolean)
            case .decimal, .double, .timestamp: nil
            }
        guard let value else { throw .keyMalformed(position: position, type: type.description) }
        return value
    }

    static func trim(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n" || scalar == "\u{3000}"
    }
}
