import CXlsxWriter
import Foundation
import Kernel
package import Policy

/// A workbook that goes back to whoever brought its rows: sheets written row by row in constant memory. Text stays text, whatever it
/// looks like; no cell is ever a formula; numbers of 15 digits and more become text too.
package final class ReturnedWorkbook {
    /// How a cell looks; a colour only repeats what its words say.
    package enum Look: Hashable, Sendable, CaseIterable {
        case plain, title, head, addedHead, matched, unmatched, ambiguous, unasked
    }

    private static let textNumber: UInt64 = 100_000_000_000_000
    private static let widthMax = 60.0
    /// Excel believes in 29 February 1900; days before March of that year are text.
    private static let firstSafeDay = -25_508
    private static let epochDay = 25_569

    private let draft: String
    /// At the foot of each printed page; nil for none.
    private let footLine: String?
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var formats: [Look: UnsafeMutablePointer<lxw_format>] = [:]
    private var dateFormat: UnsafeMutablePointer<lxw_format>?
    private var wholeFormat: UnsafeMutablePointer<lxw_format>?

    /// - Throws: `LakeError.excelFailed`.
    package init(draft: String, temporaryFolder: String, footLine: String? = nil) throws(LakeError) {
        self.draft = draft
        self.footLine = footLine
        let opened = temporaryFolder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(draft, &options)
        }
        guard let opened else { throw .excelFailed(detail: draft) }
        workbook = opened
        for look in Look.allCases where look != .plain { formats[look] = Self.format(look, opened) }
        dateFormat = workbook_add_format(opened)
        format_set_num_format(dateFormat, "yyyy-mm-dd")
        format_set_align(dateFormat, UInt8(LXW_ALIGN_LEFT.rawValue))
        wholeFormat = workbook_add_format(opened)
        format_set_num_format_index(wholeFormat, 1)
    }

    deinit {
        if let workbook {
            workbook_close(workbook)
            unlink(draft)
        }
    }

    private static func format(
        _ look: Look, _ workbook: UnsafeMutablePointer<lxw_workbook>
    ) -> UnsafeMutablePointer<lxw_format>? {
        let format = workbook_add_format(workbook)
        switch look {
        case .plain: break
        case .title: format_set_bold(format)
        case .head, .addedHead:
            format_set_bold(format)
            format_set_bg_color(format, look == .head ? 0xE8EEF2 : 0xD7EAE6)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .matched: format_set_font_color(format, 0x1D6B4F)
        case .unmatched: format_set_font_color(format, 0x5B6770)
        case .ambiguous:
            format_set_font_color(format, 0x8A4B00)
            format_set_bg_color(format, 0xFFF3DC)
        case .unasked: format_set_font_color(format, 0xA12A2A)
        }
        return format
    }

    /// Rows and columns count from 0. `frozen`: rows and columns that stay when the sheet is scrolled.
    package func begin(
        sheet name: String, widths: [Double], frozen: (rows: Int, columns: Int)
    ) throws(LakeError) {
        guard let workbook, let begun = workbook_add_worksheet(workbook, name) else {
            throw .excelFailed(detail: name)
        }
        sheet = begun
        if let footLine { worksheet_set_footer(begun, PrintedFoot.text(footLine)) }
        for (column, width) in widths.enumerated() {
            worksheet_set_column(begun, UInt16(column), UInt16(column), min(width, Self.widthMax), nil)
        }
        if frozen.rows + frozen.columns > 0 {
            worksheet_freeze_panes(begun, UInt32(frozen.rows), UInt16(frozen.columns))
        }
    }

    /// Rows in ascending order, and each whole before the next.
    package func put(
        _ text: String, row: Int, column: Int, _ look: Look = .plain
    ) throws(LakeError) {
        guard let sheet, !text.isEmpty else { return }
        // The library's strings end at NUL: what follows would be lost without a word.
        guard !text.utf8.contains(0) else { throw .excelFailed(detail: "\(Self.place(row, column)): NUL") }
        try check(
            worksheet_write_string(
                sheet, UInt32(row), UInt16(column), text, look == .plain ? nil : formats[look] ?? nil),
            row, column)
    }

    package func put(_ value: Value, row: Int, column: Int) throws(LakeError) {
        guard let sheet else { return }
        switch value {
        case .null: return
        case .integer(let number) where number.magnitude < Self.textNumber:
            try check(
                worksheet_write_number(
                    sheet, UInt32(row), UInt16(column), Double(number), wholeFormat), row, column)
        case .decimal(let unscaled, _) where unscaled.magnitude < UInt128(Self.textNumber):
            guard let number = Double(value.plainText) else { return }
            try check(
                worksheet_write_number(sheet, UInt32(row), UInt16(column), number, nil), row, column)
        case .double(let number) where number.isFinite:
            try check(
                worksheet_write_number(sheet, UInt32(row), UInt16(column), number, nil), row, column)
        case .date(let day) where day.daysSince1970 >= Self.firstSafeDay:
            try check(
                worksheet_write_number(
                    sheet, UInt32(row), UInt16(column), Double(day.daysSince1970 + Self.epochDay),
                    dateFormat), row, column)
        case .boolean(let truth):
            try check(
                worksheet_write_boolean(sheet, UInt32(row), UInt16(column), truth ? 1 : 0, nil), row, column)
        default: try put(value.plainText, row: row, column: column)
        }
    }

    private func check(_ status: lxw_error, _ row: Int, _ column: Int) throws(LakeError) {
        guard status == LXW_NO_ERROR else { throw failure(status, "\(Self.place(row, column)): ") }
    }

    private static func place(_ row: Int, _ column: Int) -> String {
        CellAddress.letters(column + 1) + String(row + 1)
    }

    /// Makes the workbook whole at `path` and answers its size and SHA-256 (hex).
    package func finish(to path: String) throws -> (bytes: Int64, sha256: String) {
        guard let open = workbook else { throw LakeError.excelFailed(detail: path) }
        workbook = nil
        sheet = nil
        let status = workbook_close(open)
        guard status == LXW_NO_ERROR else {
            let failure = failure(status, "")
            unlink(draft)
            throw failure
        }
        do {
            let figures = try FileDigest.of(draft)
            try Durable.sync(draft)
            try Durable.rename(draft, to: path)
            return figures
        } catch {
            unlink(draft)
            throw error
        }
    }

    private func failure(_ status: lxw_error, _ place: String) -> LakeError {
        let folder = URL(fileURLWithPath: draft).deletingLastPathComponent().path
        if Durable.isFull(folder) { return .diskFull(path: draft) }
        let reason = lxw_strerror(status).map { String(cString: $0) } ?? "\(status.rawValue)"
        return .excelFailed(detail: place + reason)
    }
}
