package import Kernel
import Lake

/// A file that a department brought in, kept under its own name in a folder of its own until a hook reads it.
package struct Upload: Sendable, Hashable {
    package let id: UploadID
    /// The department it was brought in for.
    package let owner: PartyID
    package let name: String
    package let bytes: Int
    /// Hex.
    package let sha256: String
    package let uploadedBy: AccountID
    package let uploadedAt: Instant

    package static let nameBytesMax = 200
    /// Endings of files that can be read as a table.
    package static let endings = [
        ".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz", ".zip", ".dbf", ".parquet", ".parq", ".xlsx",
        ".xlsm", ".sqlite", ".sqlite3", ".db", ".db3",
        ".json", ".ndjson", ".jsonl", ".geojson", ".json.gz", ".ndjson.gz", ".jsonl.gz", ".geojson.gz",
    ]

    /// The same for a browser's file picker, which looks at what follows the last dot.
    static let accepted = Set(endings.map { "." + ($0.split(separator: ".").last ?? "") }).sorted()
        .joined(separator: ",")

    /// What the file is called on disk: the name people know, without what a path or a terminal would take for more.
    /// Nil when it does not end like a table.
    static func safeName(_ name: String) -> String? {
        let lowered = name.lowercased()
        guard let ending = endings.first(where: { lowered.hasSuffix($0) }) else { return nil }
        var stem = String(
            name.dropLast(ending.count).unicodeScalars.map { scalar in
                let isPlain =
                    scalar.value >= 32 && scalar.value != 127 && !"/\\:\"".unicodeScalars.contains(scalar)
                return isPlain ? Character(scalar) : "_"
            })
        while stem.first == "." { stem.removeFirst() }
        while stem.utf8.count > nameBytesMax { stem.removeLast() }
        return (stem.isEmpty ? "table" : stem) + ending
    }

    func path(in folder: String) -> String { "\(folder)/\(id)/\(name)" }

    func source(in folder: String) -> Source {
        Source(file: path(in: folder))
    }
}
