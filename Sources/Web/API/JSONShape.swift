package import Kernel

/// What JSON of the API looks like: written once beside the route, and told as JSON Schema (2020-12) in `/openapi.json`.
package indirect enum JSONShape: Sendable, Hashable {
    /// `format` as JSON Schema knows it: `uuid`, `date`, `date-time`.
    case string(format: String? = nil)
    case integer
    case boolean
    /// One of these words.
    case word([String])
    case array(JSONShape, max: Int? = nil)
    /// Nothing else may be in it.
    case object([Member])
    case nullable(JSONShape)
    /// Said once in the document, under this name.
    case named(String, JSONShape)
    /// Anything at all.
    case any
    /// One of these.
    case either([JSONShape])

    package struct Member: Sendable, Hashable {
        package let name: String
        package let shape: JSONShape
        package let isRequired: Bool
        package let about: Message?
    }

    package static var id: JSONShape { .string(format: "uuid") }
    package static var moment: JSONShape { .string(format: "date-time") }
    package static var date: JSONShape { .string(format: "date") }
    package static var text: JSONShape { .string() }
    /// An integer; beyond 2^53 written as text, so that no reader rounds it.
    package static var exactInteger: JSONShape { .either([.integer, .text]) }

    package static func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> JSONShape
    where Word.RawValue == String { .word(type.allCases.map(\.rawValue)) }

    /// A list as every list of the API is answered, with the cursor of the next page.
    package static func page(of shape: JSONShape) -> JSONShape {
        .object([.needed("items", .array(shape)), .needed("next", .nullable(.text))])
    }
}

extension JSONShape.Member {
    package static func needed(_ name: String, _ shape: JSONShape, _ about: Message? = nil) -> Self {
        Self(name: name, shape: shape, isRequired: true, about: about)
    }
    package static func optional(_ name: String, _ shape: JSONShape, _ about: Message? = nil) -> Self {
        Self(name: name, shape: shape, isRequired: false, about: about)
    }
}

extension JSONShape {
    /// As JSON Schema; named shapes are references, and are put into `named` once.
    func schema(_ text: (Message) -> String, named: inout [String: JSON]) -> JSON {
        switch self {
        case .string(let format?): return ["type": "string", "format": .string(format)]
        case .string(nil): return ["type": "string"]
        case .integer: return ["type": "integer"]
        case .boolean: return ["type": "boolean"]
        case .word(let words): return ["type": "string", "enum": .array(words.map(JSON.string))]
        case .array(let element, let max):
            var members: [String: JSON] = ["type": "array", "items": element.schema(text, named: &named)]
            if let max { members["maxItems"] = .integer(Int64(max)) }
            return .object(members)
        case .object(let members):
            var properties: [String: JSON] = [:]
            for member in members {
                var property = member.shape.schema(text, named: &named).object ?? [:]
                if let about = member.about { property["description"] = .string(text(about)) }
                properties[member.name] = .object(property)
            }
            return [
                "type": "object", "properties": .object(properties),
                "required": .array(members.filter(\.isRequired).map { .string($0.name) }),
                "additionalProperties": false,
            ]
        case .nullable(let shape):
            return ["anyOf": [shape.schema(text, named: &named), ["type": "null"]]]
        case .named(let name, let shape):
            if named[name] == nil {
                named[name] = .object([:])
                named[name] = shape.schema(text, named: &named)
            }
            return ["$ref": .string("#/components/schemas/\(name)")]
        case .any: return .object([:])
        case .either(let shapes):
            return ["anyOf": .array(shapes.map { $0.schema(text, named: &named) })]
        }
    }
}
