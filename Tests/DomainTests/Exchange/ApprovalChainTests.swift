import Casework
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: approval chains` {
    private static let opinion = Opinion(comment: "意见", legalBasis: "数据安全法第二十一条")

    private static func chain(
        _ steps: [ApprovalStep], variants: [ChainVariant] = []
    ) throws -> ApprovalChain {
        try ApprovalChain(SharingWorkflow.decisionChain, steps, variants: variants)
    }

    @Test(arguments: Dialect.available)
    func `of a step of several each signs once, in any order, and the next step follows the last`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let shared = ApprovalStep([Signature(role: .steward), Signature(role: .departmentCDO)])
            try await city.exchange.setChain(
                try Self.chain([shared, ApprovalStep(role: .departmentCDO)]), of: city.provider,
                by: city.providerChief)
            var request = try await city.accepted()
            #expect(request.file.chain?.open == [0, 1])
            for person in [city.providerSteward, city.providerDeputy] {
                #expect(
                    try await city.exchange.inbox(.mine, of: person).lines.map(\.id) == [request.id])
            }
            let word = try SharingWorkflow.declared().actWord("agree")
            await #expect(throws: CaseError.notYourTurn(act: word)) {
                try await city.act(.agree, request, by: city.chief)
            }
            request = try await city.act(.refuse, request, by: city.providerDeputy, Self.opinion)
            #expect(request.file.state == "decision")
            #expect(request.file.chain?.open == [0])
            await #expect(throws: CaseError.notYourTurn(act: word)) {
                try await city.act(.agree, request, by: city.providerDeputy)
            }
            #expect(try await city.exchange.inbox(.mine, of: city.providerDeputy).lines.isEmpty)
            request = try await city.act(.agree, request, by: city.providerSteward)
            #expect(request.file.chain?.step == 1)
            // One person gives one signature in a chain.
            await #expect(throws: CaseError.sameHand(act: word)) {
                try await city.act(.agree, request, by: city.providerDeputy)
            }
            request = try await city.act(.agree, request, by: city.providerChief)
            #expect(request.file.state == "granted")
            #expect(request.grant != nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `a step goes back to an earlier one, which is signed again`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            try await city.exchange.setChain(
                try Self.chain([ApprovalStep(role: .steward), ApprovalStep(role: .departmentCDO)]),
                of: city.provider, by: city.providerChief)
            var request = try await city.accepted()
            await #expect(throws: CaseError.noEarlierStep) {
                try await city.act(.returnTo(step: 1), request, by: city.providerSteward, Self.opinion)
            }
            request = try await city.act(.agree, request, by: city.providerSteward)
            #expect(request.file.chain?.step == 1)
            await #expect(throws: CaseError.inputMissing(["comment"])) {
                try await city.act(.returnTo(step: 1), request, by: city.providerChief)
            }
            for step in [0, 2, -1, Int.max] {
                await #expect(throws: CaseError.stepUnknown(step: step, last: 1)) {
                    try await city.act(.returnTo(step: step), request, by: city.providerChief, Self.opinion)
                }
            }
            let word = try SharingWorkflow.declared().actWord("return-decision")
            await #expect(throws: CaseError.notYourTurn(act: word)) {
                try await city.act(.returnTo(step: 1), request, by: city.providerSteward, Self.opinion)
            }
            request = try await city.act(.returnTo(step: 1), request, by: city.providerChief, Self.opinion)
            #expect(request.file.state == "decision")
            #expect(request.file.chain?.step == 0)
            #expect(
                try await city.exchange.inbox(.mine, of: city.providerSteward).lines.map(\.id)
                    == [request.id])
            request = try await city.act(.agree, request, by: city.providerSteward)
            // Who sent it back has not signed, and may decide.
            request = try await city.act(.agree, request, by: city.providerChief)
            #expect(request.file.state == "granted")
        }
    }

    @Test(arguments: Dialect.available)
    func `an extension leaves the chain where it is`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            try await city.exchange.setChain(
                try Self.chain([ApprovalStep(role: .steward), ApprovalStep(role: .departmentCDO)]),
                of: city.provider, by: city.providerChief)
            var request = try await city.accepted()
            request = try await city.act(.agree, request, by: city.providerSteward)
            request = try await city.act(
                .extend(workingDays: 3), request, by: city.providerChief, Self.opinion)
            #expect(request.file.chain?.step == 1)
            let steward = try #require(city.providerSteward.account)
            #expect(request.file.chain?.given.map(\.account) == [steward])
        }
    }

    @Test(arguments: Dialect.available)
    func `data of a grade may ask for other signatures than the rest`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let strict = [ApprovalStep(role: .steward), ApprovalStep(role: .departmentCDO)]
            try await city.exchange.setChain(
                try Self.chain(
                    [ApprovalStep(role: .departmentCDO)],
                    variants: [ChainVariant(gradeMin: .l3, steps: strict)]), of: city.provider,
                by: city.providerChief)
            #expect(try await city.accepted().file.chain?.steps.count == 1)
            var wish = SharingCity.wish()
            wish.columns.append("id_number")
            var request = try await city.exchange.draft(city.entryID, wish, by: city.drafter)
            request = try await city.act(.submit, request, by: city.drafter)
            request = try await city.act(.signOff, request, by: city.chief)
            request = try await city.act(.accept, request, by: city.reviewer)
            #expect(request.file.chain?.steps == strict)
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who change a chain the second is told, and the default comes back when it is asked for`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let (name, exchange) = (SharingWorkflow.decisionChain, city.exchange)
            let two = try Self.chain([ApprovalStep(role: .steward), ApprovalStep(role: .departmentCDO)])
            try await exchange.setChain(two, of: city.provider, seen: 0, by: city.providerChief)
            await #expect(throws: CaseError.chainMoved) {
                try await exchange.setChain(two, of: city.provider, seen: 0, by: city.providerDeputy)
            }
            await #expect(throws: CaseError.chainMoved) {
                try await exchange.dropChain(name, of: city.provider, seen: 2, by: city.providerDeputy)
            }
            let own = try await exchange.chain(name, of: city.provider, for: city.providerChief)
            #expect(own.chain == two && own.revision == 1 && own.isOwn)
            try await exchange.dropChain(name, of: city.provider, seen: 1, by: city.providerDeputy)
            #expect(
                try await exchange.chain(name, of: city.provider, for: city.providerChief).isOwn == false)
            await #expect(throws: PolicyError.notPermitted(.setApprovalChain)) {
                try await exchange.setChain(two, of: city.provider, by: city.chief)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a role that could not sign is refused, by step`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            for (steps, step, role) in [
                ([ApprovalStep(role: .auditor), ApprovalStep(role: .departmentCDO)], 1, Role.auditor),
                ([ApprovalStep(role: .departmentCDO), ApprovalStep(role: .steward)], 2, .steward),
            ] {
                await #expect(throws: ExchangeError.cannotSign(step: step, role)) {
                    try await city.exchange.setChain(
                        try Self.chain(steps), of: city.provider, by: city.providerChief)
                }
            }
        }
    }

    @Test func `has limits: steps, signatures of a step, variants, and one who decides`() throws {
        let one = ApprovalStep(role: .departmentCDO)
        let name = SharingWorkflow.decisionChain
        #expect(throws: CaseError.lastStepShared(name: name)) {
            try Self.chain([one, ApprovalStep([Signature(role: .departmentCDO), Signature(role: .leader)])])
        }
        #expect(throws: CaseError.stepSignatures(step: 1, signatures: 0)) {
            try Self.chain([ApprovalStep([]), one])
        }
        #expect(throws: CaseError.stepSignatureTwice(step: 1)) {
            try Self.chain([ApprovalStep([Signature(role: .steward), Signature(role: .steward)]), one])
        }
        #expect(throws: CaseError.chainLength(name: name, steps: 0)) {
            try Self.chain([one], variants: [ChainVariant(gradeMin: .l3, steps: [])])
        }
        #expect(throws: CaseError.chainVariants(name: name, variants: 9)) {
            try Self.chain(
                [one], variants: Array(repeating: ChainVariant(gradeMin: .l3, steps: [one]), count: 9))
        }
    }

    @Test func `the first variant that fits is walked, and what is not known of a case fits none`() throws {
        let (strict, shared, rest) = (
            [ApprovalStep(role: .leader)], [ApprovalStep(role: .departmentCDO)],
            [ApprovalStep(role: .consumer)]
        )
        let chain = try ApprovalChain(
            SharingWorkflow.signOffChain, rest,
            variants: [
                ChainVariant(gradeMin: .l3, steps: strict),
                ChainVariant(sharing: .conditional, steps: shared),
            ])
        #expect(chain.steps(for: ChainOccasion(sharing: .conditional, grade: .l4)) == strict)
        #expect(chain.steps(for: ChainOccasion(sharing: .conditional, grade: .l2)) == shared)
        #expect(chain.steps(for: ChainOccasion(sharing: .unconditional, grade: nil)) == rest)
        #expect(chain.steps(for: ChainOccasion()) == rest)
    }

    @Test func `steps and positions are read as they were written when a step was one signature`() throws {
        let post = PostID.new()
        let old = #"[{"role":"steward"},{"role":"department-cdo","post":"\#(post)"}]"#
        let steps = try JSONDecoder().decode([ApprovalStep].self, from: Data(old.utf8))
        #expect(
            steps == [ApprovalStep(role: .steward), ApprovalStep(role: .departmentCDO, post: post)])
        let party = PartyID.new()
        let written = #"{"chain":"c","party":"\#(party)","steps":\#(old),"step":1}"#
        let position = try JSONDecoder().decode(ChainPosition.self, from: Data(written.utf8))
        #expect(position == ChainPosition(chain: "c", party: party, steps: steps, step: 1))
        #expect(position.open == [0])
        let again = try JSONDecoder().decode(
            ChainPosition.self, from: JSONEncoder().encode(position))
        #expect(again == position)
    }
}
