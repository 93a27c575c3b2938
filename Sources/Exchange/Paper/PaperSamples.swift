import Casework
import Identity
import Kernel
import Policy
import Web

extension PaperApproval {
    /// For pages that show what an entry may look like.
    static func sample(
        _ state: State = .waiting, counted: Int? = nil, judged: Bool = false
    ) -> PaperApproval {
        let party = PartyID(high: 3 << 48, low: 1 << 63)
        let at = Instant(microseconds: 1_795_600_000_000_000)
        let (one, two) = (AccountID(high: 5 << 48, low: 1 << 63), AccountID(high: 5 << 48, low: 1 << 62))
        let post = PostID(high: 6 << 48, low: 1 << 63)
        let (caseID, day) = (CaseID(high: 1 << 48, low: 1 << 63), CalendarDate(daysSince1970: 20_780))
        let hand = Hand(two, post, at: at + .seconds(86_400))
        return PaperApproval(
            id: PaperApprovalID(high: 8 << 48, low: 1 << 63), caseID: caseID, kind: SharingWorkflow.kind,
            caseState: "decision", holder: CaseHolder(party: party, role: .leader), place: 0,
            position: ChainPosition(
                chain: SharingWorkflow.decisionChain, party: party, steps: [ApprovalStep(role: .leader)],
                step: 0),
            signer: PaperSigner(account: two, post: post, isDeputy: false),
            opinion: PaperOpinion(
                act: "agree", comment: "同意提供", legalBasis: nil, signedOn: day, isJudgedBySigned: judged,
                reason: "出差期间网络不通"),
            scan: PaperScan(
                id: PaperScanID(high: 8 << 48, low: 1 << 62), caseID: caseID, name: "签批单.png",
                mediaType: "image/png", bytes: 48_213, sha256: String(repeating: "5a", count: 32),
                isScanned: true, broughtBy: one, broughtAt: at), entered: Hand(one, post, at: at),
            countedRevision: counted, dueOn: day.adding(days: 7), state: state,
            compared: state == .compared ? hand : nil,
            closed: state == .confirmed || state == .objected ? hand : nil,
            closingWords: state == .objected ? "未签署过此件" : nil)
    }
}

extension PaperFormPage {
    package static let samples: [PaperFormPage] = {
        guard let file = RequestPage.sampleFile else { return [] }
        let approval = PaperApproval.sample()
        let day = approval.opinion.signedOn
        let desk = PaperDesk(
            open: [
                PaperDesk.Candidate(
                    place: 0, holder: approval.holder,
                    term: HeldTerm(
                        account: approval.signer.account, person: Person.sample.name, post: Seat.sample.post,
                        isDeputy: false, starts: day.adding(days: -9), ends: day.adding(days: 3)))
            ], decisions: ["agree", "refuse"], from: day.adding(days: -9), through: day)
        func page(
            _ scan: PaperScan?, _ typed: SubmittedForm = SubmittedForm(), isLast: Bool,
            errors: FormErrors? = nil
        ) -> PaperFormPage {
            PaperFormPage(
                Content(
                    file: file, desk: desk, scan: scan, typed: typed, key: "k", accept: ".pdf,.png",
                    bytesMax: 20 << 20, isLast: isLast), errors: errors, say: { $0.key })
        }
        let wrong = PaperError.fieldsInvalid([
            Problem.Place("signer", Message("paper.signer-not-then", ["day": day.description])),
            Problem.Place("signedOn", Message("paper.signed-ahead")),
        ])
        let missing = PaperError.fieldsInvalid([
            Problem.Place("file", Message("exchange.field-required"))
        ])
        return [
            page(nil, isLast: false), page(nil, isLast: false, errors: FormErrors(missing.problem)),
            page(approval.scan, isLast: true),
            page(
                approval.scan,
                SubmittedForm([
                    ("decision", "refuse"), ("comment", "不同意"), ("isJudgedBySigned", "1"), ("key", "k2"),
                ]), isLast: false, errors: FormErrors(wrong.problem)),
        ]
    }()
}

extension PaperApprovalPage {
    package static let samples: [PaperApprovalPage] = {
        guard let file = RequestPage.sampleFile else { return [] }
        func page(
            _ approval: PaperApproval, _ standing: PaperStanding?, errors: FormErrors? = nil
        ) -> PaperApprovalPage {
            PaperApprovalPage(
                Content(
                    file: file, approval: approval, standing: standing, who: { _, _ in "源城区人民政府 · 首席数据官" },
                    refused: errors == nil ? nil : "objection", errors: errors))
        }
        let missing = PaperError.fieldsInvalid([
            Problem.Place("reason", Message("exchange.field-required"))
        ])
        return [
            page(.sample(), .second), page(.sample(counted: 4), .signer),
            page(.sample(.compared, counted: 4, judged: true), .signer, errors: FormErrors(missing.problem)),
            page(.sample(.confirmed, counted: 4), nil), page(.sample(.objected), nil),
            page(.sample(.lapsed), nil),
        ]
    }()
}
