extension Pattern {
    /// The same pattern for RE2 (DuckDB's `regexp_full_match`): every set written as explicit ranges of code points, so that
    /// no class of RE2's own and no Unicode table of its version takes part.
    package var re2: String { Self.re2(root) }

    private static func re2(_ node: Node) -> String {
        switch node {
        case .empty: return "(?:)"
        case .set(let set): return re2(set)
        case .sequence(let parts): return parts.map { re2($0) }.joined()
        case .choice(let branches): return "(?:" + branches.map { re2($0) }.joined(separator: "|") + ")"
        case .repeated(let inner, let minimum, let maximum):
            let group = "(?:" + re2(inner) + ")"
            switch (minimum, maximum) {
            case (0, nil): return group + "*"
            case (1, nil): return group + "+"
            case (0, 1): return group + "?"
            case (_, nil): return group + "{\(minimum),}"
            case (_, let maximum?):
                return group + (minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}")
            }
        }
    }

    private static func re2(_ set: CharacterSet) -> String {
        let ranges = set.ranges.map { range in
            range.count == 1
                ? escaped(range.lowerBound) : "\(escaped(range.lowerBound))-\(escaped(range.upperBound))"
        }
        return "[" + ranges.joined() + "]"
    }

    private static func escaped(_ codePoint: UInt32) -> String {
        "\\x{\(String(codePoint, radix: 16))}"
    }
}
