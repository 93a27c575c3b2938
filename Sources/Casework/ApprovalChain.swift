package import Identity
package import Kernel

/// 审批流: the ordered signatures a unit asks for before it speaks. Data: a unit may have its own, else the kind's default.
package struct ApprovalChain: Sendable, Hashable {
    package let name: String
    package let steps: [ApprovalStep]

    package init(_ name: String, _ steps: [ApprovalStep]) throws(CaseError) {
        guard (1...Self.stepsMax).contains(steps.count) else {
            throw .chainLength(name: name, steps: steps.count)
        }
        self.name = name
        self.steps = steps
    }

    package static let stepsMax = 8
}

/// One signature: by whoever holds `post`, or, where no post is named, by anyone with `role` in the party.
package struct ApprovalStep: Sendable, Hashable, Codable {
    package let role: Role
    package let post: PostID?

    package init(role: Role, post: PostID? = nil) {
        self.role = role
        self.post = post
    }
}

/// Where a case stands in an approval chain, with the steps resolved to the party that signs.
package struct ChainPosition: Sendable, Hashable, Codable {
    package let chain: String
    package let party: PartyID
    package let steps: [ApprovalStep]
    package let step: Int
    /// Nobody of the party can sign: the case lies with this party's role instead.
    package let escalatedTo: Escalation?

    package struct Escalation: Sendable, Hashable, Codable {
        package let party: PartyID
        package let role: Role
        package init(party: PartyID, role: Role) {
            self.party = party
            self.role = role
        }
    }

    package init(
        chain: String, party: PartyID, steps: [ApprovalStep], step: Int, escalatedTo: Escalation? = nil
    ) {
        self.chain = chain
        self.party = party
        self.steps = steps
        self.step = step
        self.escalatedTo = escalatedTo
    }

    package var isLast: Bool { escalatedTo != nil || step >= steps.count - 1 }
    package var current: ApprovalStep? { steps.indices.contains(step) ? steps[step] : nil }
}

/// Whose turn it is: one line of someone's inbox.
package struct CaseHolder: Sendable, Hashable {
    package let party: PartyID
    package let role: Role
    /// Only the holder of this post, where the approval chain names one.
    package let post: PostID?

    package init(party: PartyID, role: Role, post: PostID? = nil) {
        self.party = party
        self.role = role
        self.post = post
    }
}
