import DuckDB
import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

@Suite struct `Identifiers among other words` {
    private static func kinds(_ text: String) -> Set<IdentifierKind> {
        var text = text
        var found: Set<IdentifierKind> = []
        text.withUTF8 { bytes in
            ProseWalk.walk(bytes) { finding in if finding.isRight { found.insert(finding.kind) } }
        }
        return found
    }

    private static func places(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        var found: [String] = []
        bytes.withUnsafeBufferPointer { buffer in
            ProseWalk.walk(buffer) { finding in
                if finding.isRight { found.append(String(decoding: bytes[finding.place], as: UTF8.self)) }
            }
        }
        return found
    }

    @Test(arguments: [
        ("来访人身份证号441600199001010013，反映", IdentifierKind.citizenID, "441600199001010013"),
        ("其妻44011320141005001x系本村村民", .citizenID, "44011320141005001x"),
        ("河源某公司（91441600MA4X2Y3W93）未按期申报", .uscc, "91441600MA4X2Y3W93"),
        ("请回电13800138000，谢谢", .mobile, "13800138000"), ("tel:13800138000", .mobile, "13800138000"),
        ("补贴打入6222021234567890128账户", .bankCard, "6222021234567890128"),
        ("材料发至office@heyuan.gov.cn。", .email, "office@heyuan.gov.cn"),
        ("见a.b+c@mail.example.cn-附件", .email, "a.b+c@mail.example.cn"),
        ("持护照E12345678入境", .passport, "E12345678"), ("公务护照SE1234567", .passport, "SE1234567"),
        ("粤P12345与摩托相撞", .plate, "粤P12345"), ("一辆粤PD12345停在路口", .plate, "粤PD12345"),
        ("教练车粤P1234学超速", .plate, "粤P1234学"),
        ("粤P·12345闯红灯", .plate, "粤P·12345"), ("粤P·D12345、", .plate, "粤P·D12345"),
        ("粤Z·1234港", .plate, "粤Z·1234港"),
        ("来电+8613800138000。", .mobile, "13800138000"), ("登录地址192.168.0.1.", .ipAddress, "192.168.0.1"),
        ("办公室0762-3221234转801", .landLine, "0762-3221234"), ("致电010-62345678。", .landLine, "010-62345678"),
    ]) func `are found in a sentence`(_ text: String, _ kind: IdentifierKind, _ written: String) {
        #expect(Self.kinds(text) == [kind], "\(text)")
        #expect(Self.places(text) == [written])
    }

    /// Digits on either side, letters, an underscore; what Han characters and other signs are not.
    @Test(arguments: [
        "编号138001380001", "编号1138001380001", "A13800138000", "13800138000_1", "号44160019900101001301",
        "X441600199001010013", "_91441600MA4X2Y3W93", "E123456789", "AE12345678", "粤P123456789", "粤P1234五",
        "0762-32212345678", "20762-3221234", "1192.168.0.1", "192.168.0.1a", "第1.2.3.4.5条", "1.2.3",
        "@example.cn", "某@某.cn", "a@b", "a@b.c", "a@b.cn2", "使用123456元", "新P型", "粤P·1234567", "粤P·123", "粤P·",
        "粤P·1234", "8613800138000", "+868613800138",
        "1380013800０",
    ]) func `end at the edge of a word`(_ text: String) {
        #expect(Self.kinds(text) == [], "\(text)")
    }

