package import Cryptography
import Kernel

/// A plan made ready for rows at hand: look-ups and pages from the row store, a few microseconds each. Means exactly what the
/// lowered SQL means; one suite holds them equal.
package struct RowProgram: Sendable {
    package let outputSchema: Schema
    /// Of the condition as it is written; nil when every row passes. Rows of one version that pass under it once always do.
    package let conditionDigest: Digest?
    /// Columns of the rows that the condition reads, by position, ascending.
    package let conditionColumns: [Int]
    /// Those that leave, masked or not.
    package let outputColumns: [Int]
    private let condition: RowCondition?
    private let cells: [RowCell]

    /// `schema` is that of the rows that will come and must hold what the plan reads, in the same types. `pseudonymKey` is HMAC-SM3
    /// under the key of the plan's purpose, needed when `plan.usesPseudonyms`.
    package init(_ plan: Plan, rows schema: Schema, pseudonymKey: MAC?) throws(PolicyError) {
        try plan.demand(rows: schema)
        let predicate = try plan.predicate.map { predicate throws(PolicyError) in
            try TypedExpression(predicate: predicate, schema: schema)
        }
        condition = predicate.map { RowCompiler.condition($0) }
        conditionDigest = plan.predicate.map { DigestAlgorithm.sha256.digest($0.json.canonicalBytes) }
        conditionColumns = predicate.map { $0.columns.sorted() } ?? []
        outputColumns = schema.indices.filter { at in
            plan.outputs.contains { $0.source.name.utf8.elementsEqual(schema[at].name.utf8) }
        }
        cells = try plan.outputs.map { output throws(PolicyError) in
            try Self.cell(output, schema, pseudonymKey)
        }
        outputSchema = plan.outputSchema
    }

    /// Whether the predicate is TRUE of the row.
    package func passes(_ row: [Value]) -> Bool { condition.map { $0(row) == .yes } ?? true }

    /// Masked, in the order of `outputSchema`; nil when the predicate withholds the row.
    package func output(of row: [Value]) -> [Value]? {
        guard passes(row) else { return nil }
        return masked(row)
    }

    /// As `output(of:)`, whatever the predicate says: for values that somebody claims, which are compared as they would leave.
    package func masked(_ row: [Value]) -> [Value] { cells.map { $0(row) } }

    private static func cell(
        _ output: Plan.Output, _ schema: Schema, _ key: MAC?
    ) throws(PolicyError) -> RowCell {
        let name = output.source.name
        guard let at = schema.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw .refused([Refusal(.columnUnknown, clause: "columns", column: name)])
        }
        switch output.mask {
        case nil: return { $0[at] }
        case .keepEnds(let first, let last):
            return { masked($0[at]) { MaskBytes.keepEnds($0, first: first, last: last, into: &$1) } }
        case .surname: return { masked($0[at]) { MaskBytes.surname($0, into: &$1) } }
        case .truncate(let first):
            return { masked($0[at]) { MaskBytes.truncate($0, first: first, into: &$1) } }
        case .constant(let text): return { $0[at] == .null ? .null : .text(text) }
        case .yearOnly: return { RowCompiler.year($0[at]) }
        case .yearMonth: return { RowCompiler.yearMonth($0[at]) }
        case .band(let width):
            return { masked($0[at]) { .text(MaskNumbers.band($0, width: width)) } }
        case .step(let step):
            return { row in
                masked(row[at]) { value(like: row[at], MaskNumbers.step($0, step)) }
            }
        case .limits(let low, let high):
            return { row in
                if case .double(let number) = row[at] {
                    return .double(MaskNumbers.limit(number, low: low, high: high))
                }
                return masked(row[at]) { value(like: row[at], MaskNumbers.limit($0, low: low, high: high)) }
            }
        case .county(let names):
            let names = names.map { Array($0.utf8) }
            return { row in
                guard case .text(var text) = row[at] else { return .null }
                return text.withUTF8 { MaskBytes.county($0, names: names) }.map {
                    .text(String(decoding: $0, as: UTF8.self))
                } ?? .null
            }
        case .decimals(let places):
            return { row in
                if case .double(let number) = row[at] {
                    return MaskNumbers.cut(number, places: places).map { .double($0) } ?? .null
                }
                return masked(row[at]) { value(like: row[at], MaskNumbers.cut($0, places: places)) }
            }
        case .pseudonym:
            guard let key else {
                throw .refused([
                    Refusal(.maskUnsupported, clause: "mask", column: name, operation: "pseudonym")
                ])
            }
            return { row in
                let cell =
                    if case .integer(let number) = row[at] { Value.text(String(number)) } else { row[at] }
                return masked(cell) { MaskBytes.pseudonym($0, key: key, into: &$1) }
            }
        case .drop:
            throw .refused([Refusal(.maskUnsupported, clause: "mask", column: name, operation: "drop")])
        }
    }

    /// NULL stays NULL; what is no exact number becomes NULL rather than leave unmasked.
    private static func masked(_ value: Value, _ mask: (DecimalText) -> Value) -> Value {
        switch value {
        case .integer(let number): mask(DecimalText(unscaled: Int128(number), scale: 0))
        case .decimal(let unscaled, let scale): mask(DecimalText(unscaled: unscaled, scale: scale))
        default: .null
        }
    }

    private static func value(like value: Value, _ number: DecimalText) -> Value {
        if case .integer = value { return Int64(exactly: number.unscaled).map { .integer($0) } ?? .null }
        return .decimal(unscaled: number.unscaled, scale: number.scale)
    }

    /// NULL stays NULL; what is no text becomes NULL rather than leave unmasked.
    private static func masked(
        _ value: Value, _ mask: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
    ) -> Value {
        guard case .text(var text) = value else { return .null }
        return text.withUTF8 { bytes in
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count + 8)
            mask(bytes, &out)
            return .text(String(decoding: out, as: UTF8.self))
        }
    }
}
