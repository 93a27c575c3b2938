package import Casework
package import Identity
package import Kernel

/// What somebody of the unit reads off the sheet and enters.
package struct PaperEntry: Sendable, Hashable {
    /// Nil where nobody was chosen.
    package var signer: PaperSigner?
    package var decision: String
    package var comment: String
    package var legalBasis: String
    package var signedOn: CalendarDate?
    package var isJudgedBySigned: Bool
    package var reason: String
    package var scan: PaperScanID?

    package init(
        signer: PaperSigner?, decision: String, comment: String = "", legalBasis: String = "",
        signedOn: CalendarDate?, isJudgedBySigned: Bool = false, reason: String, scan: PaperScanID?
    ) {
        self.signer = signer
        self.decision = decision
        self.comment = comment
        self.legalBasis = legalBasis
        self.signedOn = signedOn
        self.isJudgedBySigned = isJudgedBySigned
        self.reason = reason
        self.scan = scan
    }
}

/// What can be entered on a case by one person now.
package struct PaperDesk: Sendable {
    /// The signatures of the person's own unit, each with whoever could have given it since the case came to the step.
    package let open: [Candidate]
    package let decisions: [String]
    /// The earliest and the latest day that can have been signed on.
    package let from: CalendarDate
    package let through: CalendarDate

    package struct Candidate: Sendable, Hashable {
        package let place: Int
        package let holder: CaseHolder
        package let term: HeldTerm

        package var signer: PaperSigner {
            PaperSigner(account: term.account, post: term.post.id, isDeputy: term.isDeputy)
        }
    }
}

/// What the signer, or a second person of the unit, says to an entry.
package enum PaperReply: Sendable, Hashable {
    case confirm
    /// With the reason.
    case object(String)

    var key: String {
        switch self {
        case .confirm: "confirm-paper"
        case .object: "object-paper"
        }
    }
}

/// As what somebody may answer to an entry.
package enum PaperStanding: Sendable, Hashable {
    case signer, second
}

extension PaperSigner {
    /// As forms and calls write it: `<post>:<account>`, with `:deputy` for who stood in.
    package var text: String { "\(post):\(account)" + (isDeputy ? ":deputy" : "") }

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), let post = PostID(parts[0]), let account = AccountID(parts[1]),
            parts.count == 2 || parts[2] == "deputy"
        else { return nil }
        self.init(account: account, post: post, isDeputy: parts.count == 3)
    }
}
