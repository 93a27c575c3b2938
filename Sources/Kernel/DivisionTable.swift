/// The divisions of a city by their names, with the days on which each name was valid. Data with a source, never a formula.
package struct DivisionTable: Sendable {
    package struct Line: Hashable, Sendable {
        package let code: DivisionCode
        package let name: String
        /// Nil: as long as anybody remembers.
        package let from: CalendarDate?
        /// The last day; nil while the name is in use.
        package let to: CalendarDate?
    }

    package enum Fault: Error, Hashable, Sendable { case line(Int, String) }

    package let lines: [Line]

    /// Tab-separated `code name`, and where a name has days `code name from to`, either of them empty. Lines that begin with `#` are
    /// left out.
    package init(tsv: String) throws(Fault) {
        var lines: [Line] = []
        for (index, line) in tsv.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 2 || cells.count == 4, !cells[1].isEmpty else {
                throw .line(index + 1, "two or four cells")
            }
            guard let code = DivisionCode(cells[0]) else { throw .line(index + 1, "code") }
            let days = cells.dropFirst(2).map { $0.isEmpty ? nil : CalendarDate($0) }
            guard zip(cells.dropFirst(2), days).allSatisfy({ $0.isEmpty || $1 != nil }) else {
                throw .line(index + 1, "dates")
            }
            lines.append(
                Line(code: code, name: cells[1], from: days.first ?? nil, to: days.last ?? nil))
        }
        self.lines = lines
    }

    /// What is below a city: counties, districts and zones, by their names of that day, in the order of the table.
    package func counties(on day: CalendarDate) -> [String] {
        var seen: Set<String> = []
        return lines.filter { line in
            !line.code.isProvince && !line.code.isCity && line.from.map { $0 <= day } ?? true
                && line.to.map { day <= $0 } ?? true
        }.map(\.name).filter { seen.insert($0).inserted }
    }
}

extension DivisionTable.Fault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .line(let number, let what):
            Problem(.invalid, Message("divisions.line", ["line": String(number), "what": what]))
        }
    }
}
