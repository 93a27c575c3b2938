import Catalogue
import Kernel
import Testing

@Suite struct `A catalogue card` {
    private let scheme = CategoryScheme.editions[0]

    private func fields(_ change: (inout EntryCard) -> Void) -> [String: String] {
        var card = EntryCard.sample(code: "202001/000001")
        change(&card)
        return Dictionary(
            card.faults(scheme: scheme).map { ($0.name, $0.message.key) },
            uniquingKeysWith: { first, _ in first })
    }

    @Test func `that is complete has no fault`() {
        #expect(fields { _ in }.isEmpty)
    }

    @Test func `that is empty names every mandatory element`() {
        let names = Set(EntryCard().faults(scheme: scheme).map(\.name))
        #expect(
            names == [
                "category", "title", "resourceCode", "provider", "providerUSCC", "abstract", "formatClass",
                "formatType", "shareType", "openType", "updateCycle",
            ])
    }

    @Test func `shared on condition must state the condition`() {
        #expect(
            fields { $0.share.condition = " " } == [
                "shareCondition": "catalogue.fault.share-condition-needed"
            ])
    }

    @Test func `withheld from sharing must cite a law`() {
        let found = fields { $0.share = ShareTerms(type: .withheld) }
        #expect(found == ["legalBasis": "catalogue.fault.legal-basis-needed"])
    }

    @Test func `withheld from sharing cannot be open`() {
        let found = fields {
            $0.share = ShareTerms(type: .withheld, legalBasis: "某法第一条")
            $0.open = OpenTerms(type: .unconditional)
        }
        #expect(found == ["openType": "catalogue.fault.open-but-withheld"])
    }

    @Test func `open on condition must state the condition`() {
        let found = fields { $0.open = OpenTerms(type: .conditional) }
        #expect(found == ["openCondition": "catalogue.fault.open-condition-needed"])
    }

    @Test func `of a database must list its items`() {
        #expect(fields { $0.items = [] } == ["items": "catalogue.fault.items-needed"])
    }

    @Test func `must give a character item its length`() {
        #expect(fields { $0.items[0].length = nil } == ["items[0].length": "catalogue.fault.length-needed"])
    }

    @Test func `cannot list one column twice`() {
        let found = fields { $0.items[1].column = "id_number" }
        #expect(found == ["items[1].column": "catalogue.fault.repeated"])
    }

    @Test func `cannot open an item of a closed entry`() {
        let found = fields { $0.items[0].isOpen = true }
        #expect(found == ["items[0].isOpen": "catalogue.fault.item-open-but-closed"])
    }

    @Test func `checks the provider's code by its check characters`() {
        let found = fields { $0.providerUSCC = "1144160000712345XA" }
        #expect(found == ["providerUSCC": "catalogue.fault.uscc-form"])
    }

    @Test func `knows the groups of the scheme and no others`() {
        let found = fields {
            $0.category = "213001"
            $0.resourceCode = "213001/000001"
        }
        #expect(found == ["category": "catalogue.fault.category-unknown"])
    }

    @Test func `carries a code of its own category`() {
        #expect(
            fields { $0.resourceCode = "201001/000001" } == ["resourceCode": "catalogue.fault.code-category"])
        #expect(fields { $0.resourceCode = "202001-1" } == ["resourceCode": "catalogue.fault.code-form"])
    }

    @Test func `cannot be related to itself`() {
        let found = fields { $0.relatedCodes = ["202001/000001"] }
        #expect(found == ["relatedCodes[0]": "catalogue.fault.code-own"])
    }

    @Test func `survives the way to JSON and back`() throws {
        var card = EntryCard.sample(code: "202001/000001", share: .withheld)
        card.relatedCodes = ["307016000000/000001"]
        card.items[0].isOpen = false
        card.items[0].shareType = .withheld
        card.publishDate = CalendarDate("2026-01-05")
        card.providerDivision = "信息科"
        #expect(try EntryCard(json: JSON.parse(card.json.canonical)) == card)
        #expect(try EntryCard(json: EntryCard().json) == EntryCard())
    }

    @Test func `read from JSON refuses unknown members and words by name`() throws {
        let json: JSON = [
            "titel": "x", "shareType": "4", "publishDate": "2026-02-30",
            "items": [["column": "a", "name": "甲", "typ": "C"], 7],
        ]
        let error = #expect(throws: CatalogueError.self) { try EntryCard(json: json) }
        #expect(
            error?.problem.places.map(\.name) == [
                "shareType", "publishDate", "items[0].typ", "items[1]", "titel",
            ])
    }

    @Test func `tells what changed, an item by its column`() {
        let before = EntryCard.sample()
        var after = before
        after.title = "新名称"
        after.items.swapAt(0, 1)
        after.items[0].length = 10
        #expect(
            EntryCard.changes(from: before, to: after) == [
                FieldChange(field: "title", before: before.title, after: "新名称"),
                FieldChange(field: "items[born_on].length", before: nil, after: "10"),
            ])
    }

    @Test func `has every word it may say, in both languages`() {
        #expect(catalogueWords.faults.isEmpty)
        let keys =
            Entry.State.allCases.map(\.message) + Entry.Act.allCases.map(\.message)
            + ShareType.allCases.map(\.message) + ShareMode.allCases.map(\.message)
            + OpenType.allCases.map(\.message) + UpdateCycle.allCases.map(\.message)
            + ResourceFormat.Class.allCases.map(\.message) + Item.DataType.allCases.map(\.message)
            + scheme.groups.map(CategoryScheme.message(group:))
        for message in keys {
            #expect(catalogueWords.entries[message.key] != nil, "\(message.key)")
        }
    }
}

@Suite struct `A resource code` {
    @Test func `reads as category and sequence`() {
        let code = ResourceCode("307016000000/000001")
        #expect(code?.category.digits == "307016000000")
        #expect(code?.category.group == "307")
        #expect(code?.description == "307016000000/000001")
    }

    @Test(arguments: [
        "", "/", "407016/1", "30701/1", "307016", "307016/", "307016/1/2", "307016/x", "３07016/1",
    ])
    func `of another form is none`(_ text: String) {
        #expect(ResourceCode(text) == nil)
    }

    @Test func `is written with at least six digits of sequence`() throws {
        let category = try #require(CategoryCode("202001"))
        #expect(ResourceCode(category: category, sequence: 7).description == "202001/000007")
        #expect(ResourceCode(category: category, sequence: 12_345_678).description == "202001/12345678")
    }
}
