import Kernel

extension Expression {
    /// What `init(text:)` reads back as the same expression.
    package var text: String { written(inside: .nothing) }

    /// What an expression stands in, for the parentheses it needs.
    private enum Place: Int {
        case nothing, or, and, not, operand
    }

    private func written(inside place: Place) -> String {
        switch self {
        case .column(let name): return Self.name(name)
        case .literal(let value): return value.text
        case .call(let function, let arguments):
            return function.word + "("
                + arguments.map { $0.written(inside: .nothing) }.joined(separator: ", ")
                + ")"
        case .any(let parts): return joined(parts, " OR ", own: .or, inside: place)
        case .all(let parts): return joined(parts, " AND ", own: .and, inside: place)
        case .not(let inner): return negation(of: inner, inside: place)
        default:
            let text = predicate(negated: false)
            return place == .operand ? "(\(text))" : text
        }
    }

    private func joined(_ parts: [Expression], _ separator: String, own: Place, inside place: Place) -> String
    {
        let text = parts.map { $0.written(inside: own) }.joined(separator: separator)
        return place.rawValue >= own.rawValue ? "(\(text))" : text
    }

    private func negation(of inner: Expression, inside place: Place) -> String {
        let text: String
        switch inner {
        case .isNull, .isIn, .between: text = inner.predicate(negated: true)
        default: text = "NOT " + inner.written(inside: .not)
        }
        return place == .operand ? "(\(text))" : text
    }

    private func predicate(negated: Bool) -> String {
        let not = negated ? "NOT " : ""
        switch self {
        case .compare(let comparison, let left, let right):
            return "\(left.operand) \(comparison.rawValue) \(right.operand)"
        case .isNull(let inner): return "\(inner.operand) IS \(not)NULL"
        case .isIn(let inner, let values):
            return "\(inner.operand) \(not)IN (\(values.map(\.text).joined(separator: ", ")))"
        case .between(let inner, let low, let high):
            return "\(inner.operand) \(not)BETWEEN \(low.text) AND \(high.text)"
        case .startsWith(let inner, let text): return "\(inner.operand) STARTS WITH \(Value.text(text).text)"
        case .contains(let inner, let text): return "\(inner.operand) CONTAINS \(Value.text(text).text)"
        case .matches(let inner, let pattern):
            return "\(inner.operand) MATCHES \(Value.text(pattern.source).text)"
        default: return written(inside: .nothing)
        }
    }

    private var operand: String { written(inside: .operand) }

    static func name(_ name: String) -> String {
        let scalars = name.unicodeScalars
        if let first = scalars.first, ExpressionLexer.beginsName(first),
            scalars.allSatisfy({ ExpressionLexer.continuesName($0) }),
            !keywords.contains(name.uppercased())
        {
            return name
        }
        return Value.quoted(name, "\"")
    }
}

extension Value {
    /// As people and files write it: no marks, `12.50`, `2026-11-25`; empty for NULL.
    package var plainText: String {
        switch self {
        case .null: ""
        case .text(let text): text
        case .integer(let number): String(number)
        case .decimal(let unscaled, let scale): DecimalText(unscaled: unscaled, scale: scale).text
        case .double(let number): String(number)
        case .boolean(let truth): String(truth)
        case .date(let date): date.description
        case .timestamp(let instant): instant.description
        }
    }

    /// As the text syntax writes it.
    package var text: String {
        switch self {
        case .null: "NULL"
        case .text(let text): Self.quoted(text, "'")
        case .integer(let number): String(number)
        case .decimal(let unscaled, let scale): Self.decimal(unscaled, scale)
        case .double(let number): "DOUBLE '\(number)'"
        case .boolean(let truth): truth ? "TRUE" : "FALSE"
        case .date(let date): "DATE '\(date)'"
        case .timestamp(let moment): "TIMESTAMP '\(moment)'"
        }
    }

    /// A decimal without a fraction reads back as an integer when it fits one; it is the same number.
    private static func decimal(_ unscaled: Int128, _ scale: Int) -> String {
        DecimalText(unscaled: unscaled, scale: scale).text
    }

    static func quoted(_ text: String, _ mark: Unicode.Scalar) -> String {
        var out = String.UnicodeScalarView()
        out.append(mark)
        for scalar in text.unicodeScalars {
            if scalar == mark { out.append(mark) }
            out.append(scalar)
        }
        out.append(mark)
        return String(out)
    }
}
