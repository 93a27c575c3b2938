import Casework
import Hummingbird
import Kernel
import Web

/// An act of a case as its form sends it.
struct SubmittedAct {
    let name: String
    let form: SubmittedForm

    /// The state of the case that the sender looked at.
    var seen: Int { form.integer("revision") ?? 0 }
    /// Tells a form sent twice from two acts.
    var key: String? { said("key") }
    var opinion: Opinion { Opinion(comment: said("comment"), legalBasis: said("legalBasis")) }

    private func said(_ field: String) -> String? { form[field].isEmpty ? nil : form[field] }
}

extension Visit {
    /// Performs what the form of a case sends, and leads back to the case with what `perform` says of it, or with the act's name. What
    /// is refused is shown at the act's own form, with what was typed.
    func perform(
        _ name: String, of kind: String, at path: String,
        _ perform: (SubmittedAct) async throws -> Message?,
        refusedOn page: (RefusedAct) async throws -> some Page
    ) async throws -> Response {
        let done: Message?
        do {
            done = try await perform(SubmittedAct(name: name, form: form))
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .refused
        {
            let refused = RefusedAct(name: name, form: form, problem: error.problem)
            return try self.page(try await page(refused), status: .unprocessableContent)
        }
        return redirect(
            to: path,
            saying: Notice(
                .done,
                done ?? Message("exchange.act-done", ["act": text(Message("\(kind).act.\(name)"))])))
    }
}
