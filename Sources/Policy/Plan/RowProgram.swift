package import Cryptography

/// A plan made ready for rows at hand: look-ups and pages from the row store, a few microseconds each. Means exactly what the
/// lowered SQL means; one suite holds them equal.
package struct RowProgram: Sendable {
    package let outputSchema: Schema
    private let condition: RowCondition?
    private let cells: [RowCell]

    /// `schema` is that of the rows that will come and must hold what the plan reads, in the same types. `pseudonymKey` is HMAC-SM3
    /// under the key of the plan's purpose, needed when `plan.usesPseudonyms`.
    package init(_ plan: Plan, rows schema: Schema, pseudonymKey: MAC?) throws(PolicyError) {
        for column in plan.reads {
            guard let found = schema.first(where: { $0.name.utf8.elementsEqual(column.name.utf8) }) else {
                throw .refused([Refusal(.columnUnknown, clause: "columns", column: column.name)])
            }
            guard found.type == column.type else {
                throw .refused([
                    Refusal(
                        .typeMismatch, clause: "columns", column: column.name,
                        detail: ["expected": column.type.description, "found": found.type.description])
                ])
            }
        }
        condition = try plan.predicate.map { predicate throws(PolicyError) in
            RowCompiler.condition(try TypedExpression(predicate: predicate, schema: schema))
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
        return cells.map { $0(row) }
    }

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
        case .yearOnly: return { RowCompiler.year($0[at]) }
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
