import Cryptography
import Kernel
import Policy

extension Receipt {
    /// The one proof of a list: what was asked under which grants, and the workbook that went back. Names nobody: keys and case
    /// numbers are in it only as the digest of their keyed names, and rows that a grant kept back are not told from those that are
    /// not there.
    init(
        node: String, _ work: NameListDesk.Work, _ figures: [NameListPart.Figures],
        _ result: NameList.ResultFigures, authorisedLeaf: Digest, settledAt: Instant
    ) {
        let list = work.list
        self.init(payload: [
            "node": .string(node), "release": .string(list.id.text),
            "delivery": .string(DeliveryKind.nameList.rawValue),
            "recipient": .string(list.recipient.text), "requestedBy": .string(list.account.text),
            "list": [
                "sha256": .string(list.file.sha256), "bytes": .integer(list.file.bytes),
                "names": .string(list.findings?.namesDigest ?? ""),
                "rows": .integer(list.findings?.rows ?? 0), "keysAsked": .integer(work.keys),
            ],
            "authorisations": .array(
                list.attachments.map { ["sha256": .string($0.sha256), "bytes": .integer($0.bytes)] }),
            "parts": .array(zip(work.ready, figures).map { Self.part($0, $1) }),
            "rowsOut": .integer(figures.reduce(0) { $0 + $1.matched }),
            "file": ["bytes": .integer(result.bytes), "sha256": .string(result.sha256)],
            "authorisedAt": .string(work.authorisedAt.description),
            "settledAt": .string(settledAt.description), "authorisedLeaf": .string(authorisedLeaf.text),
        ])
    }

    private static func part(_ ready: NameListDesk.ReadyPart, _ figures: NameListPart.Figures) -> JSON {
        let (part, plan) = (ready.part, ready.plan)
        return [
            "release": .string(part.release.text),
            "grant": ["id": .string(part.grant.text), "revision": .integer(Int64(part.revision))],
            "plan": .string(ready.grant.planDigest), "purpose": .string(plan.purpose),
            "entry": .string(part.entry.text), "provider": .string(part.provider.text),
            "version": [
                "id": .string(part.version.text), "number": .integer(Int64(part.versionNumber)),
                "asOf": .string(part.asOf.description),
            ],
            "keyColumn": .string(part.keyColumn), "columns": columns(of: plan),
            "predicate": predicate(of: plan), "keysAsked": .integer(part.keysAsked),
            "rowsOut": .integer(figures.matched), "ambiguous": .integer(figures.ambiguous),
            "unmatched": .integer(figures.unmatched),
        ]
    }
}