    /// The last of each is wrong, and the form is told apart from what is right.
    @Test func `need a right check digit`() {
        for text in ["案件441602202403150011受理", "卡6222021234567890127", "码91441600MA4X2Y3W94"] {
            #expect(Self.kinds(text) == [], "\(text)")
        }
        func bits(_ text: String) -> Int32 {
            var text = text
            return text.withUTF8 { ProseWalk.bits(of: $0) }
        }
        #expect(bits("案件441600199001010014受理") == 1 << Int32(IdentifierKind.citizenID.rawValue + 16))
        #expect(bits("卡6222021234567890127") == 1 << Int32(IdentifierKind.bankCard.rawValue + 16))
        #expect(
            bits("441600199001010014、441600199001010013")
                == 1 << Int32(IdentifierKind.citizenID.rawValue + 16) | 1)
    }

    @Test func `are all told of one text, wherever they stand`() {
        let text =
            "441600199001010013，13800138000 和13900139000；91441600MA4X2Y3W93 粤P12345/E12345678 0762-3221234 "
            + "13800138000@139.com 6222021234567890128 10.0.0.1"
        #expect(Self.kinds(text) == Set(ProseWalk.kinds))
        #expect(Self.places(text).count == 11)
        #expect(Self.kinds("") == [])
    }

    /// Runs as long as a cell may be, of what every detector begins with.
    @Test(.timeLimit(.minutes(5))) func `cost one pass, whatever the text`() {
        let mebibyte = 1 << 20
        for piece in [
            "1", "a", "@", "a@", "a.", "@a.", "1.", "0762-", "粤", "粤A", "_", "%+-", "a@b-", "-@", "1.1.1.",
        ] {
            let text = String(repeating: piece, count: mebibyte / piece.utf8.count)
            let clock = ContinuousClock()
            let began = clock.now
            #expect(Self.kinds(text) == [], "\(piece)")
            // A debug build takes about 0.1 s; what is quadratic would take hours.
            #expect(clock.now - began < .seconds(10), "\(piece)")
            let end = "，身份证441600199001010013"
            #expect(Self.kinds(text + end) == [.citizenID], "\(piece)")
        }
        #expect(Self.kinds(String(repeating: "7", count: 10_000) + "，13800138000") == [.mobile])
    }

    /// The engine gives only UTF-8; the walk keeps within bytes of any kind.
    @Test func `are looked for in bytes of any kind`() {
        var random = SampleRandom(seed: 441_601)
        for _ in 0..<2_000 {
            let text = Prose.sentence(&random)
            let bytes = Damage.done(to: Array(text.utf8), using: &random)
            // Exactly as large as the text, so that a read beyond it is seen by a build with checks.
            let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            defer { buffer.deallocate() }
            _ = buffer.initialize(from: bytes)
            ProseWalk.walk(UnsafeBufferPointer(buffer)) { finding in
                #expect(finding.place.lowerBound >= 0 && finding.place.upperBound <= bytes.count)
                #expect(!finding.place.isEmpty)
            }
        }
    }

    @Test func `are those that expressions find, in prose of all sorts`() throws {
        let reference = try Prose.Reference()
        var random = SampleRandom(seed: 441_600)
        var seen: [IdentifierKind: Int] = [:]
        for _ in 0..<6_000 {
            let text = Prose.sentence(&random)
            let expected = reference.kinds(text)
            for kind in expected { seen[kind, default: 0] += 1 }
            #expect(Self.kinds(text) == expected, "\(text)")
        }
        for kind in ProseWalk.kinds { #expect(seen[kind] ?? 0 >= 100, "\(kind) came too seldom") }
    }

    @Test func `are told by the engine's function as by the walk`() throws {
        let connection = try Database(Database.Settings(memoryMebibytesMax: 256, threads: 1)).connect()
        try registerKernels(on: connection, pseudonyms: PseudonymKey())
        var random = SampleRandom(seed: 7)
        for _ in 0..<200 {
            var text = Prose.sentence(&random)
            let bits = text.withUTF8 { ProseWalk.bits(of: $0) }
            #expect(
                try connection.rows("SELECT hw_identifiers_within($1)", [.text(text)]) == [
                    [.integer(Int64(bits))]
                ])
        }
        #expect(try connection.rows("SELECT hw_identifiers_within(NULL)") == [[.null]])
    }

    @Test func `are counted by a profile where the cell holds other words too`() async throws {
        let test = try TestEngine()
        let staged = try test.stage(
            [Column("备注", .text), Column("手机", .text)],
            [
                """
                SELECT * FROM (VALUES ('身份证441600199001010013，电话13800138000', '13800138000'),
                ('441600199001010013', '13800138000'), ('材料齐全', '13800138000 或13900139000'),
                ('案件441600199001010014，441600199001010013', NULL), (NULL, '13900139000')) t(备注, 手机)
                """
            ])
        let profile = try await test.engine().profile(RowSource(staged))
        #expect(profile.columns[0].identifiers[.citizenID] == 1)
        #expect(profile.columns[0].identifiersWithin == [.citizenID: 2, .mobile: 1])
        #expect(profile.columns[0].wrongChecks == [.citizenID: 1])
        #expect(profile.columns[1].identifiers[.mobile] == 3)
        #expect(profile.columns[1].identifiersWithin == [.mobile: 1])
        #expect(profile.columns[1].wrongChecks == [:])
        #expect(try JSONDecoder().decode(Profile.self, from: JSONEncoder().encode(profile)) == profile)
    }

    @Test func `are none in a profile that was written before they were looked for`() throws {
        let written = """
            {"rows":1,"dependencies":[],"orders":[],"columns":[{"name":"n","type":"text","nulls":0,"distinctApproximately":1,
            "top":[{"value":"a","rows":1}],"lengths":{"1":1},"identifiers":{"2":1},"shapes":[]}]}
            """
        let column = try #require(
            JSONDecoder().decode(Profile.self, from: Data(written.utf8)).columns.first)
        #expect(column.identifiers == [.mobile: 1])
        #expect(column.identifiersWithin == [:])
        #expect(column.wrongChecks == [:])
        #expect(column.distinctExactly == nil)
    }
}

/// Made sentences, and the same finding with expressions, slowly.
private enum Prose {
    private static let words = [
        "来电反映", "请尽快处理", "。", "，", " ", "：", "电话", "-", "_", ".", "@", "/", "a", "X", "7", "粤P", "0762",
        "转801", "编号",
        "１３８", "é", "😀", "（", "）", "\n", "\t", "+86", "+86", "·", "第3.2.1条", "2025-11-03", "12,800.50元",
        "md5",
        "www.example.cn", "学", "使",
    ]

    static func sentence(_ random: inout SampleRandom) -> String {
        (0..<(1 + random.below(9))).map { _ in
            random.happens(permille: 450) ? planted(&random) : random.pick(words)
        }.joined()
    }

