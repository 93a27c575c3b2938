/// A pattern made ready to run: an automaton over classes of code points, so that time is linear in the text whatever the
/// pattern. Deterministic when that stays small; otherwise the set of states is carried along.
package final class PatternMatcher: Sendable {
    /// Ascending starts of the classes of code points that the pattern cannot tell apart; class of a code point = its index.
    private let classStarts: [UInt32]
    private let asciiClasses: [UInt16]
    private let automaton: Automaton
    private let table: DeterministicTable?

    package init(_ pattern: Pattern, deterministicStatesMax: Int = 1_024) {
        var builder = AutomatonBuilder()
        automaton = builder.build(pattern.root)
        var starts: Set<UInt32> = [0]
        for set in automaton.sets {
            for range in set.ranges {
                starts.insert(range.lowerBound)
                if range.upperBound < Pattern.CharacterSet.codePointMax {
                    starts.insert(range.upperBound + 1)
                }
            }
        }
        let classStarts = starts.sorted()
        self.classStarts = classStarts
        asciiClasses = (0..<128).map { UInt16(Self.find($0, classStarts)) }
        let moves = automaton.sets.map { set in classStarts.map { set.contains($0) } }
        table = DeterministicTable(
            automaton, moves: moves, classes: classStarts.count, statesMax: deterministicStatesMax)
    }

    package var isDeterministic: Bool { table != nil }

    /// Whether the whole text matches.
    package func matches(_ text: String) -> Bool {
        if let table {
            var state = 0
            for scalar in text.unicodeScalars {
                state = table.next(state, classOf(scalar.value))
                if state == DeterministicTable.dead { return false }
            }
            return table.accepts(state)
        }
        var states = automaton.start
        for scalar in text.unicodeScalars {
            states = automaton.step(states, scalar.value)
            if states.isEmpty { return false }
        }
        return automaton.accepts(states)
    }

    private func classOf(_ codePoint: UInt32) -> Int {
        codePoint < 128 ? Int(asciiClasses[Int(codePoint)]) : Self.find(codePoint, classStarts)
    }

    private static func find(_ codePoint: UInt32, _ starts: [UInt32]) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= codePoint { low = middle } else { high = middle }
        }
        return low
    }
}

/// Thompson's construction with the empty moves already followed: a state is "about to read `sets[set]`", and reading leads to
/// `targets`.
private struct Automaton: Sendable {
    var sets: [Pattern.CharacterSet] = []
    /// By state: index into `sets`; nil for the accepting state.
    var reads: [Int?] = []
    var targets: [[Int]] = []
    var start: [Int] = []

    func accepts(_ states: [Int]) -> Bool { states.contains { reads[$0] == nil } }

    func step(_ states: [Int], _ codePoint: UInt32) -> [Int] {
        step(states) { sets[$0].contains(codePoint) }
    }

    func step(_ states: [Int], where reads: (Int) -> Bool) -> [Int] {
        var next: Set<Int> = []
        for state in states {
            guard let set = self.reads[state], reads(set) else { continue }
            next.formUnion(targets[state])
        }
        return next.sorted()
    }
}

private struct AutomatonBuilder {
    private enum Move {
        case empty([Int])
        case read(Int, to: Int)
        case accept
    }
    private var moves: [Move] = []
    private var sets: [Pattern.CharacterSet] = []
    private var setIndex: [Pattern.CharacterSet: Int] = [:]

    mutating func build(_ root: Pattern.Node) -> Automaton {
        let accept = add(.accept)
        let start = add(root, to: accept)
        var automaton = Automaton()
        automaton.sets = sets
        var numbers: [Int: Int] = [:]
        for (index, move) in moves.enumerated() {
            switch move {
            case .empty: continue
            case .read(let set, _):
                numbers[index] = automaton.reads.count
                automaton.reads.append(set)
            case .accept:
                numbers[index] = automaton.reads.count
                automaton.reads.append(nil)
            }
        }
        for move in moves {
            switch move {
            case .empty: continue
            case .read(_, let target): automaton.targets.append(closure(of: target, numbers))
            case .accept: automaton.targets.append([])
            }
        }
        automaton.start = closure(of: start, numbers)
        return automaton
    }

    private func closure(of state: Int, _ numbers: [Int: Int]) -> [Int] {
        var seen: Set<Int> = []
        var waiting = [state]
        var found: Set<Int> = []
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted else { continue }
            if case .empty(let targets) = moves[next] {
                waiting += targets
            } else if let number = numbers[next] {
                found.insert(number)
            }
        }
        return found.sorted()
    }

    private mutating func add(_ move: Move) -> Int {
        moves.append(move)
        return moves.count - 1
    }

    /// The state from which `node` is read and then `target` reached.
    private mutating func add(_ node: Pattern.Node, to target: Int) -> Int {
        switch node {
        case .empty: return target
        case .set(let set):
            let index = setIndex[set] ?? sets.count
            if index == sets.count {
                sets.append(set)
                setIndex[set] = index
            }
            return add(.read(index, to: target))
        case .sequence(let parts): return parts.reversed().reduce(target) { add($1, to: $0) }
        case .choice(let branches): return add(.empty(branches.map { add($0, to: target) }))
        case .repeated(let inner, let minimum, let maximum):
            var state = target
            if let maximum {
                for _ in minimum..<max(minimum, maximum) {
                    state = add(.empty([add(inner, to: state), target]))
                }
            } else {
                let loop = add(.empty([]))
                moves[loop] = .empty([add(inner, to: loop), target])
                state = loop
            }
            for _ in 0..<minimum { state = add(inner, to: state) }
            return state
        }
    }
}

private struct DeterministicTable: Sendable {
    static let dead = -1
    private let classes: Int
    private let transitions: [Int32]
    private let accepting: [Bool]

    /// Nil when it would have more than `statesMax` states.
    init?(_ automaton: Automaton, moves: [[Bool]], classes: Int, statesMax: Int) {
        var numbers: [[Int]: Int] = [automaton.start: 0]
        var waiting = [automaton.start]
        var transitions: [Int32] = []
        var accepting: [Bool] = []
        var at = 0
        while at < waiting.count {
            let states = waiting[at]
            at += 1
            accepting.append(automaton.accepts(states))
            for column in 0..<classes {
                let next = automaton.step(states) { moves[$0][column] }
                if next.isEmpty {
                    transitions.append(-1)
                } else if let number = numbers[next] {
                    transitions.append(Int32(number))
                } else {
                    guard numbers.count < statesMax else { return nil }
                    transitions.append(Int32(numbers.count))
                    numbers[next] = numbers.count
                    waiting.append(next)
                }
            }
        }
        self.classes = classes
        self.transitions = transitions
        self.accepting = accepting
    }

    func next(_ state: Int, _ column: Int) -> Int { Int(transitions[state * classes + column]) }
    func accepts(_ state: Int) -> Bool { accepting[state] }
}
