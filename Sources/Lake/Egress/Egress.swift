/// A file that a release is written into.
package struct Egress: Codable, Hashable, Sendable {
    package enum Format: String, Codable, Hashable, Sendable, CaseIterable {
        /// RFC 4180, UTF-8, CRLF; cells that a spreadsheet would take for a formula get an apostrophe.
        case csv
        case parquet
        /// One sheet, identifiers as text.
        case excel
    }

    package let format: Format
    /// CSV only: what Excel needs to recognise UTF-8.
    package let byteOrderMark: Bool
    /// The finished file; written beside it first, then renamed.
    package let path: String
    package let rowsMax: Int64?
    /// Excel only: at the foot of each printed page, beside the rows and never among them.
    package let footLine: String?
    /// Of rows that are none: what the sheet is called, and what a Parquet file says of itself. CSV has no place for it.
    package let mark: String?

    package init(
        _ format: Format, to path: String, byteOrderMark: Bool = true, rowsMax: Int64? = nil,
        footLine: String? = nil, mark: String? = nil
    ) {
        self.mark = mark
        self.format = format
        self.path = path
        self.byteOrderMark = byteOrderMark
        self.rowsMax = rowsMax
        self.footLine = footLine
    }

    /// Of an .xlsx sheet, header included.
    package static let excelRowsMax: Int64 = 1_048_576
}

/// What left, for the receipt.
package struct EgressReport: Codable, Hashable, Sendable {
    package let rowsOut: Int64
    /// Rows of the version that the predicate kept back.
    package let rowsWithheld: Int64
    package let bytes: Int64
    /// Of the file's bytes, hex.
    package let sha256: String
    /// Of the rows that left, as `VersionManifest.contentDigest`.
    package let contentDigest: String
    /// Cells that got an apostrophe before them.
    package let formulaCellsDefused: Int64

    package init(
        rowsOut: Int64, rowsWithheld: Int64, bytes: Int64, sha256: String, contentDigest: String,
        formulaCellsDefused: Int64
    ) {
        self.rowsOut = rowsOut
        self.rowsWithheld = rowsWithheld
        self.bytes = bytes
        self.sha256 = sha256
        self.contentDigest = contentDigest
        self.formulaCellsDefused = formulaCellsDefused
    }
}
