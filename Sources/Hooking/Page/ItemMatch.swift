import Catalogue
import Lake

/// Which item of the entry a column of the source is.
struct ItemMatch: Sendable {
    let items: [Item]

    /// A first proposal: a column called like an item, by its column's name or its own, becomes that item, each item once.
    func proposed(for mapping: SourceMapping, where isOpen: (ColumnMapping) -> Bool = { _ in true })
        -> SourceMapping
    {
        var mapping = mapping
        var taken = Set(mapping.columns.filter { !isOpen($0) }.map { Self.key($0.name) })
        for position in mapping.columns.indices where isOpen(mapping.columns[position]) {
            let column = mapping.columns[position]
            let keys = [column.sourceName, column.name].map(Self.key)
            let found = items.first { item in
                !taken.contains(Self.key(item.column))
                    && (keys.contains(Self.key(item.column)) || keys.contains(Self.key(item.name)))
            }
            if let found { mapping.columns[position].name = found.column }
            taken.insert(Self.key(mapping.columns[position].name))
        }
        return mapping
    }

    func item(of column: ColumnMapping) -> Item? {
        items.first { Self.key($0.column) == Self.key(column.name) }
    }

    /// Items that no column of the mapping becomes.
    func missing(in mapping: SourceMapping) -> [Item] {
        let names = Set(mapping.included.map { Self.key($0.name) })
        return items.filter { !names.contains(Self.key($0.column)) }
    }

    /// As people would call it the same name.
    private static func key(_ name: String) -> String {
        String(name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" })
    }
}
