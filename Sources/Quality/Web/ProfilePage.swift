package import Kernel
import Lake
import Policy
package import Web

/// What the columns of the version served look like: how full, how varied, of which shapes, what they are recognised as.
///
/// Values are shown only of columns that hold a few of them, codes and categories: of the rest their shapes, so that nobody is read off it.
package struct ProfilePage: DataPage {
    /// With more different values, a column's commonest ones may point at persons.
    private static let valuesShownMax = 50
    private static let topsShown = 5

    package static let template = "quality/profile"
    package let title: Message
    package let head: Head
    package let table: Table
    package let dependencies: Table?
    package let isPersonal: Bool

    init(
        entry: EntryID, named entryTitle: String, profile: Profile?, isPersonal: Bool = true,
        query: TableQuery
    ) {
        self.isPersonal = isPersonal && profile != nil
        let path = "/catalogue/\(entry)"
        title = Message("quality.profile")
        head = Head(
            .word(title),
            subtitle: profile.map {
                .word(Message("quality.profile-rows", ["rows": Written.count(Int($0.rows))]))
            } ?? .data(entryTitle),
            crumbs: [
                Head.Crumb(.word(Message("quality.catalogue")), "/catalogue"),
                Head.Crumb(.data(entryTitle), path),
            ],
            chain: ChainBar(
                at: .quality,
                [.entry: ChainBar.Link(path), .version: ChainBar.Link("\(path)#versions")]),
            otherActs: [
                Act(Message("quality.rules"), "\(path)/rules"),
                Act(Message("quality.suggest"), "\(path)/rules?suggest=1"),
            ])
        table = Table(
            id: "profile", caption: Message("quality.profile-columns"),
            columns: [
                .init(Message("quality.field.column")), .init(Message("quality.profile-type")),
                .init(Message("quality.profile-filled"), isFigure: true),
                .init(Message("quality.profile-distinct"), isFigure: true),
                .init(Message("quality.profile-range")), .init(Message("quality.profile-kinds")),
                .init(Message("quality.profile-shapes")),
            ],
            rows: (profile?.columns ?? []).map { Self.row($0, of: Int(profile?.rows ?? 0)) },
            count: profile?.columns.count, exportHref: query.exportHref,
            empty: EmptyState(Message("quality.profile-none")))
        let found = profile?.dependencies ?? []
        dependencies =
            found.isEmpty
            ? nil
            : Table(
                id: "dependencies", caption: Message("quality.profile-dependencies"),
                columns: [
                    .init(Message("quality.profile-by")), .init(Message("quality.profile-determines")),
                    .init(Message("quality.profile-groups"), isFigure: true),
                ],
                rows: found.map {
                    [
                        Table.Cell(.data($0.by)), Table.Cell(.data($0.column)),
                        Table.Cell(.count(Int($0.groups))),
                    ]
                }, count: found.count, empty: EmptyState(Message("quality.profile-none")))
    }

    private static func row(_ column: Profile.ColumnProfile, of rows: Int) -> [Table.Cell] {
        let distinct = column.distinctExactly ?? column.distinctApproximately
        let isCoded = distinct <= valuesShownMax
        let isText = !column.lengths.isEmpty
        let lengths = column.lengths.keys
        let range: Table.Cell =
            if isText, let least = lengths.min(), let most = lengths.max() {
                Table.Cell(
                    .word(
                        Message("quality.profile-lengths", ["least": String(least), "most": String(most)])))
            } else if let low = column.minimum, let high = column.maximum, !isText {
                Table.Cell(.data("\(low) … \(high)"))
            } else {
                Table.Cell(.nothing)
            }
        // Of fewer it is chance: one number in ten passes for a bank card.
        let filled = Int64(rows) - column.nulls
        let kinds = column.identifiers.filter { $0.value > 0 && $0.value * 2 >= filled }.sorted {
            $0.value > $1.value
        }
        // Among other words even one is somebody's, unless serial numbers explain it.
        let within = ProseWalk.kinds.compactMap { kind in
            column.prose(kind, of: Int64(rows)).flatMap { $0.isChance ? nil : (kind: kind, rows: $0.rows) }
        }.sorted { $0.rows > $1.rows }
        let chips =
            kinds.prefix(topsShown).map { Chip(Message("quality.profile-kind.\($0.key)")) }
            + within.map {
                Chip(
                    Message("quality.profile-within.\($0.kind)", ["rows": Written.count(Int($0.rows))]),
                    $0.kind == .uscc ? .neutral : .warn)
            }
        let shown = isCoded ? column.top : column.shapes
        return [
            Table.Cell(.data(column.name)),
            Table.Cell(ColumnType(column.type).map { .word($0.message) } ?? .data(column.type)),
            Table.Cell(.share(rows - Int(column.nulls), of: rows)),
            Table.Cell(.count(Int(distinct))), range,
            chips.isEmpty ? Table.Cell(.nothing) : Table.Cell(chips),
            shown.isEmpty
                ? Table.Cell(.nothing)
                : Table.Cell(
                    .data(
                        shown.prefix(topsShown).map { "\($0.value) (\(Written.count(Int($0.rows))))" }
                            .joined(separator: "  ")), isCode: !isCoded),
        ]
    }

    package static let samples: [ProfilePage] = {
        let query = TableQuery(path: "/", query: SubmittedForm(), sortable: [], order: "")
        let entry = EntryID(high: 8, low: 1)
        let columns = [
            Profile.ColumnProfile(
                name: "身份证号", type: "text", nulls: 1, distinctApproximately: 99, minimum: "a", maximum: "z",
                top: [.init(value: "441600", rows: 1)], lengths: [18: 99], identifiers: [.citizenID: 99],
                shapes: [.init(value: "9{18}", rows: 99)]),
            Profile.ColumnProfile(
                name: "金额", type: "integer", nulls: 0, distinctApproximately: 3, minimum: "1", maximum: "9",
                top: [.init(value: "1", rows: 50)], lengths: [:], identifiers: [:]),
            Profile.ColumnProfile(
                name: "备注", type: "text", nulls: 10, distinctApproximately: 90, minimum: "a", maximum: "z",
                top: [.init(value: "材料齐全", rows: 2)], lengths: [4: 2, 60: 88], identifiers: [:],
                identifiersWithin: [.citizenID: 2, .mobile: 31]),
            Profile.ColumnProfile(
                name: "空", type: "date", nulls: 100, distinctApproximately: 0, minimum: nil, maximum: nil,
                top: [], lengths: [:], identifiers: [:]),
        ]
        return [
            ProfilePage(
                entry: entry, named: "低保对象信息",
                profile: Profile(
                    rows: 100, columns: columns,
                    dependencies: [.init(by: "身份证号", column: "金额", groups: 9, rows: 20)]), query: query),
            ProfilePage(entry: entry, named: "低保对象信息", profile: nil, query: query),
        ]
    }()
}
