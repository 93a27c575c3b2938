package import Kernel

/// `{"kind":"mask","version":1,"column":"身份证号","mask":{"name":"keep-ends","first":6,"last":4}}`
extension Clause {
    package static let version: Int64 = 1

    package var json: JSON {
        var members = body
        members["kind"] = .string(kind.rawValue)
        members["version"] = .integer(Self.version)
        return .object(members)
    }

    private var body: [String: JSON] {
        switch self {
        case .columns(let names): ["names": .array(names.map { .string($0) })]
        case .rows(let predicate): ["where": predicate.json]
        case .mask(let column, let mask): ["column": .string(column), "mask": mask.json]
        case .purpose(let text): ["text": .string(text)]
        case .validity(let from, let to):
            ["from": .string(from.description), "to": .string(to.description)]
        case .totalQuota(let rows), .dailyQuota(let rows): ["rows": .exact(rows)]
        case .delivery(let kinds): ["kinds": .array(kinds.map(\.rawValue).sorted().map { .string($0) })]
        case .values(let column, let allowed):
            ["column": .string(column), "allowed": .array(allowed.map { .string($0) })]
        case .coordinates(let longitude, let latitude, let places):
            [
                "longitude": .string(longitude), "latitude": .string(latitude),
                "places": .integer(Int64(places)),
            ]
        case .rate(let rate):
            [
                "callsPerMinute": rate.callsPerMinute, "callsPerDay": rate.callsPerDay,
                "rowsPerMinute": rate.rowsPerMinute,
            ].compactMapValues { $0.map { .exact($0) } }
        case .networks(let ranges): ["ranges": .array(ranges.map { .string($0.text) })]
        case .hours(let hours):
            [
                "days": .string(hours.days.text), "from": .string(OpeningHours.text(hours.from)),
                "to": .string(OpeningHours.text(hours.to)),
            ]
        case .minimumRows(let rows): ["rows": .exact(rows)]
        case .asOf(.day(let day)): ["day": .string(day.description)]
        case .asOf(.version(let number)): ["number": .integer(Int64(number))]
        case .tries(let tries): ["perKeyAndDay": .exact(tries)]
        case .superiorConsent(let consent): consent.members
        case .retention(let days): ["days": .integer(Int64(days))]
        case .caseNumber, .jointTest, .noRedistribution: [:]
        }
    }

    /// Throws `PolicyError.malformed` naming the kind, mask or member that this build does not know.
    package init(json: JSON) throws(PolicyError) { try self.init(JSONReader(json, path: "$")) }

    init(_ reader: JSONReader) throws(PolicyError) {
        let name = try reader.text("kind")
        guard let kind = Kind(rawValue: name) else { throw reader.unknown(name, at: "kind") }
        do throws(PolicyError) {
            guard try reader.integer("version") == Self.version else {
                throw reader.fault(.unknownVersion, ["expected": String(Self.version)])
            }
            self = try Self.read(kind, reader)
        } catch {
            if case .malformed(let refusals) = error {
                throw .malformed(refusals.map { $0.within(clause: kind.rawValue) })
            }
            throw error
        }
    }

    private static func read(_ kind: Kind, _ reader: JSONReader) throws(PolicyError) -> Clause {
        func only(_ members: Set<String>) throws(PolicyError) {
            try reader.only(members.union(["kind", "version"]))
        }
        switch kind {
        case .columns:
            try only(["names"])
            return .columns(try reader.texts("names", max: Limits.columnsMax))
        case .rows:
            try only(["where"])
            return .rows(try Expression(json: reader.member("where").json))
        case .mask:
            try only(["column", "mask"])
            return .mask(column: try reader.text("column"), try Mask(reader.member("mask")))
        case .purpose:
            try only(["text"])
            return .purpose(try reader.text("text"))
        case .validity:
            try only(["from", "to"])
            return .validity(from: try reader.date("from"), to: try reader.date("to"))
        case .totalQuota:
            try only(["rows"])
            return .totalQuota(rows: try reader.integer("rows"))
        case .dailyQuota:
            try only(["rows"])
            return .dailyQuota(rows: try reader.integer("rows"))
        case .delivery:
            try only(["kinds"])
            var kinds: Set<DeliveryKind> = []
            for element in try reader.elements("kinds") {
                let name = element.json.string ?? element.json.canonical
                guard let kind = DeliveryKind(rawValue: name) else {
                    throw reader.unknown(name, at: "kinds")
                }
                kinds.insert(kind)
            }
            return .delivery(kinds)
        case .values, .coordinates: return try readOfColumns(kind, reader)
        case .rate, .networks, .hours, .minimumRows, .asOf, .tries:
            return try readCircumstance(kind, reader)
        case .superiorConsent:
            try only(["number", "issuer", "on", "digest"])
            return .superiorConsent(
                SuperiorConsent(
                    number: try reader.text("number"), issuer: try reader.text("issuer"),
                    on: try reader.date("on"), digest: try reader.text("digest")))
        case .retention:
            try only(["days"])
            let days = try reader.integer("days")
            guard let days = Int(exactly: days) else { throw reader.wrong("days", expected: "days") }
            return .retention(days: days)
        case .caseNumber, .jointTest, .noRedistribution:
            try only([])
            return kind == .caseNumber ? .caseNumber : kind == .jointTest ? .jointTest : .noRedistribution
        }
    }
}

extension Clause {
    private static func readOfColumns(
        _ kind: Kind, _ reader: JSONReader
    ) throws(PolicyError) -> Clause {
        switch kind {
        case .values:
            try reader.only(["column", "allowed", "kind", "version"])
            return .values(
                column: try reader.text("column"),
                allowed: try reader.texts("allowed", max: Expression.Limits.listValuesMax))
        case .coordinates:
            try reader.only(["longitude", "latitude", "places", "kind", "version"])
            return .coordinates(
                longitude: try reader.text("longitude"), latitude: try reader.text("latitude"),
                places: Int(clamping: try reader.integer("places")))
        default: throw reader.unknown(kind.rawValue, at: "kind")
        }
    }

