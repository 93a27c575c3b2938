package import Casework
import Evidence
import Identity
import Kernel
import Persistence
import Policy

/// What requests and supervisions share: who may see a case, whatever its kind.
extension Exchange {
    func supervision(_ id: CaseID, for principal: Principal, in connection: any Connection) throws
        -> Supervision
    {
        let scope = permissions.scope(of: .supervision, for: principal)
        guard let one = try SupervisionStore().load(id, cases, in: connection), scope.admits(owner: one.unit)
        else { throw ExchangeError.supervisionNotFound }
        return one
    }

    func subject(of one: Supervision, revision: Int) -> Subject {
        let id = one.id
        return Subject(.init(id), owner: one.unit, proposer: one.file.openedBy, revision: revision) {
            connection in
            try connection.row("SELECT revision FROM governed_case WHERE id = \(id)")?.value("revision")
        }
    }

    func request(_ id: CaseID, visibleTo principal: Principal, in connection: any Connection) throws
        -> SharingRequest
    {
        try visible(id, to: principal, in: connection)
    }

    /// A case of any kind that `principal` may know of.
    func file(_ id: CaseID, for principal: Principal, in connection: any Connection) throws -> Case {
        let kind: String? = try connection.row("SELECT kind FROM governed_case WHERE id = \(id)")?.value(
            "kind")
        if kind == SupervisionWorkflow.kind {
            return try supervision(id, for: principal, in: connection).file
        }
        if kind == CoordinationWorkflow.kind {
            return try coordination(id, for: principal, in: connection).file
        }
        if kind == ApplicationWorkflow.kind {
            return try visibleApplication(id, to: principal, in: connection).file
        }
        if kind == AnnouncedEndWorkflow.kind {
            return try announcedEnd(id, for: principal, in: connection).file
        }
        return try visible(id, to: principal, in: connection).file
    }

    /// 督办 of a case, for whoever may see the case; whoever may see the supervision too can open it.
    func supervisions(of id: CaseID, for principal: Principal) async throws -> [CaseSupervision] {
        let scope = permissions.scope(of: .supervision, for: principal)
        return try await database.read { connection in
            try SupervisionStore().about(id, cases, in: connection).map { one in
                CaseSupervision(supervision: one, mayOpen: scope.admits(owner: one.unit))
            }
        }
    }
}

/// A supervision as the case that it is about shows it.
struct CaseSupervision {
    let supervision: Supervision
    let mayOpen: Bool
}

/// Every kind of case that this domain declares.
package enum CaseKinds {
    package static func declared() throws(WorkflowFault) -> [Workflow] {
        [
            try SharingWorkflow.declared(), try SupervisionWorkflow.declared(),
            try CoordinationWorkflow.declared(), try ApplicationWorkflow.declared(),
            try AnnouncedEndWorkflow.declared(),
        ]
    }

    package static func defaultChains() throws(CaseError) -> [ApprovalChain] {
        try SharingWorkflow.defaultChains() + CoordinationWorkflow.defaultChains()
    }
}
