package import Kernel

/// Why rows did not go into a recipient's table. Names the place; quotes no value.
package enum PushError: Error, Hashable, Sendable {
    case hostNotAllowed(String)
    /// The server cannot be reached, or went away.
    case away(String)
    /// It answers, and refuses.
    case refused(String)
    case rightMissing(String)
    /// Somebody holds the table, or the rows.
    case held(String)
    /// Another run goes on with the same release.
    case overtaken
    /// The release was given up at the target.
    case abandoned
    case notATable(String)
    case withoutTransactions(table: String, engine: String)
    case tableUnfit(table: String, [Misfit], definition: String)
    case keyUnknown(String)
    case keyWithoutIndex([String], definition: String)
    case keyRepeated([String], count: Int64)
    case keyEmpty(String, row: Int64)
    case valueUnfit(column: String, row: Int64, type: String)
    case nameTooLong(String, bytesMax: Int)
    /// What is in the table is not what was sent.
    case contentDiffers(sent: Int64, found: Int64)
    /// The target's own record says that this release is done, with other content.
    case recordDiffers
    /// Where a test's table would be, something stands that the platform did not make.
    case testTableForeign(String)

    /// A column that stands against it.
    package struct Misfit: Hashable, Sendable {
        package enum Why: String, Hashable, Sendable, CaseIterable {
            /// The table does not have it.
            case missing
            case otherType = "other-type"
            /// The table demands a value for it, and none is granted.
            case demanded
            /// A text column in a character set that does not hold every character.
            case otherCharacters = "other-characters"
        }

        package let column: String
        package let why: Why
        /// As the table declares it; empty when it does not.
        package let declared: String
    }
}

extension PushError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .tableUnfit(let table, let misfits, let definition):
            Problem(
                .refused,
                Message("push.table-unfit", ["table": table, "definition": definition]),
                remedy: Message("push.table-unfit-remedy"),
                places: misfits.map {
                    Problem.Place(
                        $0.column, Message("push.misfit.\($0.why.rawValue)", ["declared": $0.declared]))
                })
        case .valueUnfit(let column, let row, let type):
            Problem(
                .refused,
                Message("push.value-unfit", ["column": column, "row": String(row), "type": type]),
                remedy: Message("push.value-unfit-remedy"),
                places: [
                    Problem.Place(
                        column,
                        Message("push.value-unfit", ["column": column, "row": String(row), "type": type]))
                ])
        default: Problem(kind, Message("push.\(sentence.0)", sentence.1), remedy: remedy)
        }
    }

    private var kind: Problem.Kind {
        switch self {
        case .away, .held: .unavailable
        case .overtaken, .abandoned, .recordDiffers: .conflict
        case .hostNotAllowed: .invalid
        default: .refused
        }
    }

    private var remedy: Message? {
        switch self {
        case .away, .held, .rightMissing, .keyWithoutIndex, .keyRepeated, .contentDiffers,
            .withoutTransactions, .hostNotAllowed, .testTableForeign:
            Message("push.\(sentence.0)-remedy")
        default: nil
        }
    }

    private var sentence: (String, [String: String]) {
        switch self {
        case .hostNotAllowed(let host): ("host-not-allowed", ["host": host])
        case .away(let detail): ("away", ["detail": detail])
        case .refused(let detail): ("refused", ["detail": detail])
        case .rightMissing(let detail): ("right-missing", ["detail": detail])
        case .held(let detail): ("held", ["detail": detail])
        case .overtaken: ("overtaken", [:])
        case .abandoned: ("abandoned", [:])
        case .testTableForeign(let name): ("test-table-foreign", ["table": name])
        case .notATable(let name): ("not-a-table", ["table": name])
        case .withoutTransactions(let table, let engine):
            ("without-transactions", ["table": table, "engine": engine])
        case .keyUnknown(let column): ("key-unknown", ["column": column])
        case .keyWithoutIndex(let columns, let definition):
            (
                "key-without-index",
                ["columns": columns.joined(separator: ", "), "definition": definition]
            )
        case .keyRepeated(let columns, let count):
            ("key-repeated", ["columns": columns.joined(separator: ", "), "count": String(count)])
        case .keyEmpty(let column, let row): ("key-empty", ["column": column, "row": String(row)])
        case .nameTooLong(let name, let max): ("name-too-long", ["name": name, "max": String(max)])
        case .contentDiffers(let sent, let found):
            ("content-differs", ["sent": String(sent), "found": String(found)])
        case .recordDiffers, .tableUnfit, .valueUnfit: ("record-differs", [:])
        }
    }
}
