import Cryptography
import Kernel
import Persistence

extension Successions {
    func rehearse(
        _ succession: Succession, by actor: Principal, in connection: any Connection
    ) throws -> SuccessionRehearsal {
        let choices = try Self.choices(of: succession.id, in: connection)
        guard succession.isOpen, succession.order.kind != .rename else {
            return SuccessionRehearsal(
                succession: succession, choices: choices, lines: succession.lines, faults: [])
        }
        try demandUnits(of: succession.order, in: connection)
        var lines: [SuccessionLine] = []
        var faults: [SuccessionFault] = []
        let names = try Self.names(of: succession.order, in: connection)
        for (place, predecessor) in succession.order.predecessors.enumerated() {
            let items = try belongings.flatMap { try $0.listed(predecessor, connection) }
            let found = Self.lines(
                items, of: predecessor,
                only: succession.order.kind == .merge ? succession.order.successors.first : nil, choices)
            if found.count > Succession.itemsMax, let last = found.last {
                faults.append(SuccessionFault(.tooMany, last.item))
            }
            faults += found.compactMap(Self.fault)
            let move = SuccessionMove(
                succession: succession.id, predecessor: predecessor,
                successors: succession.order.successors, actor: actor, at: succession.madeAt, lines: found,
                before: Array(succession.order.predecessors.prefix(place)), names: names)
            faults += try belongings.flatMap { try $0.checked(move, connection) }
            lines += found
        }
        return SuccessionRehearsal(succession: succession, choices: choices, lines: lines, faults: faults)
    }

    /// As the units are called on the day.
    private static func names(
        of order: SuccessionOrder, in connection: any Connection
    ) throws -> [PartyID: String] {
        var names: [PartyID: String] = [:]
        for unit in order.predecessors + order.successors {
            names[unit] = try Parties.find(unit, in: connection)?.name(on: order.date)
        }
        return names
    }

    private static func fault(_ line: SuccessionLine) -> SuccessionFault? {
        switch line.item.fate {
        case .waits: SuccessionFault(.underWay, line.item)
        case .moves where line.heir == nil: SuccessionFault(.unassigned, line.item)
        case .moves, .ends, .everyone: nil
        }
    }

    /// What goes with another thing goes where that one goes, if that one is in the list too.
    private static func lines(
        _ items: [SuccessionItem], of predecessor: PartyID, only heir: PartyID?, _ choices: SuccessionChoices
    ) -> [SuccessionLine] {
        let known = Dictionary(items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return items.map { item in
            guard item.fate == .moves else { return SuccessionLine(predecessor, item, heir: nil) }
            var root = item
            // Further than an entry's grant's delivery nothing leads.
            for _ in 0..<3 {
                guard let next = root.with.flatMap({ known[$0] }) else { break }
                root = next
            }
            return SuccessionLine(predecessor, item, heir: heir ?? choices.heir(of: root))
        }
    }

    func carryOut(
        _ rehearsal: SuccessionRehearsal, by actor: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        let (succession, order) = (rehearsal.succession, rehearsal.succession.order)
        let digest = SuccessionLine.digest(rehearsal.lines)
        switch order.kind {
        case .rename:
            guard let unit = order.predecessors.first else { throw SuccessionError.unitsInvalid }
            try parties.rename(
                unit, to: order.newName, from: order.date, by: actor, at: now, in: connection)
        case .merge, .split:
            let names = try Self.names(of: order, in: connection)
            for (place, predecessor) in order.predecessors.enumerated() {
                let move = SuccessionMove(
                    succession: succession.id, predecessor: predecessor, successors: order.successors,
                    actor: actor, at: now, lines: rehearsal.lines.filter { $0.predecessor == predecessor },
                    before: Array(order.predecessors.prefix(place)), names: names)
                for each in belongings { try each.moved(move, connection) }
            }
            try parties.end(
                order.predecessors, for: order.successors, order.kind == .split ? .split : .merge,
                on: order.date, in: connection)
            try record(
                "party.succeeded", succession,
                [
                    "items": .integer(Int64(rehearsal.lines.count)), "itemsDigest": .string(digest.text),
                    "confirmedBy": succession.confirmedBy.map { .string($0.text) } ?? .null,
                ], by: actor, at: now, in: connection)
        }
        let changed = try connection.execute(
            """
            UPDATE party_succession SET state = 'done', revision = revision + 1, problem = \(nil),
                ended_at = \(now), lines = \(try Document(rehearsal.lines)), lines_digest = \(digest.text)
            WHERE id = \(succession.id) AND state = 'planned'
            """)
        guard changed == 1 else { throw SuccessionError.stale }
    }

    // MARK: - What has to hold

    static func demandScope(
        of order: SuccessionOrder, for actor: Principal, in connection: any Connection
    ) throws {
        try demandScope(of: order, within: AdministrativeScope.of(actor, in: connection))
    }

    /// Nothing is moved over the border of what somebody administers: all units are within it.
    ///
    /// - Throws: `SuccessionError.unknown`, as for one that is not there.
    static func demandScope(of order: SuccessionOrder, within scope: AdministrativeScope) throws {
        guard (order.predecessors + order.successors).allSatisfy({ scope.contains($0) }) else {
            throw SuccessionError.unknown
        }
        try scope.demand(order.predecessors, followedBy: order.successors)
    }

    /// Each exists, ends no earlier than it began, and stands for itself.
    func demandUnits(of order: SuccessionOrder, in connection: any Connection) throws {
        for id in order.predecessors + order.successors {
            let unit = try parties.standing(id, in: connection)
            guard unit.kind != .group else { throw SuccessionError.unitsInvalid }
            if let founded = unit.founded, order.date < founded { throw SuccessionError.backwards }
        }
        if order.kind == .rename { try parties.refuseTaken(order.newName, in: connection) }
    }

    /// One unit is in one open succession, so that what is rehearsed is what happens.
    func demandFree(_ order: SuccessionOrder, in connection: any Connection) throws {
        let units = Set(order.predecessors + order.successors)
        for other in try Self.successions(where: "state IN ('draft', 'planned')", in: connection) {
            let ending = other.order.kind == .rename ? [] : other.order.predecessors
            if !units.isDisjoint(with: ending)
                || !Set(order.predecessors).isDisjoint(
                    with: other.order.predecessors + other.order.successors)
            {
                throw SuccessionError.elsewhere(other.id)
            }
        }
    }
}
