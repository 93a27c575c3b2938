package import Kernel

/// One term of a grant. A *control* compiles into what the engine runs; a *promise* binds the recipient and is shown apart.
/// A clause this build does not know is refused by name when it is read, never skipped.
package enum Clause: Hashable, Sendable {
    // Controls
    case columns([String])
    case rows(Expression)
    case mask(column: String, Mask)
    case purpose(String)
    /// Both days included, by the civil time of the node.
    case validity(from: CalendarDate, to: CalendarDate)
    case totalQuota(rows: Int64)
    case dailyQuota(rows: Int64)
    case delivery(Set<DeliveryKind>)
    /// Every key comes with the number of the case it is asked for; only name lists carry one.
    case caseNumber
    /// Only rows in which the column has one of these values, written as people write them; typed by the column.
    case values(column: String, allowed: [String])
    /// A pair of coordinates, cut to so many decimals together: one of them alone would still point at a line on the ground.
    case coordinates(longitude: String, latitude: String, places: Int)
    case rate(RateLimit)
    /// Where the recipient may ask from.
    case networks([NetworkRange])
    case hours(OpeningHours)
    /// A file of fewer rows is not given.
    case minimumRows(Int64)
    case asOf(AsOf)
    /// Verify calls for one key on one day.
    case tries(perKeyAndDay: Int64)
    /// 须经上级部门同意: by which letter it was given. Signed only of a reply that is registered.
    case superiorConsent(SuperiorConsent)
    /// 联调测试: nothing leaves before it has passed, or the recipient has waived it.
    case jointTest
    // Promises
    case retention(days: Int)
    case noRedistribution

    package enum Nature: String, Hashable, Sendable, Codable, CaseIterable {
        /// The engine enforces it.
        case control
        /// The recipient undertakes it; nothing of ours can enforce it once the rows are out.
        case promise
    }

    /// Written in JSON, on pages and in refusals.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case columns, rows, mask, purpose, validity
        case totalQuota = "total-quota"
        case dailyQuota = "daily-quota"
        case delivery
        case caseNumber = "case-number"
        case values, coordinates, rate, networks, hours
        case minimumRows = "minimum-rows"
        case asOf = "as-of"
        case tries
        case superiorConsent = "superior-consent"
        case jointTest = "joint-test"
        case retention
        case noRedistribution = "no-redistribution"

        package var nature: Nature {
            switch self {
            case .retention, .noRedistribution: .promise
            default: .control
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .columns: .columns
        case .rows: .rows
        case .mask: .mask
        case .purpose: .purpose
        case .validity: .validity
        case .totalQuota: .totalQuota
        case .dailyQuota: .dailyQuota
        case .delivery: .delivery
        case .caseNumber: .caseNumber
        case .values: .values
        case .coordinates: .coordinates
        case .rate: .rate
        case .networks: .networks
        case .hours: .hours
        case .minimumRows: .minimumRows
        case .asOf: .asOf
        case .tries: .tries
        case .superiorConsent: .superiorConsent
        case .jointTest: .jointTest
        case .retention: .retention
        case .noRedistribution: .noRedistribution
        }
    }

    package var nature: Nature { kind.nature }

    package enum Limits {
        package static let clausesMax = 600
        package static let columnsMax = 500
        package static let purposeCharactersMax = 500
        package static let keepCharactersMax = 64
        package static let constantCharactersMax = 64
        package static let maskWidthMax: Int64 = 1_000_000_000_000_000
        package static let maskDecimalsMax = 12
        package static let validityDaysMax = 3_660
        package static let retentionDaysMax = 36_600
        package static let rateMax: Int64 = 1_000_000_000
        package static let networksMax = 100
        package static let minimumRowsMax: Int64 = 1_000_000
        package static let triesMax: Int64 = 100
        /// Where nobody has said how many.
        package static let triesStandard: Int64 = 5
        package static let divisionsMax = 200
        package static let divisionCharactersMax = 40
    }
}

/// What happens to a value of one column on its way out.
package enum Mask: Hashable, Sendable {
    /// `441602********1234` is `keepEnds(first: 6, last: 4)`: every character between becomes `*`; a value not longer than
    /// `first + last` is masked whole.
    case keepEnds(first: Int, last: Int)
    /// 张*, 欧阳**: the surname stays (compound surnames by list), each further character becomes `*`.
    case surname
    /// The first characters, and no sign of how many there were.
    case truncate(first: Int)
    /// Every value becomes this text; what is empty stays empty.
    case constant(String)
    /// A date or timestamp becomes its year.
    case yearOnly
    /// A date or timestamp becomes year and month, 202611.
    case yearMonth
    /// A number becomes the range of this width that holds it, `[300,400)`.
    case band(width: Int64)
    /// A number becomes the next whole multiple towards zero.
    case step(Int64)
    /// What lies below `low` leaves as `low`, what lies above `high` as `high`: nobody is found by being extreme. One of the two is
    /// given at least.
    case limits(low: Int64?, high: Int64?)
    /// A number keeps so many decimals, the rest is cut off: a coordinate with two of them is good for a kilometre.
    case decimals(Int)
    /// An address becomes the one division of this list that it names. An address that names none of them, or several, leaves as
    /// empty: nothing but a name of the list ever leaves.
    case county([String])
    /// The column is not in the output at all.
    case drop
    /// HMAC-SM3 of the normalised value under a key of the grant's purpose, hex: joinable inside one purpose, nowhere else.
    case pseudonym

    package enum Name: String, Hashable, Sendable, Codable, CaseIterable {
        case keepEnds = "keep-ends"
        case surname, truncate, constant
        case yearOnly = "year-only"
        case yearMonth = "year-month"
        case band, step
        case top = "top-code"
        case bottom = "bottom-code"
        case limits = "top-bottom-code"
        case decimals, county, drop, pseudonym
    }

    package var name: Name {
        switch self {
        case .keepEnds: .keepEnds
        case .surname: .surname
        case .truncate: .truncate
        case .constant: .constant
        case .yearOnly: .yearOnly
        case .yearMonth: .yearMonth
        case .band: .band
        case .step: .step
        case .limits(nil, _): .top
        case .limits(_, nil): .bottom
        case .limits: .limits
        case .decimals: .decimals
        case .county: .county
        case .drop: .drop
        case .pseudonym: .pseudonym
        }
    }

    /// What leaves in place of a value of `type`; nil when the mask cannot be applied to it.
    package func output(of type: ColumnType) -> ColumnType? {
        switch (self, type) {
        case (.keepEnds, .text), (.surname, .text), (.truncate, .text), (.pseudonym, .text),
            (.county, .text), (.pseudonym, .integer), (.band, .integer), (.band, .decimal), (.constant, _):
            .text
        case (.yearOnly, .date), (.yearOnly, .timestamp), (.yearMonth, .date), (.yearMonth, .timestamp):
            .integer
        case (.step, .integer), (.step, .decimal), (.limits, .integer), (.limits, .decimal),
            (.limits, .double), (.decimals, .decimal), (.decimals, .double), (.drop, _):
            type
        default: nil
        }
    }
}

