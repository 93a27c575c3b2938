package import Cryptography
package import Evidence
package import Kernel

/// 卷宗: a case as it goes to the archive. What happened, and for every act the record of it under a signed checkpoint, so that the whole
/// history can be checked offline, years later, with the node's public key and nothing else.
///
/// Names are there for the reader and claim nothing; ids and words are proven.
package struct CaseDossier: Sendable, Hashable {
    /// Acts and grants of one case; longer ones cannot be made (`Case.actsMax`).
    package static let recordsMax = 2_000

    package struct Record: Sendable, Hashable {
        package let leaf: ProvenLeaf
        /// Nil when the record has no personal part, or it was erased when its time had come.
        package let personal: PersonalPart?

        package init(leaf: ProvenLeaf, personal: PersonalPart?) {
            self.leaf = leaf
            self.personal = personal
        }

        var json: JSON {
            ["leaf": leaf.json, "personal": personal?.json ?? .null]
        }

        init(_ json: JSON) throws {
            guard let leaf = json["leaf"], let personal = json["personal"] else {
                throw DossierFault.malformed
            }
            self.leaf = try ProvenLeaf(leaf)
            self.personal = PersonalPart(personal)
            guard personal == .null || self.personal != nil else { throw DossierFault.malformed }
        }
    }

    package let id: CaseID
    package let kind: String
    package let title: String
    package let state: String
    package let history: [JSON]
    package let records: [Record]
    /// Of parties and posts, by id, as they were called when the dossier was made.
    package let names: [String: String]
    /// Scans of what was signed on paper, kept beside the dossier; each is in a record by its digest.
    package let scans: [Scan]

    package struct Scan: Sendable, Hashable {
        package let approval: String
        package let name: String
        package let bytes: Int64
        package let sha256: String
        package let signedOn: String

        package init(_ approval: PaperApproval) {
            self.approval = approval.id.text
            name = approval.scan.name
            bytes = Int64(approval.scan.bytes)
            sha256 = approval.scan.sha256
            signedOn = approval.opinion.signedOn.description
        }

        var json: JSON {
            [
                "approval": .string(approval), "name": .string(name), "bytes": .integer(bytes),
                "sha256": .string(sha256), "signedOn": .string(signedOn),
            ]
        }

        init(_ json: JSON) throws {
            guard let approval = json["approval"]?.string, let name = json["name"]?.string,
                let bytes = json["bytes"]?.integer, let sha256 = json["sha256"]?.string,
                let signedOn = json["signedOn"]?.string
            else { throw DossierFault.malformed }
            self.approval = approval
            self.name = name
            self.bytes = bytes
            self.sha256 = sha256
            self.signedOn = signedOn
        }
    }

    package init(_ file: Case, records: [Record], names: [String: String], papers: [PaperApproval] = []) {
        scans = papers.map(Scan.init)
        id = file.id
        kind = file.kind
        title = file.title
        state = file.state
        history = file.history.map(Self.line)
        self.records = records
        self.names = names
    }

    package var json: JSON {
        [
            "type": "case-dossier", "version": 1, "case": .string(id.text), "kind": .string(kind),
            "title": .string(title), "state": .string(state), "history": .array(history),
            "records": .array(records.map(\.json)),
            "names": .object(names.mapValues { .string($0) }), "scans": .array(scans.map(\.json)),
        ]
    }

    package static func isOne(_ json: JSON) -> Bool { json["type"]?.string == "case-dossier" }

    package init(_ json: JSON) throws {
        guard Self.isOne(json), json["version"]?.integer == 1,
            let id = json["case"]?.string.flatMap({ CaseID($0) }), let kind = json["kind"]?.string,
            let title = json["title"]?.string, let state = json["state"]?.string,
            let history = json["history"]?.array, let records = json["records"]?.array,
            records.count <= Self.recordsMax, let names = json["names"]?.object
        else { throw DossierFault.malformed }
        self.id = id
        self.kind = kind
        self.title = title
        self.state = state
        self.history = history
        self.records = try records.map(Record.init)
        self.names = names.compactMapValues(\.string)
        // Dossiers from before there was 补录 have none.
        scans = try (json["scans"]?.array ?? []).map(Scan.init)
    }

    private static func line(_ event: CaseEvent) -> JSON {
        [
            "revision": .integer(Int64(event.revision)), "act": .string(event.act),
            "from": .string(event.from), "to": .string(event.to), "at": .integer(event.at.microseconds),
            "actor": .string(event.actor.map { "account:\($0)" } ?? "system"),
            "paper": event.paper?.json(signer: event.account) ?? .null,
            "party": event.party.map { .string($0.text) } ?? .null,
            "post": event.post.map { .string($0.text) } ?? .null, "deputy": .boolean(event.isDeputy),
            "legalBasis": event.legalBasis.map { .string($0) } ?? .null,
            "comment": event.comment.map { .string($0) } ?? .null, "content": event.content,
        ]
    }
}

