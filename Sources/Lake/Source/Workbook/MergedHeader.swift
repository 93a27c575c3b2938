/// A header of several rows, which merged cells hold together: a heading over several columns, names that reach down beside it.
struct MergedHeader {
    /// No header that people read has more.
    private static let rowsMax: Int64 = 10

    private let merged: [MergedCells]

    /// What spans most of the table from its first column is a title, no heading.
    init(_ merged: [MergedCells], width: Int) {
        self.merged = merged.filter {
            $0.rows.count <= Self.rowsMax
                && !($0.columns.lowerBound == 1 && $0.columns.count * 3 >= width * 2)
        }
    }

    /// Where a header ends that begins on `row`.
    func lastRow(from row: Int64) -> Int64 {
        var last = row
        while last - row < Self.rowsMax {
            let reached = merged.reduce(last) { reached, cells in
                guard cells.rows.lowerBound >= row, cells.rows.contains(last) else { return reached }
                let isHeading = cells.columns.count > 1 && cells.rows.upperBound == last
                return max(reached, cells.rows.upperBound + (isHeading ? 1 : 0))
            }
            if reached == last { break }
            last = reached
        }
        return last
    }

    /// Where a header begins that ends on `row`.
    func firstRow(to row: Int64) -> Int64 {
        var first = row
        while row - first < Self.rowsMax {
            let reached = merged.reduce(first) { reached, cells in
                let reachesDown = cells.rows.upperBound <= row && cells.rows.contains(first)
                let isHeading = cells.columns.count > 1 && cells.rows.upperBound == first - 1
                return reachesDown || isHeading ? min(reached, cells.rows.lowerBound) : reached
            }
            if reached == first { break }
            first = reached
        }
        return first
    }

    /// The names of the columns: what stands above each other, said once, `登记信息 日期`. `rows` are the rows of the header, in order.
    func names(_ rows: [(row: Int64, texts: [String])]) -> [String] {
        let width = rows.map(\.texts.count).max() ?? 0
        var names = [[String]](repeating: [], count: width)
        for (row, texts) in rows {
            var texts = texts + [String](repeating: "", count: width - texts.count)
            for cells in merged where cells.rows.contains(row) && cells.columns.upperBound <= width {
                for column in cells.columns where texts[column - 1].isEmpty {
                    texts[column - 1] = texts[cells.columns.lowerBound - 1]
                }
            }
            for (column, text) in texts.enumerated() where !text.isEmpty && names[column].last != text {
                names[column].append(text)
            }
        }
        return names.map { $0.joined(separator: " ") }
    }
}
