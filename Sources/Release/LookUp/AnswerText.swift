import Cryptography
import Kernel
import Policy

/// What leaves for a look-up or a page, as text, before it leaves: its digest is in the *authorised* leaf, so that whoever keeps
/// the answer can prove that this was it.
///
/// RFC 8785 without the member `leaf`, which is added once the record is durable. The salt is the asker's: without it nobody can
/// guess at rows from their digest in the evidence.
struct AnswerText: Sendable {
    let bytes: [UInt8]
    /// SHA-256 of `bytes`, hex.
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
        var out: [UInt8] = []
        out.reserveCapacity(768 + rows.count * (8 + columns.count * 24))
        out += "{\"columns\":".utf8
        Self.writeList(columns, to: &out) { JSON.write($0.name, to: &$1) }
        Self.write(head, to: &out)
        if let next {
            out += ",\"next\":".utf8
            (next.map(JSON.string) ?? .null).append(to: &out)
        }
        Self.writeRelease(head, to: &out)
        if next == nil {
            // Which key of the request found the row, from 0.
            out += ",\"rowKeys\":".utf8
            Self.writeList(rows, to: &out) { $1 += String($0.key ?? 0).utf8 }
        }
        out += ",\"rows\":".utf8
        Self.writeList(rows, to: &out) { Self.write(row: $0.values, to: &$1) }
        try Self.writeEnd(head, to: &out)
        bytes = out
        digest = DigestAlgorithm.sha256.digest(out).hex
    }

    /// Of a verify call: `"answer":"yes"` or `"no"`, and nothing of any row.
    init(_ head: Head, isSo: Bool) throws(CryptographyError) {
        var out = Array("{\"answer\":\"\(isSo ? "yes" : "no")\"".utf8)
        Self.write(head, to: &out)
        Self.writeRelease(head, to: &out)
        try Self.writeEnd(head, to: &out)
        bytes = out
        digest = DigestAlgorithm.sha256.digest(out).hex
        self.isSo = isSo
    }

    private static func write(_ head: Head, to out: inout [UInt8]) {
        out += ",\"grant\":\"\(head.grant)\",\"leafId\":\"\(head.leaf)\"".utf8
        guard let live = head.basis.json else { return }
        out += ",\"live\":".utf8
        live.append(to: &out)
    }

    private static func writeRelease(_ head: Head, to out: inout [UInt8]) {
        out += ",\"release\":\"\(head.release)\",\"revision\":\(head.revision)".utf8
    }

    private static func writeEnd(_ head: Head, to out: inout [UInt8]) throws(CryptographyError) {
        out += ",\"salt\":\"\(try Secrets.random(saltBytes).hex)\"".utf8
        if case .version(let version, let number) = head.basis {
            out += ",\"version\":\"\(version)\",\"versionNumber\":\(number)".utf8
        }
        out += "}".utf8
    }

    private static func writeList<Element>(
        _ elements: [Element], to out: inout [UInt8], _ write: (Element, inout [UInt8]) -> Void
    ) {
        out.append(UInt8(ascii: "["))
        for (position, element) in elements.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            write(element, &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    /// An array of its cells, each as `json` says it.
    static func write(row: [Value], to out: inout [UInt8]) {
        writeList(row, to: &out) { write($0, to: &$1) }
    }

    private static func write(_ value: Value, to out: inout [UInt8]) {
        if case .text(let text) = value {
            JSON.write(text, to: &out)
        } else {
            json(value).append(to: &out)
        }
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
