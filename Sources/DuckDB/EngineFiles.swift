import Foundation

/// Where the engine's own files are.
package enum EngineFiles {
    /// The folder that holds `v1.5.5/<platform>/*.duckdb_extension`: what HEADWATERS_EXTENSIONS says, else `extensions` beside the
    /// folder that the engine's library was loaded from. Nil when there is neither: then no extension can be loaded.
    package static var extensions: String? {
        if let named = ProcessInfo.processInfo.environment["HEADWATERS_EXTENSIONS"], !named.isEmpty {
            return named
        }
        guard let library = libraryPath else { return nil }
        let folder = URL(fileURLWithPath: library).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("extensions").path
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }

    /// As the kernel mapped it: the loader's own answer is not imported into Swift.
    private static var libraryPath: String? {
        guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return nil }
        let line = maps.split(separator: "\n").first { $0.hasSuffix("/libduckdb.so") }
        return line.flatMap { line in line.firstIndex(of: "/").map { String(line[$0...]) } }
    }
}
