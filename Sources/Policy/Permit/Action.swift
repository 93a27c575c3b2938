/// Every act that needs a permit, named `<noun>.<verb>`; the permission table says which roles may do it to whose things.
package enum Action: String, Hashable, Sendable, Codable, CaseIterable {
    case draftEntry = "entry.draft"
    case reviewEntry = "entry.review"
    case publishEntry = "entry.publish"
    case withdrawEntry = "entry.withdraw"
    case hookSource = "hook.define"
    case publishVersion = "version.publish"
    case editRules = "rule.edit"
    /// To see values that are masked by grade, with a reason.
    case revealRow = "row.reveal"
    case decideGrade = "grade.decide"
    case requestShare = "request.submit"
    case signOffRequest = "request.sign-off"
    case checkRequest = "request.check"
    case decideRequest = "request.decide"
    case answerOffer = "request.answer-offer"
    case acceptDelivery = "request.accept-delivery"
    case mendDelivery = "request.mend-delivery"
    case coordinateRequest = "request.coordinate"
    case superviseUnit = "supervision.run"
    case answerSupervision = "supervision.answer"
    case instructSupervision = "supervision.instruct"
    case joinCoordination = "coordination.join"
    case countersignCase = "case.countersign"
    /// 补录: to enter a signature that was given on paper; and to confirm such an entry, or object.
    case enterPaper = "paper-approval.enter"
    case confirmPaper = "paper-approval.confirm"
    case setApprovalChain = "approval-chain.set"
    case setTemplate = "template.set"
    case publishCalendar = "calendar.publish"
    case registerLetter = "letter.register"
    case issueLetter = "letter.issue"
    case setLetterTemplate = "letter.template"
    case importExchange = "exchange.import"
    case dryRunGrant = "grant.dry-run"
    case signGrant = "grant.sign"
    case suspendGrant = "grant.suspend"
    case resumeGrant = "grant.resume"
    case revokeGrant = "grant.revoke"
    case giveUpGrant = "grant.give-up"
    /// 预告终止: that a grant will end, by its provider; and to object to that.
    case announceEnd = "grant.announce-end"
    case objectToEnd = "grant.object-to-end"
    case releaseRows = "release.make"
    case runJointTest = "joint-test.run"
    case answerJointTest = "joint-test.answer"
    case acceptJointTest = "joint-test.accept"
    case manageTargets = "push-target.manage"
    case readReceipt = "receipt.read"
    case readEvidence = "evidence.read"
    case exportEvidence = "evidence.export"
    case releaseUpload = "upload.release"
    case manageParties = "party.manage"
    case maintainUnitList = "unit-list.maintain"
    case manageAccounts = "account.manage"
    case manageTokens = "token.manage"
    case manageChannels = "reminder-channel.manage"
    case changeSettings = "setting.change"

    /// Acts by which a person puts their name under something.
    package static let signing: Set<Action> = [
        .signOffRequest, .decideRequest, .countersignCase, .signGrant, .revokeGrant, .announceEnd,
        .publishCalendar, .revealRow,
    ]

    package var noun: String { String(rawValue.prefix(while: { $0 != "." })) }
}
