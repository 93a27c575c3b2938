package import Casework
import Identity
package import Kernel
import Policy

/// 一事多项申请: several entries, of several providers, asked for in one go for one purpose. Signed off as a whole it is parted into
/// requests, one for each entry; each of them is decided by itself, with its own clocks, and this case only looks on.
package struct Application: Sendable, Hashable {
    package internal(set) var file: Case
    package let applicant: PartyID
    package internal(set) var content: ApplicationContent

    package var id: CaseID { file.id }
}

/// A page of a unit's applications.
package struct ApplicationLines: Sendable {
    package enum Standing: String, Sendable, Hashable, CaseIterable { case open, over }

    package struct Filter: Sendable {
        package static let wordsCharactersMax = 100
        /// A part of the business item; letters in either case.
        package let words: String
        package let standing: Standing?

        package init(words: String = "", standing: Standing? = nil) {
            self.words = String(words.prefix(Self.wordsCharactersMax))
            self.standing = standing
        }
    }

    package static let linesMax = 200

    package let lines: [Application]
    /// Of all pages.
    package let count: Int
    /// Give it back to get the next page; nil on the last.
    package let next: String?
}

/// What is asked for. The same value is a draft with holes and what is signed off.
package struct ApplicationContent: Sendable, Hashable {
    /// Purpose, basis, business item, term, promises and contact: one part for all entries.
    package var common: RequestWish
    /// In the order in which the applicant put them.
    package var parts: [ApplicationPart]

    package init(common: RequestWish = RequestWish(), parts: [ApplicationPart] = []) {
        self.common = common
        self.parts = parts
    }

    package enum Limits {
        /// Entries of one application: what one person can still sign off at a look.
        package static let entriesMax = 30
        /// Items of all its entries together.
        package static let itemsMax = 600
        /// Of the business item, which names the application.
        package static let titleCharactersMax = 100
    }

    /// The whole request for one entry.
    package func wish(of part: ApplicationPart) -> RequestWish {
        var wish = common
        wish.columns = part.wish.columns
        wish.treatments = part.wish.treatments
        wish.rows = part.wish.rows
        wish.deliveries = part.wish.deliveries
        wish.expectedRows = part.wish.expectedRows
        wish.dailyRows = part.wish.dailyRows
        return wish
    }

    package func part(of entry: EntryID) -> ApplicationPart? { parts.first { $0.entry == entry } }
}

/// What is asked of one entry: its items and how they shall be treated, its rows, how they come and how many.
package struct ApplicationPart: Sendable, Hashable {
    package let entry: EntryID
    package var wish: RequestWish

    package init(entry: EntryID, wish: RequestWish = RequestWish()) {
        self.entry = entry
        self.wish = wish
    }
}

/// What can be done with an application. The names are those of `ApplicationWorkflow`'s acts.
package enum ApplicationAct: Sendable, Hashable {
    case save(ApplicationContent)
    case submit
    /// One signature on the whole; the last of the chain parts it into requests.
    case signOff
    case sendBack
    case returnTo(step: Int)
    case withdraw
    /// What of it is still under way.
    case withdrawRest

    package var name: String {
        switch self {
        case .save: "save"
        case .submit: "submit"
        case .signOff: "sign-off"
        case .sendBack: "send-back"
        case .returnTo: "return-sign-off"
        case .withdraw: "withdraw"
        case .withdrawRest: "withdraw-rest"
        }
    }
}

/// Which application a request came of, and where it stands in it, counted from 1.
package struct ApplicationPlace: Sendable, Hashable {
    package let application: CaseID
    package let position: Int

    package init(application: CaseID, position: Int) {
        self.application = application
        self.position = position
    }
}

// MARK: - JSON

extension ApplicationContent {
    private static let ofParts: Set<String> = [
        "columns", "treatments", "rows", "deliveries", "expectedRows", "dailyRows",
    ]
    private static let ofCommon = RequestWish.fields.subtracting(ofParts)

    package var json: JSON {
        ["common": common.json.only(Self.ofCommon), "entries": .array(parts.map(Self.json))]
    }

    static func json(_ part: ApplicationPart) -> JSON {
        var members = part.wish.json.only(ofParts).object ?? [:]
        members["entry"] = .string(part.entry.text)
        return .object(members)
    }

