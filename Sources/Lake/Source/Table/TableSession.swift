import Glibc
import Policy

/// One column as a database declares it.
struct TableField: Hashable {
    var name: String
    /// The type in the words of the database.
    var declared: String
    /// Nil: a type that no version can hold.
    var type: ColumnType?
    /// What is asked for, when the column itself would arrive inexactly.
    var expression: String?
}

/// A table that another program keeps, opened only to read, for one probe or one staging. Its rows come as text, which says every number
/// exactly, and are typed by the same code as the cells of a file.
protocol TableSession: AnyObject {
    /// In the order of the table.
    func fields() throws(SourceError) -> [TableField]
    func fingerprint(_ fields: [TableField]) throws(SourceError) -> SourceFingerprint
    /// About how many there are.
    func estimatedRows() throws(SourceError) -> Int64
    /// The rows, with the cells of `fields` in their order; all of them are of one state of the table.
    func rows(_ fields: [TableField], max: Int64?) throws(SourceError) -> any TableCursor
    /// Asked when all rows were read: whether what was read is one state of the table.
    func requireUnchanged(rowsRead: Int64) throws(SourceError)
    /// Leaves the other program alone at once, whoever still holds this: a transaction left open would keep its tables locked.
    func close()
}

extension TableSession {
    /// Nobody waits for a file to be let go.
    func close() {}
}

/// Rows one after the other. The bytes of a cell are valid until the next cell is asked for; cells are asked for in order.
protocol TableCursor: AnyObject {
    /// False after the last row.
    func next() throws(SourceError) -> Bool
    func cell(_ position: Int) throws(SourceError) -> TableCell
}

enum TableCell {
    case null
    case text(UnsafeRawBufferPointer)
    /// A value that is no text, where the column says that it holds some.
    case binary
}

/// The rows of a cursor as records.
final class TableRecords: RecordSource {
    private static let batchBytes = 8 << 20

    private(set) var batch: RecordBatch
    let blankLines: Int64 = 0
    /// Counted in rows: nobody knows the bytes of a table.
    private(set) var bytesRead: Int64 = 0
    let bytesTotal: Int64

    private let cursor: any TableCursor
    private let names: [String]
    /// Where in a record the cells of the cursor stand.
    private let positions: [Int]
    private let cellBytesMax: Int
    private var faults: [Int: RecordFault] = [:]
    private var store = CellText()
    /// Asked once more after its last row, a cursor may begin anew.
    private var isOver = false

    init(
        _ cursor: any TableCursor, names: [String], positions: [Int], rowsExpected: Int64,
        _ limits: SourceLimits
    ) {
        self.cursor = cursor
        self.names = names
        self.positions = positions
        bytesTotal = rowsExpected
        cellBytesMax = limits.cellBytesMax
        batch = RecordBatch(bytes: store.bytes)
    }

    deinit {
        store.deallocate()
        batch.deallocate()
    }

    func fault(_ record: Int) -> RecordFault? { faults.isEmpty ? nil : faults[record] }
    func address(line: Int64, position: Int) -> String? { nil }
    func header(line: Int64, _ limits: SourceLimits) throws(SourceError) -> [String] { names }

    func next(max: Int) throws(SourceError) -> Bool {
        batch.clear()
        faults.removeAll(keepingCapacity: true)
        store.cut(to: 0)
        while !isOver, batch.count < min(max, RecordBatch.recordsMax), store.count < Self.batchBytes {
            if try cursor.next() { try take() } else { isOver = true }
        }
        return batch.count > 0
    }

    private func take() throws(SourceError) {
        let first = batch.cellsCount
        var asked = 0
        for position in names.indices {
            guard asked < positions.count, positions[asked] == position else {
                batch.append(RawCell(start: store.count, length: 0, flags: 0))
                continue
            }
            switch try cursor.cell(asked) {
            case .null: batch.append(RawCell(start: store.count, length: 0, flags: 0))
            case .text(let bytes): append(bytes, position)
            case .binary:
                fault(position, UnsafeRawBufferPointer(start: nil, count: 0))
                batch.append(RawCell(start: store.count, length: 0, flags: 0))
            }
            asked += 1
        }
        bytesRead += 1
        batch.finishRecord(line: bytesRead, firstCell: first, cellsInAll: names.count)
    }

    private func append(_ bytes: UnsafeRawBufferPointer, _ position: Int) {
        // One byte more than is taken tells that it was too long.
        let kept = UnsafeRawBufferPointer(rebasing: bytes.prefix(cellBytesMax + 1))
        let start = store.count
        store.append(kept)
        batch.bytes = store.bytes
        batch.append(RawCell(start: start, length: kept.count, flags: RawCell.declaredFlag))
        guard let base = kept.baseAddress, kept.count <= cellBytesMax else { return }
        if !batch.hasNul, memchr(base, 0, kept.count) != nil { batch.hasNul = true }
        let found = UTF8Check.prefix(store.bytes + start, kept.count, isLast: true)
        if found.fault != nil { fault(position, kept) }
    }

    private func fault(_ position: Int, _ bytes: UnsafeRawBufferPointer) {
        guard faults[batch.count] == nil else { return }
        faults[batch.count] = RecordFault(
            reason: .notText, column: names[position], excerpt: bytes.bindMemory(to: UInt8.self))
    }
}
