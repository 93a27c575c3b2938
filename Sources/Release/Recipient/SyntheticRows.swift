import Cryptography
package import Kernel
package import Policy

/// Rows that nobody ever was, in the shape in which a grant lets rows out: for whoever writes a program before the first real call.
///
/// Made from the plan's column types and nothing else; the plan's masks run over them, so that each column looks as it will.
package struct SyntheticRows: Sendable {
    package static let rowsMax = 20

    package let columns: Schema
    package let rows: [[Value]]

    /// The predicate does not hold them back: it is about real rows.
    ///
    /// - Throws: `PolicyError.refused` when nothing could leave under the grant as data and grades stand.
    package init(_ grant: Grant, facts: EntryFacts, on day: CalendarDate, count: Int) throws {
        let plan = try Plan(Terms(grant.clauses, facts: facts, on: day), grant: grant.id)
        let divisions = Dictionary(
            plan.outputs.compactMap { output -> (String, [String])? in
                guard case .county(let names)? = output.mask else { return nil }
                return (output.source.name, names)
            }, uniquingKeysWith: { first, _ in first })
        // Under a key that is no purpose's: what it makes joins with nothing.
        let key = MAC(.sm3, key: [UInt8](repeating: 0, count: 32))
        let program = try RowProgram(plan, rows: plan.reads, pseudonymKey: key)
        columns = plan.outputSchema
        rows = (0..<min(max(1, count), Self.rowsMax)).map { number in
            program.masked(plan.reads.map { Self.value(of: $0, number, divisions[$0.name]) })
        }
    }

    private static func value(of column: Column, _ number: Int, _ divisions: [String]?) -> Value {
        switch column.type {
        case .text:
            if let divisions, !divisions.isEmpty {
                return .text("\(divisions[number % divisions.count])虚构路\(number + 1)号")
            }
            return .text("虚构\(column.name)\(number + 1)")
        case .integer: return .integer(Int64(100 + number))
        case .decimal(let precision, let scale):
            // Of the digits that the type has: `123.45`, or `0.12` where it has none before the point.
            let digits = (0..<min(precision, scale + 3)).reduce(Int128(0)) { digits, place in
                digits * 10 + Int128(place % 9 + 1)
            }
            return .decimal(unscaled: digits, scale: scale)
        case .double: return .double(Double(number) + 0.123_456)
        case .boolean: return .boolean(number % 2 == 0)
        case .date: return .date(CalendarDate(daysSince1970: 10_957 + 31 * number))
        case .timestamp:
            return .timestamp(Instant(microseconds: 946_684_800_000_000 + Int64(number) * 86_461_000_000))
        }
    }
}
