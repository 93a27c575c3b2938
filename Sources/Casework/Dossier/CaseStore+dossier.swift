import Evidence
package import Kernel
package import Persistence

extension CaseStore {
    /// All records that name the case, oldest first, with proofs and what is personal. For who may see the whole case.
    ///
    /// - Throws: `EvidenceError.leafWaiting` until the last act is under a checkpoint.
    package func records(of id: CaseID, in connection: any Connection) throws -> [CaseDossier.Record] {
        var found: [EvidenceEntry] = []
        var cursor: EvidenceCursor?
        repeat {
            let page = try evidence.page(
                EvidenceQuery(subject: Leaf.Subject(id)), after: cursor,
                rowsMax: EvidenceQuery.pageRowsMax, in: connection)
            found += page.entries
            cursor = page.next
        } while cursor != nil && found.count < CaseDossier.recordsMax
        return try found.reversed().suffix(CaseDossier.recordsMax).map { entry in
            let leaf = entry.record.id
            return CaseDossier.Record(
                leaf: try evidence.proven(leaf, in: connection), personal: try words(of: leaf, connection))
        }
    }

    private func words(of leaf: LeafID, _ connection: any Connection) throws -> PersonalPart? {
        do {
            return try evidence.personalPart(of: leaf, in: connection)
        } catch EvidenceError.personalErased {
            return nil
        }
    }
}
