import Glibc

/// A place in a sheet as people write it: `C17`. Row and column count from 1.
package struct CellAddress: Hashable {
    /// What a sheet can hold (ECMA-376, part 1, 18.3.1).
    package static let rowsMax: Int64 = 1_048_576
    static let columnsMax = 16_384

    let row: Int64
    let column: Int

    init(row: Int64, column: Int) {
        self.row = row
        self.column = column
    }

    /// Nil for what is no address, or lies outside a sheet.
    init?(_ text: UnsafePointer<CChar>) {
        var at = 0
        if text[at] == 0x24 { at += 1 }
        var column = 0
        while let letter = Self.letter(text[at]), column <= Self.columnsMax {
            column = column * 26 + letter
            at += 1
        }
        if text[at] == 0x24 { at += 1 }
        var row: Int64 = 0
        let digits = at
        while (0x30...0x39).contains(text[at]), row <= Self.rowsMax {
            row = row * 10 + Int64(text[at] - 0x30)
            at += 1
        }
        guard at > digits, text[at] == 0, (1...Self.rowsMax).contains(row),
            (1...Self.columnsMax).contains(column)
        else { return nil }
        self.init(row: row, column: column)
    }

    init?(_ text: String) {
        guard let address = text.withCString({ CellAddress($0) }) else { return nil }
        self = address
    }

    private static func letter(_ byte: CChar) -> Int? {
        switch byte {
        case 0x41...0x5A: Int(byte - 0x40)
        case 0x61...0x7A: Int(byte - 0x60)
        default: nil
        }
    }

    /// `A`, `Z`, `AA` for 1, 26, 27.
    package static func letters(_ column: Int) -> String {
        var letters = ""
        var rest = column
        while rest > 0 {
            let (quotient, remainder) = (rest - 1).quotientAndRemainder(dividingBy: 26)
            letters = String(UnicodeScalar(UInt8(0x41 + remainder))) + letters
            rest = quotient
        }
        return letters
    }
}

/// Cells that are shown as one: the value stands in the first of them.
struct MergedCells: Hashable {
    static let countMax = 100_000

    let rows: ClosedRange<Int64>
    let columns: ClosedRange<Int>

    /// `A1:B3`
    init?(_ text: String) {
        let ends = text.split(separator: ":").map { CellAddress(String($0)) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first.row <= last.row,
            first.column <= last.column
        else { return nil }
        rows = first.row...last.row
        columns = first.column...last.column
    }
}
