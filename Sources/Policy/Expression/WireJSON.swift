import Kernel

/// JSON through Swift's own coders, for values that cross the worker's socket or wait in a job.
struct WireJSON: Codable {
    let json: JSON

    init(_ json: JSON) { self.json = json }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            json = .null
        } else if let truth = try? container.decode(Bool.self) {
            json = .boolean(truth)
        } else if let number = try? container.decode(Int64.self) {
            json = .integer(number)
        } else if let text = try? container.decode(String.self) {
            json = .string(text)
        } else if let elements = try? container.decode([WireJSON].self) {
            json = .array(elements.map(\.json))
        } else {
            json = .object(try container.decode([String: WireJSON].self).mapValues(\.json))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch json {
        case .null: try container.encodeNil()
        case .boolean(let truth): try container.encode(truth)
        case .integer(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements.map { WireJSON($0) })
        case .object(let members): try container.encode(members.mapValues { WireJSON($0) })
        }
    }
}

extension Expression: Codable {
    package init(from decoder: any Decoder) throws { try self.init(json: WireJSON(from: decoder).json) }
    package func encode(to encoder: any Encoder) throws { try WireJSON(json).encode(to: encoder) }
}

extension Value: Codable {
    package init(from decoder: any Decoder) throws { try self.init(json: WireJSON(from: decoder).json) }
    package func encode(to encoder: any Encoder) throws { try WireJSON(json).encode(to: encoder) }
}

extension Clause: Codable {
    package init(from decoder: any Decoder) throws { try self.init(json: WireJSON(from: decoder).json) }
    package func encode(to encoder: any Encoder) throws { try WireJSON(json).encode(to: encoder) }
}

extension Plan: Codable {
    /// Only for the far end of a socket or job that this program itself wrote; grants compile through `Terms`.
    package init(from decoder: any Decoder) throws { try self.init(carried: WireJSON(from: decoder).json) }
    package func encode(to encoder: any Encoder) throws { try WireJSON(json).encode(to: encoder) }
}
