import Kernel

/// The records of a shapefile: its attributes, and the shape of each as the text of a GeoJSON geometry in a last column.
final class ShapeRecords: RecordSource {
    static let geometryName = "geometry"
    private static let blockBytes = 1 << 20
    private static let batchBytes = 8 << 20

    let names: [String]
    private(set) var batch: RecordBatch
    /// Records that are marked as deleted are there no more.
    private(set) var blankLines: Int64 = 0
    private(set) var bytesRead: Int64 = 0
    let bytesTotal: Int64

    private let files: ShapeFiles
    private let table: AttributeTable
    private let shapes: ShapeGeometry?
    private let decoder: TextDecoder
    private var record: Int64 = 0
    private var faults: [Int: RecordFault] = [:]
    private var store = CellText()
    private var scratch: [UInt8]

    init(_ files: ShapeFiles, _ table: AttributeTable, _ encoding: TextEncoding) throws(SourceError) {
        self.files = files
        self.table = table
        decoder = try TextDecoder(encoding)
        shapes = try files.shapes.map { file throws(SourceError) in try ShapeGeometry(file) }
        bytesTotal = files.table.bytes + (files.shapes?.bytes ?? 0)
        let widest = table.fields.map(\.width).max() ?? 0
        scratch = [UInt8](repeating: 0, count: max(widest, 16) * encoding.growthMax + 8)
        batch = RecordBatch(bytes: store.bytes)
        var names: [String] = []
        for field in table.fields {
            names.append(Self.decoded(field.nameBytes, decoder, &scratch) ?? "")
        }
        self.names = names + (files.shapes == nil ? [] : [Self.geometryName])
    }

    deinit {
        store.deallocate()
        batch.deallocate()
    }

    func fault(_ record: Int) -> RecordFault? { faults.isEmpty ? nil : faults[record] }
    func address(line: Int64, position: Int) -> String? { nil }

    /// The head of the table names its columns; there is no line to read.
    func header(line: Int64, _ limits: SourceLimits) throws(SourceError) -> [String] { names }

    func next(max: Int) throws(SourceError) -> Bool {
        batch.clear()
        faults.removeAll(keepingCapacity: true)
        store.cut(to: 0)
        while batch.count == 0, record < table.records {
            let count = min(
                Int64(min(max, RecordBatch.recordsMax)), table.records - record,
                Int64(Swift.max(1, Self.blockBytes / table.recordBytes)))
            let offset = table.headBytes + record * Int64(table.recordBytes)
            let block = try files.table.bytes(at: offset, count: Int(count) * table.recordBytes)
            guard block.count == Int(count) * table.recordBytes else {
                throw .shapeDamaged(file: "dbf", byteOffset: offset + Int64(block.count))
            }
            for index in 0..<Int(count) where store.count < Self.batchBytes {
                let start = index * table.recordBytes
                try read(block[start..<(start + table.recordBytes)])
            }
        }
        if batch.count == 0, let shapes, try shapes.next() != nil {
            throw .shapesDiffer(attributes: table.records)
        }
        return batch.count > 0
    }

    private func read(_ row: ArraySlice<UInt8>) throws(SourceError) {
        record += 1
        bytesRead += Int64(row.count)
        let shape = try shapes?.next()
        if shapes != nil, shape == nil { throw .shapesDiffer(attributes: table.records) }
        guard row.first != UInt8(ascii: "*") else {
            blankLines += 1
            return
        }
        let first = batch.cellsCount
        for (position, field) in table.fields.enumerated() {
            let start = row.startIndex + field.offset
            append(Array(row[start..<(start + field.width)]), field, names[position])
        }
        if let shape {
            bytesRead += Int64(shape.utf8.count)
            append(Array(shape.utf8))
        }
        batch.finishRecord(line: record, firstCell: first, cellsInAll: names.count)
    }

    private func append(_ bytes: [UInt8], _ field: AttributeTable.Field, _ name: String) {
        switch field.type {
        case UInt8(ascii: "C"):
            let text = Array(bytes.prefix { $0 != 0 }.reversed().drop { $0 == 0x20 }.reversed())
            guard let decoded = Self.decoded(text, decoder, &scratch) else {
                faults[batch.count] = text.withUnsafeBufferPointer {
                    RecordFault(reason: .cutText, column: name, excerpt: $0)
                }
                return append([])
            }
            append(Array(decoded.utf8))
        case UInt8(ascii: "I"), UInt8(ascii: "+"):
            guard field.isReadable else { return append([]) }
            let value = Int32(truncatingIfNeeded: bytes.reversed().reduce(0) { $0 << 8 | Int($1) })
            append(Array(String(value).utf8))
        case UInt8(ascii: "O"), UInt8(ascii: "B"):
            guard field.isReadable else { return append([]) }
            let value = Double(bitPattern: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
            append(Array((value.isFinite ? "\(value)" : "").utf8))
        case UInt8(ascii: "D"): append(Self.date(bytes))
        case UInt8(ascii: "L"):
            switch bytes.first {
            case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Y"), UInt8(ascii: "y"):
                append(Array("true".utf8))
            case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "N"), UInt8(ascii: "n"):
                append(Array("false".utf8))
            default: append([])
            }
        case UInt8(ascii: "N"), UInt8(ascii: "F"):
            let text = bytes.filter { $0 != 0x20 && $0 != 0 }
            // A number that did not fit its field is written as asterisks: it was never there.
            append(text.contains(UInt8(ascii: "*")) ? [] : text)
        default: append([])
        }
    }

    /// `20240131` as `2024-01-31`.
    private static func date(_ bytes: [UInt8]) -> [UInt8] {
        let digits = bytes.filter { (0x30...0x39).contains($0) }
        guard digits.count == 8, digits.contains(where: { $0 != 0x30 }) else { return [] }
        return Array(digits[..<4]) + [0x2D] + Array(digits[4..<6]) + [0x2D] + Array(digits[6...])
    }

    private func append(_ text: [UInt8]) {
        let cell = RawCell(start: store.count, length: text.count, flags: 0)
        text.withUnsafeBytes { store.append($0) }
        batch.bytes = store.bytes
        batch.append(cell)
    }

    /// Nil when the bytes are no whole characters.
    private static func decoded(_ bytes: [UInt8], _ decoder: TextDecoder, _ scratch: inout [UInt8]) -> String?
    {
        if bytes.isEmpty { return "" }
        return bytes.withUnsafeBytes { input in
            scratch.withUnsafeMutableBufferPointer { output -> String? in
                guard let target = output.baseAddress else { return nil }
                let step = decoder.decode(input, isLast: true, into: target)
                guard step.fault == nil, step.consumed == input.count else { return nil }
                return String(decoding: output[..<step.written], as: UTF8.self)
            }
        }
    }
}
