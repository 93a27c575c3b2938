package import Kernel

/// The types a column may have. Versions, rules, predicates and masks all speak these and no others.
package enum ColumnType: Hashable, Sendable {
    case text
    case integer
    /// `precision` digits in all (at most 38), `scale` of them after the point.
    case decimal(precision: Int, scale: Int)
    case double
    case boolean
    case date
    /// UTC, microseconds.
    case timestamp
}

/// One cell.
package enum Value: Hashable, Sendable {
    case null
    case text(String)
    case integer(Int64)
    /// `unscaled × 10^-scale`
    case decimal(unscaled: Int128, scale: Int)
    case double(Double)
    case boolean(Bool)
    case date(CalendarDate)
    case timestamp(Instant)
}

/// A version's column as the engine sees it.
package struct Column: Hashable, Sendable {
    package let name: String
    package let type: ColumnType
    package init(_ name: String, _ type: ColumnType) {
        self.name = name
        self.type = type
    }
}

package typealias Schema = [Column]
