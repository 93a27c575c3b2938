package import Kernel
package import Web

/// Every setting with its value and where that comes from. They are changed where the node runs, never here: who may sign in must
/// not be able to move the database or the hosts that data may come from.
package struct SettingsPage: Page {
    package static let template = "server/settings"
    package let title: Message
    package let head: Head
    /// Names in the environment that mean nothing.
    package let unknown: Message?
    package let table: Table

    init(_ settings: Settings, query: TableQuery) {
        title = Message("setting.settings")
        head = Head(
            .word(title), subtitle: .word(Message("setting.settings-why")),
            crumbs: [Head.Crumb(.word(Message("health.health")), "/health")])
        unknown =
            settings.unknownNames.isEmpty
            ? nil
            : Message("setting.name-unknown", ["name": settings.unknownNames.joined(separator: ", ")])
        let origin = query.value("origin")
        let shown = Setting.allCases.filter { setting in
            (origin.isEmpty || settings.origin(setting).rawValue == origin)
                && (query.words.isEmpty || setting.name.contains(query.words.lowercased()))
        }
        table = Table(
            id: "settings", caption: title,
            columns: [
                .init(Message("setting.setting")), .init(Message("setting.value")),
                .init(Message("setting.origin")), .init(Message("setting.environment")),
            ],
            rows: shown.map { setting in
                [
                    Table.Cell(
                        .data(setting.name), note: .word(Message("setting.purpose.\(setting.name)")),
                        isCode: true),
                    Table.Cell(
                        settings.shown(setting).isEmpty ? .nothing : .data(settings.shown(setting)),
                        isCode: true),
                    Table.Cell(
                        Chip(
                            Message("setting.origin.\(settings.origin(setting).rawValue)"),
                            settings.origin(setting) == .standard ? .neutral : .info)),
                    Table.Cell(.data(setting.environmentName), isCode: true),
                ]
            },
            filter: query.filter([
                Field.search("q", Message("setting.setting"), value: query.words),
                Field.select(
                    "origin", Message("setting.origin"),
                    [Field.Option("", .word(Message("setting.every-origin")))]
                        + Settings.Origin.allCases.map {
                            Field.Option(
                                $0.rawValue, .word(Message("setting.origin.\($0.rawValue)")),
                                isChosen: $0.rawValue == origin)
                        }),
            ]), count: shown.count, exportHref: query.exportHref,
            empty: EmptyState(Message("setting.none-found")))
    }

    package static let samples: [SettingsPage] = {
        let query = TableQuery(path: "/settings", query: SubmittedForm(), sortable: [], order: "")
        let none = TableQuery(
            path: "/settings", query: SubmittedForm([("q", "nothing")]), sortable: [], order: "")
        let environments = [[:], ["HEADWATERS_SERVE_PROT": "1"]]
        return environments.flatMap { environment in
            (try? Settings(environment: environment)).map {
                [SettingsPage($0, query: query), SettingsPage($0, query: none)]
            } ?? []
        }
    }()
}
