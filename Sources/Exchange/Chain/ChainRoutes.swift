import Casework
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// 审批流: whoever may set a unit's chains sees them, tries them and changes them here.
struct ChainSite: Sendable {
    let exchange: Exchange
    /// The posts of a unit with their holders of today.
    let seats: @Sendable (PartyID) async throws -> [Seat]
    /// The units of today by name.
    let units: @Sendable () async throws -> [PartyID: String]

    func routes(_ routes: inout Routes) {
        chainCalls(&routes, exchange)
        routes.get("/approval-chains", .action(.setApprovalChain)) { try await show($0) }
        routes.get("/approval-chains/:name/:place", .action(.setApprovalChain)) { visit in
            let content = try await content(visit)
            return try visit.page(ChainFormPage(content, say: { visit.text($0) }))
        }
        routes.post("/approval-chains/:name/:place", .action(.setApprovalChain)) { try await save($0) }
        routes.post("/approval-chains/:name/:place/removal", .action(.setApprovalChain)) { visit in
            try await remove(visit)
        }
    }

    private func party(_ visit: Visit) throws -> PartyID {
        guard let party = visit.principal.party else { throw ExchangeError.noUnit }
        return party
    }

    private func chain(_ visit: Visit, named name: String) async throws -> UnitChain {
        guard Exchange.chainNames.contains(name) else { throw Visit.notFound }
        return try await exchange.chain(name, of: party(visit), for: visit.principal)
    }

    private func people(_ party: PartyID, naming chains: [ApprovalChain]) async throws -> ChainPeople {
        let steps = chains.flatMap { $0.steps + $0.variants.flatMap(\.steps) }
        let others = Set(steps.flatMap(\.signatures).compactMap(\.party))
        var found: [PartyID: [Seat]] = [:]
        for id in others.union([party]) { found[id] = try await seats(id) }
        return ChainPeople(party: party, seats: found, units: try await units())
    }

    private func show(_ visit: Visit) async throws -> Response {
        let party = try party(visit)
        var chains: [UnitChain] = []
        for name in Exchange.chainNames { chains.append(try await chain(visit, named: name)) }
        let asked = visit.query["chain"]
        let name = Exchange.chainNames.contains(asked) ? asked : SharingWorkflow.decisionChain
        let occasion = ChainOccasion(
            sharing: SharingKind(rawValue: visit.query["sharing"]),
            grade: GradeLevel(rawValue: visit.query["grade"]))
        var steps: [[RehearsedSignature]] = []
        if let tried = chains.first(where: { $0.chain.name == name }) {
            steps = try await exchange.rehearse(
                tried.chain, of: party, for: occasion, by: visit.principal)
        }
        return try visit.page(
            ChainsPage(
                chains, try await people(party, naming: chains.map(\.chain)),
                rehearsed: ChainsPage.Rehearsed(chain: name, occasion: occasion, steps: steps),
                say: { visit.text($0) }))
    }

    private func content(_ visit: Visit) async throws -> ChainFormPage.Content {
        let name = try visit.parameter("name")
        let place = try visit.parameter("place")
        let chain = try await chain(visit, named: name)
        guard place == "default" || place == "new" || variant(place, chain.chain) != nil else {
            throw Visit.notFound
        }
        return ChainFormPage.Content(
            chain: chain, place: place,
            people: try await people(party(visit), naming: [chain.chain]),
            deciding: exchange.signers(of: name, isLast: true),
            countersigning: exchange.signers(of: name, isLast: false), typed: visit.form)
    }

    /// Its position in the chain; nil for none of it.
    private func variant(_ place: String, _ chain: ApprovalChain) -> Int? {
        Int(place).map { $0 - 1 }.flatMap { chain.variants.indices.contains($0) ? $0 : nil }
    }

    private func save(_ visit: Visit) async throws -> Response {
        let content = try await content(visit)
        let (old, form) = (content.chain.chain, visit.form)
        do {
            let steps = try ChainFields.steps(form)
            if form["do"] == "try" { return try await tried(steps, content, visit) }
            let new =
                content.place == "default"
                ? try ApprovalChain(old.name, steps, variants: old.variants)
                : try old.replacing(
                    variant(content.place, old),
                    by: ChainVariant(
                        sharing: SharingKind(rawValue: form["sharing"]),
                        gradeMin: GradeLevel(rawValue: form["gradeMin"]), steps: steps))
            try await set(new, visit)
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .refused
            || error.problem.kind == .conflict
        {
            return try visit.page(
                ChainFormPage(content, errors: FormErrors(error.problem), say: { visit.text($0) }),
                status: error.problem.kind == .conflict ? .conflict : .unprocessableContent)
        }
        return visit.redirect(
            to: "\(ChainLinks.chains)?chain=\(old.name)",
            saying: Notice(.done, Message("exchange.chain-saved")))
    }

    /// What is written and not saved yet, as it would go today.
    private func tried(
        _ steps: [ApprovalStep], _ content: ChainFormPage.Content, _ visit: Visit
    ) async throws -> Response {
        let chain = try ApprovalChain(content.chain.chain.name, steps)
        let party = try party(visit)
        let trial = try await exchange.rehearse(chain, of: party, for: ChainOccasion(), by: visit.principal)
        let known = ChainFormPage.Content(
            chain: content.chain, place: content.place, people: try await people(party, naming: [chain]),
            deciding: content.deciding, countersigning: content.countersigning, typed: visit.form)
        return try visit.page(ChainFormPage(known, trial: trial, say: { visit.text($0) }))
    }

    private func set(_ chain: ApprovalChain, _ visit: Visit) async throws {
        let isOpen = chain.variants.contains { $0.sharing == nil && $0.gradeMin == nil }
        guard !isOpen else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("gradeMin", Message("exchange.chain-condition-needed"))
            ])
        }
        try await exchange.setChain(
            chain, of: party(visit), seen: visit.form.integer("revision") ?? 0, by: visit.principal)
    }

    /// Of a variant; of the chain for all others it means that the default holds again.
    private func remove(_ visit: Visit) async throws -> Response {
        let content = try await content(visit)
        let (old, seen) = (content.chain.chain, visit.form.integer("revision") ?? 0)
        if let position = variant(content.place, old) {
            try await exchange.setChain(
                try old.replacing(position, by: nil), of: party(visit), seen: seen, by: visit.principal)
        } else {
            try await exchange.dropChain(old.name, of: party(visit), seen: seen, by: visit.principal)
        }
        return visit.redirect(
            to: ChainLinks.chains, saying: Notice(.done, Message("exchange.chain-removed")))
    }
}
