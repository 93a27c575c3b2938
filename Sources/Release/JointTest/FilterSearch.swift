import Kernel
import Policy

/// Values for the columns that a grant's row condition reads: such that it lets a row through, and such that it does not.
///
/// They come of what columns can hold and of what is written in the condition itself.
struct FilterSearch {
    private static let triesMax = 20_000
    private static let foundMax = 64
    private static let poolMax = 64

    /// By position in the rows. Empty: no row was found that the condition lets through.
    private(set) var passing: [[Int: Value]] = []
    private(set) var failing: [[Int: Value]] = []
    /// The part of the condition that nothing fits, as text.
    private(set) var unsatisfied: String?

    private let columns: [Int]
    private let schema: Schema
    private var numbers: SeededNumbers

    init(_ predicate: Expression, _ values: [MadeValues], seed: UInt64, division: String) throws {
        let schema = values.map(\.made.column)
        self.schema = schema
        columns = schema.indices.filter { predicate.columns.contains(schema[$0].name) }
        let test = try RowTest(predicate, rows: schema)
        numbers = SeededNumbers(seed)
        let literals = predicate.literals
        let pools = columns.map {
            Self.pool(values[$0], literals, predicate.identifiers, division: division)
        }
        failing = combinations(of: pools, triesMax: Self.triesMax / 10) { !test.holds($0) }
        var narrowed = pools
        for part in predicate.conjuncts {
            let read = columns.indices.filter { part.columns.contains(schema[columns[$0]].name) }
            guard read.count == 1, let at = read.first else { continue }
            let one = try RowTest(part, rows: schema)
            narrowed[at] = narrowed[at].filter { one.holds(row([columns[at]: $0])) }
            if narrowed[at].isEmpty {
                unsatisfied = part.text
                return
            }
        }
        passing = combinations(of: narrowed, triesMax: Self.triesMax) { test.holds($0) }
        if passing.isEmpty { unsatisfied = predicate.text }
    }

    private func row(_ cells: [Int: Value]) -> [Value] { schema.indices.map { cells[$0] ?? .null } }

    /// All of them where they are few, else tries that the seed decides; spread over what was found.
    private mutating func combinations(
        of pools: [[Value]], triesMax: Int, where holds: ([Value]) -> Bool
    ) -> [[Int: Value]] {
        guard pools.allSatisfy({ !$0.isEmpty }) else { return [] }
        let whole = pools.reduce(1) { product, pool in
            product > triesMax ? product : product * pool.count
        }
        var found: [[Int: Value]] = []
        for attempt in 0..<min(whole, triesMax) {
            var rest = attempt
            var cells: [Int: Value] = [:]
            for (at, pool) in pools.enumerated() {
                let choice = whole > triesMax ? numbers.below(pool.count) : rest % pool.count
                rest /= pool.count
                cells[columns[at]] = pool[choice]
            }
            if holds(row(cells)) { found.append(cells) }
        }
        guard found.count > Self.foundMax else { return found }
        return (0..<Self.foundMax).map { found[$0 * found.count / Self.foundMax] }
    }

    private static func pool(
        _ values: MadeValues, _ literals: [Value], _ identifiers: Set<Identifier>, division: String
    ) -> [Value] {
        let type = values.made.column.type
        var pool = literals.flatMap { near($0, as: type) }
        if type == .text {
            let births = literals.compactMap { literal -> CalendarDate? in
                if case .date(let date) = literal { date } else { nil }
            }.flatMap { [$0.adding(days: -1), $0, $0.adding(days: 1)] }
            for identifier in identifiers {
                pool += (0..<8).map { .text(MadeIdentifiers.text(identifier, $0, division: division)) }
            }
            if identifiers.contains(.citizenID) {
                pool += births.map { .text(MadeIdentifiers.citizenID(born: $0, 1, division)) }
            }
        }
        pool += values.edges + (0..<16).map { values.ordinary(row: $0) }
        if values.made.isRequired { pool.removeAll { $0 == .null } }
        var seen: Set<Value> = []
        return Array(pool.filter { seen.insert($0).inserted }.prefix(poolMax + values.edges.count))
    }

    /// A written value as the column holds it, and what stands beside it.
    private static func near(_ literal: Value, as type: ColumnType) -> [Value] {
        switch (literal, type) {
        case (.text, .text): [literal]
        case (.integer(let length), .text):
            // Of a condition on how long it is.
            (1...200).contains(length)
                ? [length - 1, length, length + 1].map { .text(String(repeating: "测", count: Int($0))) } : []
        case (.integer(let number), .integer):
            [number, number &- 1, number &+ 1].map { .integer($0) }
        case (.integer(let number), .decimal(_, let scale)):
            [-1, 0, 1].map {
                .decimal(unscaled: Int128(number) * MadeValues.power(scale) + $0, scale: scale)
            }
        case (.decimal(let unscaled, let written), .decimal(_, let scale)) where written <= scale:
            [-1, 0, 1].map {
                .decimal(unscaled: unscaled * MadeValues.power(scale - written) + $0, scale: scale)
            }
        case (.integer(let number), .double): [-0.5, 0, 0.5].map { .double(Double(number) + $0) }
        case (.decimal(let unscaled, let scale), .double):
            [-0.5, 0, 0.5].map { .double(Double(unscaled) / Double(MadeValues.power(scale)) + $0) }
        case (.double(let number), .double): [-0.5, 0, 0.5].map { .double(number + $0) }
        case (.boolean, .boolean): [literal]
        case (.date(let day), .date): [-1, 0, 1].map { .date(day.adding(days: $0)) }
        case (.date(let day), .timestamp):
            [-1, 0, 1].map { .timestamp(Instant(microseconds: day.start.microseconds + $0)) }
        case (.timestamp(let instant), .timestamp):
            [-1, 0, 1].map { .timestamp(Instant(microseconds: instant.microseconds + $0)) }
        case (.integer(let year), .date), (.integer(let year), .timestamp):
            [year - 1, year, year + 1].compactMap { CalendarDate(year: Int(clamping: $0), month: 6, day: 15) }
                .map { type == .date ? .date($0) : .timestamp($0.start) }
        default: []
        }
    }
}
