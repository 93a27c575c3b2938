import Casework
import Identity
package import Kernel
import Policy
package import Web

/// The signatures of one kind of case: for all others, or a variant with its condition.
package struct ChainFormPage: Page {
    package struct Step: Sendable {
        package let number: Message
        package let fields: [Field]
    }

    package static let template = "exchange/chain"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: Int
    package let conditions: [Field]
    package let hasConditions: Bool
    package let steps: [Step]
    package let deciding: Message
    package let errors: FormErrors?
    package let removalAction: String?
    /// What has been written, tried before it is saved.
    package let trial: Table?
    package let escalation: Message?

    struct Content {
        let chain: UnitChain
        /// `default`, `new`, or the number of a variant.
        let place: String
        let people: ChainPeople
        /// Of the last step, and of those before it.
        let deciding: [Role]
        let countersigning: [Role]
        let typed: SubmittedForm
    }

    init(
        _ content: Content, errors: FormErrors? = nil, trial: [[RehearsedSignature]]? = nil,
        say: (Message) -> String
    ) {
        let (chain, place) = (content.chain.chain, content.place)
        let variant = Int(place).flatMap { number in
            chain.variants.indices.contains(number - 1) ? chain.variants[number - 1] : nil
        }
        title = Message("exchange.chain-form")
        head = Head(
            .word(chain.title),
            subtitle: .word(
                place == "new"
                    ? Message("exchange.chain-new") : (variant ?? ChainVariant(steps: [])).condition),
            crumbs: [Head.Crumb(.word(Message("exchange.chains")), ChainLinks.chains)])
        action = ChainLinks.form(chain.name, place)
        revision = content.typed.integer("revision") ?? content.chain.revision
        let isTyped = content.typed.has("revision")
        let isDefault = place == "default"
        let shown = isDefault ? [] : Self.conditions(content.typed, isTyped ? nil : variant)
        conditions = shown.map { field in errors.map { field.checked($0) } ?? field }
        hasConditions = !isDefault
        let now = isTyped ? [] : variant?.steps ?? (isDefault ? chain.steps : [])
        let rows = ChainFields.steps(now, content, say).map { fields in
            fields.map { field in errors.map { field.checked($0) } ?? field }
        }
        steps = rows.enumerated().map {
            Step(number: Message("exchange.chain-step-number", ["number": "\($0 + 1)"]), fields: $1)
        }
        deciding = Message(
            "exchange.chain-last",
            [
                "roles": content.deciding.map { say(Message("web.role.\($0.rawValue)")) }.joined(
                    separator: "、")
            ])
        self.errors = errors?.summary(of: shown + rows.joined())
        removalAction = variant == nil ? nil : action + "/removal"
        self.trial = trial.map { ChainsPage.rehearsal($0, content.people, say) }
        escalation = trial.flatMap(ChainsPage.escalation)
    }

    private static func conditions(_ typed: SubmittedForm, _ variant: ChainVariant?) -> [Field] {
        [
            ChainFields.sharing(variant?.sharing ?? SharingKind(rawValue: typed["sharing"])),
            ChainFields.grade(
                "gradeMin", Message("exchange.chain-grade-min"),
                variant?.gradeMin ?? GradeLevel(rawValue: typed["gradeMin"])),
        ]
    }

    package static let samples: [ChainFormPage] = {
        let steps = [
            ApprovalStep(role: .steward),
            ApprovalStep([
                Signature(role: .leader), Signature(role: .departmentCDO, party: Party.sampleGroup.id),
            ]), ApprovalStep(role: .departmentCDO, post: Seat.sample.post.id),
        ]
        let chain = try? ApprovalChain(
            SharingWorkflow.decisionChain, steps, variants: [ChainVariant(gradeMin: .l3, steps: steps)])
        guard let chain else { return [] }
        func content(_ place: String, _ typed: SubmittedForm = SubmittedForm()) -> Content {
            Content(
                chain: UnitChain(chain: chain, revision: 1), place: place, people: .sample,
                deciding: [.departmentCDO, .leader], countersigning: [.steward, .consumer, .departmentCDO],
                typed: typed)
        }
        var errors = FormErrors(CaseError.lastStepShared(name: chain.name).problem)
        errors.add("s1-1", Message("exchange.field-required"))
        return [
            ChainFormPage(content("default"), say: { $0.key }),
            ChainFormPage(content("1"), say: { $0.key }),
            ChainFormPage(
                content(
                    "new", SubmittedForm([("revision", "1"), ("gradeMin", "L4"), ("s1-1", "steward//")])),
                errors: errors, say: { $0.key }),
            ChainFormPage(
                content("default", SubmittedForm([("revision", "1"), ("s1-1", "steward//")])),
                trial: [[RehearsedSignature(signature: Signature(role: .steward), isHeld: false)]],
                say: { $0.key }),
        ]
    }()
}

/// The fields of a chain, and what they say.
enum ChainFields {
    private static let stepsShownMin = 5

    static func sharing(_ chosen: SharingKind?) -> Field {
        Field.select(
            "sharing", Message("exchange.template-sharing"),
            [Field.Option("", .word(Message("exchange.any")), isChosen: chosen == nil)]
                + [SharingKind.unconditional, .conditional].map {
                    Field.Option(
                        $0.rawValue, .word(Message("policy.sharing-\($0.rawValue)")), isChosen: $0 == chosen)
                })
    }

