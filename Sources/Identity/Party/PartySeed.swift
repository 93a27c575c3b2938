package import Kernel
internal import Persistence

/// The parties a profile brings: tab-separated `kind name alias division parent members`, members by name, separated by `;`.
package struct PartySeed: Sendable {
    struct Line: Sendable {
        let number: Int
        let kind: Party.Kind
        let name: String
        let aliases: [String]
        let division: DivisionCode?
        let parent: String?
        let members: [String]
    }

    let lines: [Line]

    package init(tsv: String) throws(IdentityError) {
        var lines: [Line] = []
        for (index, text) in tsv.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if text.isEmpty || text.hasPrefix("#") { continue }
            let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 6 else { throw .seedLine(index + 1, "six cells") }
            guard let kind = Party.Kind(rawValue: cells[0]) else { throw .seedLine(index + 1, "kind") }
            guard !cells[1].isEmpty else { throw .seedLine(index + 1, "name") }
            let division = DivisionCode(cells[3])
            guard cells[3].isEmpty || division != nil else { throw .seedLine(index + 1, "division") }
            lines.append(
                Line(
                    number: index + 1, kind: kind, name: cells[1],
                    aliases: cells[2].split(separator: ";").map(String.init), division: division,
                    parent: cells[4].isEmpty ? nil : cells[4],
                    members: cells[5].split(separator: ";").map(String.init)))
        }
        self.lines = lines
    }
}

extension Parties {
    /// Makes the parties of `seed` that are not there yet, by name; all of them or none. Answers how many are new.
    @discardableResult
    package func plant(
        _ seed: PartySeed, founded: CalendarDate, by actor: Principal, at now: Instant
    ) async throws -> Int {
        let fresh = seed.lines.map { _ in PartyID.new(at: now) }
        return try await database.write { connection in
            var ids: [String: PartyID] = [:]
            var planted = 0
            for (line, id) in zip(seed.lines, fresh) {
                if let known = try Self.named(line.name, in: connection).first {
                    ids[line.name] = known.id
                    continue
                }
                let parent = try line.parent.map { name in
                    guard let parent = ids[name] else { throw IdentityError.seedLine(line.number, name) }
                    return parent
                }
                let draft = PartyDraft(
                    kind: line.kind, name: line.name, aliases: line.aliases, division: line.division,
                    parent: parent, founded: founded)
                ids[line.name] = try create(draft, id: id, by: actor, at: now, in: connection).id
                planted += 1
                guard line.kind == .group else { continue }
                let members = try line.members.map { name in
                    guard let member = ids[name] else { throw IdentityError.seedLine(line.number, name) }
                    return member
                }
                try setMembers(of: id, to: members, by: actor, at: now, in: connection)
            }
            return planted
        }
    }
}
