import Hummingbird
import Identity
package import Kernel
import Policy
package import Web

/// `/api/v1/letters`: the registers for programs.
package struct LetterAPI: Sendable {
    private let letters: Letters

    package init(_ letters: Letters) { self.letters = letters }

    package func routes(_ routes: inout Routes) {
        routes.get("/api/v1/letters", .anyOf(LetterSite.readers), describing: .listLetters) { visit in
            let query = visit.query
            let limit = min(max(1, query.integer("limit") ?? 50), LetterStore.listMax)
            let page = try await letters.page(
                LetterFilter(
                    direction: .init(rawValue: query["direction"]), year: query.integer("year"),
                    series: query.id("series"), state: .init(rawValue: query["state"]),
                    caseID: query.id("case"), text: query["q"]),
                for: visit.principal, before: query.id("after"), limit: limit)
            return visit.json(items: page.letters.map { $0.apiJSON() }, next: page.next?.text)
        }
        routes.get("/api/v1/letters/:id", .anyOf(LetterSite.readers), describing: .readLetter) { visit in
            let letter = try await letters.letter(visit.id(), for: visit.principal)
            return visit.json(letter.apiJSON(files: try await letters.files(of: letter)))
        }
        routes.post(
            "/api/v1/letters", .anyOf([.registerLetter, .issueLetter]), body: .json(),
            describing: .enterLetter
        ) { visit in
            let (draft, key) = try LetterDraft.read(visit.json)
            let letter = try await letters.enter(draft, by: visit.principal, key: key)
            return visit.json(letter.apiJSON(files: []), status: .created)
        }
        routes.post(
            "/api/v1/letters/:id/voiding", .anyOf([.registerLetter, .issueLetter]), body: .json(),
            describing: .voidLetter
        ) { visit in
            let id: LetterID = try visit.id()
            try await letters.void(id, because: visit.json["reason"]?.string ?? "", by: visit.principal)
            return visit.json(try await letters.letter(id, for: visit.principal).apiJSON())
        }
    }
}

extension LetterDraft {
    private static let members: Set<String> = [
        "direction", "series", "number", "title", "counterpart", "mark", "body", "dated", "receivedOn",
        "copies",
        "case", "key",
    ]

    /// Of a call's body, with the key that makes the same call again find the first one's letter.
    ///
    /// - Throws: `LetterError.fieldsInvalid` naming what is not known or of another type.
    static func read(_ json: JSON) throws(LetterError) -> (LetterDraft, key: String?) {
        let members = json.object ?? [:]
        var faults = members.keys.filter { !Self.members.contains($0) }.sorted().map {
            Problem.Place($0, Message("letter.member-unknown"))
        }
        func wrong(_ name: String) { faults.append(.init(name, Message("letter.field-malformed"))) }
        func text(_ name: String) -> String {
            guard let value = members[name], value != .null else { return "" }
            if value.string == nil { wrong(name) }
            return value.string ?? ""
        }
        func id<N: Noun>(_ name: String) -> ID<N>? {
            let text = text(name)
            let id = ID<N>(text)
            if !text.isEmpty, id == nil { wrong(name) }
            return id
        }
        func day(_ name: String) -> CalendarDate? {
            let text = text(name)
            let day = CalendarDate(text)
            if !text.isEmpty, day == nil { wrong(name) }
            return day
        }
        let direction = Letter.Direction(rawValue: text("direction"))
        if direction == nil { wrong("direction") }
        let copies = (members["copies"]?.array ?? []).compactMap(\.string)
        if let given = members["copies"], given.array?.count != copies.count { wrong("copies") }
        let draft = LetterDraft(
            direction ?? .incoming, series: id("series"), number: text("number"), title: text("title"),
            counterpart: text("counterpart"), mark: text("mark"), body: text("body"), dated: day("dated"),
            receivedOn: day("receivedOn"), copies: copies, caseID: id("case"))
        let key = text("key")
        guard faults.isEmpty else { throw .fieldsInvalid(faults) }
        return (draft, key.isEmpty ? nil : key)
    }
}

