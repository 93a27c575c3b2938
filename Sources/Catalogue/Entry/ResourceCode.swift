package import Kernel

/// 政务信息资源代码: 类 (1 digit), 项 (2), 目 (3), 细目 (any), `/`, 顺序码 (any), as in `307016000000/000001`.
package struct ResourceCode: Hashable, Sendable, CustomStringConvertible {
    package let category: CategoryCode
    package let sequence: String

    package init(category: CategoryCode, sequence: Int64) {
        self.category = category
        let digits = String(sequence)
        self.sequence = String(repeating: "0", count: max(0, Self.sequenceDigitsMin - digits.count)) + digits
    }

    /// Nil unless `text` has the form of a code.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= EntryLimits.codeCharactersMax,
            let category = CategoryCode(String(parts[0])),
            !parts[1].isEmpty, parts[1].utf8.allSatisfy(\.isASCIIDigit)
        else { return nil }
        self.category = category
        sequence = String(parts[1])
    }

    package var description: String { "\(category)/\(sequence)" }

    static let sequenceDigitsMin = 6
}

/// 信息资源分类: the digits before the `/`.
package struct CategoryCode: Hashable, Sendable, CustomStringConvertible {
    package let digits: String

    /// Nil unless there are at least 类, 项 and 目 and the 类 is one of the three.
    package init?(_ text: String) {
        guard (6...30).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit),
            let first = text.utf8.first, (UInt8(ascii: "1")...UInt8(ascii: "3")).contains(first)
        else { return nil }
        digits = text
    }

    package var description: String { digits }
    /// 类: 1 基础, 2 主题, 3 部门.
    package var classDigit: Character { digits[digits.startIndex] }
    /// 类 and 项: `307`.
    package var group: String { String(digits.prefix(3)) }
}

/// The 类 and 项 in force, as dated data: their two-digit numbers follow the guide's order and may be revised.
package struct CategoryScheme: Sendable, Hashable {
    package let name: String
    package let effectiveFrom: CalendarDate
    package let effectiveTo: CalendarDate?
    /// 类 + 项 → names in both languages are `catalogue.category.<group>`.
    package let groups: [String]

    package func knows(_ code: CategoryCode) -> Bool { groups.contains(code.group) }
    package static func message(group: String) -> Message { Message("catalogue.category.\(group)") }

    package static let editions: [CategoryScheme] = [
        CategoryScheme(
            name: "发改高技〔2017〕1272号", effectiveFrom: CalendarDate(daysSince1970: 17_347), effectiveTo: nil,
            groups: numbered("1", through: 5) + numbered("2", through: 12) + numbered("3", through: 9))
    ]

    package static func inForce(on date: CalendarDate) -> CategoryScheme? {
        editions.last { $0.effectiveFrom <= date && ($0.effectiveTo.map { date <= $0 } ?? true) }
    }

    private static func numbered(_ classDigit: String, through last: Int) -> [String] {
        (1...last).map { classDigit + ($0 < 10 ? "0\($0)" : "\($0)") }
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
