package import Kernel

/// One field that differs between two cards, as history and the review page show it.
package struct FieldChange: Hashable, Sendable {
    /// `title`, `items[身份证号].length`: an item is named by its column, so that moving one is no change of all.
    package let field: String
    /// Nil: was not there.
    package let before: String?
    /// Nil: is no longer there.
    package let after: String?

    package init(field: String, before: String?, after: String?) {
        self.field = field
        self.before = before
        self.after = after
    }
}

extension EntryCard {
    /// Field by field, in the guide's order; empty when nothing a reader could see changed.
    package static func changes(from before: EntryCard?, to after: EntryCard?) -> [FieldChange] {
        let old = before?.flattened ?? [:]
        let new = after?.flattened ?? [:]
        let keys = Set(old.keys).union(new.keys).sorted { Self.place(of: $0) < Self.place(of: $1) }
        return keys.compactMap { key in
            old[key] == new[key] ? nil : FieldChange(field: key, before: old[key], after: new[key])
        }
    }

    private static let order = [
        "category", "title", "resourceCode", "provider", "providerDivision", "providerUSCC", "abstract",
        "formatClass", "formatType", "items", "shareType", "shareCondition", "legalBasis", "shareMode",
        "openType",
        "openCondition", "updateCycle", "publishDate", "relatedCodes",
    ]

    private static func place(of key: String) -> (Int, String) {
        let head = String(key.prefix { $0 != "[" })
        return (order.firstIndex(of: head) ?? order.count, key)
    }

    private var flattened: [String: String] {
        var flat: [String: String] = [:]
        guard let members = json.object else { return flat }
        for (key, value) in members where key != "items" && key != "relatedCodes" { flat[key] = value.string }
        if !relatedCodes.isEmpty { flat["relatedCodes"] = relatedCodes.joined(separator: ", ") }
        for item in items {
            for (key, value) in item.json.object ?? [:] where key != "column" {
                flat["items[\(item.column)].\(key)"] = value.string ?? value.canonical
            }
        }
        return flat
    }
}

extension FieldChange {
    package var json: JSON {
        var members: [String: JSON] = ["field": .string(field)]
        if let before { members["before"] = .string(before) }
        if let after { members["after"] = .string(after) }
        return .object(members)
    }

    init?(json: JSON) {
        guard let field = json["field"]?.string else { return nil }
        self.init(field: field, before: json["before"]?.string, after: json["after"]?.string)
    }
}
