package import Foundation
package import Kernel

/// Data that makes a node a certain city's: units, calendar, names. Nothing in the code is one city's.
package struct Profile: Sendable {
    package let name: String
    package let folder: URL

    /// `profiles/<name>` beside the binary's package, in `share/headwaters/profiles`, or in `HEADWATERS_PROFILES`.
    package init(
        _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Problem) {
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else {
            throw Problem(.invalid, Message("node.profile-unknown", ["name": name]))
        }
        let found = Self.folders(environment).map { $0.appending(path: name) }.first {
            FileManager.default.fileExists(atPath: $0.appending(path: "units.tsv").path)
        }
        guard let found else { throw Problem(.notFound, Message("node.profile-unknown", ["name": name])) }
        self.name = name
        folder = found
    }

    /// Data of the whole country that every profile stands on: `china/working-days.tsv`.
    package static func shared(
        _ file: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Problem) -> String {
        for folder in folders(environment) {
            if let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) {
                return text
            }
        }
        throw Problem(.notFound, Message("node.profile-file-missing", ["path": file]))
    }

    package func text(_ file: String) throws(Problem) -> String {
        let path = folder.appending(path: file)
        guard let text = try? String(contentsOf: path, encoding: .utf8) else {
            throw Problem(.notFound, Message("node.profile-file-missing", ["path": path.path]))
        }
        return text
    }

    private static func folders(_ environment: [String: String]) -> [URL] {
        var folders: [URL] = []
        if let configured = environment["HEADWATERS_PROFILES"] { folders.append(URL(filePath: configured)) }
        let binary = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: binary).deletingLastPathComponent()
        folders.append(beside.appending(path: "../share/headwaters/profiles").standardizedFileURL)
        // As built: the sources are where this file was compiled.
        folders.append(
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../profiles")
                .standardizedFileURL)
        return folders
    }
}
