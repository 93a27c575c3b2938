package import Kernel

/// The written form: `{"op":"=","args":[{"op":"column","name":"status"},{"op":"literal","type":"text","value":"在业"}]}`.
/// What this build does not know is refused by name with its path; members beyond the known ones too.
extension Expression {
    package var json: JSON {
        switch self {
        case .column(let name): ["op": "column", "name": .string(name)]
        case .literal(let value): Self.merged(["op": "literal"], value.json)
        case .not(let inner): ["op": "not", "args": [inner.json]]
        case .all(let parts): ["op": "and", "args": .array(parts.map(\.json))]
        case .any(let parts): ["op": "or", "args": .array(parts.map(\.json))]
        case .compare(let comparison, let left, let right):
            ["op": .string(comparison.rawValue), "args": [left.json, right.json]]
        case .isNull(let inner): ["op": "is-null", "args": [inner.json]]
        case .isIn(let inner, let values):
            ["op": "in", "args": [inner.json], "values": .array(values.map(\.json))]
        case .between(let inner, let low, let high):
            ["op": "between", "args": [inner.json], "low": low.json, "high": high.json]
        case .startsWith(let inner, let text):
            ["op": "starts-with", "args": [inner.json], "text": .string(text)]
        case .contains(let inner, let text):
            ["op": "contains", "args": [inner.json], "text": .string(text)]
        case .matches(let inner, let pattern):
            ["op": "matches", "args": [inner.json], "pattern": .string(pattern.source)]
        case .call(let function, let arguments):
            ["op": "call", "function": .string(function.rawValue), "args": .array(arguments.map(\.json))]
        }
    }

    private static func merged(_ left: JSON, _ right: JSON) -> JSON {
        .object((left.object ?? [:]).merging(right.object ?? [:]) { first, _ in first })
    }

    /// Throws `PolicyError.malformed` naming the operator and the path.
    package init(json: JSON) throws(PolicyError) {
        var tree = ExpressionTree()
        self = try tree.read(JSONReader(json, path: "$"), depth: 0)
    }
}

/// Reads nodes as long as depth and number last.
private struct ExpressionTree {
    private typealias Limits = Expression.Limits
    private var budget = Limits.nodesMax

    mutating func read(_ reader: JSONReader, depth: Int) throws(PolicyError) -> Expression {
        guard depth <= Limits.depthMax else {
            throw reader.fault(.tooDeep, ["limit": String(Limits.depthMax)])
        }
        budget -= 1
        guard budget >= 0 else { throw reader.fault(.tooLarge, ["limit": String(Limits.nodesMax)]) }
        let op = try reader.text("op")
        switch op {
        case "column":
            try reader.only(["op", "name"])
            let name = try reader.text("name")
            guard name.utf8.count <= Limits.columnNameBytesMax else {
                throw reader.wrong("name", expected: "name")
            }
            return .column(name)
        case "literal":
            try reader.only(["op", "type", "value"])
            return .literal(try Value(reader))
        case "not":
            try reader.only(["op", "args"])
            return .not(try argument(reader, depth))
        case "and", "or":
            try reader.only(["op", "args"])
            var parts: [Expression] = []
            for part in try reader.elements("args") { parts.append(try read(part, depth: depth + 1)) }
            guard !parts.isEmpty else { throw reader.wrong("args", expected: "1…") }
            return op == "and" ? .all(parts) : .any(parts)
        case "call":
            try reader.only(["op", "function", "args"])
            let name = try reader.text("function")
            guard let function = Expression.Function(rawValue: name) else {
                throw reader.unknown(name, at: "function")
            }
            return .call(function, [try argument(reader, depth)])
        default: return try test(op, reader, depth)
        }
    }

    private mutating func argument(
        _ reader: JSONReader, _ depth: Int, _ position: Int = 0, of count: Int = 1
    ) throws(PolicyError) -> Expression {
        let arguments = try reader.elements("args")
        guard arguments.count == count else { throw reader.wrong("args", expected: "\(count)") }
        return try read(arguments[position], depth: depth + 1)
    }

    /// What asks something of one or two values.
    private mutating func test(
        _ op: String, _ reader: JSONReader, _ depth: Int
    ) throws(PolicyError) -> Expression {
        switch op {
        case "is-null":
            try reader.only(["op", "args"])
            return .isNull(try argument(reader, depth))
        case "in":
            try reader.only(["op", "args", "values"])
            let values = try reader.elements("values")
            guard (1...Limits.listValuesMax).contains(values.count) else {
                throw reader.wrong("values", expected: "1…\(Limits.listValuesMax)")
            }
            return .isIn(
                try argument(reader, depth), try values.map { value throws(PolicyError) in try Value(value) })
        case "between":
            try reader.only(["op", "args", "low", "high"])
            return .between(
                try argument(reader, depth), low: try Value(try reader.member("low")),
                high: try Value(try reader.member("high")))
        case "starts-with":
            try reader.only(["op", "args", "text"])
            return .startsWith(try argument(reader, depth), try reader.text("text"))
        case "contains":
            try reader.only(["op", "args", "text"])
            return .contains(try argument(reader, depth), try reader.text("text"))
        case "matches":
            try reader.only(["op", "args", "pattern"])
            return .matches(try argument(reader, depth), try Pattern(try reader.text("pattern")))
        default:
            guard let comparison = Expression.Comparison(rawValue: op) else {
                throw reader.unknown(op, at: "op")
            }
            try reader.only(["op", "args"])
            return .compare(
                comparison, try argument(reader, depth, 0, of: 2), try argument(reader, depth, 1, of: 2))
        }
    }
}

