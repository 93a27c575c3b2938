import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

extension SharingCity {
    var coordinations: Coordinations {
        let (provider, applicant, bureau, invited) = (provider, applicant, bureau, stranger.party)
        return Coordinations(exchange, ends: announcedEnds, files: keptFiles) {
            [provider: "市市场监督管理局", applicant: "源城区人民政府", bureau: "市数据主管部门", invited ?? .new(): "市公安局"]
        }
    }

    /// In memory, by their paths.
    private var keptFiles: MinutesFiles {
        MinutesFiles(
            keep: { path, name, _ in
                guard name.hasSuffix(".pdf") else {
                    throw ExchangeError.fieldsInvalid([
                        Problem.Place("files", Message("coordination.files"))
                    ])
                }
                return CoordinationMeeting.File(
                    name: name, sha256: path,
                    kept: .init(id: .new(), bytes: 4, mediaType: "application/pdf", isScanned: false))
            }, read: { file, _ in Array(file.sha256.utf8) }, drop: { _, _ in })
    }

    func act(
        _ act: CoordinationAct, _ one: Coordination, by principal: Principal, _ comment: String? = nil,
        key: String? = nil
    ) async throws -> Coordination {
        try await coordinations.perform(
            act, on: one.id, seen: one.file.revision, by: principal, comment: comment, key: key)
    }

    /// A request that was refused and is in dispute, with its coordination.
    func disputed() async throws -> (SharingRequest, Coordination) {
        let refused = try await act(
            .refuse, try await accepted(), by: providerChief, Opinion(comment: "不宜提供", legalBasis: "条例"))
        let disputed = try await act(.dispute, refused, by: drafter, Opinion(comment: "确需使用"))
        let one = try #require(try await coordinations.page(for: reviewer).lines.first)
        return (disputed, one)
    }
}

