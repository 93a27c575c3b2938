import Kernel
package import Policy

extension LiveAnswer {
    /// The mapping that the answer for a sample proposes: its records are looked at like a file's, in memory. A key that no record
    /// repeats becomes a column that says what was asked.
    package func probe(
        of source: LiveSource, sample: (column: Column, key: String), limits: SourceLimits = .standard
    ) throws -> Probe {
        let lines = try lines(of: source)
        guard !lines.isEmpty else { throw LiveFault.nothingThere }
        var small = limits
        small.sampleRowsMax = min(limits.sampleRowsMax, source.limits.recordsMax)
        var probe = try JSONProbe.run(
            SourceFile(memory: lines), ReadingOverrides(encoding: .utf8, records: ""), small,
            isCancelled: { false })
        probe.mapping.json = JSONReading(records: source.records)
        for key in source.keys {
            if let answered = Self.repeating(key, sample, in: probe) {
                probe.mapping.columns[answered].name = key.name
                probe.mapping.columns[answered].type = key.type
                continue
            }
            let position = probe.mapping.columns.count
            probe.mapping.columns.append(
                ColumnMapping(
                    position: position, sourceName: "", name: key.name, type: key.type,
                    dateFormats: key.type == .date ? [.dash] : []))
            let isAsked = key.name.utf8.elementsEqual(sample.column.name.utf8)
            probe.columns.append(
                Probe.Column(
                    reason: Message("source.live.as-asked"), filledCells: isAsked ? probe.sampledRows : 0,
                    emptyCells: isAsked ? 0 : probe.sampledRows))
            for row in probe.sampleRows.indices { probe.sampleRows[row].append(isAsked ? sample.key : nil) }
        }
        return probe
    }

    /// The column that is the key: called so, or with the sample's value in every record.
    private static func repeating(
        _ key: Column, _ sample: (column: Column, key: String), in probe: Probe
    ) -> Int? {
        let columns = probe.mapping.columns
        let named = columns.firstIndex {
            $0.name.utf8.elementsEqual(key.name.utf8) || $0.sourceName.utf8.elementsEqual(key.name.utf8)
        }
        if let named { return named }
        guard key == sample.column, !probe.sampleRows.isEmpty else { return nil }
        return columns.indices.first { position in
            probe.sampleRows.allSatisfy {
                $0[position].map { $0.utf8.elementsEqual(sample.key.utf8) } ?? false
            }
        }
    }
}
