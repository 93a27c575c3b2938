import Kernel

extension Value {
    /// A value as people write it (`plainText`), read exactly as a column of `type` holds it: no surrounding white space, as staging
    /// leaves none. Nil for what is none of its values, and for doubles and timestamps, which nobody writes twice in the same way.
    package init?(written text: String, as type: ColumnType) {
        let trimmed = String(
            decoding: Array(text.utf8).withUnsafeBufferPointer { Array(MaskBytes.trimmed($0)) }, as: UTF8.self
        )
        switch type {
        case .text:
            guard !trimmed.isEmpty, !trimmed.utf8.contains(0) else { return nil }
            self = .text(trimmed)
        case .integer:
            guard let number = Int64(trimmed) else { return nil }
            self = .integer(number)
        case .decimal:
            guard let number = DecimalText(trimmed),
                let value = Value.decimal(unscaled: number.unscaled, scale: number.scale).exactly(as: type)
            else { return nil }
            self = value
        case .boolean:
            guard let truth = ["true": true, "false": false][trimmed] else { return nil }
            self = .boolean(truth)
        case .date:
            guard let day = CalendarDate(trimmed) else { return nil }
            self = .date(day)
        case .double, .timestamp: return nil
        }
    }
}
