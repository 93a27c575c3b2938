import Glibc

/// Cuts decoded text into records and cells (RFC 4180, any line break, lines counted as an editor does), a batch at a time.
///
/// A quote inside an unquoted cell is a character like others. Blank lines are counted and left out. Memory is one buffer that
/// grows to the longest record and never beyond `lineBytesMax`.
final class RecordReader: RecordSource {
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let quote: UInt8 = 0x22
    private static let blockBytes = 2 << 20

    let stream: TextStream
    private(set) var batch: RecordBatch
    private(set) var blankLines: Int64 = 0
    var bytesRead: Int64 { stream.bytesRead }
    var bytesTotal: Int64 { stream.file.bytes }

    private let delimiter: UInt8
    private let quoting: Bool
    private let headingsFrom: Int64?
    private let lineBytesMax: Int
    private let cellsKeptMax: Int
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var head = 0
    private var tail = 0
    private var line: Int64 = 1
    /// 1 for bytes that end a run of plain text in an unquoted cell.
    private let ends: UnsafeMutablePointer<UInt8>

    init(_ stream: TextStream, _ dialect: TextDialect, _ limits: SourceLimits) {
        self.stream = stream
        delimiter = dialect.delimiter.byte
        quoting = dialect.quoting
        headingsFrom = dialect.headingsFrom
        lineBytesMax = limits.lineBytesMax
        cellsKeptMax = limits.columnsMax + 1
        capacity = Self.blockBytes
        bytes = .allocate(capacity: capacity + 16)
        batch = RecordBatch(bytes: bytes)
        ends = .allocate(capacity: 256)
        ends.initialize(repeating: 0, count: 256)
        for byte in [Self.lineFeed, Self.carriageReturn, delimiter] { ends[Int(byte)] = 1 }
    }

    deinit {
        bytes.deallocate()
        ends.deallocate()
        batch.deallocate()
    }

    func next(max: Int) throws(SourceError) -> Bool {
        batch.clear()
        while batch.count == 0 {
            try parse(max: min(max, RecordBatch.recordsMax))
            if batch.count > 0 { return true }
            if stream.isAtEnd, head == tail { return false }
            try refill()
        }
        return true
    }

    func fault(_ record: Int) -> RecordFault? { nil }
    func address(line: Int64, position: Int) -> String? { nil }

    func header(line: Int64, _ limits: SourceLimits) throws(SourceError) -> [String] {
        var headings: [[String]] = []
        while try next(max: 1) {
            if let headingsFrom, (headingsFrom..<line).contains(batch.lines[0]) {
                headings.append(batch.texts(0, max: limits.columnsMax))
            }
            if batch.lines[0] == line {
                let count = Int(batch.cellCounts[0])
                guard count <= limits.columnsMax else {
                    throw .tooManyColumns(found: count, max: limits.columnsMax)
                }
                let names = batch.texts(0, max: limits.columnsMax)
                return headings.isEmpty ? names : HeadingRows.names(headings + [names])
            }
            if batch.lines[0] > line { break }
        }
        throw .headerMissing(line: line)
    }

