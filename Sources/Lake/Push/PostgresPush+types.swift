import Policy

extension PostgresPush {
    func fit(_ column: Column, in target: TargetColumn?) -> ColumnFit? {
        let declared = target?.declared ?? Self.type(of: column.type)
        var fit = ColumnFit(column.name, declared: declared, staged: Self.type(of: column.type))
        let length = Self.length(declared)
        switch column.type {
        case .text:
            fit.forbidsNUL = true
            switch Self.stem(declared) {
            case "text": break
            case "character varying": fit.charactersMax = length?.first
            case "character", "bpchar":
                fit.charactersMax = length?.first
                fit.forbidsTrailingSpace = true
            default: return nil
            }
        case .integer:
            switch declared {
            case "smallint": fit.integers = Int64(Int16.min)...Int64(Int16.max)
            case "integer": fit.integers = Int64(Int32.min)...Int64(Int32.max)
            case "bigint", "numeric": break
            default:
                guard Self.stem(declared) == "numeric", let length, length.count == 2 else { return nil }
                fit.wholeDigitsMax = length[0] - length[1]
            }
        case .decimal(_, let scale):
            fit.scale = scale
            guard Self.stem(declared) == "numeric" else { return nil }
            if let length, length.count == 2 {
                guard length[1] >= scale else { return nil }
                fit.wholeDigitsMax = length[0] - length[1]
            }
        case .double: guard declared == "double precision" else { return nil }
        case .boolean: guard declared == "boolean" else { return nil }
        case .date: guard declared == "date" else { return nil }
        case .timestamp:
            guard declared.hasPrefix("timestamp") else { return nil }
            fit.timestamps = PostgresBinary.timestampMin...Int64.max
            fit.microsecondsStep = (0..<(6 - min(6, length?.first ?? 6))).reduce(1) { step, _ in step * 10 }
        }
        return fit
    }

    private static func type(of type: ColumnType) -> String {
        switch type {
        case .text: "text"
        case .integer: "bigint"
        case .decimal(let precision, let scale): "numeric(\(precision),\(scale))"
        case .double: "double precision"
        case .boolean: "boolean"
        case .date: "date"
        case .timestamp: "timestamp with time zone"
        }
    }

    /// `numeric(12,2)` is `numeric` of `[12, 2]`.
    private static func stem(_ declared: String) -> String { String(declared.prefix { $0 != "(" }) }

    private static func length(_ declared: String) -> [Int]? {
        guard let open = declared.firstIndex(of: "("), let close = declared.firstIndex(of: ")") else {
            return nil
        }
        return declared[declared.index(after: open)..<close].split(separator: ",").compactMap {
            Int($0.filter { $0 != " " })
        }
    }
}
