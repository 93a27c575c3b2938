import CXlsxWriter
import DuckDB
import Foundation
import Glibc
import Kernel
import Policy

/// One sheet, written row by row in constant memory. Text stays text, whatever it looks like; numbers of 15 digits and more become
/// text too: most are identifiers, and beyond 15 digits Excel changes them without a word.
final class ExcelSheet {
    private static let textDigits = 15
    /// The first number with so many.
    private static let textNumber: UInt64 = 100_000_000_000_000
    /// Excel knows no day before 1900 and believes in 29 February 1900.
    private static let firstSafeDay = -25_508  // 1900-03-01
    private static let epochDay = 25_569  // 1970-01-01

    private let schema: Schema
    private let draft: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    /// Excel's own choice writes 12 digits as 1.2E+11.
    private let integerFormat: UnsafeMutablePointer<lxw_format>?
    private let dateFormat: UnsafeMutablePointer<lxw_format>?
    private var row: UInt32 = 0
    private var text: [UInt8] = []

    init(
        _ schema: Schema, draft: String, temporaryFolder: String, footLine: String? = nil,
        sheetName: String? = nil
    ) throws(LakeError) {
        self.schema = schema
        self.draft = draft
        let opened = temporaryFolder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(draft, &options)
        }
        guard let opened, let sheet = workbook_add_worksheet(opened, sheetName) else {
            throw .excelFailed(detail: draft)
        }
        workbook = opened
        self.sheet = sheet
        integerFormat = workbook_add_format(opened)
        format_set_num_format_index(integerFormat, 1)  // "0"
        dateFormat = workbook_add_format(opened)
        format_set_num_format(dateFormat, "yyyy-mm-dd")
        if let footLine { worksheet_set_footer(sheet, PrintedFoot.text(footLine)) }
        try writeHeader(opened)
    }

    deinit {
        if let workbook {
            workbook_close(workbook)
            unlink(draft)
        }
    }

    private func writeHeader(_ workbook: UnsafeMutablePointer<lxw_workbook>) throws(LakeError) {
        let header = workbook_add_format(workbook)
        format_set_bold(header)
        format_set_bg_color(header, 0xE8EEF2)
        format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
        worksheet_freeze_panes(sheet, 1, 0)
        for (column, item) in schema.enumerated() {
            worksheet_set_column(sheet, UInt16(column), UInt16(column), Self.width(item), nil)
            try check(worksheet_write_string(sheet, 0, UInt16(column), item.name, header), item.name)
        }
        row = 1
    }

    private static func width(_ column: Column) -> Double {
        let head = column.name.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) } + 2
        let body =
            switch column.type {
            case .text: 18
            case .timestamp: 28
            case .date: 12
            default: 14
            }
        return Double(min(60, max(head, body)))
    }

    func append(_ chunk: Chunk, row chunkRow: Int) throws {
        for (column, vector) in chunk.vectors.enumerated() where !vector.isNull(chunkRow) {
            try write(vector, chunkRow, column)
        }
        row += 1
    }

    private func write(_ vector: Vector, _ chunkRow: Int, _ column: Int) throws(LakeError) {
        let name = schema[column].name
        let at = UInt16(column)
        switch schema[column].type {
        case .integer:
            guard let number = vector.integer(chunkRow), number.magnitude < Self.textNumber else {
                break
            }
            return try check(worksheet_write_number(sheet, row, at, Double(number), integerFormat), name)
        case .decimal(_, let scale):
            guard let unscaled = vector.decimal(chunkRow),
                unscaled.magnitude.description.count < Self.textDigits + (scale > 0 ? 1 : 0)
            else { break }
            let number = Double(PlainText.decimal(unscaled, scale: scale)) ?? 0
            return try check(worksheet_write_number(sheet, row, at, number, nil), name)
        case .double:
            guard let number = vector.number(chunkRow, as: Double.self), number.isFinite else { break }
            return try check(worksheet_write_number(sheet, row, at, number, nil), name)
        case .boolean:
            guard let truth = vector.number(chunkRow, as: UInt8.self) else { break }
            return try check(worksheet_write_boolean(sheet, row, at, Int32(truth), nil), name)
        case .date:
            guard let day = vector.number(chunkRow, as: Int32.self), Int(day) >= Self.firstSafeDay else {
                break
            }
            let serial = Double(Int(day) + Self.epochDay)
            return try check(worksheet_write_number(sheet, row, at, serial, dateFormat), name)
        case .text, .timestamp: break
        }
        text.removeAll(keepingCapacity: true)
        PlainText.append(vector, chunkRow, schema[column].type, to: &text)
        // The library's strings end at NUL: what follows would be lost without a word.
        guard !text.contains(0) else { throw .excelFailed(detail: "\(name), row \(row + 1): NUL") }
        text.append(0)
        let status = text.withUnsafeBytes { bytes in
            worksheet_write_string(
                sheet, row, at, bytes.assumingMemoryBound(to: CChar.self).baseAddress, nil)
        }
        try check(status, name)
    }

    private func check(_ status: lxw_error, _ column: String) throws(LakeError) {
        guard status == LXW_NO_ERROR else { throw failure(status, "\(column), row \(row + 1): ") }
    }

    /// The draft is complete afterwards, not yet synced.
    func finish() throws(LakeError) {
        guard let open = workbook else { return }
        workbook = nil
        let status = workbook_close(open)
        guard status == LXW_NO_ERROR else {
            // Asked before the draft goes: it is what fills the disk.
            let failure = failure(status, "")
            unlink(draft)
            throw failure
        }
    }

    private func failure(_ status: lxw_error, _ place: String) -> LakeError {
        let folder = URL(fileURLWithPath: draft).deletingLastPathComponent().path
        if Durable.isFull(folder) { return .diskFull(path: draft) }
        let reason = lxw_strerror(status).map { String(cString: $0) } ?? "\(status.rawValue)"
        return .excelFailed(detail: place + reason)
    }
}
