/// Why a text is not JSON as we accept it, and where.
package struct JSONFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case unexpected
        case endsEarly
        case trailingBytes
        case notUTF8
        case badEscape
        case controlCharacter
        case duplicateMember(String)
        /// Fractions and exponents: decimals travel as strings, so that no reader rounds them.
        case notAnInteger
        /// Beyond 64 bits.
        case integerTooLarge
        case tooDeep(max: Int)
        case tooLarge(bytesMax: Int)
        case tooManyValues(max: Int)
    }

    package let reason: Reason
    /// From 0.
    package let byteOffset: Int
    /// From 1.
    package let line: Int
}

extension JSONFault: ProblemConvertible {
    package var problem: Problem {
        let place = ["offset": String(byteOffset), "line": String(line)]
        switch reason {
        case .unexpected: return Problem(.invalid, Message("json.unexpected", place))
        case .endsEarly: return Problem(.invalid, Message("json.ends-early", place))
        case .trailingBytes: return Problem(.invalid, Message("json.trailing-bytes", place))
        case .notUTF8: return Problem(.invalid, Message("json.not-utf8", place))
        case .badEscape: return Problem(.invalid, Message("json.bad-escape", place))
        case .controlCharacter: return Problem(.invalid, Message("json.control-character", place))
        case .duplicateMember(let name):
            return Problem(.invalid, Message("json.duplicate-member", place.merging(["name": name]) { $1 }))
        case .notAnInteger:
            return Problem(
                .invalid, Message("json.not-an-integer", place),
                remedy: Message("json.not-an-integer-remedy"))
        case .integerTooLarge:
            return Problem(
                .invalid, Message("json.integer-too-large", place),
                remedy: Message("json.not-an-integer-remedy"))
        case .tooDeep(let max):
            return Problem(.invalid, Message("json.too-deep", place.merging(["max": String(max)]) { $1 }))
        case .tooLarge(let max):
            return Problem(.tooLarge, Message("json.too-large", place.merging(["max": String(max)]) { $1 }))
        case .tooManyValues(let max):
            return Problem(
                .tooLarge, Message("json.too-many-values", place.merging(["max": String(max)]) { $1 }))
        }
    }
}

extension JSON {
    package struct Limits: Sendable {
        package let bytesMax: Int
        package let depthMax: Int
        /// Values and members together, so that a small text cannot become a large tree.
        package let valuesMax: Int

        package init(bytesMax: Int = 1 << 20, depthMax: Int = 64, valuesMax: Int = 100_000) {
            self.bytesMax = bytesMax
            self.depthMax = depthMax
            self.valuesMax = valuesMax
        }
        package static let standard = Limits()
    }

    /// Strict RFC 8259: UTF-8 only, no byte-order mark, every member once, integers exact within 64 bits. A number with a
    /// fraction or an exponent is refused. Two names that Unicode calls equivalent count as one member.
    package static func parse(_ bytes: [UInt8], limits: Limits = .standard) throws(JSONFault) -> JSON {
        var result: Result<JSON, JSONFault> = .success(.null)
        bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(bytes: buffer, limits: limits)
            do throws(JSONFault) {
                result = .success(try parser.document())
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }

    package static func parse(_ text: String, limits: Limits = .standard) throws(JSONFault) -> JSON {
        try parse(Array(text.utf8), limits: limits)
    }
}

private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSON.Limits
    var at = 0
    var values = 0

