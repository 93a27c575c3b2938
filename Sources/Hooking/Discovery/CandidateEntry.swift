package import Catalogue
import Kernel
package import Lake
import Policy

extension EntryCard {
    /// A first draft of the entry that would describe a table: its items from the columns and what the database says of them. The rest is
    /// for whoever knows the data.
    package init(candidate table: FoundTable, databaseType: String) {
        let title = table.comment.map(Self.line) ?? table.name
        self.init(
            title: Self.cut(title, EntryLimits.titleCharactersMax),
            abstract: Self.cut(table.comment ?? "", EntryLimits.abstractCharactersMax),
            format: ResourceFormat(.database, type: Self.cut(databaseType, EntryLimits.codeCharactersMax)),
            items: table.columns.prefix(EntryLimits.itemsMax).compactMap(Self.item))
    }

    /// Nil for a column that no version can hold.
    private static func item(_ column: FoundTable.Column) -> Item? {
        guard let type = column.type.flatMap({ ColumnType($0) }), !column.name.isEmpty,
            column.name.count <= EntryLimits.nameCharactersMax
        else { return nil }
        let name = column.comment.map(line).flatMap { $0.isEmpty ? nil : $0 } ?? column.name
        let (kind, length) = Self.kind(type, declared: column.declared)
        let description = column.comment.flatMap { $0 == name ? nil : $0 } ?? ""
        return Item(
            column: column.name, name: cut(name, EntryLimits.nameCharactersMax), type: kind,
            length: length.map { min($0, EntryLimits.itemLengthMax) },
            description: cut(description, EntryLimits.textCharactersMax))
    }

    private static func kind(_ type: ColumnType, declared: String) -> (Item.DataType, Int?) {
        switch type {
        case .text:
            let length = declared.firstIndex(of: "(").flatMap {
                Int(declared[$0...].dropFirst().prefix { $0.isNumber })
            }
            return length.map { (.characters, $0) } ?? (.memo, nil)
        case .integer: return (.integer, nil)
        case .decimal(let precision, _): return (.number, precision)
        case .double: return (.doublePrecision, nil)
        case .boolean: return (.logical, nil)
        case .date: return (.date, nil)
        case .timestamp: return (.dateTime, nil)
        }
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func cut(_ text: String, _ charactersMax: Int) -> String {
        text.count <= charactersMax ? text : String(text.prefix(charactersMax - 1)) + "…"
    }
}
