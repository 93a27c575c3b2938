package import Kernel

/// One value as both databases store it. Booleans are 0/1, instants microseconds, dates and ids text, JSON text.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

package protocol SQLConvertible {
    var sqlValue: SQLValue { get }
}

/// A statement whose values are bound, never spliced: `"SELECT id FROM entry WHERE owner = \(party)"`.
///
/// The same text serves SQLite and PostgreSQL. `\(raw:)` takes only text that the program itself made (a column list,
/// a Scope's lowered condition); `\(list:)` expands to a parenthesised list for IN and to `(NULL)` when empty.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// With `?` where a value is bound.
    package private(set) var text: String
    package private(set) var values: [SQLValue]

    package init(stringLiteral value: String) {
        text = value
        values = []
    }

    /// Text that this module made, with values in the order of its `?`.
    init(verbatim text: String, values: [SQLValue] = []) {
        self.text = text
        self.values = values
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var joined = left
        joined.text += right.text
        joined.values += right.values
        return joined
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: (any SQLConvertible)?) {
            text += "?"
            values.append(value?.sqlValue ?? .null)
        }

        package mutating func appendInterpolation(_ part: SQL) {
            text += part.text
            values += part.values
        }

        package mutating func appendInterpolation(raw: String) { text += raw }

        package mutating func appendInterpolation(list: [any SQLConvertible]) {
            guard !list.isEmpty else {
                text += "(NULL)"
                return
            }
            text += "(" + Array(repeating: "?", count: list.count).joined(separator: ", ") + ")"
            values += list.map(\.sqlValue)
        }
    }
}

extension SQLValue: SQLConvertible { package var sqlValue: SQLValue { self } }
extension String: SQLConvertible { package var sqlValue: SQLValue { .text(self) } }
extension Int: SQLConvertible { package var sqlValue: SQLValue { .integer(Int64(self)) } }
extension Int64: SQLConvertible { package var sqlValue: SQLValue { .integer(self) } }
extension Bool: SQLConvertible { package var sqlValue: SQLValue { .integer(self ? 1 : 0) } }
extension [UInt8]: SQLConvertible { package var sqlValue: SQLValue { .bytes(self) } }
extension Instant: SQLConvertible { package var sqlValue: SQLValue { .integer(microseconds) } }
extension CalendarDate: SQLConvertible { package var sqlValue: SQLValue { .text(description) } }
extension ID: SQLConvertible { package var sqlValue: SQLValue { .text(text) } }
extension JSON: SQLConvertible { package var sqlValue: SQLValue { .text(canonical) } }
