package import Identity
package import Kernel

/// Why a sharing request is refused before any officer decides it.
package enum ExchangeError: Error, Hashable, Sendable {
    case requestNotFound(CaseID)
    case entryNotFound(EntryID)
    /// The entry is open to everyone: nothing to ask for.
    case entryIsOpen
    /// A unit does not ask itself.
    case ownEntry
    case noUnit
    case fieldsInvalid([Problem.Place])
    /// Agreeing means as asked; anything else is a counter-offer.
    case offerUnchanged
    case offerMissing
    /// 不予共享, also in an emergency.
    case emergencyWithheld
    /// A leader's word does not stand for that of the department above.
    case emergencyNeedsConsent
    /// The unit has one for this entry that is not confirmed.
    case emergencyTwice
    /// A list without these columns, by their titles.
    case sheetColumnsMissing([String])
    case sheetEmpty
    case applicationListNotFound
    /// No row of it can be taken.
    case applicationListEmpty
    /// Dropped, or drafted already.
    case applicationListOver
    case sheetTooLong(rowsMax: Int)
    case runningNotFound
    /// Purpose, basis or scope is missing.
    case runningLacks
    /// Somebody else's to sign, signed already, or past changing.
    case runningNotYours
    /// A renewal or a change of the grant is under way.
    case renewalAsked
    case endNotFound
    case announcedEndNotFound
    /// Of this grant an end is announced already.
    case endAnnounced(CaseID)
    /// The grant carries out the outcome of a coordination.
    case endBound
    /// Other grants than those that were looked at.
    case endsMoved
    /// Nothing that an announcement could end.
    case endsNone
    /// The grant is about to be ended.
    case announcedDayPast(CalendarDate)
    case reportNotFound
    case reportGiven
    case certificateGiven
    /// The entry has moved to another unit or another share type since the request was made.
    case entryMoved
    /// A step of an approval chain names a post that is not of the unit, or lacks the role.
    case postElsewhere(PostID)
    /// A step of an approval chain asks for a role that could not give the signature.
    case cannotSign(step: Int, Role)
    /// A step asks for another unit's signature, and there is no such unit today, or it is the unit itself.
    case unitUnknown(PartyID)
    /// Two variants of a chain are for the same cases.
    case variantTwice
    /// The body of a call is not what the route takes.
    case bodyMalformed(member: String)
    /// The entry has no version to count over.
    case nothingToTry
    /// Its rows are another's, and nobody may ask for all of them.
    case liveNotTried
    /// Trying other clauses than those at stake is for whoever could offer or rule them now.
    case trialNotYours
    case templateNotFound
    /// It has ended already, or would end before it began.
    case templateEnded
    /// More cases at once than one act is done on.
    case batchTooLarge(casesMax: Int)
    /// An act that needs what only a single case can say.
    case batchActUnknown
    case supervisionNotFound
    case coordinationNotFound
    /// The unit is supervised in this case already.
    case supervisionOpen(CaseID)
    /// What is over is not supervised.
    case caseOver
}