    private static func digits(_ count: Int, _ random: inout SampleRandom) -> String {
        (0..<count).map { _ in String(random.below(10)) }.joined()
    }

    private static func planted(_ random: inout SampleRandom) -> String {
        let text = identifier(&random)
        // One in five is spoilt: a letter more, less or another.
        guard random.happens(permille: 200), !text.isEmpty else { return text }
        var characters = Array(text)
        switch random.below(3) {
        case 0: characters.insert(random.pick(Array("0aX_.-@")), at: random.below(characters.count + 1))
        case 1: characters.remove(at: random.below(characters.count))
        default: characters[random.below(characters.count)] = random.pick(Array("0179aXI."))
        }
        return String(characters)
    }

    private static func identifier(_ random: inout SampleRandom) -> String {
        switch random.below(10) {
        case 0, 1:
            let body =
                "441600\(1950 + random.below(70))\(random.pick(["01", "06", "12"]))\(10 + random.below(20))"
                + digits(3, &random)
            let check =
                "0123456789Xx".first { CitizenID.verdict(body + String($0)) != .checkCharacter } ?? "0"
            return body + (random.happens(permille: 50) && check == "X" ? "x" : String(check))
        case 2: return random.pick(["91441600MA4X2Y3W93", "1144160000712345XB", "N2441622MF0123451R"])
        case 3: return "1\(2 + random.below(8))" + digits(9, &random)
        case 4:
            let body = "62" + digits(13 + random.below(4), &random)
            return (0...9).map { body + String($0) }.first(where: BankCard.isValid) ?? body
        case 5:
            return random.pick(["office", "a.b", "user_1", "x+y", ".z", "9"]) + "@"
                + random.pick(["heyuan.gov.cn", "b.c", "a-b.cn", "x.y2", "qq.com.", "例.cn", "-.cn"])
        case 6:
            return random.pick(["粤", "京", "新", "使", "月"]) + random.pick(["P", "A", "I", "D"])
                + random.pick([
                    "12345", "D12345", "1234", "A1B2C", "12345F", "ABCDE", "1234学", "123", "·12345", "·1234学",
                    "·D12345",
                ])
        case 7: return random.pick(["E", "G", "SE", "EA", "EI", "H"]) + digits(7 + random.below(2), &random)
        case 8:
            return (0..<4).map { _ in String(random.below(random.happens(permille: 900) ? 256 : 400)) }
                .joined(separator: ".")
        default: return "0\(digits(2 + random.below(2), &random))-\(digits(7 + random.below(2), &random))"
        }
    }

    struct Reference {
        private let expressions: [(IdentifierKind?, NSRegularExpression)]

        init() throws {
            let (before, after) = ("(?<![A-Za-z0-9_])", "(?![A-Za-z0-9_])")
            expressions = try [
                (nil, "\(before)[0-9A-Za-z]{16,19}\(after)"),
                (.mobile, "(?:\(before)|(?<=\\+86))1[3-9][0-9]{9}\(after)"),
                (
                    .email,
                    "(?<![A-Za-z0-9_.%+-])[.%+-]*([A-Za-z0-9_][A-Za-z0-9._%+-]*@[A-Za-z0-9.-]+\\.[A-Za-z]{2,})\(after)"
                ),
                (.plate, "[一-龥][A-Z]·?(?:[A-Z0-9]{5,6}\(after)|[A-Z0-9]{4}[挂学警港澳领])"),
                (.landLine, "\(before)0[0-9]{2,3}-[1-9][0-9]{6,7}\(after)"),
                (
                    .passport,
                    "\(before)(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[SPD]E[0-9]{7})\(after)"
                ),
                (
                    .ipAddress,
                    "(?<![0-9]\\.)\(before)(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}\(after)(?!\\.[0-9])"
                ),
            ].map { ($0.0, try NSRegularExpression(pattern: $0.1)) }
        }

        func kinds(_ text: String) -> Set<IdentifierKind> {
            let whole = NSRange(text.startIndex..., in: text)
            var found: Set<IdentifierKind> = []
            for (kind, expression) in expressions {
                for match in expression.matches(in: text, range: whole) {
                    let place = kind == .email ? match.range(at: 1) : match.range
                    guard let range = Range(place, in: text) else { continue }
                    if let kind = kind ?? Self.checked(String(text[range])),
                        Self.holds(kind, String(text[range]))
                    {
                        found.insert(kind)
                    }
                }
            }
            return found
        }

        private static func checked(_ word: String) -> IdentifierKind? {
            if word.count == 18, [.valid, .lowerCase].contains(CitizenID.verdict(word)) { return .citizenID }
            if SocialCreditCode.isValid(word) { return .uscc }
            return word.hasPrefix("62") && BankCard.isValid(word) ? .bankCard : nil
        }

        private static func holds(_ kind: IdentifierKind, _ word: String) -> Bool {
            switch kind {
            case .plate: Identifier.plate.holds(word.replacing("·", with: ""))
            case .email: Identifier.email.holds(word)
            case .ipAddress: word.split(separator: ".").allSatisfy { (Int($0) ?? 256) < 256 }
            default: true
            }
        }
    }
}
