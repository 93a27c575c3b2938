import Kernel
import Web

/// What the API says of name lists.
extension JSONShape {
    private static let choice = JSONShape.object([
        .needed("key", .text, Message("name-list.key-column")), .needed("kind", .word(NameListKey.self)),
        .needed("case", .nullable(.text), Message("name-list.case-column")),
        .needed("grants", .array(.text), Message("name-list.api.grants")),
    ])

    private static let findings = JSONShape.object([
        .needed("rows", .integer), .needed("keys", .integer, Message("name-list.fact-keys")),
        .needed("repeated", .integer, Message("name-list.fact-repeated")),
        .needed("blank", .integer, Message("name-list.blank")),
        .needed("invalid", .integer, Message("name-list.invalid")),
        .needed("casesMissing", .integer),
        .needed("unreadable", .integer, Message("name-list.api.unreadable")),
        .needed("longestRun", .integer, Message("name-list.api.run")),
        .needed("faults", .array(.object([.needed("place", .text), .needed("code", .text)]))),
    ])

    private static let part = JSONShape.object([
        .needed("release", .id), .needed("grant", .id), .needed("revision", .integer),
        .needed("entry", .id), .needed("keyColumn", .text), .needed("version", .id),
        .needed("versionNumber", .integer), .needed("asOf", .moment), .needed("keysAsked", .integer),
        .needed("matched", .nullable(.integer)),
        .needed("ambiguous", .nullable(.integer), Message("name-list.api.ambiguous")),
        .needed("unmatched", .nullable(.integer), Message("name-list.fact-unmatched")),
    ])

    static let nameList = JSONShape.named(
        "NameList",
        .object([
            .needed("id", .id), .needed("state", .word(NameList.State.self)), .needed("file", .text),
            .needed("sha256", .text), .needed("columns", .array(.text)),
            .needed("choice", .nullable(choice)), .needed("findings", .nullable(findings)),
            .needed(
                "authorisations", .array(.object([.needed("name", .text), .needed("sha256", .text)]))),
            .needed("rowsDone", .integer), .needed("parts", .array(part)), .needed("madeAt", .moment),
            .needed("authorisedAt", .nullable(.moment)), .needed("settledAt", .nullable(.moment)),
            .needed("problem", .nullable(.text)),
            .needed(
                "result",
                .nullable(.object([.needed("bytes", .exactInteger), .needed("sha256", .text)]))),
        ]))

    static let nameListOffers = JSONShape.named(
        "NameListOffers",
        .object([
            .needed(
                "offers",
                .array(
                    .object([
                        .needed("grant", .id), .needed("entry", .text), .needed("provider", .text),
                        .needed("purpose", .text), .needed("keyColumns", .array(.text)),
                        .needed("columns", .array(.text)), .needed("caseNumberNeeded", .boolean),
                        .needed("versionNumber", .integer), .needed("asOf", .moment),
                    ]))),
            .needed(
                "refused", .array(.object([.needed("entry", .text), .needed("why", .text)])),
                Message("name-list.refused")),
        ]))
}

extension Operation {
    private static func word(_ key: String) -> Message { Message("name-list.api.\(key)") }
    private static let ok = Message("release.api.ok")

    static let listOffers = Operation(
        "name-lists", word("list-offers"), answers: [Answer(200, ok, .json(.nameListOffers))])

    static let listLists = Operation(
        "name-lists", word("list-lists"),
        query: [Parameter("after", .text, Message("web.api-after"))],
        answers: [Answer(200, ok, .json(.page(of: .nameList)))], problems: [.invalid])

    static let bringList = Operation(
        "name-lists", word("bring"), about: word("bring-about"),
        form: [
            FormPart("list", "@list.xlsx", word("list"), isFile: true),
            FormPart("key", "身份证号", Message("name-list.key-column")),
            FormPart("kind", NameListKey.citizenID.rawValue, word("kind")),
            FormPart("case", "", Message("name-list.case-column")),
            FormPart("grants", "$GRANT|身份证号", word("grants")),
            FormPart("authorisations", "@consent.pdf", Message("name-list.authorisations"), isFile: true),
        ], answers: [Answer(201, Message("release.api.made"), .json(.nameList))],
        problems: [.refused, .conflict])

    static let readList = Operation(
        "name-lists", word("read"), answers: [Answer(200, ok, .json(.nameList))])

    static let discardList = Operation(
        "name-lists", word("discard"), answers: [Answer(204, ok, .none)], problems: [.conflict])

    static let releaseList = Operation(
        "name-lists", word("release"), about: word("release-about"), takes: .object([]), sample: [:],
        answers: [Answer(202, word("begun"), .json(.nameList))],
        problems: [.refused, .conflict, .tooMany])

    static let cancelList = Operation(
        "name-lists", word("cancel"), takes: .object([]), sample: [:],
        answers: [Answer(202, ok, .json(.nameList))], problems: [.conflict])

    static let liftLists = Operation(
        "name-lists", word("lift"), about: word("lift-about"),
        takes: .object([
            .needed("reason", .text, Message("release.reason")),
            .optional("expected", .boolean, Message("name-list.expected")),
        ]), sample: ["reason": "…", "expected": false], answers: [Answer(204, ok, .none)],
        problems: [.conflict])

    static let readListFile = Operation(
        "name-lists", word("file"), about: word("file-about"),
        answers: [
            Answer(
                200, ok, .file(["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]))
        ], problems: [.refused, .conflict])

    static let readListReceipt = Operation(
        "name-lists", word("receipt"), about: word("receipt-about"),
        answers: [Answer(200, ok, .json(.receipt))], problems: [.conflict])
}
