import Foundation

/// A value stored whole as JSON text, for what is never searched by its parts.
package struct Document<Content: Codable & Sendable>: Sendable, SQLConvertible, SQLReadable {
    package let content: Content
    private let text: String

    package init(_ content: Content) throws {
        self.content = content
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        text = String(decoding: try encoder.encode(content), as: UTF8.self)
    }

    package var sqlValue: SQLValue { .text(text) }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue,
            let content = try? JSONDecoder().decode(Content.self, from: Data(text.utf8))
        else { return nil }
        self.content = content
        self.text = text
    }
}