    private func refill() throws(SourceError) {
        let rest = tail - head
        guard rest <= lineBytesMax else { throw .lineTooLong(line: line, bytesMax: lineBytesMax) }
        if head > 0 {
            memmove(bytes, bytes + head, rest)
            head = 0
            tail = rest
        }
        if capacity - tail < Self.blockBytes / 2 {
            let wider = capacity * 2
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wider + 16)
            memcpy(larger, bytes, tail)
            bytes.deallocate()
            bytes = larger
            capacity = wider
            batch.bytes = larger
        }
        while capacity - tail >= TextStream.roomMin, !stream.isAtEnd {
            let got = try stream.read(into: bytes + tail, room: capacity - tail)
            if !batch.hasNul, got > 0, memchr(bytes + tail, 0, got) != nil { batch.hasNul = true }
            tail += got
        }
    }

    /// What became of one cell.
    private enum Outcome { case delimiter, recordEnd, incomplete }

    private func parse(max: Int) throws(SourceError) {
        bytes[tail] = Self.lineFeed
        while batch.count < max, head < tail {
            let firstCell = batch.cellsCount
            let startLine = line
            var at = head
            var count = 0
            var outcome = Outcome.delimiter
            while outcome == .delimiter {
                outcome = try cell(&at, kept: count < cellsKeptMax)
                count += 1
            }
            if outcome == .incomplete {
                batch.dropCells(from: firstCell)
                line = startLine
                return
            }
            guard at - head <= lineBytesMax else {
                throw .lineTooLong(line: startLine, bytesMax: lineBytesMax)
            }
            head = at
            if count == 1, batch.cells[firstCell].length == 0, !batch.cells[firstCell].isQuoted {
                batch.dropCells(from: firstCell)
                blankLines += 1
                continue
            }
            for index in firstCell..<batch.cellsCount where batch.cells[index].isEscaped { unescape(index) }
            batch.finishRecord(line: startLine, firstCell: firstCell, cellsInAll: count)
        }
    }

    /// Reads one cell from `at` and the delimiter or line break behind it.
    @inline(__always)
    private func cell(_ at: inout Int, kept: Bool) throws(SourceError) -> Outcome {
        let start = at
        let bytes = bytes
        let ends = ends
        if quoting, bytes[at] == Self.quote, at < tail { return try quotedCell(&at, kept: kept) }
        while ends[Int(bytes[at])] == 0 { at += 1 }
        if kept { batch.append(RawCell(start: start, length: at - start, flags: 0)) }
        return finish(&at)
    }

    /// `at` stands on what ends a cell, or on `tail`.
    @inline(__always)
    private func finish(_ at: inout Int) -> Outcome {
        if at == tail {
            if !stream.isAtEnd { return .incomplete }
            line += 1
            return .recordEnd
        }
        let byte = bytes[at]
        if byte == delimiter {
            at += 1
            return .delimiter
        }
        if byte == Self.carriageReturn {
            if at + 1 == tail, !stream.isAtEnd { return .incomplete }
            at += at + 1 < tail && bytes[at + 1] == Self.lineFeed ? 2 : 1
        } else {
            at += 1
        }
        line += 1
        return .recordEnd
    }

    private func quotedCell(_ at: inout Int, kept: Bool) throws(SourceError) -> Outcome {
        let opening = at
        let openingLine = line
        var flags = RawCell.quotedFlag
        at += 1
        while true {
            while bytes[at] != Self.quote, bytes[at] != Self.lineFeed, bytes[at] != Self.carriageReturn {
                at += 1
            }
            if at == tail {
                if stream.isAtEnd { throw .quoteNotClosed(line: openingLine) }
                return .incomplete
            }
            if bytes[at] != Self.quote {
                // CRLF is one break: only its CR counts.
                if bytes[at] == Self.carriageReturn || bytes[at - 1] != Self.carriageReturn { line += 1 }
                at += 1
                continue
            }
            if at + 1 == tail, !stream.isAtEnd { return .incomplete }
            if at + 1 < tail, bytes[at + 1] == Self.quote {
                flags |= RawCell.escapedFlag
                at += 2
                continue
            }
            break
        }
        let close = at
        at += 1
        if at < tail, ends[Int(bytes[at])] == 0 {
            while ends[Int(bytes[at])] == 0 { at += 1 }
            if kept {
                batch.append(
                    RawCell(
                        start: opening, length: at - opening, flags: RawCell.quotedFlag | RawCell.strayFlag))
            }
        } else if kept {
            batch.append(RawCell(start: opening + 1, length: close - opening - 1, flags: flags))
        }
        return finish(&at)
    }

    private func unescape(_ index: Int) {
        let cell = batch.cells[index]
        let start = bytes + Int(cell.start)
        var from = 0
        var to = 0
        while from < cell.length {
            start[to] = start[from]
            from += start[from] == Self.quote ? 2 : 1
            to += 1
        }
        batch.cells[index].unescaped(to: to)
    }
}
