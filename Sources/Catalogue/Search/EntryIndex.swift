import Kernel
import Persistence

/// The terms of one entry's listed card, each with what it counts for in ranking.
struct EntryIndex {
    /// Normalised, field by field, for the check that a word of several bigrams really stands there.
    let text: String
    let weights: [String: Int]

    init(_ card: EntryCard) {
        let fields: [(text: String, weight: Int)] = [
            (card.title, SearchTerms.titleWeight),
            (card.provider, SearchTerms.providerWeight),
            (card.items.map(\.name).joined(separator: " "), SearchTerms.itemWeight),
            (card.items.map(\.column).joined(separator: " "), SearchTerms.itemWeight),
            (card.abstract, SearchTerms.abstractWeight),
            (card.resourceCode, SearchTerms.abstractWeight),
        ]
        var weights: [String: Int] = [:]
        var texts: [String] = []
        for field in fields {
            let normalized = SearchTerms.normalized(field.text)
            for term in SearchTerms.terms(ofNormalized: normalized) {
                weights[term, default: 0] += field.weight
            }
            texts.append(normalized)
        }
        text = texts.joined(separator: "\n")
        self.weights = weights
    }

    /// In the act's transaction: the index never says what the entry does not.
    func replace(entry number: Int64, in connection: any Connection) throws {
        let stored = try connection.rows("SELECT term, weight FROM catalogue_posting WHERE entry = \(number)")
        var old: [String: Int] = [:]
        for row in stored { old[try row.value("term")] = try row.value("weight", as: Int.self) }
        let gone = old.keys.filter { weights[$0] != old[$0] }.sorted()
        for chunk in gone.chunks(of: Self.termsPerStatement) {
            try connection.execute(
                "DELETE FROM catalogue_posting WHERE entry = \(number) AND term IN \(list: chunk)")
        }
        let new = weights.filter { old[$0.key] != $0.value }.sorted { $0.key < $1.key }
        try connection.insert(
            new.map { [.text($0.key), .integer(number), .integer(Int64($0.value))] }, Self.intoPostings)
    }

    private static let intoPostings = Insertion(
        into: "catalogue_posting", ["term", "entry", "weight"])
    private static let termsPerStatement = 200
}

extension Array {
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
