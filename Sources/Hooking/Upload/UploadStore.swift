import Kernel
import Persistence

/// The only SQL on uploads.
struct UploadStore: Sendable {
    func insert(_ upload: Upload, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO upload (id, owner, name, bytes, sha256, uploaded_by, uploaded_at)
            VALUES (\(upload.id), \(upload.owner), \(upload.name), \(upload.bytes), \(upload.sha256),
                \(upload.uploadedBy), \(upload.uploadedAt))
            """)
    }

    func upload(_ id: UploadID, in connection: any Connection) throws -> Upload? {
        try connection.row("SELECT * FROM upload WHERE id = \(id)").map(Self.upload)
    }

    /// The first upload of the same bytes under the same name by the same department.
    func same(as upload: Upload, in connection: any Connection) throws -> Upload? {
        try connection.row(
            """
            SELECT * FROM upload WHERE owner = \(upload.owner) AND sha256 = \(upload.sha256)
            AND name = \(upload.name) ORDER BY id LIMIT 1
            """
        ).map(Self.upload)
    }

    private static func upload(_ row: Row) throws -> Upload {
        Upload(
            id: try row.value("id"), owner: try row.value("owner"), name: try row.value("name"),
            bytes: try row.value("bytes"), sha256: try row.value("sha256"),
            uploadedBy: try row.value("uploaded_by"), uploadedAt: try row.value("uploaded_at"))
    }
}
