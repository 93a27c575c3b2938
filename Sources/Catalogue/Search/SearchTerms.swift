import Foundation

/// How text becomes terms of the index and a query becomes terms to look up; the same walk for both, so that whatever is
/// written can be found by any two neighbouring characters of it.
///
/// Chinese has no spaces and its commonest query is two characters long, so the terms are bigrams and single characters of
/// every run of letters and digits, in every script.
enum SearchTerms {
    static let queryCharactersMax = 100
    /// A title's hit outweighs any number of abstracts'.
    static let titleWeight = 8
    static let providerWeight = 3
    static let itemWeight = 2
    static let abstractWeight = 1

    /// Lower case, full-width forms as ASCII, everything that is neither letter nor digit as one space.
    static func normalized(_ text: String) -> String {
        var out = ""
        var pendingSpace = false
        // Compatibility mapping makes one spelling of accented letters, full-width forms and ligatures.
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
            let properties = scalar.properties
            guard properties.isAlphabetic || properties.numericType != nil || properties.isIdeographic
            else {
                pendingSpace = !out.isEmpty
                continue
            }
            if pendingSpace {
                out.append(" ")
                pendingSpace = false
            }
            out += properties.lowercaseMapping
        }
        return out
    }

    /// Every single character and every pair of neighbours of the normalised text's runs.
    static func terms(ofNormalized text: String) -> Set<String> {
        var terms: Set<String> = []
        for run in text.split(separator: " ") {
            let characters = Array(run.unicodeScalars)
            for (index, scalar) in characters.enumerated() {
                terms.insert(String(scalar))
                if index + 1 < characters.count {
                    terms.insert(String(scalar) + String(characters[index + 1]))
                }
            }
        }
        return terms
    }

    /// The words of a query, each to be found whole: `疫情 数据` asks for both.
    static func words(ofQuery query: String) -> [String] {
        var seen: Set<String> = []
        return normalized(query).split(separator: " ").map(String.init).filter { seen.insert($0).inserted }
    }

    /// The terms that any text holding `word` must have: its bigrams, or itself if it is one character.
    static func required(byWord word: String) -> [String] {
        let characters = Array(word.unicodeScalars)
        guard characters.count > 1 else { return [word] }
        var seen: Set<String> = []
        return (0..<characters.count - 1)
            .map { String(characters[$0]) + String(characters[$0 + 1]) }
            .filter { seen.insert($0).inserted }
    }
}
