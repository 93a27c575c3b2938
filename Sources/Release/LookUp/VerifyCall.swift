package import Kernel
import Policy

/// Whether what somebody says of a key is what is on record: does this name belong to this number.
package struct VerifyCall: Sendable, Hashable {
    package static let claimsMax = 20

    package let grant: GrantID
    /// The key column by its name.
    package let column: String
    package let key: String
    /// What is claimed, by column, as people write it.
    package let claims: [String: String]

    package init(grant: GrantID, column: String, key: String, claims: [String: String]) {
        self.grant = grant
        self.column = column
        self.key = key
        self.claims = claims
    }

    /// `{"column":"身份证号","key":"…","claims":{"姓名":"…"}}`: of the API and of the command line's file.
    package init(json: JSON, under grant: GrantID) throws(ReleaseError) {
        guard let members = json.object else { throw .bodyMalformed(member: "") }
        if let unknown = members.keys.sorted().first(where: { !["column", "key", "claims"].contains($0) }) {
            throw .bodyMalformed(member: unknown)
        }
        guard let column = json["column"]?.string else { throw .bodyMalformed(member: "column") }
        guard let key = json["key"]?.string else { throw .bodyMalformed(member: "key") }
        guard let claims = json["claims"]?.object else { throw .bodyMalformed(member: "claims") }
        var texts: [String: String] = [:]
        for (name, value) in claims {
            guard let text = value.string else { throw .bodyMalformed(member: "claims.\(name)") }
            texts[name] = text
        }
        self.init(grant: grant, column: column, key: key, claims: texts)
    }

    /// Claims as the plan lets values out.
    struct Claim {
        fileprivate let values: [(position: Int, value: Value)]

        /// Whether a row that would leave says the same. Nothing that is empty is ever the same.
        func holds(_ output: [Value]) -> Bool {
            values.allSatisfy { position, value in
                value != .null && RowEncodedValue(value) == RowEncodedValue(output[position])
            }
        }
    }

    func claimed(under prepared: PreparedGrant) throws -> Claim {
        try claimed(prepared.schema, prepared.plan, prepared.program)
    }

    func demandClaims() throws(ReleaseError) {
        guard !claims.isEmpty else { throw .noClaims }
        guard claims.count <= Self.claimsMax else { throw .tooManyClaims(max: Self.claimsMax) }
    }

    /// `schema` is that of the rows that the program runs on.
    func claimed(_ schema: Schema, _ plan: Plan, _ program: RowProgram) throws -> Claim {
        var row = [Value](repeating: .null, count: schema.count)
        var positions: [Int] = []
        for (name, text) in claims.sorted(by: { $0.key < $1.key }) {
            guard !name.utf8.elementsEqual(column.utf8),
                let position = plan.outputs.firstIndex(where: { $0.source.name.utf8.elementsEqual(name.utf8) }
                ),
                plan.outputs[position].mask != .pseudonym,
                let source = schema.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) })
            else { throw ReleaseError.claimUnknown(column: name) }
            let type = schema[source].type
            guard text.utf8.count <= LookUp.keyBytesMax, let value = Value(written: text, as: type) else {
                throw ReleaseError.claimMalformed(column: name, type: type.description)
            }
            row[source] = value
            positions.append(position)
        }
        let masked = program.masked(row)
        return Claim(values: positions.map { ($0, masked[$0]) })
    }
}

/// Values compared by what they are written as: Swift's own comparison of texts follows canonical equivalence.
private struct RowEncodedValue: Equatable {
    private let bytes: [UInt8]
    init(_ value: Value) { bytes = Array(value.text.utf8) }
}

/// Yes or no, and where its record is.
package struct VerifyAnswer: Sendable {
    package let release: ReleaseID
    package let leafID: LeafID
    package let isSo: Bool
    /// The answer as it leaves.
    package let document: String

    init(release: ReleaseID, leafID: LeafID, isSo: Bool) {
        self.release = release
        self.leafID = leafID
        self.isSo = isSo
        document = ""
    }

    init(_ answer: RowsAnswer) {
        release = answer.release
        leafID = answer.leafID
        isSo = answer.text.isSo ?? false
        document = answer.document
    }
}
