package import Cryptography
package import Kernel
internal import Persistence

/// A leaf as it is stored, exported and digested: the personal part is only a salted digest here.
package struct LeafRecord: Sendable, Hashable {
    package let id: LeafID
    package let type: String
    package let version: Int
    package let at: Instant
    package let actor: String
    package let subjects: [Leaf.Subject]
    package let payload: JSON
    package let personal: Digest?
    let subjectsText: String
    let payloadText: String

    init(_ leaf: Leaf, personal: Digest?) {
        id = leaf.id
        type = leaf.type
        version = leaf.version
        at = leaf.at
        actor = leaf.actor
        subjects = leaf.subjects
        payload = leaf.payload
        self.personal = personal
        payloadText = leaf.payload.canonical
        subjectsText = Self.text(leaf.subjects)
    }

    init(_ row: Row) throws {
        id = try row.value("id")
        type = try row.value("type")
        version = try row.value("version")
        at = try row.value("at")
        actor = try row.value("actor")
        subjectsText = try row.value("subjects")
        payloadText = try row.value("payload")
        payload = try JSON.parse(payloadText)
        subjects = try Self.subjects(row)
        let digest: String? = try row.optional("personal")
        personal = digest.flatMap { Digest($0) }
    }

    /// RFC 8785 bytes of the leaf: what the digest is of, and what an export holds. Members in the order of their names.
    package func canonical(node: String) -> [UInt8] {
        Self.canonical(
            node: node, id: id.text, type: type, version: version, at: at.microseconds, actor: actor,
            subjectsText: subjectsText, payloadText: payloadText, personal: personal?.text)
    }

    /// Spliced from parts that are canonical already, so that an export need not take JSON apart and put it together again.
    static func canonical(
        node: String, id: String, type: String, version: Int, at: Int64, actor: String, subjectsText: String,
        payloadText: String, personal: String?
    ) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(payloadText.utf8.count + subjectsText.utf8.count + 384)
        out += "{\"actor\":".utf8
        JSON.write(actor, to: &out)
        out += ",\"at\":".utf8
        out += JSON.integer(at).canonicalBytes
        out += ",\"id\":\"".utf8
        out += id.utf8
        out += "\",\"node\":".utf8
        JSON.write(node, to: &out)
        out += ",\"payload\":".utf8
        out += payloadText.utf8
        if let personal {
            out += ",\"personal\":\"".utf8
            out += personal.utf8
            out += "\"".utf8
        }
        out += ",\"subjects\":".utf8
        out += subjectsText.utf8
        out += ",\"type\":".utf8
        JSON.write(type, to: &out)
        out += ",\"version\":".utf8
        out += String(version).utf8
        out += "}".utf8
        return out
    }

    static func subjects(_ row: Row) throws -> [Leaf.Subject] {
        try (JSON.parse(row.value("subjects", as: String.self)).array ?? []).map { subject in
            guard let kind = subject["kind"]?.string, let id = subject["id"]?.string else {
                throw DatabaseError.unexpected(column: "subjects", found: row["subjects"])
            }
            return Leaf.Subject(kind: kind, id: id)
        }
    }

    private static func text(_ subjects: [Leaf.Subject]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(16 + subjects.count * 80)
        out += "[".utf8
        for subject in subjects {
            if out.count > 1 { out += ",".utf8 }
            out += "{\"id\":".utf8
            JSON.write(subject.id, to: &out)
            out += ",\"kind\":".utf8
            JSON.write(subject.kind, to: &out)
            out += "}".utf8
        }
        out += "]".utf8
        return String(decoding: out, as: UTF8.self)
    }
}
