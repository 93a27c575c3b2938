package import Cryptography
import Kernel
package import Policy

/// What a service answered, read as the records that were agreed. Nothing of it is written anywhere.
package struct LiveAnswer: Sendable {
    let body: [UInt8]
    let isAbsent: Bool

    /// Of the bytes that came: says later whether an answer was this one, to whoever has the key.
    package func digest(_ mac: MAC) -> [UInt8] { Array(mac.tag(body)) }

    /// What the grant's program runs on: whole typed rows, in the order of the mapping's columns.
    ///
    /// A record that is about another key, that holds none of the columns, or a value that is none of its column's type is a fault: nothing is
    /// given then, not even the records beside it.
    package func rows(
        of source: LiveSource, _ mapping: SourceMapping, asked column: String, for key: Value,
        limits: SourceLimits = .standard
    ) throws(LiveFault) -> [[Value]] {
        let fields = LiveFields(mapping, column, key, limits)
        return try records(of: source) { (bytes: UnsafeBufferPointer<UInt8>) throws(LiveFault) in
            try fields.row(bytes)
        }
    }

    /// The records as they stand, one a line, for a first look.
    func lines(of source: LiveSource) throws(LiveFault) -> [UInt8] {
        var lines: [UInt8] = []
        _ = try records(of: source) { (bytes: UnsafeBufferPointer<UInt8>) throws(LiveFault) in
            lines += bytes
            lines.append(0x0A)
        }
        return lines
    }

    private func records<Record>(
        of source: LiveSource, _ read: (UnsafeBufferPointer<UInt8>) throws(LiveFault) -> Record
    ) throws(LiveFault) -> [Record] {
        if isAbsent { return [] }
        // The range of each is within `body`, whose memory stays where it is.
        return try body.withUnsafeBufferPointer { bytes throws(LiveFault) in
            try demandSuccess(source, bytes)
            let places = try places(of: source, bytes)
            guard places.count <= source.limits.recordsMax else {
                throw .tooManyRecords(max: source.limits.recordsMax)
            }
            var found: [Record] = []
            for place in places { found.append(try read(UnsafeBufferPointer(rebasing: bytes[place]))) }
            return found
        }
    }

    private func demandSuccess(
        _ source: LiveSource, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(LiveFault) {
        guard let success = source.success, let way = LiveSource.parts(of: success.place) else { return }
        guard let place = try Self.place(of: way, bytes) else { throw .unsuccessful }
        var said: String?
        do throws(FlatJSON.Fault) {
            var json = FlatJSON(UnsafeBufferPointer(rebasing: bytes[place]))
            said = try json.scalar()
        } catch { throw .notJSON }
        guard let said, said.utf8.elementsEqual(success.value.utf8) else { throw .unsuccessful }
    }

    /// One object is one record; a list is its objects; `null` is none.
    private func places(
        of source: LiveSource, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(LiveFault) -> [Range<Int>] {
        guard let way = LiveSource.parts(of: source.records), let place = try Self.place(of: way, bytes)
        else {
            throw .nothingThere
        }
        let text = UnsafeBufferPointer(rebasing: bytes[place])
        switch text.first {
        case 0x6E: return []
        case 0x7B: return [place]
        case 0x5B:
            do throws(FlatJSON.Fault) {
                var json = FlatJSON(text)
                let found = try json.elements()
                guard found.allSatisfy({ text[$0.lowerBound] == 0x7B }) else { throw .notAnObject }
                return found.map { place.lowerBound + $0.lowerBound..<place.lowerBound + $0.upperBound }
            } catch { throw .notRecords }
        default: throw .notRecords
        }
    }

    private static func place(
        of way: [String], _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(LiveFault) -> Range<Int>? {
        guard let start = bytes.baseAddress,
            UTF8Check.prefix(start, bytes.count, isLast: true).fault == nil
        else { throw .notJSON }
        do throws(FlatJSON.Fault) {
            var json = FlatJSON(bytes)
            return try json.place(of: way)
        } catch { throw .notJSON }
    }
}

/// The columns of a live mapping, and the key that was asked.
private struct LiveFields {
    let columns: [ColumnMapping]
    let positions: [String: Int]
    let utcOffsetSeconds: Int
    let limits: SourceLimits
    /// Of the key's column.
    let asked: Int?
    let key: Value

    init(_ mapping: SourceMapping, _ column: String, _ key: Value, _ limits: SourceLimits) {
        let columns = mapping.included
        self.columns = columns
        self.key = key
        self.limits = limits
        utcOffsetSeconds = mapping.utcOffsetSeconds
        asked = columns.firstIndex { $0.name.utf8.elementsEqual(column.utf8) }
        positions = Dictionary(
            columns.enumerated().filter { !$0.element.sourceName.isEmpty }.map {
                ($0.element.sourceName, $0.offset)
            }, uniquingKeysWith: { first, _ in first })
    }

    func row(_ bytes: UnsafeBufferPointer<UInt8>) throws(LiveFault) -> [Value] {
        var values = [Value](repeating: .null, count: columns.count)
        var seen = Set<Int>()
        var fault: LiveFault?
        do throws(FlatJSON.Fault) {
            var json = FlatJSON(bytes)
            try json.cells { path, kind, text in
                guard let position = positions[path] ?? positions[HeaderNames.tidy(path)] else { return }
                let column = columns[position]
                guard seen.insert(position).inserted else {
                    fault = fault ?? .misfit(column: column.name, reason: .duplicateField)
                    return
                }
                guard kind != .null, let start = text.baseAddress else { return }
                do throws(CellMisfit) {
                    values[position] = try CellParser.value(
                        CellBytes(start, text.count), of: column, utcOffsetSeconds: utcOffsetSeconds,
                        cellBytesMax: limits.cellBytesMax)
                } catch {
                    fault = fault ?? .misfit(column: column.name, reason: error.reason)
                }
            }
        } catch { throw .notJSON }
        if let fault { throw fault }
        guard !seen.isEmpty else { throw .strange }
        if let asked {
            if columns[asked].sourceName.isEmpty {
                values[asked] = key
            } else if !values[asked].plainText.utf8.elementsEqual(key.plainText.utf8) {
                throw .otherKey(column: columns[asked].name)
            }
        }
        return values
    }
}
