import Foundation
import TestKit

/// The files of the package as a reviewer reads them: text, line by line, without those that were fetched or built.
struct SourceTree {
    struct File {
        /// From the package's root.
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    let files: [File]

    /// Every text file below `folders` whose name ends in one of `endings`.
    init(_ folders: [String], _ endings: [String]) throws {
        var files: [File] = []
        for folder in folders {
            let root = Golden.root.appending(path: folder)
            let paths =
                try FileManager.default.fileExists(atPath: root.path)
                ? FileManager.default.subpathsOfDirectory(atPath: root.path) : []
            for path in paths.sorted() where endings.contains(where: path.hasSuffix) {
                let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
                files.append(File(path: "\(folder)/\(path)", text: text))
            }
        }
        self.files = files
    }

    static func swift(_ folders: [String] = ["Sources", "Tests", "Benchmarks"]) throws -> SourceTree {
        try SourceTree(folders, [".swift"])
    }

    /// `path:line: text` of every line that `offends`; comments of a whole line are left out unless they are asked for.
    func lines(comments: Bool = false, where offends: (File, Substring) -> Bool) -> [String] {
        files.flatMap { file in
            file.lines.enumerated().compactMap { offset, line in
                let isComment = line.drop(while: { $0 == " " }).hasPrefix("//")
                guard comments || !isComment, offends(file, line) else { return nil }
                return "\(file.path):\(offset + 1): \(line.drop(while: { $0 == " " }).prefix(100))"
            }
        }
    }
}
