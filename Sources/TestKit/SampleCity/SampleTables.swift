package import Foundation
import Kernel

/// Tables as departments hold them, with the faults that departments' tables have: some cells that do not fit their type, some
/// numbers with a wrong check digit, some repeated rows.
package struct SampleTables: Sendable {
    package struct Faults: Sendable, Hashable {
        /// Rows whose date is none: rejected on the way in.
        package var unreadableDates = 0
        /// Rows whose citizen number or credit code fails its check digit.
        package var wrongCheckDigits = 0
        package var missingNames = 0
    }

    private static let surnames = Array("陈林黄张李王吴刘蔡杨许郑谢郭邱曾赖徐叶钟").map(String.init) + ["欧阳", "司徒"]
    private static let givenNames = Array("文志国建明伟秀英丽华强军梅兰玉春桂芳海平").map(String.init)
    package static let counties = ["源城区", "紫金县", "龙川县", "连平县", "和平县", "东源县"]

    package init() {}

    /// 最低生活保障对象: what the civil-affairs bureau holds. Returns the faults it planted.
    @discardableResult
    package func writeAssistance(to file: URL, rows: Int, seed: UInt64 = 441_600) throws -> Faults {
        var random = SampleRandom(seed: seed)
        var faults = Faults()
        let writer = try TableWriter(file)
        try writer.write("身份证号,姓名,性别,出生日期,手机号,户籍县区,家庭住址,救助类别,保障人口,月保障金额,起始日期,状态\r\n")
        for row in 0..<rows {
            let birth = CalendarDate(daysSince1970: -9_000 + Int(random.next() % 21_000))
            var number = SampleNumbers.citizenID(birth: birth, serial: row)
            if random.happens(permille: 2) {
                faults.wrongCheckDigits += 1
                number = String(number.dropLast()) + (number.hasSuffix("1") ? "2" : "1")
            }
            var name = random.pick(Self.surnames) + random.pick(Self.givenNames)
            if random.happens(permille: 600) { name += random.pick(Self.givenNames) }
            if random.happens(permille: 1) {
                faults.missingNames += 1
                name = ""
            }
            var start = CalendarDate(daysSince1970: 17_000 + Int(random.next() % 3_000)).description
            if random.happens(permille: 1) {
                faults.unreadableDates += 1
                start = "2019-02-30"
            }
            let county = random.pick(Self.counties)
            let amount = 300 + Int(random.next() % 90_000)
            let cells: [String] = [
                number, name, row % 1000 % 2 == 1 ? "男" : "女", birth.description,
                SampleNumbers.mobile(serial: row), county,
                "\(county)\(random.pick(["解放路", "建设大道", "沿江路", "中山路"]))\(1 + random.next() % 300)号",
                random.pick(["城镇低保", "农村低保", "特困供养", "低保边缘"]), String(1 + random.next() % 6),
                "\(amount / 100).\(SampleNumbers.padded(amount % 100, 2))", start,
                random.happens(permille: 900) ? "在保" : "停保",
            ]
            try writer.write(cells.joined(separator: ",") + "\r\n")
        }
        try writer.close()
        return faults
    }

    /// 法人单位基本信息: what the market regulator holds and opens to the public.
    @discardableResult
    package func writeEnterprises(to file: URL, rows: Int, seed: UInt64 = 441_602) throws -> Faults {
        var random = SampleRandom(seed: seed)
        let writer = try TableWriter(file)
        try writer.write("统一社会信用代码,单位名称,单位类型,所在县区,行业门类,注册资本万元,成立日期,登记状态\r\n")
        for row in 0..<rows {
            let county = random.pick(Self.counties)
            let trade = random.pick(["农产品", "电子元件", "旅游服务", "建筑材料", "生物医药", "纺织"])
            let capital = 10 + Int(random.next() % 500_000)
            let cells: [String] = [
                SampleNumbers.uscc(serial: row), "河源市\(county)样例\(SampleNumbers.padded(row, 5))号\(trade)有限公司",
                random.pick(["有限责任公司", "个人独资企业", "农民专业合作社"]), county,
                random.pick(["制造业", "批发和零售业", "农林牧渔业", "住宿和餐饮业", "信息传输业"]),
                "\(capital / 100).\(SampleNumbers.padded(capital % 100, 2))",
                CalendarDate(daysSince1970: 11_000 + Int(random.next() % 8_000)).description,
                random.pick(["在业", "在业", "在业", "注销", "吊销"]),
            ]
            try writer.write(cells.joined(separator: ",") + "\r\n")
        }
        try writer.close()
        return Faults()
    }
}

/// Lines to a file, a block at a time, so that any number of rows takes the same memory.
private final class TableWriter {
    private let handle: FileHandle
    private var block = Data()

    init(_ file: URL) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: file)
        handle = try FileHandle(forWritingTo: file)
    }

    func write(_ text: String) throws {
        block.append(contentsOf: text.utf8)
        if block.count >= 1 << 20 { try flush() }
    }

    func close() throws {
        try flush()
        try handle.close()
    }

    private func flush() throws {
        try handle.write(contentsOf: block)
        block.removeAll(keepingCapacity: true)
    }
}
