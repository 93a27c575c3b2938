import Cryptography
package import DuckDB
import Kernel
import Policy
import Synchronization

/// Makes the native functions known to an engine; once per engine. Names and meanings are those that `Policy` lowers to.
func registerKernels(on connection: DuckDB.Connection, pseudonyms: PseudonymKey) throws(DuckDBError) {
    for identifier in Identifier.allCases {
        try connection.register(TextTest(Expression.Function.isA(identifier).engineName, identifier.test))
    }
    try connection.register(
        TextTest(Expression.Function.hasText.engineName) { bytes, count in
            !MaskBytes.trimmed(UnsafeBufferPointer(start: bytes, count: count)).isEmpty
        })
    try connection.register(CitizenBirth())
    try connection.register(CitizenSex())
    try registerDetectors(on: connection)
    try connection.register(TextShape())
    for mask in TextMask.all { try connection.register(mask) }
    try connection.register(CutDouble())
    try connection.register(CountyName())
    try connection.register(Pseudonym(key: pseudonyms))
}

/// What finds identifiers: `hw_identifier_kinds` and `hw_identifiers_within`.
package func registerDetectors(on connection: DuckDB.Connection) throws(DuckDBError) {
    try connection.register(IdentifierBits.ofWhole)
    try connection.register(IdentifierBits.within)
}

/// VARCHAR → BOOLEAN by a test on the bytes; NULL stays NULL.
private final class TextTest: ScalarFunction {
    let name: String
    let parameters: [DuckType] = [.text]
    let result = DuckType.boolean
    private let holds: @Sendable (UnsafePointer<UInt8>, Int) -> Bool

    init(_ name: String, _ holds: @escaping @Sendable (UnsafePointer<UInt8>, Int) -> Bool) {
        self.name = name
        self.holds = holds
    }

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        let texts = input[0]
        for row in 0..<rows {
            guard let bytes = texts.bytes(row) else {
                output.setNull(row)
                continue
            }
            let text = bytes.assumingMemoryBound(to: UInt8.self)
            output.set(row, text.baseAddress.map { holds($0, text.count) } ?? false)
        }
    }
}

/// VARCHAR → DATE: the birth in a citizen number; NULL when there is none.
private final class CitizenBirth: ScalarFunction {
    let name = Expression.Function.citizenBirth.engineName
    let parameters: [DuckType] = [.text]
    let result = DuckType.date

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        for row in 0..<rows {
            guard let text = input[0].bytes(row)?.assumingMemoryBound(to: UInt8.self),
                let base = text.baseAddress
            else {
                output.setNull(row)
                continue
            }
            let day = CitizenID.birthDay(base, text.count)
            if day == .min { output.setNull(row) } else { output.set(row, day) }
        }
    }
}

/// VARCHAR → VARCHAR: 男 or 女 by a citizen number; NULL when it cannot tell.
private final class CitizenSex: ScalarFunction {
    let name = Expression.Function.citizenSex.engineName
    let parameters: [DuckType] = [.text]
    let result = DuckType.text
    private static let words = [CitizenID.Sex.male, .female].map { Array($0.word.utf8) }

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        let (male, female) = (Self.words[0], Self.words[1])
        for row in 0..<rows {
            guard let text = input[0].bytes(row)?.assumingMemoryBound(to: UInt8.self),
                let base = text.baseAddress,
                let sex = CitizenID.Sex(rawValue: CitizenID.sex(base, text.count))
            else {
                output.setNull(row)
                continue
            }
            (sex == .male ? male : female).withUnsafeBufferPointer { output.set(row, text: $0) }
        }
    }
}

/// VARCHAR → INTEGER: the bits of `IdentifierKind` that the whole cell can be, or that stand in it among other words.
private final class IdentifierBits: ScalarFunction {
    let name: String
    let parameters: [DuckType] = [.text]
    let result = DuckType.int32
    private let bits: @Sendable (UnsafeBufferPointer<UInt8>) -> Int32

    private init(_ name: String, _ bits: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Int32) {
        self.name = name
        self.bits = bits
    }

    static let ofWhole = IdentifierBits("hw_identifier_kinds") { IdentifierKind.bits(of: $0) }
    static let within = IdentifierBits("hw_identifiers_within") { ProseWalk.bits(of: $0) }

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        let texts = input[0]
        for row in 0..<rows {
            guard let bytes = texts.bytes(row) else {
                output.setNull(row)
                continue
            }
            output.set(row, bits(bytes.assumingMemoryBound(to: UInt8.self)))
        }
    }
}

/// (VARCHAR, up to two whole numbers) → VARCHAR by one of the masks on bytes. NULL stays NULL; what a mask cannot read becomes NULL.
private final class TextMask: ScalarFunction {
    typealias Body =
        @Sendable (
            _ text: UnsafeBufferPointer<UInt8>, _ first: Int64, _ second: Int64, _ out: inout [UInt8]
        ) -> Bool

    let name: String
    let parameters: [DuckType]
    let result = DuckType.text
    private let body: Body

    private init(_ name: String, _ numbers: [DuckType], _ body: @escaping Body) {
        self.name = name
        parameters = [.text] + numbers
        self.body = body
    }