extension Value {
    /// `{"type":"decimal","value":"12.50"}`: decimals and doubles as text, timestamps as microseconds since 1970.
    package var json: JSON {
        switch self {
        case .null: ["type": "null", "value": nil]
        case .text(let text): ["type": "text", "value": .string(text)]
        case .integer(let number): ["type": "integer", "value": .exact(number)]
        case .decimal(let unscaled, let scale):
            ["type": "decimal", "value": .string(DecimalText(unscaled: unscaled, scale: scale).text)]
        case .double(let number): ["type": "double", "value": .string(number.description)]
        case .boolean(let truth): ["type": "boolean", "value": .boolean(truth)]
        case .date(let date): ["type": "date", "value": .string(date.description)]
        case .timestamp(let moment): ["type": "timestamp", "value": .exact(moment.microseconds)]
        }
    }

    package init(json: JSON) throws(PolicyError) { try self.init(JSONReader(json, path: "$")) }

    init(_ reader: JSONReader) throws(PolicyError) {
        let type = try reader.text("type")
        let value = reader.json["value"]
        if reader.json["op"] == nil { try reader.only(["type", "value"]) }
        let read: Value?
        switch type {
        case "null": read = value == JSON.null ? .null : nil
        case "text": read = value?.string.map { .text($0) }
        case "integer": read = value?.exactInteger.map { .integer($0) }
        case "decimal":
            read = value?.string.flatMap { DecimalText($0) }.map {
                .decimal(unscaled: $0.unscaled, scale: $0.scale)
            }
        case "double": read = value?.string.flatMap { Double($0) }.map { .double($0) }
        case "boolean": read = value?.boolean.map { .boolean($0) }
        case "date": read = value?.string.flatMap { CalendarDate($0) }.map { .date($0) }
        case "timestamp":
            read = value?.exactInteger.map { .timestamp(Instant(microseconds: $0)) }
        default: throw reader.unknown(type, at: "type")
        }
        guard let read else { throw reader.wrong("value", expected: type) }
        self = read
    }
}

extension JSON {
    /// As a string beyond what readers hold exactly, so that the value and its canonical text agree.
    static func exact(_ number: Int64) -> JSON {
        number.magnitude > UInt64(exactIntegerMax) ? .string(String(number)) : .integer(number)
    }

    var exactInteger: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }
}

/// One JSON value and where it was found.
struct JSONReader {
    let json: JSON
    let path: String

    init(_ json: JSON, path: String) {
        self.json = json
        self.path = path
    }

    func fault(_ code: Refusal.Code, _ detail: [String: String] = [:]) -> PolicyError {
        .malformed([Refusal(code, detail: detail.merging(["path": path]) { first, _ in first })])
    }

    func unknown(_ name: String, at member: String) -> PolicyError {
        .malformed([
            Refusal(
                .unknownKind, operation: String(name.prefix(100)), detail: ["path": "\(path).\(member)"])
        ])
    }

    func wrong(_ member: String, expected: String) -> PolicyError {
        .malformed([Refusal(.wrongMember, detail: ["path": "\(path).\(member)", "expected": expected])])
    }

    func member(_ name: String) throws(PolicyError) -> JSONReader {
        guard case .object(let members) = json else { throw wrong("", expected: "object") }
        guard let value = members[name] else {
            throw .malformed([Refusal(.missingMember, detail: ["path": "\(path).\(name)"])])
        }
        return JSONReader(value, path: "\(path).\(name)")
    }

    func text(_ name: String) throws(PolicyError) -> String {
        guard let text = try member(name).json.string else { throw wrong(name, expected: "text") }
        return text
    }

    func integer(_ name: String) throws(PolicyError) -> Int64 {
        guard let number = try member(name).json.exactInteger else { throw wrong(name, expected: "integer") }
        return number
    }

    /// Nil when it is not there.
    func optionalInteger(_ name: String) throws(PolicyError) -> Int64? {
        json[name] == nil ? nil : try integer(name)
    }

    func texts(_ name: String, max: Int) throws(PolicyError) -> [String] {
        let elements = try elements(name)
        guard elements.count <= max else { throw fault(.tooLarge, ["limit": String(max)]) }
        return try elements.map { element throws(PolicyError) in
            guard let text = element.json.string else { throw wrong(name, expected: "text") }
            return text
        }
    }

    func date(_ name: String) throws(PolicyError) -> CalendarDate {
        guard let date = CalendarDate(try text(name)) else { throw wrong(name, expected: "yyyy-mm-dd") }
        return date
    }

    func elements(_ name: String) throws(PolicyError) -> [JSONReader] {
        guard let elements = try member(name).json.array else { throw wrong(name, expected: "array") }
        return elements.enumerated().map { JSONReader($1, path: "\(path).\(name)[\($0)]") }
    }

    func only(_ known: Set<String>) throws(PolicyError) {
        guard case .object(let members) = json else { throw wrong("", expected: "object") }
        if let stranger = members.keys.filter({ !known.contains($0) }).min() {
            throw .malformed([
                Refusal(.unknownMember, operation: String(stranger.prefix(100)), detail: ["path": path])
            ])
        }
    }
}
