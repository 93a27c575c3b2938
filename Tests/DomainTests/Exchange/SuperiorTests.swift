import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

extension SharingCity {
    static let question = SuperiorQuestion(
        letter: "河民函〔2026〕12号", superior: "省民政厅", sentOn: CalendarDate(daysSince1970: 20_458))

    static func reply(_ isConsent: Bool) -> SuperiorReply {
        SuperiorReply(
            SuperiorConsent(
                number: "粤民函〔2026〕8号", issuer: "省民政厅", on: CalendarDate(daysSince1970: 20_458),
                digest: "sm3:5a"), isConsent: isConsent)
    }

    /// The department above was asked on the Monday.
    func asking() async throws -> SharingRequest {
        try await act(.askSuperior(Self.question), try await accepted(), by: providerChief)
    }
}

@Suite struct `Exchange: data that need the consent of the department above` {
    @Test(arguments: Dialect.available)
    func `are granted only with its reply, which the grant names`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let asked = try await city.asking()
            #expect(asked.file.state == "decision")
            #expect(asked.file.clock("answer")?.isPaused == true)
            #expect(asked.file.clock("answer")?.pauses.last?.from == CalendarDate("2026-01-05"))
            #expect(asked.file.clock("superior")?.isOpen == true)
            #expect(
                try !city.exchange.possibleActs(on: asked, nil, for: city.providerChief).contains("agree"))
            for act in [RequestAct.agree, .counter(try SharingCity.maskedClauses())] {
                await #expect(throws: CaseError.self) {
                    try await city.act(act, asked, by: city.providerChief, Opinion(comment: "同意"))
                }
            }
            city.wait(days: 7)
            let replied = try await city.act(
                .superiorReplied(SharingCity.reply(true)), asked, by: city.providerChief)
            #expect(replied.file.clock("answer")?.isPaused == false)
            #expect(replied.file.clock("superior")?.isOpen == false)
            let granted = try await city.act(.agree, replied, by: city.providerChief)
            let grant = try #require(granted.grant)
            #expect(
                try await city.clauses(of: grant).contains(
                    .superiorConsent(SharingCity.reply(true).consent)))
        }
    }

    @Test(arguments: Dialect.available)
    func `are refused where it refuses`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let replied = try await city.act(
                .superiorReplied(SharingCity.reply(false)), try await city.asking(), by: city.providerChief)
            await #expect(throws: CaseError.self) {
                try await city.act(.agree, replied, by: city.providerChief)
            }
            let refused = try await city.act(
                .refuse, replied, by: city.providerChief, Opinion(comment: "上级不同意", legalBasis: "统计法"))
            #expect(refused.file.state == "refused")
            // The bureau cannot put itself in its place.
            let disputed = try await city.act(
                .dispute, refused, by: city.drafter, Opinion(comment: "业务必需"))
            await #expect(throws: CaseError.self) {
                try await city.act(
                    .ruleGrant(try SharingCity.wish().clauses()), disputed, by: city.leader,
                    Opinion(comment: "予以共享"))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `wait no longer than the rule says; a late reply still counts`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let asked = try await city.asking()
            #expect(try await city.exchange.dailyRound().resumed.isEmpty)
            city.wait(days: 60)
            #expect(try await city.exchange.dailyRound().resumed == [asked.id])
            #expect(try await city.exchange.dailyRound().resumed.isEmpty)
            let waiting = try await city.exchange.request(asked.id, for: city.providerChief)
            #expect(waiting.file.clock("answer")?.isPaused == false)
            #expect(waiting.file.history.last?.act == "superior-silent")
            await #expect(throws: CaseError.self) {
                try await city.act(.agree, waiting, by: city.providerChief)
            }
            let replied = try await city.act(
                .superiorReplied(SharingCity.reply(true)), waiting, by: city.providerChief)
            #expect(replied.file.history.last?.act == "superior-replied-late")
            #expect(
                try await city.act(.agree, replied, by: city.providerChief).file.state == "granted")
        }
    }

    @Test(arguments: Dialect.available)
    func `are not granted on a consent that somebody wrote into the terms`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            let forged = try SharingCity.maskedClauses() + [.superiorConsent(SharingCity.reply(true).consent)]
            await #expect(throws: ExchangeError.self) {
                try await city.act(
                    .counter(forged), pending, by: city.providerChief, Opinion(comment: "见条款"))
            }
            var question = SharingCity.question
            question.sentOn = question.sentOn.adding(days: 1)
            let ahead = question
            await #expect(throws: ExchangeError.self) {
                try await city.act(.askSuperior(ahead), pending, by: city.providerChief)
            }
            await #expect(throws: CaseError.self) {
                try await city.act(
                    .superiorReplied(SharingCity.reply(true)), pending, by: city.providerChief)
            }
            // What is signed needs it, whoever signs.
            #expect(throws: PolicyError.self) {
                try Terms(
                    SharingCity.wish().clauses(),
                    facts: SharingCity.entry(city.entryID, city.provider, .conditional).facts.needingConsent,
                    on: question.sentOn)
            }
        }
    }
}

