import Casework
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// `/api/v1/units/{id}/approval-chains/{name}`: approval chains as data, for programs and for whoever sets a unit up.
func chainRoutes(_ routes: inout Routes, _ exchange: Exchange) {
    let path = "/api/v1/units/:id/approval-chains/:name"
    routes.get(path, .action(.setApprovalChain), describing: .readChain) { visit in
        visit.json(
            try await exchange.chain(visit.parameter("name"), of: visit.id(), for: visit.principal).json)
    }
    routes.put(path, .action(.setApprovalChain), describing: .setChain) { visit in
        let chain = try ApprovalChain(try visit.parameter("name"), body: visit.json)
        try await exchange.setChain(chain, of: visit.id(), by: visit.principal)
        return visit.json(chain.json)
    }
}

extension ApprovalChain {
    fileprivate var json: JSON {
        [
            "name": .string(name),
            "steps": .array(
                steps.map { step in
                    [
                        "role": .string(step.role.rawValue),
                        "post": step.post.map { .string($0.text) } ?? .null,
                    ]
                }),
        ]
    }

    fileprivate init(_ name: String, body: JSON) throws {
        let members = body.object ?? [:]
        if let unknown = members.keys.sorted().first(where: { $0 != "steps" }) {
            throw ExchangeError.bodyMalformed(member: unknown)
        }
        guard let steps = members["steps"]?.array else { throw ExchangeError.bodyMalformed(member: "steps") }
        try self.init(
            name,
            steps.enumerated().map { position, step in
                let known: Set = ["role", "post"]
                guard let role = step["role"]?.string.flatMap(Role.init(rawValue:)),
                    Set((step.object ?? [:]).keys).isSubset(of: known)
                else { throw ExchangeError.bodyMalformed(member: "steps[\(position)].role") }
                guard let post = step["post"], post != .null else { return ApprovalStep(role: role) }
                guard let id = post.string.flatMap({ PostID($0) }) else {
                    throw ExchangeError.bodyMalformed(member: "steps[\(position)].post")
                }
                return ApprovalStep(role: role, post: id)
            })
    }
}

extension JSONShape {
    private static let step = JSONShape.object([
        .needed("role", .word(Role.self)), .optional("post", .nullable(.id)),
    ])

    fileprivate static let chain = JSONShape.named(
        "ApprovalChain", .object([.needed("name", .text), .needed("steps", .array(step))]))

    fileprivate static let chainSteps = JSONShape.object([
        .needed("steps", .array(step, max: ApprovalChain.stepsMax))
    ])
}

extension Operation {
    fileprivate static let readChain = Operation(
        "requests", Message("exchange.api.read-chain"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.chain))], problems: [.internalFault])

    fileprivate static let setChain = Operation(
        "requests", Message("exchange.api.set-chain"), about: Message("exchange.api.set-chain-about"),
        takes: .chainSteps, sample: ["steps": [["role": "department-cdo"]]],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.chain))], problems: [.refused])
}
