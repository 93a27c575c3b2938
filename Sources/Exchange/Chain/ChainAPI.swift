package import Casework
import Hummingbird
import Identity
package import Kernel
import Policy
import Web

/// `/api/v1/units/{id}/approval-chains/{name}`: approval chains as data, for programs and for whoever sets a unit up.
func chainCalls(_ routes: inout Routes, _ exchange: Exchange) {
    let path = "/api/v1/units/:id/approval-chains/:name"
    routes.get(path, .action(.setApprovalChain), describing: .readChain) { visit in
        let found = try await exchange.chain(visit.parameter("name"), of: visit.id(), for: visit.principal)
        return visit.json(found.chain.json)
    }
    routes.put(path, .action(.setApprovalChain), describing: .setChain) { visit in
        let chain = try ApprovalChain(try visit.parameter("name"), body: visit.json)
        try await exchange.setChain(chain, of: visit.id(), by: visit.principal)
        return visit.json(chain.json)
    }
}

extension ApprovalChain {
    /// As the API and the command line write it.
    package var json: JSON {
        ["name": .string(name), "steps": steps.json, "variants": .array(variants.map(\.json))]
    }

    /// The name stands in `json` too, and may be given back with it.
    ///
    /// - Throws: `ExchangeError.bodyMalformed` with the member; `CaseError` for a chain that cannot be.
    package init(_ name: String, body: JSON) throws {
        let known: Set = ["name", "steps", "variants"]
        if let unknown = (body.object ?? [:]).keys.sorted().first(where: { !known.contains($0) }) {
            throw ExchangeError.bodyMalformed(member: unknown)
        }
        guard body["name"].map({ $0 == .string(name) }) ?? true else {
            throw ExchangeError.bodyMalformed(member: "name")
        }
        let variants = body["variants"] ?? .array([])
        guard let listed = variants.array else { throw ExchangeError.bodyMalformed(member: "variants") }
        try self.init(
            name, [ApprovalStep](body: body["steps"], at: "steps"),
            variants: listed.enumerated().map { try ChainVariant(body: $1, at: "variants[\($0)]") })
    }
}

extension [ApprovalStep] {
    fileprivate init(body: JSON?, at place: String) throws {
        guard let steps = body?.array else { throw ExchangeError.bodyMalformed(member: place) }
        self = try steps.enumerated().map { position, step in
            let place = "\(place)[\(position)]"
            guard let signatures = step["signatures"]?.array, (step.object ?? [:]).count == 1 else {
                throw ExchangeError.bodyMalformed(member: "\(place).signatures")
            }
            return ApprovalStep(
                try signatures.enumerated().map { try Signature(body: $1, at: "\(place).signatures[\($0)]") })
        }
    }
}

extension Signature {
    fileprivate init(body: JSON, at place: String) throws {
        let known: Set = ["role", "post", "unit"]
        guard let role = body["role"]?.string.flatMap(Role.init(rawValue:)),
            Set((body.object ?? [:]).keys).isSubset(of: known)
        else { throw ExchangeError.bodyMalformed(member: "\(place).role") }
        func id<N: Noun>(_ member: String, of noun: N.Type) throws -> ID<N>? {
            guard let written = body[member], written != .null else { return nil }
            guard let id = written.string.flatMap({ ID<N>($0) }) else {
                throw ExchangeError.bodyMalformed(member: "\(place).\(member)")
            }
            return id
        }
        self.init(
            role: role, post: try id("post", of: PostNoun.self), party: try id("unit", of: PartyNoun.self))
    }
}

extension ChainVariant {
    fileprivate init(body: JSON, at place: String) throws {
        let known: Set = ["sharing", "gradeMin", "steps"]
        if let unknown = (body.object ?? [:]).keys.sorted().first(where: { !known.contains($0) }) {
            throw ExchangeError.bodyMalformed(member: "\(place).\(unknown)")
        }
        func word<Word: RawRepresentable>(_ member: String, _: Word.Type) throws -> Word?
        where Word.RawValue == String {
            guard let written = body[member], written != .null else { return nil }
            guard let word = written.string.flatMap(Word.init(rawValue:)) else {
                throw ExchangeError.bodyMalformed(member: "\(place).\(member)")
            }
            return word
        }
        self.init(
            sharing: try word("sharing", SharingKind.self), gradeMin: try word("gradeMin", GradeLevel.self),
            steps: try [ApprovalStep](body: body["steps"], at: "\(place).steps"))
    }
}

extension JSONShape {
    private static let signature = JSONShape.object([
        .needed("role", .word(Role.self)), .optional("post", .nullable(.id)),
        .optional("unit", .nullable(.id)),
    ])
    private static let step = JSONShape.object([
        .needed("signatures", .array(signature, max: ApprovalStep.signaturesMax))
    ])
    private static let steps = JSONShape.array(step, max: ApprovalChain.stepsMax)
    private static let variants = JSONShape.array(
        .object([
            .optional("sharing", .nullable(.word(SharingKind.self))),
            .optional("gradeMin", .nullable(.word(GradeLevel.self))), .needed("steps", steps),
        ]), max: ApprovalChain.variantsMax)

    fileprivate static let chain = JSONShape.named(
        "ApprovalChain",
        .object([.needed("name", .text), .needed("steps", steps), .needed("variants", variants)]))

    fileprivate static let chainSteps = JSONShape.object([
        .optional("name", .text), .needed("steps", steps), .optional("variants", variants),
    ])
}

extension Operation {
    fileprivate static let readChain = Operation(
        "requests", Message("exchange.api.read-chain"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.chain))], problems: [.internalFault])

    fileprivate static let setChain = Operation(
        "requests", Message("exchange.api.set-chain"), about: Message("exchange.api.set-chain-about"),
        takes: .chainSteps, sample: ["steps": [["signatures": [["role": "department-cdo"]]]]],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.chain))], problems: [.refused])
}
