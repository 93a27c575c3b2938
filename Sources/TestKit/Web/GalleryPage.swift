import Foundation
package import Kernel
package import Web

/// Every component in every state on one page: what tests hold the components' templates against, and what one looks at
/// while changing the style.
package struct GalleryPage: Page {
    package static let template = "gallery/gallery"
    package let title: Message
    package let head: Head
    package let tables: [Table]
    package let facts: Facts
    package let timeline: Timeline
    package let charts: [Chart]
    package let progress: [WorkProgress]
    package let errors: FormErrors?
    package let fields: [Field]

    private static let text = """
        {{#head}}{{>web/_head}}{{/head}}
        <div class="hw-columns"><div>
        {{#tables}}
        {{>web/_table}}
        {{/tables}}
        {{#charts}}
        {{>web/_chart}}
        {{/charts}}
        </div><div>
        {{#facts}}{{>web/_facts}}{{/facts}}
        {{#timeline}}{{>web/_timeline}}{{/timeline}}
        {{#progress}}
        {{>web/_progress}}
        {{/progress}}
        {{#errors}}{{>web/_errors}}{{/errors}}
        <form class="hw-form" method="post" action="/gallery">{{>web/_csrf}}
        {{#fields}}
        {{>web/_field}}
        {{/fields}}
        <p class="hw-acts"><button class="hw-button">{{@web.filter}}</button></p></form>
        </div></div>
        """

    /// Its template, written to a folder of its own.
    package static func folder() throws -> PageFolder {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gallery-\(UploadID.new())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appending(path: "gallery.mustache"))
        return PageFolder("gallery", path: folder.path)
    }

    package static let samples = [GalleryPage.full, GalleryPage.bare]

    private static let at = Instant(microseconds: 1_795_000_000_000_000)

    package static let bare = GalleryPage(
        title: Message("web.home"), head: Head(.word(Message("web.home"))),
        tables: [
            Table(
                id: "none", caption: Message("web.chain.request"), columns: [], rows: [],
                empty: EmptyState(
                    Message("web.no-post"), act: Act(Message("web.chain.request"), "/requests/new")))
        ], facts: Facts([]), timeline: Timeline([]), charts: [], progress: [], errors: nil, fields: [])

    package static let full: GalleryPage = {
        var errors = FormErrors(
            Problem(
                .invalid, Message("web.form-malformed"), remedy: Message("web.form-stale-remedy"),
                places: [
                    .init("name", Message("web.field-needed")), .init("way", Message("web.field-needed")),
                ]))
        return GalleryPage(
            title: Message("web.chain.entry"),
            head: Head(
                .data("社会保险参保登记信息"), subtitle: .data("441600-0312-000018 · 示例市人力资源和社会保障局"),
                crumbs: [.init(.word(Message("web.chain.entry")), "/catalogue")],
                chain: ChainBar(
                    at: .version,
                    [
                        .entry: .init("/catalogue/1", note: .count(3)), .hook: .init("/hooks/1"),
                        .version: .init("/versions/1"),
                        .quality: .init("/quality/1", note: .share(994, of: 1000)),
                        .grade: .init("/grades/1", note: .data("L3")),
                    ]), chips: [Chip(grade: "L3"), Chip(Message("web.current-post"), .good)],
                act: Act(Message("web.chain.request"), "/requests/new"),
                otherActs: [Act(Message("web.export-csv"), "/export")]), tables: [table],
            facts: Facts([
                (Message("web.chain.entry"), Table.Cell(.data("参保登记"), href: "/catalogue/1")),
                (Message("web.chain.version"), Table.Cell(.moment(at), note: .data("sm3:66c7f0f4"))),
                (Message("web.figures"), Table.Cell(.count(1_284_330), unit: Message("web.figures"))),
            ]),
            timeline: Timeline([
                .init(
                    at: at, .word(Message("web.chain.release")), actor: .data("数据专员"),
                    detail: .data("sm3:66c7f0f462ee"),
                    href: "/releases/1", tone: .good),
                .init(at: at + .seconds(-86_400), .word(Message("web.chain.grant"))),
            ]),
            charts: [
                Chart(
                    id: "by-rule", title: Message("web.chain.quality"), kind: .bar,
                    unit: Message("web.figures"),
                    categories: [.data("非空"), .data("唯一"), .data("居民身份证"), .data("统一社会信用代码")],
                    series: [
                        .init(.word(Message("web.chain.quality")), [940, 870, 720, 990]),
                        .init(.word(Message("web.chain.grade")), [60, 130, 280, 10], tone: .bad),
                    ], isStacked: true)
            ],
            progress: [
                WorkProgress(
                    id: "work", title: Message("web.chain.hook"), done: 40, total: 100,
                    note: .bytes(3_400_000),
                    href: "/gallery", cancelAction: "/gallery/cancel", isOver: false),
                WorkProgress(
                    id: "unknown", title: Message("web.chain.hook"), done: 0, total: nil, href: "/gallery",
                    isOver: true),
            ], errors: errors.summary(of: fields(errors)), fields: fields(errors))
    }()

    private static let table: Table = {
        let query = TableQuery(
            path: "/gallery",
            query: (try? SubmittedForm(urlEncoded: "q=参保&sort=-rows&after=x")) ?? SubmittedForm(),
            sortable: ["name", "rows"], order: "name")
        let names = ["社会保险参保登记信息", "企业登记基本信息", "空气质量监测小时数据", "新型冠状病毒每日统计"]
        return Table(
            id: "entries", caption: Message("web.chain.entry"),
            columns: [
                query.column("name", Message("web.chain.entry")), Table.Column(Message("web.chain.grade")),
                query.column("rows", Message("web.figures"), isFigure: true),
                Table.Column(Message("web.chain.version")),
            ],
            rows: names.enumerated().map { position, name in
                [
                    .init(
                        .data(name), href: "/catalogue/\(position)", note: .data("441600-\(position)"),
                        choice: Table.Choice(
                            form: "chosen", name: "entry", value: "\(position)", isChosen: position == 0,
                            title: Message("web.chain.entry"))),
                    .init(Chip(grade: "L\(position + 1)"), Chip(Message("web.current-post"), .warn)),
                    .init(.count(1_284_330 / (position + 1)), unit: Message("web.figures")),
                    .init(.moment(at), isCode: position == 2),
                ]
            },
            filter: query.filter([
                .search("q", Message("web.filter"), value: query.value("q")),
                .select(
                    "grade", Message("web.chain.grade"),
                    [.init("", .word(Message("web.clear"))), .init("L1", .data("L1"), isChosen: true)]),
            ]), count: 1284, nextHref: query.nextHref("y"), firstHref: query.firstHref,
            exportHref: query.exportHref, empty: EmptyState(Message("web.not-found")))
    }()

    private static func fields(_ errors: FormErrors) -> [Field] {
        [
            Field.text("name", Message("web.account-name"), value: "<参保>").required()
                .hint(Message("web.reason-hint")).checked(errors),
            .number("rows", Message("web.figures"), value: "12", unit: Message("web.figures")),
            .date("from", Message("web.chain.version"), value: "2026-11-25"),
            Field.area("reason", Message("web.reason"), value: "第一行\n第二行").required(),
            Field.select(
                "level", Message("web.chain.grade"),
                [.init("L1", .data("L1"), isChosen: true), .init("L3", .data("L3"))]
            ).required(),
            Field.text("measure", Message("web.chain.grade")).asked(when: "level", is: ["L1", "L3"]),
            Field.radios(
                "way", Message("web.chain.release"),
                [
                    .init(
                        "file", .word(Message("web.export-csv")), hint: Message("web.reason-hint"),
                        isChosen: true),
                    .init("api", .data("API")),
                ]
            ).required().checked(errors),
            .ticks(
                "kinds", Message("web.chain"), [.init("a", .word(Message("web.chain.entry")), isChosen: true)]
            ),
            Field.tick("sure", Message("web.needed"), isOn: true).hint(Message("web.reason-hint")),
            Field.file("source", Message("web.chain.hook"), accept: ".csv,.parquet", bytesMax: 4 << 30)
                .required(),
        ]
    }
}
