package import Cryptography
import Foundation
package import Kernel
package import Lake
import Policy

/// The row store of each version: a cache beside the lake, sealed under the version's own key, built again whenever it is missing
/// or damaged.
package struct RowStores: Sendable {
    private let engine: Engine
    private let cipher: @Sendable (VersionID) throws -> Cipher
    let cache: RowCache
    private let building = BuildsUnderWay()

    package init(
        engine: Engine, cache: RowCache, cipher: @escaping @Sendable (VersionID) throws -> Cipher
    ) {
        self.engine = engine
        self.cache = cache
        self.cipher = cipher
    }

    func path(_ version: VersionID) -> String { "\(engine.folder.rowStores)/\(version)" }

    /// Reads every row of the version once; memory stays flat.
    func build(_ manifest: VersionManifest, keyColumns: [String]) async throws {
        let schema = try manifest.schema()
        let writer = RowStoreBuild(
            try RowStoreWriter(
                path: path(manifest.version), version: manifest.version, schema: schema,
                keyColumns: keyColumns, cipher: try cipher(manifest.version)))
        let plan = try Plan.internal(.rowStoreBuild, entry: manifest.entry, schema: schema)
        _ = try await engine.read(plan, of: engine.source(manifest)) { rows in try writer.append(rows) }
        try writer.finish()
    }

    /// Opens a version's store; builds it first when it cannot be opened.
    package func open(_ manifest: VersionManifest, keyColumns: [String]) async throws -> RowStore {
        let cipher = try self.cipher(manifest.version)
        do {
            return try RowStore(
                path: path(manifest.version), version: manifest.version, cipher: cipher, cache: cache)
        } catch {
            try await building.once(manifest.version) { try await build(manifest, keyColumns: keyColumns) }
            return try RowStore(
                path: path(manifest.version), version: manifest.version, cipher: cipher, cache: cache)
        }
    }
}

/// Batches come one after another, from whichever thread.
private final class RowStoreBuild: @unchecked Sendable {
    private let lock = NSLock()
    private let writer: RowStoreWriter

    init(_ writer: RowStoreWriter) { self.writer = writer }

    func append(_ rows: [[Value]]) throws { try lock.withLock { for row in rows { try writer.append(row) } } }
    func finish() throws { try lock.withLock { try writer.finish() } }
}

/// One build of a version at a time, shared by all who wait for it.
private actor BuildsUnderWay {
    private var tasks: [VersionID: Task<Void, any Error>] = [:]

    func once(_ version: VersionID, _ build: @escaping @Sendable () async throws -> Void) async throws {
        let task = tasks[version] ?? Task { try await build() }
        tasks[version] = task
        defer { tasks[version] = nil }
        try await task.value
    }
}
