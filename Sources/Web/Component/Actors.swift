import Kernel

/// Who did something, as people know them. Evidence and histories name accounts; a page asks once for all of its lines.
package struct Actors: Sendable {
    package typealias Reader = @Sendable (Set<String>) async throws -> [String: String]

    private let names: [String: String]

    /// `actors` are as evidence writes them: `account:<id>`, `system`, `public`.
    package init(of actors: some Sequence<String>, reader: Reader) async throws {
        names = try await reader(Set(actors.filter { $0.hasPrefix(Self.accountPrefix) }))
    }

    package init(names: [String: String] = [:]) { self.names = names }

    /// An account that is no more is still shown as it was written.
    package subscript(actor: String) -> Label {
        if let name = names[actor] { return .data(name) }
        return switch actor {
        case "system": .word(Message("web.actor.system"))
        case "public": .word(Message("web.role.public"))
        default: .data(actor)
        }
    }

    private static let accountPrefix = "account:"
}
