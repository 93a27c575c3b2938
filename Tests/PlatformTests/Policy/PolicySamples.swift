import Evidence
import Identity
import Kernel
import Persistence
import Policy

/// A register of persons of area code 441600, its unit, and two people who deal with it.
enum PolicySample {
    static let now = Instant(microseconds: 1_795_000_000_000_000)
    static let today = now.date()
    static let entry = id("0196f000-0000-7000-8000-000000000001", as: EntryNoun.self)
    static let provider = id("0196f000-0000-7000-8000-000000000002", as: PartyNoun.self)
    static let consumer = id("0196f000-0000-7000-8000-000000000003", as: PartyNoun.self)
    static let officer = id("0196f000-0000-7000-8000-000000000004", as: AccountNoun.self)
    static let clerk = id("0196f000-0000-7000-8000-000000000005", as: AccountNoun.self)
    static let grant = id("0196f000-0000-7000-8000-00000000000a", as: GrantNoun.self)
    static let request = id("0196f000-0000-7000-8000-000000000006", as: CaseNoun.self)

    static func id<N: Noun>(_ text: String, as noun: N.Type) -> ID<N> { ID<N>(text) ?? ID(high: 0, low: 0) }

    static func facts(
        _ sharing: SharingKind = .conditional, _ change: (inout [ColumnFacts]) -> Void = { _ in }
    ) -> EntryFacts {
        var columns = [
            ColumnFacts("姓名", .text, grade: .l3), ColumnFacts("身份证号", .text, grade: .l4),
            ColumnFacts("出生日期", .date, grade: .l3), ColumnFacts("状态", .text, grade: .l1),
            ColumnFacts("金额", .decimal(precision: 12, scale: 2), grade: .l2),
            ColumnFacts("备注", .text, grade: nil),
            ColumnFacts("坐标", .text, grade: .core), ColumnFacts("户号", .integer, grade: .l3),
        ]
        change(&columns)
        return EntryFacts(entry: entry, provider: provider, sharing: sharing, columns: columns)
    }

    static let validity = Clause.validity(from: today, to: today.adding(days: 30))

    /// Good under conditional sharing.
    static var clauses: [Clause] {
        [
            .columns(["姓名", "身份证号", "出生日期", "状态", "金额", "户号"]), .mask(column: "姓名", .surname),
            .mask(column: "身份证号", .keepEnds(first: 6, last: 4)), .mask(column: "出生日期", .yearOnly),
            .mask(column: "户号", .pseudonym),
            .rows(.compare(.equal, .column("状态"), .literal(.text("在业")))), .purpose("核对低保资格"), validity,
            .totalQuota(rows: 1_000), .dailyQuota(rows: 100), .delivery([.csv, .lookup]),
            .retention(days: 90),
            .noRedistribution,
        ]
    }

    /// One of each kind that `clauses` does without; some of them do not go together.
    static var furtherClauses: [Clause] {
        [
            .superiorConsent(
                SuperiorConsent(
                    number: "粤民函〔2026〕8号", issuer: "省民政厅", on: today, digest: "sm3:5a")),
            .values(column: "状态", allowed: ["在业", "存续"]),
            .coordinates(longitude: "经度", latitude: "纬度", places: 2),
            .rate(RateLimit(callsPerMinute: 60, callsPerDay: 5_000, rowsPerMinute: 1_000)),
            .rate(RateLimit(callsPerDay: 9)),
            .networks(["10.20.0.0/16", "2001:db8::/32", "192.0.2.7"].compactMap { NetworkRange($0) }),
            .hours(OpeningHours(days: .working, from: 510, to: 1_050)),
            .hours(OpeningHours(days: .every, from: 0, to: 360)),
            .hours(OpeningHours(days: .weekdays([6, 7]), from: 600, to: 1_440)), .minimumRows(20),
            .asOf(.day(today)), .asOf(.version(number: 3)), .tries(perKeyAndDay: 5), .delivery([.verify]),
        ]
    }

    static func principal(
        _ role: Role, party: PartyID? = provider, account: AccountID? = officer,
        channel: Principal.Channel = .commandLine
    ) -> Principal {
        Principal(account: account, party: party, post: nil, roles: [role], channel: channel, displayName: "")
    }

    /// A mandate as an act gets it.
    static func mandate(
        _ action: Action, _ role: Role = .departmentCDO, on subject: Subject? = nil,
        in connection: any Connection
    ) throws -> Mandate {
        let subject = subject ?? Subject.new(kind: "request", owner: provider, recipient: consumer)
        return try Permissions().permit(action, on: subject, for: principal(role)).redeem(in: connection)
    }
}

extension Plan {
    /// On an occasion of which only the day is known.
    func outward(by delivery: DeliveryKind, on day: CalendarDate) throws(PolicyError) -> OutwardPlan {
        try outward(by: delivery, on: Occasion(day))
    }
}