@Suite struct `Exchange: entries that demand consent from above` {
    @Test(arguments: Dialect.available)
    func `every request for one is granted only with it, also one that is at its provider already`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            await #expect(throws: PolicyError.self) {
                try await city.consents.set(SharingCity.above, of: city.entryID, by: city.chief)
            }
            await #expect(throws: ExchangeError.self) {
                try await city.consents.set(
                    EntryConsent(superior: " ", basis: ""), of: city.entryID, by: city.providerChief)
            }
            try await city.consents.set(SharingCity.above, of: city.entryID, by: city.providerChief)
            #expect(try await city.exchange.consent(of: city.entryID) == SharingCity.above)
            #expect(try await city.leaves("entry-consent.set") == 1)
            let entry = try await city.exchange.entry(city.entryID)
            #expect(entry.consent == SharingCity.above)
            #expect(
                try !city.exchange.possibleActs(on: pending, entry, for: city.providerChief)
                    .contains("agree"))
            for act in [RequestAct.agree, .counter(try SharingCity.maskedClauses())] {
                await #expect(throws: CaseError.self) {
                    try await city.act(act, pending, by: city.providerChief, Opinion(comment: "同意"))
                }
            }
            // Another department than the one that is named does not do.
            var elsewhere = SharingCity.question
            elsewhere.superior = "省教育厅"
            let wrong = elsewhere
            await #expect(throws: ExchangeError.self) {
                try await city.act(.askSuperior(wrong), pending, by: city.providerChief)
            }
            let asked = try await city.act(
                .askSuperior(SharingCity.question), pending, by: city.providerChief)
            let replied = try await city.act(
                .superiorReplied(SharingCity.reply(true)), asked, by: city.providerChief)
            let granted = try await city.act(.agree, replied, by: city.providerChief)
            #expect(
                try await city.clauses(of: try #require(granted.grant)).contains(
                    .superiorConsent(SharingCity.reply(true).consent)))
        }
    }

    @Test(arguments: Dialect.available)
    func `unconditional data go to their provider, a leader's word does not do, and it can be taken back`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect, .unconditional) { city in
            try await city.consents.set(SharingCity.above, of: city.entryID, by: city.providerChief)
            let drafted = try await city.drafted()
            await #expect(throws: ExchangeError.emergencyNeedsConsent) {
                try await city.act(
                    .askEmergency(circumstance: SharingCity.circumstance), drafted, by: city.drafter)
            }
            let accepted = try await city.accepted()
            #expect(accepted.file.state == "decision" && accepted.grant == nil)
            await #expect(throws: CaseError.self) {
                try await city.act(.agree, accepted, by: city.providerChief)
            }
            try await city.consents.set(nil, of: city.entryID, by: city.providerChief)
            #expect(try await city.leaves("entry-consent.ended") == 1)
            let agreed = try await city.act(.agree, accepted, by: city.providerChief)
            #expect(agreed.file.state == "granted")
            #expect(try await city.accepted().file.state == "granted")
        }
    }
}

extension SharingCity {
    static let above = EntryConsent(superior: "省民政厅", basis: "粤民发〔2024〕5号")
    var consents: EntryConsents { EntryConsents(exchange, evidence: evidence) }
}
