package import Kernel

/// The elements of a card by the names that files, forms and diffs give them.
package enum CardField: String, Hashable, Sendable, CaseIterable {
    case category, title, resourceCode, provider, providerDivision, providerUSCC, abstract, formatClass,
        formatType
    case shareType, shareCondition, legalBasis, shareMode, openType, openCondition, updateCycle, publishDate
    case relatedCodes
    case itemColumn, itemName, itemType, itemLength, itemShareType, itemOpen, itemDescription
    case items, state, grade, itemCount

    package var message: Message { Message("catalogue.field.\(rawValue)") }

    /// What an import file may have as columns.
    static let imported = allCases.filter { ![.items, .state, .grade, .itemCount].contains($0) }

    /// The field that a heading means: its key, or its name in either language.
    init?(heading: String) {
        let wanted = Self.folded(heading)
        let found = Self.imported.first { field in
            Self.folded(field.rawValue) == wanted
                || Language.allCases.contains {
                    Self.folded(catalogueWords.text(field.message, in: $0)) == wanted
                }
        }
        guard let found else { return nil }
        self = found
    }

    private static func folded(_ text: String) -> String {
        String(text.lowercased().filter { !$0.isWhitespace && $0 != "*" })
    }
}
