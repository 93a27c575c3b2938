import Casework
import Identity
import Kernel
import Persistence
import Policy

/// Acts on several supervisions at once; each is an act by itself.
extension Exchange {
    func rehearse(
        _ act: SupervisionAct, on choices: [BatchChoice], by principal: Principal, comment: String?
    ) async throws -> [BatchLine] {
        let supervisions = Supervisions(self, neighbours: .none)
        return try await database.read { connection in
            try choices.map { choice in
                let one = try? supervision(choice.id, for: principal, in: connection)
                do {
                    guard let one else { throw ExchangeError.supervisionNotFound }
                    guard one.file.revision == choice.revision else {
                        throw CaseError.stale(seen: choice.revision, now: one.file.revision)
                    }
                    let name = try supervisions.rehearse(
                        act, on: one, by: principal, comment: comment, in: connection)
                    return BatchLine(
                        choice: choice, request: nil, supervision: one, act: name, problem: nil)
                } catch let error as any ProblemConvertible {
                    // What an act cannot be done to is shown for what it is.
                    let request = one == nil ? try? visible(choice.id, to: principal, in: connection) : nil
                    let whole =
                        one == nil && request == nil
                        ? try? visibleApplication(choice.id, to: principal, in: connection) : nil
                    return BatchLine(
                        choice: choice, request: request, supervision: one, application: whole, act: nil,
                        problem: error.problem)
                }
            }
        }
    }

    func perform(
        _ act: SupervisionAct, on choices: [BatchChoice], by principal: Principal, comment: String?
    ) async -> [BatchLine] {
        let supervisions = Supervisions(self, neighbours: .none)
        var lines: [BatchLine] = []
        for choice in choices {
            do {
                let done = try await supervisions.perform(
                    act, on: choice.id, seen: choice.revision, by: principal, comment: comment,
                    key: "batch-\(choice.id)-\(choice.revision)-\(act.name)")
                lines.append(
                    BatchLine(
                        choice: choice, request: nil, supervision: done, act: act.name, problem: nil))
            } catch {
                let problem =
                    (error as? any ProblemConvertible)?.problem
                    ?? Problem(.internalFault, Message("casework.fault"))
                lines.append(
                    BatchLine(
                        choice: choice, request: nil,
                        supervision: try? await supervisions.find(choice.id, for: principal), act: nil,
                        problem: problem))
            }
        }
        return lines
    }
}

extension Supervisions.Neighbours {
    /// For acts that neither write to a unit nor choose one.
    static let none = Supervisions.Neighbours(
        units: { [:] }, letter: { _, _, _, _ in throw ExchangeError.batchActUnknown })
}
