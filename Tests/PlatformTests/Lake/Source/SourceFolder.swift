import CSQLite
import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import Testing

/// A folder of one test with its own engine: sources go in, stagings come out, all of it goes away.
final class SourceFolder: Sendable {
    let path: String
    let connection: Connection

    init() throws {
        path =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("headwaters-source-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path + "/staged", withIntermediateDirectories: true)
        connection = try Database(
            Database.Settings(
                memoryMebibytesMax: 256, threads: 1, temporaryFolder: path + "/spill",
                extensionFolder: EngineFiles.extensions)
        ).connect()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var confinement: SourceConfinement { SourceConfinement(folders: [path, SharedData.folder]) }
    var stagedFolder: String { path + "/staged" }
    var stagedFiles: [String] { (try? FileManager.default.contentsOfDirectory(atPath: stagedFolder)) ?? [] }

    func write(_ bytes: [UInt8], to name: String = "table.csv") throws -> Source {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return .text(path: "\(path)/\(name)")
    }

    func write(_ text: String, to name: String = "table.csv") throws -> Source {
        try write(Array(text.utf8), to: name)
    }

    /// Runs statements on a SQLite file, which is made when it is not there.
    func sqlite(_ path: String, _ sql: String) throws {
        var handle: OpaquePointer?
        try #require(sqlite3_open(path, &handle) == SQLITE_OK)
        defer { sqlite3_close(handle) }
        var message: UnsafeMutablePointer<CChar>?
        let code = sqlite3_exec(handle, sql, nil, nil, &message)
        try #require(code == SQLITE_OK, "\(message.map { String(cString: $0) } ?? "")")
    }

    func probe(
        _ source: Source, _ overrides: ReadingOverrides = ReadingOverrides(),
        limits: SourceLimits = .standard
    ) throws -> Probe {
        try ProbeTask(source: source, overrides: overrides, confinement: confinement, limits: limits)
            .run(connection, unpackingIn: path + "/spill")
    }

    func stage(
        _ source: Source, _ mapping: SourceMapping, limits: SourceLimits = .standard,
        isCancelled: @escaping @Sendable () -> Bool = { false },
        report: @escaping (StagingProgress) -> Void = { _ in }
    ) throws -> Staged {
        try StageTask(
            source: source, mapping: mapping, into: stagedFolder, confinement: confinement, limits: limits
        ).run(connection, isCancelled: isCancelled, report: report)
    }

    /// Every staged row, cells as the engine writes them.
    func rows(_ staged: Staged) throws -> [[String?]] {
        try connection.rows(
            "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(\(Connection.literal(staged.rowsPath)))"
        ).map { $0.map(\.text) }
    }

    func rejects(_ staged: Staged) throws -> [Reject] {
        guard let path = staged.rejectsPath else { return [] }
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Reject.self, from: Data($0.utf8))
        }
    }
}

/// Real files that are not part of the repository; tests that want them are skipped where they are absent.
enum SharedData {
    static let folder: String = {
        let root = ProcessInfo.processInfo.environment["HEADWATERS_SHARED"] ?? "../shared"
        return URL(fileURLWithPath: root).resolvingSymlinksInPath().path + "/data"
    }()
    static let isPresent = FileManager.default.fileExists(atPath: folder)
    static func text(_ name: String) -> Source { .text(path: "\(folder)/\(name)") }
}
