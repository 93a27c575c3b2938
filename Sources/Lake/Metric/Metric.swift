package import Kernel
package import Policy

/// One thing to count. Row-local metrics of a request share one scan; the others declare their own pass.
package struct Metric: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Counts rows by the predicate: TRUE holds, FALSE fails, NULL is neither.
        case holds(Expression)
        /// The same, of the rows where the second is TRUE; all others are neither.
        case holdsWhere(Expression, Expression)
        /// Rows whose key occurs more than once fail; a row with a NULL in its key is not evaluated.
        case unique([String])
        /// Rows whose value is missing from the list fail; one pass, for lists too long for an `isIn`.
        case memberOf(column: String, values: [Value])
        /// Rows that agree in the first columns agree in the last: where they do not, those fail that hold another value than the
        /// commonest, and all of them when no value is commoner than every other. A row with a NULL in any is not evaluated.
        case determined(by: [String], column: String)
        /// Rows whose value is no key of other rows fail; a pass of its own.
        case reference(Reference)
    }

    /// Where the keys lie, and on which day they have to be in force.
    package struct Reference: Hashable, Sendable {
        package let column: String
        package let rows: RowSource
        package let key: String
        /// Columns of the other rows: the first and the last day of a key; NULL is without end. Nil: keys have no days.
        package let validFrom: String?
        package let validUntil: String?
        /// The column that says on which day; nil for `day`. A row with a NULL there is not evaluated.
        package let on: String?
        package let day: CalendarDate

        package init(
            column: String, rows: RowSource, key: String, validFrom: String? = nil, validUntil: String? = nil,
            on: String? = nil, day: CalendarDate
        ) {
            self.column = column
            self.rows = rows
            self.key = key
            self.validFrom = validFrom
            self.validUntil = validUntil
            self.on = on
            self.day = day
        }
    }

    /// The rule's id; answers are by it.
    package let id: String
    package let kind: Kind

    package init(id: String, _ kind: Kind) {
        self.id = id
        self.kind = kind
    }
}

package struct MetricResult: Codable, Hashable, Sendable {
    package let id: String
    /// Rows on which the metric could be decided.
    package let evaluated: Int64
    package let failed: Int64
    /// Rows that were neither: a NULL was in the way.
    package let undecided: Int64
    /// The first failing rows in the source's order, at most as many as were asked for.
    package let samples: [FailingRow]

    package init(
        id: String, evaluated: Int64, failed: Int64, undecided: Int64, samples: [FailingRow]
    ) {
        self.id = id
        self.evaluated = evaluated
        self.failed = failed
        self.undecided = undecided
        self.samples = samples
    }
}

package struct FailingRow: Codable, Hashable, Sendable {
    /// From 1, in the source's order.
    package let number: Int64
    package let values: WireRow

    package init(number: Int64, values: [Value]) {
        self.number = number
        self.values = WireRow(values)
    }
}

package struct MetricReport: Codable, Hashable, Sendable {
    package let rows: Int64
    /// In the order of the request.
    package let results: [MetricResult]

    package init(rows: Int64, results: [MetricResult]) {
        self.rows = rows
        self.results = results
    }
}
