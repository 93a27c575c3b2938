package import Kernel

/// Rows of one kind: filtered, sorted and paged by the server, so that it all works without JavaScript.
package struct Table: Sendable {
    package struct Column: Sendable {
        package let title: Message
        package let isFigure: Bool
        package let sortHref: String?
        /// `ascending`, `descending`, or nil when the rows are not in this column's order.
        package let order: String?

        package init(_ title: Message, isFigure: Bool = false, sortHref: String? = nil, order: String? = nil)
        {
            self.title = title
            self.isFigure = isFigure
            self.sortHref = sortHref
            self.order = order
        }
    }

    package struct Cell: Sendable {
        package let label: Label?
        package let href: String?
        package let chips: [Chip]
        package let unit: Message?
        package let note: Label?
        package let isCode: Bool
        package let choice: Choice?

        package init(
            _ label: Label, href: String? = nil, unit: Message? = nil, note: Label? = nil,
            isCode: Bool = false, choice: Choice? = nil
        ) {
            self.choice = choice
            self.label = label
            self.href = href
            chips = []
            self.unit = unit
            self.note = note
            self.isCode = isCode
        }

        package init(_ chips: Chip...) { self.init(chips) }

        package init(_ chips: [Chip]) {
            choice = nil
            label = nil
            href = nil
            self.chips = chips
            unit = nil
            note = nil
            isCode = false
        }
    }

    /// A tick before a cell's label, by which its row goes with a form that stands elsewhere on the page.
    package struct Choice: Sendable {
        /// The form's id.
        package let form: String
        package let name: String
        package let value: String
        package let isChosen: Bool
        /// For those who do not see the row.
        package let title: Message

        package init(form: String, name: String, value: String, isChosen: Bool = false, title: Message) {
            self.form = form
            self.name = name
            self.value = value
            self.isChosen = isChosen
            self.title = title
        }
    }

    package struct Filter: Sendable {
        package let action: String
        package let fields: [Field]
        /// Of the query, kept as they are: the order.
        package let kept: [Pair]
        /// Shown only when something is filtered.
        package let clearHref: String?
        package let button: Message

        package init(
            action: String, fields: [Field], kept: [Pair] = [], clearHref: String? = nil,
            button: Message = Message("web.filter")
        ) {
            self.button = button
            self.action = action
            self.fields = fields
            self.kept = kept
            self.clearHref = clearHref
        }
    }

    package struct Pair: Sendable, Hashable {
        package let name: String
        package let value: String
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package struct ShownCell: Sendable {
        package let cell: Cell
        package let column: Message
        package let isFigure: Bool
        package let isFirst: Bool
        /// Days and moments are not broken over two lines.
        package let isWhole: Bool
    }

    package struct Row: Sendable {
        package let cells: [ShownCell]
    }

    package let id: String
    package let caption: Message
    package let columns: [Column]
    package let rows: [Row]
    package let filter: Filter?
    package let count: Label?
    package let nextHref: String?
    package let firstHref: String?
    package let hasPages: Bool
    package let exportHref: String?
    package let workbookHref: String?
    package let empty: EmptyState
    package let isEmpty: Bool

    /// `rows` hold cells in the order of `columns`; `count` is of all rows, not only of this page, where that is known; beyond `countMax` only
    /// that there are more than so many.
    package init(
        id: String, caption: Message, columns: [Column], rows: [[Cell]], filter: Filter? = nil,
        count: Int? = nil, countMax: Int = .max,
        nextHref: String? = nil, firstHref: String? = nil, exportHref: String? = nil,
        workbookHref: String? = nil, empty: EmptyState
    ) {
        self.id = id
        self.caption = caption
        self.columns = columns
        self.rows = rows.map { cells in
            Row(
                cells: zip(cells, columns).enumerated().map { position, pair in
                    ShownCell(
                        cell: pair.0, column: pair.1.title,
                        isFigure: pair.1.isFigure || pair.0.label?.isFigure == true, isFirst: position == 0,
                        isWhole: pair.0.label?.isMoment == true)
                })
        }
        self.filter = filter
        self.count = count.map { Label.count($0, max: countMax) }
        self.nextHref = nextHref
        self.firstHref = firstHref
        hasPages = nextHref != nil || firstHref != nil
        self.exportHref = exportHref
        self.workbookHref = workbookHref
        self.empty = empty
        isEmpty = rows.isEmpty
    }
}

extension Table {
    /// RFC 4180 with a byte order mark, so that Excel reads Chinese; cells that a spreadsheet would run as a formula get a
    /// leading apostrophe.
    package func csv(in language: Language, _ words: Words) -> String {
        let header = columns.map { words.text($0.title, in: language) }
        let lines = rows.map { row in
            row.cells.map { shown in
                let cell = shown.cell
                guard let label = cell.label else {
                    return cell.chips.map { $0.label.text(in: language, words) }.joined(separator: " ")
                }
                if case .count(let number) = label { return String(number) }
                if case .nothing = label { return "" }
                return label.text(in: language, words)
            }
        }
        return "\u{FEFF}"
            + ([header] + lines).map(Self.csvLine).joined()
    }

    /// One line of such a file, for answers too long to be held whole; the file begins with a byte order mark.
    package static func csvLine(_ cells: [String]) -> String {
        cells.map(csvCell).joined(separator: ",") + "\r\n"
    }

    private static func csvCell(_ text: String) -> String {
        let isNumber = Double(text) != nil
        let isFormula = !isNumber && text.first.map { "=+-@\t\r".contains($0) } == true
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { $0 == "\"" || $0 == "," || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
