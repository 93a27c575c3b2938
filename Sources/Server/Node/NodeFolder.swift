package import Foundation
package import Kernel
package import Cryptography

/// What a node is, written once by `init` and never changed: `node.json` in its data folder.
package struct NodeIdentity: Sendable, Hashable, Codable {
    package static let formatVersion = 1

    package let format: Int
    /// Names the node in urns and in evidence.
    package let node: String
    package let profile: String
    package let createdAt: Instant
}

/// The data folder: one place that holds everything of a node but its database when that is PostgreSQL.
package struct NodeFolder: Sendable {
    package let root: URL

    package init(_ root: URL) { self.root = root.standardizedFileURL }

    package var path: String { root.path }
    private var identityFile: URL { root.appending(path: "node.json") }

    /// Makes the folder, the keys and the identity; takes over what an `init` that died left of them. Refuses a folder that is a node's
    /// already or holds anything else.
    package func create(
        profile: String, algorithm: SignatureAlgorithm, environment: [String: String], at now: Instant
    ) throws -> NodeIdentity {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: identityFile.path) else {
            throw Problem(.conflict, Message("node.exists", ["path": path]))
        }
        let held = (try? manager.contentsOfDirectory(atPath: path)) ?? []
        guard held.allSatisfy(Self.isOfInit) else {
            throw Problem(
                .conflict, Message("node.folder-not-empty", ["path": path]),
                remedy: Message("node.folder-not-empty-remedy"))
        }
        do {
            try manager.createDirectory(
                at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Problem(.unavailable, Message("node.folder-unwritable", ["path": path]))
        }
        try makeKeys(algorithm, environment, at: now)
        let identity = NodeIdentity(
            format: NodeIdentity.formatVersion,
            node: Array(try Secrets.random(6)).hex, profile: profile, createdAt: now)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(identity).write(to: identityFile, options: .atomic)
        return identity
    }

    /// What may lie in a data folder before it has an identity.
    private static func isOfInit(_ name: String) -> Bool {
        ["settings.json", "lost+found", "keys", "master.key"].contains(name)
            || (name.hasPrefix("master.key.") && name.hasSuffix(".draft")) || name.hasPrefix(".dat")
    }

    private func makeKeys(
        _ algorithm: SignatureAlgorithm, _ environment: [String: String], at now: Instant
    ) throws {
        do {
            _ = try KeyStore.create(
                dataFolder: path, algorithm: algorithm, environment: environment, at: now)
        } catch CryptographyError.keysExist {
            let found = try KeyStore.open(dataFolder: path, environment: environment)
            guard found.algorithm == algorithm else { throw CryptographyError.keysExist(path: path) }
        }
    }

    package func identity() throws(Problem) -> NodeIdentity {
        guard let bytes = FileManager.default.contents(atPath: identityFile.path) else {
            throw Problem(
                .notFound, Message("node.missing", ["path": path]), remedy: Message("node.missing-remedy"))
        }
        guard let identity = try? JSONDecoder().decode(NodeIdentity.self, from: bytes),
            identity.format == NodeIdentity.formatVersion
        else { throw Problem(.unavailable, Message("node.unreadable", ["path": identityFile.path])) }
        return identity
    }
}
