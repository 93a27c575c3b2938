package import Kernel
import Lake
import Policy
package import Web

/// Step 2: how the source is read and which columns come of it; everything found can be set otherwise and is looked at again.
package struct ReadingPage: Page {
    package struct SampleRow: Sendable {
        package let cells: [SampleCell]
    }
    package struct SampleCell: Sendable {
        package let text: String
        package let isEmpty: Bool
    }
    /// A question about the file as a whole; the answer has it looked at again.
    package struct Reading: Sendable {
        package let fields: [Field]
    }

    package static let template = "hooking/reading"
    package let title: Message
    package let head: Head
    package let problem: ShownProblem?
    package let warnings: [Message]
    package let hasWarnings: Bool
    package let drift: [Message]
    package let hasDrift: Bool
    package let action: String
    package let definitionAction: String
    package let sourceHref: String
    package let carried: [Table.Pair]
    package let reading: Reading?
    package let facts: Facts?
    package let hasColumns: Bool
    package let columns: [ColumnForm]
    package let heads: [String]
    package let rows: [SampleRow]

    struct State {
        var probe: Probe?
        var mapping: SourceMapping?
        var keys: [String] = []
        var overrides = ReadingOverrides()
        var problem: Problem?
        var drift: Drift?
        var carried: [Table.Pair] = []
        var isText = true
    }

    init(_ place: HookingPlace, source: String, _ state: State) {
        title = Message("hooking.step-reading")
        head = Head(
            .word(title), subtitle: .data(source), crumbs: place.crumbs, chain: place.chain(at: .hook))
        problem = state.problem.map(ShownProblem.init)
        warnings = state.probe?.warnings ?? []
        hasWarnings = !warnings.isEmpty
        drift = state.drift?.changes.map(\.message) ?? []
        hasDrift = !drift.isEmpty
        action = HookingLinks.reading(place.entry)
        definitionAction = HookingLinks.definition(place.entry)
        sourceHref = HookingLinks.source(place.entry)
        carried = state.carried
        reading = state.isText ? Reading(fields: Self.fields(state.overrides)) : nil
        facts = state.probe.map(Self.facts)
        let mapping = state.mapping
        let found = state.probe?.columns ?? []
        columns =
            mapping?.columns.map { column in
                ColumnForm(
                    column, found.indices.contains(column.position) ? found[column.position] : nil,
                    isKey: state.keys.contains(column.name), isText: state.isText)
            } ?? []
        hasColumns = !columns.isEmpty
        heads = mapping?.columns.map(\.sourceName) ?? []
        rows =
            state.probe?.sampleRows.map { row in
                SampleRow(cells: row.map { SampleCell(text: $0 ?? "", isEmpty: $0 == nil) })
            } ?? []
    }

    private static func fields(_ overrides: ReadingOverrides) -> [Field] {
        let detected = Field.Option("", .word(Message("hooking.detected")), isChosen: false)
        func option(_ value: String, _ label: Label, _ isChosen: Bool) -> Field.Option {
            Field.Option(value, label, isChosen: isChosen)
        }
        let chosenHeader =
            switch overrides.header {
            case nil: ""
            case .some(.none): "none"
            case .some(.line(let line)): String(line)
            }
        var lines = (1...10).map(String.init)
        if let line = Int(chosenHeader), line > 10 { lines.append(chosenHeader) }
        return [
            .select(
                "encoding", Message("hooking.encoding"),
                [detected]
                    + TextEncoding.allCases.map {
                        option($0.rawValue, .data($0.rawValue), $0 == overrides.encoding)
                    }),
            .select(
                "delimiter", Message("hooking.delimiter"),
                [detected]
                    + ["comma", "semicolon", "tab", "bar"].map {
                        option(
                            $0, .word(Message("hooking.delimiter.\($0)")),
                            ReadingAnswers.delimiters[$0] == overrides.delimiter)
                    }),
            .select(
                "quoting", Message("hooking.quoting"),
                [
                    detected, option("yes", .word(Message("hooking.quoting.yes")), overrides.quoting == true),
                    option("no", .word(Message("hooking.quoting.no")), overrides.quoting == false),
                ]),
            .select(
                "header", Message("hooking.header"),
                [detected, option("none", .word(Message("hooking.header.none")), chosenHeader == "none")]
                    + lines.map {
                        option($0, .word(Message("hooking.header.line", ["line": $0])), chosenHeader == $0)
                    }),
        ]
    }

    private static func facts(_ probe: Probe) -> Facts {
        var facts: [(Message, Table.Cell)] = []
        if let detection = probe.detection {
            let note =
                detection.isOverridden
                ? Message("hooking.set-by-hand")
                : Message("hooking.confidence", ["percent": String(detection.confidence)])
            facts.append(
                (
                    Message("hooking.encoding"),
                    Table.Cell(.data(detection.encoding.rawValue), note: .word(note))
                ))
        }
        if let dialect = probe.mapping.dialect {
            let name = ReadingAnswers.delimiters.first { $0.value == dialect.delimiter }?.key ?? "comma"
            facts.append(
                (Message("hooking.delimiter"), Table.Cell(.word(Message("hooking.delimiter.\(name)")))))
            let header: Message =
                switch dialect.header {
                case .none: Message("hooking.header.none")
                case .line(let line): Message("hooking.header.line", ["line": String(line)])
                }
            facts.append((Message("hooking.header"), Table.Cell(.word(header))))
        }
        facts.append((Message("hooking.columns"), Table.Cell(.count(probe.mapping.columns.count))))
        facts.append((Message("hooking.rows-estimated"), Table.Cell(.count(Int(probe.estimatedRows)))))
        return Facts(facts)
    }

    package static let samples: [ReadingPage] = {
        let columns = [
            ColumnMapping(
                position: 0, sourceName: "身份证号", name: "身份证号", type: .text, nullMarkers: ["", "-"]),
            ColumnMapping(
                position: 1, sourceName: "批准日期", name: "批准日期", type: .date, dateFormats: [.dash, .slash],
                isIncluded: false, keepsDamaged: true),
            ColumnMapping(position: 2, sourceName: "金额", name: "金额", type: .decimal(precision: 12, scale: 2)),
        ]
        let dialect = TextDialect(header: .line(2))
        let mapping = SourceMapping(encoding: .gb18030, dialect: dialect, columns: columns)
        let probe = Probe(
            fingerprint: .file(bytes: 900, modifiedAt: Instant(microseconds: 0), sha256: ""),
            detection: EncodingDetection(encoding: .gb18030, confidence: 97, hasByteOrderMark: false),
            mapping: mapping,
            columns: [
                .init(
                    reason: Message("hooking.reason-unknown"), filledCells: 9, damagedCells: 2, damagedLine: 7
                ),
                .init(reason: Message("hooking.reason-unknown"), emptyCells: 9),
                .init(reason: Message("hooking.reason-unknown")),
            ],
            sampleRows: [["441600199001011234", nil, "530.00"]], sampledRows: 9, estimatedRows: 9,
            warnings: [Message("hooking.drifted", ["count": "1"])])
        var state = State(
            probe: probe, mapping: mapping, keys: ["身份证号"], carried: [Table.Pair("upload", "1")])
        state.overrides = ReadingOverrides(header: .line(12))
        var other = mapping
        other.columns[0].sourceName = "证件号"
        state.drift = Drift(confirmed: other, probe: probe)
        return [
            ReadingPage(.sample, source: "名单.csv", state),
            ReadingPage(.newSample, source: "名单.csv", State(problem: HookingError.alreadyPublishing.problem)),
            ReadingPage(
                .newSample, source: "名单.parquet",
                State(problem: state.drift.map { HookingError.drifted($0).problem }, isText: false)),
        ]
    }()
}
