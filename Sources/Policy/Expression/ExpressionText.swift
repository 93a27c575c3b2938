import Kernel

/// The syntax for people: `status = '在业' AND year(birth) >= 1990`. A column name that is no plain word, or is a keyword, stands in
/// quotation marks; texts in apostrophes; a mark inside is doubled. `DATE '2020-01-31'`, `TIMESTAMP '2020-01-31T08:00:00Z'`,
/// `DOUBLE '1.5e3'`; other numbers are exact.
extension Expression {
    /// Throws `PolicyError.syntax` with the position where the text stops being of the language.
    package init(text: String) throws(PolicyError) {
        var parser = ExpressionParser(tokens: try ExpressionLexer.tokens(of: text))
        self = try parser.whole()
    }

    static let keywords: Set<String> = [
        "AND", "OR", "NOT", "IS", "NULL", "IN", "BETWEEN", "STARTS", "WITH", "CONTAINS", "MATCHES", "TRUE",
        "FALSE", "DATE", "TIMESTAMP", "DOUBLE",
    ]
}

extension Expression.Function {
    /// As the text syntax writes it.
    package var word: String { rawValue.split(separator: "-").joined(separator: "_") }

    /// The native function of the same meaning, as the engine registers it, for those that have one.
    package var engineName: String { "hw_\(word)" }
}

private struct ExpressionParser {
    let tokens: [ExpressionLexer.Found]
    var at = 0
    var nodes = 0

    init(tokens: [ExpressionLexer.Found]) { self.tokens = tokens }

    /// The last token is always `.end`.
    private var next: ExpressionLexer.Found { tokens[min(at, tokens.count - 1)] }

    private func fault(_ what: String) -> PolicyError {
        .syntax(SyntaxFault(offset: next.offset, what: what, found: next.token.shown))
    }

    mutating func whole() throws(PolicyError) -> Expression {
        let expression = try disjunction(depth: 0)
        guard next.token == .end else { throw fault("end-expected") }
        return expression
    }

    private func isWord(_ word: String, ahead: Int = 0) -> Bool {
        let index = at + ahead
        guard index < tokens.count, case .name(let name) = tokens[index].token else { return false }
        return name.uppercased() == word
    }

    private mutating func take(_ word: String) -> Bool {
        guard isWord(word) else { return false }
        at += 1
        return true
    }

    private mutating func take(symbol: String) -> Bool {
        guard next.token == .symbol(symbol) else { return false }
        at += 1
        return true
    }

    private mutating func count(depth: Int) throws(PolicyError) {
        nodes += 1
        guard depth <= Expression.Limits.depthMax else { throw fault("too-deep") }
        guard nodes <= Expression.Limits.nodesMax else { throw fault("too-large") }
    }

