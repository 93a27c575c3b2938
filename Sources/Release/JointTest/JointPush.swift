package import Kernel
package import Lake

/// 联调测试 of a table push: what was tried at a recipient's database, and what stands there of it.
package struct JointPush: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable { case running, done, failed }

    /// The test's table, as far as this test has to do with it.
    package enum TableState: String, Sendable, Hashable, CaseIterable {
        case none
        /// It is there, and its rows are this test's.
        case there
        /// A later test of the same target has it.
        case passedOn = "passed-on"
        /// What a broken test may have left is still to be removed.
        case clearing
        case dropped
        /// The database could not be reached any more: whoever keeps it removes the table.
        case left
    }

    package let id: JointTestID
    package let grant: GrantID
    package let target: PushTargetID
    /// The test's own table; never the recipient's.
    package let place: PushPlace
    /// The recipient's own table, which is only looked at.
    package let ownTable: String
    package let manner: PushManner
    package let keyColumns: [String]
    package let state: State
    package let table: TableState
    package let seed: Int64
    package let rowsMade: Int
    package let found: Found?
    /// What stood against it last, in the push or in the removal.
    package let problem: Message?
    package let tries: Int
    package let madeBy: AccountID
    package let madeAt: Instant
    package let dropAt: Instant
    package let droppedAt: Instant?

    /// What the database says after the push.
    package struct Found: Sendable, Hashable {
        /// Nil: the table was made.
        package let rowsBefore: Int64?
        package let rowsOut: Int64
        package let rowsAfter: Int64
        /// Of the rows as they were read back.
        package let contentDigest: String
        /// Names and types as it declares them.
        package let columns: [String]
    }

    /// Where two at once would be one.
    static func location(_ place: PushPlace) -> String {
        [place.kind.rawValue, place.server, place.database, place.schema, place.table].joined(separator: "\n")
    }

    /// As the target keeps its record: a test is named there as a release is.
    func order(hosts: [String], mark: String) -> PushOrder {
        var order = PushOrder(
            release: ReleaseID(id.text) ?? ReleaseID.new(at: madeAt), place: place, manner: manner,
            keyColumns: keyColumns, version: PushTest.version, hosts: hosts)
        order.test = PushTest(table: ownTable, mark: mark)
        order.statementSecondsMax = PushTest.statementSecondsMax
        order.lockSecondsMax = PushTest.lockSecondsMax
        return order
    }

    package var json: JSON {
        [
            "jointTest": .string(id.text), "target": .string(target.text), "place": place.json,
            "ownTable": .string(ownTable), "manner": .string(manner.rawValue),
            "keyColumns": .array(keyColumns.map(JSON.string)), "state": .string(state.rawValue),
            "table": .string(table.rawValue), "rowsBefore": .optional(found?.rowsBefore),
            "rowsOut": .optional(found?.rowsOut), "rowsAfter": .optional(found?.rowsAfter),
            "contentDigest": .optional(found?.contentDigest),
            "columns": .array((found?.columns ?? []).map(JSON.string)),
            "problem": .optional(problem?.key), "madeAt": .string(madeAt.description),
            "dropAt": .string(dropAt.description), "droppedAt": .optional(droppedAt),
        ]
    }
}
