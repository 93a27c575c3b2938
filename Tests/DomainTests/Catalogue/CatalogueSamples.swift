import Catalogue
import Cryptography
import Evidence
import Identity
import Kernel
import Persistence
import Policy
import TestKit

extension EntryCard {
    static func sample(
        title: String = "出生医学证明信息", code: String = "", share: ShareType = .conditional,
        open: OpenType = .closed, abstract: String = "医疗机构签发的出生医学证明。"
    ) -> EntryCard {
        EntryCard(
            category: "202001", title: title, resourceCode: code, provider: "市卫生健康局",
            providerUSCC: "1144160000712345XB", abstract: abstract,
            format: ResourceFormat(.database, type: "PostgreSQL"),
            items: [
                Item(column: "id_number", name: "身份证号", type: .characters, length: 18),
                Item(column: "born_on", name: "出生日期", type: .date),
            ],
            share: ShareTerms(
                type: share, condition: share == .conditional ? "履行法定职责需要" : "",
                legalBasis: share == .withheld ? "《中华人民共和国统计法》第九条" : "",
                mode: share == .withheld ? nil : .platform),
            open: OpenTerms(type: open, condition: open == .conditional ? "签订使用协议" : ""),
            updateCycle: .daily)
    }
}

extension Instant {
    /// 2026-01-05 10:00 in China.
    static let morning = Instant(microseconds: 1_767_578_400_000_000)
}

/// The people of one department and its bureau; no one real.
struct CatalogueCast: Sendable {
    let health = PartyID.new(at: .morning)
    let transport = PartyID.new(at: .morning)
    let bureau = PartyID.new(at: .morning)

    func person(_ role: Role, of party: PartyID?) -> Principal {
        Principal(
            account: role == .public ? nil : AccountID.new(at: .morning), party: party, post: nil,
            roles: [role], channel: .commandLine, displayName: "")
    }
}

func withCatalogue<Result>(
    _ dialect: Dialect, _ body: (Catalogue, any Database) async throws -> Result
) async throws -> Result {
    try await withDatabase(dialect, evidenceMigrations + catalogueMigrations) { database in
        let evidence = EvidenceLog(node: "n441600", digest: .sm3)
        try await evidence.prepare(database)
        let catalogue = Catalogue(
            database: database, permissions: Permissions(), evidence: evidence, clock: .fixed(.morning))
        return try await body(catalogue, database)
    }
}

extension Catalogue {
    /// Drafted by `steward`, submitted, published by `reviewer`.
    func published(
        _ card: EntryCard, owner: PartyID, steward: Principal, reviewer: Principal
    ) async throws -> Entry {
        let drafted = try await draft(card, owner: owner, by: steward)
        let submitted = try await submit(drafted.id, seen: drafted.revision, by: steward)
        return try await publish(submitted.id, seen: submitted.revision, by: reviewer)
    }
}
