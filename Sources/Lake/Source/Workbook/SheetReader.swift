import Glibc
import Kernel

/// The rows of a sheet as records, from its first row to its last, in flat memory: a cell that stands nowhere is empty, every record is as
/// wide as `width` at least, and lines are the sheet's own row numbers.
///
/// A value that is merged over several rows stands in each of them, in the column of its first cell.
final class SheetReader: RecordSource {
    let sheet: Workbook.Sheet
    let merged: [MergedCells]
    private let rows: SheetRows
    private let part: XMLPart
    private let isCancelled: () -> Bool
    private var isAtEnd = false

    var batch: RecordBatch { rows.batch }
    var blankLines: Int64 { rows.blankLines }
    var bytesRead: Int64 { part.bytesRead }
    var bytesTotal: Int64 { part.file.bytes }

    convenience init(
        _ workbook: Workbook, _ sheet: Workbook.Sheet, width: Int, _ limits: SourceLimits,
        _ isCancelled: @escaping () -> Bool
    ) throws(SourceError) {
        let file = try workbook.unpacked(sheet, isCancelled)
        // What is merged stands behind all rows.
        let merges = MergeScan()
        try XMLPart.read(sheet.name, file, merges, isCancelled)
        try self.init(workbook, sheet, file, merges.found, width: width, limits, isCancelled)
    }

    private init(
        _ workbook: Workbook, _ sheet: Workbook.Sheet, _ file: SourceFile, _ merged: [MergedCells],
        width: Int, _ limits: SourceLimits, _ isCancelled: @escaping () -> Bool
    ) throws(SourceError) {
        self.sheet = sheet
        self.merged = merged
        self.isCancelled = isCancelled
        rows = SheetRows(workbook, merged, width: width, limits)
        part = try XMLPart(sheet.name, file, rows)
    }

    /// The same sheet from its first row, with records of that width.
    func again(
        _ workbook: Workbook, width: Int, _ limits: SourceLimits
    ) throws(SourceError) -> SheetReader {
        try SheetReader(workbook, sheet, part.file, merged, width: width, limits, isCancelled)
    }

    func next(max: Int) throws(SourceError) -> Bool {
        rows.start(max: min(max, RecordBatch.recordsMax))
        while !isAtEnd, rows.batch.count == 0 {
            if try !part.proceed(isCancelled) { isAtEnd = true }
        }
        return rows.batch.count > 0
    }

    func fault(_ record: Int) -> RecordFault? { nil }

    func address(line: Int64, position: Int) -> String? {
        CellAddress.letters(position + 1) + String(line)
    }

    /// What merged cells hold together above that row is part of the header.
    func header(line: Int64, _ limits: SourceLimits) throws(SourceError) -> [String] {
        var rows: [(row: Int64, texts: [String])] = []
        while try next(max: 1) {
            let found = batch.lines[0]
            if found > line { break }
            rows.append((found, batch.texts(0, max: limits.columnsMax)))
            if found == line {
                let header = MergedHeader(merged, width: rows[rows.count - 1].texts.count)
                let first = header.firstRow(to: line)
                return header.names(rows.filter { $0.row >= first })
            }
            if rows.count > limits.titleLinesMax { rows.removeFirst() }
        }
        throw .headerMissing(line: line)
    }
}

/// `<mergeCell ref="A1:B3"/>`, by row.
private final class MergeScan: XMLHandler {
    private var cells: [MergedCells] = []
    var found: [MergedCells] {
        cells.sorted {
            ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
        }
    }

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        guard element == "mergeCell", let text = attributes.text("ref") else { return }
        guard let merged = MergedCells(text) else { return }
        cells.append(merged)
        if cells.count > MergedCells.countMax {
            failure = .workbookTooLarge(what: "<mergeCells>", max: MergedCells.countMax)
        }
    }
}

/// `<row>` by `<row>` into a batch; pauses when the batch is full.
private final class SheetRows: XMLHandler {
    private static let batchBytes = 8 << 20
    private enum Kind { case number, shared, text, truth, error }