extension Mask {
    /// What its parameters are, as words and forms call them.
    package var arguments: [String: String] {
        switch self {
        case .keepEnds(let first, let last): ["first": String(first), "last": String(last)]
        case .truncate(let first): ["first": String(first)]
        case .constant(let text): ["text": text]
        case .band(let width): ["width": String(width)]
        case .step(let step): ["step": String(step)]
        case .limits(let low, let high):
            ["low": low, "high": high].compactMapValues { $0.map(String.init) }
        case .decimals(let places): ["places": String(places)]
        case .county(let names): ["divisions": names.joined(separator: "、")]
        case .surname, .yearOnly, .yearMonth, .drop, .pseudonym: [:]
        }
    }

    /// The limit that a parameter breaks; nil when all is well.
    package var brokenLimit: String? {
        let characters = 0...Clause.Limits.keepCharactersMax
        let widths = 1...Clause.Limits.maskWidthMax
        switch self {
        case .keepEnds(let first, let last):
            return characters.contains(first) && characters.contains(last)
                ? nil : "0–\(characters.upperBound)"
        case .truncate(let first):
            return first > 0 && characters.contains(first) ? nil : "1–\(characters.upperBound)"
        case .constant(let text):
            let most = Clause.Limits.constantCharactersMax
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
            return isPlain && (1...most).contains(text.unicodeScalars.count) ? nil : "1–\(most)"
        case .band(let number), .step(let number):
            return widths.contains(number) ? nil : "1–\(widths.upperBound)"
        case .limits(let low, let high):
            let most = Clause.Limits.maskWidthMax
            let given = [low, high].compactMap { $0 }
            let isOrdered = if let low, let high { low < high } else { true }
            return !given.isEmpty && isOrdered && given.allSatisfy((-most...most).contains)
                ? nil : "-\(most)–\(most)"
        case .county(let names):
            let isSound =
                (1...Clause.Limits.divisionsMax).contains(names.count) && Set(names).count == names.count
                && names.allSatisfy { name in
                    (2...Clause.Limits.divisionCharactersMax).contains(name.unicodeScalars.count)
                        && name.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 }
                }
            return isSound ? nil : "1–\(Clause.Limits.divisionsMax)"
        case .decimals(let places):
            return (0...Clause.Limits.maskDecimalsMax).contains(places)
                ? nil : "0–\(Clause.Limits.maskDecimalsMax)"
        case .surname, .yearOnly, .yearMonth, .drop, .pseudonym: return nil
        }
    }

    /// A bound that the column's type cannot write, as 1000 in `decimal(4,2)`.
    package func exceeds(_ type: ColumnType) -> Bool {
        guard case .limits(let low, let high) = self, case .decimal(let precision, let scale) = type else {
            return false
        }
        let whole = (0..<(precision - scale)).reduce(Int128(1)) { power, _ in power * 10 }
        return [low, high].contains { $0.map { Int128($0).magnitude >= whole.magnitude } ?? false }
    }

    /// A mask that leaves every value of the type as it is protects nothing.
    package func changesNothing(in type: ColumnType) -> Bool {
        switch (self, type) {
        case (.step(1), .integer): true
        case (.step(1), .decimal(_, 0)): true
        case (.decimals(let places), .decimal(_, let scale)): places >= scale
        default: false
        }
    }
}

package enum DeliveryKind: String, Hashable, Sendable, Codable, CaseIterable {
    case csv, parquet, excel
    /// `POST /api/v1/grants/{id}/lookups`
    case lookup
    /// Cursor pages.
    case pages
    /// A list of keys that the recipient brings goes back to them with the granted columns beside each.
    case nameList = "name-list"
    /// `POST /api/v1/grants/{id}/verifications`: yes or no, and never a value.
    case verify
    /// Into a table of the recipient's own database.
    case push

    /// Those that make a file.
    package static let files: Set<DeliveryKind> = [.csv, .parquet, .excel]
    /// Those that leave whole: their rows are counted before the first of them.
    package static let counted: Set<DeliveryKind> = files.union([.push])
}