    private static func readCircumstance(
        _ kind: Kind, _ reader: JSONReader
    ) throws(PolicyError) -> Clause {
        switch kind {
        case .rate:
            try reader.only(["callsPerMinute", "callsPerDay", "rowsPerMinute", "kind", "version"])
            return .rate(
                RateLimit(
                    callsPerMinute: try reader.optionalInteger("callsPerMinute"),
                    callsPerDay: try reader.optionalInteger("callsPerDay"),
                    rowsPerMinute: try reader.optionalInteger("rowsPerMinute")))
        case .networks:
            try reader.only(["ranges", "kind", "version"])
            return .networks(
                try reader.texts("ranges", max: Limits.networksMax).map { text throws(PolicyError) in
                    guard let range = NetworkRange(text) else {
                        throw reader.wrong("ranges", expected: "10.0.0.0/8, 2001:db8::/32")
                    }
                    return range
                })
        case .hours:
            try reader.only(["days", "from", "to", "kind", "version"])
            guard let days = OpeningHours.Days(try reader.text("days")) else {
                throw reader.wrong("days", expected: "every-day, working-days, 12345")
            }
            guard let from = OpeningHours.minutes(try reader.text("from")) else {
                throw reader.wrong("from", expected: "hh:mm")
            }
            guard let to = OpeningHours.minutes(try reader.text("to")) else {
                throw reader.wrong("to", expected: "hh:mm")
            }
            return .hours(OpeningHours(days: days, from: from, to: to))
        case .minimumRows:
            try reader.only(["rows", "kind", "version"])
            return .minimumRows(try reader.integer("rows"))
        case .asOf:
            try reader.only(["day", "number", "kind", "version"])
            guard reader.json["number"] != nil else { return .asOf(.day(try reader.date("day"))) }
            // Both at once would leave it open which one holds.
            guard reader.json["day"] == nil else { throw reader.unknown("number", at: "day") }
            return .asOf(.version(number: Int(clamping: try reader.integer("number"))))
        case .tries:
            try reader.only(["perKeyAndDay", "kind", "version"])
            return .tries(perKeyAndDay: try reader.integer("perKeyAndDay"))
        default: throw reader.unknown(kind.rawValue, at: "kind")
        }
    }
}

extension Mask {
    package var json: JSON {
        var members: [String: JSON] = ["name": .string(name.rawValue)]
        switch self {
        case .keepEnds(let first, let last):
            members["first"] = .integer(Int64(first))
            members["last"] = .integer(Int64(last))
        case .truncate(let first): members["first"] = .integer(Int64(first))
        case .constant(let text): members["text"] = .string(text)
        case .band(let width): members["width"] = .exact(width)
        case .step(let step): members["step"] = .exact(step)
        case .limits(let low, let high):
            members["low"] = low.map { .exact($0) }
            members["high"] = high.map { .exact($0) }
        case .decimals(let places): members["places"] = .integer(Int64(places))
        case .county(let names): members["divisions"] = .array(names.map { .string($0) })
        case .surname, .yearOnly, .yearMonth, .drop, .pseudonym: break
        }
        return .object(members)
    }

    package init(json: JSON) throws(PolicyError) { try self.init(JSONReader(json, path: "$")) }

    init(_ reader: JSONReader) throws(PolicyError) {
        let text = try reader.text("name")
        guard let name = Name(rawValue: text) else { throw reader.unknown(text, at: "name") }
        self = try Self.read(name, reader)
        try reader.only(Set(arguments.keys).union(["name"]))
        if let limit = brokenLimit { throw reader.fault(.maskParameter, ["limit": limit]) }
    }

    private static func read(_ name: Name, _ reader: JSONReader) throws(PolicyError) -> Mask {
        // What is beyond every limit is refused with them, not cut off here.
        func count(_ member: String) throws(PolicyError) -> Int {
            Int(clamping: try reader.integer(member))
        }
        switch name {
        case .keepEnds: return .keepEnds(first: try count("first"), last: try count("last"))
        case .truncate: return .truncate(first: try count("first"))
        case .constant: return .constant(try reader.text("text"))
        case .band: return .band(width: try reader.integer("width"))
        case .step: return .step(try reader.integer("step"))
        case .top: return .limits(low: nil, high: try reader.integer("high"))
        case .bottom: return .limits(low: try reader.integer("low"), high: nil)
        case .limits: return .limits(low: try reader.integer("low"), high: try reader.integer("high"))
        case .decimals: return .decimals(try count("places"))
        case .county:
            return .county(try reader.texts("divisions", max: Clause.Limits.divisionsMax))
        case .surname: return .surname
        case .yearOnly: return .yearOnly
        case .yearMonth: return .yearMonth
        case .drop: return .drop
        case .pseudonym: return .pseudonym
        }
    }
}

extension [Clause] {
    package var json: JSON { .array(map(\.json)) }

    package init(json: JSON) throws(PolicyError) {
        guard let elements = json.array else {
            throw JSONReader(json, path: "$").wrong("", expected: "array")
        }
        guard elements.count <= Clause.Limits.clausesMax else {
            throw JSONReader(json, path: "$").fault(.tooLarge, ["limit": String(Clause.Limits.clausesMax)])
        }
        self = try elements.enumerated().map { item throws(PolicyError) in
            try Clause(JSONReader(item.element, path: "$[\(item.offset)]"))
        }
    }
}
