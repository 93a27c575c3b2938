/// Writes a pattern for texts of a few shapes. Shapes that differ only in how long their runs are count as one; a run of one length
/// keeps it.
struct ShapePattern {
    /// More are no common form.
    private static let formsMax = 4

    /// As `Pattern` reads it.
    let source: String

    private struct Run: Hashable {
        /// `9`, `A`, `a` or `汉`; else the character itself.
        let kind: Character
        let isLiteral: Bool
        let length: Int
    }

    /// Nil when there are too many forms, or nothing in them is firm: words alone say little of what comes next.
    init?(_ shapes: [String]) {
        var forms: [[Run]: [ClosedRange<Int>]] = [:]
        var order: [[Run]] = []
        for shape in shapes {
            guard let runs = Self.runs(of: shape), !runs.isEmpty else { return nil }
            let form = runs.map { Run(kind: $0.kind, isLiteral: $0.isLiteral, length: 0) }
            guard let known = forms[form] else {
                forms[form] = runs.map { $0.length...$0.length }
                order.append(form)
                continue
            }
            forms[form] = zip(known, runs).map { range, run in
                min(range.lowerBound, run.length)...max(range.upperBound, run.length)
            }
        }
        guard order.count <= Self.formsMax, order.contains(where: Self.isFirm) else { return nil }
        source = order.map { form in
            zip(form, forms[form] ?? []).map { run, lengths in Self.written(run, lengths) }.joined()
        }.joined(separator: "|")
    }

    private static func isFirm(_ form: [Run]) -> Bool {
        form.contains { $0.kind == "9" && !$0.isLiteral } || form.contains { $0.isLiteral && $0.kind != " " }
    }

    private static func written(_ run: Run, _ lengths: ClosedRange<Int>) -> String {
        guard !run.isLiteral else {
            return run.kind.isASCII && !run.kind.isLetter && !run.kind.isNumber && run.kind != " "
                ? "\\\(run.kind)" : String(run.kind)
        }
        let one =
            switch run.kind {
            case "9": "\\d"
            case "A": "[A-Z]"
            case "a": "[a-z]"
            default: "\\h"
            }
        guard lengths.lowerBound == lengths.upperBound else { return one + "+" }
        return lengths.lowerBound == 1 ? one : "\(one){\(lengths.lowerBound)}"
    }

    /// Reads what `hw_shape` wrote.
    private static func runs(of shape: String) -> [Run]? {
        var runs: [Run] = []
        var rest = Substring(shape)
        while let kind = rest.popFirst() {
            if kind == "\\" {
                guard let literal = rest.popFirst() else { return nil }
                runs.append(Run(kind: literal, isLiteral: true, length: 1))
                continue
            }
            guard "9Aa汉".contains(kind), rest.first == "{", let end = rest.firstIndex(of: "}"),
                let length = Int(rest[rest.index(after: rest.startIndex)..<end])
            else {
                // One character of its own may be several code points: a pattern would not mean the same.
                guard kind.unicodeScalars.count == 1, kind.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
                else { return nil }
                runs.append(Run(kind: kind, isLiteral: true, length: 1))
                continue
            }
            rest = rest[rest.index(after: end)...]
            runs.append(Run(kind: kind, isLiteral: false, length: length))
        }
        return runs
    }
}