    static let all = [
        TextMask("hw_keep_ends", [.int32, .int32]) { text, first, last, out in
            MaskBytes.keepEnds(text, first: Int(first), last: Int(last), into: &out)
            return true
        },
        TextMask("hw_surname", []) { text, _, _, out in
            MaskBytes.surname(text, into: &out)
            return true
        },
        TextMask("hw_truncate", [.int32]) { text, first, _, out in
            MaskBytes.truncate(text, first: Int(first), into: &out)
            return true
        },
        onNumbers("hw_band", .int64) { MaskNumbers.band($0, width: $1) },
        onNumbers("hw_step", .int64) { MaskNumbers.step($0, $1).text },
        onNumbers("hw_cut", .int32) { MaskNumbers.cut($0, places: Int($1)).text },
        TextMask("hw_limit", [.int64, .int64]) { text, low, high, out in
            guard let number = exactNumber(text) else { return false }
            // The smallest and the largest number stand for no bound.
            let limited = MaskNumbers.limit(
                number, low: low == .min ? nil : low, high: high == .max ? nil : high)
            out.append(contentsOf: limited.text.utf8)
            return true
        },
    ]

    private static func onNumbers(
        _ name: String, _ parameter: DuckType, _ mask: @escaping @Sendable (DecimalText, Int64) -> String
    ) -> TextMask {
        TextMask(name, [parameter]) { text, value, _, out in
            guard let number = exactNumber(text) else { return false }
            out.append(contentsOf: mask(number, value).utf8)
            return true
        }
    }

    private static func exactNumber(_ text: UnsafeBufferPointer<UInt8>) -> DecimalText? {
        // The engine writes no digit before the point where the type has none: `-.5`.
        let written = String(decoding: text, as: UTF8.self)
        let point = written.firstIndex { $0 != "-" }
        let isBare = point.map { written[$0] == "." } ?? false
        return DecimalText(isBare ? written.replacing(".", with: "0.") : written)
    }

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        var masked: [UInt8] = []
        for row in 0..<rows {
            guard let bytes = input[0].bytes(row), let first = number(1, row, input),
                let second = number(2, row, input)
            else {
                output.setNull(row)
                continue
            }
            masked.removeAll(keepingCapacity: true)
            guard body(bytes.assumingMemoryBound(to: UInt8.self), first, second, &masked) else {
                output.setNull(row)
                continue
            }
            masked.withUnsafeBufferPointer { output.set(row, text: $0) }
        }
    }

    /// 0 for a parameter that the mask does not have; nil for NULL.
    private func number(_ position: Int, _ row: Int, _ input: [Vector]) -> Int64? {
        guard position < parameters.count else { return 0 }
        if parameters[position] == .int64 { return input[position].number(row, as: Int64.self) }
        return input[position].number(row, as: Int32.self).map { Int64($0) }
    }
}

/// (VARCHAR, VARCHAR) → VARCHAR: the one name of a list, one a line, that stands in the text; otherwise NULL.
private final class CountyName: ScalarFunction {
    let name = "hw_county"
    let parameters: [DuckType] = [.text, .text]
    let result = DuckType.text

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        // The list is one for the whole statement: it is taken apart once, and again only where it differs.
        var list: [UInt8] = []
        var names: [[UInt8]] = []
        for row in 0..<rows {
            guard let text = input[0].bytes(row), let asked = input[1].bytes(row) else {
                output.setNull(row)
                continue
            }
            let written = asked.assumingMemoryBound(to: UInt8.self)
            if !written.elementsEqual(list) {
                list = Array(written)
                names = list.split(separator: UInt8(ascii: "\n")).map(Array.init)
            }
            guard let name = MaskBytes.county(text.assumingMemoryBound(to: UInt8.self), names: names) else {
                output.setNull(row)
                continue
            }
            name.withUnsafeBufferPointer { output.set(row, text: $0) }
        }
    }
}

/// (DOUBLE, INTEGER) → DOUBLE
private final class CutDouble: ScalarFunction {
    let name = "hw_cut_double"
    let parameters: [DuckType] = [.double, .int32]
    let result = DuckType.double

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        for row in 0..<rows {
            guard let number = input[0].number(row, as: Double.self),
                let places = input[1].number(row, as: Int32.self),
                let cut = MaskNumbers.cut(number, places: Int(places))
            else {
                output.setNull(row)
                continue
            }
            output.set(row, cut)
        }
    }
}

/// The key of the request that runs. It is never in SQL text: the function holds this box, each request fills it and empties it.
final class PseudonymKey: Sendable {
    private let key = Mutex<MAC?>(nil)

    func set(_ mac: MAC?) { key.withLock { $0 = mac } }
    var current: MAC? { key.withLock { $0 } }
}

/// VARCHAR → VARCHAR
private final class Pseudonym: ScalarFunction {
    enum Failure: Error { case noKey }

    let name = "hw_pseudonym"
    let parameters: [DuckType] = [.text]
    let result = DuckType.text
    private let key: PseudonymKey

    init(key: PseudonymKey) { self.key = key }

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) throws {
        guard let key = key.current else { throw Failure.noKey }
        var masked: [UInt8] = []
        for row in 0..<rows {
            guard let bytes = input[0].bytes(row) else {
                output.setNull(row)
                continue
            }
            masked.removeAll(keepingCapacity: true)
            MaskBytes.pseudonym(bytes.assumingMemoryBound(to: UInt8.self), key: key, into: &masked)
            masked.withUnsafeBufferPointer { output.set(row, text: $0) }
        }
    }
}