    init(bytes: UnsafeBufferPointer<UInt8>, limits: JSON.Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    func fault(_ reason: JSONFault.Reason, at offset: Int? = nil) -> JSONFault {
        let offset = min(offset ?? at, bytes.count)
        return JSONFault(
            reason: reason, byteOffset: offset,
            line: 1 + bytes[..<offset].count { $0 == UInt8(ascii: "\n") })
    }

    mutating func document() throws(JSONFault) -> JSON {
        guard bytes.count <= limits.bytesMax else {
            throw fault(.tooLarge(bytesMax: limits.bytesMax), at: limits.bytesMax)
        }
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw fault(.trailingBytes) }
        return value
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSON {
        skipSpace()
        values += 1
        guard values <= limits.valuesMax else { throw fault(.tooManyValues(max: limits.valuesMax)) }
        guard depth <= limits.depthMax else { throw fault(.tooDeep(max: limits.depthMax)) }
        guard at < bytes.count else { throw fault(.endsEarly) }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .boolean(true))
        case UInt8(ascii: "f"): return try literal("false", .boolean(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
        default: throw fault(.unexpected)
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
        for index in 0..<text.utf8CodeUnitCount {
            guard at < bytes.count else { throw fault(.endsEarly) }
            guard bytes[at] == text.utf8Start[index] else { throw fault(.unexpected) }
            at += 1
        }
        return value
    }

    private mutating func integer() throws(JSONFault) -> Int64 {
        let start = at
        let negative = bytes[at] == UInt8(ascii: "-")
        if negative { at += 1 }
        guard at < bytes.count else { throw fault(.endsEarly) }
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) else { throw fault(.unexpected) }
        let leadingZero = bytes[at] == UInt8(ascii: "0")
        var number: Int64 = 0
        var digits = 0
        while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) {
            guard !(leadingZero && digits == 1) else { throw fault(.unexpected) }
            let digit = Int64(bytes[at] - UInt8(ascii: "0"))
            let (product, over) = number.multipliedReportingOverflow(by: 10)
            let (sum, beyond) = product.addingReportingOverflow(negative ? -digit : digit)
            guard !over, !beyond else { throw fault(.integerTooLarge, at: start) }
            number = sum
            digits += 1
            at += 1
        }
        if at < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[at]) {
            throw fault(.notAnInteger, at: start)
        }
        return number
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSON {
        at += 1
        var elements: [JSON] = []
        skipSpace()
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
            at += 1
            return .array([])
        }
        while true {
            elements.append(try value(depth: depth + 1))
            if try closes(UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSON {
        at += 1
        var members: [String: JSON] = [:]
        skipSpace()
        if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
            at += 1
            return .object([:])
        }
        while true {
            skipSpace()
            guard at < bytes.count else { throw fault(.endsEarly) }
            guard bytes[at] == UInt8(ascii: "\"") else { throw fault(.unexpected) }
            let start = at
            values += 1
            let name = try string()
            guard members[name] == nil else { throw fault(.duplicateMember(name), at: start) }
            skipSpace()
            guard at < bytes.count else { throw fault(.endsEarly) }
            guard bytes[at] == UInt8(ascii: ":") else { throw fault(.unexpected) }
            at += 1
            members[name] = try value(depth: depth + 1)
            if try closes(UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// True after `closer`, false after a comma.
    private mutating func closes(_ closer: UInt8) throws(JSONFault) -> Bool {
        skipSpace()
        guard at < bytes.count else { throw fault(.endsEarly) }
        guard bytes[at] == closer || bytes[at] == UInt8(ascii: ",") else { throw fault(.unexpected) }
        at += 1
        return bytes[at - 1] == closer
    }

    private mutating func string() throws(JSONFault) -> String {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"),
            bytes[at] >= 0x20
        {
            at += 1
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return try text(bytes[start..<(at - 1)], start: start)
        }
        var decoded = Array(bytes[start..<at])
        while true {
            guard at < bytes.count else { throw fault(.endsEarly) }
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                return try decoded.withUnsafeBufferPointer { buffer throws(JSONFault) in
                    try text(buffer[...], start: start)
                }
            }
            guard byte >= 0x20 else { throw fault(.controlCharacter) }
            at += 1
            if byte == UInt8(ascii: "\\") {
                decoded += Array(String(Character(try escape())).utf8)
            } else {
                decoded.append(byte)
            }
        }
    }

    private func text(_ slice: Slice<UnsafeBufferPointer<UInt8>>, start: Int) throws(JSONFault) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw fault(.notUTF8, at: start) }
        return text
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        guard at < bytes.count else { throw fault(.endsEarly) }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fault(.badEscape, at: at - 2)
        }
    }

    private mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
        let start = at - 2
        let first = try fourDigits(start)
        if (0xD800...0xDBFF).contains(first) {
            guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
            else {
                throw fault(.badEscape, at: start)
            }
            at += 2
            let second = try fourDigits(start)
            guard (0xDC00...0xDFFF).contains(second) else { throw fault(.badEscape, at: start) }
            let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
            guard let scalar = Unicode.Scalar(code) else { throw fault(.badEscape, at: start) }
            return scalar
        }
        guard let scalar = Unicode.Scalar(first) else { throw fault(.badEscape, at: start) }
        return scalar
    }

    private mutating func fourDigits(_ start: Int) throws(JSONFault) -> UInt32 {
        guard at + 4 <= bytes.count else { throw fault(.endsEarly, at: bytes.count) }
        guard let pair = [UInt8](hex: String(decoding: bytes[at..<(at + 4)], as: UTF8.self)), pair.count == 2
        else { throw fault(.badEscape, at: start) }
        at += 4
        return UInt32(pair[0]) << 8 | UInt32(pair[1])
    }
}
