import Casework
import Identity
import Kernel
import Policy

/// Who could sign, for pages: the unit's posts, those of other units that its chains name, and every unit by its name of today.
struct ChainPeople: Sendable {
    let party: PartyID
    let seats: [PartyID: [Seat]]
    let units: [PartyID: String]

    /// The posts whose holder could give the signature.
    func seats(for signature: Signature) -> [Seat] {
        (seats[signature.party ?? party] ?? []).filter { seat in
            seat.post.roles.contains(signature.role)
                && (signature.post == nil || signature.post == seat.post.id)
        }
    }

    /// `市财政局 · 首席数据官`; of a post its title.
    func text(_ signature: Signature, say: (Message) -> String) -> String {
        let unit = signature.party.map { "\(units[$0] ?? $0.text) · " } ?? ""
        let post = signature.post.map { id in
            (seats[signature.party ?? party] ?? []).first { $0.post.id == id }?.post.title ?? id.text
        }
        return unit + (post ?? say(Message("web.role.\(signature.role.rawValue)")))
    }

    func text(_ steps: [ApprovalStep], say: (Message) -> String) -> String {
        steps.map { step in step.signatures.map { text($0, say: say) }.joined(separator: " + ") }
            .joined(separator: " → ")
    }

    static let sample = ChainPeople(
        party: Party.sample.id, seats: [Party.sample.id: [.sample, .sampleVacant]],
        units: [Party.sampleGroup.id: "市财政局"])
}

extension ChainVariant {
    /// Of which cases, in words; nothing said means all others.
    var condition: Message {
        switch (sharing, gradeMin) {
        case (nil, nil): Message("exchange.chain-otherwise")
        case (let sharing?, nil):
            Message("exchange.chain-when-sharing", ["sharing": sharing.rawValue])
        case (nil, let grade?): Message("exchange.chain-when-grade", ["grade": grade.rawValue])
        case (let sharing?, let grade?):
            Message(
                "exchange.chain-when-both", ["sharing": sharing.rawValue, "grade": grade.rawValue])
        }
    }
}

extension ApprovalChain {
    var title: Message { Message("exchange.chain.\(name)") }

    /// With one variant more, or changed, or without it: the strictest first, so that what fits first is what asks for most.
    func replacing(_ position: Int?, by variant: ChainVariant?) throws -> ApprovalChain {
        var rest = variants
        if let position, rest.indices.contains(position) { rest.remove(at: position) }
        if let variant {
            let isTaken = rest.contains { $0.sharing == variant.sharing && $0.gradeMin == variant.gradeMin }
            guard !isTaken else { throw ExchangeError.variantTwice }
            rest.append(variant)
        }
        rest.sort { left, right in
            let ranks = (left.gradeMin?.rank ?? 0, right.gradeMin?.rank ?? 0)
            return ranks.0 != ranks.1 ? ranks.0 > ranks.1 : left.sharing != nil && right.sharing == nil
        }
        return try ApprovalChain(name, steps, variants: rest)
    }
}
