package import Kernel
package import Policy

/// What rows are made up from: what the entry publishes of a column, and never a row of it.
package struct MadeColumn: Hashable, Sendable {
    package let column: Column
    /// Whether it may be empty.
    package var isRequired = false
    /// No two rows have the same.
    package var isKey = false
    /// 代码表: nothing else stands in it. Written as text.
    package var codes: [String] = []
    package var identifier: Identifier?
    /// Characters.
    package var lengthMin: Int?
    package var lengthMax: Int?
    /// Numbers and dates, ends included, written as text.
    package var low: String?
    package var high: String?
    /// Names one of which stands in each text, for a mask that looks for them.
    package var places: [String] = []

    package init(_ column: Column) { self.column = column }

    /// By what the column is called, where no rule says what stands in it.
    package static func identifier(named names: [String]) -> Identifier? {
        for name in names.map({ $0.lowercased() }) {
            for (identifier, words) in Self.words where words.contains(where: name.contains) {
                return identifier
            }
        }
        return nil
    }

    /// In the order in which they are looked for: 法定代表人身份证号 is a number, not a name.
    private static let words: [(Identifier, [String])] = [
        (.citizenID, ["身份证", "公民身份", "身份号码", "id_number", "idcard", "id_card", "sfzh"]),
        (.uscc, ["统一社会信用", "信用代码", "uscc", "credit_code"]),
        (.organisationCode, ["组织机构代码"]),
        (.mobile, ["手机", "移动电话", "联系电话", "mobile"]),
        (.landLine, ["固定电话", "座机", "办公电话"]),
        (.bankCard, ["银行卡", "银行账号", "银行账户", "卡号"]),
        (.vin, ["车架号", "车辆识别"]),
        (.plate, ["车牌", "号牌"]),
        (.postcode, ["邮政编码", "邮编"]),
        (.email, ["邮箱", "电子邮件", "email"]),
        (.divisionCode, ["区划代码", "行政区划编码"]),
        (.personName, ["姓名", "法定代表人", "负责人", "联系人"]),
        (.address, ["地址", "住址", "住所"]),
    ]
}

/// A stream of numbers that a seed decides: SplitMix64, the same on every machine.
struct SeededNumbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// Of a place in a table: whatever else is made, it stays the same.
    init(_ seed: UInt64, _ row: Int, _ column: Int) {
        var mixed = SeededNumbers(
            seed &+ UInt64(truncatingIfNeeded: row) &* 0x9E37_79B9 &+ UInt64(truncatingIfNeeded: column) << 40
        )
        state = mixed.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ..< `count`.
    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}
