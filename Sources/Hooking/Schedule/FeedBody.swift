import Kernel
import Policy
import Web

/// A JSON object of a call about how a hook is fed: what is not known in it is refused, by name.
struct FeedBody {
    private let members: [String: JSON]

    init(_ json: JSON, knows names: Set<String>) throws(HookingError) {
        guard let members = json.object else { throw Self.fault("body") }
        if let stranger = members.keys.sorted().first(where: { !names.contains($0) }) {
            throw Self.fault(stranger, Message("hooking.api.field-unknown"))
        }
        self.members = members.filter { $0.value != .null }
    }

    func text(_ name: String, or standard: String? = nil) throws(HookingError) -> String {
        guard let member = members[name] else {
            guard let standard else { throw Self.fault(name) }
            return standard
        }
        guard let text = member.string else { throw Self.fault(name) }
        return text
    }

    func number(_ name: String, or standard: Int) throws(HookingError) -> Int {
        guard let member = members[name] else { return standard }
        guard let number = member.integer.flatMap({ Int(exactly: $0) }) else { throw Self.fault(name) }
        return number
    }

    func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, or standard: Word? = nil
    ) throws(HookingError) -> Word where Word.RawValue == String {
        if members[name] == nil, let standard { return standard }
        guard let word = Word(rawValue: try text(name)) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.fault(name, Message("hooking.api.word", ["words": words]))
        }
        return word
    }

    /// As it was read, so that nobody's change is overwritten unseen; absent: whatever is there.
    func revision() throws(HookingError) -> Int? {
        guard members["revision"] != nil else { return nil }
        return try number("revision", or: 0)
    }

    /// What is dropped from then on holds no secrets: said once, by whoever sets it up.
    func requireDeclaration() throws(HookingError) {
        guard members[UploadDeclaration.field]?.boolean == true else { throw Self.undeclared }
    }

    static func requireDeclaration(_ form: SubmittedForm) throws(HookingError) {
        guard form.isOn(UploadDeclaration.field) else { throw Self.undeclared }
    }

    private static let undeclared = HookingError.invalid([
        Problem.Place(UploadDeclaration.field, Message("upload.undeclared-field"))
    ])

    static func fault(
        _ name: String, _ why: Message = Message("hooking.answer-unreadable")
    ) -> HookingError { .invalid([Problem.Place(name, why)]) }
}

extension HookingSite {
    /// How a hook is fed is shown to whoever keeps it, as its pages are.
    func requireKeeper(of id: HookID, _ visit: Visit) async throws {
        let hook = try await hooking.find(id, for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
        else { throw HookingError.notFound }
    }
}