    private mutating func disjunction(depth: Int) throws(PolicyError) -> Expression {
        var parts = [try conjunction(depth: depth)]
        while take("OR") { parts.append(try conjunction(depth: depth)) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction(depth: Int) throws(PolicyError) -> Expression {
        var parts = [try negation(depth: depth)]
        while take("AND") { parts.append(try negation(depth: depth)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation(depth: Int) throws(PolicyError) -> Expression {
        try count(depth: depth)
        guard take("NOT") else { return try predicate(depth: depth) }
        return .not(try negation(depth: depth + 1))
    }

    private mutating func predicate(depth: Int) throws(PolicyError) -> Expression {
        let left = try operand(depth: depth)
        if case .symbol(let symbol) = next.token, let comparison = Expression.Comparison(rawValue: symbol) {
            at += 1
            return .compare(comparison, left, try operand(depth: depth))
        }
        if take("IS") {
            let negated = take("NOT")
            guard take("NULL") else { throw fault("null-expected") }
            return negated ? .not(.isNull(left)) : .isNull(left)
        }
        let negated = isWord("NOT") && (isWord("IN", ahead: 1) || isWord("BETWEEN", ahead: 1))
        if negated { at += 1 }
        if take("IN") {
            let list = Expression.isIn(left, try values())
            return negated ? .not(list) : list
        }
        if take("BETWEEN") {
            let low = try value()
            guard take("AND") else { throw fault("and-expected") }
            let range = Expression.between(left, low: low, high: try value())
            return negated ? .not(range) : range
        }
        if take("STARTS") {
            guard take("WITH") else { throw fault("with-expected") }
            return .startsWith(left, try text())
        }
        if take("CONTAINS") { return .contains(left, try text()) }
        if take("MATCHES") {
            let start = next.offset
            let source = try text()
            do throws(PolicyError) {
                return .matches(left, try Pattern(source))
            } catch {
                guard case .syntax(let fault) = error else { throw error }
                throw .syntax(
                    SyntaxFault(
                        offset: start + 1 + Self.written(source, before: fault.offset), what: fault.what,
                        found: fault.found))
            }
        }
        return left
    }

    /// Code points that the first `offset` of a text take when written, its apostrophes doubled.
    private static func written(_ text: String, before offset: Int) -> Int {
        text.unicodeScalars.prefix(offset).reduce(0) { $0 + ($1 == "'" ? 2 : 1) }
    }

    private mutating func operand(depth: Int) throws(PolicyError) -> Expression {
        try count(depth: depth)
        if take(symbol: "(") {
            let inner = try disjunction(depth: depth + 1)
            guard take(symbol: ")") else { throw fault("parenthesis-unclosed") }
            return inner
        }
        switch next.token {
        case .quoted(let name):
            at += 1
            return .column(name)
        case .name(let name) where !Expression.keywords.contains(name.uppercased()):
            if at + 1 < tokens.count, tokens[at + 1].token == .symbol("(") {
                return try call(name, depth: depth)
            }
            at += 1
            return .column(name)
        case .name, .text, .number, .symbol("-"): return .literal(try value())
        default: throw fault("operand-expected")
        }
    }

    private mutating func call(_ name: String, depth: Int) throws(PolicyError) -> Expression {
        guard let function = Expression.Function.allCases.first(where: { $0.word == name.lowercased() })
        else { throw fault("function-unknown") }
        at += 2
        let argument = try disjunction(depth: depth + 1)
        guard take(symbol: ")") else { throw fault("parenthesis-unclosed") }
        return .call(function, [argument])
    }

    private mutating func values() throws(PolicyError) -> [Value] {
        guard take(symbol: "(") else { throw fault("parenthesis-expected") }
        var values = [try value()]
        while take(symbol: ",") {
            guard values.count < Expression.Limits.listValuesMax else { throw fault("too-large") }
            values.append(try value())
        }
        guard take(symbol: ")") else { throw fault("parenthesis-unclosed") }
        return values
    }

    private mutating func text() throws(PolicyError) -> String {
        guard case .text(let text) = next.token else { throw fault("text-expected") }
        at += 1
        return text
    }

    private mutating func value() throws(PolicyError) -> Value {
        if case .text(let text) = next.token {
            at += 1
            return .text(text)
        }
        if take("TRUE") { return .boolean(true) }
        if take("FALSE") { return .boolean(false) }
        if take("NULL") { return .null }
        if take("DATE") {
            guard case .text(let text) = next.token, let date = CalendarDate(text) else {
                throw fault("date-expected")
            }
            at += 1
            return .date(date)
        }
        if take("TIMESTAMP") {
            guard case .text(let text) = next.token, let moment = TimestampText.parse(text) else {
                throw fault("timestamp-expected")
            }
            at += 1
            return .timestamp(moment)
        }
        if take("DOUBLE") {
            guard case .text(let text) = next.token, let number = Double(text), number.isFinite else {
                throw fault("double-expected")
            }
            at += 1
            return .double(number)
        }
        return try number()
    }

    private mutating func number() throws(PolicyError) -> Value {
        let negative = take(symbol: "-")
        guard case .number(let digits) = next.token else { throw fault("value-expected") }
        let text = (negative ? "-" : "") + digits
        if !text.contains("."), let number = Int64(text) {
            at += 1
            return .integer(number)
        }
        guard let decimal = DecimalText(text) else { throw fault("number-too-long") }
        at += 1
        return .decimal(unscaled: decimal.unscaled, scale: decimal.scale)
    }
}

/// RFC 3339 in UTC: `2026-11-25T06:30:00Z`, up to six digits of a second.
enum TimestampText {
    static func parse(_ text: String) -> Instant? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(String(parts[0])), parts[1].hasSuffix("Z") else {
            return nil
        }
        let clock = parts[1].dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(clock.count) else { return nil }
        let fields = clock[0].split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 3, fields.allSatisfy({ $0.utf8.count == 2 && isDigits($0) }),
            let hour = Int64(fields[0]), let minute = Int64(fields[1]), let second = Int64(fields[2]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var microseconds: Int64 = 0
        if clock.count == 2 {
            let fraction = clock[1]
            guard (1...6).contains(fraction.utf8.count), isDigits(fraction),
                let value = Int64(fraction + String(repeating: "0", count: 6 - fraction.utf8.count))
            else { return nil }
            microseconds = value
        }
        let seconds = Int64(date.daysSince1970) * 86_400 + hour * 3600 + minute * 60 + second
        return Instant(microseconds: seconds * 1_000_000 + microseconds)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) }
    }
}
