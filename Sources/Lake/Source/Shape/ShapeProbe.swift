import Kernel

/// A first look at a shapefile.
enum ShapeProbe {
    private static let sampleBytesMax = 256 << 10

    static func run(
        _ files: ShapeFiles, _ overrides: ReadingOverrides, _ limits: SourceLimits,
        isCancelled: @escaping () -> Bool
    ) throws(SourceError) -> Probe {
        let table = try AttributeTable(files.table, limits)
        let detection = try detection(files, table, overrides)
        let records = try ShapeRecords(files, table, detection.encoding)
        var columns = ColumnProbe(records, limits)
        try columns.run(HeaderFinding(line: 0, width: records.names.count), isCancelled)
        var mapping = SourceMapping(
            encoding: detection.encoding, dialect: nil, columns: columns.mappings, utcOffsetSeconds: 0)
        mapping.shape = ShapeReading(datum: files.datum)
        var warnings = [datumWarning(files)].compactMap(\.self)
        for (position, field) in table.fields.enumerated() where !field.isReadable {
            mapping.columns[position].isIncluded = false
            warnings.append(
                Message(
                    "source.warning.unsupported",
                    [
                        "column": mapping.columns[position].name,
                        "type": String(decoding: [field.type], as: UTF8.self),
                    ]))
        }
        if detection.confidence < 80 {
            warnings.append(
                Message(
                    "source.warning.encoding-unsure",
                    ["encoding": detection.encoding.rawValue, "confidence": String(detection.confidence)]))
        }
        var probe = columns.probe(
            mapping, fingerprint: try files.fingerprint(isCancelled: isCancelled), detection: detection,
            warnings: warnings)
        probe.estimatedRows = table.records
        return probe
    }

    /// What a person said, what the code page file says, what the text looks like, what the head of the table says; in this order,
    /// because writers leave the head as they found it.
    private static func detection(
        _ files: ShapeFiles, _ table: AttributeTable, _ overrides: ReadingOverrides
    ) throws(SourceError) -> EncodingDetection {
        if let encoding = overrides.encoding ?? files.declaredEncoding {
            return EncodingDetection(
                encoding: encoding, confidence: 100, hasByteOrderMark: false,
                isOverridden: overrides.encoding != nil)
        }
        let sample = try sample(files, table)
        guard sample.contains(where: { $0 >= 0x80 }) else {
            return EncodingDetection(encoding: .utf8, confidence: 100, hasByteOrderMark: false)
        }
        do throws(SourceError) { return try EncodingDetector.detect(sample, isWhole: true) } catch {
            guard let encoding = table.driverEncoding else { throw error }
            return EncodingDetection(encoding: encoding, confidence: 60, hasByteOrderMark: false)
        }
    }

    /// Texts of the first records, each on a line of its own.
    private static func sample(_ files: ShapeFiles, _ table: AttributeTable) throws(SourceError) -> [UInt8] {
        var sample: [UInt8] = []
        for field in table.fields { sample += field.nameBytes + [0x0A] }
        var record: Int64 = 0
        while record < table.records, sample.count < sampleBytesMax {
            let row = try files.table.bytes(
                at: table.headBytes + record * Int64(table.recordBytes), count: table.recordBytes)
            for field in table.fields
            where field.type == UInt8(ascii: "C") && field.offset + field.width <= row.count {
                let text = row[field.offset..<(field.offset + field.width)].prefix { $0 != 0 }
                sample += Array(text.reversed().drop { $0 == 0x20 }.reversed()) + [0x0A]
            }
            record += 1
        }
        return sample
    }

    private static func datumWarning(_ files: ShapeFiles) -> Message? {
        guard files.shapes != nil else { return nil }
        guard let datum = files.datum else { return Message("source.warning.datum-unknown") }
        return Message(
            files.isProjected ? "source.warning.datum-projected" : "source.warning.datum", ["datum": datum])
    }
}
