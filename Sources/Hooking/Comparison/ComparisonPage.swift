package import Kernel
import Lake
import Policy
package import Web

/// Two versions of one entry side by side: what came, went and changed, in columns and in rows.
package struct ComparisonPage: DataPage {
    package static let template = "hooking/comparison"
    package let title: Message
    package let head: Head
    package let filter: Table.Filter
    /// While it is not known yet.
    package let progress: WorkProgress?
    package let facts: Facts?
    package let tables: [Table]
    /// Why rows are not told apart by a key.
    package let note: Message?
    /// There are no two versions yet.
    package let empty: EmptyState?
    package let isPersonal: Bool

    struct Content {
        let hook: HookID
        /// Newest first.
        let versions: [PublishedVersion]
        let before: PublishedVersion?
        let after: PublishedVersion?
        /// Nil without two versions.
        let answer: Comparisons.Answer?
        let mask: ColumnMask
    }

    /// Values as this reader may see them.
    struct ColumnMask: Sendable {
        let mask: SampleMask
        let positions: [String: Int]

        func shown(_ text: String?, of column: String) -> Table.Cell {
            guard let text else { return Table.Cell(.word(Message("hooking.null"))) }
            return Table.Cell(.data(mask.shown(text, column: positions[column] ?? -1)))
        }

        static let plain = ColumnMask(mask: .plain, positions: [:])
    }

    init(_ place: HookingPlace, _ content: Content) {
        title = Message("hooking.comparison")
        isPersonal = content.mask.mask.isPersonal
        head = Head(
            .word(title), subtitle: .word(Message("hooking.comparison-why")), crumbs: place.crumbs,
            chain: place.chain(at: .version))
        func field(_ name: String, _ chosen: PublishedVersion?) -> Field {
            Field.select(
                name, Message("hooking.comparison-\(name)"),
                content.versions.map {
                    Field.Option(
                        String($0.number),
                        .word(Message("hooking.version-number", ["number": String($0.number)])),
                        isChosen: $0.number == chosen?.number)
                })
        }
        filter = Table.Filter(
            action: HookingLinks.hook(content.hook) + "/comparison",
            fields: [field("before", content.before), field("after", content.after)])
        progress = Self.progress(content)
        guard let before = content.before, let after = content.after,
            case .found(let difference) = content.answer
        else {
            facts = nil
            tables = []
            note = nil
            empty =
                content.answer != nil
                ? nil
                : EmptyState(
                    Message("hooking.comparison-needs-two"),
                    act: Act(Message("hooking.hook"), HookingLinks.hook(content.hook)))
            return
        }
        empty = nil
        facts = Self.facts(before, after, difference)
        note = difference.byKey == nil ? Message("hooking.comparison-no-key") : nil
        tables =
            [Self.columns(difference.schema)]
            + (difference.byKey.map { Self.tables($0, content.mask) } ?? [])
    }

    private static func progress(_ content: Content) -> WorkProgress? {
        guard let before = content.before, let after = content.after,
            case .underWay(let progress, let seconds) = content.answer
        else { return nil }
        let path = HookingLinks.hook(content.hook) + "/comparison"
        let query = "?before=\(before.number)&after=\(after.number)"
        return WorkProgress(
            id: "comparing", region: "comparison", title: Message("hooking.comparing"),
            done: Int((progress.fraction ?? 0) * 1000), total: 1000,
            note: .word(Message("hooking.comparing-seconds", ["seconds": String(seconds)])),
            href: path + query, cancelAction: path + "/cancellation" + query, isOver: false)
    }

    private static func facts(
        _ before: PublishedVersion, _ after: PublishedVersion, _ difference: VersionDifference
    ) -> Facts {
        func figure(_ count: Int64?) -> Table.Cell { Table.Cell(count.map { .count(Int($0)) } ?? .nothing) }
        func rows(_ count: Int64, of version: PublishedVersion) -> Table.Cell {
            Table.Cell(
                .word(Message("hooking.rows-of", ["rows": Written.count(Int(count))])),
                note: .moment(version.publishedAt))
        }
        var facts: [(Message, Table.Cell)] = [
            (
                Message("hooking.comparison-before"),
                rows(difference.rowsBefore, of: before)
            ),
            (
                Message("hooking.comparison-after"),
                rows(difference.rowsAfter, of: after)
            ),
        ]
        if let byKey = difference.byKey {
            facts += [
                (Message("hooking.rows-new"), figure(byKey.new)),
                (Message("hooking.rows-gone"), figure(byKey.gone)),
                (Message("hooking.rows-changed"), figure(byKey.changed)),
                (
                    Message("hooking.rows-same"),
                    figure(difference.rowsAfter - byKey.new - byKey.changed)
                ),
            ]
        } else {
            facts += [
                (Message("hooking.rows-new"), figure(difference.rowsNew)),
                (Message("hooking.rows-gone"), figure(difference.rowsGone)),
            ]
        }
        return Facts(facts)
    }

    private static func columns(_ schema: SchemaDifference) -> Table {
        func type(_ name: String?) -> Label {
            name.map { name in ColumnType(name).map { .word($0.message) } ?? .data(name) } ?? .nothing
        }
        func row(_ name: String, _ key: String, _ tone: Chip.Tone, _ before: String?, _ after: String?)
            -> [Table.Cell]
        {
            [
                Table.Cell(.data(name)), Table.Cell(Chip(Message("hooking.column-\(key)"), tone)),
                Table.Cell(type(before)), Table.Cell(type(after)),
            ]
        }
        let rows =
            schema.new.map { row($0.name, "new", .good, nil, $0.type) }
            + schema.gone.map { row($0.name, "gone", .bad, $0.type, nil) }
            + schema.retyped.map { row($0.name, "retyped", .warn, $0.before, $0.after) }
        return Table(
            id: "schema", caption: Message("hooking.comparison-columns"),
            columns: [
                .init(Message("hooking.name")), .init(Message("hooking.change")),
                .init(Message("hooking.comparison-before")), .init(Message("hooking.comparison-after")),
            ], rows: rows, count: rows.count, empty: EmptyState(Message("hooking.columns-same")))
    }

    private static func tables(_ byKey: VersionDifference.ByKey, _ mask: ColumnMask) -> [Table] {
        let changed = byKey.changesByColumn.filter { $0.rows > 0 }.sorted { $0.rows > $1.rows }
        let key = byKey.columns.joined(separator: " + ")
        func shownKey(_ cells: [String?]) -> Table.Cell {
            Table.Cell(
                .data(
                    zip(byKey.columns, cells).map { column, cell in
                        cell.map { mask.mask.shown($0, column: mask.positions[column] ?? -1) } ?? "—"
                    }.joined(separator: " + ")), isCode: true)
        }
        func keys(_ id: String, _ keys: [[String?]], of count: Int64) -> Table {
            Table(
                id: id, caption: Message("hooking.rows-\(id)"),
                columns: [.init(Message("hooking.compared-key", ["columns": key]))],
                rows: keys.map { [shownKey($0)] }, count: Int(count),
                empty: EmptyState(Message("hooking.rows-none")))
        }
        return [
            Table(
                id: "by-column", caption: Message("hooking.changes-by-column"),
                columns: [
                    .init(Message("hooking.name")), .init(Message("hooking.rows-changed"), isFigure: true),
                ],
                rows: changed.map { [Table.Cell(.data($0.column)), Table.Cell(.count(Int($0.rows)))] },
                count: changed.count, empty: EmptyState(Message("hooking.rows-none"))),
            Table(
                id: "changed", caption: Message("hooking.rows-changed"),
                columns: [
                    .init(Message("hooking.compared-key", ["columns": key])), .init(Message("hooking.name")),
                    .init(Message("hooking.comparison-before")), .init(Message("hooking.comparison-after")),
                ],
                rows: byKey.changes.flatMap { change in
                    change.cells.map { cell in
                        [
                            shownKey(change.key), Table.Cell(.data(cell.column)),
                            mask.shown(cell.before, of: cell.column), mask.shown(cell.after, of: cell.column),
                        ]
                    }
                }, count: Int(byKey.changed), empty: EmptyState(Message("hooking.rows-none"))),
            keys("new", byKey.newKeys, of: byKey.new), keys("gone", byKey.goneKeys, of: byKey.gone),
        ]
    }

    package static let samples: [ComparisonPage] = {
        let (hook, version) = (HookPage.sampleHook, HookPage.sampleVersion)
        let columns = [LakeColumn(.init("身份证号", .text)), LakeColumn(.init("金额", .integer))]
        let schema = SchemaDifference(
            before: [columns[0], LakeColumn(.init("旧列", .text)), LakeColumn(.init("金额", .text))],
            after: columns + [LakeColumn(.init("新列", .date))])
        let byKey = VersionDifference.ByKey.sample
        func content(_ answer: Comparisons.Answer?) -> Content {
            Content(
                hook: hook.id, versions: [version], before: answer == nil ? nil : version, after: version,
                answer: answer, mask: .plain)
        }
        return [
            ComparisonPage(
                .sample,
                content(.found(.init(schema: schema, rowsBefore: 10, rowsAfter: 11, byKey: byKey)))),
            ComparisonPage(
                .sample,
                content(
                    .found(
                        .init(
                            schema: SchemaDifference(before: columns, after: columns), rowsBefore: 10,
                            rowsAfter: 11, rowsGone: 1, rowsNew: 2)))),
            ComparisonPage(.sample, content(.underWay(.init(fraction: 0.4), seconds: 3))),
            ComparisonPage(.newSample, content(nil)),
        ]
    }()
}
