import Kernel

/// Paths with query parameters, escaped.
package enum Links {
    /// The same query with some parameters changed; nil takes one away.
    package static func path(
        _ path: String, _ query: SubmittedForm, setting changes: [String: String?]
    ) -> String {
        var pairs = query.fields.filter { changes[$0.name] == nil }.map { ($0.name, $0.value) }
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let value { pairs.append((name, value)) }
        }
        guard !pairs.isEmpty else { return path }
        return path + "?"
            + pairs.map { "\(SubmittedForm.encoded($0.0))=\(SubmittedForm.encoded($0.1))" }.joined(
                separator: "&")
    }

    /// A way back that stays on this site: one leading slash, no scheme, no host.
    package static func local(_ path: String) -> String? {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
            path.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 })
        else { return nil }
        return path
    }
}
