/// One cell of a record: where its bytes lie, and what its quotes were like.
struct RawCell {
    var start: UInt32
    private var packed: UInt32

    static let quotedFlag: UInt32 = 1 << 31
    static let strayFlag: UInt32 = 1 << 30
    static let escapedFlag: UInt32 = 1 << 29
    static let faultFlag: UInt32 = 1 << 28
    static let declaredFlag: UInt32 = 1 << 27
    private static let lengthMask: UInt32 = (1 << 27) - 1

    init(start: Int, length: Int, flags: UInt32) {
        self.start = UInt32(truncatingIfNeeded: start)
        packed = UInt32(truncatingIfNeeded: length) | flags
    }

    var length: Int { Int(packed & Self.lengthMask) }
    var isQuoted: Bool { packed & Self.quotedFlag != 0 }
    /// Text stands after the closing quote; the bytes then begin with the opening quote.
    var isStray: Bool { packed & Self.strayFlag != 0 }
    var isEscaped: Bool { packed & Self.escapedFlag != 0 }
    /// A formula of a sheet that came to no value; the bytes say to what instead.
    var isFault: Bool { packed & Self.faultFlag != 0 }
    /// A value of a database: even without a character it is no NULL, and no spreadsheet was at work on it.
    var isDeclared: Bool { packed & Self.declaredFlag != 0 }

    mutating func unescaped(to length: Int) {
        packed = UInt32(truncatingIfNeeded: length) | packed & (Self.quotedFlag | Self.strayFlag)
    }
}

/// Records of a table, a batch at a time: of a text, or of a sheet.
protocol RecordSource: AnyObject {
    /// Valid until the next step.
    var batch: RecordBatch { get }
    var blankLines: Int64 { get }
    var bytesRead: Int64 { get }
    var bytesTotal: Int64 { get }

    /// The next records, at most `max`; false when there are none left.
    func next(max: Int) throws(SourceError) -> Bool

    /// What is wrong with a record of the batch as a whole.
    func fault(_ record: Int) -> RecordFault?

    /// How people call that cell; nil where cells have no names.
    func address(line: Int64, position: Int) -> String?

    /// The cells of the record on that line as a header, and then stands behind it.
    func header(line: Int64, _ limits: SourceLimits) throws(SourceError) -> [String]
}

/// Why a record is none of the table's rows.
struct RecordFault {
    let reason: Reject.Reason
    let column: String?
    let excerpt: String

    init(reason: Reject.Reason, column: String?, excerpt: UnsafeBufferPointer<UInt8>) {
        self.reason = reason
        self.column = column
        self.excerpt = String(decoding: excerpt.prefix(400), as: UTF8.self)
    }
}

/// The records of one step of a `RecordSource`; valid until its next step.
struct RecordBatch {
    static let recordsMax = 2048

    private(set) var count = 0
    let lines: UnsafeMutablePointer<Int64>
    /// Cells of each record in all; only the first `cellsKeptMax` of them are kept.
    let cellCounts: UnsafeMutablePointer<Int32>
    let firstCells: UnsafeMutablePointer<Int32>
    private(set) var cells: UnsafeMutablePointer<RawCell>
    private(set) var cellsCapacity: Int
    private(set) var cellsCount = 0
    var bytes: UnsafeMutablePointer<UInt8>
    /// A NUL has been read somewhere: cells must be looked at.
    var hasNul = false

    init(bytes: UnsafeMutablePointer<UInt8>) {
        lines = .allocate(capacity: Self.recordsMax)
        cellCounts = .allocate(capacity: Self.recordsMax)
        firstCells = .allocate(capacity: Self.recordsMax)
        cellsCapacity = 65_536
        cells = .allocate(capacity: cellsCapacity)
        self.bytes = bytes
    }

    func deallocate() {
        lines.deallocate()
        cellCounts.deallocate()
        firstCells.deallocate()
        cells.deallocate()
    }

    mutating func clear() {
        count = 0
        cellsCount = 0
    }

    mutating func growCells() {
        let larger = UnsafeMutablePointer<RawCell>.allocate(capacity: cellsCapacity * 2)
        larger.moveInitialize(from: cells, count: cellsCount)
        cells.deallocate()
        cells = larger
        cellsCapacity *= 2
    }

    mutating func append(_ cell: RawCell) {
        if cellsCount == cellsCapacity { growCells() }
        (cells + cellsCount).initialize(to: cell)
        cellsCount += 1
    }

    mutating func finishRecord(line: Int64, firstCell: Int, cellsInAll: Int) {
        lines[count] = line
        firstCells[count] = Int32(truncatingIfNeeded: firstCell)
        cellCounts[count] = Int32(truncatingIfNeeded: cellsInAll)
        count += 1
    }

    /// Forgets the cells of a record that is not whole yet.
    mutating func dropCells(from first: Int) { cellsCount = first }

    func cell(_ record: Int, _ column: Int) -> RawCell { cells[Int(firstCells[record]) + column] }

    func text(_ cell: RawCell) -> String {
        String(
            decoding: UnsafeBufferPointer(start: bytes + Int(cell.start), count: cell.length), as: UTF8.self)
    }

    /// All cells of a record as text.
    func texts(_ record: Int, max: Int) -> [String] {
        (0..<min(max, Int(cellCounts[record]))).map { text(cell(record, $0)) }
    }
}
