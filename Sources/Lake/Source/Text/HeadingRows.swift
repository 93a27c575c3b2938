/// A header of several lines in a text table: headings over several columns, `2024年,,2025年,`, and under them the names, `户数,人数,户数,人数`.
///
/// A text has no merged cells that would say so. Lines belong together when the upper has a heading with blanks to its right, the lower
/// names what stands under them, and the rows below are numbers or dates where both are words.
struct HeadingRows {
    private static let rowsMax = 5

    private let records: [HeadRecord]
    private let width: Int

    init(_ records: [HeadRecord], width: Int) {
        self.records = records
        self.width = width
    }

    /// Where a header ends that begins on `line`.
    func lastLine(from line: Int64) -> Int64 {
        guard var position = position(of: line) else { return line }
        for _ in 1..<Self.rowsMax where joins(position) { position += 1 }
        return records[position].line
    }

    /// Where a header begins that ends on `line`.
    func firstLine(to line: Int64) -> Int64 {
        guard var position = position(of: line) else { return line }
        for _ in 1..<Self.rowsMax where position > 0 && joins(position - 1) { position -= 1 }
        return records[position].line
    }

    private func position(of line: Int64) -> Int? { records.firstIndex { $0.line == line } }

    /// Whether the record at `position` stands over the next.
    private func joins(_ position: Int) -> Bool {
        guard position + 1 < records.count, records[position].cells == width,
            records[position + 1].cells == width,
            width > 1
        else { return false }
        let upper = records[position].texts
        let lower = records[position + 1].texts
        guard upper.allSatisfy(Self.mayBeHeading),
            lower.allSatisfy({ [.text, .empty].contains(CellKind.of($0)) })
        else {
            return false
        }
        // What stands alone in the first column is a title.
        guard upper.dropFirst().contains(where: { CellKind.of($0) != .empty }) else { return false }
        let body = records[(position + 2)...].filter { $0.cells == width }.drop {
            // More of the header may follow.
            !$0.texts.contains { [.number, .date].contains(CellKind.of($0)) }
        }
        var underHeadings = 0
        var hasHeading = false
        for column in 0..<width {
            let isBlank = CellKind.of(upper[column]) == .empty
            let isNamed = CellKind.of(lower[column]) != .empty
            if !isBlank { hasHeading = true }
            if isNamed, isBlank, hasHeading, isTyped(column, in: body) { underHeadings += 1 }
        }
        return underHeadings > 0
    }

    /// Words, or the years of a series.
    private static func mayBeHeading(_ text: String) -> Bool {
        switch CellKind.of(text) {
        case .text, .empty: true
        case .number: Int(text.filter { !$0.isWhitespace }).map { (1900...2100).contains($0) } ?? false
        case .date: false
        }
    }

    private func isTyped(_ column: Int, in body: ArraySlice<HeadRecord>) -> Bool {
        let kinds = body.map { CellKind.of($0.texts[column]) }.filter { $0 != .empty }
        return !kinds.isEmpty && kinds.filter { $0 != .text }.count * 10 >= kinds.count * 8
    }

    /// The names of the columns, `2024年 户数`: a heading holds until the next one begins.
    static func names(_ rows: [[String]]) -> [String] {
        guard let last = rows.last else { return [] }
        var names = [[String]](repeating: [], count: last.count)
        for (index, row) in rows.enumerated() {
            var heading = ""
            for column in 0..<min(row.count, last.count) {
                let own = HeaderNames.tidy(row[column])
                if !own.isEmpty { heading = own }
                let isUnder = own.isEmpty && !HeaderNames.tidy(last[column]).isEmpty && index < rows.count - 1
                let text = isUnder ? heading : own
                if !text.isEmpty, names[column].last != text { names[column].append(text) }
            }
        }
        return names.map { $0.joined(separator: " ") }
    }
}
