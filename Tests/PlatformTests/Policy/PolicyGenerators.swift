import Kernel
import Policy
import TestKit

/// Schemas, rows and sound expressions, with the values at which engines like to differ.
struct PolicyGenerator {
    var numbers: SampleRandom
    init(seed: UInt64) { numbers = SampleRandom(seed: seed) }

    static let types: [ColumnType] = [
        .text, .integer, .decimal(precision: 10, scale: 2), .decimal(precision: 18, scale: 6),
        .decimal(precision: 4, scale: 0), .decimal(precision: 38, scale: 0),
        .decimal(precision: 38, scale: 10), .decimal(precision: 38, scale: 38),
        .decimal(precision: 1, scale: 1), .double, .boolean, .date, .timestamp, .text, .date, .timestamp,
    ]
    static let texts = [
        "", "a", "A", "ab", "Ab", "在业", "在", "业", "欧阳", "张三丰", "e\u{301}", "é", "𠀀", "\u{FFFD}", "~", " x ",
        "\u{3000}在业\u{3000}",
        "\tab\n", "123", "441600199001010013", "44011320141005001X", "44011320141005001x",
        "91441600MA4X2Y3W93",
        "91441600MA4X2Y3W94", "%", "_", "'", "\"", "a'b", "ＡＢ", "ß", "İ", "z\u{10FFFF}", "N2441622MF0123451R",
        "\u{B}v\u{C}", "nul\u{0}nul", "👨‍👩‍👧", "𠮷野家", "o\u{308}\u{323}", "\u{1F1E8}\u{1F1F3}", "한", "ㅎㅏㄴ",
        "\u{200B}", "\u{85}",
        "\u{FEFF}a", "a\u{A0}", "4416001990010100133",
    ]
    static let widths: [Int64] = [1, 2, 7, 10, 1_000, 1_000_000_000_000_000]
    /// Those that may stand in an expression.
    static let literals = texts.filter { !$0.utf8.contains(0) }
    static let patterns = [
        "a", "[a-z]*", "\\h+", "\\d{3}", "(a|b|ab)*", ".*", ".?", "[^a]*", "\\w+", "\\s*\\h*\\s*",
        "[A-Za-z]{1,2}", "(在|在业)业?",
        "\\d{17}[0-9X]", "(a?){3}", "[\\h\\d]+", "\\%|\\_|'", "", "x|", "[一-龥]{2,}",
    ]

    mutating func schema() -> Schema {
        var columns = [Column("文本", .text), Column("other \"text\"", .text)]
        for index in 0..<(3 + numbers.below(5)) {
            columns.append(Column("c\(index)", numbers.pick(Self.types)))
        }
        return columns
    }

    mutating func row(of schema: Schema) -> [Value] { schema.map { cell(of: $0.type) } }

    mutating func cell(of type: ColumnType) -> Value { numbers.below(6) == 0 ? .null : value(of: type) }

    mutating func value(of type: ColumnType) -> Value {
        switch type {
        case .text: return .text(text())
        case .integer: return .integer(numbers.pick([0, 1, -1, 7, 1990, 99, .max, .min, 1_000_000]))
        case .decimal(let precision, let scale):
            let most = (0..<precision).reduce(Int128(1)) { power, _ in power * 10 } - 1
            let unscaled = [0, 1, -1, 100, 150, most, -most].filter { $0.magnitude <= most.magnitude }
            return .decimal(unscaled: numbers.pick(unscaled), scale: scale)
        case .double:
            return .double(
                numbers.pick([
                    0, -0.0, 1, -1, 1.5, 0.1, 1e300, -1e-300, 7, .nan, .infinity, -.infinity,
                    .leastNonzeroMagnitude, .greatestFiniteMagnitude,
                ]))
        case .boolean: return .boolean(numbers.below(2) == 0)
        case .date:
            return .date(
                CalendarDate(
                    daysSince1970: numbers.pick([
                        0, -1, 364, 365, 7305, 10_956, 10_957, 20_000, -719_162, -719_163, 2_932_896,
                        2_932_897, Int(Int32.max), -Int(Int32.max),
                    ])))
        case .timestamp:
            return .timestamp(
                Instant(
                    microseconds: numbers.pick([
                        0, -1, 1, 631_151_999_999_999, 631_152_000_000_000, 1_700_000_000_123_456,
                        -62_135_596_800_000_000, -62_135_596_800_000_001, 253_402_300_799_999_999,
                        253_402_300_800_000_000, .max, -.max,
                    ])))
        }
    }

