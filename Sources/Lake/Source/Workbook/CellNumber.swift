import Glibc
import Kernel

/// What a number in a cell is shown as.
enum NumberForm: UInt8 {
    case plain, date, time, timestamp

    /// Of the number formats that every workbook knows (ECMA-376, part 1, 18.8.30), those of Chinese editions included.
    init(builtIn id: Int) {
        switch id {
        case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
        case 18...21, 32...35, 45, 47, 55, 56: self = .time
        case 22: self = .timestamp
        default: self = .plain
        }
    }

    /// Of a format that somebody wrote, such as `yyyy"年"m"月"d"日"`. Hours that count beyond 24 (`[h]:mm`) are a duration, so a number.
    init(code: String) {
        var hasDay = false
        var hasClock = false
        var hasMonth = false
        var scalars = code.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"": while let next = scalars.popFirst(), next != "\"" {}
            case "\\", "_", "*": _ = scalars.popFirst()
            case "[":
                var inside = ""
                while let next = scalars.popFirst(), next != "]" { inside.unicodeScalars.append(next) }
                if let first = inside.lowercased().first, inside.lowercased().allSatisfy({ $0 == first }),
                    "hms".contains(first)
                {
                    self = .plain
                    return
                }
            // The second section is for negative numbers, which no date is.
            case ";": scalars = scalars.prefix(0)
            case "y", "Y", "d", "D", "e", "g", "b": hasDay = true
            case "h", "H", "s", "S": hasClock = true
            case "m", "M": hasMonth = true
            case "0", "#", "?", "@":
                // `ss.000` is a clock; digits without one are a number, whatever letters stand around.
                if !hasClock {
                    self = .plain
                    return
                }
            case "G" where scalars.starts(with: "eneral".unicodeScalars):
                self = .plain
                return
            default: continue
            }
        }
        self = hasDay ? (hasClock ? .timestamp : .date) : hasClock ? .time : hasMonth ? .date : .plain
    }
}

/// From a number as a workbook stores it to the text that stands for it in a table.
enum CellNumber {
    /// Beyond fifteen digits a cell no longer holds what was typed.
    private static let exactMax = 1e15
    private static let secondsPerDay = 86_400.0
    /// 31 December 9999.
    private static let lastSerial = 2_958_466.0

    /// Nil for what is no number. Whole numbers of 16 digits and more are written with an exponent, as the spreadsheet shows them:
    /// what was typed is lost.
    static func text(_ stored: UnsafeBufferPointer<UInt8>, _ form: NumberForm, has1904Epoch: Bool) -> String?
    {
        if form == .plain, isShortWhole(stored) {
            return String(decoding: stored, as: UTF8.self)
        }
        guard let value = Double(String(decoding: stored, as: UTF8.self)), value.isFinite else { return nil }
        if form != .plain, let moment = moment(value, form, has1904Epoch: has1904Epoch) { return moment }
        if abs(value) >= exactMax { return scientific(value) }
        if value == value.rounded() { return String(Int64(value)) }
        return value.description
    }

    private static func isShortWhole(_ stored: UnsafeBufferPointer<UInt8>) -> Bool {
        (1...15).contains(stored.count) && stored.allSatisfy { $0 &- 0x30 < 10 }
            && (stored[0] != 0x30 || stored.count == 1)
    }

    /// `4.41600199001011E+17`
    private static func scientific(_ value: Double) -> String {
        var out = [CChar](repeating: 0, count: 40)
        _ = withVaList([value]) { vsnprintf(&out, out.count, "%.14E", $0) }
        var text = String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if let mark = text.firstIndex(of: "E") {
            var mantissa = text[..<mark]
            while mantissa.hasSuffix("0") { mantissa.removeLast() }
            if mantissa.hasSuffix(".") { mantissa.removeLast() }
            text = String(mantissa + text[mark...])
        }
        return text
    }

    /// Nil for a number that is no day, which then stays a number.
    private static func moment(_ value: Double, _ form: NumberForm, has1904Epoch: Bool) -> String? {
        guard value >= 0, value < lastSerial else { return nil }
        var day = Int(value.rounded(.down))
        var milliseconds = Int(((value - value.rounded(.down)) * secondsPerDay * 1000).rounded())
        if milliseconds == Int(secondsPerDay) * 1000 {
            day += 1
            milliseconds = 0
        }
        let clock = milliseconds == 0 && form != .time ? nil : clock(milliseconds)
        if day == 0, !has1904Epoch || form == .time { return clock }
        guard let date = date(day, has1904Epoch: has1904Epoch) else { return nil }
        return clock.map { "\(date) \($0)" } ?? date
    }

    private static func date(_ serial: Int, has1904Epoch: Bool) -> String? {
        // 1970-01-01 is day 25,569 of one epoch and 24,107 of the other.
        if has1904Epoch { return CalendarDate(daysSince1970: serial - 24_107).description }
        guard serial > 0 else { return nil }
        // A day that never was: 1900 is taken for a leap year. It is shown, and no date.
        if serial == 60 { return "1900-02-29" }
        return CalendarDate(daysSince1970: serial - 25_569 + (serial < 60 ? 1 : 0)).description
    }

    private static func clock(_ milliseconds: Int) -> String {
        var out: [UInt8] = []
        out.append(digits: milliseconds / 3_600_000, width: 2)
        out.append(0x3A)
        out.append(digits: milliseconds / 60_000 % 60, width: 2)
        out.append(0x3A)
        out.append(digits: milliseconds / 1000 % 60, width: 2)
        if milliseconds % 1000 != 0 {
            out.append(0x2E)
            out.append(digits: milliseconds % 1000, width: 3)
        }
        return String(decoding: out, as: UTF8.self)
    }
}
