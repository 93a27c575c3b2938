import Kernel
import Testing

@Suite struct `Kernel: identifiers` {
    @Test(arguments: [
        "360426199101010071", "44011320141005001X", "11010519491231002X", "441600199001010013",
        "441600200012310025", "441600195510100115",
    ])
    func `published and synthetic citizen numbers are valid`(number: String) {
        #expect(CitizenID.verdict(number) == .valid)
    }

    @Test(arguments: [
        ("36042619910102009X", CitizenID.Verdict.checkCharacter), ("", .length),
        ("44160019900101001", .length),
        ("4416001990010100133", .length), ("44160019900101001A", .character),
        ("4416001990O1010013", .character), ("44011320141005001x", .lowerCase),
        ("441600199002300013", .birthDate), ("441600000001010013", .birthDate),
        ("441600190002290015", .birthDate), ("４４１６００", .character),
    ])
    func `a wrong citizen number says what is wrong`(number: String, verdict: CitizenID.Verdict) {
        #expect(CitizenID.verdict(number) == verdict)
    }

    @Test func `every single wrong digit of a citizen number is found`() {
        let good = Array("441600199001010013".utf8)
        for index in good.indices {
            for digit in UInt8(48)...57 where digit != good[index] {
                var bad = good
                bad[index] = digit
                #expect(!CitizenID.isValid(String(decoding: bad, as: UTF8.self)))
            }
        }
    }

    @Test func `sex and birth date come from the number`() {
        #expect(CitizenID.sex("441600199001010013") == .male)
        #expect(CitizenID.sex("441600200012310025") == .female)
        #expect(CitizenID.birthDate("441600200012310025")?.description == "2000-12-31")
        #expect(CitizenID.birthDate("44011320141005001X")?.description == "2014-10-05")
        #expect(CitizenID.birthDate("441600199013010013") == nil)
        #expect(CitizenID.sex("4416") == nil)
    }

    @Test func `a birth after the given day is refused`() {
        let day = CalendarDate(year: 2000, month: 12, day: 30)
        #expect(CitizenID.verdict("441600200012310025", onOrBefore: day) == .birthDate)
        #expect(CitizenID.verdict("441600200012310025", onOrBefore: day?.adding(days: 1)) == .valid)
    }

    @Test(arguments: [
        "1144160000712345XB", "12441621456789011Y", "91441600MA4X2Y3W93", "92441602MA5ABCDE5K",
        "N2441622MF0123451R",
    ])
    func `social credit codes of every kind are valid`(code: String) {
        #expect(SocialCreditCode.verdict(code) == .valid)
        #expect(OrganisationCode.isValid(String(code.dropFirst(8).prefix(9))))
    }

    @Test(arguments: [
        ("91441600MA4X2Y3W9", SocialCreditCode.Verdict.length), ("91441600MA4X2Y3W9I", .character),
        ("9144160OMA4X2Y3W93", .character), ("91A41600MA4X2Y3W93", .character),
        ("91441600ma4x2y3w93", .lowerCase), ("91441600MA4X2Y3W83", .organisationCode),
        ("91441600MA4X2Y3W94", .checkCharacter), ("92441600MA4X2Y3W93", .checkCharacter),
    ])
    func `a wrong social credit code says what is wrong`(code: String, verdict: SocialCreditCode.Verdict) {
        #expect(SocialCreditCode.verdict(code) == verdict)
    }

    @Test func `the check character agrees with the standard's own table`() {
        // GB 32100-2015 annex: weights and set written out, where the kernel counts.
        let set = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
        for code in ["1144160000712345XB", "N2441622MF0123451R", "92441602MA5ABCDE5K"] {
            let sum = zip(code, weights).reduce(0) { $0 + (set.firstIndex(of: $1.0) ?? 99) * $1.1 }
            let check = set[(31 - sum % 31) % 31]
            for candidate in set {
                let changed = String(code.dropLast()) + String(candidate)
                #expect(SocialCreditCode.isValid(changed) == (candidate == check))
            }
        }
    }

    @Test func `organisation codes may carry a hyphen`() {
        #expect(OrganisationCode.verdict("MA4X2Y3W-9") == .valid)
        #expect(OrganisationCode.verdict("MA4X2Y3W-8") == .checkCharacter)
        #expect(OrganisationCode.verdict("MA4X2Y3W") == .length)
        #expect(OrganisationCode.verdict("MA4X2Y3w9") == .character)
    }

    @Test func `Luhn finds cards, and cards have 13 to 19 digits`() {
        #expect(Luhn.isValid("79927398713") && !BankCard.isValid("79927398713"))
        #expect(BankCard.isValid("4111111111111111") && !BankCard.isValid("4111111111111112"))
        #expect(!BankCard.isValid("4111 1111 1111 1111") && !Luhn.isValid(""))
    }

    @Test func `mobile numbers are eleven digits from 13 to 19`() {
        #expect(MobileNumber.isValid("13800138000") && MobileNumber.isValid("19900000000"))
        for bad in ["12800138000", "1380013800", "138001380000", "1380013800a", "+8613800138000", ""] {
            #expect(!MobileNumber.isValid(bad))
        }
    }
}

