package import Kernel
package import Persistence

/// Who came of whom, over any number of steps: what a unit left closed behind is found by whoever followed it.
extension Parties {
    /// All that `party` came of; nobody for most.
    package static func forebears(of party: PartyID?, in connection: any Connection) throws -> [PartyID] {
        guard let party else { return [] }
        return try connection.rows(
            "SELECT forebear FROM party_lineage WHERE heir = \(party) ORDER BY forebear LIMIT \(listMax)"
        ).map { try $0.value("forebear") }
    }

    /// Registered and not ended by `day`, also such as begin later.
    package func standing(on day: CalendarDate) async throws -> [Party] {
        let today = try await all(on: day)
        let later = try await database.read { connection in
            try connection.rows(
                "SELECT id FROM party WHERE founded > \(day) AND dissolved IS NULL ORDER BY id LIMIT \(Self.listMax)"
            ).compactMap { try Self.find(try $0.value("id"), in: connection) }
        }
        return today + later
    }

    /// The unit itself, then all that it came of.
    package func withForebears(_ party: PartyID) async throws -> [Party] {
        try await database.read { connection in
            try ([party] + Self.forebears(of: party, in: connection)).compactMap {
                try Self.find($0, in: connection)
            }
        }
    }

    /// Whoever came of any of `parties`.
    package static func descendants(
        of parties: [PartyID], in connection: any Connection
    ) throws -> [(forebear: PartyID, heir: PartyID)] {
        guard !parties.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT forebear, heir FROM party_lineage WHERE forebear IN \(list: parties)
            ORDER BY forebear, heir LIMIT \(listMax)
            """
        ).map { (try $0.value("forebear"), try $0.value("heir")) }
    }

    /// One step, and with it every longer way that leads over it.
    static func follow(
        _ predecessor: PartyID, by successor: PartyID, _ kind: Party.Succession, on date: CalendarDate,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO party_successor (predecessor, successor, kind, date)
            VALUES (\(predecessor), \(successor), \(kind.rawValue), \(date))
            """)
        let above = [predecessor] + (try forebears(of: predecessor, in: connection))
        let below = [successor] + (try descendants(of: [successor], in: connection).map(\.heir))
        for heir in below {
            for forebear in above where forebear != heir {
                try connection.execute(
                    """
                    INSERT INTO party_lineage (heir, forebear) VALUES (\(heir), \(forebear))
                    ON CONFLICT (heir, forebear) DO NOTHING
                    """)
            }
        }
    }
}
