package import Kernel
import Policy

package enum ExchangeBatchNoun: Noun { package static let kind = "exchange-batch" }
package typealias ExchangeBatchID = ID<ExchangeBatchNoun>

/// 存量共享: an exchange that ran before the platform did, as a sheet tells of it. Signed by provider and bureau it becomes a
/// transitional grant.
package struct RunningExchange: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case open, granted, dropped
    }

    /// What keeps it from being signed.
    package enum Lack: String, Sendable, Hashable, CaseIterable {
        case purpose, basis, scope
    }

    package struct Signature: Sendable, Hashable {
        package let account: AccountID
        package let at: Instant
    }

    /// Also what its grant names as its origin.
    package let id: CaseID
    package let batch: ExchangeBatchID
    /// Of the sheet.
    package let line: Int64
    package let entry: EntryID
    package let provider: PartyID
    package let recipient: PartyID
    package internal(set) var terms: RunningTerms
    package internal(set) var state: State
    package internal(set) var revision: Int
    package internal(set) var byProvider: Signature?
    package internal(set) var byBureau: Signature?
    package internal(set) var grant: GrantID?

    package var lacks: [Lack] { terms.lacks }
}

/// What a sheet says of one exchange.
package struct RunningTerms: Sendable, Hashable {
    /// Items, row condition, purpose, basis, deliveries and last day; the document's number is its business item.
    package var wish: RequestWish
    /// Treatments by item, as the form of an offer names them.
    package var masks: [String: String]
    /// Said in so many words; an empty condition alone is a scope that nobody named.
    package var isWhole: Bool
    /// Since when it has run.
    package var since: CalendarDate?

    package var document: String { wish.businessItem }

    var lacks: [RunningExchange.Lack] {
        var lacks: [RunningExchange.Lack] = []
        if wish.purpose.allSatisfy(\.isWhitespace) { lacks.append(.purpose) }
        if wish.legalBasis.allSatisfy(\.isWhitespace) { lacks.append(.basis) }
        if !isWhole, wish.rows.allSatisfy(\.isWhitespace) { lacks.append(.scope) }
        return lacks
    }

    /// From `day` on, and no longer than so many months whatever the agreement says.
    func clauses(from day: CalendarDate, monthsMax: Int) throws(PolicyError) -> [Clause] {
        var granted = wish
        let last = day.adding(months: monthsMax)
        granted.from = day
        granted.to = wish.to.map { min($0, last) } ?? last
        // Nothing can be compiled without one; what lacks it is not signed.
        if granted.purpose.isEmpty { granted.purpose = "—" }
        let treatments = wish.columns.compactMap { column -> Clause? in
            masks[column].flatMap { OfferForm.plain[$0] }.map { .mask(column: column, $0) }
        }
        return try granted.clauses() + treatments
    }

    var json: JSON {
        [
            "wish": wish.json, "masks": .object(masks.mapValues { .string($0) }),
            "isWhole": .boolean(isWhole), "since": since.map { .string($0.description) } ?? .null,
        ]
    }

    init(wish: RequestWish, masks: [String: String], isWhole: Bool, since: CalendarDate?) {
        self.wish = wish
        self.masks = masks
        self.isWhole = isWhole
        self.since = since
    }

    init(json: JSON) throws {
        self.init(
            wish: try RequestWish(json: json["wish"] ?? .object([:])),
            masks: (json["masks"]?.object ?? [:]).compactMapValues(\.string),
            isWhole: json["isWhole"]?.boolean ?? false,
            since: json["since"]?.string.flatMap { CalendarDate($0) })
    }
}

extension CalendarDate {
    /// The same day so many months later, or the last of that month.
    func adding(months: Int) -> CalendarDate {
        let (year, month, day) = components
        let months = year * 12 + month - 1 + months
        for last in stride(from: day, through: 28, by: -1) {
            if let date = CalendarDate(year: months / 12, month: months % 12 + 1, day: last) { return date }
        }
        return CalendarDate(year: months / 12, month: months % 12 + 1, day: min(day, 28)) ?? self
    }
}

/// One sheet that was brought.
package struct ExchangeBatch: Sendable, Hashable {
    package let id: ExchangeBatchID
    package let fileName: String
    package let party: PartyID
    package let broughtBy: AccountID
    package let broughtAt: Instant
    package let taken: Int
    package let refused: [RefusedLine]

    package typealias RefusedLine = ReturnedRow<RunningColumn>
}
