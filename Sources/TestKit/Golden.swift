package import Foundation

/// Files that a reviewer reads and a test compares with. `RECORD=1` (as `make golden` sets it) accepts what the program makes.
package enum Golden {
    package struct Difference: Error, CustomStringConvertible {
        package let path: String
        package let firstDifferentLine: Int
        package let expected: String
        package let found: String

        package var description: String {
            "\(path):\(firstDifferentLine): expected «\(expected)», found «\(found)»; `make golden` accepts it"
        }
    }

    /// The root of the package that this file was compiled in.
    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Compares `text` with the file at `path` (from the package's root), or writes it when recording.
    package static func expect(_ text: String, at path: String) throws {
        let file = root.appending(path: path)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard expected != text else { return }
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let foundLines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line =
            zip(expectedLines, foundLines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(expectedLines.count, foundLines.count)
        throw Difference(
            path: path, firstDifferentLine: line + 1,
            expected: line < expectedLines.count ? String(expectedLines[line]) : "end of file",
            found: line < foundLines.count ? String(foundLines[line]) : "end of file")
    }
}
