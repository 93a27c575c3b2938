import Kernel
import Policy

/// The same numbers from the same seed, so that a failure can be run again.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
    mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// Schemas, rows and sound expressions, with the values at which engines like to differ.
struct PolicyGenerator {
    var numbers: SeededNumbers
    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    static let types: [ColumnType] = [
        .text, .integer, .decimal(precision: 10, scale: 2), .decimal(precision: 18, scale: 6),
        .decimal(precision: 4, scale: 0), .double, .boolean, .date, .timestamp,
    ]
    static let texts = [
        "", "a", "A", "ab", "Ab", "在业", "在", "业", "欧阳", "张三丰", "e\u{301}", "é", "𠀀", "\u{FFFD}", "~", " x ",
        "\u{3000}在业\u{3000}",
        "\tab\n", "123", "441600199001010013", "44011320141005001X", "44011320141005001x",
        "91441600MA4X2Y3W93",
        "91441600MA4X2Y3W94", "%", "_", "'", "\"", "a'b", "ＡＢ", "ß", "İ", "z\u{10FFFF}", "N2441622MF0123451R",
        "\u{B}v\u{C}",
    ]
    static let patterns = [
        "a", "[a-z]*", "\\h+", "\\d{3}", "(a|b|ab)*", ".*", ".?", "[^a]*", "\\w+", "\\s*\\h*\\s*",
        "[A-Za-z]{1,2}", "(在|在业)业?",
        "\\d{17}[0-9X]", "(a?){3}", "[\\h\\d]+", "\\%|\\_|'", "", "x|", "[一-龥]{2,}",
    ]

    mutating func schema() -> Schema {
        var columns = [Column("文本", .text), Column("other \"text\"", .text)]
        for index in 0..<(3 + numbers.below(5)) {
            columns.append(Column("c\(index)", numbers.one(of: Self.types)))
        }
        return columns
    }

    mutating func row(of schema: Schema) -> [Value] { schema.map { cell(of: $0.type) } }

    mutating func cell(of type: ColumnType) -> Value { numbers.below(6) == 0 ? .null : value(of: type) }

    mutating func value(of type: ColumnType) -> Value {
        switch type {
        case .text: return .text(numbers.one(of: Self.texts))
        case .integer: return .integer(numbers.one(of: [0, 1, -1, 7, 1990, 99, .max, .min, 1_000_000]))
        case .decimal(let precision, let scale):
            let most = (0..<precision).reduce(Int128(1)) { power, _ in power * 10 } - 1
            return .decimal(unscaled: numbers.one(of: [0, 1, -1, 100, 150, most, -most]), scale: scale)
        case .double:
            return .double(numbers.one(of: [0, -0.0, 1, -1, 1.5, 0.1, 1e300, -1e-300, 7]))
        case .boolean: return .boolean(numbers.below(2) == 0)
        case .date:
            return .date(
                CalendarDate(
                    daysSince1970: numbers.one(of: [0, -1, 7305, 10957, 20_000, -719_162, 2_932_896])))
        case .timestamp:
            return .timestamp(
                Instant(
                    microseconds: numbers.one(of: [0, -1, 1, 631_152_000_000_000, 1_700_000_000_123_456])))
        }
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

    private mutating func text(_ schema: Schema) -> Expression {
        let column = Expression.column(numbers.one(of: schema.filter { $0.type == .text }).name)
        switch numbers.below(5) {
        case 0: return .call(.trim, [column])
        case 1: return .call(.upper, [column])
        case 2: return .call(.upper, [.call(.trim, [column])])
        default: return column
        }
    }

    var identifiers = true

    private mutating func leaf(_ schema: Schema) -> Expression {
        switch numbers.below(12) {
        case 0: return .startsWith(text(schema), numbers.one(of: Self.texts))
        case 1: return .contains(text(schema), numbers.one(of: Self.texts))
        case 2:
            guard let pattern = try? Pattern(numbers.one(of: Self.patterns)) else { return leaf(schema) }
            return .matches(text(schema), pattern)
        case 3:
            return .compare(
                comparison(), .call(.length, [text(schema)]), .literal(.integer(Int64(numbers.below(4)))))
        case 4: return .isNull(.column(numbers.one(of: schema).name))
        case 5 where identifiers:
            return .call(numbers.below(2) == 0 ? .isCitizenID : .isUSCC, [text(schema)])
        case 6:
            return .compare(comparison(), text(schema), text(schema))
        default: return overColumn(numbers.one(of: schema), schema)
        }
    }

    private mutating func comparison() -> Expression.Comparison {
        numbers.one(of: Expression.Comparison.allCases)
    }

    private mutating func overColumn(_ column: Column, _ schema: Schema) -> Expression {
        let operand = Expression.column(column.name)
        if column.type == .boolean {
            switch numbers.below(3) {
            case 0: return operand
            case 1: return .compare(numbers.one(of: [.equal, .notEqual]), operand, .literal(.boolean(true)))
            default: return .isIn(operand, [.boolean(false)])
            }
        }
        if column.type == .date || column.type == .timestamp, numbers.below(3) == 0 {
            return .compare(
                comparison(), .call(.year, [operand]),
                .literal(.integer(numbers.one(of: [1969, 1970, 1990, 2024]))))
        }
        switch numbers.below(4) {
        case 0: return .compare(comparison(), operand, .literal(literal(for: column.type)))
        case 1: return .isIn(operand, (0..<(1 + numbers.below(4))).map { _ in literal(for: column.type) })
        case 2: return .between(operand, low: literal(for: column.type), high: literal(for: column.type))
        default:
            let same = schema.filter { $0.type == column.type }
            return .compare(comparison(), operand, .column(numbers.one(of: same).name))
        }
    }

    private mutating func literal(for type: ColumnType) -> Value {
        switch type {
        case .integer where numbers.below(3) == 0: .decimal(unscaled: 15, scale: 1)
        case .decimal where numbers.below(3) == 0: .integer(numbers.one(of: [0, 1, 7]))
        case .decimal where numbers.below(3) == 0: .decimal(unscaled: 1_005, scale: 3)
        case .double where numbers.below(2) == 0:
            numbers.one(of: [.integer(7), .decimal(unscaled: 1, scale: 1)])
        default: value(of: type)
        }
    }
}
