package import Cryptography
package import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// 公文: the registers of letters in and out, templates, sealed copies and attachments. The front door for pages, the API and the
/// command line alike.
package struct Letters: Sendable {
    package struct Parts: Sendable {
        let database: any Database
        let permissions: Permissions
        let evidence: EvidenceLog
        /// What digests of files are made with.
        let digest: DigestAlgorithm
        /// Of files and templates, below the node's data folder.
        let folder: String
        let temporaryFolder: String
        let tools: OutsideTools
        /// Looks at every file that is brought.
        let uploads: UploadGate
        let limits: LetterLimits
        let neighbours: Neighbours
        let clock: Clock

        package init(
            database: any Database, permissions: Permissions, evidence: EvidenceLog, digest: DigestAlgorithm,
            folder: String, temporaryFolder: String, tools: OutsideTools, uploads: UploadGate,
            limits: LetterLimits,
            neighbours: Neighbours, clock: Clock
        ) {
            self.database = database
            self.permissions = permissions
            self.evidence = evidence
            self.digest = digest
            self.folder = folder
            self.temporaryFolder = temporaryFolder
            self.tools = tools
            self.uploads = uploads
            self.limits = limits
            self.neighbours = neighbours
            self.clock = clock
        }
    }

    /// What letters ask of others; `Server` passes it in.
    package struct Neighbours: Sendable {
        /// The case as the principal may know of it; nil for anyone else.
        package let caseFacts: @Sendable (CaseID, Principal) async throws -> LetterCase?
        package let partyName: @Sendable (PartyID) async throws -> String

        package init(
            caseFacts: @escaping @Sendable (CaseID, Principal) async throws -> LetterCase?,
            partyName: @escaping @Sendable (PartyID) async throws -> String
        ) {
            self.caseFacts = caseFacts
            self.partyName = partyName
        }
    }

    package let parts: Parts
    let store = LetterStore()

    package init(_ parts: Parts) { self.parts = parts }

    package var limits: LetterLimits { parts.limits }
    package var tools: OutsideTools { parts.tools }

    /// One who acts for a unit, and under an account.
    func actor(_ principal: Principal) throws(LetterError) -> (party: PartyID, account: AccountID) {
        guard let party = principal.party, let account = principal.account else { throw .noUnit }
        return (party, account)
    }

    func record(
        _ type: String, _ subjects: [Leaf.Subject], _ payload: JSON, as id: LeafID? = nil, _ mandate: Mandate,
        at now: Instant, in connection: any Connection
    ) throws {
        try parts.evidence.append(
            Leaf(
                id: id ?? LeafID.new(at: now), type: type, at: now, actor: mandate.actor, subjects: subjects,
                payload: payload), in: connection)
    }
}

package struct LetterLimits: Sendable, Hashable {
    package static let filesMax = 50
    package static let templateBytesMax = 4 << 20
    package static let templatesMax = 50
    package static let seriesMax = 50

    /// Of one file that is attached, and of what a tool makes.
    package let fileBytesMax: Int

    package init(fileBytesMax: Int) { self.fileBytesMax = fileBytesMax }
}
