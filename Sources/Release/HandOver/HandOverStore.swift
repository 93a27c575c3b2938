import Kernel
import Persistence
import Policy

/// The only SQL on hand-overs.
struct HandOverStore: Sendable {
    static let listMax = 200
    private static let scopeColumns = Scope.Columns(owner: "provider", recipient: "recipient")

    func insert(_ handOver: HandOver, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO hand_over (id, release_id, grant_id, provider, recipient, taken_by, medium, is_sealed,
                volumes, made_by, made_at, leaf)
            VALUES (\(handOver.id), \(handOver.release), \(handOver.grant), \(handOver.provider),
                \(handOver.recipient), \(handOver.takenBy), \(handOver.medium), \(handOver.isSealed),
                \(try Document(handOver.volumes)), \(handOver.madeBy), \(handOver.madeAt), \(handOver.leaf))
            """)
    }

    /// Not found also when the scope does not show it.
    func handOver(_ id: PackageID, scope: Scope, in connection: any Connection) throws -> HandOver {
        let row = try connection.row(
            "SELECT * FROM hand_over WHERE id = \(id) AND \(scope.condition(Self.scopeColumns))")
        guard let row else { throw ReleaseError.notFound }
        return try Self.handOver(row)
    }

    /// Newest first.
    func list(of release: ReleaseID, scope: Scope, in connection: any Connection) throws -> [HandOver] {
        try connection.rows(
            """
            SELECT * FROM hand_over WHERE release_id = \(release) AND \(scope.condition(Self.scopeColumns))
            ORDER BY id DESC LIMIT \(Self.listMax)
            """
        ).map(Self.handOver)
    }

    private static func handOver(_ row: Row) throws -> HandOver {
        HandOver(
            id: try row.value("id"), release: try row.value("release_id"), grant: try row.value("grant_id"),
            provider: try row.value("provider"), recipient: try row.value("recipient"),
            takenBy: try row.value("taken_by"), medium: try row.value("medium"),
            isSealed: try row.value("is_sealed"),
            volumes: try row.value("volumes", as: Document<[HandOver.Volume]>.self).content,
            madeBy: try row.value("made_by"), madeAt: try row.value("made_at"), leaf: try row.value("leaf"))
    }
}