extension ExchangeError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .requestNotFound: Problem(.notFound, Message("exchange.request-not-found"))
        case .entryNotFound: Problem(.notFound, Message("exchange.entry-not-found"))
        case .entryIsOpen:
            Problem(
                .refused, Message("exchange.entry-is-open"), remedy: Message("exchange.entry-is-open-remedy"))
        case .templateNotFound: Problem(.notFound, Message("exchange.template-not-found"))
        case .templateEnded:
            Problem(
                .conflict, Message("exchange.template-ended"),
                remedy: Message("exchange.template-ended-remedy"))
        case .batchTooLarge(let casesMax):
            Problem(.invalid, Message("exchange.batch-too-large", ["casesMax": "\(casesMax)"]))
        case .batchActUnknown:
            Problem(
                .invalid, Message("exchange.batch-act-unknown"),
                places: [Problem.Place("act", Message("exchange.batch-act-unknown"))])
        case .ownEntry: Problem(.refused, Message("exchange.own-entry"))
        case .noUnit: Problem(.forbidden, Message("exchange.no-unit"))
        case .fieldsInvalid(let places):
            Problem(.invalid, Message("exchange.fields-invalid"), places: places)
        case .offerUnchanged:
            Problem(
                .invalid, Message("exchange.offer-unchanged"),
                remedy: Message("exchange.offer-unchanged-remedy"))
        case .postElsewhere(let post):
            Problem(.refused, Message("exchange.post-elsewhere", ["post": post.text]))
        case .cannotSign(let step, let role): Self.cannotSign(step, role)
        case .unitUnknown(let unit): Problem(.refused, Message("exchange.unit-unknown", ["unit": unit.text]))
        case .variantTwice: Problem(.invalid, Message("exchange.chain-variant-twice"))
        case .bodyMalformed(let member):
            Problem(
                .invalid, Message("exchange.body-malformed", ["member": member]),
                places: [Problem.Place(member, Message("exchange.body-malformed", ["member": member]))])
        case .emergencyWithheld, .emergencyNeedsConsent, .emergencyTwice, .sheetColumnsMissing, .sheetEmpty,
            .sheetTooLong,
            .runningNotFound, .runningLacks, .runningNotYours, .renewalAsked, .endNotFound,
            .certificateGiven, .reportNotFound, .reportGiven, .supervisionNotFound, .coordinationNotFound,
            .supervisionOpen, .caseOver, .applicationListNotFound, .applicationListEmpty,
            .applicationListOver, .announcedEndNotFound, .endAnnounced, .endBound, .endsMoved, .endsNone,
            .announcedDayPast:
            problemBesideRequests
        case .offerMissing: Problem(.conflict, Message("exchange.offer-missing"))
        case .entryMoved:
            Problem(
                .conflict, Message("exchange.entry-moved"), remedy: Message("exchange.entry-moved-remedy"))
        case .nothingToTry:
            Problem(
                .conflict, Message("exchange.nothing-to-try"),
                remedy: Message("exchange.nothing-to-try-remedy"))
        case .liveNotTried:
            Problem(
                .conflict, Message("exchange.live-not-tried"),
                remedy: Message("exchange.live-not-tried-remedy"))
        case .trialNotYours: Problem(.forbidden, Message("exchange.trial-not-yours"))
        }
    }

    private static func cannotSign(_ step: Int, _ role: Role) -> Problem {
        let message = Message("exchange.cannot-sign", ["step": String(step), "role": role.rawValue])
        return Problem(.refused, message, places: [Problem.Place("s\(step)-1", message)])
    }

    /// Of emergencies, running exchanges, and what follows a decision.
    private var problemBesideRequests: Problem {
        switch self {
        case .sheetColumnsMissing(let columns):
            Problem(
                .invalid,
                Message(
                    "running.columns-missing",
                    ["columns": columns.joined(separator: "、")]),
                remedy: Message("running.columns-missing-remedy"))
        case .sheetEmpty: Problem(.invalid, Message("running.sheet-empty"))
        case .sheetTooLong(let rowsMax):
            Problem(.invalid, Message("running.sheet-too-long", ["rowsMax": "\(rowsMax)"]))
        case .applicationListNotFound: Problem(.notFound, Message("application.list-not-found"))
        case .applicationListEmpty:
            Problem(
                .refused, Message("application.list-nothing"),
                remedy: Message("application.list-nothing-remedy"))
        case .applicationListOver: Problem(.conflict, Message("application.list-over"))
        case .coordinationNotFound: Problem(.notFound, Message("coordination.not-found"))
        case .supervisionNotFound: Problem(.notFound, Message("supervision.not-found"))
        case .supervisionOpen(let id):
            Problem(
                .conflict, Message("supervision.open-already"),
                remedy: Message("supervision.open-already-remedy", ["id": id.text]))
        case .caseOver: Problem(.conflict, Message("supervision.case-over"))
        case .runningNotFound: Problem(.notFound, Message("running.not-found"))
        case .runningLacks: Problem(.refused, Message("running.lacking"))
        case .runningNotYours: Problem(.refused, Message("running.not-to-sign"))
        case .renewalAsked: Problem(.conflict, Message("life.renewal-asked"))
        case .announcedEndNotFound: Problem(.notFound, Message("announced-end.not-found"))
        case .endAnnounced:
            Problem(
                .conflict, Message("announced-end.announced-already"),
                remedy: Message("announced-end.announced-already-remedy"))
        case .endBound:
            Problem(
                .refused, Message("coordination.binding"), remedy: Message("coordination.binding-remedy"))
        case .endsMoved:
            Problem(
                .conflict, Message("announced-end.moved"), remedy: Message("announced-end.moved-remedy"))
        case .endsNone: Problem(.refused, Message("announced-end.none-to-end"))
        case .announcedDayPast(let day):
            Problem(.refused, Message("announced-end.day-past", ["day": day.description]))
        case .endNotFound: Problem(.notFound, Message("life.end-not-found"))
        case .reportNotFound: Problem(.notFound, Message("use-report.not-found"))
        case .reportGiven: Problem(.conflict, Message("use-report.given-before"))
        case .certificateGiven: Problem(.conflict, Message("life.certificate-given"))
        case .emergencyNeedsConsent:
            Problem(
                .refused, Message("superior.not-in-emergency"),
                remedy: Message("superior.not-in-emergency-remedy"))
        case .emergencyWithheld: Problem(.refused, Message("exchange.emergency-withheld"))
        case .emergencyTwice:
            Problem(
                .refused, Message("exchange.emergency-twice"),
                remedy: Message("exchange.emergency-twice-remedy"))
        default: Problem(.notFound, Message("exchange.request-not-found"))
        }
    }
}
