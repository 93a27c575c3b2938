import Kernel
import Policy

extension CellParser {
    /// One cell as the value that staging would write for it, for rows that are at hand: the same parsers, the same NULLs, the same
    /// refusals.
    static func value(
        _ raw: CellBytes, of column: ColumnMapping, utcOffsetSeconds: Int, cellBytesMax: Int
    ) throws(CellMisfit) -> Value {
        guard raw.count <= cellBytesMax else { throw CellMisfit(.cellTooLong) }
        for offset in 0..<raw.count where raw[offset] == 0 { throw CellMisfit(.nulByte) }
        let cell = raw.trimmed
        guard raw.count > 0,
            !column.nullMarkers.contains(where: { !$0.isEmpty && cell.equals(Array($0.utf8)) })
        else { return .null }
        if column.type == .text {
            if !column.keepsDamaged, isDamaged(cell) { throw CellMisfit(.damagedBySpreadsheet) }
            return .text(raw.text)
        }
        guard cell.count > 0 else { return .null }
        return try typed(cell, column, utcOffsetSeconds)
    }

    private static func typed(
        _ cell: CellBytes, _ column: ColumnMapping, _ utcOffsetSeconds: Int
    ) throws(CellMisfit) -> Value {
        switch column.type {
        case .text: return .text(cell.text)
        case .integer:
            guard let number = integer(cell) else { throw CellMisfit(.notInteger) }
            return .integer(number)
        case .decimal(let precision, let scale):
            guard let number = decimal(cell, precision: precision, scale: scale) else {
                throw CellMisfit(.notDecimal)
            }
            return .decimal(unscaled: number, scale: scale)
        case .double:
            guard let number = double(cell) else { throw CellMisfit(.notDouble) }
            return .double(number)
        case .boolean:
            guard let truth = boolean(cell) else { throw CellMisfit(.notBoolean) }
            return .boolean(truth)
        case .date:
            guard let day = date(cell, column.dateFormats) else { throw CellMisfit(.notDate) }
            return .date(day)
        case .timestamp:
            guard let moment = timestamp(cell, column.dateFormats, utcOffsetSeconds: utcOffsetSeconds) else {
                throw CellMisfit(.notTimestamp)
            }
            return .timestamp(Instant(microseconds: moment))
        }
    }
}

struct CellMisfit: Error {
    let reason: Reject.Reason
    init(_ reason: Reject.Reason) { self.reason = reason }
}
