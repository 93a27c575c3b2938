import Kernel
import Policy

/// A first look at a text table: encoding, dialect, header, types, sample.
struct TextProbe {
    private let file: SourceFile
    private let limits: SourceLimits
    private var warnings: [Message] = []

    static func run(
        _ file: SourceFile, _ overrides: ReadingOverrides, _ limits: SourceLimits,
        isCancelled: () -> Bool
    ) throws(SourceError) -> Probe {
        var probe = TextProbe(file: file, limits: limits)
        return try probe.run(overrides, isCancelled)
    }

    private init(file: SourceFile, limits: SourceLimits) {
        self.file = file
        self.limits = limits
    }

    private mutating func run(
        _ overrides: ReadingOverrides, _ isCancelled: () -> Bool
    ) throws(SourceError) -> Probe {
        if file.bytes == 0 { throw .empty }
        if let format = try file.foreignFormat() { throw .notText(format: format) }
        let detection = try detection(overrides.encoding)
        let found = try DialectDetector.detect(file, detection.encoding, overrides, limits)
        if found.titleLines > 0 {
            warnings.append(
                Message("source.warning.titles-skipped", ["count": String(found.titleLines)]))
        }
        let reader = RecordReader(try TextStream(file, detection.encoding), found.dialect, limits)
        let names = try headers(reader, found)
        guard names.sources.count <= limits.columnsMax else {
            throw .tooManyColumns(found: names.sources.count, max: limits.columnsMax)
        }
        var sample = Sample(width: names.sources.count)
        try collect(reader, found.dialect.header, into: &sample, isCancelled)
        let proposals = zip(sample.evidence, names.names).map { TypeProposal($0, name: $1) }
        let columns = mapping(names, sample, proposals)
        warn(sample, columns, proposals)
        let share = Double(reader.stream.bytesRead) / Double(max(1, file.bytes))
        let isWhole = sample.isWhole
        return Probe(
            fingerprint: try SourceFingerprint.of(file, isCancelled: isCancelled), detection: detection,
            mapping: SourceMapping(
                encoding: detection.encoding, dialect: found.dialect, columns: columns),
            columns: zip(sample.evidence, proposals).map { evidence, proposal in
                let ends = evidence.range.ends(as: proposal.type, proposal.dateFormats)
                return Probe.Column(
                    reason: proposal.reason, filledCells: evidence.values,
                    emptyCells: evidence.empty + evidence.filled - evidence.values,
                    damagedCells: evidence.damaged, damagedLine: evidence.damagedLine,
                    distinctValues: evidence.range.distinctValues, low: ends.low, high: ends.high)
            },
            sampleRows: sample.rows, sampledRows: sample.count,
            estimatedRows: isWhole
                ? sample.count : Int64((Double(sample.count) / max(share, 0.000_001)).rounded()),
            warnings: warnings)
    }

    private mutating func detection(_ override: TextEncoding?) throws(SourceError) -> EncodingDetection {
        if let override {
            warnAgainst(override)
            let mark = EncodingDetector.byteOrderMark(try file.bytes(at: 0, count: 4))
            return EncodingDetection(
                encoding: override, confidence: 100, hasByteOrderMark: mark?.encoding == override,
                isOverridden: true)
        }
        let detection = try EncodingDetector.detect(file)
        if detection.confidence < 80 {
            warnings.append(
                Message(
                    "source.warning.encoding-unsure",
                    [
                        "encoding": detection.encoding.rawValue,
                        "confidence": String(detection.confidence),
                    ]))
        }
        return detection
    }

    /// Many encodings read each other's bytes without a fault and as nonsense: nothing else would tell.
    private mutating func warnAgainst(_ override: TextEncoding) {
        guard let found = try? EncodingDetector.detect(file), found.encoding != override,
            found.confidence >= 80, found.hasByteOrderMark || found.confidence < 100 || override != .gb18030
        else { return }
        warnings.append(
            Message(
                "source.warning.encoding-differs",
                ["chosen": override.rawValue, "encoding": found.encoding.rawValue]))
    }

    /// Source names as they stand, and names for versions: trimmed, never blank, unique.
    private mutating func headers(
        _ reader: RecordReader, _ found: DialectDetector.Finding
    ) throws(SourceError) -> (sources: [String], names: [String]) {
        guard case .line(let line) = found.dialect.header else {
            warnings.append(Message("source.warning.no-header"))
            let names = (1...max(1, found.width)).map { "column_\($0)" }
            return (names.map { _ in "" }, names)
        }
        let cells = try Self.header(of: reader, line: line, limits)
        let (names, notes) = HeaderNames.make(cells)
        warnings += notes
        return (cells.map(HeaderNames.tidy), names)
    }

