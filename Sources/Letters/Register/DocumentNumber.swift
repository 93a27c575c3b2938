package import Kernel

/// 发文字号: 机关代字〔年份〕序号号, as `河数〔2026〕12号` (GB/T 9704-2012, 7.2.5): the year whole and in hexagonal brackets, the serial without
/// leading zeros and without 第.
package struct DocumentNumber: Hashable, Sendable {
    package static let serialMax = 999_999
    package static let charactersMax = 60

    /// 机关代字
    package let code: String
    package let year: Int
    package let serial: Int

    package init(code: String, year: Int, serial: Int) {
        self.code = code
        self.year = year
        self.serial = serial
    }

    package var text: String { "\(code)〔\(year)〕\(serial)号" }

    /// In whatever brackets, widths and spaces it was typed; nil when it is none.
    package init?(_ typed: String) {
        let key = Self.key(typed)
        guard let open = key.firstIndex(of: "〔"), let close = key.firstIndex(of: "〕"), open < close,
            key.hasSuffix("号")
        else { return nil }
        let code = key[..<open]
        let year = key[key.index(after: open)..<close]
        let serial = key[key.index(after: close)...].dropLast()
        guard Self.isCode(String(code)), year.count == 4, let year = Int(year),
            (1_949...2_999).contains(year),
            serial.allSatisfy({ $0.isASCII && $0.isNumber }), let serial = Int(serial),
            (1...Self.serialMax).contains(serial)
        else { return nil }
        self.init(code: String(code), year: year, serial: serial)
    }

    /// 机关代字 are Chinese characters, at most twelve.
    package static func isCode(_ text: String) -> Bool {
        (1...12).contains(text.count)
            && text.unicodeScalars.allSatisfy { (0x3400...0x9FFF).contains($0.value) || $0 == "〇" }
            && !text.contains("第") && !text.contains("号")
    }

    /// What all ways of writing one number have in common: also of a part of a number, as people type it to search.
    package static func key(_ typed: String) -> String {
        var out: [Character] = []
        // Just after the year: what may not stand there is left out.
        var isAtSerial = false
        for character in typed where !character.isWhitespace {
            var next = narrow(character)
            if opening.contains(next) { next = "〔" }
            if closing.contains(next) {
                out.append("〕")
                isAtSerial = true
                continue
            }
            if isAtSerial, next == "第" || next == "0" { continue }
            isAtSerial = false
            out.append(contentsOf: next.lowercased())
        }
        return String(out)
    }

    private static let opening: Set<Character> = ["〔", "﹝", "[", "(", "【", "{", "〖", "<", "〈", "「"]
    private static let closing: Set<Character> = ["〕", "﹞", "]", ")", "】", "}", "〗", ">", "〉", "」"]

    /// Full-width forms (U+FF01–U+FF5E) as the narrow ones.
    private static func narrow(_ character: Character) -> Character {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1,
            (0xFF01...0xFF5E).contains(scalar.value), let narrow = Unicode.Scalar(scalar.value - 0xFEE0)
        else { return character }
        return Character(narrow)
    }
}

extension CalendarDate {
    /// 成文日期 in Arabic numerals, without leading zeros: `2026年11月8日` (GB/T 9704-2012, 7.3.5.4).
    package var official: String {
        let (year, month, day) = components
        return "\(year)年\(month)月\(day)日"
    }
}
