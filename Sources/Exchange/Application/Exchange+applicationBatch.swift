import Casework
import Identity
import Kernel
import Persistence
import Policy

/// Applications among the cases that one act is done on: a list of many matters makes as many applications, which are submitted and signed
/// off together. Each is an act by itself.
extension Exchange {
    func rehearse(
        _ act: BatchAct, onWhole application: Application, _ choice: BatchChoice, by principal: Principal,
        _ opinion: Opinion, in connection: any Connection
    ) throws -> BatchLine {
        do {
            let workflow = try cases.workflow(ApplicationWorkflow.kind)
            guard let whole = act.wholeAct, let declared = workflow.act(whole.name),
                let action = application.file.action(for: declared, under: workflow)
            else { throw CaseError.actUnknown(act.rawValue, kind: ApplicationWorkflow.kind) }
            guard application.file.revision == choice.revision else {
                throw CaseError.stale(seen: choice.revision, now: application.file.revision)
            }
            try permissions.demand(
                action, on: subject(of: application, revision: choice.revision), for: principal)
            let now = clock.now()
            try check(whole, application, on: now.date(), in: connection)
            // What is asked for on the confirming page counts as given.
            _ = try cases.rehearse(
                ActRequest(
                    whole.name, by: .principal(principal), at: now, revision: choice.revision,
                    comment: opinion.comment ?? "…", content: content(of: whole, on: application, []),
                    occasion: try occasion(of: application.content, in: connection)),
                on: application.file, in: connection)
            return BatchLine(
                choice: choice, request: nil, application: application, act: whole.name, problem: nil)
        } catch let error as any ProblemConvertible {
            return BatchLine(
                choice: choice, request: nil, application: application, act: nil, problem: error.problem)
        }
    }

    /// Nil where it is no application that `principal` may know of.
    func performWhole(
        _ act: BatchAct, _ choice: BatchChoice, by principal: Principal, _ opinion: Opinion
    ) async -> BatchLine? {
        guard let whole = act.wholeAct,
            let seen = try? await application(choice.id, for: principal)
        else { return nil }
        do {
            let done = try await perform(
                whole, onWhole: choice.id, seen: choice.revision, by: principal, opinion,
                key: "batch-\(choice.id)-\(choice.revision)-\(act.rawValue)")
            return BatchLine(
                choice: choice, request: nil, application: done, act: whole.name, problem: nil)
        } catch {
            let problem =
                (error as? any ProblemConvertible)?.problem
                ?? Problem(.internalFault, Message("casework.fault"))
            return BatchLine(
                choice: choice, request: nil, application: seen, act: nil, problem: problem)
        }
    }
}
