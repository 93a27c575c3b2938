import Cryptography
package import Evidence
package import Kernel
package import Persistence

/// The dated list of bodies (机构名录): what a decision named, line by line, and what became of each since. Whoever manages units keeps it;
/// nothing of it takes effect by itself. Every state that a line was in stays.
package struct UnitLists: Sendable {
    package static let linesMax = 500
    package static let textCharactersMax = 200
    package static let commentCharactersMax = 500

    /// A line, with who it was set by and how often.
    package struct Entry: Sendable, Hashable {
        package let line: UnitChanges.Line
        /// By which the body is listed at all.
        package let source: UnitChanges.Source
        package let revision: Int
        package let changedBy: AccountID?
        package let changedAt: Instant

        package init(
            line: UnitChanges.Line, source: UnitChanges.Source, revision: Int, changedBy: AccountID?,
            changedAt: Instant
        ) {
            self.line = line
            self.source = source
            self.revision = revision
            self.changedBy = changedBy
            self.changedAt = changedAt
        }
    }

    /// What a newer list would make of a line.
    package enum Difference: Sendable, Hashable {
        case changes(from: UnitChanges.Line, to: UnitChanges.Line)
        case joins(UnitChanges.Line)
    }

    let database: any Database
    let evidence: EvidenceLog

    package init(database: any Database, evidence: EvidenceLog) {
        self.database = database
        self.evidence = evidence
    }

    /// In the order of the list.
    package func entries() async throws -> [Entry] {
        try await database.read { try Self.entries(in: $0) }
    }

    /// What each of these names is on `day`: the unit, or whoever stands in its place; nobody for a name that is not known.
    package func today(_ names: [String], on day: CalendarDate) async throws -> [String: [Party]] {
        try await database.read { connection in
            var today: [String: [Party]] = [:]
            for name in names {
                guard let unit = try Parties.named(name, in: connection).first else { continue }
                guard let end = unit.dissolved, end <= day else {
                    today[name] = [unit]
                    continue
                }
                today[name] = try Parties.descendants(of: [unit.id], in: connection).compactMap {
                    try Parties.find($0.heir, in: connection)
                }.filter { $0.dissolved == nil }
            }
            return today
        }
    }

    /// Every state that a line was in, latest first.
    package func history(of name: String) async throws -> [Entry] {
        try await database.read { connection in
            try Self.entries("WHERE l.name = \(name) ORDER BY l.revision DESC", in: connection)
        }
    }

    /// As the profile ships it, into a node that has none yet. Answers how many lines are new.
    @discardableResult
    package func plant(_ changes: UnitChanges, by actor: Principal, at now: Instant) async throws -> Int {
        try await database.write { connection in
            guard try Self.entries(in: connection).isEmpty else { return 0 }
            try take(changes.lines, of: changes.source, by: actor, at: now, in: connection)
            return changes.lines.count
        }
    }

    /// What `changes` would make of the list. Lines that it does not name stay.
    package func differences(_ changes: UnitChanges) async throws -> [Difference] {
        let present = try await entries()
        return Self.differences(changes, from: present)
    }

    /// Takes a newer list over: what differs, each as a new state of its line. `seen` is the digest of the list that was looked at.
    ///
    /// - Throws: `unitListMoved` when somebody changed it since.
    @discardableResult
    package func take(
        _ changes: UnitChanges, seen: String, by actor: Principal, at now: Instant
    ) async throws -> Int {
        try await database.write { connection in
            let present = try Self.entries(in: connection)
            guard Self.digest(of: present) == seen else { throw IdentityError.unitListMoved }
            var fresh: [UnitChanges.Line] = []
            var joining = 0
            for each in Self.differences(changes, from: present) {
                switch each {
                case .changes(_, let line): fresh.append(line)
                case .joins(let line):
                    fresh.append(line)
                    joining += 1
                }
            }
            guard present.count + joining <= Self.linesMax else {
                throw IdentityError.seedLine(Self.linesMax, "lines")
            }
            try take(fresh, of: changes.source, by: actor, at: now, in: connection)
            return fresh.count
        }
    }

    /// One line, as somebody corrected it on its page.
    ///
    /// - Throws: `unitListUnknown`; `unitListMoved` when somebody changed it since `revision`.
    package func set(
        _ line: UnitChanges.Line, seen revision: Int, by actor: Principal, at now: Instant
    ) async throws {
        try await database.write { connection in
            guard
                let present = try Self.entries("WHERE l.name = \(line.name)", in: connection)
                    .max(by: { $0.revision < $1.revision })
            else { throw IdentityError.unitListUnknown }
            guard present.revision == revision else { throw IdentityError.unitListMoved }
            guard !present.line.says(line) else { return }
            try take([line], of: present.source, by: actor, at: now, in: connection)
        }
    }

    /// Of the list as it stands: what a page carries to its answer.
    package static func digest(of entries: [Entry]) -> String {
        DigestAlgorithm.sha256.digest(
            JSON.array(
                entries.map { .array([.string($0.line.name), .integer(Int64($0.revision))]) }
            ).canonicalBytes
        ).hex
    }

    // MARK: - Parts of it

    private static func differences(_ changes: UnitChanges, from present: [Entry]) -> [Difference] {
        let known = Dictionary(
            present.map { (Party.matchKey($0.line.name), $0.line) }, uniquingKeysWith: { one, _ in one })
        return changes.lines.compactMap { line in
            guard let old = known[Party.matchKey(line.name)] else { return .joins(line) }
            let renamed = line.named(old.name)
            return old.says(renamed) ? nil : .changes(from: old, to: renamed)
        }
    }

    private func take(
        _ lines: [UnitChanges.Line], of source: UnitChanges.Source, by actor: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        guard try AdministrativeScope.of(actor, in: connection).isNode else {
            throw IdentityError.scopeBeyond
        }
        let present = try Self.entries(in: connection)
        var places = Dictionary(
            present.map { ($0.line.name, ($0.line.number, $0.revision)) }, uniquingKeysWith: { one, _ in one }
        )
        let sources = Dictionary(
            present.map { ($0.line.name, $0.source) }, uniquingKeysWith: { one, _ in one })
        var last = present.map(\.line.number).max() ?? 0
        for line in lines {
            if places[line.name] == nil { last += 1 }
            let (position, revision) = places[line.name] ?? (last, 0)
            places[line.name] = (position, revision + 1)
            let listed = sources[line.name] ?? source
            try connection.execute(
                """
                INSERT INTO unit_list_line (name, revision, position, answer, becomes, starts, document, comment,
                    source, source_day, changed_by, changed_at)
                VALUES (\(line.name), \(revision + 1), \(position), \(line.answer.rawValue), \(line.becomes),
                    \(line.date), \(line.document), \(line.comment), \(listed.document), \(listed.date),
                    \(actor.account), \(now))
                """)
        }
        guard !lines.isEmpty else { return }
        try evidence.append(
            Leaf(
                id: .new(at: now), type: "unit-list.set", at: now, actor: actor.actor,
                subjects: [Leaf.Subject(kind: "unit-list", id: "bodies")],
                payload: ["lines": .array(lines.map(\.json))]), in: connection)
    }

    private static func entries(in connection: any Connection) throws -> [Entry] {
        try entries(
            """
            WHERE l.revision = (SELECT MAX(n.revision) FROM unit_list_line n WHERE n.name = l.name)
            ORDER BY l.position
            """, in: connection)
    }

    private static func entries(_ condition: SQL, in connection: any Connection) throws -> [Entry] {
        try connection.rows(
            "SELECT l.* FROM unit_list_line l " + condition + " LIMIT \(linesMax)"
        ).map { row in
            let answer: String = try row.value("answer")
            guard let known = UnitChanges.Answer(rawValue: answer) else {
                throw DatabaseError.unexpected(column: "answer", found: .text(answer))
            }
            return Entry(
                line: UnitChanges.Line(
                    number: try row.value("position"), name: try row.value("name"), answer: known,
                    becomes: try row.value("becomes"), date: try row.optional("starts"),
                    document: try row.value("document"), comment: try row.value("comment")),
                source: UnitChanges.Source(
                    document: try row.value("source"), date: try row.optional("source_day")),
                revision: try row.value("revision"), changedBy: try row.optional("changed_by"),
                changedAt: try row.value("changed_at"))
        }
    }
}

extension UnitChanges.Line {
    /// All but its place in a file.
    func says(_ other: UnitChanges.Line) -> Bool {
        (name, answer, becomes, date, document, comment)
            == (other.name, other.answer, other.becomes, other.date, other.document, other.comment)
    }

    func named(_ name: String) -> UnitChanges.Line {
        UnitChanges.Line(
            number: number, name: name, answer: answer, becomes: becomes, date: date, document: document,
            comment: comment)
    }

    fileprivate var json: JSON {
        [
            "name": .string(name), "answer": .string(answer.rawValue), "becomes": .string(becomes),
            "from": date.map { .string($0.description) } ?? .null, "document": .string(document),
            "comment": .string(comment),
        ]
    }
}
