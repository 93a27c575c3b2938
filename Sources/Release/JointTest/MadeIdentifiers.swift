import Kernel

/// Numbers, names and addresses that hold by their standards and that nobody has.
///
/// - ID numbers and credit codes bear the code of the whole city, with which none is issued: people have their county's.
/// - Mobile numbers are of 154, which is assigned to no carrier; land lines have the area code 0000 and begin with 1.
/// - Credit and organisation codes have `TE5T` where registers have digits or `MA`; cards begin with `000000`, which is no issuer; plates
///   have three letters, where two is the most; postcodes begin with `0000`; mail goes to example.com (RFC 2606).
/// - Names begin with 测试.
enum MadeIdentifiers {
    /// The `serial`-th of its kind: no two serials below 5,000 give the same, but for division codes and postcodes, of which there are few.
    static func text(_ identifier: Identifier, _ serial: Int, division: String) -> String {
        switch identifier {
        case .citizenID: citizenID(born: birth(serial), serial % 999 + 1, division)
        case .uscc: checked("91\(division)\(organisation(serial))", by: .uscc)
        case .organisationCode: organisation(serial)
        case .mobile: "154" + padded(serial, 8)
        case .landLine: "0000-1" + padded(serial, 6)
        case .bankCard: checked("000000" + padded(serial, 12), by: .bankCard)
        case .vin: vehicle(serial)
        case .plate: plate(serial)
        case .postcode: "0000" + padded(serial % 100, 2)
        case .email: "test\(padded(serial, 6))@example.com"
        case .divisionCode: division
        case .personName: "测试" + stems(serial)
        case .address: "测试县虚构镇样例路\(serial + 1)号"
        }
    }

    /// Those that break programs.
    static func edges(_ identifier: Identifier, division: String) -> [String] {
        switch identifier {
        case .citizenID:
            let leapDay = (1...999).lazy.map { citizenID(born: leapBirth, $0, division) }
            return [leapDay.first { $0.hasSuffix("X") }, leapDay.first { !$0.hasSuffix("X") }]
                .compactMap(\.self)
        case .uscc:
            return
                ((5_000..<5_200).lazy.map { text(.uscc, $0, division: division) }.first {
                    $0.last?.isLetter == true
                }).map { [$0] } ?? []
        case .personName:
            // Outside the basic plane; a middle dot; as long as a name may be.
            return [
                "测试\u{20BB7}", "测试\u{2A6A5}\u{9F98}", "测试·甲", "测试" + String(repeating: "甲", count: 13),
            ]
        case .address:
            return [
                "测试县虚构镇样例路1号，西侧", "测试县虚构镇\u{20BB7}村路2号",
                "测试县虚构镇样例路3号" + String(repeating: "附", count: 60) + "4号",
            ]
        default: return []
        }
    }

    private static let leapBirth = CalendarDate(daysSince1970: 11_016)  // 2000-02-29
    private static let firstBirth = CalendarDate(daysSince1970: -10_957)  // 1940-01-01
    private static let birthDays = 28_000

    private static func birth(_ serial: Int) -> CalendarDate {
        firstBirth.adding(days: serial * 37 % birthDays)
    }

    static func citizenID(born: CalendarDate, _ number: Int, _ division: String) -> String {
        let day = born.description.filter { $0 != "-" }
        return checked("\(division)\(day)\(padded(number, 3))", by: .citizenID)
    }

    private static func organisation(_ serial: Int) -> String {
        checked("TE5T" + padded(serial % 10_000, 4), by: .organisationCode)
    }

    private static func vehicle(_ serial: Int) -> String {
        let tail = "TST" + padded(serial, 5)
        let all = "0123456789X".map { "0TEST000\($0)\(tail)" }
        return all.first(where: Identifier.vin.holds) ?? all[0]
    }

    private static func plate(_ serial: Int) -> String {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ")
        let pair = serial / 100 % (letters.count * letters.count)
        return "京ZT\(letters[pair / letters.count])\(letters[pair % letters.count])\(padded(serial % 100, 2))"
    }

    /// 0 is 甲, 12 is 乙丙.
    private static func stems(_ serial: Int) -> String {
        let stems = Array("甲乙丙丁戊己庚辛壬癸")
        return String(String(serial).compactMap { $0.wholeNumberValue.map { stems[$0] } })
    }

    /// With the one character after it that its standard demands.
    private static func checked(_ text: String, by identifier: Identifier) -> String {
        let all = "0123456789ABCDEFGHJKLMNPQRTUWXY".lazy.map { "\(text)\($0)" }
        return all.first(where: identifier.holds) ?? text
    }

    static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
