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
        let line = maps.split(separator: "\n").first { $0.hasSuffix("/libduckdb.so") }
        return line.flatMap { line in line.firstIndex(of: "/").map { String(line[$0...]) } }
    }

    /// The kernel hands out a page at a time, and a short read is not the end: whole-file readers stop too early.
    private static var maps: String {
        let descriptor = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let got = read(descriptor, &block, block.count)
            if got <= 0 { break }
            text += block[..<got]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
