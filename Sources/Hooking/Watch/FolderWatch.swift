package import Kernel

/// Takes files of a department's inbox folder for a hook, as they land there (SFTP and the like).
package struct FolderWatch: Sendable, Hashable {
    package static let patternBytesMax = 200

    package let hook: HookID
    package let entry: EntryID
    package let owner: PartyID
    package let pattern: NamePattern
    package let manner: Filing.Manner
    package let account: AccountID
    package let post: PostID?
    /// Why it stands still; nil while it runs.
    package let problem: Message?
    package let revision: Int
}

/// `低保-*.csv`: a name with one star in it, or none.
package struct NamePattern: Sendable, Hashable {
    package let text: String
    private let head: Substring
    private let tail: Substring?

    /// Nil for a path, a hidden name, more than one star, or an ending that is no table's.
    package init?(_ text: String) {
        let lowered = text.lowercased()
        guard (1...FolderWatch.patternBytesMax).contains(text.utf8.count), !text.hasPrefix("."),
            !text.unicodeScalars.contains(where: { $0.value < 32 || $0 == "/" }),
            (Upload.endings + [DataPackage.ending]).contains(where: { lowered.hasSuffix($0) }),
            text.count(where: { $0 == "*" }) <= 1
        else { return nil }
        self.text = text
        let parts = text.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        head = parts[0]
        tail = parts.count == 2 ? parts[1] : nil
    }

    package func matches(_ name: String) -> Bool {
        guard !name.hasPrefix(".") else { return false }
        guard let tail else { return name == text }
        return name.count >= head.count + tail.count && name.hasPrefix(head) && name.hasSuffix(tail)
    }
}

extension Period {
    /// The period that a file's name says: `低保-2026-10.csv`. Nil when it says none of the cadence, or several.
    package init?(_ cadence: Cadence, inName name: String) {
        let form: Regex<Substring> =
            switch cadence {
            case .week: /[0-9]{4}-W[0-9]{2}/
            case .month: /[0-9]{4}-[0-9]{2}/
            case .quarter: /[0-9]{4}-Q[1-4]/
            case .year: /[0-9]{4}/
            }
        let found = Set(name.matches(of: form).compactMap { Period(String($0.output)) }.map(\.description))
        guard found.count == 1, let text = found.first, let period = Period(text), period.cadence == cadence
        else { return nil }
        self = period
    }
}
