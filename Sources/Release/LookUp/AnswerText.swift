import Cryptography
import Kernel
import Policy

/// What leaves for a look-up or a page, as text, before it leaves: its digest is in the *authorised* leaf, so that whoever keeps
/// the answer can prove that this was it.
///
/// RFC 8785 without the member `leaf`, which is added once the record is durable. The salt is the asker's: without it nobody can
/// guess at rows from their digest in the evidence.
struct AnswerText: Sendable {
    let text: String
    /// SHA-256 of `text`, hex.
    let digest: String
    /// What a verify call is answered; nil for rows.
    private(set) var isSo: Bool?

    struct Head {
        let release: ReleaseID
        let leaf: LeafID
        let grant: GrantID
        let revision: Int
        let basis: Basis
    }

    /// What the answer was made of.
    enum Basis: Hashable, Sendable {
        case version(VersionID, number: Int)
        /// A source that was asked then; its members are those of `live`.
        case live(HookID, revision: Int, answeredAt: Instant)

        init(_ prepared: PreparedGrant, at now: Instant) {
            switch prepared.basis {
            case .version(let served, _): self = .version(served.version, number: served.number)
            case .live(let live): self = .live(live.hook, revision: live.revision, answeredAt: now)
            }
        }

        var json: JSON? {
            guard case .live(let hook, let revision, let moment) = self else { return nil }
            return [
                "answeredAt": .string(moment.description), "hook": .string(hook.text),
                "revision": .integer(Int64(revision)),
            ]
        }
    }

    private static let saltBytes = 16

    /// `next` is a page's cursor; nil for look-ups, `.some(nil)` after the last page.
    init(
        _ head: Head, columns: Schema, rows: [RowsAnswer.Row], next: String??
    ) throws(CryptographyError) {
        var out = ""
        out.reserveCapacity(640 + rows.count * 96)
        out += "{\"columns\":"
        out += JSON.array(columns.map { .string($0.name) }).canonical
        out += ",\"grant\":\"\(head.grant)\",\"leafId\":\"\(head.leaf)\""
        out += Self.live(head)
        if let next { out += ",\"next\":\(next.map { JSON.string($0) .canonical } ?? "null")" }
        out += ",\"release\":\"\(head.release)\",\"revision\":\(head.revision)"
        if next == nil {
            // Which key of the request found the row, from 0.
            out += ",\"rowKeys\":[" + rows.map { String($0.key ?? 0) }.joined(separator: ",") + "]"
        }
        out += ",\"rows\":["
        for (position, row) in rows.enumerated() {
            out += position > 0 ? ",[" : "["
            for (column, value) in row.values.enumerated() {
                if column > 0 { out += "," }
                out += Self.json(value).canonical
            }
            out += "]"
        }
        out += "],\"salt\":\"\(try Secrets.random(Self.saltBytes).hex)\""
        out += Self.version(head)
        text = out
        digest = DigestAlgorithm.sha256.digest(out).hex
    }

    /// Of a verify call: `"answer":"yes"` or `"no"`, and nothing of any row.
    init(_ head: Head, isSo: Bool) throws(CryptographyError) {
        var out = "{\"answer\":\"\(isSo ? "yes" : "no")\""
        out += ",\"grant\":\"\(head.grant)\",\"leafId\":\"\(head.leaf)\""
        out += Self.live(head)
        out += ",\"release\":\"\(head.release)\",\"revision\":\(head.revision)"
        out += ",\"salt\":\"\(try Secrets.random(Self.saltBytes).hex)\""
        out += Self.version(head)
        text = out
        digest = DigestAlgorithm.sha256.digest(out).hex
        self.isSo = isSo
    }

    private static func live(_ head: Head) -> String {
        head.basis.json.map { ",\"live\":\($0.canonical)" } ?? ""
    }

    private static func version(_ head: Head) -> String {
        guard case .version(let version, let number) = head.basis else { return "}" }
        return ",\"version\":\"\(version)\",\"versionNumber\":\(number)}"
    }

    /// Decimals and doubles as text, so that no reader rounds them; dates and moments as ISO 8601.
    static func json(_ value: Value) -> JSON {
        switch value {
        case .null: .null
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .decimal, .double: .string(value.plainText)
        case .boolean(let truth): .boolean(truth)
        case .date(let date): .string(date.description)
        case .timestamp(let instant): .string(instant.description)
        }
    }
}
