import Kernel

/// A first look at a JSON text: where its records are, and which paths they have.
struct JSONProbe {
    private static let recordsMax = 20_000
    private static let depthMax = 3
    private static let placesMax = 20

    private let file: SourceFile
    private let limits: SourceLimits
    private let isCancelled: () -> Bool

    static func run(
        _ file: SourceFile, _ overrides: ReadingOverrides, _ limits: SourceLimits,
        isCancelled: @escaping () -> Bool
    ) throws(SourceError) -> Probe {
        if file.bytes == 0 { throw .empty }
        if let format = try file.foreignFormat() { throw .notText(format: format) }
        return try JSONProbe(file: file, limits: limits, isCancelled: isCancelled).run(overrides)
    }

    private func run(_ overrides: ReadingOverrides) throws(SourceError) -> Probe {
        let detection: EncodingDetection
        if let encoding = overrides.encoding {
            detection = EncodingDetection(
                encoding: encoding, confidence: 100, hasByteOrderMark: false, isOverridden: true)
        } else {
            detection = try EncodingDetector.detect(file)
        }
        let encoding = detection.encoding
        var places = [overrides.records ?? ""]
        if overrides.records == nil { places = try self.places(encoding) }
        let reading = JSONReading(records: places.first ?? "", datum: try GeoJSON.datum(of: file))
        let paths = try paths(reading, encoding)
        guard !paths.isEmpty else { throw .jsonWithoutRecords }
        guard paths.count <= limits.columnsMax else {
            throw .tooManyColumns(found: paths.count, max: limits.columnsMax)
        }
        let records = try JSONRecords(try TextStream(file, encoding), reading, columns: paths, limits)
        var columns = ColumnProbe(records, limits)
        try columns.run(HeaderFinding(line: 0, width: paths.count), isCancelled)
        return columns.probe(
            SourceMapping(encoding: encoding, dialect: nil, columns: columns.mappings, json: reading),
            fingerprint: try SourceFingerprint.of(file, isCancelled: isCancelled), detection: detection,
            warnings: warnings(places, reading))
    }

    private func warnings(_ places: [String], _ reading: JSONReading) -> [Message] {
        var warnings: [Message] = []
        if places.count > 1 {
            warnings.append(
                Message(
                    "source.warning.other-lists",
                    ["path": places[0], "paths": places.dropFirst().joined(separator: ", ")]))
        }
        if let datum = reading.datum {
            warnings.append(Message("source.warning.datum-geojson", ["datum": datum]))
        }
        return warnings
    }

    /// The ways to the lists of objects, at most `placesMax`; none where the text is that list, or the records stand one after the
    /// other.
    private func places(_ encoding: TextEncoding) throws(SourceError) -> [String] {
        let whole = JSONScanner(try TextStream(file, encoding), limits)
        guard try whole.peek() == 0x7B else { return [] }
        try whole.skip()
        if try whole.peek() != nil { return [] }
        let scanner = JSONScanner(try TextStream(file, encoding), limits)
        var places: [String] = []
        try collect(&places, in: scanner, "", depth: 0)
        return places
    }

    private func collect(
        _ places: inout [String], in scanner: JSONScanner, _ path: String, depth: Int
    ) throws(SourceError) {
        guard try scanner.take(0x7B) else { return }
        while try scanner.peek() == 0x22 {
            if isCancelled() { throw .cancelled }
            let name = JSONList.name(try scanner.value()) ?? ""
            guard try scanner.take(0x3A) else { throw .jsonDamaged(line: scanner.line) }
            let member = path.isEmpty ? name : "\(path).\(name)"
            // A dot in a name would lead elsewhere.
            let isPlain = !name.isEmpty && !name.contains(".")
            switch try scanner.peek() {
            case 0x5B where isPlain:
                _ = try scanner.take(0x5B)
                if try scanner.peek() == 0x7B, places.count < Self.placesMax { places.append(member) }
                while try scanner.peek() != 0x5D {
                    try scanner.skip()
                    guard try scanner.take(0x2C) else { break }
                }
                guard try scanner.take(0x5D) else { throw .jsonDamaged(line: scanner.line) }
            case 0x7B where isPlain && depth + 1 < Self.depthMax:
                try collect(&places, in: scanner, member, depth: depth + 1)
            default: try scanner.skip()
            }
            guard try scanner.take(0x2C) else { break }
        }
        guard try scanner.take(0x7D) else { throw .jsonDamaged(line: scanner.line) }
    }

    /// In the order in which they appear. A path that is empty wherever it is no object itself is none.
    private func paths(_ reading: JSONReading, _ encoding: TextEncoding) throws(SourceError) -> [String] {
        let scanner = JSONScanner(try TextStream(file, encoding), limits)
        let list = try JSONList(scanner, path: reading.records)
        var order: [String] = []
        var hasValue: [String: Bool] = [:]
        var records = 0
        var bytes = 0
        while records < Self.recordsMax, bytes < limits.probeBytesMax, let line = try list.next() {
            if isCancelled() { throw .cancelled }
            let value = try scanner.value()
            records += 1
            bytes += value.count
            do throws(FlatJSON.Fault) {
                var flat = FlatJSON(value)
                try flat.cells { path, cell, _ in
                    let path = HeaderNames.tidy(path)
                    if hasValue[path] == nil { order.append(path) }
                    hasValue[path] = hasValue[path] ?? false || cell != .null
                }
            } catch {
                switch error {
                case .notAnObject: continue
                case .malformed: throw .jsonDamaged(line: line)
                case .tooDeep: throw .jsonTooDeep(line: line, max: FlatJSON.depthMax)
                }
            }
            guard order.count <= limits.columnsMax * 2 else {
                throw .tooManyColumns(found: order.count, max: limits.columnsMax)
            }
        }
        return order.filter { path in
            hasValue[path] == true || !order.contains { $0.hasPrefix(path + ".") }
        }
    }
}
