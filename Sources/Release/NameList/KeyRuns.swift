import Kernel

/// Citizen numbers that were counted up instead of written down: one area and birth date with one sequence number after the other,
/// or one area and sequence number on one birthday after the other (GB 11643-1999). Real lists have no such
/// runs; whoever tries which numbers exist has nothing else.
package struct KeyRuns: Sendable {
    package struct Run: Sendable, Hashable, Codable {
        package let length: Int
        /// Where its first key stands in the list.
        package let place: String
    }

    private struct Number {
        /// Area and birth date, or area and sequence.
        let group: UInt64
        let step: Int32
        let row: Int32
    }

    private var bySequence: [Number] = []
    private var byBirth: [Number] = []

    package init() {}

    /// `row` names the key when its run is told.
    package mutating func add(_ key: String, row: Int32) {
        let digits = key.utf8.prefix(17).compactMap { byte -> UInt64? in
            byte &- 0x30 < 10 ? UInt64(byte &- 0x30) : nil
        }
        let birth = CitizenID.birthDate(key)
        guard digits.count == 17, let birth else { return }
        func number(_ range: Range<Int>) -> UInt64 { digits[range].reduce(0) { $0 * 10 + $1 } }
        bySequence.append(Number(group: number(0..<14), step: Int32(number(14..<17)), row: row))
        byBirth.append(
            Number(
                group: number(0..<6) * 1_000 + number(14..<17), step: Int32(clamping: birth.daysSince1970),
                row: row))
    }

    /// The longest run of different keys, and the row of its first.
    package func longest() -> (length: Int, row: Int32)? {
        let runs = [Self.longest(bySequence), Self.longest(byBirth)].compactMap { $0 }
        return runs.max { $0.length < $1.length }
    }

    private static func longest(_ numbers: [Number]) -> (length: Int, row: Int32)? {
        let sorted = numbers.sorted { ($0.group, $0.step, $0.row) < ($1.group, $1.step, $1.row) }
        var best: (length: Int, row: Int32)?
        var length = 0
        var first: Int32 = 0
        for (position, number) in sorted.enumerated() {
            let before = position > 0 ? sorted[position - 1] : nil
            if let before, before.group == number.group, number.step == before.step { continue }
            if let before, before.group == number.group, number.step == before.step + 1 {
                length += 1
            } else {
                length = 1
                first = number.row
            }
            if length > best?.length ?? 0 { best = (length, first) }
        }
        return best
    }
}
