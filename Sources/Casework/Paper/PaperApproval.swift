package import Kernel

/// 补录: a signature of an approval chain that was given on paper and entered afterwards, with its scan.
///
/// It counts at once where others still sign after it. The signature that moves the case waits until its signer has confirmed it
/// (追认), or somebody else of the unit has compared scan and entry (双人复核).
package struct PaperApproval: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// For the signer, or for a second person of the unit.
        case waiting
        /// By a second person; the signer may still confirm or object.
        case compared
        case confirmed, objected
        /// The signature was given in the app, or the case moved, before anybody confirmed.
        case lapsed
    }

    /// Who did something with it, in which post.
    package struct Hand: Sendable, Hashable {
        package let account: AccountID
        package let post: PostID?
        package let at: Instant

        package init(_ account: AccountID, _ post: PostID?, at: Instant) {
            self.account = account
            self.post = post
            self.at = at
        }
    }

    package let id: PaperApprovalID
    package let caseID: CaseID
    package let kind: String
    /// The state of the case in which the signature was open.
    package let caseState: String
    /// Whose list the signature lay in.
    package let holder: CaseHolder
    package let place: Int
    /// The chain as it stood.
    package let position: ChainPosition
    package let signer: PaperSigner
    package let opinion: PaperOpinion
    package let scan: PaperScan
    package let entered: Hand
    /// Of the case, by the act that it counted as; nil while it waits.
    package internal(set) var countedRevision: Int?
    package let dueOn: CalendarDate
    package internal(set) var state: State
    package internal(set) var compared: Hand?
    /// Who confirmed or objected, or made it lapse.
    package internal(set) var closed: Hand?
    package internal(set) var closingWords: String?

    package init(
        id: PaperApprovalID, caseID: CaseID, kind: String, caseState: String, holder: CaseHolder, place: Int,
        position: ChainPosition, signer: PaperSigner, opinion: PaperOpinion, scan: PaperScan, entered: Hand,
        countedRevision: Int? = nil, dueOn: CalendarDate, state: State = .waiting, compared: Hand? = nil,
        closed: Hand? = nil, closingWords: String? = nil
    ) {
        self.id = id
        self.caseID = caseID
        self.kind = kind
        self.caseState = caseState
        self.holder = holder
        self.place = place
        self.position = position
        self.signer = signer
        self.opinion = opinion
        self.scan = scan
        self.entered = entered
        self.countedRevision = countedRevision
        self.dueOn = dueOn
        self.state = state
        self.compared = compared
        self.closed = closed
        self.closingWords = closingWords
    }

    package mutating func counts(as revision: Int) { countedRevision = revision }

    /// Whether anybody may still confirm it or object.
    package var isOpen: Bool { state == .waiting || state == .compared }

    package func mark(countedBy account: AccountID) -> PaperMark {
        PaperMark(
            approval: id, signedOn: opinion.signedOn, enteredBy: entered.account, enteredPost: entered.post,
            countedBy: account, sha256: scan.sha256, isJudgedBySigned: opinion.isJudgedBySigned)
    }
}

/// Who signed on paper, in which post, and whether standing in for its holder.
package struct PaperSigner: Sendable, Hashable {
    package let account: AccountID
    package let post: PostID
    package let isDeputy: Bool

    package init(account: AccountID, post: PostID, isDeputy: Bool) {
        self.account = account
        self.post = post
        self.isDeputy = isDeputy
    }
}

/// What the sheet says, and why there is one.
package struct PaperOpinion: Sendable, Hashable {
    package let act: String
    package let comment: String?
    package let legalBasis: String?
    package let signedOn: CalendarDate
    /// Whether a deadline was kept is judged by the day signed; the clock stops on the day it counts all the same.
    package let isJudgedBySigned: Bool
    package let reason: String

    package init(
        act: String, comment: String?, legalBasis: String?, signedOn: CalendarDate, isJudgedBySigned: Bool,
        reason: String
    ) {
        self.act = act
        self.comment = comment
        self.legalBasis = legalBasis
        self.signedOn = signedOn
        self.isJudgedBySigned = isJudgedBySigned
        self.reason = reason
    }

    package static let reasonCharactersMax = 400
}

/// The scan of the signed sheet. Its bytes are kept where letters keep theirs.
package struct PaperScan: Sendable, Hashable {
    package let id: PaperScanID
    package let caseID: CaseID
    package let name: String
    package let mediaType: String
    package let bytes: Int
    /// In hex.
    package let sha256: String
    /// Whether the virus scanner found it clean.
    package let isScanned: Bool
    package let broughtBy: AccountID
    package let broughtAt: Instant

    package init(
        id: PaperScanID, caseID: CaseID, name: String, mediaType: String, bytes: Int, sha256: String,
        isScanned: Bool, broughtBy: AccountID, broughtAt: Instant
    ) {
        self.id = id
        self.caseID = caseID
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
        self.sha256 = sha256
        self.isScanned = isScanned
        self.broughtBy = broughtBy
        self.broughtAt = broughtAt
    }

    package var isPicture: Bool { mediaType == "image/png" || mediaType == "image/jpeg" }
    /// Brought and entered with nothing: gone after so long.
    package static let unusedSecondsMax = 86_400
    /// Of one case, entered with nothing.
    package static let unusedMax = 10
}

/// What the history of a case keeps of an act that was signed on paper; the same in its record.
package struct PaperMark: Sendable, Hashable, Codable {
    package let approval: PaperApprovalID
    package let signedOn: CalendarDate
    package let enteredBy: AccountID
    package let enteredPost: PostID?
    /// Whose act made it count: of whoever entered it, or confirmed it.
    package let countedBy: AccountID
    package let sha256: String
    package let isJudgedBySigned: Bool

    package init(
        approval: PaperApprovalID, signedOn: CalendarDate, enteredBy: AccountID, enteredPost: PostID?,
        countedBy: AccountID, sha256: String, isJudgedBySigned: Bool
    ) {
        self.approval = approval
        self.signedOn = signedOn
        self.enteredBy = enteredBy
        self.enteredPost = enteredPost
        self.countedBy = countedBy
        self.sha256 = sha256
        self.isJudgedBySigned = isJudgedBySigned
    }

    /// With the account of whoever signed.
    func json(signer: AccountID?) -> JSON {
        [
            "approval": .string(approval.text), "signedOn": .string(signedOn.description),
            "signer": signer.map { .string("account:\($0)") } ?? .null,
            "enteredBy": .string("account:\(enteredBy)"),
            "enteredPost": enteredPost.map { .string($0.text) } ?? .null, "sha256": .string(sha256),
            "judgedBySigned": .boolean(isJudgedBySigned),
        ]
    }
}

package enum PaperApprovalNoun: Noun { package static let kind = "paper-approval" }
package enum PaperScanNoun: Noun { package static let kind = "paper-scan" }
package typealias PaperApprovalID = ID<PaperApprovalNoun>
package typealias PaperScanID = ID<PaperScanNoun>
