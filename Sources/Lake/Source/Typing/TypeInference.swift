import Kernel
import Policy

/// What the cells of one column were, counted while a probe reads them.
struct ColumnEvidence {
    static let markers = [
        "NA", "N/A", "#N/A", "NULL", "null", "NaN", "nan", "None", "-", "--", "—", "***", "****", "*****",
        "\\N",
    ]
    private static let markerBytes = markers.map { Array($0.utf8) }

    var filled: Int64 = 0
    var empty: Int64 = 0
    var markersSeen: [Int: Int64] = [:]
    var integers: Int64 = 0
    var decimals: Int64 = 0
    var doubles: Int64 = 0
    var booleans: Int64 = 0
    var leadingZeros: Int64 = 0
    /// Whole numbers of 15 and more digits.
    var long: Int64 = 0
    var integerDigitsMax = 0
    var scaleMax = 0
    var damaged: Int64 = 0
    var damagedLine: Int64?
    /// Whole numbers beyond 15 digits that end in zeros from the sixteenth on: what a spreadsheet leaves of an identifier.
    var rounded: Int64 = 0
    var roundedLine: Int64?
    /// Numbers written with thousands separators.
    var grouped: Int64 = 0
    /// Whole numbers by how many digits they have; the last place counts all that have more.
    var lengths = [Int64](repeating: 0, count: 20)
    var dates = [Int64](repeating: 0, count: DateFormat.allCases.count)
    var timestamps = [Int64](repeating: 0, count: DateFormat.allCases.count)
    var range = ColumnRange()

    /// Filled cells that are no marker of a missing value.
    var values: Int64 { filled - markersSeen.values.reduce(0, +) }

    mutating func look(_ raw: CellBytes, line: Int64) {
        let cell = raw.trimmed
        if cell.count == 0 {
            empty += 1
            return
        }
        filled += 1
        if cell.count <= 5, let marker = Self.markerBytes.firstIndex(where: { cell.equals($0) }) {
            markersSeen[marker, default: 0] += 1
            return
        }
        range.look(cell)
        let first = cell[0]
        guard CellParser.digit(first) != nil || first == 0x2D || first == 0x2B || first == 0x2E else {
            if CellParser.boolean(cell) != nil { booleans += 1 }
            return
        }
        if CellParser.isDamaged(cell) {
            damaged += 1
            if damagedLine == nil { damagedLine = line }
        }
        lookAtNumber(cell, line: line)
        lookAtDate(cell)
    }

    private mutating func lookAtNumber(_ cell: CellBytes, line: Int64) {
        var digits = 0
        var scale = -1
        let signed = cell[0] == 0x2D || cell[0] == 0x2B ? 1 : 0
        for offset in signed..<cell.count {
            if CellParser.digit(cell[offset]) != nil {
                digits += 1
                if scale >= 0 { scale += 1 }
            } else if cell[offset] == 0x2E, scale < 0 {
                scale = 0
            } else {
                if CellParser.double(cell) != nil {
                    doubles += 1
                    range.look(number: cell)
                }
                if CellParser.isGrouped(cell) { grouped += 1 }
                return
            }
        }
        guard digits > 0 else { return }
        range.look(number: cell)
        let whole = digits - max(0, scale)
        integerDigitsMax = max(integerDigitsMax, whole)
        scaleMax = max(scaleMax, scale)
        if whole > 1, cell[signed] == 0x30 { leadingZeros += 1 }
        if scale < 0 {
            integers += 1
            if digits >= 15 { long += 1 }
            lengths[min(digits, lengths.count - 1)] += 1
            if signed == 0, (16...19).contains(digits), (15..<digits).allSatisfy({ cell[$0] == 0x30 }) {
                rounded += 1
                if roundedLine == nil { roundedLine = line }
            }
        } else {
            decimals += 1
        }
    }

    private mutating func lookAtDate(_ cell: CellBytes) {
        guard cell.count >= 8, cell.count <= 40 else { return }
        for (index, format) in DateFormat.allCases.enumerated() {
            if let date = CellParser.date(cell, [format]) {
                guard format != .compact || Self.isPlausible(cell) else { continue }
                dates[index] += 1
                range.look(
                    moment: Int64(date.daysSince1970) * 86_400_000_000, format: index, cell)
            } else if let moment = CellParser.timestamp(cell, [format], utcOffsetSeconds: 0) {
                timestamps[index] += 1
                range.look(moment: moment, format: index, cell)
            }
        }
    }

    /// One number in a thousand ends in three zeros by chance; when one in three does, a spreadsheet was at work.
    var isRounded: Bool { rounded > 0 && rounded * 3 >= long }

    /// Codes of one length but for a few that are one digit shorter, none of which begins with a zero.
    var shortened: (count: Int64, digits: Int)? {
        guard leadingZeros == 0, decimals == 0, doubles == 0,
            let digits = lengths.lastIndex(where: { $0 > 0 }), (4...12).contains(digits)
        else { return nil }
        let (whole, short) = (lengths[digits], lengths[digits - 1])
        return short > 0 && whole >= 3 * short && whole + short == integers ? (short, digits) : nil
    }

    /// Eight digits are a date only when the year is one that a register would hold.
    private static func isPlausible(_ cell: CellBytes) -> Bool {
        (cell[0] == 0x31 && (cell[1] == 0x38 || cell[1] == 0x39)) || (cell[0] == 0x32 && cell[1] == 0x30)
    }
}

