import Catalogue
import Cryptography
import Evidence
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `The catalogue's acts` {
    private let cast = CatalogueCast()

    @Test(arguments: Dialect.available)
    func `leave history with what changed and one leaf each`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, database in
            let steward = cast.person(.steward, of: cast.health)
            let reviewer = cast.person(.bureauReviewer, of: cast.bureau)
            let drafted = try await catalogue.draft(.sample(), owner: cast.health, by: steward)
            #expect(drafted.proposal?.card.resourceCode == "202001/000001")
            let submitted = try await catalogue.submit(drafted.id, seen: 1, by: steward)
            let returned = try await catalogue.sendBack(submitted.id, seen: 2, reason: "摘要过简", by: reviewer)
            var card = returned.currentCard
            card.abstract = "医疗机构签发的出生医学证明及签发信息。"
            let revised = try await catalogue.revise(returned.id, seen: 3, to: card, by: steward)
            let again = try await catalogue.submit(revised.id, seen: 4, by: steward)
            let published = try await catalogue.publish(again.id, seen: 5, by: reviewer)
            #expect(try await catalogue.entry(drafted.id, for: steward) == published)
            let events = try await catalogue.history(of: drafted.id, for: steward)
            #expect(
                events.map(\.act) == [.published, .submitted, .revised, .returned, .submitted, .drafted])
            #expect(events[2].changes.map(\.field) == ["abstract"])
            #expect(events[3].reason == "摘要过简")
            #expect(events[0].actor == reviewer.actor)
            let leaves = try await database.read {
                try $0.rows("SELECT type FROM evidence_leaf ORDER BY id").map {
                    try $0.value("type", as: String.self)
                }
            }
            #expect(
                leaves == [
                    "entry.drafted", "entry.submitted", "entry.returned", "entry.revised", "entry.submitted",
                    "entry.published",
                ])
        }
    }

    @Test(arguments: Dialect.available)
    func `fail when the entry has moved since it was seen`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            let entry = try await catalogue.draft(.sample(), owner: cast.health, by: steward)
            _ = try await catalogue.revise(entry.id, seen: 1, to: .sample(title: "改"), by: steward)
            await #expect(throws: CatalogueError.moved(expected: 1, found: 2)) {
                try await catalogue.revise(entry.id, seen: 1, to: .sample(title: "再改"), by: steward)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `of many at once let one win`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            let entry = try await catalogue.draft(.sample(), owner: cast.health, by: steward)
            let won = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let card = EntryCard.sample(title: "并发\(number)", code: "202001/000001")
                        return (try? await catalogue.revise(entry.id, seen: 1, to: card, by: steward)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
            #expect(try await catalogue.entry(entry.id, for: steward).revision == 2)
        }
    }

    @Test(arguments: Dialect.available)
    func `need the department, and for publication the bureau`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            let stranger = cast.person(.steward, of: cast.transport)
            await #expect(throws: PolicyError.self) {
                try await catalogue.draft(.sample(), owner: cast.health, by: stranger)
            }
            let entry = try await catalogue.draft(.sample(), owner: cast.health, by: steward)
            await #expect(throws: CatalogueError.unknown(entry.id)) {
                try await catalogue.submit(entry.id, seen: 1, by: stranger)
            }
            _ = try await catalogue.submit(entry.id, seen: 1, by: steward)
            await #expect(throws: PolicyError.self) {
                try await catalogue.publish(entry.id, seen: 2, by: steward)
            }
            await #expect(throws: CatalogueError.accountNeeded) {
                try await catalogue.publish(entry.id, seen: 2, by: .public)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `refuse a code that is taken and give out the next`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            _ = try await catalogue.draft(.sample(code: "202001/000041"), owner: cast.health, by: steward)
            await #expect(throws: CatalogueError.codeTaken("202001/000041")) {
                try await catalogue.draft(.sample(code: "202001/000041"), owner: cast.health, by: steward)
            }
            let next = try await catalogue.draft(.sample(), owner: cast.health, by: steward)
            #expect(next.card.resourceCode == "202001/000042")
        }
    }

    @Test(arguments: Dialect.available)
    func `come to nothing when evidence cannot be written`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, database in
            let steward = cast.person(.steward, of: cast.health)
            try await database.write { _ = try $0.execute("DROP TABLE evidence_waiting") }
            await #expect(throws: (any Error).self) {
                try await catalogue.draft(.sample(), owner: cast.health, by: steward)
            }
            #expect(try await catalogue.count(EntryFilter(), for: steward) == 0)
            let postings = try await database.read {
                try $0.row("SELECT COUNT(*) AS n FROM catalogue_posting")
            }
            #expect(try postings?.value("n", as: Int.self) == 0)
        }
    }
}