    private(set) var batch: RecordBatch
    private(set) var blankLines: Int64 = 0
    private let workbook: Workbook
    private let limits: SourceLimits
    private let width: Int
    private var recordsMax = RecordBatch.recordsMax
    private var store = CellText()

    private var isInRows = false
    private var row: Int64 = 0
    private var column = 0
    private var firstCell = 0
    private var rowStart = 0
    private var filled = 0

    private var kind = Kind.number
    private var form = NumberForm.plain
    private var cellStart = 0
    private var isInValue = false
    private var isInReading = false
    private var hasValue = false
    private var hasFormula = false

    /// Values that reach down over several rows: those to come, and those that reach this row, by column.
    private var merges: ArraySlice<MergedCells>
    private var reaching: [Int: (last: Int64, text: [UInt8])] = [:]

    init(_ workbook: Workbook, _ merged: [MergedCells], width: Int, _ limits: SourceLimits) {
        self.workbook = workbook
        self.limits = limits
        self.width = width
        merges = merged.filter { $0.rows.count > 1 }[...]
        batch = RecordBatch(bytes: store.bytes)
    }

    deinit {
        store.deallocate()
        batch.deallocate()
    }

    func start(max: Int) {
        batch.clear()
        store.cut(to: 0)
        recordsMax = max
    }

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        if element == "c" {
            if isInRows { beginCell(attributes) }
        } else if element == "v" || element == "t" {
            isInValue = isInRows && !isInReading
            hasValue = hasValue || isInValue
        } else if element == "f" {
            hasFormula = true
        } else if element == "rPh" {
            isInReading = true
        } else if element == "row" {
            if isInRows { beginRow(attributes) }
        } else if element == "sheetData" {
            isInRows = true
        }
    }

    override func text(_ text: UnsafeBufferPointer<CChar>) {
        guard isInValue else { return }
        append(UnsafeRawBufferPointer(text))
    }

    override func end(_ element: XMLName) {
        if element == "v" || element == "t" {
            isInValue = false
        } else if element == "rPh" {
            isInReading = false
        } else if element == "c" {
            if isInRows { endCell() }
        } else if element == "row" {
            if isInRows { endRow() }
        } else if element == "sheetData" {
            isInRows = false
        }
    }

    private func append(_ text: UnsafeRawBufferPointer) {
        store.append(text)
        batch.bytes = store.bytes
        if store.count - rowStart > limits.lineBytesMax, failure == nil {
            failure = .lineTooLong(line: row, bytesMax: limits.lineBytesMax)
        }
    }

    private func beginRow(_ attributes: XMLAttributes) {
        let stated = attributes.integer("r").map(Int64.init) ?? row + 1
        guard stated > row, stated <= CellAddress.rowsMax else {
            failure = .workbookDamaged(part: "<row r=\"\(stated)\">", line: row, detail: "")
            return
        }
        blankLines += stated - row - 1
        row = stated
        column = 0
        filled = 0
        firstCell = batch.cellsCount
        rowStart = store.count
    }

    private func beginCell(_ attributes: XMLAttributes) {
        var next = column + 1
        if let reference = attributes["r"] {
            guard let address = CellAddress(reference), address.row == row, address.column >= next else {
                failure = .workbookDamaged(
                    part: "<c r=\"\(String(cString: reference).prefix(20))\">", line: row, detail: "")
                return
            }
            next = address.column
        }
        guard next <= CellAddress.columnsMax else {
            failure = .tooManyColumns(found: next, max: limits.columnsMax)
            return
        }
        for _ in column..<(next - 1) { keep(RawCell(start: store.count, length: 0, flags: 0)) }
        column = next
        cellStart = store.count
        hasValue = false
        hasFormula = false
        form = .plain
        kind = .number
        if let type = attributes["t"] {
            switch UInt8(bitPattern: type[0]) {
            case UInt8(ascii: "s"): kind = type[1] == 0 ? .shared : .text
            case UInt8(ascii: "i"), UInt8(ascii: "d"): kind = .text
            case UInt8(ascii: "b"): kind = .truth
            case UInt8(ascii: "e"): kind = .error
            default: kind = .number
            }
        }
        if kind == .number, let style = attributes["s"].map({ Int(atol($0)) }),
            workbook.forms.indices.contains(style)
        {
            form = workbook.forms[style]
        }
    }

    private func keep(_ cell: RawCell) {
        if batch.cellsCount - firstCell <= limits.columnsMax { batch.append(cell) }
    }

    private func endCell() {
        guard failure == nil else { return }
        var flags: UInt32 = 0
        let stored = UnsafeBufferPointer(start: store.bytes + cellStart, count: store.count - cellStart)
        switch kind {
        case .number:
            if stored.isEmpty { break }
            guard let text = CellNumber.text(stored, form, has1904Epoch: workbook.has1904Epoch) else {
                flags = RawCell.faultFlag
                break
            }
            replace(with: text)
        case .shared:
            guard !stored.isEmpty else { break }
            guard let index = Int(String(decoding: stored, as: UTF8.self)), let text = workbook.strings[index]
            else {
                failure = .workbookDamaged(
                    part: "\(CellAddress.letters(column))\(row)", line: row, detail: "")
                return
            }
            store.cut(to: cellStart)
            append(text)
        case .text:
            if memchr(store.bytes + cellStart, 0x5F, stored.count) != nil {
                var text = Array(stored)
                EscapedText.unescape(&text, from: 0)
                store.cut(to: cellStart)
                text.withUnsafeBytes(append)
            }
        case .truth: replace(with: stored.first == UInt8(ascii: "1") ? "TRUE" : "FALSE")
        case .error: flags = RawCell.faultFlag
        }
        if hasFormula, !hasValue {
            // Whoever wrote the workbook did not calculate it.
            replace(with: "=")
            flags = RawCell.faultFlag
        }
        if memchr(store.bytes + cellStart, 0, store.count - cellStart) != nil { batch.hasNul = true }
        if store.count > cellStart { filled = column }
        keep(RawCell(start: cellStart, length: store.count - cellStart, flags: flags))
    }

    private func replace(with text: String) {
        store.cut(to: cellStart)
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    private func endRow() {
        guard failure == nil else { return }
        // A row that nothing was written into is none, whatever is merged across it.
        let isFilled = filled > 0
        fillDown()
        guard isFilled else {
            batch.dropCells(from: firstCell)
            store.cut(to: rowStart)
            blankLines += 1
            return
        }
        while column < width {
            keep(RawCell(start: store.count, length: 0, flags: 0))
            column += 1
        }
        batch.finishRecord(line: row, firstCell: firstCell, cellsInAll: max(width, filled))
        if batch.count >= recordsMax || store.count >= Self.batchBytes { wantsPause = true }
    }

    private func fillDown() {
        for (column, value) in reaching {
            if value.last < row {
                reaching[column] = nil
                continue
            }
            let index = firstCell + column - 1
            while self.column < column {
                keep(RawCell(start: store.count, length: 0, flags: 0))
                self.column += 1
            }
            guard index < batch.cellsCount, batch.cells[index].length == 0, !value.text.isEmpty else {
                continue
            }
            let start = store.count
            value.text.withUnsafeBytes(append)
            batch.cells[index] = RawCell(start: start, length: value.text.count, flags: 0)
            filled = max(filled, column)
        }
        while let merge = merges.first, merge.rows.lowerBound <= row {
            merges.removeFirst()
            let index = firstCell + merge.columns.lowerBound - 1
            guard merge.rows.lowerBound == row, index < batch.cellsCount else { continue }
            let cell = batch.cells[index]
            reaching[merge.columns.lowerBound] = (
                merge.rows.upperBound,
                Array(UnsafeBufferPointer(start: store.bytes + Int(cell.start), count: cell.length))
            )
        }
    }
}
