package import Kernel

/// A unit, county, enterprise, broker or node that owns, asks for or receives data; or a group that stands for its members, as official
/// documents name them (“各县区政府”).
package struct Party: Sendable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case unit
        case county
        case enterprise
        case broker
        case node
        case group
    }

    package struct Name: Sendable, Hashable {
        package enum Kind: String, Sendable, Codable, CaseIterable {
            case official
            case short
            /// Other scripts and what documents call it; found by search, never shown as the name.
            case alias
        }
        package let kind: Kind
        package let text: String
        package let from: CalendarDate
        package let to: CalendarDate?

        package init(_ kind: Kind, _ text: String, from: CalendarDate, to: CalendarDate? = nil) {
            self.kind = kind
            self.text = text
            self.from = from
            self.to = to
        }

        package func isValid(on date: CalendarDate) -> Bool { from <= date && to.map { date <= $0 } ?? true }
    }

    package enum Succession: String, Sendable, Codable, CaseIterable {
        case merge
        case split
    }

    package static let nameCharactersMax = 200

    package let id: PartyID
    package let kind: Kind
    package let uscc: String?
    package let division: DivisionCode?
    package let parent: PartyID?
    package let founded: CalendarDate?
    package let dissolved: CalendarDate?
    /// Past and present, oldest first.
    package let names: [Name]

    /// The official name on `date`; of a party that was not yet or is no longer, the nearest it had.
    package func name(on date: CalendarDate) -> String {
        let official = names.filter { $0.kind == .official }
        return official.last { $0.isValid(on: date) }?.text
            ?? official.last { $0.from <= date }?.text ?? official.first?.text ?? ""
    }

    /// What two spellings of a name have in common: no spaces, one width of brackets and letters, small letters.
    package static func matchKey(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !scalar.properties.isWhitespace {
            let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            scalars.append(Unicode.Scalar(narrow) ?? scalar)
        }
        return String(scalars).lowercased()
    }
}

/// What a new party is made of.
package struct PartyDraft: Sendable {
    package var kind: Party.Kind
    package var name: String
    package var aliases: [String]
    package var uscc: String?
    package var division: DivisionCode?
    package var parent: PartyID?
    package var founded: CalendarDate

    package init(
        kind: Party.Kind, name: String, aliases: [String] = [], uscc: String? = nil,
        division: DivisionCode? = nil, parent: PartyID? = nil, founded: CalendarDate
    ) {
        self.kind = kind
        self.name = name
        self.aliases = aliases
        self.uscc = uscc
        self.division = division
        self.parent = parent
        self.founded = founded
    }

    func checked() throws(IdentityError) {
        for name in [name] + aliases {
            guard !Party.matchKey(name).isEmpty, name.count <= Party.nameCharactersMax else {
                throw .partyNameEmpty
            }
        }
        if let uscc, !SocialCreditCode.isValid(uscc) { throw .usccInvalid(uscc) }
    }
}

extension Party {
    /// For pages that show what a unit may look like.
    package static let sample = Party(
        id: PartyID(high: 7, low: 1), kind: .unit, uscc: "11441600MB2D00001A",
        division: DivisionCode("441600"), parent: PartyID(high: 7, low: 2),
        founded: CalendarDate(daysSince1970: 17_900), dissolved: nil,
        names: [
            Name(
                .official, "示例市大数据管理局", from: CalendarDate(daysSince1970: 17_900),
                to: CalendarDate(daysSince1970: 19_900)),
            Name(.official, "示例市政务服务和数据管理局", from: CalendarDate(daysSince1970: 19_901)),
        ])
    package static let sampleGroup = Party(
        id: PartyID(high: 7, low: 2), kind: .group, uscc: nil, division: nil, parent: Party.sample.id,
        founded: nil, dissolved: CalendarDate(daysSince1970: 19_900),
        names: [Name(.official, "各县区", from: CalendarDate(daysSince1970: 17_900))])
}
