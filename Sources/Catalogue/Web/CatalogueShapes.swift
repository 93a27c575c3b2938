import Kernel
import Web

/// What the API says of the catalogue.
extension JSONShape {
    private static let card = JSONShape.named(
        "EntryCard",
        .object([
            .optional("category", .text), .optional("title", .text), .optional("resourceCode", .text),
            .optional("provider", .text), .optional("providerDivision", .text),
            .optional("providerUSCC", .text), .optional("abstract", .text), .optional("formatClass", .text),
            .optional("formatType", .text), .optional("shareType", .word(ShareType.self)),
            .optional("shareCondition", .text), .optional("legalBasis", .text),
            .optional("shareMode", .word(ShareMode.self)), .optional("openType", .word(OpenType.self)),
            .optional("openCondition", .text), .optional("updateCycle", .word(UpdateCycle.self)),
            .optional("publishDate", .date), .optional("relatedCodes", .array(.text)),
            .optional("items", .array(item)),
        ]))

    private static let item = JSONShape.named(
        "Item",
        .object([
            .needed("column", .text), .needed("name", .text), .optional("type", .word(Item.DataType.self)),
            .optional("length", .integer), .optional("shareType", .word(ShareType.self)),
            .optional("isOpen", .boolean), .optional("description", .text),
        ]))

    static let entry = JSONShape.named(
        "Entry",
        .object([
            .needed("id", .id), .needed("owner", .id), .needed("state", .word(Entry.State.self)),
            .needed("revision", .integer), .needed("card", card), .needed("changedAt", .moment),
            .optional(
                "proposal",
                .object([.needed("stage", .word(Entry.Proposal.Stage.self)), .needed("card", card)])),
        ]))

    static let entrySummary = JSONShape.named(
        "EntrySummary",
        .object([
            .needed("id", .id), .needed("owner", .id), .needed("state", .word(Entry.State.self)),
            .needed("title", .text), .needed("category", .text), .needed("provider", .text),
            .needed("abstract", .text), .needed("itemCount", .integer), .needed("listedAt", .moment),
            .optional("resourceCode", .text), .optional("shareType", .word(ShareType.self)),
            .optional("openType", .word(OpenType.self)), .optional("updateCycle", .word(UpdateCycle.self)),
            .optional("publishDate", .date), .optional("grade", .text),
            .optional("proposal", .word(Entry.Proposal.Stage.self)),
        ]))
}

extension Operation {
    static let listEntries = Operation(
        "entries", Message("catalogue.api.list"), about: Message("catalogue.api.list-about"),
        query: [
            Parameter("q", .text, Message("catalogue.api.words")),
            Parameter("limit", .integer, Message("web.api-limit")),
            Parameter("after", .text, Message("web.api-after")),
        ], answers: [Answer(200, Message("catalogue.api.ok"), .json(.page(of: .entrySummary)))])

    static let readEntry = Operation(
        "entries", Message("catalogue.api.read"),
        answers: [
            Answer(200, Message("catalogue.api.ok"), .json(.entry)),
            Answer(304, Message("catalogue.api.unchanged"), .none),
        ])
}
