import Cryptography
import DuckDB
import Kernel
import Policy
import Synchronization

/// Makes the native functions known to an engine; once per engine. Names and meanings are those that `Policy` lowers to.
func registerKernels(on connection: DuckDB.Connection, pseudonyms: PseudonymKey) throws(DuckDBError) {
    for identifier in Identifier.allCases {
        try connection.register(TextTest(Expression.Function.isA(identifier).engineName, identifier.test))
    }
    try connection.register(IdentifierKinds())
    try connection.register(KeepEnds())
    try connection.register(SurnameOnly())
    try connection.register(Pseudonym(key: pseudonyms))
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

/// VARCHAR → INTEGER: the bits of `IdentifierKind` that the whole cell can be.
private final class IdentifierKinds: ScalarFunction {
    let name = "hw_identifier_kinds"
    let parameters: [DuckType] = [.text]
    let result = DuckType.int32

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        let texts = input[0]
        for row in 0..<rows {
            guard let bytes = texts.bytes(row) else {
                output.setNull(row)
                continue
            }
            output.set(row, IdentifierKind.bits(of: bytes.assumingMemoryBound(to: UInt8.self)))
        }
    }
}

/// (VARCHAR, INTEGER, INTEGER) → VARCHAR
private final class KeepEnds: ScalarFunction {
    let name = "hw_keep_ends"
    let parameters: [DuckType] = [.text, .int32, .int32]
    let result = DuckType.text

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        var masked: [UInt8] = []
        for row in 0..<rows {
            guard let bytes = input[0].bytes(row), let first = input[1].number(row, as: Int32.self),
                let last = input[2].number(row, as: Int32.self)
            else {
                output.setNull(row)
                continue
            }
            masked.removeAll(keepingCapacity: true)
            MaskBytes.keepEnds(
                bytes.assumingMemoryBound(to: UInt8.self), first: Int(first), last: Int(last), into: &masked)
            masked.withUnsafeBufferPointer { output.set(row, text: $0) }
        }
    }
}

/// VARCHAR → VARCHAR
private final class SurnameOnly: ScalarFunction {
    let name = "hw_surname"
    let parameters: [DuckType] = [.text]
    let result = DuckType.text

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        var masked: [UInt8] = []
        for row in 0..<rows {
            guard let bytes = input[0].bytes(row) else {
                output.setNull(row)
                continue
            }
            masked.removeAll(keepingCapacity: true)
            MaskBytes.surname(bytes.assumingMemoryBound(to: UInt8.self), into: &masked)
            masked.withUnsafeBufferPointer { output.set(row, text: $0) }
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