extension Letter {
    package func apiJSON(files: [LetterFile]? = nil) -> JSON {
        var members: [String: JSON] = [
            "id": .string(id.text), "direction": .string(direction.rawValue),
            "state": .string(state.rawValue),
            "number": .string(number), "series": series.map { .string($0.text) } ?? .null,
            "year": .integer(Int64(year)), "serial": .integer(Int64(serial)), "title": .string(title),
            "counterpart": .string(counterpart), "mark": .string(mark), "dated": .string(dated.description),
            "receivedOn": receivedOn.map { .string($0.description) } ?? .null,
            "case": caseID.map { .string($0.text) } ?? .null,
            "copies": .array(copies.map { .string($0) }), "madeAt": .string(madeAt.description),
            "voidedBecause": voided.map { .string($0.reason) } ?? .null,
        ]
        if let files { members["files"] = .array(files.map(\.apiJSON)) }
        return .object(members)
    }
}

extension LetterFile {
    package var apiJSON: JSON {
        [
            "id": .string(id.text), "kind": .string(kind.rawValue), "name": .string(name),
            "format": .string(format.rawValue), "bytes": .integer(Int64(bytes)), "digest": .string(digest),
            "scanned": .boolean(isScanned), "addedAt": .string(addedAt.description),
            "leaf": .string(leaf.text),
        ]
    }
}

extension JSONShape {
    fileprivate static let letter = JSONShape.named(
        "Letter",
        .object([
            .needed("id", .id), .needed("direction", .word(Letter.Direction.self)),
            .needed("state", .word(Letter.State.self)), .needed("number", .text),
            .needed("series", .nullable(.id)), .needed("year", .integer), .needed("serial", .integer),
            .needed("title", .text), .needed("counterpart", .text), .needed("mark", .text),
            .needed("dated", .date), .needed("receivedOn", .nullable(.date)),
            .needed("case", .nullable(.id)), .needed("copies", .array(.text)), .needed("madeAt", .moment),
            .needed("voidedBecause", .nullable(.text)), .optional("files", .array(letterFile)),
        ]))

    private static let letterFile = JSONShape.named(
        "LetterFile",
        .object([
            .needed("id", .id), .needed("kind", .word(LetterFile.Kind.self)), .needed("name", .text),
            .needed("format", .word(LetterFile.Format.self)), .needed("bytes", .integer),
            .needed("digest", .text), .needed("scanned", .boolean), .needed("addedAt", .moment),
            .needed("leaf", .id),
        ]))
}

extension Operation {
    fileprivate static let listLetters = Operation(
        "letters", Message("letter.api.list"), about: Message("letter.api.list-about"),
        query: [
            Parameter("q", .text, Message("letter.search")),
            Parameter("direction", .word(Letter.Direction.self), Message("letter.direction")),
            Parameter("year", .integer, Message("letter.year")),
            Parameter("series", .id, Message("letter.series")),
            Parameter("state", .word(Letter.State.self), Message("letter.state")),
            Parameter("case", .id, Message("letter.belongs-to")),
            Parameter("limit", .integer, Message("letter.api.limit")),
            Parameter("after", .text, Message("letter.api.after")),
        ], answers: [Answer(200, Message("letter.api.ok"), .json(.page(of: .letter)))])

    fileprivate static let readLetter = Operation(
        "letters", Message("letter.api.read"),
        answers: [Answer(200, Message("letter.api.ok"), .json(.letter))])

    fileprivate static let enterLetter = Operation(
        "letters", Message("letter.api.enter"), about: Message("letter.api.enter-about"),
        takes: .object([
            .needed("direction", .word(Letter.Direction.self)), .needed("title", .text),
            .needed("counterpart", .text), .needed("dated", .date), .optional("series", .nullable(.id)),
            .optional("number", .text), .optional("mark", .text), .optional("body", .text),
            .optional("receivedOn", .nullable(.date)), .optional("copies", .array(.text)),
            .optional("case", .nullable(.id)), .optional("key", .text),
        ]),
        sample: [
            "direction": "in", "number": "河市监函〔2026〕8号", "title": "关于协助提供数据的函", "counterpart": "市市场监管局",
            "dated": "2026-11-20", "receivedOn": "2026-11-23",
        ], answers: [Answer(201, Message("letter.api.ok"), .json(.letter))], problems: [.refused])

    fileprivate static let voidLetter = Operation(
        "letters", Message("letter.api.void"), takes: .object([.needed("reason", .text)]),
        sample: ["reason": "文稿撤回"], answers: [Answer(200, Message("letter.api.ok"), .json(.letter))],
        problems: [.conflict])
}
