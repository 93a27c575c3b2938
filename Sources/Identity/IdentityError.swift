package import Kernel

package enum IdentityError: Error, Hashable, Sendable {
    case partyUnknown
    case partyNameTaken(String)
    case partyNameEmpty
    case usccInvalid(String)
    case usccTaken(String)
    case partyDissolved
    /// A name, or the end of a party, would come before what it follows, which began on that day.
    case partyBackwards(from: CalendarDate)
    case successionEmpty
    case parentWithin
    case notAGroup
    case postUnknown
    case postTaken(title: String)
    case postOccupied
    /// Somebody holds it, or is to.
    case postHeld
    /// The unit had one of that title, which was abolished.
    case postAbolished(title: String)
    case postNotHeld
    /// Beyond what who acts administers: a role that reaches over the whole node, or a scope that is not within the own one.
    case scopeBeyond
    /// The roles administer nothing, or see the whole node in any case.
    case scopeNeedless
    /// The topmost unit of one's own scope is for whoever administers above it.
    case scopeRoot
    /// A post's holder does not say how far it reaches.
    case scopeOwn
    /// A unit without one above it, or below one that is not within the scope.
    case parentBeyond
    case unitListUnknown
    /// Somebody changed the list, or the line, since it was looked at.
    case unitListMoved
    /// Members of a group that who acts does not administer.
    case membersBeyond
    case termBackwards
    case deputyUnknown
    /// Ends before it begins, or before today.
    case deputyBackwards
    case deputyTooLong(daysMax: Int)
    case deputyHolds
    /// Holds no post of the same unit on the first day.
    case deputyElsewhere
    case deputyTaken
    case handOverUnknown
    case handOverVacant
    /// Who leaves, who follows and who witnesses are three people.
    case handOverSamePerson(field: String)
    /// A term that began today cannot have ended yesterday.
    case handOverTooSoon
    /// Somebody else holds the post by now than the page said.
    case handOverStale
    case rolesEmpty
    case personUnknown
    case textInvalid(field: String, charactersMax: Int)
    case accountUnknown
    case accountNameTaken
    case accountNameInvalid
    case passwordTooShort(charactersMin: Int)
    case passwordTooPlain(classesMin: Int)
    case passwordGuessed
    case passwordUsedBefore(remembered: Int)
    /// Told only to who is signed in as its owner.
    case passwordWrong
    case codeWrong
    /// The code came too late after the password, or the password was changed meanwhile.
    case secondStepOver
    case secondFactorOn
    case secondFactorOff
    case secondFactorOwn
    case sessionUnknown
    case providerUnknown
    case linkUnknown
    /// Another account has it, or this account another one of the same provider.
    case linkTaken
    case linkIncomplete
    case linkClaimless
    /// An administrator's own account is linked by its password.
    case linkOwn
    /// Told only to who knows the password.
    case passwordsClosed
    /// 三员分立
    case rolesExcludedInPost
    case rolesExcludedInPerson(other: String)
    /// Of name and password alike: which of them is not told.
    case signInWrong
    /// Told only to who knows the password.
    case locked(until: Instant)
    case signInsTooMany
    case tokenUnknown
    case scopesInvalid
    case tokenLifetime(daysMax: Int)
    case seedLine(Int, String)
}

