import Catalogue
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Searching the catalogue by words` {
    private let cast = CatalogueCast()

    private static let titles = [
        "河源市新冠肺炎疫情每日统计数据", "法人单位基础信息", "ＣＯＶＩＤ－１９ daily counts", "PM2.5 监测站点（小时值）",
        "源城区街道、乡镇名录", "客家围龙屋 (A级) 名单", "电子证照：营业执照", "東江水質監測", "Überblick über Straßen", "2025年度 GDP",
    ]

    @Test(arguments: Dialect.available)
    func `finds every title by every two neighbouring characters and by each one`(dialect: Dialect)
        async throws
    {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            for title in Self.titles {
                _ = try await catalogue.draft(.sample(title: title), owner: cast.health, by: steward)
            }
            for title in Self.titles {
                let characters = Array(title)
                for index in characters.indices.dropLast() {
                    let pair = String(characters[index...index + 1])
                    guard pair.allSatisfy({ $0.isLetter || $0.isNumber }) else { continue }
                    for query in [pair, String(characters[index])] {
                        let found = try await catalogue.list(
                            EntryFilter(query: query), page: EntryPageRequest(size: 50), for: steward)
                        #expect(found.rows.map(\.title).contains(title), "\(query) in \(title)")
                    }
                }
            }
        }
    }

    @Test(
        arguments: Dialect.available, ["covid", "COVID", "Covid-19", "covid 19", "疫情 数据", "数据 疫情", "每日统计数据"])
    func `ignores case, width, order of words and signs`(dialect: Dialect, query: String) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            _ = try await catalogue.draft(
                .sample(title: "ＣＯＶＩＤ－１９ 新冠疫情每日统计数据"), owner: cast.health, by: steward)
            #expect(try await catalogue.count(EntryFilter(query: query), for: steward) == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `wants each word whole and in one place`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            // All bigrams of 数据开放 stand here, but not the word.
            _ = try await catalogue.draft(
                .sample(title: "数据、据开、开放"), owner: cast.health, by: steward)
            #expect(try await catalogue.count(EntryFilter(query: "数据开放"), for: steward) == 0)
            #expect(try await catalogue.count(EntryFilter(query: "数据 开放"), for: steward) == 1)
            #expect(try await catalogue.count(EntryFilter(query: "数据 交通"), for: steward) == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `forgets what a new revision no longer says, once it is published`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            let reviewer = cast.person(.bureauReviewer, of: cast.bureau)
            let entry = try await catalogue.published(
                .sample(title: "旧名"), owner: cast.health, steward: steward, reviewer: reviewer)
            var card = entry.card
            card.title = "新称"
            let revised = try await catalogue.revise(entry.id, seen: entry.revision, to: card, by: steward)
            #expect(try await catalogue.count(EntryFilter(query: "旧名"), for: steward) == 1)
            let submitted = try await catalogue.submit(entry.id, seen: revised.revision, by: steward)
            _ = try await catalogue.publish(entry.id, seen: submitted.revision, by: reviewer)
            #expect(try await catalogue.count(EntryFilter(query: "旧名"), for: steward) == 0)
            #expect(try await catalogue.count(EntryFilter(query: "新称"), for: steward) == 1)
        }
    }
}