    static func grade(_ name: String, _ label: Message, _ chosen: GradeLevel?) -> Field {
        Field.select(
            name, label,
            [Field.Option("", .word(Message("exchange.any")), isChosen: chosen == nil)]
                + GradeLevel.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("grading.level.\($0.rawValue)")), isChosen: $0 == chosen)
                })
    }

    /// Room for an ordinary chain from the clerk to the leader, and for one step more than there are; in each for one more of the unit's own
    /// signatures and of other units' than it has.
    static func steps(
        _ now: [ApprovalStep], _ content: ChainFormPage.Content, _ say: (Message) -> String
    ) -> [[Field]] {
        let typed = content.typed
        let sent = (1...ApprovalChain.stepsMax).last { number in
            typed.fields.contains { $0.name.hasPrefix("s\(number)-") || $0.name.hasPrefix("u\(number)-") }
        }
        let count = min(ApprovalChain.stepsMax, max(Self.stepsShownMin, now.count + 1, sent ?? 0))
        return (1...count).map { number in
            let step = now.indices.contains(number - 1) ? now[number - 1].signatures : []
            let own = step.filter { $0.party == nil }.map(value)
            let others = step.filter { $0.party != nil }.map(value)
            return selects("s\(number)-", own, least: 2, own: ownOptions(content, say), content, say)
                + selects("u\(number)-", others, least: 1, own: unitOptions(content, say), content, say)
        }
    }

    private static func selects(
        _ prefix: String, _ chosen: [String], least: Int, own options: [(String, String)],
        _ content: ChainFormPage.Content, _ say: (Message) -> String
    ) -> [Field] {
        let sent = content.typed.fields.filter { $0.name.hasPrefix(prefix) }.map(\.value)
        let values = sent.isEmpty ? chosen : sent
        let places = min(ApprovalStep.signaturesMax, max(least, values.count + (sent.isEmpty ? 1 : 0)))
        return (0..<places).map { position in
            let value = values.indices.contains(position) ? values[position] : ""
            var offered = options
            // What a program has set and this form would not offer stays as it is.
            if !value.isEmpty, !offered.contains(where: { $0.0 == value }), let signature = signature(value) {
                offered.append((value, content.people.text(signature, say: say)))
            }
            let isUnit = prefix.hasPrefix("u")
            return Field.select(
                "\(prefix)\(position + 1)",
                Message(
                    isUnit
                        ? "exchange.chain-unit"
                        : position == 0 ? "exchange.chain-signer" : "exchange.chain-with"
                ),
                [Field.Option("", .word(Message("exchange.chain-nobody")), isChosen: value.isEmpty)]
                    + offered.map { Field.Option($0.0, .data($0.1), isChosen: $0.0 == value) })
        }
    }

    private static func ownOptions(
        _ content: ChainFormPage.Content, _ say: (Message) -> String
    ) -> [(String, String)] {
        let roles = Role.allCases.filter {
            content.deciding.contains($0) || content.countersigning.contains($0)
        }
        let seats = content.people.seats[content.people.party] ?? []
        return roles.map { role in
            let signature = Signature(role: role)
            return (value(signature), content.people.text(signature, say: say))
        }
            + seats.compactMap { seat in
                // Of a post's roles the one that can decide, if it has one.
                let role = (content.deciding + content.countersigning).first(where: seat.post.roles.contains)
                guard let role, seat.post.abolished == nil else { return nil }
                let holder = seat.holder?.name ?? say(Message("exchange.chain-vacant-post"))
                return (value(Signature(role: role, post: seat.post.id)), "\(seat.post.title)（\(holder)）")
            }
    }

    private static func unitOptions(
        _ content: ChainFormPage.Content, _ say: (Message) -> String
    ) -> [(String, String)] {
        content.people.units.filter { $0.key != content.people.party }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
            .map { id, _ in
                let signature = Signature(role: .departmentCDO, party: id)
                return (value(signature), content.people.text(signature, say: say))
            }
    }

    private static func value(_ signature: Signature) -> String {
        "\(signature.role.rawValue)/\(signature.post?.text ?? "")/\(signature.party?.text ?? "")"
    }

    /// Nil for what no form of ours sends.
    static func signature(_ value: String) -> Signature? {
        let parts = value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let role = Role(rawValue: parts[0]) else { return nil }
        let (post, party) = (PostID(parts[1]), PartyID(parts[2]))
        guard parts[1].isEmpty || post != nil, parts[2].isEmpty || party != nil else { return nil }
        return Signature(role: role, post: post, party: party)
    }

    /// The steps that the form says; those without any signature are left out.
    static func steps(_ form: SubmittedForm) throws -> [ApprovalStep] {
        try (1...ApprovalChain.stepsMax).compactMap { number in
            let sent = form.fields.filter { field in
                field.name.hasPrefix("s\(number)-") || field.name.hasPrefix("u\(number)-")
            }
            let signatures = try sent.filter { !$0.value.isEmpty }.map { field in
                guard let signature = signature(field.value) else {
                    throw ExchangeError.fieldsInvalid([
                        Problem.Place(field.name, Message("exchange.field-malformed"))
                    ])
                }
                return signature
            }
            return signatures.isEmpty ? nil : ApprovalStep(signatures)
        }
    }
}
