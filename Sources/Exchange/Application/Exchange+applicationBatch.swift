import Casework
import Identity
import Kernel
import Persistence
import Policy

extension BatchAct {
    /// What it is of an application for several entries, which is submitted and signed off like a request; nil for what that has not.
    var applicationAct: ApplicationAct? {
        switch self {
        case .submit: .submit
        case .signOff: .signOff
        case .sendBack: .sendBack
        default: nil
        }
    }
}

/// Applications among several cases that are acted on at once.
extension Exchange {
    /// Nil when the case is no application that `principal` may see.
    func rehearse(
        _ act: BatchAct, onApplication choice: BatchChoice, by principal: Principal, _ opinion: Opinion,
        at now: Instant, in connection: any Connection
    ) -> BatchLine? {
        guard let one = try? visibleApplication(choice.id, to: principal, in: connection) else { return nil }
        var line = BatchLine(choice: choice, request: nil, application: one, act: nil, problem: nil)
        do {
            guard let act = act.applicationAct else {
                throw CaseError.actUnknown(act.rawValue, kind: one.file.kind)
            }
            guard one.file.revision == choice.revision else {
                throw CaseError.stale(seen: choice.revision, now: one.file.revision)
            }
            try rehearse(act, on: one, by: principal, opinion, at: now, in: connection)
            line.act = act.name
        } catch let error as any ProblemConvertible {
            line.problem = error.problem
        } catch {
            line.problem = Problem(.internalFault, Message("casework.fault"))
        }
        return line
    }

    private func rehearse(
        _ act: ApplicationAct, on application: Application, by principal: Principal, _ opinion: Opinion,
        at now: Instant, in connection: any Connection
    ) throws {
        let (file, workflow) = (application.file, try cases.workflow(ApplicationWorkflow.kind))
        guard let declared = workflow.act(act.name), let action = file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(act.name, kind: workflow.kind) }
        guard declared.from.contains(file.state) else {
            throw CaseError.notFromHere(
                act: workflow.actWord(act.name), state: workflow.stateWord(file.state))
        }
        try permissions.demand(
            action, on: subject(of: application, revision: file.revision), for: principal)
        try check(act, application, on: now.date(), in: connection)
        _ = try cases.rehearse(
            ActRequest(
                act.name, by: .principal(principal), at: now, revision: file.revision,
                // What is asked for on the confirming page counts as given.
                comment: opinion.comment ?? "…", content: content(of: act, on: application, []),
                occasion: try occasion(of: application.content, in: connection)),
            on: file, in: connection)
    }

    /// Nil when the case is no application that `principal` may see.
    func perform(
        _ act: BatchAct, onApplication choice: BatchChoice, by principal: Principal, _ opinion: Opinion
    ) async -> BatchLine? {
        guard let one = try? await application(choice.id, for: principal) else { return nil }
        do {
            guard let applicationAct = act.applicationAct else {
                throw CaseError.actUnknown(act.rawValue, kind: one.file.kind)
            }
            let done = try await perform(
                applicationAct, onWhole: choice.id, seen: choice.revision, by: principal, opinion,
                key: "batch-\(choice.id)-\(choice.revision)-\(act.rawValue)")
            return BatchLine(
                choice: choice, request: nil, application: done, act: applicationAct.name, problem: nil)
        } catch {
            let problem =
                (error as? any ProblemConvertible)?.problem
                ?? Problem(.internalFault, Message("casework.fault"))
            return BatchLine(
                choice: choice, request: nil, application: one, act: nil, problem: problem)
        }
    }
}