@Suite struct `Coordination: what people do` {
    @Test(arguments: Dialect.available)
    func `a dispute opens one, positions and minutes are on record, and an agreement is carried out exactly`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            var (request, one) = try await city.disputed()
            #expect(one.request == request.id)
            #expect(one.file.history.first?.content["act"]?.string == "dispute")
            one = try await city.act(.statePosition, one, by: city.chief, "用于核验")
            one = try await city.act(.statePosition, one, by: city.providerChief, "须脱敏")
            one = try await city.act(.invite(try #require(city.stranger.party)), one, by: city.reviewer)
            one = try await city.act(.statePosition, one, by: city.stranger, "同意脱敏")
            #expect(one.positions.count == 3)
            let today = city.exchange.clock.now().date()
            one = try await city.act(
                .callMeeting(on: today, place: "14:30，视频会议", chair: "主管部门负责人", agenda: "脱敏"), one,
                by: city.reviewer)
            let files = [CoordinationMeeting.File(name: "纪要.pdf", sha256: "5a")]
            one = try await city.act(
                .recordMinutes(meeting: 1, attendees: ["市市场监督管理局：首席数据官"], files: files), one,
                by: city.reviewer, "双方同意姓名脱敏")
            one = try await city.act(.confirmMinutes(meeting: 1), one, by: city.chief)
            one = try await city.act(.objectMinutes(meeting: 1), one, by: city.providerChief, "第二条有误")
            let minutes = try #require(one.meetings.first?.minutes)
            #expect(minutes.files == files)
            #expect(minutes.stands[city.applicant] == .confirmed)
            #expect(minutes.stands[city.provider] == .objected("第二条有误"))
            let clauses = try SharingCity.maskedClauses()
            one = try await city.act(.propose(.grant(clauses)), one, by: city.reviewer, "姓名脱敏后提供")
            #expect(one.file.state == "assent-applicant")
            let proposed = one
            await #expect(throws: (any Error).self) {
                try await city.act(.assent, proposed, by: city.providerChief)
            }
            one = try await city.act(.assent, one, by: city.chief)
            #expect(
                try await city.exchange.request(request.id, for: city.drafter).file.state == "coordination")
            one = try await city.act(.assent, one, by: city.providerChief)
            #expect(one.file.state == "agreed")
            request = try await city.exchange.request(request.id, for: city.drafter)
            #expect(request.file.state == "granted")
            #expect(request.offer == clauses)
            #expect(request.grant != nil)
            #expect(one.grant == request.grant)
            #expect(request.file.history.last?.act == "carry-grant")
        }
    }

    @Test(arguments: Dialect.available)
    func `a ruling is carried out at once, binds the provider, and what it orders is supervised`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let (_, one) = try await city.disputed()
            let due = city.exchange.clock.now().date().adding(days: 10)
            let order = CoordinationOrder(unit: city.provider, subject: "更正目录条目", due: due)
            let ruled = try await city.act(
                .rule(.grant(try SharingCity.maskedClauses()), order: order), one, by: city.leader, "应予提供")
            #expect(ruled.file.state == "ruled")
            let request = try await city.exchange.request(ruled.request, for: city.drafter)
            #expect(request.file.history.last?.act == "rule-grant")
            let grant = try #require(request.grant)
            #expect(ruled.grant == grant)
            #expect(try await city.database.read { try Coordinations.binds(grant, in: $0) })
            let followed = try await city.supervisions.page(SupervisionFilter(), for: city.reviewer).lines
            #expect(followed.map(\.subject) == ["更正目录条目"])
            #expect(followed.first?.file.clock("task")?.until == due)
            await #expect(throws: CaseError.self) {
                try await city.act(.statePosition, ruled, by: city.providerChief, "不同意")
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a ruling against needs a legal basis and closes the request`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let (_, one) = try await city.disputed()
            #expect(throws: ExchangeError.self) {
                try CoordinationOutcome(["kind": "refusal", "legalBasis": " "])
            }
            let ruled = try await city.act(
                .rule(.refusal(legalBasis: "保守国家秘密法"), order: nil), one, by: city.reviewer, "依法不予提供")
            let request = try await city.exchange.request(ruled.request, for: city.drafter)
            #expect(request.file.state == "closed")
            #expect(request.file.history.last?.legalBasis == "保守国家秘密法")
            #expect(ruled.grant == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `ruling on the request itself ends the coordination with it`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let (request, one) = try await city.disputed()
            let granted = try await city.act(
                .ruleGrant(try SharingCity.maskedClauses()), request, by: city.reviewer,
                Opinion(comment: "应予提供"))
            #expect(granted.file.state == "granted")
            #expect(try await city.coordinations.find(one.id, for: city.reviewer).file.state == "overtaken")
        }
    }

    @Test(arguments: Dialect.available)
    func `what is not a party's turn, word or day is refused, and nothing moves`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let (_, one) = try await city.disputed()
            await #expect(throws: ExchangeError.coordinationNotFound) {
                try await city.act(.statePosition, one, by: city.stranger, "意见")
            }
            await #expect(throws: CaseError.inputMissing(["comment"])) {
                try await city.act(.statePosition, one, by: city.chief)
            }
            await #expect(throws: PolicyError.self) {
                try await city.act(.statePosition, one, by: city.drafter, "意见")
            }
            await #expect(throws: (any Error).self) {
                try await city.act(
                    .rule(.refusal(legalBasis: "条例"), order: nil), one, by: city.providerChief, "不予")
            }
            await #expect(throws: ExchangeError.self) {
                try await city.act(.confirmMinutes(meeting: 1), one, by: city.chief)
            }
            await #expect(throws: ExchangeError.self) {
                try await city.act(.invite(city.applicant), one, by: city.reviewer)
            }
            // Terms that cannot be carried out are refused before anybody assents.
            await #expect(throws: PolicyError.self) {
                try await city.act(.propose(.grant([.columns(["unknown"])])), one, by: city.reviewer, "同意")
            }
            let proposed = try await city.act(
                .propose(.refusal(legalBasis: "条例")), one, by: city.reviewer, "双方同意不提供")
            let declined = try await city.act(.decline, proposed, by: city.chief, "仍需使用")
            #expect(declined.file.state == "hearing")
            await #expect(throws: CaseError.self) {
                try await city.act(.decline, proposed, by: city.chief, "仍需使用")
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who rule at once one does, and parties see it on every list alike`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let (_, one) = try await city.disputed()
            let filter = InboxFilter(words: "", kind: CoordinationWorkflow.kind)
            for (who, sees) in [
                (city.chief, true), (city.providerChief, true), (city.drafter, true), (city.leader, true),
                (city.stranger, false),
            ] {
                #expect(((try? await city.coordinations.find(one.id, for: who)) != nil) == sees)
                let page = try await city.coordinations.page(for: who)
                #expect(page.count == (sees ? 1 : 0))
                #expect(page.lines.map(\.id) == (sees ? [one.id] : []))
                let lines = try await city.exchange.inbox(.underway, of: who, filter).lines
                #expect(lines.map(\.id) == (sees ? [one.id] : []))
            }
            let ruled = await withTaskGroup(of: Bool.self) { group in
                for who in [city.reviewer, city.secondReviewer] {
                    group.addTask {
                        (try? await city.act(
                            .rule(.refusal(legalBasis: "条例"), order: nil), one, by: who, "不予")) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(ruled == 1)
        }
    }
}
