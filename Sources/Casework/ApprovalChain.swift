package import Identity
package import Kernel
package import Policy

/// 审批流: the ordered signatures a unit asks for before it speaks. Data: a unit may have its own, else the kind's default.
package struct ApprovalChain: Sendable, Hashable {
    package let name: String
    /// Where no variant fits.
    package let steps: [ApprovalStep]
    /// In order: the first that fits a case is walked.
    package let variants: [ChainVariant]

    package init(_ name: String, _ steps: [ApprovalStep], variants: [ChainVariant] = []) throws(CaseError) {
        self.name = name
        self.steps = steps
        self.variants = variants
        guard variants.count <= Self.variantsMax else {
            throw .chainVariants(name: name, variants: variants.count)
        }
        for steps in [steps] + variants.map(\.steps) { try Self.check(steps, of: name) }
    }

    private static func check(_ steps: [ApprovalStep], of name: String) throws(CaseError) {
        guard (1...stepsMax).contains(steps.count) else {
            throw .chainLength(name: name, steps: steps.count)
        }
        for (position, step) in steps.enumerated() {
            guard (1...ApprovalStep.signaturesMax).contains(step.signatures.count) else {
                throw .stepSignatures(step: position + 1, signatures: step.signatures.count)
            }
            guard Set(step.signatures).count == step.signatures.count else {
                throw .stepSignatureTwice(step: position + 1)
            }
        }
        // Several who may say different things cannot end a chain: somebody has to say what it comes to.
        guard steps.last?.signatures.count == 1 else { throw .lastStepShared(name: name) }
    }

    package static let stepsMax = 8
    package static let variantsMax = 8

    package func steps(for occasion: ChainOccasion) -> [ApprovalStep] {
        variants.first { $0.fits(occasion) }?.steps ?? steps
    }
}

/// What a case is about, as far as the choice of its signatures goes.
package struct ChainOccasion: Sendable, Hashable {
    package let sharing: SharingKind?
    /// The highest of what is asked for.
    package let grade: GradeLevel?

    package init(sharing: SharingKind? = nil, grade: GradeLevel? = nil) {
        self.sharing = sharing
        self.grade = grade
    }
}

/// Other signatures for data of a share type, or of a grade and above. What is not known of a case fits no condition.
package struct ChainVariant: Sendable, Hashable, Codable {
    /// Nil: of any.
    package let sharing: SharingKind?
    package let gradeMin: GradeLevel?
    package let steps: [ApprovalStep]

    package init(sharing: SharingKind? = nil, gradeMin: GradeLevel? = nil, steps: [ApprovalStep]) {
        self.sharing = sharing
        self.gradeMin = gradeMin
        self.steps = steps
    }

    func fits(_ occasion: ChainOccasion) -> Bool {
        (sharing == nil || sharing == occasion.sharing)
            && (gradeMin.map { least in occasion.grade.map { least <= $0 } ?? false } ?? true)
    }
}

/// One step: a signature, or several that are asked for side by side and given in any order (会签).
package struct ApprovalStep: Sendable, Hashable {
    package let signatures: [Signature]

    package static let signaturesMax = 5

    package init(_ signatures: [Signature]) { self.signatures = signatures }

    package init(role: Role, post: PostID? = nil, party: PartyID? = nil) {
        self.init([Signature(role: role, post: post, party: party)])
    }
}

extension ApprovalStep: Codable {
    private enum Member: String, CodingKey { case signatures, role }

    /// A step of one signature was once written as that signature.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        if members.contains(.role) {
            self.init([try Signature(from: decoder)])
        } else {
            self.init(try members.decode([Signature].self, forKey: .signatures))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(signatures, forKey: .signatures)
    }
}

/// By whoever holds `post`, or, where no post is named, by anyone with `role` in the party.
package struct Signature: Sendable, Hashable, Codable {
    package let role: Role
    package let post: PostID?
    /// Another unit that signs too (联合会签); nil: the unit whose chain it is.
    package let party: PartyID?

    package init(role: Role, post: PostID? = nil, party: PartyID? = nil) {
        self.role = role
        self.post = post
        self.party = party
    }
}

/// Where a case stands in an approval chain, with the steps resolved to the party that signs.
package struct ChainPosition: Sendable, Hashable {
    package let chain: String
    package let party: PartyID
    package let steps: [ApprovalStep]
    package let step: Int
    /// Of the step's signatures, by position, those still to be given.
    package let open: [Int]
    package let given: [Given]
    /// Nobody of the party can sign: the case lies with this party's role instead.
    package let escalatedTo: Escalation?
    /// When the case came to the step; nil for cases from before that was kept.
    package let since: Instant?

    package struct Escalation: Sendable, Hashable, Codable {
        package let party: PartyID
        package let role: Role
        package init(party: PartyID, role: Role) {
            self.party = party
            self.role = role
        }
    }

    /// One person gives one signature in a chain.
    package struct Given: Sendable, Hashable, Codable {
        package let step: Int
        package let account: AccountID
        package init(step: Int, account: AccountID) {
            self.step = step
            self.account = account
        }
    }

    /// Without `open`, every signature of the step is still to be given.
    package init(
        chain: String, party: PartyID, steps: [ApprovalStep], step: Int, open: [Int]? = nil,
        given: [Given] = [], escalatedTo: Escalation? = nil, since: Instant? = nil
    ) {
        self.since = since
        self.chain = chain
        self.party = party
        self.steps = steps
        self.step = step
        self.open =
            open ?? (steps.indices.contains(step) ? Array(steps[step].signatures.indices) : [])
        self.given = given
        self.escalatedTo = escalatedTo
    }

    /// The next signature moves the case.
    package var isLast: Bool { escalatedTo != nil || step >= steps.count - 1 && open.count <= 1 }
    package var current: ApprovalStep? { steps.indices.contains(step) ? steps[step] : nil }

    /// The signatures that are waited for, each with its position in the step.
    var waiting: [(position: Int, signature: Signature)] {
        guard let current else { return [] }
        return open.filter(current.signatures.indices.contains).map { ($0, current.signatures[$0]) }
    }

    /// Whose list a signature lies in.
    func holder(of signature: Signature) -> CaseHolder {
        CaseHolder(party: signature.party ?? party, role: signature.role, post: signature.post)
    }

    /// The signature that `principal` could give here; nil for none.
    func place(of principal: Principal) -> Int? {
        waiting.first { holder(of: $0.signature).admits(principal) }?.position
    }
}

extension ChainPosition: Codable {
    private enum Member: String, CodingKey { case chain, party, steps, step, open, given, escalatedTo, since }

    /// Cases that came to their chain before signatures could be given side by side have neither `open` nor `given`.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            chain: try members.decode(String.self, forKey: .chain),
            party: try members.decode(PartyID.self, forKey: .party),
            steps: try members.decode([ApprovalStep].self, forKey: .steps),
            step: try members.decode(Int.self, forKey: .step),
            open: try members.decodeIfPresent([Int].self, forKey: .open),
            given: try members.decodeIfPresent([Given].self, forKey: .given) ?? [],
            escalatedTo: try members.decodeIfPresent(Escalation.self, forKey: .escalatedTo),
            since: try members.decodeIfPresent(Instant.self, forKey: .since))
    }
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

    func admits(_ principal: Principal) -> Bool {
        principal.party == party && principal.roles.contains(role) && (post == nil || post == principal.post)
    }
}
