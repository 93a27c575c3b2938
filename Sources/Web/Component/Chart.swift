package import Kernel

/// A drawing of figures, and the table it is drawn from: the table is there without JavaScript and for screen readers.
package struct Chart: Sendable {
    package enum Kind: String, Sendable {
        case bar, line
        /// Bars from the left, for long names.
        case row
    }

    package struct Series: Sendable {
        package let name: Label
        package let values: [Int]
        package let tone: Chip.Tone
        package init(_ name: Label, _ values: [Int], tone: Chip.Tone = .info) {
            self.name = name
            self.values = values
            self.tone = tone
        }
    }

    package let id: String
    package let title: Message
    package let kind: Kind
    package let unit: Message?
    package let categories: [Label]
    package let series: [Series]
    package let isStacked: Bool
    /// How many of each value's digits stand after the point: values are whole numbers of the last of them.
    package let decimals: Int

    package init(
        id: String, title: Message, kind: Kind, unit: Message? = nil, categories: [Label], series: [Series],
        isStacked: Bool = false, decimals: Int = 0
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.unit = unit
        self.categories = categories
        self.series = series
        self.isStacked = isStacked
        self.decimals = decimals
    }
}

extension Chart: Showable {
    package func shown(as shown: Shown) -> Any {
        func text(_ label: Label) -> String { label.text(in: shown.language, shown.words) }
        let data: JSON = [
            "kind": .string(kind.rawValue), "stacked": .boolean(isStacked),
            "decimals": .integer(Int64(decimals)),
            "unit": .string(unit.map(shown.text) ?? ""),
            "categories": .array(categories.map { .string(text($0)) }),
            "series": .array(
                series.map { series in
                    [
                        "name": .string(text(series.name)), "tone": .string(series.tone.rawValue),
                        "values": .array(series.values.map { .integer(Int64($0)) }),
                    ]
                }),
        ]
        let rows = categories.enumerated().map { position, category in
            let figures = series.map {
                position < $0.values.count ? Written.decimal($0.values[position], digits: decimals) : "—"
            }
            return ShownProperties(named: ["name": text(category), "figures": figures])
        }
        return ShownProperties(named: [
            "id": id, "title": shown.text(title), "unit": unit.map(shown.text) ?? "", "data": data.canonical,
            "heads": series.map { text($0.name) }, "rows": rows, "isTall": categories.count > 12,
        ])
    }
}
