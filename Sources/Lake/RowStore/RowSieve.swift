import Policy

/// Judges rows where they lie: of each it reads what a program's condition needs, and of those that pass what leaves. One for a
/// page or a look-up.
struct RowSieve {
    let program: RowProgram
    /// Whether the condition reads a column, up to the last that it does.
    private let judged: [Bool]
    private let leaving: [Bool]
    /// The row at hand; what nobody reads stays NULL.
    private var row: [Value]

    init(_ program: RowProgram, columns: Int) {
        self.program = program
        judged = Self.reads(program.conditionColumns)
        leaving = Self.reads(program.outputColumns)
        row = Array(repeating: .null, count: columns)
    }

    private static func reads(_ columns: [Int]) -> [Bool] {
        (0..<(columns.last.map { $0 + 1 } ?? 0)).map { columns.contains($0) }
    }

    mutating func passes(_ bytes: UnsafeRawBufferPointer, at start: Int) throws(LakeError) -> Bool {
        try read(judged, of: bytes, at: start)
        return program.passes(row)
    }

    /// What leaves of a row that passes.
    mutating func output(of bytes: UnsafeRawBufferPointer, at start: Int) throws(LakeError) -> [Value] {
        try read(leaving, of: bytes, at: start)
        return program.masked(row)
    }

    private mutating func read(
        _ columns: [Bool], of bytes: UnsafeRawBufferPointer, at start: Int
    ) throws(LakeError) {
        var offset = start
        for column in columns.indices {
            if columns[column] {
                row[column] = try RowEncoding.cell(bytes, at: &offset)
            } else {
                try RowEncoding.skip(bytes, at: &offset, columns: 1)
            }
        }
    }
}
