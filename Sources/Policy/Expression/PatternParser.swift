/// Recursive descent over code points; every fault has its position.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private let bytes: Int
    private var at = 0

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
        bytes = source.utf8.count
    }

    mutating func parse() throws(PolicyError) -> Pattern.Node {
        guard bytes <= Pattern.Limits.sourceBytesMax else { throw fault("pattern-too-long") }
        let root = try choice(depth: 0)
        guard at == scalars.count else { throw fault("pattern-unopened") }
        guard root.stateCount <= Pattern.Limits.statesMax else { throw fault("pattern-too-large") }
        return root
    }

    private func fault(_ what: String) -> PolicyError {
        .syntax(SyntaxFault(offset: at, what: what, found: at < scalars.count ? String(scalars[at]) : ""))
    }

    private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    private mutating func choice(depth: Int) throws(PolicyError) -> Pattern.Node {
        guard depth <= Pattern.Limits.depthMax else { throw fault("pattern-too-deep") }
        var branches = [try sequence(depth: depth)]
        while next == "|" {
            at += 1
            branches.append(try sequence(depth: depth))
        }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence(depth: Int) throws(PolicyError) -> Pattern.Node {
        var parts: [Pattern.Node] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            parts.append(try quantified(try atom(depth: depth)))
        }
        return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom(depth: Int) throws(PolicyError) -> Pattern.Node {
        guard let scalar = next else { throw fault("pattern-ended") }
        switch scalar {
        case "(":
            at += 1
            let inner = try choice(depth: depth + 1)
            guard next == ")" else { throw fault("pattern-unclosed") }
            at += 1
            return inner
        case "[": return .set(try characterClass())
        case ".":
            at += 1
            return .set(.any)
        case "\\": return .set(try escape())
        case "?", "*", "+", "{": throw fault("pattern-nothing-to-repeat")
        case "]", "}", "^", "$": throw fault("pattern-escape-needed")
        default:
            at += 1
            return .set(Pattern.CharacterSet([scalar.value...scalar.value]))
        }
    }

    private mutating func quantified(_ atom: Pattern.Node) throws(PolicyError) -> Pattern.Node {
        let bounds: (Int, Int?)
        switch next {
        case "?": bounds = (0, 1)
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "{":
            at += 1
            let minimum = try number()
            var maximum: Int? = minimum
            if next == "," {
                at += 1
                maximum = next == "}" ? nil : try number()
            }
            guard next == "}" else { throw fault("pattern-bounds") }
            if let maximum, maximum < minimum { throw fault("pattern-bounds-reversed") }
            bounds = (minimum, maximum)
        default: return atom
        }
        at += 1
        if let following = next, "?*+{".unicodeScalars.contains(following) {
            throw fault("pattern-repeat-twice")
        }
        let node = Pattern.Node.repeated(atom, minimum: bounds.0, maximum: bounds.1)
        guard node.stateCount <= Pattern.Limits.statesMax else { throw fault("pattern-too-large") }
        return node
    }

    private mutating func number() throws(PolicyError) -> Int {
        var value: Int?
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
            guard let value, value <= Pattern.Limits.repeatMax else { throw fault("pattern-bounds") }
            at += 1
        }
        guard let value else { throw fault("pattern-bounds") }
        return value
    }

    private mutating func escape() throws(PolicyError) -> Pattern.CharacterSet {
        at += 1
        guard let scalar = next else { throw fault("pattern-ended") }
        let set: Pattern.CharacterSet
        switch scalar {
        case "d": set = .digit
        case "w": set = .word
        case "s": set = .space
        case "h": set = .han
        case "t": set = Pattern.CharacterSet([9...9])
        case "n": set = Pattern.CharacterSet([10...10])
        case "r": set = Pattern.CharacterSet([13...13])
        default:
            let isPunctuation =
                scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F
                && !Pattern.CharacterSet.word.contains(scalar.value)
                || scalar == "_"
            guard isPunctuation else { throw fault("pattern-escape-unknown") }
            set = Pattern.CharacterSet([scalar.value...scalar.value])
        }
        at += 1
        return set
    }

    private mutating func characterClass() throws(PolicyError) -> Pattern.CharacterSet {
        at += 1
        var negated = false
        if next == "^" {
            negated = true
            at += 1
        }
        var ranges: [ClosedRange<UInt32>] = []
        while let scalar = next, scalar != "]" {
            let low = try classMember()
            guard next == "-", at + 1 < scalars.count, scalars[at + 1] != "]" else {
                ranges += low.ranges
                continue
            }
            at += 1
            let high = try classMember()
            guard let from = low.single, let to = high.single, from <= to else {
                throw fault("pattern-range")
            }
            ranges.append(from...to)
        }
        guard next == "]" else { throw fault("pattern-class-unclosed") }
        guard !ranges.isEmpty else { throw fault("pattern-class-empty") }
        at += 1
        let set = Pattern.CharacterSet(ranges)
        let result = negated ? set.complement : set
        guard !result.ranges.isEmpty else { throw fault("pattern-class-empty") }
        return result
    }

    private mutating func classMember() throws(PolicyError) -> Pattern.CharacterSet {
        guard let scalar = next else { throw fault("pattern-class-unclosed") }
        if scalar == "\\" { return try escape() }
        guard scalar != "[", scalar != "]" else { throw fault("pattern-escape-needed") }
        at += 1
        return Pattern.CharacterSet([scalar.value...scalar.value])
    }
}

extension Pattern.CharacterSet {
    fileprivate var single: UInt32? {
        guard ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}

extension Pattern.Node {
    /// States of the automaton, saturating: bounded repeats count as often as they are written out.
    var stateCount: Int {
        let limit = Pattern.Limits.statesMax + 1
        switch self {
        case .empty: return 1
        case .set: return 1
        case .sequence(let parts), .choice(let parts):
            return min(limit, parts.reduce(1) { min(limit, $0 + $1.stateCount) })
        case .repeated(let inner, let minimum, let maximum):
            return min(limit, 1 + inner.stateCount * max(1, maximum ?? minimum + 1))
        }
    }
}