    /// Of the list, put together from it, long, or a number that is nearly right.
    private mutating func text() -> String {
        switch numbers.below(12) {
        case 0..<6: return numbers.pick(Self.texts)
        case 6..<10: return (0..<numbers.below(5)).map { _ in numbers.pick(Self.texts) }.joined()
        case 10:
            var digits = Array("441600199001010013".unicodeScalars)
            digits[numbers.below(digits.count)] = numbers.pick(Array("0123456789Xx".unicodeScalars))
            return String(String.UnicodeScalarView(digits))
        default:
            guard numbers.below(20) == 0 else { return numbers.pick(Self.texts) }
            return String(repeating: numbers.pick(Self.texts), count: 1 + numbers.below(9_000))
        }
    }

    /// What masks a column of `type` can have, or none.
    mutating func mask(for type: ColumnType) -> Mask? {
        let masks: [Mask] = [
            .keepEnds(first: numbers.below(8), last: numbers.below(8)), .surname, .yearOnly, .pseudonym,
            .drop, .truncate(first: 1 + numbers.below(8)), .constant(numbers.pick(["*", "不公开", "a'b"])),
            .yearMonth, .band(width: numbers.pick(Self.widths)), .step(numbers.pick(Self.widths)),
            .decimals(numbers.below(13)), .limits(low: nil, high: numbers.pick([-7, 0, 1, 99])),
            .limits(low: numbers.pick([-7, 0, 1, 99]), high: nil), .limits(low: -1, high: 1),
            .county(numbers.pick([["在业", "张三丰"], ["在业", "业在"], ["业张", "在业", "三丰"]])),
        ]
        let fitting = masks.filter {
            $0.output(of: type) != nil && !$0.changesNothing(in: type) && !$0.exceeds(type)
        }
        return numbers.below(4) == 0 || fitting.isEmpty ? nil : numbers.pick(fitting)
    }

    mutating func predicate(_ schema: Schema, depth: Int = 3) -> Expression {
        guard depth > 0 else { return leaf(schema) }
        switch numbers.below(6) {
        case 0: return .not(predicate(schema, depth: depth - 1))
        case 1: return .all((0..<(2 + numbers.below(2))).map { _ in predicate(schema, depth: depth - 1) })
        case 2: return .any((0..<(2 + numbers.below(2))).map { _ in predicate(schema, depth: depth - 1) })
        default: return leaf(schema)
        }
    }

    /// As `predicate`, and of the right types: a literal may need more digits than a type has.
    mutating func soundPredicate(_ schema: Schema) -> Expression {
        while true {
            let predicate = predicate(schema)
            if (try? TypedExpression(predicate: predicate, schema: schema)) != nil { return predicate }
        }
    }

    private mutating func text(_ schema: Schema) -> Expression {
        let column = Expression.column(numbers.pick(schema.filter { $0.type == .text }).name)
        switch numbers.below(5) {
        case 0: return .call(.trim, [column])
        case 1: return .call(.upper, [column])
        case 2: return .call(.upper, [.call(.trim, [column])])
        default: return column
        }
    }

    var identifiers = true

    private mutating func leaf(_ schema: Schema) -> Expression {
        switch numbers.below(14) {
        case 12: return .call(.hasText, [text(schema)])
        case 13:
            return numbers.below(2) == 0
                ? .compare(comparison(), .call(.citizenSex, [text(schema)]), .literal(.text("男")))
                : .compare(
                    comparison(), .call(.citizenBirth, [text(schema)]),
                    .literal(.date(CalendarDate(daysSince1970: 7_305))))
        case 0: return .startsWith(text(schema), numbers.pick(Self.literals))
        case 1: return .contains(text(schema), numbers.pick(Self.literals))
        case 2:
            guard let pattern = try? Pattern(numbers.pick(Self.patterns)) else { return leaf(schema) }
            return .matches(text(schema), pattern)
        case 3:
            return .compare(
                comparison(), .call(.length, [text(schema)]), .literal(.integer(Int64(numbers.below(4)))))
        case 4: return .isNull(.column(numbers.pick(schema).name))
        case 5 where identifiers:
            return .call(.isA(numbers.pick(Identifier.allCases)), [text(schema)])
        case 6:
            return .compare(comparison(), text(schema), text(schema))
        default: return overColumn(numbers.pick(schema), schema)
        }
    }

