package import Kernel

/// What a first look at a source found, and the mapping it proposes. Nothing was written.
package struct Probe: Hashable, Sendable, Codable {
    package struct Column: Hashable, Sendable, Codable {
        /// What spoke for the proposed type.
        package var reason: Message
        package var filledCells: Int64
        package var emptyCells: Int64
        /// Cells that a spreadsheet destroyed, and the line of the first.
        package var damagedCells: Int64
        package var damagedLine: Int64?
        /// How many values of the sample differ; counted no further than `distinctValuesMax`.
        package var distinctValues: Int64?
        /// The first and the last value of the sample, in the order of the proposed type, as the source writes them.
        package var low: String?
        package var high: String?

        package static let distinctValuesMax: Int64 = 1_000

        package init(
            reason: Message, filledCells: Int64 = 0, emptyCells: Int64 = 0, damagedCells: Int64 = 0,
            damagedLine: Int64? = nil, distinctValues: Int64? = nil, low: String? = nil, high: String? = nil
        ) {
            self.distinctValues = distinctValues
            self.low = low
            self.high = high
            self.reason = reason
            self.filledCells = filledCells
            self.emptyCells = emptyCells
            self.damagedCells = damagedCells
            self.damagedLine = damagedLine
        }
    }

    package var fingerprint: SourceFingerprint
    package var detection: EncodingDetection?
    package var mapping: SourceMapping
    /// Parallel to `mapping.columns`.
    package var columns: [Probe.Column]
    /// Cells as text, nil where empty; at most `sampleRowsMax`.
    package var sampleRows: [[String?]]
    package var sampledRows: Int64
    package var estimatedRows: Int64
    /// What a person should look at before confirming, worst first.
    package var warnings: [Message]
    /// Of a workbook: its sheets, in the order of their tabs. Of a SQLite file: its tables and views.
    package var sheets: [String] = []

    package init(
        fingerprint: SourceFingerprint, detection: EncodingDetection?, mapping: SourceMapping,
        columns: [Probe.Column], sampleRows: [[String?]], sampledRows: Int64, estimatedRows: Int64,
        warnings: [Message]
    ) {
        self.fingerprint = fingerprint
        self.detection = detection
        self.mapping = mapping
        self.columns = columns
        self.sampleRows = sampleRows
        self.sampledRows = sampledRows
        self.estimatedRows = estimatedRows
        self.warnings = warnings
    }
}

/// What tells one state of a source from another.
package enum SourceFingerprint: Hashable, Sendable, Codable {
    /// The digest is SHA-256, hex.
    case file(bytes: Int64, modifiedAt: Instant, sha256: String)
    /// A database keeps no content digest; columns, estimated rows and the counters of changed rows say a little.
    case table(schema: String, estimatedRows: Int64, changes: Int64)

    /// Whether there is nothing to stage. A file touched but not changed counts as the same. Of a table nobody can say before it is
    /// read: a view has no counters, a table's lag behind its changes and start again after a crash.
    package func isSame(as other: SourceFingerprint) -> Bool {
        guard case .file(let bytes, _, let digest) = self,
            case .file(let otherBytes, _, let otherDigest) = other
        else { return false }
        return bytes == otherBytes && digest == otherDigest
    }
}

/// What a staging left in its folder. `rowsRead == rowsStaged + rowsRejected`, always.
package struct Staged: Hashable, Sendable, Codable {
    /// Parquet.
    package var rowsPath: String
    /// NDJSON: one `Reject` a line. Nil when no row was rejected.
    package var rejectsPath: String?
    package var rowsRead: Int64
    package var rowsStaged: Int64
    package var rowsRejected: Int64
    /// Blank lines are no rows.
    package var blankLines: Int64
    /// Rejected cells and rows by reason code.
    package var rejectsByReason: [String: Int64]
    package var fingerprint: SourceFingerprint

    package init(
        rowsPath: String, rejectsPath: String?, rowsRead: Int64, rowsStaged: Int64, rowsRejected: Int64,
        blankLines: Int64, rejectsByReason: [String: Int64], fingerprint: SourceFingerprint
    ) {
        self.rowsPath = rowsPath
        self.rejectsPath = rejectsPath
        self.rowsRead = rowsRead
        self.rowsStaged = rowsStaged
        self.rowsRejected = rowsRejected
        self.blankLines = blankLines
        self.rejectsByReason = rejectsByReason
        self.fingerprint = fingerprint
    }
}

/// Why one row was not staged.
package struct Reject: Hashable, Sendable, Codable {
    package enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        case cellCount = "cell-count"
        case textAfterQuote = "text-after-quote"
        case nulByte = "nul-byte"
        case cellTooLong = "cell-too-long"
        case notInteger = "not-integer"
        case notDecimal = "not-decimal"
        case notDouble = "not-double"
        case notBoolean = "not-boolean"
        case notDate = "not-date"
        case notTimestamp = "not-timestamp"
        case damagedBySpreadsheet = "damaged-by-spreadsheet"
        case formulaFault = "formula-fault"
        case unknownField = "unknown-field"
        case duplicateField = "duplicate-field"
        case notARecord = "not-a-record"
        case totalsRow = "totals-row"
        case cutText = "cut-text"
        case notText = "not-text"
    }

    /// From 1, as a text editor or the sheet shows it: where the row begins.
    package let line: Int64
    /// Nil when the row as a whole is at fault.
    package let column: String?
    package let reason: Reason
    /// Cut to `excerptCharactersMax`.
    package let excerpt: String
    package let expectedCells: Int?
    package let foundCells: Int?
    /// Of a sheet: `C17`.
    package let cell: String?

    package init(
        line: Int64, column: String?, reason: Reason, excerpt: String, expectedCells: Int? = nil,
        foundCells: Int? = nil, cell: String? = nil
    ) {
        self.cell = cell
        self.line = line
        self.column = column
        self.reason = reason
        self.excerpt = excerpt
        self.expectedCells = expectedCells
        self.foundCells = foundCells
    }

    /// The column, and of a sheet its cell: `身份证号 (C17)`. Empty when the row as a whole is at fault.
    package var place: String {
        [column, cell.map { "(\($0))" }].compactMap(\.self).joined(separator: " ")
    }

    /// The sentence a person reads beside the row.
    package var message: Message {
        Message(
            "source.reject.\(reason.rawValue)",
            [
                "line": String(line), "column": place,
                "excerpt": excerpt,
                "expected": expectedCells.map(String.init) ?? "", "found": foundCells.map(String.init) ?? "",
            ])
    }
}

/// How far a staging has come.
package struct StagingProgress: Hashable, Sendable, Codable {
    package var bytesRead: Int64
    package var bytesTotal: Int64
    package var rowsRead: Int64
    package var rowsRejected: Int64

    package init(bytesRead: Int64, bytesTotal: Int64, rowsRead: Int64, rowsRejected: Int64) {
        self.bytesRead = bytesRead
        self.bytesTotal = bytesTotal
        self.rowsRead = rowsRead
        self.rowsRejected = rowsRejected
    }
}