/// From evidence to a proposed type, and what spoke for it.
struct TypeProposal {
    var type: ColumnType
    var dateFormats: [DateFormat] = []
    var reason: Message
    /// Cells of the sample that will be rejected.
    var misfits: Int64 = 0
    var isAmbiguousDate = false
    var isDamaged = false

    /// One cell in a hundred may be dirt; more, and the column is something else.
    private static func most(_ count: Int64, of all: Int64) -> Bool {
        count > 0 && (all - count) * 100 <= all
    }

    init(_ evidence: ColumnEvidence, name: String) {
        let values = evidence.values
        self.init(type: .text, reason: Message("source.reason.text"))
        if values == 0 {
            reason = Message("source.reason.empty")
            return
        }
        if evidence.damaged * 2 > values {
            isDamaged = true
            reason = Message("source.reason.damaged")
            return
        }
        if proposeDate(evidence, values, name) { return }
        if Self.most(evidence.booleans, of: values) {
            settle(.boolean, values - evidence.booleans, Message("source.reason.booleans"))
            return
        }
        proposeNumber(evidence, values, name)
    }

    private init(type: ColumnType, reason: Message) {
        self.type = type
        self.reason = reason
    }

    private mutating func settle(_ type: ColumnType, _ misfits: Int64, _ reason: Message) {
        self.type = type
        self.misfits = misfits
        self.reason = reason
    }

    private mutating func proposeDate(_ evidence: ColumnEvidence, _ values: Int64, _ name: String) -> Bool {
        let all = DateFormat.allCases
        let day = all.firstIndex(of: .dayFirst) ?? 0
        let month = all.firstIndex(of: .monthFirst) ?? 0
        let dayFirst = evidence.dates[day] + evidence.timestamps[day]
        let monthFirst = evidence.dates[month] + evidence.timestamps[month]
        if dayFirst > 0, monthFirst > 0, dayFirst == monthFirst, Self.most(dayFirst, of: values) {
            isAmbiguousDate = true
            reason = Message("source.reason.day-month")
            return true
        }
        var used: [DateFormat] = []
        var dates: Int64 = 0
        var times: Int64 = 0
        for (index, format) in all.enumerated() {
            let count = evidence.dates[index] + evidence.timestamps[index]
            guard count > 0 else { continue }
            if format == .dayFirst, dayFirst < monthFirst { continue }
            if format == .monthFirst, monthFirst <= dayFirst { continue }
            used.append(format)
            dates += evidence.dates[index]
            times += evidence.timestamps[index]
        }
        guard Self.most(dates + times, of: values) else { return false }
        // Digits alone that are also a code by their name stay a code.
        if used == [.compact], times == 0, Identifiers.isNamed(name) { return false }
        dateFormats = used
        let formats = used.map(\.rawValue).joined(separator: ", ")
        let isTimestamp = times > 0
        settle(
            isTimestamp ? .timestamp : .date, values - dates - times,
            Message(isTimestamp ? "source.reason.timestamps" : "source.reason.dates", ["formats": formats]))
        return true
    }

    private mutating func proposeNumber(_ evidence: ColumnEvidence, _ values: Int64, _ name: String) {
        let plain = evidence.integers + evidence.decimals
        let numbers = plain + evidence.doubles
        guard Self.most(numbers, of: values) else { return }
        if evidence.leadingZeros > 0, evidence.decimals == 0 || evidence.leadingZeros * 10 > values {
            reason = Message("source.reason.identifier-leading-zero")
        } else if evidence.long * 10 > values || evidence.integerDigitsMax > 18 {
            reason = Message("source.reason.identifier-long")
        } else if evidence.decimals == 0, evidence.doubles == 0, Identifiers.isNamed(name) {
            reason = Message("source.reason.identifier-name")
        } else if evidence.doubles > 0 || evidence.scaleMax > 12 {
            settle(.double, values - numbers, Message("source.reason.exponents"))
        } else if evidence.decimals > 0 {
            let precision = min(38, max(18, evidence.integerDigitsMax + evidence.scaleMax + 2))
            settle(
                .decimal(precision: precision, scale: evidence.scaleMax), values - numbers,
                Message("source.reason.decimals", ["scale": String(evidence.scaleMax)]))
        } else {
            settle(.integer, values - numbers, Message("source.reason.whole-numbers"))
        }
    }
}

/// Names of columns that hold codes: digits in them are not quantities.
enum Identifiers {
    private static let words = [
        "代码", "编码", "编号", "号码", "证号", "身份证", "电话", "手机", "邮编", "邮政编码", "区划", "账号", "帐号", "卡号", "学号", "工号",
        "证件", "档号", "文号", "代號", "編號", "電話", "郵遞區號",
    ]
    private static let tokens: Set<String> = [
        "code", "id", "no", "number", "phone", "mobile", "tel", "telephone", "zip", "zipcode", "postcode",
        "postal", "fips", "uscc", "idcard", "isbn", "isin", "siren", "siret", "account", "card", "ccnumber",
        "ssn",
        "nationalid", "telephonenumber",
    ]

    static func isNamed(_ name: String) -> Bool {
        if words.contains(where: { name.contains($0) }) { return true }
        var parts: [String] = [""]
        var lastWasLower = false
        for scalar in name.unicodeScalars {
            if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                if scalar.properties.isUppercase, lastWasLower { parts.append("") }
                parts[parts.count - 1] += String(scalar).lowercased()
                lastWasLower = scalar.properties.isLowercase
            } else {
                parts.append("")
                lastWasLower = false
            }
        }
        return parts.contains { tokens.contains($0) } || tokens.contains(name.lowercased())
    }
}
