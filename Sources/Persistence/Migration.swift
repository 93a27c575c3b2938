/// One step of the schema. Text only, never edited once shipped, named `<domain>/<nnn>`.
///
/// The text is one dialect for both databases: `BIGINT`, `TEXT`, `BYTES` (BLOB or BYTEA) and `AUTOINCREMENT KEY`
/// (an ascending 64-bit key). Tables are made STRICT on SQLite. Statements are separated by `;` at the end of a line.
package struct Migration: Sendable {
    package let domain: String
    package let number: Int
    package let text: String

    package init(_ domain: String, _ number: Int, _ text: String) {
        self.domain = domain
        self.number = number
        self.text = text
    }

    package var name: String {
        let digits = String(number)
        return "\(domain)/\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
    }
}
