package import Hummingbird
package import Kernel

/// What a list page was asked: words, order, place, and whether as CSV. The same names on every list.
package struct TableQuery: Sendable {
    /// Rows of one page.
    package static let rowsMax = 50
    /// Rows of one export.
    package static let exportRowsMax = 10_000

    /// What was typed into the search field.
    package let words: String
    /// One of the sortable keys.
    package let sort: String
    package let isDescending: Bool
    /// The cursor where this page begins; nil on the first.
    package let after: String?
    package let isCSV: Bool
    package let isExcel: Bool
    private let path: String
    private let query: SubmittedForm

    /// `sortable` holds the keys that may be asked for; anything else falls back to `order`: a key, or `-key` for descending.
    package init(_ visit: Visit, sortable: Set<String>, order: String) {
        self.init(path: visit.path, query: visit.query, sortable: sortable, order: order)
    }

    package init(path: String, query: SubmittedForm, sortable: Set<String>, order: String) {
        self.path = path
        self.query = query
        words = query["q"]
        let asked = query["sort"]
        let wanted =
            sortable.contains(asked.hasPrefix("-") ? String(asked.dropFirst()) : asked) ? asked : order
        isDescending = wanted.hasPrefix("-")
        sort = isDescending ? String(wanted.dropFirst()) : wanted
        after = query["after"].isEmpty ? nil : query["after"]
        isCSV = query["format"] == "csv"
        isExcel = query["format"] == Self.excel
    }

    /// What `format` is for a workbook.
    package static let excel = "excel"

    package var isExport: Bool { isCSV || isExcel }
    package var limit: Int { isExport ? Self.exportRowsMax : Self.rowsMax }

    package func column(_ key: String, _ title: Message, isFigure: Bool = false) -> Table.Column {
        let isSorted = key == sort
        let next = isSorted && !isDescending ? "-" + key : key
        return Table.Column(
            title, isFigure: isFigure,
            sortHref: Links.path(path, query, setting: ["sort": next, "after": nil]),
            order: isSorted ? (isDescending ? "descending" : "ascending") : nil)
    }

    package func nextHref(_ cursor: String?) -> String? {
        cursor.map { Links.path(path, query, setting: ["after": $0]) }
    }

    package var firstHref: String? {
        after == nil ? nil : Links.path(path, query, setting: ["after": nil])
    }

    package var exportHref: String { Links.path(path, query, setting: ["format": "csv", "after": nil]) }

    package var workbookHref: String {
        Links.path(path, query, setting: ["format": Self.excel, "after": nil])
    }

    /// A filter above the table. Its fields carry the query's values already; what `keeping` names stays as it is beside the order.
    package func filter(_ fields: [Field], keeping others: [String] = []) -> Table.Filter {
        let names = fields.map(\.name)
        let isFiltered = names.contains { !query[$0].isEmpty }
        let kept = (["sort"] + others).filter { !query[$0].isEmpty }.map { Table.Pair($0, query[$0]) }
        return Table.Filter(
            action: path, fields: fields, kept: kept,
            clearHref: isFiltered
                ? Links.path(
                    path, query,
                    setting: Dictionary(uniqueKeysWithValues: (names + ["after"]).map { ($0, String?.none) }))
                : nil)
    }

    package func value(_ name: String) -> String { query[name] }
}

extension Visit {
    package func text(of label: Label) -> String { label.text(in: language, site.templates.words) }

    /// The table as a file for Excel.
    package func csv(_ table: Table, as fileName: String) -> Hummingbird.Response {
        download(
            text: table.csv(in: language, site.templates.words), as: fileName, type: "text/csv; charset=utf-8"
        )
    }
}
