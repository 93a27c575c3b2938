import Catalogue
package import Kernel
import Lake
import Policy
package import Web

/// Step 2: how the source is read and which columns come of it; everything found can be set otherwise and is looked at again.
package struct ReadingPage: DataPage {
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
    package let steps: WizardSteps
    package let problem: ShownProblem?
    package let warnings: [Message]
    package let hasWarnings: Bool
    package let drift: [Message]
    package let hasDrift: Bool
    /// Which version goes on being served meanwhile.
    package let served: Message?
    package let action: String
    package let definitionAction: String
    package let sourceHref: String
    package let carried: [Table.Pair]
    package let reading: Reading?
    package let hasColumns: Bool
    /// How many columns, and about how many rows.
    package let extent: Message?
    package let missing: [Label]
    package let hasMissing: Bool
    package let columns: [ColumnForm]
    package let heads: [String]
    package let rows: [SampleRow]
    package let isPersonal: Bool

    struct State {
        var probe: Probe?
        var mapping: SourceMapping?
        var keys: [String] = []
        var overrides = ReadingOverrides()
        var problem: Problem?
        var drift: Drift?
        var carried: [Table.Pair] = []
        var cells = Source.Cells.text
        var match = ItemMatch(items: [])
        var mask = SampleMask.plain
    }

    init(_ place: HookingPlace, source: String, _ state: State) {
        title = Message("hooking.step-reading")
        head = Head(
            .word(title), subtitle: .data(source), crumbs: place.crumbs, chain: place.chain(at: .hook))
        steps = WizardSteps(at: 2, of: place)
        problem = state.problem.map(ShownProblem.init)
        warnings = state.probe?.warnings ?? []
        hasWarnings = !warnings.isEmpty
        drift = state.drift?.changes.map(\.message) ?? []
        hasDrift = !drift.isEmpty
        served = place.served
        action = HookingLinks.reading(place.entry)
        definitionAction = HookingLinks.definition(place.entry)
        sourceHref = HookingLinks.source(place.entry)
        carried = state.carried
        // A ZIP shows what it is only when it was looked into.
        let cells = state.probe?.mapping.cells ?? state.cells
        reading =
            switch cells {
            case .text: Reading(fields: Self.fields(state.overrides, state.probe))
            case .sheet: Reading(fields: Self.sheetFields(state.overrides, state.probe))
            case .json: Reading(fields: Self.jsonFields(state.overrides, state.probe))
            case .shape: Reading(fields: [Self.encoding(state.overrides, state.probe)])
            case .tables: Reading(fields: Self.tableFields(state.overrides, state.probe))
            case .typed: nil
            }
        let (mapping, found) = (state.mapping, state.probe?.columns ?? [])
        let sample = state.probe?.sampleRows ?? []
        columns =
            mapping?.columns.map { column in
                ColumnForm(
                    column,
                    ColumnForm.Surroundings(
                        found: found.indices.contains(column.position) ? found[column.position] : nil,
                        sample: sample.compactMap {
                            $0.indices.contains(column.position) ? $0[column.position] : nil
                        }, match: state.match, mask: state.mask, isKey: state.keys.contains(column.name),
                        isText: cells != .typed && cells != .tables))
            } ?? []
        hasColumns = !columns.isEmpty
        extent = state.probe.map { probe in
            Message(
                "hooking.extent",
                [
                    "columns": Written.count(probe.mapping.columns.count),
                    "rows": Written.count(Int(probe.estimatedRows)),
                ])
        }
        missing = mapping.map { state.match.missing(in: $0).map { .data($0.name) } } ?? []
        hasMissing = !missing.isEmpty
        heads = mapping?.columns.map(\.sourceName) ?? []
        isPersonal = !sample.isEmpty && state.mask.isPersonal
        rows = sample.map { row in
            SampleRow(
                cells: row.enumerated().map { position, cell in
                    SampleCell(
                        text: cell.map { state.mask.shown($0, column: position) } ?? "", isEmpty: cell == nil)
                })
        }
    }

    /// What was found stands in the first choice of each question that nobody has answered yet.
    private static func fields(_ overrides: ReadingOverrides, _ probe: Probe?) -> [Field] {
        let plain = Message("hooking.detected")
        func first(_ found: Message?) -> Field.Option { Field.Option("", .word(found ?? plain)) }
        let delimiters = ["comma", "semicolon", "tab", "bar"]
        let dialect = probe?.mapping.dialect
        let delimiter = (overrides.delimiter == nil ? dialect : nil).flatMap { dialect in
            delimiters.first { ReadingAnswers.delimiters[$0] == dialect.delimiter }.map {
                Message("hooking.detected.\($0)")
            }
        }
        let quoting = (overrides.quoting == nil ? dialect : nil).map {
            Message("hooking.detected.\($0.quoting ? "quotes" : "no-quotes")")
        }
        return [
            encoding(overrides, probe),
            .select(
                "delimiter", Message("hooking.delimiter"),
                [first(delimiter)]
                    + delimiters.map {
                        Field.Option(
                            $0, .word(Message("hooking.delimiter.\($0)")),
                            isChosen: ReadingAnswers.delimiters[$0] == overrides.delimiter)
                    }),
            .select(
                "quoting", Message("hooking.quoting"),
                [
                    first(quoting),
                    Field.Option(
                        "yes", .word(Message("hooking.quoting.yes")), isChosen: overrides.quoting == true),
                    Field.Option(
                        "no", .word(Message("hooking.quoting.no")), isChosen: overrides.quoting == false),
                ]),
            header(overrides.header, found: dialect?.header),
            totals(overrides.totals),
        ]
    }

    private static func encoding(_ overrides: ReadingOverrides, _ probe: Probe?) -> Field {
        let detected = (overrides.encoding == nil ? probe?.detection : nil).map {
            Message(
                "hooking.detected.encoding",
                ["encoding": $0.encoding.rawValue, "percent": String($0.confidence)])
        }
        return .select(
            "encoding", Message("hooking.encoding"),
            [Field.Option("", .word(detected ?? Message("hooking.detected")))]
                + TextEncoding.allCases.map {
                    Field.Option($0.rawValue, .data($0.rawValue), isChosen: $0 == overrides.encoding)
                })
    }

    private static func jsonFields(_ overrides: ReadingOverrides, _ probe: Probe?) -> [Field] {
        [
            encoding(overrides, probe),
            .text(
                "records", Message("hooking.records"),
                value: overrides.records ?? probe?.mapping.json?.records ?? ""
            ).hint(Message("hooking.records-hint")),
        ]
    }

    private static func sheetFields(_ overrides: ReadingOverrides, _ probe: Probe?) -> [Field] {
        let found = probe?.mapping.sheet
        let detected =
            (overrides.sheet == nil ? found : nil).map {
                Message("hooking.detected.sheet", ["sheet": $0.name])
            } ?? Message("hooking.detected")
        let names = probe?.sheets ?? overrides.sheet.map { [$0] } ?? []
        return [
            .select(
                "sheet", Message("hooking.sheet"),
                [Field.Option("", .word(detected))]
                    + names.map { Field.Option($0, .data($0), isChosen: $0 == overrides.sheet) }),
            header(overrides.header, found: found?.header),
            totals(overrides.totals),
        ]
    }

    private static func totals(_ chosen: TotalsRows?) -> Field {
        .select(
            "totals", Message("hooking.totals"),
            TotalsRows.allCases.map {
                Field.Option(
                    $0.rawValue, .word(Message("hooking.totals.\($0.rawValue)")),
                    isChosen: $0 == (chosen ?? .leftOut))
            })
    }

    private static func tableFields(_ overrides: ReadingOverrides, _ probe: Probe?) -> [Field] {
        let chosen = overrides.sheet ?? probe?.mapping.table
        let names = probe?.sheets ?? chosen.map { [$0] } ?? []
        return [
            .select(
                "sheet", Message("hooking.table"),
                names.map { Field.Option($0, .data($0), isChosen: $0 == chosen) })
        ]
    }

    private static func header(
        _ chosen: HeaderChoice?, found: HeaderChoice?
    ) -> Field {
        let value =
            switch chosen {
            case nil: ""
            case .some(.none): "none"
            case .some(.line(let line)): String(line)
            }
        let detected: Message? =
            switch chosen == nil ? found : nil {
            case nil: nil
            case .some(.none): Message("hooking.detected.no-header")
            case .some(.line(let line)): Message("hooking.detected.line", ["line": String(line)])
            }
        var lines = (1...10).map(String.init)
        if let line = Int(value), line > 10 { lines.append(value) }
        return .select(
            "header", Message("hooking.header"),
            [
                Field.Option("", .word(detected ?? Message("hooking.detected"))),
                Field.Option("none", .word(Message("hooking.header.none")), isChosen: value == "none"),
            ]
                + lines.map {
                    Field.Option(
                        $0, .word(Message("hooking.header.line", ["line": $0])), isChosen: value == $0)
                })
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
                .init(
                    reason: Message("hooking.reason-unknown"), filledCells: 9, distinctValues: 8, low: "1.00",
                    high: "530.00"),
            ],
            sampleRows: [["441600199001011234", nil, "530.00"]], sampledRows: 9, estimatedRows: 9,
            warnings: [Message("hooking.drifted", ["count": "1"])])
        var state = State(
            probe: probe, mapping: mapping, keys: ["身份证号"], carried: [Table.Pair("upload", "1")])
        state.overrides = ReadingOverrides(header: .line(12))
        state.match = ItemMatch(items: [
            Item(column: "身份证号", name: "公民身份号码", type: .characters, length: 18),
            Item(column: "姓名", name: "姓名", type: .characters, length: 30),
        ])
        var other = mapping
        other.columns[0].sourceName = "证件号"
        state.drift = Drift(confirmed: other, probe: probe)
        return [
            ReadingPage(.sample, source: "名单.csv", state),
            ReadingPage(.newSample, source: "名单.csv", State(problem: HookingError.alreadyPublishing.problem)),
            ReadingPage(
                .newSample, source: "名单.parquet",
                State(problem: state.drift.map { HookingError.drifted($0).problem }, cells: .typed)),
        ]
    }()
}
