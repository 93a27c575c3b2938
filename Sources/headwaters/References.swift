import Identity
import Kernel
import Server

/// People name things as they know them; ids are for programs. A name that fits several is refused, with the ids.
extension Node {
    func party(_ text: String) async throws -> Party {
        if let id = PartyID(text) {
            guard let party = try await parties.find(id) else { throw IdentityError.partyUnknown }
            return party
        }
        return try Self.only(try await parties.named(text), named: text, id: \.id.text)
    }

    func account(_ text: String) async throws -> Account {
        if let id = AccountID(text) {
            guard let account = try await accounts.find(id) else { throw IdentityError.accountUnknown }
            return account
        }
        let name = text.lowercased()
        return try Self.only(
            try await accounts.all().filter { $0.name.lowercased() == name }, named: text, id: \.id.text)
    }

    /// A post by its id, or as `单位/岗位`.
    func post(_ text: String) async throws -> Post {
        if let id = PostID(text) {
            guard let post = try await posts.find(id) else { throw IdentityError.postUnknown }
            return post
        }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw IdentityError.postUnknown }
        let party = try await party(parts[0])
        return try Self.only(
            try await posts.all(of: party.id).filter { $0.title == parts[1] }, named: text, id: \.id.text)
    }

    /// The official names of parties today, by id.
    func partyNames() async throws -> [PartyID: String] {
        let today = clock.now().date()
        return Dictionary(
            try await parties.all(on: today).map { ($0.id, $0.name(on: today)) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func only<Thing>(
        _ found: [Thing], named text: String, id: (Thing) -> String
    ) throws -> Thing {
        guard let first = found.first else {
            throw Problem(.notFound, Message("command.nothing-named", ["name": text]))
        }
        guard found.count == 1 else {
            throw Problem(
                .conflict, Message("command.name-ambiguous", ["name": text]),
                places: found.prefix(10).map { Problem.Place(id($0), Message("command.name-candidate")) })
        }
        return first
    }
}

/// A day on the command line.
func requireDay(_ text: String?) throws(Problem) -> CalendarDate? {
    guard let text else { return nil }
    guard let day = CalendarDate(text) else {
        throw Problem(.invalid, Message("command.not-a-day", ["text": text]))
    }
    return day
}

/// A word out of a closed list on the command line.
func requireWord<Word: RawRepresentable & CaseIterable>(_ text: String, _ type: Word.Type = Word.self)
    throws(Problem) -> Word where Word.RawValue == String
{
    try requireWord(text, of: Array(Word.allCases))
}

/// One of the words that a command knows what to do with.
func requireWord<Word: RawRepresentable>(_ text: String, of words: [Word]) throws(Problem) -> Word
where Word.RawValue == String {
    guard let word = words.first(where: { $0.rawValue == text }) else {
        throw Problem(
            .invalid,
            Message(
                "command.not-a-word",
                ["text": text, "words": words.map(\.rawValue).joined(separator: ", ")]))
    }
    return word
}

extension JSON {
    static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    static func optional(_ day: CalendarDate?) -> JSON { .optional(day?.description) }
    static func optional(_ instant: Instant?) -> JSON { .optional(instant?.description) }
    static func optional(_ number: Int64?) -> JSON { number.map(JSON.integer) ?? .null }
    /// The fields of a thing, in the order in which people read them; the first of one name counts.
    static func object(members: [(String, JSON)]) -> JSON {
        .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
    }
    static func texts(_ texts: some Sequence<String>) -> JSON { .array(texts.map(JSON.string)) }
}