@Suite struct `Importing entries` {
    private let cast = CatalogueCast()

    private static let file = """
        信息资源名称,信息资源分类,信息资源提供方,信息资源提供方代码,信息资源摘要,信息资源格式,格式类型,共享类型,共享条件,共享方式,开放类型,更新周期,字段名,信息项名称,数据类型,数据长度,是否开放
        出生医学证明,202001,市卫生健康局,1144160000712345XB,"签发信息,含签发机构",数据库,PostgreSQL,有条件共享,履职需要,共享平台,不予开放,每日,id_number,身份证号,C,18,否
        ,,,,,,,,,,,,born_on,出生日期,日期型,,
        医疗机构名录,202001,市卫生健康局,1144160000712345XB,机构名称与地址,电子表格,xlsx,1,,platform,unconditional,yearly,,,,,
        """

    @Test(arguments: Dialect.available)
    func `drafts every entry with its items and a code`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            let file = try EntryImport(Array(("\u{FEFF}" + Self.file).utf8))
            let entries = try await catalogue.importEntries(file, owner: cast.health, by: steward)
            #expect(entries.map(\.card.title) == ["出生医学证明", "医疗机构名录"])
            #expect(entries.map(\.card.resourceCode) == ["202001/000001", "202001/000002"])
            #expect(entries[0].card.items.map(\.column) == ["id_number", "born_on"])
            #expect(entries[0].card.items[0].isOpen == false)
            #expect(entries[0].card.abstract == "签发信息,含签发机构")
            #expect(entries[0].card.faults(scheme: CategoryScheme.editions[0]).isEmpty)
            #expect(entries[1].card.share.type == .unconditional)
        }
    }

    @Test func `reads tabs where the heading has them`() throws {
        let file = try EntryImport(Array("title\tabstract\r\n甲\t\"一\t二\"\r\n".utf8))
        #expect(file.cards.map(\.card.abstract) == ["一\t二"])
    }

    @Test func `names line and field of every error`() throws {
        let text = "title,shareType,publishDate,itemLength,itemColumn\n甲,随便,2026-02-30,x,a\n,,,,\n乙,1,,,,多\n"
        let error = #expect(throws: CatalogueError.self) { try EntryImport(Array(text.utf8)) }
        #expect(
            error?.problem.places.map(\.name) == ["2: itemLength", "2: shareType", "2: publishDate", "4"])
    }

    @Test(arguments: [
        ("", "catalogue.import-empty"), ("title\n", "catalogue.import-empty"),
        ("名字\n甲", "catalogue.import-column-unknown"), ("abstract\n甲", "catalogue.import-column-missing"),
        ("title\n\"甲", "catalogue.import-quote"), ("title,title\n甲,乙", "catalogue.import-column-unknown"),
    ])
    func `refuses a file it cannot read`(_ text: String, _ key: String) {
        let error = #expect(throws: CatalogueError.self) { try EntryImport(Array(text.utf8)) }
        #expect(error?.problem.message.key == key)
    }

    @Test func `refuses another encoding`() {
        let error = #expect(throws: CatalogueError.self) { try EntryImport([0xB3, 0xF6, 0xC9, 0xFA]) }
        #expect(error?.problem.message.key == "catalogue.import-not-utf8")
    }

    @Test(arguments: Dialect.available)
    func `imports nothing when one code is taken`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            let text = "title,category,resourceCode\n甲,202001,202001/000001\n乙,202001,202001/000001\n"
            let file = try EntryImport(Array(text.utf8))
            let error = await #expect(throws: CatalogueError.self) {
                try await catalogue.importEntries(file, owner: cast.health, by: steward)
            }
            #expect(error?.problem.places.map(\.name) == ["3: resourceCode"])
            #expect(try await catalogue.count(EntryFilter(), for: steward) == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `exported cells cannot run as formulas`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            _ = try await catalogue.draft(
                .sample(title: "=HYPERLINK(\"x\",\"y\")"), owner: cast.health, by: steward)
            let csv = try await catalogue.export(EntryFilter(), in: .simplifiedChinese, for: steward)
            let rows = try #require(EntryTable.rows(ofCSV: csv))
            #expect(rows[0][1] == "信息资源名称")
            #expect(rows[1][1] == "'=HYPERLINK(\"x\",\"y\")")
        }
    }
}
