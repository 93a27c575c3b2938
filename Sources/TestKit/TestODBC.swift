import Foundation
package import Lake

/// `odbc.ini` and `odbcinst.ini` for all tests of a process: the driver manager reads its folder from the environment.
package enum TestODBC {
    private static let drivers = "/usr/lib/x86_64-linux-gnu/odbc"
    package static let isPresent = FileManager.default.fileExists(atPath: drivers + "/psqlodbcw.so")

    package static let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "headwaters-odbc-\(ProcessInfo.processInfo.processIdentifier)").path

    private static let lock = NSLock()
    nonisolated(unsafe) private static var sources: [String: String] = [:]

    /// Adds one data source; answers its name.
    package static func add(driver: String, _ settings: [String: String] = [:]) throws -> String {
        let name = "s\(UUID().uuidString.prefix(8).lowercased())"
        try set(name, driver: driver, settings)
        return name
    }

    /// Gives a data source another driver.
    package static func set(_ name: String, driver: String, _ settings: [String: String] = [:]) throws {
        try lock.withLock {
            let lines = settings.map { "\($0.key) = \($0.value)" }.sorted().joined(separator: "\n")
            sources[name] = "[\(name)]\nDriver = \(driver)\n\(lines)\n"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let known = [
                ("PostgreSQL", "psqlodbcw"), ("MariaDB", "libmaodbc"), ("SQLite3", "libsqlite3odbc"),
            ].map { "[\($0.0)]\nDriver = \(drivers)/\($0.1).so\nThreading = 0\n" }
            try known.joined(separator: "\n").write(
                toFile: folder + "/odbcinst.ini", atomically: true, encoding: .utf8)
            try sources.values.sorted().joined(separator: "\n").write(
                toFile: folder + "/odbc.ini", atomically: true, encoding: .utf8)
        }
    }

    package static func confinement(_ name: String) -> SourceConfinement {
        SourceConfinement(folders: [], odbcSources: [name], odbcFolder: folder)
    }

    /// A driver that aborts as soon as somebody connects, made with the machine's compiler in `folder`; answers its path.
    package static func makeCrashingDriver(in folder: String) throws -> String {
        let (code, driver) = (folder + "/crashing.c", folder + "/crashing.so")
        try """
        #include <stdlib.h>
        int SQLAllocHandle(int kind, void *in, void **out) { (void)kind; (void)in; *out = (void *)1; return 0; }
        int SQLSetEnvAttr(void) { return 0; }
        int SQLSetConnectAttr(void) { return 0; }
        int SQLSetConnectAttrW(void) { return 0; }
        int SQLGetInfo(void) { return -1; }
        int SQLFreeHandle(void) { return 0; }
        int SQLDisconnect(void) { return 0; }
        int SQLExecDirect(void) { return -1; }
        int SQLConnect(void) { abort(); }
        int SQLConnectW(void) { abort(); }
        """.write(toFile: code, atomically: true, encoding: .utf8)
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/gcc")
        compiler.arguments = ["-shared", "-fPIC", "-w", "-o", driver, code]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return driver
    }
}
