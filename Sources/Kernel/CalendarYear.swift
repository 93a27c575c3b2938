/// One year as it was announced: the document, and what it says of days.
package struct CalendarYear: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case holiday
        /// A Saturday or Sunday worked in exchange (调休上班).
        case working

        /// As it is written in a file, and as people write it.
        fileprivate static let names: [String: Kind] = [
            "holiday": .holiday, "放假": .holiday, "working": .working, "上班": .working,
        ]
    }

    /// Days in a row of one kind, at most `spanDaysMax`.
    package struct Span: Sendable, Hashable {
        package let kind: Kind
        package let from: CalendarDate
        package let to: CalendarDate
        /// Of the holiday; for a day worked in exchange, the holiday it is exchanged for.
        package let name: String

        package var dates: [CalendarDate] {
            (0...(to.daysSince1970 - from.daysSince1970)).map { from.adding(days: $0) }
        }

        fileprivate var day: WorkingDayCalendar.Day {
            kind == .holiday ? .holiday(name) : .exchanged(for: name)
        }
    }

    package static let spanDaysMax = 31

    package let year: Int
    package let announcement: String
    package fileprivate(set) var spans: [Span] = []

    /// As `WorkingDayCalendar` reads it.
    package var tsv: String {
        let lines =
            ["year\t\(year)\t\(year)\t\(announcement)"]
            + spans.map { "\($0.kind.rawValue)\t\($0.from)\t\($0.to)\t\($0.name)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the announcement makes of days. An announcement may speak of the last days of December before it.
    var exceptions: [CalendarDate: WorkingDayCalendar.Day] {
        var days: [CalendarDate: WorkingDayCalendar.Day] = [:]
        for span in spans { for date in span.dates { days[date] = span.day } }
        return days
    }
}

extension CalendarYear {
    /// What is wrong with one line; a word says how it should be.
    package enum Wrong: String, Sendable, Hashable, CaseIterable {
        case fourCells = "four-cells"
        case year
        case dates
        case kind
        /// The day is of no year that the text announces.
        case announcement
        /// Only Saturdays and Sundays are worked in exchange.
        case weekday
        case saidTwice = "said-twice"
        case tooLong = "too-long"
    }

    package struct LineFault: Error, Sendable, Hashable {
        /// From 1.
        package let line: Int
        package let what: Wrong

        package var message: Message {
            Message("calendar.line", ["line": String(line), "what": what.rawValue])
        }
    }

    package static let textCharactersMax = 200

    /// Lines of four cells, parted by tabs or commas: `year 2026 2026 <announcement>`, `holiday <date> <date> <name>`, `working …`; 年度, 放假
    /// and 上班 say the same. Lines that begin with `#` are left out, and a second day that is the first may be left empty. Answers every
    /// wrong line, and the years as far as they could be read.
    package static func read(_ text: String) -> (years: [CalendarYear], faults: [LineFault]) {
        var reading = Reading()
        let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for (index, line) in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            if line.hasPrefix("#") || line.allSatisfy({ $0.isWhitespace || $0 == "," }) { continue }
            if let what = reading.take(line) { reading.faults.append(LineFault(line: index + 1, what: what)) }
        }
        return (reading.years.values.sorted { $0.year < $1.year }, reading.faults)
    }

    private struct Reading {
        var years: [Int: CalendarYear] = [:]
        var faults: [LineFault] = []
        private var said: Set<CalendarDate> = []

        /// Nil when the line is right.
        mutating func take(_ line: Substring) -> Wrong? {
            let cells = Self.cells(line)
            guard cells.count == 4, !cells[3].isEmpty else { return .fourCells }
            guard cells[3].unicodeScalars.count <= CalendarYear.textCharactersMax else { return .tooLong }
            if cells[0] == "year" || cells[0] == "年度" {
                guard let year = Int(cells[1]), (1_000...9_998).contains(year),
                    cells[2] == cells[1] || cells[2].isEmpty, years[year] == nil
                else { return .year }
                years[year] = CalendarYear(year: year, announcement: cells[3])
                return nil
            }
            guard let kind = Kind.names[cells[0]] else { return .kind }
            guard let from = CalendarDate(cells[1]),
                let to = cells[2].isEmpty ? from : CalendarDate(cells[2]), from <= to,
                to.daysSince1970 - from.daysSince1970 < CalendarYear.spanDaysMax
            else { return .dates }
            return take(Span(kind: kind, from: from, to: to, name: cells[3]))
        }

        private mutating func take(_ span: Span) -> Wrong? {
            guard let year = announcing(span.to), span.dates.allSatisfy({ announcing($0) != nil }) else {
                return .announcement
            }
            if span.kind == .working, span.dates.contains(where: { $0.weekday < 6 }) { return .weekday }
            guard said.isDisjoint(with: span.dates) else { return .saidTwice }
            said.formUnion(span.dates)
            years[year]?.spans.append(span)
            return nil
        }

        /// The year whose announcement may speak of the day: its own, or in December the next.
        private func announcing(_ date: CalendarDate) -> Int? {
            let (year, month, _) = date.components
            if years[year] != nil { return year }
            return month == 12 && years[year + 1] != nil ? year + 1 : nil
        }

        /// The last cell may hold commas; quotes of a spreadsheet are taken away.
        private static func cells(_ line: Substring) -> [String] {
            let isTabbed = line.contains("\t")
            let cells = line.split(
                separator: isTabbed ? "\t" : ",", maxSplits: isTabbed ? Int.max : 3,
                omittingEmptySubsequences: false)
            return cells.map { cell in
                var text = cell.drop(while: \.isWhitespace)
                while text.last?.isWhitespace == true { text.removeLast() }
                if text.count >= 2, text.first == "\"", text.last == "\"" {
                    text = text.dropFirst().dropLast()
                }
                return String(text).replacing("\"\"", with: "\"")
            }
        }
    }
}
