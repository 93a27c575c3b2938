import Casework
import Identity
package import Kernel
import Policy
package import Web

/// A unit's approval chains: what is signed by whom in which cases, and a dry run that says who could sign today.
package struct ChainsPage: Page {
    package struct Shown: Sendable {
        package let table: Table
        package let newHref: String
        /// Where the unit's own chain is taken away; nil while the default holds.
        package let resetAction: String?
        package let revision: Int
    }

    package static let template = "exchange/chains"
    package let title: Message
    package let head: Head
    package let chains: [Shown]
    package let rehearsal: Table
    /// Nobody could sign anywhere: whom the case would go to.
    package let escalation: Message?

    struct Rehearsed {
        let chain: String
        let occasion: ChainOccasion
        let steps: [[RehearsedSignature]]
    }

    init(_ chains: [UnitChain], _ people: ChainPeople, rehearsed: Rehearsed, say: (Message) -> String) {
        title = Message("exchange.chains")
        head = Head(.word(title), subtitle: .word(Message("exchange.chains-why")))
        self.chains = chains.map { Self.shown($0, people, say) }
        rehearsal = Self.rehearsal(
            rehearsed.steps, people, say,
            filter: Table.Filter(
                action: ChainLinks.chains, fields: Self.choices(rehearsed),
                button: Message("exchange.chain-try")))
        escalation = Self.escalation(rehearsed.steps)
    }

    static func escalation(_ steps: [[RehearsedSignature]]) -> Message? {
        // Past the last step there is nobody but the leader, whatever was signed before.
        steps.last?.contains(where: \.isHeld) ?? false ? nil : Message("exchange.chain-escalates")
    }

    private static func shown(
        _ own: UnitChain, _ people: ChainPeople, _ say: (Message) -> String
    ) -> Shown {
        let chain = own.chain
        let lines =
            chain.variants.enumerated().map { (String($0 + 1), $1.condition, $1.steps) }
            + [("default", ChainVariant(steps: []).condition, chain.steps)]
        let table = Table(
            id: "chain-\(chain.name.replacing(".", with: "-"))", caption: chain.title,
            columns: [
                .init(Message("exchange.chain-case")), .init(Message("exchange.chain-signatures")),
                .init(Message("exchange.chain-state")),
            ],
            rows: lines.map { place, condition, steps in
                let vacant = steps.flatMap(\.signatures).filter { signature in
                    people.seats(for: signature).allSatisfy(\.people.isEmpty)
                }
                return [
                    Table.Cell(.word(condition), href: ChainLinks.form(chain.name, place)),
                    Table.Cell(.data(people.text(steps, say: say))),
                    Table.Cell(
                        [
                            own.isOwn
                                ? Chip(Message("exchange.chain-own"), .info)
                                : Chip(Message("exchange.chain-default"))
                        ]
                            + (vacant.isEmpty
                                ? []
                                : [
                                    Chip(
                                        Message("exchange.chain-vacant", ["count": "\(vacant.count)"]), .warn)
                                ])),
                ]
            }, empty: EmptyState(Message("exchange.chains-empty")))
        return Shown(
            table: table, newHref: ChainLinks.form(chain.name, "new"),
            resetAction: own.isOwn ? ChainLinks.form(chain.name, "default") + "/removal" : nil,
            revision: own.revision)
    }

    static func rehearsal(
        _ steps: [[RehearsedSignature]], _ people: ChainPeople, _ say: (Message) -> String,
        filter: Table.Filter? = nil
    ) -> Table {
        let rows = steps.enumerated().flatMap { position, step in
            step.map { (position + 1, $0) }
        }
        return Table(
            id: "rehearsal", caption: Message("exchange.chain-rehearsal"),
            columns: [
                .init(Message("exchange.chain-step")), .init(Message("exchange.chain-signer")),
                .init(Message("exchange.chain-holders")), .init(Message("exchange.chain-outcome")),
            ],
            rows: rows.map { number, asked in
                let holders = people.seats(for: asked.signature).flatMap { seat in
                    let deputy = seat.deputy.map { $0.name + say(Message("exchange.by-deputy")) }
                    return [seat.holder?.name, deputy].compactMap(\.self)
                        .map { "\($0)（\(seat.post.title)）" }
                }
                return [
                    Table.Cell(.data(String(number))),
                    Table.Cell(.data(people.text(asked.signature, say: say))),
                    Table.Cell(holders.isEmpty ? .nothing : .data(holders.joined(separator: "、"))),
                    Table.Cell(
                        asked.isHeld
                            ? Chip(Message("exchange.chain-can-sign"), .good)
                            : Chip(
                                Message(
                                    asked.isSameHand
                                        ? "exchange.chain-same-hand" : "exchange.chain-passed-over"), .warn)),
                ]
            },
            filter: filter, empty: EmptyState(Message("exchange.chains-empty")))
    }

    private static func choices(_ rehearsed: Rehearsed) -> [Field] {
        [
            Field.select(
                "chain", Message("exchange.chain-name"),
                Exchange.chainNames.map {
                    Field.Option(
                        $0, .word(Message("exchange.chain.\($0)")), isChosen: $0 == rehearsed.chain)
                }),
            ChainFields.sharing(rehearsed.occasion.sharing),
            ChainFields.grade("grade", Message("exchange.chain-grade"), rehearsed.occasion.grade),
        ]
    }

    package static let samples: [ChainsPage] = {
        let own = try? ApprovalChain(
            SharingWorkflow.decisionChain,
            [
                ApprovalStep(role: .steward),
                ApprovalStep([
                    Signature(role: .leader), Signature(role: .departmentCDO, party: Party.sampleGroup.id),
                ]), ApprovalStep(role: .departmentCDO),
            ], variants: [ChainVariant(gradeMin: .l3, steps: [ApprovalStep(role: .leader)])])
        let standard = try? SharingWorkflow.defaultChains()[0]
        guard let own, let standard else { return [] }
        let nobody = RehearsedSignature(signature: Signature(role: .departmentCDO), isHeld: false)
        let somebody = RehearsedSignature(
            signature: Signature(role: .steward, post: Seat.sample.post.id), isHeld: true)
        return [
            ChainsPage(
                [UnitChain(chain: standard, revision: 0)], .sample,
                rehearsed: Rehearsed(chain: standard.name, occasion: ChainOccasion(), steps: [[nobody]]),
                say: { $0.key }),
            ChainsPage(
                [UnitChain(chain: own, revision: 2)], .sample,
                rehearsed: Rehearsed(
                    chain: own.name, occasion: ChainOccasion(sharing: .conditional, grade: .l3),
                    steps: [[somebody], [nobody]]), say: { $0.key }),
        ]
    }()
}

enum ChainLinks {
    static let chains = "/approval-chains"
    static func form(_ name: String, _ place: String) -> String { "\(chains)/\(name)/\(place)" }
}
