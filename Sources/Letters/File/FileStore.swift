import Kernel
import Persistence
import Policy

/// The only SQL on files and templates of letters.
struct FileStore: Sendable {
    func insert(_ file: LetterFile, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO letter_file (id, letter_id, kind, name, format, bytes, digest, is_scanned, added_by,
                added_at, leaf_id)
            VALUES (\(file.id), \(file.letter), \(file.kind.rawValue), \(file.name), \(file.format.rawValue),
                \(file.bytes), \(file.digest), \(file.isScanned), \(file.addedBy), \(file.addedAt),
                \(file.leaf))
            """)
    }

    /// In the order in which they came.
    func files(of letter: LetterID, in connection: any Connection) throws -> [LetterFile] {
        try connection.rows(
            "SELECT * FROM letter_file WHERE letter_id = \(letter) ORDER BY id LIMIT \(LetterLimits.filesMax)"
        ).map(Self.file)
    }

    func file(_ id: LetterFileID, of letter: LetterID, in connection: any Connection) throws -> LetterFile? {
        try connection.row("SELECT * FROM letter_file WHERE id = \(id) AND letter_id = \(letter)").map(
            Self.file)
    }

    /// Those of the same bytes.
    func files(digested digests: [String], in connection: any Connection) throws -> [LetterFile] {
        try connection.rows(
            "SELECT * FROM letter_file WHERE digest IN \(list: digests) ORDER BY id LIMIT \(LetterStore.listMax)"
        ).map(Self.file)
    }

    private static func file(_ row: Row) throws -> LetterFile {
        let (kind, format): (String, String) = (try row.value("kind"), try row.value("format"))
        guard let kind = LetterFile.Kind(rawValue: kind), let format = LetterFile.Format(rawValue: format)
        else {
            throw DatabaseError.unexpected(column: "kind", found: .text(kind))
        }
        return LetterFile(
            id: try row.value("id"), letter: try row.value("letter_id"), kind: kind,
            name: try row.value("name"), format: format, bytes: try row.value("bytes"),
            digest: try row.value("digest"), isScanned: try row.value("is_scanned"),
            addedBy: try row.value("added_by"), addedAt: try row.value("added_at"),
            leaf: try row.value("leaf_id"))
    }

    // MARK: - Templates

    func insert(_ template: LetterTemplate, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO letter_template (id, owner, name, bytes, digest, placeholders, set_by, set_at)
            VALUES (\(template.id), \(template.owner), \(template.name), \(template.bytes), \(template.digest),
                \(JSON.array(template.placeholders.map { .string($0) })), \(template.setBy), \(template.setAt))
            """)
    }

    func template(_ id: LetterTemplateID, in connection: any Connection) throws -> LetterTemplate? {
        try connection.row("SELECT * FROM letter_template WHERE id = \(id)").map(Self.template)
    }

    /// Of a unit, in use.
    func templates(of owner: PartyID, in connection: any Connection) throws -> [LetterTemplate] {
        try connection.rows(
            """
            SELECT * FROM letter_template WHERE owner = \(owner) AND ended_at IS NULL ORDER BY id
            LIMIT \(LetterLimits.templatesMax)
            """
        ).map(Self.template)
    }

    func end(_ id: LetterTemplateID, at now: Instant, in connection: any Connection) throws {
        try connection.execute("UPDATE letter_template SET ended_at = \(now) WHERE id = \(id)")
    }

    private static func template(_ row: Row) throws -> LetterTemplate {
        let words = try JSON.parse(row.value("placeholders", as: String.self)).array ?? []
        return LetterTemplate(
            id: try row.value("id"), owner: try row.value("owner"), name: try row.value("name"),
            bytes: try row.value("bytes"), digest: try row.value("digest"),
            placeholders: words.compactMap(\.string), setBy: try row.value("set_by"),
            setAt: try row.value("set_at"), endedAt: try row.optional("ended_at"))
    }
}
