import Policy

extension MySQLPush {
    func fit(_ column: Column, in target: TargetColumn?) -> ColumnFit? {
        let isKey = order.keyColumns.contains(column.name)
        let own = Self.type(of: column.type, isKey: isKey)
        let declared = target?.declared.lowercased() ?? own.lowercased()
        var fit = ColumnFit(
            column.name, declared: target?.declared ?? own, staged: target?.definition ?? own)
        let kind = String(declared.prefix { $0.isLetter })
        let length = Self.length(declared)
        switch column.type {
        case .text: return Self.text(fit, kind, length, target)
        case .integer:
            guard let range = Self.integers[kind] else { return nil }
            fit.integers = declared.contains("unsigned") ? Self.unsigned(range) : range
        case .decimal(_, let scale):
            guard kind == "decimal", let length, length.count == 2, length[1] >= scale else { return nil }
            fit.scale = scale
            fit.wholeDigitsMax = length[0] - length[1]
        case .double:
            guard kind == "double", length == nil else { return nil }
            fit.demandsFinite = true
        case .boolean: guard kind == "tinyint" || declared == "bit(1)" else { return nil }
        case .date:
            guard kind == "date" else { return nil }
            fit.dates = MySQLText.dates
        case .timestamp:
            guard kind == "datetime" || kind == "timestamp" else { return nil }
            fit.timestamps = kind == "timestamp" ? MySQLText.stamps : MySQLText.moments
            fit.microsecondsStep = (0..<(6 - min(6, length?.first ?? 0))).reduce(1) { step, _ in step * 10 }
        }
        return fit
    }

    private static func text(
        _ fit: ColumnFit, _ kind: String, _ length: [Int]?, _ target: TargetColumn?
    ) -> ColumnFit? {
        var fit = fit
        switch target?.characters {
        case nil, "utf8mb4": break
        case "utf8", "utf8mb3": fit.forbidsSupplementary = true
        default: return nil
        }
        switch kind {
        case "varchar": fit.charactersMax = length?.first
        case "char":
            fit.charactersMax = length?.first
            fit.forbidsTrailingSpace = true
        case "tinytext": fit.bytesMax = 255
        case "text": fit.bytesMax = 65_535
        case "mediumtext": fit.bytesMax = 16_777_215
        case "longtext": break
        default: return nil
        }
        return fit
    }

    private static let integers: [String: ClosedRange<Int64>] = [
        "tinyint": -128...127, "smallint": -32_768...32_767, "mediumint": -8_388_608...8_388_607,
        "int": Int64(Int32.min)...Int64(Int32.max), "bigint": Int64.min...Int64.max,
    ]

    private static func unsigned(_ range: ClosedRange<Int64>) -> ClosedRange<Int64> {
        0...(range.upperBound == .max ? .max : range.upperBound * 2 + 1)
    }

    private static func type(of type: ColumnType, isKey: Bool) -> String {
        switch type {
        case .text:
            (isKey ? "VARCHAR(\(keyCharactersMax))" : "LONGTEXT")
                + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
        case .integer: "BIGINT"
        case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
        case .double: "DOUBLE"
        case .boolean: "TINYINT(1)"
        case .date: "DATE"
        case .timestamp: "DATETIME(6)"
        }
    }

    private static func length(_ declared: String) -> [Int]? {
        guard let open = declared.firstIndex(of: "("), let close = declared.firstIndex(of: ")") else {
            return nil
        }
        return declared[declared.index(after: open)..<close].split(separator: ",").compactMap { Int($0) }
    }
}
