package import Foundation
package import Kernel
package import Persistence
package import Server

/// The sample city's node after the whole chain, closed: for tests that run the program itself on it.
package struct SampleSite: Sendable {
    package let folder: NodeFolder
    /// As `openDatabase` takes it.
    package let location: String
    /// What the program must be told to find the database.
    package let environment: [String: String]
    package let people: SamplePeople
    package let outcome: SampleChain.Outcome

    package var data: String { folder.path }

    /// Made, given to `body`, gone afterwards.
    package static func with<Result: Sendable>(
        _ dialect: Dialect, rows: Int = 300, environment: [String: String] = [:], in parent: URL? = nil,
        _ body: (SampleSite) async throws -> Result
    ) async throws -> Result {
        try await SampleNode.withFolder(dialect, environment: environment, in: parent) {
            folder, location, environment in
            let made = try await SampleNode.open(folder, environment) { node, people in
                (people, try await SampleChain(node, people, rows: rows) { _ in }.run())
            }
            return try await body(
                SampleSite(
                    folder: folder, location: location, environment: environment, people: made.0,
                    outcome: made.1))
        }
    }

    package func serve(_ more: [String: String] = [:]) async throws -> ServedSite {
        try await ServedSite.start(
            data: data, environment: environment.merging(more) { _, new in new })
    }

    package func token(_ key: String) throws(Problem) -> String {
        guard let member = people.members[key] else {
            throw Problem(.notFound, Message("demo.member-missing", ["key": key]))
        }
        return member.token
    }

    /// The node opened here, beside the program or after it.
    package func open<Result: Sendable>(_ body: (Node) async throws -> Result) async throws -> Result {
        let node = try await Node.open(folder, environment: environment, worker: try TestEngine.launch())
        do {
            let result = try await body(node)
            await node.close()
            return result
        } catch {
            await node.close()
            throw error
        }
    }
}