package enum DossierFault: Error, Sendable, Hashable {
    case malformed
    /// An act without a record, or a record of an act that the history does not have.
    case actMissing(revision: Int)
    /// The history says of an act something else than its record.
    case actChanged(revision: Int, member: String)
    /// A record is neither of the case nor of a grant that the case led to.
    case recordForeign(type: String)
    /// Words that are not those the record was made with.
    case wordsChanged(revision: Int)
    case stateWrong
    /// No record of the case has the scan's digest.
    case scanUnknown(name: String)
}

extension DossierFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .malformed: Problem(.invalid, Message("casework.dossier-malformed"))
        case .actMissing(let revision):
            Problem(.refused, Message("casework.dossier-act-missing", ["number": String(revision)]))
        case .actChanged(let revision, let member):
            Problem(
                .refused,
                Message(
                    "casework.dossier-act-changed", ["number": String(revision), "member": member]))
        case .recordForeign(let type):
            Problem(.refused, Message("casework.dossier-record-foreign", ["type": type]))
        case .wordsChanged(let revision):
            Problem(.refused, Message("casework.dossier-words-changed", ["number": String(revision)]))
        case .stateWrong: Problem(.refused, Message("casework.dossier-state-wrong"))
        case .scanUnknown(let name):
            Problem(.refused, Message("casework.dossier-scan-unknown", ["name": name]))
        }
    }
}

extension CaseDossier {
    package struct Findings: Sendable, Hashable {
        package let acts: Int
        package let records: Int
        /// Acts whose words were erased when their retention ended: that they were done is proven, what was said is not.
        package let erased: Int
        /// The latest checkpoint: the case is shown as it stood by then.
        package let checkpointAt: Instant
    }

    /// Every record, every act, every word.
    ///
    /// - Throws: what `ProvenLeaf.verify` throws, or the first `DossierFault`.
    package func verify(trusting keys: TrustedKeys) throws -> Findings {
        var acts: [Int64: Record] = [:]
        var latest: Instant?
        try verifyScans()
        for record in records {
            let checkpoint = try record.leaf.verify(trusting: keys)
            latest = max(latest ?? checkpoint.at, checkpoint.at)
            guard record.leaf.names(kind: CaseNoun.kind, id.text) else {
                throw DossierFault.recordForeign(type: record.leaf.type)
            }
            guard record.leaf.type == "case.acted" else { continue }
            let revision = record.leaf.record["payload"]?["revision"]?.integer ?? 0
            guard acts.updateValue(record, forKey: revision) == nil else {
                throw DossierFault.actMissing(revision: Int(revision))
            }
        }
        guard let latest else { throw DossierFault.malformed }
        var erased = 0
        for (position, line) in history.enumerated() {
            let revision = Int64(position + 1)
            guard line["revision"]?.integer == revision, let record = acts.removeValue(forKey: revision)
            else { throw DossierFault.actMissing(revision: Int(revision)) }
            try Self.compare(line, with: record, revision: Int(revision), erased: &erased)
        }
        if let extra = acts.keys.min() { throw DossierFault.actMissing(revision: Int(extra)) }
        guard history.last?["to"]?.string == state else { throw DossierFault.stateWrong }
        return Findings(
            acts: history.count, records: records.count, erased: erased, checkpointAt: latest)
    }

    private func verifyScans() throws(DossierFault) {
        for scan in scans {
            let isProven = records.contains { record in
                let payload = record.leaf.record["payload"]
                return record.leaf.type == "paper-approval.entered"
                    && record.leaf.names(kind: PaperApprovalNoun.kind, scan.approval)
                    && payload?["sha256"]?.string == scan.sha256
                    && payload?["signedOn"]?.string == scan.signedOn
                    && payload?["bytes"]?.integer == scan.bytes
            }
            guard isProven else { throw .scanUnknown(name: scan.name) }
        }
    }

    private static func compare(
        _ line: JSON, with record: Record, revision: Int, erased: inout Int
    ) throws(DossierFault) {
        let (leaf, payload) = (record.leaf.record, record.leaf.record["payload"])
        var claims: [(String, JSON?)] = [("at", leaf["at"]), ("actor", leaf["actor"])]
        for member in ["act", "from", "to", "legalBasis", "party", "post"] {
            claims.append((member, payload?[member] ?? .null))
        }
        claims.append(("deputy", payload?["deputy"] ?? false))
        guard line["paper"] ?? .null == payload?["paper"] ?? .null else {
            throw .actChanged(revision: revision, member: "paper")
        }
        for (member, proven) in claims where line[member] != proven {
            throw .actChanged(revision: revision, member: member)
        }
        let said: [String: JSON] = [
            "comment": line["comment"] ?? .null,
            "content": line["content"] == .object([:]) ? .null : line["content"] ?? .null,
        ].filter { $0.value != .null }
        guard leaf["personal"] != nil else {
            guard said.isEmpty else { throw .wordsChanged(revision: revision) }
            return
        }
        guard let personal = record.personal else {
            erased += 1
            return
        }
        guard personal.belongs(to: record.leaf), personal.content == .object(said) else {
            throw .wordsChanged(revision: revision)
        }
    }
}