    private mutating func comparison() -> Expression.Comparison {
        numbers.pick(Expression.Comparison.allCases)
    }

    private mutating func overColumn(_ column: Column, _ schema: Schema) -> Expression {
        let operand = Expression.column(column.name)
        if column.type == .boolean {
            switch numbers.below(3) {
            case 0: return operand
            case 1: return .compare(numbers.pick([.equal, .notEqual]), operand, .literal(.boolean(true)))
            default: return .isIn(operand, [.boolean(false)])
            }
        }
        if column.type == .date || column.type == .timestamp, numbers.below(3) == 0 {
            return .compare(
                comparison(), .call(.year, [operand]),
                .literal(.integer(numbers.pick([1969, 1970, 1990, 2024]))))
        }
        switch numbers.below(4) {
        case 0: return .compare(comparison(), operand, .literal(literal(for: column.type)))
        case 1: return .isIn(operand, (0..<(1 + numbers.below(4))).map { _ in literal(for: column.type) })
        case 2: return .between(operand, low: literal(for: column.type), high: literal(for: column.type))
        default:
            let same = schema.filter { $0.type == column.type }
            return .compare(comparison(), operand, .column(numbers.pick(same).name))
        }
    }

    private mutating func literal(for type: ColumnType) -> Value {
        switch type {
        case .integer where numbers.below(3) == 0: .decimal(unscaled: 15, scale: 1)
        case .decimal where numbers.below(3) == 0: .integer(numbers.pick([0, 1, 7]))
        case .decimal where numbers.below(3) == 0: .decimal(unscaled: 1_005, scale: 3)
        case .double where numbers.below(2) == 0:
            numbers.pick([.integer(7), .decimal(unscaled: 1, scale: 1)])
        default: soundValue(of: type)
        }
    }

    /// What a row may hold is more than what an expression may say: no NaN, no year beyond 9999, no NUL.
    private mutating func soundValue(of type: ColumnType) -> Value {
        while true {
            let value = value(of: type)
            if (try? TypedExpression(.literal(value), schema: [])) != nil { return value }
        }
    }
}

extension PolicyGenerator {
    /// A plan over some of the columns, each masked by what it can have; nil when every column was dropped.
    mutating func plan(_ schema: Schema, deliveries: Set<DeliveryKind> = [.csv]) throws -> Plan? {
        guard let (clauses, facts) = terms(schema, deliveries: deliveries) else { return nil }
        return try Plan(Terms(clauses, facts: facts, on: PolicySample.today), grant: PolicySample.grant)
    }

    mutating func terms(
        _ schema: Schema, deliveries: Set<DeliveryKind> = [.csv]
    ) -> ([Clause], EntryFacts)? {
        let columns = schema.filter { _ in numbers.below(4) > 0 }.shuffled(using: &numbers)
        let masks = columns.compactMap { column in
            mask(for: column.type).map { Clause.mask(column: column.name, $0) }
        }
        let dropped = masks.filter { if case .mask(_, .drop) = $0 { true } else { false } }
        guard dropped.count < columns.count else { return nil }
        let rows = numbers.below(3) == 0 ? [] : [Clause.rows(soundPredicate(schema))]
        let facts = EntryFacts(
            entry: PolicySample.entry, provider: PolicySample.provider, sharing: .conditional,
            columns: schema.map { ColumnFacts($0, grade: .l1) })
        let clauses: [Clause] =
            [
                .columns(columns.map(\.name)), .purpose("核对低保资格"), PolicySample.validity,
                .delivery(deliveries),
            ] + masks + rows
        return (clauses, facts)
    }
}