@Suite struct `Kernel: divisions and money` {
    @Test(arguments: [
        (
            Identifier.plate,
            [
                "粤P12345", "粤PA1B2C", "粤P1234挂", "粤Z123A港", "粤PD12345", "粤P12345D", "京A8888学", "粤A0023领",
                "使224578",
            ]
        ),
        (.vin, ["1M8GDM9AXKP042788", "11111111111111111"]),
        (.landLine, ["0762-3221234", "020-83123456"]), (.postcode, ["517000", "010010"]),
        (.email, ["a.b+c@xx.gov.cn", "A@b.cn"]),
        (.organisationCode, ["00712345X", "MA4X2Y3W9", "MA4X2Y3W-9"]),
        (.divisionCode, ["440000", "441600", "441602", "110101", "820000"]),
        (.address, ["广东省河源市源城区埔前镇建设村123号", "源城区建设大道12号3栋0502房", "埔前镇河背村", "上城街道越王社区三组12号"]),
    ])
    func `other identifiers are known by their form and check`(kind: Identifier, texts: [String]) {
        for text in texts { #expect(kind.holds(text), "\(text)") }
        // Of any identifier, a part or more than it is none.
        for text in texts {
            #expect(!kind.holds(text + " ") && !kind.holds(" " + text))
            for count in 0..<3 { #expect(!kind.holds(String(text.prefix(count))), "\(text.prefix(count))") }
        }
    }

    @Test(arguments: [
        (
            Identifier.plate,
            [
                "粤I12345", "粤P1234O", "粤P1234", "粤P123456", "粤PL12345", "鄱P12345", "粤PABCDE", "粤P12345挂",
                "粤P1234粤", "使22457", "领224578",
            ]
        ),
        (.divisionCode, ["994400", "440002", "44160", "4416021", "44160a", "001600"]),
        (.address, ["河源市源城区教育局", "河源市", "12345678", "建设路很长很长", "广东省河源市人民医院", "不详不详不详"]),
        (.vin, ["1M8GDM9A1KP042788", "IM8GDM9AXKP042788", "1m8gdm9axkp042788", "1M8GDM9AXKP04278"]),
        (.landLine, ["0762-0221234", "762-3221234", "07623221234", "0762-32212", "0762-3221234x"]),
        (.postcode, ["917000", "51700", "5170000", "51700a"]),
        (.email, ["a@b", "@b.cn", "a b@c.cn", "a@b.c", "a@b.c1", "a@.cn"]),
    ])
    func `what only looks like one is none`(kind: Identifier, texts: [String]) {
        for text in texts { #expect(!kind.holds(text), "\(text)") }
    }

    @Test(arguments: [
        "张三", "欧阳修文", "阿不都热合曼·买买提", "𬱖靖", "柳树𨟠", "卓玛·次仁·多吉", "司马相如如是", "John O'Neil-Smith",
        "J. Müller", "Marie Hamanová",
    ]) func `names of plausible shape are taken, rare characters and all`(name: String) {
        #expect(PersonName.isValid(name))
    }

    @Test(arguments: [
        "", "张", "不详", "未知", "测试", "无名氏", "·张三", "张三·", "张··三", "张三1", "张 三", "张三,李四", "?", "X", "12", "a1b",
        "O---Neil", " John", "John ", "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨",
    ]) func `what stands in for a name, or cannot be one, is none`(name: String) {
        #expect(!PersonName.isValid(name))
    }

    @Test func `divisions contain their own`() throws {
        let city = try #require(DivisionCode("441600"))
        let county = try #require(DivisionCode("441602"))
        let zone = try #require(DivisionCode("441602-JD"))
        let other = try #require(DivisionCode("441702"))
        #expect(city.isCity && !county.isCity && zone.isLocalExtension && !zone.isCity)
        #expect(city.contains(county) && city.contains(zone) && county.contains(zone))
        #expect(!city.contains(other) && !zone.contains(county) && zone.contains(zone))
        #expect(try #require(DivisionCode("440000")).contains(other))
    }

    @Test(arguments: [
        "", "44160", "4416000", "441602-", "441602-jd", "041600", "441602JD", "441602-ABCDEFGHI",
    ])
    func `texts that are no division code are refused`(text: String) {
        #expect(DivisionCode(text) == nil)
    }

    @Test func `money reads and writes without rounding`() {
        for text in ["0.00", "-0.05", "1234.56", "92233720368547758.07", "-92233720368547758.08"] {
            #expect(Money(text)?.description == text)
        }
        #expect(Money("12") == Money(fen: 1200) && Money("12.5") == Money(fen: 1250))
        for text in ["", "1.234", ".5", "1,000", "1e3", "92233720368547758.08", "1.", "--1", "１"] {
            #expect(Money(text) == nil)
        }
        #expect(Money(fen: .max).adding(Money(fen: 1)) == nil)
        #expect(Money(fen: 1 << 40).multiplied(by: 1 << 40) == nil)
    }
}
