import Catalogue
package import Kernel
import Lake
import Policy
package import Web

/// One column of the reading form.
package struct ColumnForm: Sendable {
    package let number: Int
    package let prefix: String
    package let sourceName: String
    package let name: String
    /// The entry's items, and a name of its own for what is none of them.
    package let items: [Field.Option]
    package let hasItems: Bool
    package let isIncluded: Bool
    package let isKey: Bool
    package let types: [Field.Option]
    package let hasFormats: Bool
    package let formats: [Field.Option]
    package let nullMarkers: String
    package let reason: Message
    package let filled: Label
    package let empty: Label
    package let distinct: String?
    package let range: Message?
    /// Masked as the sample rows are.
    package let examples: String?
    package let damage: Message?
    package let keepsDamaged: Bool

    /// What stands around a column: its neighbours decide nothing, but the page shows them together.
    struct Surroundings {
        var found: Probe.Column?
        var sample: [String] = []
        var match = ItemMatch(items: [])
        var mask = SampleMask.plain
        var isKey = false
        var isText = true
    }

    init(_ column: ColumnMapping, _ around: Surroundings) {
        let found = around.found
        number = column.position + 1
        prefix = Self.prefix(column.position)
        sourceName = column.sourceName
        name = column.name
        items = Self.items(column, around.match)
        hasItems = !items.isEmpty
        isIncluded = column.isIncluded
        isKey = around.isKey
        types = Self.types(column.type, isText: around.isText)
        formats = around.isText ? Self.formats(column.dateFormats) : []
        hasFormats = !formats.isEmpty
        nullMarkers = column.nullMarkers.filter { !$0.isEmpty }.joined(separator: " | ")
        reason = found?.reason ?? Message("hooking.reason-unknown")
        filled = .count(Int(found?.filledCells ?? 0))
        empty = .count(Int(found?.emptyCells ?? 0))
        distinct = found?.distinctValues.map { count in
            Written.count(Int(count)) + (count >= Probe.Column.distinctValuesMax ? "+" : "")
        }
        let shown = { (text: String) in around.mask.shown(text, column: column.position) }
        range =
            if let low = found?.low, let high = found?.high, low != high,
                around.mask.isPlain(column: column.position)
            {
                Message("hooking.range", ["low": shown(low), "high": shown(high)])
            } else {
                nil
            }
        var examples: [String] = []
        for text in around.sample.map(shown) where examples.count < 3 && !examples.contains(text) {
            examples.append(String(text.prefix(40)))
        }
        self.examples = examples.isEmpty ? nil : examples.joined(separator: " · ")
        damage = found.flatMap { found in
            guard found.damagedCells > 0 else { return nil }
            return Message(
                "hooking.damaged",
                ["count": String(found.damagedCells), "line": found.damagedLine.map { String($0) } ?? "?"])
        }
        keepsDamaged = column.keepsDamaged
    }

    private static func items(_ column: ColumnMapping, _ match: ItemMatch) -> [Field.Option] {
        guard !match.items.isEmpty else { return [] }
        let chosen = match.item(of: column)
        return match.items.map { item in
            let label = item.name == item.column ? item.name : "\(item.name)（\(item.column)）"
            return Field.Option(item.column, .data(label), isChosen: item.column == chosen?.column)
        } + [Field.Option("", .word(Message("hooking.no-item")), isChosen: chosen == nil)]
    }

    static func prefix(_ position: Int) -> String { "c\(position)" }

    private static func types(_ chosen: ColumnType, isText: Bool) -> [Field.Option] {
        var types: [ColumnType] =
            isText
            ? [
                .text, .integer, .decimal(precision: 18, scale: 2), .decimal(precision: 18, scale: 4),
                .double, .boolean, .date, .timestamp,
            ]
            : [.text]
        if !types.contains(chosen) { types.append(chosen) }
        return types.map { Field.Option($0.description, .word($0.message), isChosen: $0 == chosen) }
    }

    /// What was found may be several forms together; a person chooses those or one.
    private static func formats(_ chosen: [DateFormat]) -> [Field.Option] {
        let written = chosen.map(\.rawValue).joined(separator: "|")
        var options = [Field.Option("", .nothing, isChosen: chosen.isEmpty)]
        if chosen.count > 1 {
            options.append(
                Field.Option(written, .data(chosen.map(\.rawValue).joined(separator: " · ")), isChosen: true))
        }
        return options
            + DateFormat.allCases.map {
                Field.Option($0.rawValue, .data($0.rawValue), isChosen: $0.rawValue == written)
            }
    }
}

/// What a person set in the reading form, laid over what was probed.
struct ReadingAnswers {
    private let values: [String: String]

    init(_ form: SubmittedForm) {
        values = Dictionary(form.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private func value(_ position: Int, _ part: String) -> String? {
        values["\(ColumnForm.prefix(position)).\(part)"]
    }

    /// Whether the form was about this column.
    func knows(_ column: ColumnMapping) -> Bool {
        value(column.position, "source").map(Self.plain) == Self.plain(column.sourceName)
    }

    /// Columns that the form did not know keep what was found.
    func applied(to mapping: SourceMapping) -> SourceMapping {
        var mapping = mapping
        for position in mapping.columns.indices where knows(mapping.columns[position]) {
            var column = mapping.columns[position]
            column.isIncluded = value(position, "in") != nil
            let item = value(position, "item").map(Self.plain) ?? ""
            column.name = item.isEmpty ? Self.plain(value(position, "name") ?? column.name) : item
            column.type = value(position, "type").flatMap { ColumnType($0) } ?? column.type
            if let formats = value(position, "format") {
                column.dateFormats = formats.split(separator: "|").compactMap {
                    DateFormat(rawValue: String($0))
                }
            }
            if let markers = value(position, "null") {
                column.nullMarkers =
                    [""] + markers.split(separator: "|").map { Self.plain(String($0)) }.filter { !$0.isEmpty }
            }
            column.keepsDamaged = value(position, "keep") != nil
            mapping.columns[position] = column
        }
        return mapping
    }

    func keys(of mapping: SourceMapping) -> [String] {
        mapping.included.filter { knows($0) && value($0.position, "key") != nil }.map(\.name)
    }

    var overrides: ReadingOverrides {
        let header: HeaderChoice? =
            switch values["header"] ?? "" {
            case "": nil
            case "none": HeaderChoice.none
            case let line: Int64(line).flatMap { (1...10_000).contains($0) ? .line($0) : nil }
            }
        return ReadingOverrides(
            encoding: values["encoding"].flatMap { TextEncoding(rawValue: $0) },
            delimiter: values["delimiter"].flatMap { Self.delimiters[$0] },
            quoting: ["yes": true, "no": false][values["quoting"] ?? ""], header: header,
            sheet: values["sheet"].flatMap { $0.isEmpty ? nil : $0 },
            records: values["records"].flatMap { $0.isEmpty ? nil : $0 },
            totals: values["totals"].flatMap(TotalsRows.init(rawValue:)))
    }

    /// A tab does not survive in every form.
    static let delimiters: [String: Delimiter] = [
        "comma": .comma, "semicolon": .semicolon, "tab": .tab, "bar": .bar,
    ]

    /// Browsers write line ends of their own.
    private static func plain(_ text: String) -> String {
        var flat = text.replacing("\r", with: "")[...]
        while flat.first?.isWhitespace == true { flat.removeFirst() }
        while flat.last?.isWhitespace == true { flat.removeLast() }
        return String(flat)
    }
}
