package import Foundation
package import Kernel

/// Every key that sources and templates ask for exists in every language, with the same arguments.
package enum WordContract {
    /// Keys asked for by `Message("…")` in Swift under `folder`, with the place of the first mention.
    package static func keys(inSwiftUnder folder: URL) throws -> [String: String] {
        var keys: [String: String] = [:]
        let pattern = /Message\(\s*"([A-Za-z0-9.\-]+)"/
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            return keys
        }
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: pattern) where keys[String(match.1)] == nil {
                keys[String(match.1)] = file.lastPathComponent
            }
        }
        return keys
    }

    package static func faults(_ words: Words, asked keys: [String: String]) -> [String] {
        var faults = words.faults
        for (key, place) in keys where words.entries[key] == nil {
            faults.append("\(place): no word '\(key)'")
        }
        for key in words.entries.keys {
            let arguments = Language.allCases.map { Self.arguments(of: words.template(key, in: $0) ?? "") }
            if Set(arguments).count > 1 {
                faults.append("\(key): the languages do not take the same arguments")
            }
        }
        return faults.sorted()
    }

    private static func arguments(of text: String) -> Set<String> {
        Set(text.matches(of: /\{([^}]*)\}/).map { String($0.1) })
    }
}
