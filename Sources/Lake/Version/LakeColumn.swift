package import Policy

/// A column as manifests, messages and files name it: `{"name": "金额", "type": "decimal(18,2)"}`.
package struct LakeColumn: Codable, Hashable, Sendable {
    package let name: String
    package let type: String

    package init(_ column: Column) {
        name = column.name
        type = column.type.lakeName
    }

    package func column() throws -> Column {
        guard let type = ColumnType(lakeName: type) else {
            throw LakeError.columnTypeUnsupported(column: name, type: type)
        }
        return Column(name, type)
    }
}

extension ColumnType {
    package var lakeName: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
        case .double: "double"
        case .boolean: "boolean"
        case .date: "date"
        case .timestamp: "timestamp"
        }
    }

    /// The type as DuckDB's SQL spells it.
    package var engineName: String {
        switch self {
        case .text: "VARCHAR"
        case .integer: "BIGINT"
        case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
        case .double: "DOUBLE"
        case .boolean: "BOOLEAN"
        case .date: "DATE"
        case .timestamp: "TIMESTAMP"
        }
    }

    package init?(lakeName: String) {
        switch lakeName {
        case "text": self = .text
        case "integer": self = .integer
        case "double": self = .double
        case "boolean": self = .boolean
        case "date": self = .date
        case "timestamp": self = .timestamp
        default:
            guard lakeName.hasPrefix("decimal("), lakeName.hasSuffix(")") else { return nil }
            let digits = lakeName.dropFirst(8).dropLast().split(separator: ",")
            guard digits.count == 2, let precision = Int(digits[0]), let scale = Int(digits[1]),
                (1...38).contains(precision), (0...precision).contains(scale)
            else { return nil }
            self = .decimal(precision: precision, scale: scale)
        }
    }
}
