import Casework
import Kernel
import Policy
import Web

extension ExchangeSite {
    /// More would be no answer to which one is meant.
    private static let candidatesMax = 20

    /// Nil for acts that are none of passing on.
    func transferAct(_ name: String, _ visit: Visit) async throws -> RequestAct? {
        switch name {
        case "misdirected":
            return .misdirected(visit.form["entry"].isEmpty ? nil : try await namedEntry(visit))
        case "pass-on": return .passOn(try await namedEntry(visit))
        case "return-to-provider": return .returnToProvider
        default: return nil
        }
    }

    /// By id, or by a title that one published entry has.
    private func namedEntry(_ visit: Visit) async throws -> EntryID {
        let text = visit.form["entry"]
        if text.isEmpty {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("entry", Message("exchange.field-required"))
            ])
        }
        if let id = EntryID(text) { return id }
        let ids = try await neighbours.find(text, Self.candidatesMax, visit.principal)
        var named: [EntryID] = []
        for id in ids where (try? await exchange.entry(id))?.title == text { named.append(id) }
        guard let found = named.count == 1 ? named.first : ids.count == 1 ? ids.first : nil else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("entry", Message("transfer.entry-unknown"))
            ])
        }
        return found
    }
}

extension RequestActForm {
    static func transferFields(_ act: String, _ request: SharingRequest, _ typed: SubmittedForm) -> [Field]? {
        let comment = Field.area(
            "comment", Message("exchange.comment"), value: typed["comment"], rows: 2
        ).required()
        let proposed = typed.has("entry") ? typed["entry"] : request.proposedEntry?.text ?? ""
        let entry = Field.text("entry", Message("transfer.entry"), value: proposed)
        return switch act {
        case "misdirected": [entry.hint(Message("transfer.entry-known")), comment]
        case "pass-on": [entry.required(), comment]
        case "return-to-provider": [comment]
        default: nil
        }
    }
}