    /// Reads up to the header line and returns its cells; the reader then stands behind it.
    static func header(
        of reader: RecordReader, line: Int64, _ limits: SourceLimits
    ) throws(SourceError) -> [String] {
        while try reader.next(max: 1) {
            if reader.batch.lines[0] == line {
                let count = Int(reader.batch.cellCounts[0])
                guard count <= limits.columnsMax else {
                    throw .tooManyColumns(found: count, max: limits.columnsMax)
                }
                return reader.batch.texts(0, max: limits.columnsMax)
            }
            if reader.batch.lines[0] > line { break }
        }
        throw .headerMissing(line: line)
    }

    struct Sample {
        var evidence: [ColumnEvidence]
        var rows: [[String?]] = []
        var count: Int64 = 0
        var ragged: Int64 = 0
        var raggedLine: Int64?
        var isWhole = false
        init(width: Int) { evidence = Array(repeating: ColumnEvidence(), count: width) }
    }

    private func collect(
        _ reader: RecordReader, _ header: HeaderChoice, into sample: inout Sample,
        _ isCancelled: () -> Bool
    ) throws(SourceError) {
        let width = sample.evidence.count
        var bytes = 0
        while bytes < limits.probeBytesMax {
            if isCancelled() { throw .cancelled }
            guard try reader.next() else {
                sample.isWhole = true
                return
            }
            let batch = reader.batch
            for record in 0..<batch.count {
                sample.count += 1
                guard Int(batch.cellCounts[record]) == width else {
                    sample.ragged += 1
                    if sample.raggedLine == nil { sample.raggedLine = batch.lines[record] }
                    continue
                }
                for column in 0..<width {
                    let cell = batch.cell(record, column)
                    bytes += cell.length + 1
                    sample.evidence[column].look(
                        CellBytes(batch.bytes + Int(cell.start), cell.length), line: batch.lines[record])
                }
                if sample.rows.count < limits.sampleRowsMax {
                    sample.rows.append(
                        batch.texts(record, max: width).map { $0.isEmpty ? nil : String($0.prefix(200)) })
                }
            }
        }
    }

    private func mapping(
        _ names: (sources: [String], names: [String]), _ sample: Sample, _ proposals: [TypeProposal]
    ) -> [ColumnMapping] {
        // A marker that stands for "missing" in a column of numbers means the same beside it; alone in text it may be a word.
        var fileMarkers: Set<Int> = []
        for (evidence, proposal) in zip(sample.evidence, proposals) where proposal.type != .text {
            fileMarkers.formUnion(evidence.markersSeen.keys)
        }
        return proposals.enumerated().map { position, proposal in
            let seen = sample.evidence[position].markersSeen.keys.filter {
                proposal.type != .text || fileMarkers.contains($0)
            }
            return ColumnMapping(
                position: position, sourceName: names.sources[position], name: names.names[position],
                type: proposal.type, dateFormats: proposal.dateFormats,
                nullMarkers: [""] + seen.sorted().map { ColumnEvidence.markers[$0] },
                isIncluded: !proposal.isDamaged)
        }
    }

    private mutating func warn(
        _ sample: Sample, _ columns: [ColumnMapping], _ proposals: [TypeProposal]
    ) {
        if sample.ragged > 0 {
            warnings.append(
                Message(
                    "source.warning.ragged",
                    [
                        "rows": String(sample.count), "count": String(sample.ragged),
                        "line": String(sample.raggedLine ?? 0),
                    ]))
        }
        for (position, proposal) in proposals.enumerated() {
            let evidence = sample.evidence[position]
            let name = columns[position].name
            if evidence.damaged > 0, proposal.type == .text {
                warnings.append(
                    Message(
                        "source.warning.damaged",
                        [
                            "column": name, "count": String(evidence.damaged),
                            "line": String(evidence.damagedLine ?? 0),
                        ]))
            }
            if proposal.misfits > 0 {
                warnings.append(
                    Message(
                        "source.warning.misfits",
                        [
                            "column": name, "type": proposal.type.word, "count": String(proposal.misfits),
                        ]))
            }
            warnings += Self.suspicions(evidence, name)
            if proposal.isAmbiguousDate {
                warnings.append(Message("source.warning.date-ambiguous", ["column": name]))
            }
        }
    }

    /// What was done to numbers on their way here.
    private static func suspicions(_ evidence: ColumnEvidence, _ name: String) -> [Message] {
        var found: [Message] = []
        if evidence.isRounded {
            found.append(
                Message(
                    "source.warning.rounded",
                    [
                        "column": name, "count": String(evidence.rounded),
                        "line": String(evidence.roundedLine ?? 0),
                    ]))
        }
        if evidence.grouped > 0 {
            found.append(
                Message(
                    "source.warning.grouped", ["column": name, "count": String(evidence.grouped)]))
        }
        if let shortened = evidence.shortened, Identifiers.isNamed(name) {
            found.append(
                Message(
                    "source.warning.shortened",
                    [
                        "column": name, "count": String(shortened.count),
                        "digits": String(shortened.digits),
                    ]))
        }
        return found
    }
}