extension IdentityError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .partyUnknown: Problem(.notFound, Message("identity.party-unknown"))
        case .partyNameTaken(let name):
            Problem(.conflict, Message("identity.party-name-taken", ["name": name]))
        case .partyNameEmpty: Problem(.invalid, Message("identity.party-name-empty"))
        case .usccInvalid(let code): Problem(.invalid, Message("identity.uscc-invalid", ["code": code]))
        case .usccTaken(let code): Problem(.conflict, Message("identity.uscc-taken", ["code": code]))
        case .partyDissolved: Problem(.conflict, Message("identity.party-dissolved"))
        case .partyBackwards(let day):
            Problem(.invalid, Message("identity.party-backwards", ["day": day.description]))
        case .successionEmpty: Problem(.invalid, Message("identity.succession-empty"))
        case .parentWithin: Problem(.invalid, Message("identity.parent-within"))
        case .notAGroup: Problem(.invalid, Message("identity.not-a-group"))
        case .postUnknown: Problem(.notFound, Message("identity.post-unknown"))
        case .postTaken(let title): Problem(.conflict, Message("identity.post-taken", ["title": title]))
        case .postHeld, .postAbolished, .handOverUnknown, .handOverVacant, .handOverSamePerson,
            .handOverStale, .handOverTooSoon:
            postProblem
        case .postOccupied: Problem(.conflict, Message("identity.post-occupied"))
        case .postNotHeld: Problem(.forbidden, Message("identity.post-not-held"))
        case .unitListUnknown: Problem(.notFound, Message("identity.unit-list-unknown"))
        case .unitListMoved: Problem(.conflict, Message("identity.unit-list-moved"))
        case .scopeBeyond, .scopeNeedless, .scopeRoot, .scopeOwn, .parentBeyond, .membersBeyond: scopeProblem
        case .termBackwards: Problem(.invalid, Message("identity.term-backwards"))
        case .deputyUnknown: Problem(.notFound, Message("identity.deputy-unknown"))
        case .deputyBackwards: Self.at("through", Message("identity.deputy-backwards"))
        case .deputyTooLong(let max):
            Self.at("through", Message("identity.deputy-too-long", ["max": String(max)]))
        case .deputyHolds: Self.at("person", Message("identity.deputy-holds"))
        case .deputyElsewhere: Self.at("person", Message("identity.deputy-elsewhere"))
        case .deputyTaken: Problem(.conflict, Message("identity.deputy-taken"))
        case .rolesEmpty: Problem(.invalid, Message("identity.roles-empty"))
        case .personUnknown: Problem(.notFound, Message("identity.person-unknown"))
        case .textInvalid(let field, let max):
            Problem(.invalid, Message("identity.text-invalid", ["field": field, "max": String(max)]))
        case .accountUnknown: Problem(.notFound, Message("identity.account-unknown"))
        case .accountNameTaken: Problem(.conflict, Message("identity.account-name-taken"))
        case .accountNameInvalid: Problem(.invalid, Message("identity.account-name-invalid"))
        case .passwordTooShort(let min):
            Problem(.invalid, Message("identity.password-too-short", ["min": String(min)]))
        case .passwordTooPlain, .passwordGuessed, .passwordUsedBefore, .passwordWrong, .codeWrong,
            .secondStepOver, .secondFactorOn, .secondFactorOff, .secondFactorOwn, .sessionUnknown,
            .providerUnknown, .linkUnknown, .linkTaken, .linkIncomplete, .linkClaimless, .linkOwn,
            .passwordsClosed,
            .rolesExcludedInPost,
            .rolesExcludedInPerson:
            strictProblem
        case .signInWrong: Problem(.unauthenticated, Message("identity.sign-in-wrong"))
        case .locked(let until): Problem(.tooMany, Message("identity.locked", ["until": until.description]))
        case .signInsTooMany: Problem(.tooMany, Message("identity.sign-ins-too-many"))
        case .tokenUnknown: Problem(.notFound, Message("identity.token-unknown"))
        case .scopesInvalid: Problem(.invalid, Message("identity.scopes-invalid"))
        case .tokenLifetime(let max):
            Problem(.invalid, Message("identity.token-lifetime", ["max": String(max)]))
        case .seedLine(let line, let what):
            Problem(.invalid, Message("identity.seed-line", ["line": String(line), "what": what]))
        }
    }

    private static func at(_ field: String, _ message: Message) -> Problem {
        Problem(.invalid, message, places: [.init(field, message)])
    }

    private var postProblem: Problem {
        switch self {
        case .postHeld:
            Problem(
                .conflict, Message("identity.post-held"), remedy: Message("identity.post-held-remedy"))
        case .postAbolished(let title):
            Problem(.conflict, Message("identity.post-abolished", ["title": title]))
        case .handOverUnknown: Problem(.notFound, Message("identity.hand-over-unknown"))
        case .handOverVacant: Problem(.conflict, Message("identity.hand-over-vacant"))
        case .handOverSamePerson(let field): Self.at(field, Message("identity.hand-over-same-person"))
        case .handOverStale: Problem(.conflict, Message("identity.hand-over-stale"))
        case .handOverTooSoon: Problem(.conflict, Message("identity.hand-over-too-soon"))
        default: Problem(.internalFault, Message("web.fault"))
        }
    }

    private var scopeProblem: Problem {
        switch self {
        case .scopeBeyond: Problem(.forbidden, Message("identity.scope-beyond"))
        case .scopeNeedless: Self.at("scope", Message("identity.scope-needless"))
        case .scopeRoot: Problem(.forbidden, Message("identity.scope-root"))
        case .scopeOwn: Problem(.conflict, Message("identity.scope-own"))
        case .parentBeyond: Self.at("parent", Message("identity.parent-beyond"))
        case .membersBeyond: Self.at("members", Message("identity.members-beyond"))
        default: Problem(.internalFault, Message("web.fault"))
        }
    }

    private var strictProblem: Problem {
        switch self {
        case .passwordTooPlain(let min):
            Problem(.invalid, Message("identity.password-too-plain", ["min": String(min)]))
        case .passwordGuessed: Problem(.invalid, Message("identity.password-guessed"))
        case .passwordUsedBefore(let count):
            Problem(.invalid, Message("identity.password-used-before", ["count": String(count)]))
        case .passwordWrong: Problem(.invalid, Message("identity.password-wrong"))
        case .codeWrong: Problem(.invalid, Message("identity.code-wrong"))
        case .secondStepOver: Problem(.unauthenticated, Message("identity.second-step-over"))
        case .secondFactorOn: Problem(.conflict, Message("identity.second-factor-on"))
        case .secondFactorOff: Problem(.conflict, Message("identity.second-factor-off"))
        case .secondFactorOwn: Problem(.conflict, Message("identity.second-factor-own"))
        case .sessionUnknown: Problem(.notFound, Message("identity.session-unknown"))
        case .providerUnknown: Problem(.notFound, Message("identity.provider.unknown"))
        case .linkUnknown: Problem(.notFound, Message("identity.link-unknown"))
        case .linkTaken: Problem(.conflict, Message("identity.link-taken"))
        case .linkIncomplete: Self.at("subject", Message("identity.link-incomplete"))
        case .linkClaimless: Self.at("claim", Message("identity.link-claimless"))
        case .linkOwn: Problem(.conflict, Message("identity.link-own"))
        case .passwordsClosed:
            Problem(
                .forbidden, Message("identity.passwords-closed"),
                remedy: Message("identity.passwords-closed-remedy"))
        case .rolesExcludedInPost: Problem(.conflict, Message("identity.roles-excluded-in-post"))
        case .rolesExcludedInPerson(let other):
            Problem(.conflict, Message("identity.roles-excluded-in-person", ["post": other]))
        default: Problem(.internalFault, Message("web.fault"))
        }
    }
}
