import Kernel

extension CellParser {
    /// The date at the front of a cell and how many bytes it took.
    static func datePrefix(_ cell: CellBytes, _ format: DateFormat) -> (CalendarDate, Int)? {
        switch format {
        case .dash: parts(cell, 0x2D, order: .yearFirst)
        case .slash: parts(cell, 0x2F, order: .yearFirst)
        case .dot: parts(cell, 0x2E, order: .yearFirst)
        case .dayFirst: parts(cell, 0x2F, order: .dayFirst)
        case .monthFirst: parts(cell, 0x2F, order: .monthFirst)
        case .compact: compact(cell)
        case .chinese: chinese(cell)
        }
    }

    private enum Order { case yearFirst, dayFirst, monthFirst }

    /// A number of at most `widthMax` digits at `at`.
    private static func number(_ cell: CellBytes, _ at: inout Int, _ widthMax: Int) -> Int? {
        var value = 0
        var width = 0
        while at < cell.count, width < widthMax, let digit = digit(cell[at]) {
            value = value * 10 + digit
            width += 1
            at += 1
        }
        return width > 0 ? value : nil
    }

    private static func parts(
        _ cell: CellBytes, _ separator: UInt8, order: Order
    ) -> (CalendarDate, Int)? {
        var at = 0
        func next(_ widthMax: Int, separated: Bool) -> Int? {
            if separated {
                guard at < cell.count, cell[at] == separator else { return nil }
                at += 1
            }
            return number(cell, &at, widthMax)
        }
        let isYearFirst = order == .yearFirst
        guard let first = next(isYearFirst ? 4 : 2, separated: false), !isYearFirst || at == 4,
            let second = next(2, separated: true)
        else { return nil }
        let beforeThird = at
        guard let third = next(isYearFirst ? 2 : 4, separated: true), isYearFirst || at - beforeThird == 5
        else { return nil }
        let date =
            switch order {
            case .yearFirst: CalendarDate(year: first, month: second, day: third)
            case .dayFirst: CalendarDate(year: third, month: second, day: first)
            case .monthFirst: CalendarDate(year: third, month: first, day: second)
            }
        // A further digit: the number goes on and is no day.
        if at < cell.count, digit(cell[at]) != nil { return nil }
        return date.map { ($0, at) }
    }

    private static func compact(_ cell: CellBytes) -> (CalendarDate, Int)? {
        guard cell.count >= 8, cell.count == 8 || digit(cell[8]) == nil else { return nil }
        var value = 0
        for offset in 0..<8 {
            guard let digit = digit(cell[offset]) else { return nil }
            value = value * 10 + digit
        }
        return CalendarDate(year: value / 10_000, month: value / 100 % 100, day: value % 100).map { ($0, 8) }
    }

    private static let year = Array("年".utf8)
    private static let month = Array("月".utf8)
    private static let day = Array("日".utf8)

    private static func chinese(_ cell: CellBytes) -> (CalendarDate, Int)? {
        var at = 0
        func mark(_ word: [UInt8]) -> Bool {
            guard at + 3 <= cell.count, CellBytes(cell.start + at, 3).equals(word) else { return false }
            at += 3
            return true
        }
        guard let years = number(cell, &at, 4), at == 4, mark(year), let months = number(cell, &at, 2),
            mark(month), let days = number(cell, &at, 2), mark(day)
        else { return nil }
        return CalendarDate(year: years, month: months, day: days).map { ($0, at) }
    }

    /// `H:mm`, `HH:mm:ss`, `HH:mm:ss.ffffff`; digits beyond microseconds must be zero.
    static func clock(_ cell: CellBytes, _ at: inout Int) -> (seconds: Int64, microseconds: Int64)? {
        guard let hour = number(cell, &at, 2), hour < 24, at < cell.count, cell[at] == 0x3A else {
            return nil
        }
        at += 1
        let minuteStart = at
        guard let minute = number(cell, &at, 2), at - minuteStart == 2, minute < 60 else { return nil }
        var second = 0
        var micros: Int64 = 0
        if at < cell.count, cell[at] == 0x3A {
            at += 1
            guard let value = number(cell, &at, 2), value < 60 else { return nil }
            second = value
            if at < cell.count, cell[at] == 0x2E {
                at += 1
                var width = 0
                while at < cell.count, let digit = digit(cell[at]) {
                    if width < 6 {
                        micros = micros * 10 + Int64(digit)
                    } else if digit != 0 {
                        return nil
                    }
                    width += 1
                    at += 1
                }
                guard width > 0 else { return nil }
                for _ in min(width, 6)..<6 { micros *= 10 }
            }
        }
        return (Int64(hour * 3600 + minute * 60 + second), micros)
    }

    /// `Z`, `+08:00`, `+0800`, `+08`.
    static func offsetSeconds(_ cell: CellBytes, _ at: inout Int) -> Int64? {
        let sign = cell[at]
        at += 1
        if sign == 0x5A { return 0 }
        guard sign == 0x2B || sign == 0x2D, let hours = number(cell, &at, 2), hours <= 15 else { return nil }
        var minutes = 0
        if at < cell.count {
            if cell[at] == 0x3A { at += 1 }
            guard let value = number(cell, &at, 2), value < 60 else { return nil }
            minutes = value
        }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return sign == 0x2D ? -seconds : seconds
    }
}
