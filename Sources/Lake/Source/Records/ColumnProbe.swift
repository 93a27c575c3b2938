import Kernel
import Policy

/// What the records at the head of a table say of its columns: names, types, a sample.
struct ColumnProbe<Records: RecordSource> {
    private let records: Records
    private let limits: SourceLimits
    private var warnings: [Message] = []
    private var sample = Sample(width: 0)
    private var proposals: [TypeProposal] = []
    private(set) var mappings: [ColumnMapping] = []
    /// What is proposed for rows that add up others; nil for records that have none.
    let totals: TotalsRows?

    init(_ records: Records, _ limits: SourceLimits, totals: TotalsRows? = nil) {
        self.records = records
        self.limits = limits
        self.totals = totals
    }

    mutating func run(_ header: HeaderFinding, _ isCancelled: () -> Bool) throws(SourceError) {
        if header.titleLines > 0 {
            warnings.append(
                Message("source.warning.titles-skipped", ["count": String(header.titleLines)]))
        }
        if let first = header.firstLine, case .line(let last) = header.choice {
            warnings.append(
                Message("source.warning.headings", ["first": String(first), "last": String(last)]))
        }
        let names = try headers(header)
        guard names.sources.count <= limits.columnsMax else {
            throw .tooManyColumns(found: names.sources.count, max: limits.columnsMax)
        }
        sample = Sample(width: names.sources.count)
        try collect(isCancelled)
        proposals = zip(sample.evidence, names.names).map { TypeProposal($0, name: $1) }
        mappings = mapping(names, sample, proposals)
        warn(sample, mappings, proposals)
    }

    func probe(
        _ mapping: SourceMapping, fingerprint: SourceFingerprint, detection: EncodingDetection?,
        warnings before: [Message]
    ) -> Probe {
        let share = Double(records.bytesRead) / Double(max(1, records.bytesTotal))
        return Probe(
            fingerprint: fingerprint, detection: detection, mapping: mapping,
            columns: zip(sample.evidence, proposals).map { evidence, proposal in
                let ends = evidence.range.ends(as: proposal.type, proposal.dateFormats)
                return Probe.Column(
                    reason: proposal.reason, filledCells: evidence.values,
                    emptyCells: evidence.empty + evidence.filled - evidence.values,
                    damagedCells: evidence.damaged, damagedLine: evidence.damagedLine,
                    distinctValues: evidence.range.distinctValues, low: ends.low, high: ends.high)
            },
            sampleRows: sample.rows, sampledRows: sample.count,
            estimatedRows: sample.isWhole
                ? sample.count : Int64((Double(sample.count) / max(share, 0.000_001)).rounded()),
            warnings: before + warnings)
    }

    /// Source names as they stand, and names for versions: trimmed, never blank, unique.
    private mutating func headers(
        _ found: HeaderFinding
    ) throws(SourceError) -> (sources: [String], names: [String]) {
        guard case .line(let line) = found.choice else {
            warnings.append(Message("source.warning.no-header"))
            let names = (1...max(1, found.width)).map { "column_\($0)" }
            return (names.map { _ in "" }, names)
        }
        let cells = try records.header(line: line, limits)
        let (names, notes) = HeaderNames.make(cells)
        warnings += notes
        return (cells.map(HeaderNames.tidy), names)
    }

    struct Sample {
        var evidence: [ColumnEvidence]
        var rows: [[String?]] = []
        var count: Int64 = 0
        var ragged: Int64 = 0
        var raggedLine: Int64?
        var isWhole = false
        var totals = 0
        var totalsLine: Int64?
        init(width: Int) { evidence = Array(repeating: ColumnEvidence(), count: width) }
    }

    private mutating func collect(_ isCancelled: () -> Bool) throws(SourceError) {
        let width = sample.evidence.count
        var bytes = 0
        while bytes < limits.probeBytesMax {
            if isCancelled() { throw .cancelled }
            guard try records.next(max: RecordBatch.recordsMax) else {
                sample.isWhole = true
                return
            }
            let batch = records.batch
            for record in 0..<batch.count {
                if totals == .leftOut, TotalsRow.isFound(in: batch, record) {
                    sample.totals += 1
                    if sample.totalsLine == nil { sample.totalsLine = batch.lines[record] }
                    continue
                }
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
        if let line = sample.totalsLine {
            warnings.append(
                Message("source.warning.totals", ["count": String(sample.totals), "line": String(line)]))
        }
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
