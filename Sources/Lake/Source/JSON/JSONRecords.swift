import Kernel

/// The objects of a JSON text as records: those of one list, or one after the other (NDJSON). Each column is a path.
final class JSONRecords: RecordSource {
    private static let batchBytes = 8 << 20

    let columns: [String]
    private(set) var batch: RecordBatch
    let blankLines: Int64 = 0
    var bytesRead: Int64 { scanner.stream.bytesRead }
    var bytesTotal: Int64 { scanner.stream.file.bytes }

    private let scanner: JSONScanner
    private let limits: SourceLimits
    private let positions: [String: Int]
    private let list: JSONList
    private var faults: [Int: RecordFault] = [:]
    private var store = CellText()

    init(
        _ stream: TextStream, _ reading: JSONReading, columns: [String], _ limits: SourceLimits
    ) throws(SourceError) {
        self.columns = columns
        self.limits = limits
        positions = Dictionary(
            columns.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        scanner = JSONScanner(stream, limits)
        list = try JSONList(scanner, path: reading.records)
        batch = RecordBatch(bytes: store.bytes)
    }

    deinit {
        store.deallocate()
        batch.deallocate()
    }

    func fault(_ record: Int) -> RecordFault? { faults.isEmpty ? nil : faults[record] }
    func address(line: Int64, position: Int) -> String? { nil }

    /// A JSON text names its columns in every record; there is no line to read.
    func header(line: Int64, _ limits: SourceLimits) throws(SourceError) -> [String] { columns }

    func next(max: Int) throws(SourceError) -> Bool {
        batch.clear()
        faults.removeAll(keepingCapacity: true)
        store.cut(to: 0)
        while batch.count < min(max, RecordBatch.recordsMax), store.count < Self.batchBytes,
            let line = try list.next()
        {
            try read(try scanner.value(), line)
        }
        return batch.count > 0
    }

    private func read(_ value: UnsafeBufferPointer<UInt8>, _ line: Int64) throws(SourceError) {
        var cells = [RawCell](
            repeating: RawCell(start: store.count, length: 0, flags: 0), count: columns.count)
        var seen = Set<Int>()
        var fault: RecordFault?
        do throws(FlatJSON.Fault) {
            var flat = FlatJSON(value)
            try flat.cells { path, cell, text in
                guard let position = positions[path] ?? positions[HeaderNames.tidy(path)] else {
                    if cell != .null, fault == nil {
                        fault = RecordFault(reason: .unknownField, column: path, excerpt: text)
                    }
                    return
                }
                guard seen.insert(position).inserted else {
                    if fault == nil {
                        fault = RecordFault(reason: .duplicateField, column: path, excerpt: text)
                    }
                    return
                }
                if cell != .null { cells[position] = append(text) }
            }
        } catch {
            switch error {
            case .notAnObject: fault = RecordFault(reason: .notARecord, column: nil, excerpt: value)
            case .malformed: throw .jsonDamaged(line: line)
            case .tooDeep: throw .jsonTooDeep(line: line, max: FlatJSON.depthMax)
            }
        }
        let first = batch.cellsCount
        for cell in cells { batch.append(cell) }
        if let fault { faults[batch.count] = fault }
        batch.finishRecord(line: line, firstCell: first, cellsInAll: columns.count)
    }

    private func append(_ text: UnsafeBufferPointer<UInt8>) -> RawCell {
        let cell = RawCell(start: store.count, length: text.count, flags: 0)
        store.append(UnsafeRawBufferPointer(text))
        batch.bytes = store.bytes
        if !batch.hasNul { batch.hasNul = text.contains(0) }
        return cell
    }
}

/// Steps from record to record of the list at a path.
final class JSONList {
    private enum Way { case elements, sequence, ended }

    private let scanner: JSONScanner
    private var way: Way
    private var isFirst = true
    /// How many objects are open around the list.
    private let depth: Int

    /// `path` is empty for a text that is a list, or records one after the other; else the members that lead to the list, `data.items`.
    init(_ scanner: JSONScanner, path: String) throws(SourceError) {
        self.scanner = scanner
        let names = path.split(separator: ".").map(String.init)
        depth = names.count
        for name in names { try Self.enter(name, scanner, path) }
        way = try scanner.take(0x5B) ? .elements : .sequence
        if way == .sequence, !path.isEmpty { throw .jsonListMissing(path: path) }
    }

    private static func enter(_ name: String, _ scanner: JSONScanner, _ path: String) throws(SourceError) {
        guard try scanner.take(0x7B) else { throw .jsonListMissing(path: path) }
        while try scanner.peek() == 0x22 {
            let member = try scanner.value()
            // A name that is written with escapes is compared as it is meant.
            let isIt = Self.name(member) == name
            guard try scanner.take(0x3A) else { throw .jsonDamaged(line: scanner.line) }
            if isIt { return }
            try scanner.skip()
            guard try scanner.take(0x2C) else { break }
        }
        throw .jsonListMissing(path: path)
    }

    static func name(_ written: UnsafeBufferPointer<UInt8>) -> String? {
        var found: String?
        var object = Array("{".utf8) + Array(written) + Array(":0}".utf8)
        object.withUnsafeMutableBufferPointer { buffer in
            var flat = FlatJSON(UnsafeBufferPointer(buffer))
            try? flat.cells { path, _, _ in found = path }
        }
        return found
    }

    /// The line on which the next record begins, which the scanner then stands before; nil when there is none.
    func next() throws(SourceError) -> Int64? {
        switch way {
        case .ended: return nil
        case .sequence:
            guard try scanner.peek() != nil else { return nil }
        case .elements:
            if try scanner.take(0x5D) { return try end() }
            if !isFirst {
                guard try scanner.take(0x2C) else { throw .jsonDamaged(line: scanner.line) }
            }
            guard let byte = try scanner.peek(), byte != 0x5D else { throw .jsonDamaged(line: scanner.line) }
        }
        isFirst = false
        return scanner.line
    }

    /// What stands behind the list must close what was opened, or the text was cut off.
    private func end() throws(SourceError) -> Int64? {
        way = .ended
        var open = depth
        while open > 0 {
            if try scanner.take(0x7D) {
                open -= 1
                continue
            }
            guard try scanner.take(0x2C), try scanner.peek() == 0x22 else {
                throw .jsonDamaged(line: scanner.line)
            }
            _ = try scanner.value()
            guard try scanner.take(0x3A) else { throw .jsonDamaged(line: scanner.line) }
            try scanner.skip()
        }
        guard try scanner.peek() == nil else { throw .jsonDamaged(line: scanner.line) }
        return nil
    }
}
