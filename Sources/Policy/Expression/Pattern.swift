/// What a text must look like, in a dialect small enough to mean the same everywhere and to need no backtracking:
///
/// literals; `.` (any character); classes `[A-Z0-9]`, `[^…]`, `\d` (0–9), `\w` (0–9, A–Z, a–z, `_`), `\s` (ASCII white space
/// and U+3000), `\h` (Han characters, listed ranges); groups `( )`; alternatives `|`; `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`.
/// `\` before a punctuation character means the character itself. It is always the whole text that must match.
package struct Pattern: Hashable, Sendable {
    package let source: String
    package let root: Node

    package indirect enum Node: Hashable, Sendable {
        case empty
        case set(CharacterSet)
        case sequence([Node])
        case choice([Node])
        /// `maximum` nil: without end.
        case repeated(Node, minimum: Int, maximum: Int?)
    }

    /// Code points by ranges, ascending and apart.
    package struct CharacterSet: Hashable, Sendable {
        package let ranges: [ClosedRange<UInt32>]

        package init(_ ranges: [ClosedRange<UInt32>]) {
            var merged: [ClosedRange<UInt32>] = []
            for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            ) {
                if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                    merged[merged.count - 1] =
                        last.lowerBound...max(last.upperBound, range.upperBound)
                } else {
                    merged.append(range)
                }
            }
            self.ranges = merged
        }

        package static let codePointMax: UInt32 = 0x10FFFF
        package static let any = CharacterSet([0...codePointMax])
        package static let digit = CharacterSet([0x30...0x39])
        package static let word = CharacterSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
        package static let space = CharacterSet([0x09...0x0D, 0x20...0x20, 0x3000...0x3000])
        /// CJK unified ideographs with extensions A–H, compatibility ideographs, 〇 and 々: fixed here, so that no library's
        /// Unicode version changes what a rule means.
        package static let han = CharacterSet([
            0x3005...0x3005, 0x3007...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x2A6DF, 0x2A700...0x2EBE0, 0x2F800...0x2FA1F, 0x30000...0x323AF,
        ])

        package var complement: CharacterSet {
            var out: [ClosedRange<UInt32>] = []
            var next: UInt32 = 0
            for range in ranges {
                if range.lowerBound > next { out.append(next...(range.lowerBound - 1)) }
                next = range.upperBound + 1
            }
            if next <= Self.codePointMax { out.append(next...Self.codePointMax) }
            return CharacterSet(out)
        }

        package func contains(_ codePoint: UInt32) -> Bool {
            ranges.contains { $0.contains(codePoint) }
        }
    }

    package enum Limits {
        package static let sourceBytesMax = 1_024
        package static let repeatMax = 1_000
        /// After bounded repeats are written out.
        package static let statesMax = 2_000
        package static let depthMax = 32
    }

    /// Throws `PolicyError.syntax` with the exact position.
    package init(_ source: String) throws(PolicyError) {
        var parser = PatternParser(source)
        root = try parser.parse()
        self.source = source
    }

    package static func == (left: Pattern, right: Pattern) -> Bool {
        left.source.utf8.elementsEqual(right.source.utf8)
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(Array(source.utf8)) }
}
