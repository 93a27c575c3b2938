import Foundation
import Grading
import Kernel
import Lake
import Policy

/// How much of a source's cells a page shows before anybody has a grant: enough to see that it is read rightly, not enough to learn whom
/// it is about. What the names of columns say decides, and what people have graded; what proves itself an identity number, a mobile number or
/// a bank card is masked wherever it stands, among other words too.
struct SampleMask: Sendable {
    private enum Way: Sendable {
        case plain, ends, surname, firstOnly
    }

    private let ways: [Way]
    /// A column is called like something personal, or people graded it above L1.
    let isPersonal: Bool

    static let plain = SampleMask(ways: [], isPersonal: false)

    private init(ways: [Way], isPersonal: Bool) {
        self.ways = ways
        self.isPersonal = isPersonal
    }

    /// `columns` in the order of the source, by the name that speaks most; `levels` are decided grades by the same names.
    init(columns: [String], items: [String: String], levels: [String: GradeLevel], rules: GradeRules) {
        let suggestions = GradeSuggester(rules: rules, sharing: nil).suggestions(
            columns: columns, items: items, profile: nil)
        isPersonal =
            suggestions.contains { $0.findings.contains { $0.certainty >= 50 } }
            || columns.contains { (levels[$0] ?? .l1) > .l1 }
        ways = zip(columns, suggestions).map { column, suggestion in
            let kind = suggestion.findings.filter { $0.certainty >= 50 }.max { $0.certainty < $1.certainty }?
                .kind
            if let kind { return Self.way(of: kind) }
            return (levels[column] ?? .l1) >= .l3 ? .firstOnly : .plain
        }
    }

    private static func way(of kind: PersonalKind) -> Way {
        switch kind {
        case .citizenID, .passport, .bankAccount, .phone, .plate, .onlineIdentifier, .email: .ends
        case .name: .surname
        case .address, .health, .biometric, .religion, .track: .firstOnly
        // Read beside a masked name they tell of nobody, and a wrong date format could not be seen.
        case .birth, .sex, .ethnicity, .income, .minor, .marriage: .plain
        }
    }

    /// Ends of a range say nothing once they are masked.
    func isPlain(column position: Int) -> Bool {
        guard ways.indices.contains(position), case .plain = ways[position] else { return ways.isEmpty }
        return true
    }

    func shown(_ text: String, column position: Int) -> String {
        let way = ways.indices.contains(position) ? ways[position] : .plain
        switch way {
        case .plain:
            return Self.masked(text, Self.maskWithin)
        case .ends: return Self.keeping(text, 3, 2)
        case .surname:
            return Self.masked(text) { MaskBytes.surname($0, into: &$1) }
        case .firstOnly: return Self.keeping(text, 2, 0)
        }
    }

    private static func maskWithin(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        var copied = 0
        ProseWalk.walk(text) { finding in
            guard finding.isRight, [.citizenID, .mobile, .bankCard].contains(finding.kind) else { return }
            out.append(contentsOf: text[copied..<finding.place.lowerBound])
            MaskBytes.keepEnds(
                UnsafeBufferPointer(rebasing: text[finding.place]), first: 3, last: 2, into: &out)
            copied = finding.place.upperBound
        }
        out.append(contentsOf: text[copied...])
    }

    private static func keeping(_ text: String, _ first: Int, _ last: Int) -> String {
        masked(text) { MaskBytes.keepEnds($0, first: first, last: last, into: &$1) }
    }

    private static func masked(
        _ text: String, _ mask: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
    ) -> String {
        var out: [UInt8] = []
        Array(text.utf8).withUnsafeBufferPointer { mask($0, &out) }
        return String(decoding: out, as: UTF8.self)
    }
}
