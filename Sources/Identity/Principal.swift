package import Kernel

/// What an account may do, by its post. One person may hold several posts and acts in one of them.
package enum Role: String, Sendable, Codable, CaseIterable, Hashable {
    /// 数据专员: keeps a department's entries and hooks.
    case steward
    /// 部门首席数据官: approves for the department; signs grants of its data.
    case departmentCDO = "department-cdo"
    /// 数据主管部门审核员: completeness checks, publication, supervision.
    case bureauReviewer = "bureau-reviewer"
    /// 用数单位: asks for data and receives it.
    case consumer
    /// 安全管理员: grades, revocation, evidence.
    case securityOfficer = "security-officer"
    /// 审计员: reads evidence and receipts, changes nothing.
    case auditor
    /// 领导: sees the whole, decides what is escalated.
    case leader
    /// 系统管理员: accounts and settings; sees no data.
    case administrator
    /// 社会公众: not signed in.
    case `public`
}

/// What a session owes before it may do anything else.
package enum Obligation: String, Sendable, Hashable, CaseIterable {
    /// Its password is older than the settings allow.
    case newPassword = "new-password"
    /// A role of one of its posts asks for a second factor, and there is none.
    case secondFactor = "second-factor"
}

/// Who acts, in which post of which party, with which roles, and how they came in.
package struct Principal: Sendable, Hashable {
    package enum Channel: Sendable, Hashable {
        case session(SessionID)
        /// A token's scopes narrow the roles; they never widen them.
        case token(TokenID, scopes: Set<String>)
        case commandLine
        case anonymous
    }

    package let account: AccountID?
    package let party: PartyID?
    package let post: PostID?
    package let roles: Set<Role>
    package let channel: Channel
    /// For the page's corner; never in evidence.
    package let displayName: String
    /// Of the connection, or what a trusted proxy says of it; nil for whoever is at the machine itself. Never in evidence.
    package private(set) var address: String?
    /// When this session last gave its password or code; nil for whoever has no session.
    package private(set) var confirmed: Instant?
    /// What must be done before anything else; until then there are no roles.
    package let owes: Obligation?
    /// The post that the session chose is not theirs any more: the term, or the days of standing in, have ended.
    package let hasLeftPost: Bool
    /// Stands in for the post's holder (代行). The rights are the same; the record says who acted in whose place.
    package let isDeputy: Bool
    /// Units that ended and that this one followed: what they left closed behind may be read as one's own.
    package let forebears: [PartyID]
    /// How far the post administers, as it stood when the request began.
    package let scope: AdministrativeScope

    package init(
        account: AccountID?, party: PartyID?, post: PostID?, roles: Set<Role>, channel: Channel,
        displayName: String, address: String? = nil, confirmed: Instant? = nil, owes: Obligation? = nil,
        hasLeftPost: Bool = false, isDeputy: Bool = false, forebears: [PartyID] = [],
        scope: AdministrativeScope = .node
    ) {
        self.scope = scope
        self.hasLeftPost = hasLeftPost
        self.isDeputy = isDeputy
        self.forebears = forebears
        self.account = account
        self.party = party
        self.post = post
        self.roles = owes == nil ? roles : []
        self.confirmed = confirmed
        self.owes = owes
        self.channel = channel
        self.displayName = displayName
        self.address = address
    }

    package func coming(from address: String) -> Principal {
        var principal = self
        principal.address = address
        return principal
    }

    package func confirmed(at instant: Instant?) -> Principal {
        var principal = self
        principal.confirmed = instant
        return principal
    }

    package static let `public` = Principal(
        account: nil, party: nil, post: nil, roles: [.public], channel: .anonymous, displayName: "")

    /// Who works at the machine itself: the command line, and what the program does of its own accord.
    package static func system(_ displayName: String = "") -> Principal {
        Principal(
            account: nil, party: nil, post: nil, roles: [.administrator], channel: .commandLine,
            displayName: displayName)
    }

    /// Whether `party` is the principal's own unit or one that it followed.
    package func standsFor(_ party: PartyID) -> Bool { self.party == party || forebears.contains(party) }

    /// As evidence names the actor.
    package var actor: String {
        if let account { return "account:\(account)" }
        return channel == .commandLine ? "system" : "public"
    }
}
