package import Policy

/// A column as manifests, messages and files name it: `{"name": "金额", "type": "decimal(18,2)"}`.
package struct LakeColumn: Codable, Hashable, Sendable {
    package let name: String
    package let type: String

    package init(_ column: Column) {
        name = column.name
        type = column.type.description
    }

    package func column() throws -> Column {
        guard let type = ColumnType(type) else {
            throw LakeError.columnTypeUnsupported(column: name, type: type)
        }
        return Column(name, type)
    }
}

extension ColumnType {
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
}
