/// A sentence for a person, not yet in a language: a key of a word catalogue and its arguments.
///
/// Keys are `domain.words.in.kebab-case`; the text is looked up when a page or a terminal renders it.
package struct Message: Hashable, Sendable, Codable {
    package let key: String
    package let arguments: [String: String]

    package init(_ key: String, _ arguments: [String: String] = [:]) {
        self.key = key
        self.arguments = arguments
    }
}
