package import Kernel

/// Holds answers against the JSON Schema that `/openapi.json` gives for them: the part of the language that `JSONShape` writes.
package struct SchemaCheck: Sendable {
    private let document: JSON

    package init(_ document: JSON) { self.document = document }

    /// References of the document that lead nowhere.
    package var danglingReferences: [String] {
        Set(Self.references(in: document)).filter { resolve($0) == nil }.sorted()
    }

    /// What is wrong with the answer of an operation: an unknown operation or status, or a value that its schema does not allow.
    package func faults(_ method: String, _ template: String, status: Int, _ answer: JSON) -> [String] {
        guard let operation = document["paths"]?[template]?[method.lowercased()] else {
            return ["\(method) \(template) is not described"]
        }
        guard let response = operation["responses"]?[String(status)] else {
            return ["\(method) \(template) does not say that it answers \(status)"]
        }
        let type = status < 400 ? "application/json" : "application/problem+json"
        guard let schema = response["content"]?[type]?["schema"] else {
            return ["\(method) \(template) \(status) has no \(type)"]
        }
        return faults(answer, schema, at: "$")
    }

    private func faults(_ value: JSON, _ schema: JSON, at path: String) -> [String] {
        if let reference = schema["$ref"]?.string {
            guard let target = resolve(reference) else { return ["\(path): no \(reference)"] }
            return faults(value, target, at: path)
        }
        if let choices = schema["anyOf"]?.array {
            let found = choices.map { faults(value, $0, at: path) }
            return found.contains { $0.isEmpty } ? [] : found.first ?? ["\(path): no choice"]
        }
        switch schema["type"]?.string {
        case nil: return []
        case "null": return value == .null ? [] : ["\(path): not null"]
        case "integer": return value.integer == nil ? ["\(path): no integer"] : []
        case "boolean": return value.boolean == nil ? ["\(path): no boolean"] : []
        case "string": return text(value, schema, at: path)
        case "array":
            guard let elements = value.array else { return ["\(path): no array"] }
            if let max = schema["maxItems"]?.integer, elements.count > max { return ["\(path): too long"] }
            return elements.enumerated().flatMap { position, element in
                faults(element, schema["items"] ?? .object([:]), at: "\(path)[\(position)]")
            }
        case "object": return object(value, schema, at: path)
        case let other?: return ["\(path): type \(other) is unknown here"]
        }
    }

    private func text(_ value: JSON, _ schema: JSON, at path: String) -> [String] {
        guard let text = value.string else { return ["\(path): no string"] }
        if let words = schema["enum"]?.array, !words.contains(value) {
            return ["\(path): “\(text)” is no choice"]
        }
        let isRight =
            switch schema["format"]?.string {
            case "uuid": GrantID(text) != nil
            case "date": CalendarDate(text) != nil
            case "date-time":
                CalendarDate(String(text.prefix(10))) != nil && text.contains("T") && text.hasSuffix("Z")
            default: true
            }
        return isRight ? [] : ["\(path): “\(text)” is no \(schema["format"]?.string ?? "")"]
    }

    private func object(_ value: JSON, _ schema: JSON, at path: String) -> [String] {
        guard let members = value.object else { return ["\(path): no object"] }
        let known = schema["properties"]?.object ?? [:]
        var found: [String] = []
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
            found.append("\(path).\(name) is missing")
        }
        for (name, member) in members {
            if let property = known[name] {
                found += faults(member, property, at: "\(path).\(name)")
            } else if schema["additionalProperties"] == .boolean(false) {
                found.append("\(path).\(name) is not described")
            }
        }
        return found.sorted()
    }

    private func resolve(_ reference: String) -> JSON? {
        guard reference.hasPrefix("#/") else { return nil }
        var found: JSON? = document
        for part in reference.dropFirst(2).split(separator: "/") { found = found?[String(part)] }
        return found
    }

    private static func references(in json: JSON) -> [String] {
        switch json {
        case .object(let members):
            members.flatMap { name, value in
                name == "$ref" ? [value.string ?? ""] : references(in: value)
            }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }
}