    /// Reads what `json` writes; what is not known is refused by its place.
    package init(json: JSON) throws(ExchangeError) {
        let members = json.object ?? [:]
        if let unknown = members.keys.sorted().first(where: { !["common", "entries"].contains($0) }) {
            throw .bodyMalformed(member: unknown)
        }
        guard let listed = (members["entries"] ?? .array([])).array else {
            throw .bodyMalformed(member: "entries")
        }
        let common = try Self.wish(members["common"] ?? .object([:]), Self.ofCommon, at: "common")
        var parts: [ApplicationPart] = []
        for (position, one) in listed.enumerated() {
            let place = "entries[\(position)]"
            var fields = one.object ?? [:]
            guard let entry = fields.removeValue(forKey: "entry")?.string.flatMap({ EntryID($0) }) else {
                throw .bodyMalformed(member: "\(place).entry")
            }
            parts.append(
                ApplicationPart(
                    entry: entry, wish: try Self.wish(.object(fields), Self.ofParts, at: place)))
        }
        self.init(common: common, parts: parts)
    }

    private static func wish(
        _ json: JSON, _ known: Set<String>, at place: String
    ) throws(ExchangeError) -> RequestWish {
        if let unknown = (json.object ?? [:]).keys.sorted().first(where: { !known.contains($0) }) {
            throw .bodyMalformed(member: "\(place).\(unknown)")
        }
        do throws(ExchangeError) { return try RequestWish(json: json) } catch {
            guard case .fieldsInvalid(let faults) = error else { throw error }
            throw .fieldsInvalid(faults.map { Problem.Place("\(place).\($0.name)", $0.message) })
        }
    }
}

extension JSON {
    fileprivate func only(_ names: Set<String>) -> JSON {
        .object((object ?? [:]).filter { names.contains($0.key) })
    }
}

// MARK: - Faults

extension ApplicationContent {
    /// What a draft may not be even as a draft.
    package func sizeFaults() -> [Problem.Place] {
        var faults = common.sizeFaults().map { Problem.Place("common.\($0.name)", $0.message) }
        if common.businessItem.unicodeScalars.count > Limits.titleCharactersMax {
            faults.append(
                Problem.Place(
                    "common.businessItem",
                    Message(
                        "exchange.field-too-long", ["charactersMax": "\(Limits.titleCharactersMax)"])))
        }
        if parts.count > Limits.entriesMax {
            faults.append(
                Problem.Place(
                    "entries",
                    Message("application.entries-too-many", ["entriesMax": "\(Limits.entriesMax)"])))
        }
        if parts.reduce(0, { $0 + $1.wish.columns.count }) > Limits.itemsMax {
            faults.append(
                Problem.Place(
                    "entries", Message("application.items-too-many", ["itemsMax": "\(Limits.itemsMax)"])))
        }
        for (position, part) in parts.enumerated() {
            faults += part.wish.sizeFaults().map {
                Problem.Place("entries[\(position)].\($0.name)", $0.message)
            }
            if parts[..<position].contains(where: { $0.entry == part.entry }) {
                faults.append(
                    Problem.Place("entries[\(position)].entry", Message("application.entry-twice")))
            }
        }
        return faults
    }

    /// Everything that keeps it from being submitted on `day`; `entry` says why one cannot be asked for.
    package func faults(
        on day: CalendarDate, entry: (EntryID) throws -> RequestedEntry
    ) throws -> [Problem.Place] {
        guard !parts.isEmpty else {
            return sizeFaults() + [Problem.Place("entries", Message("application.entries-none"))]
        }
        var (shared, own): ([Problem.Place], [Problem.Place]) = ([], [])
        for (position, part) in parts.enumerated() {
            let found: RequestedEntry
            do { found = try entry(part.entry) } catch let error as ExchangeError {
                own.append(Problem.Place("entries[\(position)].entry", error.problem.message))
                continue
            }
            for fault in wish(of: part).faults(against: found, on: day) {
                if Self.ofParts.contains(fault.name) {
                    own.append(Problem.Place("entries[\(position)].\(fault.name)", fault.message))
                } else if !shared.contains(where: { $0.name == "common.\(fault.name)" }) {
                    shared.append(Problem.Place("common.\(fault.name)", fault.message))
                }
            }
        }
        let size = sizeFaults().filter { fault in
            !(shared + own).contains { $0.name == fault.name && $0.message == fault.message }
        }
        return size + shared + own
    }

    /// Those of `faults` that are about one entry, by the names of its fields.
    static func faults(_ faults: [Problem.Place], ofEntry position: Int) -> [Problem.Place] {
        let start = "entries[\(position)]."
        return faults.filter { $0.name.hasPrefix(start) }.map {
            Problem.Place(String($0.name.dropFirst(start.count)), $0.message)
        }
    }

    static func commonFaults(_ faults: [Problem.Place]) -> [Problem.Place] {
        faults.filter { $0.name.hasPrefix("common.") }.map {
            Problem.Place(String($0.name.dropFirst("common.".count)), $0.message)
        }
    }
}
