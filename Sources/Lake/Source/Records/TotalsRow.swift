/// What becomes of rows that add up others: they are no rows of the table, and would be counted twice by whoever adds it up.
package enum TotalsRows: String, Hashable, Sendable, Codable, CaseIterable {
    case leftOut = "left-out"
    case kept
}

/// A row that adds up others, told by its first word: `合计`, `总 计：`, `Total (yuan)`. It holds at least one number.
enum TotalsRow {
    private static let words: Set<String> = [
        "合计", "总计", "小计", "共计", "累计", "合計", "總計", "小計", "共計", "累計", "total", "totals", "grandtotal",
        "subtotal",
        "sub-total",
    ]
    /// First bytes of the words in UTF-8: almost every row is let go by its first byte.
    private static let beginnings: Set<UInt8> = Set(
        words.flatMap { [$0.utf8.first, $0.uppercased().utf8.first] }.compactMap(\.self))
    private static let bytesMax = 120
    private static let cellsMax = 2_000

    static func isFound(in batch: RecordBatch, _ record: Int) -> Bool {
        let count = min(Int(batch.cellCounts[record]), cellsMax)
        let first = batch.cells + Int(batch.firstCells[record])
        for position in 0..<count {
            let cell = CellBytes(batch.bytes + Int(first[position].start), first[position].length).trimmed
            if cell.count == 0 { continue }
            guard beginnings.contains(cell[0]), cell.count <= bytesMax, isWord(cell.text) else {
                return false
            }
            return (position + 1..<count).contains { other in
                CellParser.double(
                    CellBytes(batch.bytes + Int(first[other].start), first[other].length).trimmed) != nil
            }
        }
        return false
    }

    private static func isWord(_ text: String) -> Bool {
        let bare = text.lowercased().filter { !$0.isWhitespace }
            .prefix { $0 != "（" && $0 != "(" && $0 != "：" && $0 != ":" }
        return words.contains(String(bare))
    }
}
