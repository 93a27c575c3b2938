package import Evidence
package import Identity
package import Kernel
package import Persistence

/// What an act is about: whose it is, who proposed it, and how to see in the act's own transaction that it has not moved.
package struct Subject: Sendable {
    package let reference: Leaf.Subject
    /// The unit it belongs to: keeper of an entry, provider of a grant's data.
    package let owner: PartyID?
    /// The unit that asks for or receives.
    package let recipient: PartyID?
    /// Who brought forward what is to be decided.
    package let proposer: AccountID?
    package let revision: Int
    /// The revision inside the transaction; nil when the thing is gone.
    package let currentRevision: @Sendable (any Connection) throws -> Int?

    package init(
        _ reference: Leaf.Subject, owner: PartyID?, recipient: PartyID? = nil, proposer: AccountID? = nil,
        revision: Int, currentRevision: @escaping @Sendable (any Connection) throws -> Int?
    ) {
        self.reference = reference
        self.owner = owner
        self.recipient = recipient
        self.proposer = proposer
        self.revision = revision
        self.currentRevision = currentRevision
    }

    /// For acts that make something new: nothing can have moved.
    package static func new(kind: String, owner: PartyID?, recipient: PartyID? = nil) -> Subject {
        Subject(Leaf.Subject(kind: kind, id: "new"), owner: owner, recipient: recipient, revision: 0) { _ in 0
        }
    }
}

/// Leave for one principal to do one act to one thing, as it stood. Used up by the act.
package struct Permit: ~Copyable, Sendable {
    package let action: Action
    package let principal: Principal
    private let subject: Subject
    /// Only as the thing of a unit that the principal's post administers: asked again inside the transaction.
    private let isAdministered: Bool

    init(action: Action, principal: Principal, subject: Subject, isAdministered: Bool) {
        self.isAdministered = isAdministered
        self.action = action
        self.principal = principal
        self.subject = subject
    }

    package var subjectReference: Leaf.Subject { subject.reference }
    package var revision: Int { subject.revision }

    /// Uses the permit up inside the act's transaction; throws `PolicyError.moved` when the thing has changed since.
    @discardableResult
    package consuming func redeem(in connection: any Connection) throws -> Mandate {
        try Mandate.check(action, principal, subject, isAdministered, in: connection)
    }
}

/// Proof, inside one transaction, that a permit was redeemed there: who did what, for the leaf.
package struct Mandate {
    package let action: Action
    package let principal: Principal
    package let subject: Leaf.Subject
    package let revision: Int
    package var actor: String { principal.actor }

    fileprivate init(action: Action, principal: Principal, subject: Leaf.Subject, revision: Int) {
        self.action = action
        self.principal = principal
        self.subject = subject
        self.revision = revision
    }

    fileprivate static func check(
        _ action: Action, _ principal: Principal, _ subject: Subject, _ isAdministered: Bool,
        in connection: any Connection
    ) throws -> Mandate {
        guard try subject.currentRevision(connection) == subject.revision else {
            throw PolicyError.moved(kind: subject.reference.kind, id: subject.reference.id)
        }
        // Bounded: by the scope of now, which the unit may have left since.
        if isAdministered, !principal.scope.isNode,
            try !AdministrativeScope.of(principal, in: connection).contains(subject.owner)
        {
            throw PolicyError.notPermitted(action)
        }
        return Mandate(
            action: action, principal: principal, subject: subject.reference, revision: subject.revision)
    }
}

extension Database {
    /// One transaction under a permit. The body may run again after a serialization failure; each run checks again that the
    /// subject has not moved, so a permit is used up by one committed act.
    package func write<Result: Sendable>(
        under permit: consuming Permit,
        _ body: @escaping @Sendable (any Connection, Mandate) throws -> Result
    ) async throws -> Result {
        let (action, principal, subject, isAdministered) = permit.parts()
        return try await write { connection in
            try body(
                connection, try Mandate.check(action, principal, subject, isAdministered, in: connection))
        }
    }
}

extension Permit {
    fileprivate consuming func parts() -> (Action, Principal, Subject, Bool) {
        (action, principal, subject, isAdministered)
    }
}
